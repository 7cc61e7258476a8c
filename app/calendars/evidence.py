"""What is known of an event and from where, as lines of text and as HTML: the same facts in both."""

from markupsafe import Markup

from app.calendars.texts import plain, web_address
from app.calendars.wording import FeedWords
from app.graph.readmodel import Event, Source
from extractors.dates import first_date


def evidence_lines(event: Event, words: FeedWords) -> list[str]:
    """The event, how well it is supported, what contradicts it, and its sources, a line each."""
    return [*_about(event, words), *(f"• {_told(one)}" for one in event.sources)]


def evidence_html(event: Event, words: FeedWords) -> str:
    """The same as a piece of HTML that needs nothing else; nothing in it is markup of others."""
    about = Markup("").join(Markup("<p>{}</p>").format(line) for line in _about(event, words))
    sources = Markup("").join(Markup("<li>{}</li>").format(_linked(one)) for one in event.sources)
    return str(about + Markup("<ul>{}</ul>").format(sources) if sources else about)


def alternatives_line(event: Event, words: FeedWords) -> str:
    """The dates that contradict the event's, each with who gives it; empty where there are none."""
    return "; ".join(
        f"{words.date(one.date)} ({', '.join(dict.fromkeys(_publisher(source) for source in one.sources))})"
        for one in event.alternatives
    )


def notes_line(event: Event) -> str:
    """What a reader should know of the event, in one line."""
    return "; ".join(plain(one) for one in event.notes)


def source_line(source: Source) -> str:
    """A source in one line: publisher, title, address, and the words it says it in."""
    return _told(source)


def _about(event: Event, words: FeedWords) -> list[str]:
    lines = [f"{words.event(event)}. {words.support(event)}"]
    if event.alternatives:
        lines.append(words.say("disputed", date=alternatives_line(event, words)))
    date = first_date(event.date)
    if (date.month, date.day) == (2, 29):
        lines.append(words.say("leap"))
    if event.notes:
        lines.append(words.say("notes", notes=notes_line(event)))
    lines.append(words.say("sources") + ":" if event.sources else words.say("no-sources"))
    return lines


def _told(source: Source) -> str:
    parts = [_name(source)]
    if source.url:
        parts.append(plain(source.url))
    return ", ".join(parts) + _quoted(source)


def _linked(source: Source) -> Markup:
    address = web_address(source.url)
    if address is None:
        return Markup("{}").format(_told(source))
    return Markup('<a href="{}">{}</a>{}').format(address, _name(source), _quoted(source))


def _name(source: Source) -> str:
    title = f"{_publisher(source)}: {plain(source.title)}" if source.title else _publisher(source)
    return f"{title} ({source.published.isoformat()})" if source.published else title


def _publisher(source: Source) -> str:
    return plain(source.publisher or source.article or source.url or source.basis)


def _quoted(source: Source) -> str:
    return f" «{plain(source.quote)}»" if source.quote else ""
