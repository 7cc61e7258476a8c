"""How far an event of the graph can contradict a draft."""

from collections.abc import Iterable

from app.graph.evidence import voice_of
from app.graph.fusion import MISTAKEN
from app.graph.readmodel import Alternative, Event, Source
from extractors.dates import DateValue, PartialDate, first_date

# Thresholds, judged: curated rows and two agreeing articles are above the first, one article alone below it.
MIN_FIRM_CONFIDENCE = 0.9
MIN_CONFIDENCE = 0.6
# An extracted claim below the first makes a warning at most, below the second nothing: its link may be the mistake.
MIN_FIRM_CLAIM_CONFIDENCE = 0.6
MIN_CLAIM_CONFIDENCE = 0.5
MIN_VOICES = 2


def is_firm(event: Event) -> bool:
    """Whether what contradicts an event is an error: it is confirmed or curated, and held to be nearly sure."""
    supported = event.status == "confirmed" or _is_curated(event.sources)
    return supported and event.confidence >= MIN_FIRM_CONFIDENCE


def is_usable(event: Event) -> bool:
    """Whether an event can contradict a draft at all."""
    return event.confidence >= MIN_CONFIDENCE or _is_curated(event.sources)


def is_disputed(alternative: Alternative) -> bool:
    """Whether a date that contradicts an event's is really maintained: curated, or by two voices without a fault."""
    if _is_curated(alternative.sources):
        return True
    voices = {
        voice for one in alternative.sources for voice in voice_of(one.publisher, one.url, one.article or one.url or "")
    }
    return not alternative.issues and len(voices) >= MIN_VOICES


def is_told(alternative: Alternative) -> bool:
    """Whether at least one text without a fault gives the date."""
    return not alternative.issues


def is_judged_mistaken(alternative: Alternative) -> bool:
    """Whether a curator found the page that gives the date mistaken."""
    return any(issue.startswith(MISTAKEN) for issue in alternative.issues)


def fits(said: DateValue, known: DateValue) -> bool:
    """Whether two dates can both be right: they can mean a common day; of yearly days, the same one."""
    first, second = first_date(said), first_date(known)
    if first.is_yearly or second.is_yearly:
        return (first.month, first.day) == (second.month, second.day)
    return first.earliest <= _last(known).latest and second.earliest <= _last(said).latest


def is_contradicted(said: DateValue, event: Event) -> bool:
    """Whether a date is surely not the event's: nobody who may be right gives it."""
    sides = [one.date for one in event.alternatives if is_told(one)]
    return is_firm(event) and not any(fits(said, date) for date in (event.date, *sides))


def _last(value: DateValue) -> PartialDate:
    return value if isinstance(value, PartialDate) else value.last


def _is_curated(sources: Iterable[Source]) -> bool:
    return any(source.basis == "reference" for source in sources)
