"""How far the confidence of events can be believed: `make calibrate` prints the reliability table of the README.

The articles alone are fused, without curated data, as in a graph that has nothing else. An event of a confidence is
right if the gold of one of its articles has it (type, states, date as precise; a partnership also by its level, a
visit by its direction), and apart from that, where curated data knows the event, if its date agrees with that.
"""

import argparse
import datetime as dt
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from app.graph.building import update_graph
from app.graph.fusion import agrees
from app.graph.lookups import events_by
from app.graph.readmodel import Event
from app.graph.reference import CONTRADICTING, Reference
from app.graph.reference_tables import load_reference
from app.graph.store import EmbeddedStore, named_query
from extractors.pipeline import extract
from extractors.readers import Unreadable, read_path
from extractors.records import Extraction

BINS = ((0.9, 1.0), (0.8, 0.9), (0.6, 0.8), (0.0, 0.6))
SCORED = frozenset(
    {"established", "recognised", "normalised", "severed", "partnership", "visit", "agreement", "independence"}
    | {"liberation", "national-day", "birth"}
)


@dataclass(frozen=True, slots=True)
class Judged:
    """An event's confidence, and whether gold and curated data agree with it (None: they do not know it)."""

    confidence: float
    by_gold: bool
    by_reference: bool | None


def read_articles(folder: Path, manifest: Path | None, wanted: set[str]) -> Iterator[Extraction]:
    """The annotated articles of a folder, extracted."""
    dates = {one["id"]: one["published"] for one in json.loads(manifest.read_text("utf-8"))} if manifest else {}
    for path in sorted(folder.iterdir()):
        if path.stem not in wanted:
            continue
        day = dates.get(path.stem)
        for article in read_path(path, published=dt.date.fromisoformat(day) if day else None):
            if isinstance(article, Unreadable):
                raise SystemExit(f"{article.source}: {article.reason}")
            yield extract(article, "none")


def key_of(fact: dict[str, Any]) -> tuple[object, ...]:
    """What makes two facts one, as the score has it."""
    first = (fact.get("date") or "").split("/")[0]
    key: list[object] = [fact["type"], tuple(sorted(fact.get("countries") or ())), first]
    if fact["type"] == "partnership":
        key.append(fact.get("level"))
    if fact["type"] == "visit":
        key += [fact.get("from"), fact.get("to")]
    return tuple(key)


def judge(event: Event, gold: dict[str, set[tuple[object, ...]]], reference: Reference) -> Judged:
    """An event against the gold of its articles and against curated data."""
    codes = tuple(one.code for one in event.countries)
    fact = {
        "type": event.type,
        "countries": codes,
        "date": str(event.date),
        "level": event.level,
        "from": event.from_country,
        "to": event.to_country,
    }
    articles = {source.article for source in event.sources if source.article}
    by_gold = any(key_of(fact) in gold[article] for article in articles)
    known = [
        one
        for one in reference.facts
        if (one.type, one.countries, one.level) == (event.type, codes, event.level)
        and one.standing not in CONTRADICTING
    ]
    if event.type not in {"established", "normalised", "recognised", "partnership", "national-day"} or not known:
        return Judged(event.confidence, by_gold, None)
    return Judged(
        event.confidence, by_gold, any(agrees(one.date, event.date) or agrees(event.date, one.date) for one in known)
    )


def main() -> None:
    """Print the table for one or more sets, each `FOLDER GOLD [MANIFEST]`."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--set", nargs="+", action="append", required=True, metavar="PATH")
    sets = [[Path(part) for part in one] for one in parser.parse_args().set]
    reference = load_reference()
    judged: list[Judged] = []
    for folder, gold_file, *manifest in sets:
        lines = [json.loads(line) for line in gold_file.read_text("utf-8").splitlines() if line.strip()]
        gold = {one["doc"]: {key_of(fact) for fact in one["facts"]} for one in lines}
        store = EmbeddedStore.in_memory()
        update_graph(store, read_articles(folder, manifest[0] if manifest else None, set(gold)), None)
        subjects = [row["subject"] for row in store.select(named_query("subjects"))]
        events = {event.id: event for subject in subjects for event in events_by(store, "bg:subject", subject)}
        judged += [judge(event, gold, reference) for event in events.values() if event.type in SCORED]
    print("| confidence | events | right by the gold | known to curated data | agree with it |")
    print("|---|---|---|---|---|")
    for low, high in BINS:
        chosen = [one for one in judged if low <= one.confidence < high or one.confidence == high == 1.0]
        known = [one for one in chosen if one.by_reference is not None]
        print(
            f"| {low} to {high} | {len(chosen)} | {share(sum(one.by_gold for one in chosen), len(chosen))} "
            f"| {len(known)} | {share(sum(bool(one.by_reference) for one in known), len(known))} |"
        )


def share(part: int, whole: int) -> str:
    """`58 (0.97)`."""
    return f"{part} ({part / whole:.2f})" if whole else "–"


if __name__ == "__main__":
    main()
