"""`banggiao anniversaries`, `upcoming` and `timeline`: answers of the graph, for people and for programs."""

import datetime as dt
from collections.abc import Sequence
from itertools import islice
from typing import Annotated, Any, Literal

from cyclopts import Parameter
from cyclopts.validators import Number

from app.anniversaries import Anniversary, anniversaries_of_pair
from app.commands.context import Context, ContextArgument
from app.commands.options import (
    FormatOption,
    FromOption,
    OneState,
    OnOption,
    OtherState,
    RanksOption,
    StoreOption,
    ToOption,
    TypesOption,
)
from app.commands.printing import Format, default_format, print_csv, print_json, print_lines, print_table
from app.days import check_days_ahead, check_order, parse_asked_day
from app.graph.lookups import events_of_pair, gaps_of_pair
from app.graph.readmodel import Event
from app.graph.repositories import open_snapshot
from app.graph.store import SnapshotStore
from app.pairs import Pair, country_name, resolve_pair, state_of_pair
from app.presentation import Presenter
from app.presentation import country as country_shape
from app.responses import AnniversariesResponse, PairAnniversariesResponse, Shape, TimelineResponse
from app.timeline import select_events
from app.upcoming import Window, upcoming_anniversaries
from app.wording import words
from extractors.gazetteer import load_gazetteer

_WORDS = words("vi")
_EVENT_COLUMNS = ("id", "type", "date", "precision", "countries", "level", "status", "confidence", "label", "sources")
_ANNIVERSARY_COLUMNS = ("next", "next_years", "rank", "period", "days_until", "years", "last", *_EVENT_COLUMNS)


def anniversaries(
    a: OneState,
    b: OtherState,
    /,
    *,
    on: OnOption = None,
    within: Annotated[int | None, Parameter(help="Only those within so many days.")] = None,
    format: FormatOption = None,  # noqa: A002  # the name of the option
    store: StoreOption = None,
    context: ContextArgument,
) -> int:
    """The anniversaries of two states, the next one first."""
    day = parse_asked_day(on, "--on") if on else context.today
    if within is not None:
        check_days_ahead(within, "--within")
    pair, graph = resolve_pair(load_gazetteer(), a, b), _graph(context, store)
    events = events_of_pair(graph, pair.a.code, pair.b.code)
    found = anniversaries_of_pair(events, day, within=within)
    present = _presenter(context, store)
    answer = PairAnniversariesResponse(
        pair=present.pair(pair), on=day, within=within, items=[present.anniversary(one) for one in found], next=None
    )
    title = f"{_title(graph, pair, events, day)}; nhìn từ {_WORDS.day(day)}"
    _print(answer, format or default_format(), _ANNIVERSARY_COLUMNS, lambda: _print_anniversaries(title, found))
    return 0


def upcoming(
    *,
    from_: FromOption = None,
    days: Annotated[int, Parameter(help="How many days after the first.")] = 30,
    country: Annotated[str | None, Parameter(help="Only of this state: code or name.")] = None,
    type: TypesOption = None,  # noqa: A002  # the name of the option
    rank: RanksOption = None,
    limit: Annotated[int | None, Parameter(help="No more than so many, the nearest.", validator=Number(gte=1))] = None,
    format: FormatOption = None,  # noqa: A002  # the name of the option
    store: StoreOption = None,
    context: ContextArgument,
) -> int:
    """The anniversaries of all states in the coming days."""
    first = parse_asked_day(from_, "--from") if from_ else context.today
    last = first + dt.timedelta(days=check_days_ahead(days, "--days"))
    state = country_name(load_gazetteer(), load_gazetteer().resolve(country)) if country else None
    code = state.code if state else None
    window = Window(first, last, code, type or (), rank or ())
    found = tuple(islice(upcoming_anniversaries(_graph(context, store), window), limit))
    present = _presenter(context, store)
    answer = AnniversariesResponse(
        first=first,
        last=last,
        country=country_shape(state) if state else None,
        items=[present.anniversary(one) for one in found],
        next=None,
    )
    title = f"Từ {_WORDS.day(first)} đến {_WORDS.day(last)}"
    _print(answer, format or default_format(), _ANNIVERSARY_COLUMNS, lambda: _print_anniversaries(title, found))
    return 0


def timeline(
    a: OneState,
    b: OtherState,
    /,
    *,
    from_: FromOption = None,
    to: ToOption = None,
    type: TypesOption = None,  # noqa: A002  # the name of the option
    order: Annotated[Literal["asc", "desc"], Parameter(help="Earliest or latest first.")] = "asc",
    format: FormatOption = None,  # noqa: A002  # the name of the option
    store: StoreOption = None,
    context: ContextArgument,
) -> int:
    """All events between two states by date."""
    first = parse_asked_day(from_, "--from") if from_ else None
    last = parse_asked_day(to, "--to") if to else None
    check_order(first, last)
    pair, graph = resolve_pair(load_gazetteer(), a, b), _graph(context, store)
    events = events_of_pair(graph, pair.a.code, pair.b.code)
    chosen = select_events(events, first=first, last=last, types=type or (), order=order)
    present = _presenter(context, store)
    answer = TimelineResponse(pair=present.pair(pair), items=[present.event(one) for one in chosen], next=None)
    title = _title(graph, pair, events, context.today)
    _print(answer, format or default_format(), _EVENT_COLUMNS, lambda: _print_events(title, chosen))
    return 0


def _graph(context: Context, store: str | None) -> SnapshotStore:
    return open_snapshot(context.settings(store=store).address).store()


def _presenter(context: Context, store: str | None) -> Presenter:
    return Presenter(context.settings(store=store).base_iri)


def _title(graph: SnapshotStore, pair: Pair, events: Sequence[Event], day: dt.date) -> str:
    gaps = gaps_of_pair(graph, pair.a.code, pair.b.code)
    state = state_of_pair(pair, events, gaps, day)
    since = f" từ {_WORDS.date(state.since)}" if state.since else ""
    level = f"; {_WORDS.level(state.level_event)}" if state.level_event else ""
    return f"{pair.a.name.vi} – {pair.b.name.vi}: {_WORDS.ties(state.ties)}{since}{level}"


def _print(answer: Shape, output: Format, columns: Sequence[str], print_for_people: Any) -> None:
    if output == "table":
        print_for_people()
        return
    plain = answer.model_dump(mode="json", by_alias=True)
    if output == "json":
        print_json(plain)
    elif output == "jsonl":
        print_lines(plain["items"])
    else:
        print_csv((_flat(item) for item in plain["items"]), columns)


def _flat(item: dict[str, Any]) -> dict[str, Any]:
    """An event with one plain value a column: codes of states, Vietnamese label, addresses of sources."""
    return {
        **item,
        "countries": [one["code"] for one in item["countries"]],
        "label": item["label"]["vi"],
        "sources": list(dict.fromkeys(one["url"] or one["article"] for one in item["sources"])),
    }


def _print_anniversaries(title: str, found: Sequence[Anniversary]) -> None:
    rows = []
    for one in found:
        when = _WORDS.day(one.next) if one.next else f"{_WORDS.period(one.period)} (không rõ ngày)"
        when += " (29/2 rơi vào 28/2)" if one.adjusted else ""
        years = "" if one.next_years is None else f"{one.next_years} năm"
        rank = _WORDS.rank(one.rank)
        rows.append(
            (
                f"{when}\n{_WORDS.days_until(one.days_until)}",
                f"{years}\n{rank}",
                _WORDS.event(one.event),
                _support(one.event),
            )
        )
    print_table(title, ("Kỷ niệm", "Số năm", "Sự kiện", "Nguồn"), rows)


def _print_events(title: str, events: Sequence[Event]) -> None:
    rows = [
        (_WORDS.date(event.date), f"{event.label.vi}{_WORDS.predecessor(event)}", _support(event)) for event in events
    ]
    print_table(title, ("Ngày", "Sự kiện", "Nguồn"), rows)


def _support(event: Event) -> str:
    """How well an event is supported, and the other dates that are given for it."""
    others = ", ".join(_WORDS.date(one.date) for one in event.alternatives)
    return _WORDS.support(event) + (f"; có nguồn ghi {others}" if others else "")
