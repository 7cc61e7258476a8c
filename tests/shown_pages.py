"""The pages that people see. What browsers, the checks of markup, the screenshots and the benchmark go through is here."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ShownPage:
    """A page of the service over the shipped data; one that is in both languages at once has no other of its own."""

    name: str
    path: str
    status: int = 200
    is_bilingual: bool = False

    def __str__(self):
        return self.name

    def with_query(self, pair):
        """Its address with a parameter more, as `lang=en`."""
        return f"{self.path}{'&' if '?' in self.path else '?'}{pair}"


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
    ShownPage("docs", "/docs"),
    ShownPage("ontology", "/ontology", is_bilingual=True),
    ShownPage("not-found", "/nothing", status=404),
    ShownPage("unknown-state", "/?country=Azerbaidjann", status=404),
)
