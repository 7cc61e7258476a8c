"""The pages that people see. What browsers, the checks of markup, the screenshots and the benchmark go through is here."""

from dataclasses import dataclass
from urllib.parse import quote

from processes import ROOT

_BOUNDARY = "----of-the-tests"
FORM = f"multipart/form-data; boundary={_BOUNDARY}"


def draft(name):
    """The text of a draft, without the line that says for which day it is."""
    return (ROOT / "tests" / "drafts" / name).read_text(encoding="utf-8").partition("\n\n")[2]


def example(name):
    """The text of an example query."""
    return (ROOT / "ontology" / "queries" / f"{name}.rq").read_text(encoding="utf-8")


@dataclass(frozen=True, slots=True)
class ShownPage:
    """A page of the service over the shipped data; one that is in both languages at once has no other of its own.

    With a `draft` it is the answer to the form of `path` that was sent with that text.
    """

    name: str
    path: str
    status: int = 200
    is_bilingual: bool = False
    draft: str = ""

    def __str__(self):
        return self.name

    def with_query(self, pair):
        """Its address with a parameter more, as `lang=en`."""
        return f"{self.path}{'&' if '?' in self.path else '?'}{pair}"

    @property
    def form(self):
        """The body that a browser sends; none for a page that is only looked up."""
        if not self.draft:
            return None
        parts = {"text": self.draft, "on": "2026-11-21"}
        said = (f'Content-Disposition: form-data; name="{name}"\r\n\r\n{value}' for name, value in parts.items())
        return ("".join(f"--{_BOUNDARY}\r\n{one}\r\n" for one in said) + f"--{_BOUNDARY}--\r\n").encode()


PAGES = (
    ShownPage("home", "/"),
    ShownPage("home-year", "/?days=365&rank=round"),
    ShownPage("home-empty", "/?type=partnership&country=VU"),
    ShownPage("search", "/search?q=azer"),
    ShownPage("search-empty", "/search?q=xyzzy"),
    ShownPage("pair", "/pairs/AZ/VN"),
    ShownPage("pair-disputed", "/pairs/JP/VN"),
    ShownPage("pair-ended", "/pairs/SU/VN"),
    ShownPage("pair-empty", "/pairs/TV/VU"),
    ShownPage("event", "/events/established-AZ-VN"),
    ShownPage("event-disputed", "/events/established-CL-US"),
    ShownPage("countries", "/countries"),
    ShownPage("country", "/countries/VN"),
    ShownPage("country-gone", "/countries/SU"),
    ShownPage("article", "/articles/2026-09-23-viet-nam-azerbaijan"),
    ShownPage("people", "/people"),
    ShownPage("person", "/people/to-lam-VN"),
    ShownPage("organisations", "/organisations"),
    ShownPage("organisation", "/organisations/hoi-huu-nghi-campuchia-viet-nam-KH"),
    ShownPage("disputed", "/disputed"),
    ShownPage("on-this-day", "/on-this-day/09/02"),
    ShownPage("on-this-day-empty", "/on-this-day/02/29"),
    ShownPage("calendar", "/calendar/2027"),
    ShownPage("calendar-of-state", "/calendar/2027?country=VN"),
    ShownPage("check", "/check"),
    ShownPage("checked", "/check", draft=draft("own-2-new-framework.txt")),
    ShownPage("checked-clean", "/check", draft=draft("own-3-clean-report.txt")),
    ShownPage("sparql", "/sparql?example=timeline-of-a-pair"),
    ShownPage("sparql-table", f"/sparql?query={quote(example('timeline-of-a-pair'))}"),
    ShownPage("sparql-timeline", f"/sparql?query={quote(example('timeline-of-a-pair'))}&view=timeline"),
    ShownPage("sparql-chart", f"/sparql?query={quote(example('first-ties-by-year'))}&view=chart"),
    ShownPage("sparql-wrong", "/sparql?query=SELECT%20%3Fa%20WHERE%20%7B%20%3Fa%20bg%3Adate%20%7D", status=400),
    ShownPage("about", "/about"),
    ShownPage("docs", "/docs"),
    ShownPage("ontology", "/ontology", is_bilingual=True),
    ShownPage("not-found", "/nothing", status=404),
    ShownPage("unknown-state", "/?country=Azerbaidjann", status=404),
)
