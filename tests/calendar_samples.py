"""Events for calendars, feeds and timelines; some say what nobody should say to a program."""

from dataclasses import replace

from app.graph.readmodel import Alternative, CountryName, Event, Label, Source
from extractors.dates import parse_edtf

HOSTILE = {
    "lines": 'Một\r\nEND:VEVENT\r\nBEGIN:VEVENT\nSUMMARY:giả;,\\n "x"',
    "markup": "<script>alert(1)</script> & <b onload='x'> ]]> &#x41; \"'",
    "control characters": "a\x00b\x07c\x1bd\x7fe\x85f\ufffeg\ud800h",
    "signs that turn direction": "Việt \u202eman\u202c Nam \u2066x\u2069 \u200fy",
    "long": "Việt Nam và Azerbaijan thiết lập quan hệ " * 300,
    "a formula": '=HYPERLINK("http://evil.example";"x")',
    "decomposed": "Vie\u0323\u0302t Nam",
}


def source(text="Việt Nam và Azerbaijan thiết lập quan hệ", url="https://bao.example/bai-1", **fields):
    given = {"article": "bai-1", "title": text, "publisher": text, "published": None, "basis": "explicit"}
    return Source(**{**given, "quote": text, "url": url, "date": parse_edtf("1992-09-23"), **fields})


def event(date="1992-09-23", event_id="established-AZ-VN", kind="established", text=None, ends=None, **fields):
    """An event of two states; `text` is what everybody says, `ends` the last day of one state."""
    label = Label(text or "Việt Nam và Azerbaijan thiết lập quan hệ ngoại giao", text or "Vietnam and Azerbaijan …")
    states = (
        CountryName("AZ", Label("Azerbaijan", "Azerbaijan"), parse_edtf(ends) if ends else None),
        CountryName("VN", Label("Việt Nam", "Vietnam")),
    )
    base = "https://w3id.org/banggiao/id/event/"
    value = parse_edtf(date)
    made = Event(event_id, base + event_id, kind, label, states, value, None, "confirmed", 0.9, (), ())
    sources = (source(text, url=text), source()) if text else (source(),)
    return replace(made, **{"sources": sources, "voices": 2, **fields})


def disputed(**fields):
    other = Alternative(parse_edtf("1978"), (), (source(publisher="Báo Hai"),))
    return event(status="disputed", alternatives=(other,), **fields)
