"""Fuzz the grammar under atheris: whatever the text, quotes lie at their offsets and every trigger has its outcome.

Run with `make fuzz`; half of the inputs are strung together from words that the grammar looks for.
"""

import datetime as dt
import sys
from pathlib import Path

import atheris

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
with atheris.instrument_imports(include=["extractors"]):
    from extractors.gazetteer import load_gazetteer
    from extractors.pipeline import extract, load_tables
    from extractors.records import Article, Section
from grammar_sentences import DATES, FACTS, JOINTS, NOISE, PEOPLE, POINTERS, STATES

FRAGMENTS = (*STATES, *POINTERS, *DATES, *PEOPLE, *FACTS, *JOINTS, *NOISE)


def fuzz_one(data: bytes) -> None:
    """One text: raw, or by the numbers of its fragments."""
    provider = atheris.FuzzedDataProvider(data)
    if provider.ConsumeBool():
        text = provider.ConsumeUnicodeNoSurrogates(provider.remaining_bytes())
    else:
        text = "".join(FRAGMENTS[number % len(FRAGMENTS)] for number in provider.ConsumeBytes(200))
    if not text.strip():
        return
    start = len(text) - len(text.lstrip())
    section = Section("body", start, len(text.rstrip()))
    found = extract(Article("fuzz", text, (section,), published_on=dt.date(2024, 1, 1)), entities="all")
    for claim in found.claims:
        assert text[claim.start : claim.end] == claim.quote
        assert set(claim.countries) <= load_gazetteer().states.keys()
    for rejection in found.rejections:
        assert text[rejection.start : rejection.end] == rejection.quote


if __name__ == "__main__":
    load_tables()
    atheris.Setup(sys.argv, fuzz_one)
    atheris.Fuzz()
