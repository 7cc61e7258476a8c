"""Organisations that an article names: a head («Bộ», «Hội hữu nghị», …) with the grammar of the rest, or a bare name."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from extractors.names import Unit, is_surname, is_syllable, read_units, word_width
from extractors.records import CountryMention, Organisation

_MISSIONS = ("embassy",)
_WITH_LISTS = ("ministry", "agency", "university", "institute", "company", "organisation", "association")


@dataclass(frozen=True, slots=True)
class OrganisationMention:
    """A span of folded text that names an organisation; `type` as in organisation-heads.csv, `country` where it has one."""

    start: int
    end: int
    name: str
    type: str
    country: str | None


@dataclass(frozen=True, slots=True)
class Extent:
    """Units `first` to before `last` of a sentence that make one name, and the states inside it."""

    first: int
    last: int
    type: str
    codes: tuple[str, ...] = ()


def find_organisations(
    text: str, start: int, end: int, countries: Sequence[CountryMention]
) -> tuple[OrganisationMention, ...]:
    """Organisations named in `text[start:end]`, a sentence; a name inside a longer one is listed after it.

    `countries` are the sentence's country mentions.
    """
    units = read_units(text, start, end, countries)
    return tuple(_mention(text, units, extent) for extent in find_extents(text, units))


def _mention(text: str, units: Sequence[Unit], extent: Extent) -> OrganisationMention:
    first, last = units[extent.first].start, units[extent.last - 1].end
    entry = units[extent.first].entry
    country = entry.country if entry and entry.country else None
    if extent.codes and (len(extent.codes) == 1 or extent.type in _MISSIONS or extent.codes[0] == "VN"):
        country = extent.codes[0]
    return OrganisationMention(first, last, " ".join(text[first:last].split()), extent.type, country)


def find_extents(text: str, units: Sequence[Unit]) -> tuple[Extent, ...]:
    """The names of organisations in a sentence's units, in order; nested ones follow the name they stand in."""
    found: list[Extent] = []
    place = 0
    while place < len(units):
        if units[place].kind == "credit":
            place = _after_credit(units, place)
            continue
        extents = _extents_at(text, units, place)
        found.extend(extents)
        place = extents[0].last if extents else place + 1
    return tuple(found)


def _after_credit(units: Sequence[Unit], place: int) -> int:
    """Where a photo credit («Ảnh: REUTERS») ends: who is thanked there is no part of the story."""
    if place + 1 >= len(units) or units[place + 1].text != ":":
        return place + 1
    return next((i + 1 for i in range(place, len(units)) if units[i].text == ")"), len(units))


def _extents_at(text: str, units: Sequence[Unit], place: int) -> list[Extent]:
    unit = units[place]
    if unit.kind == "head":
        return _headed(text, units, place)
    if unit.kind == "name" and unit.entry:
        last, codes = place + 1, ()
        while last < len(units) and units[last].kind in ("capital", "suffix") and unit.entry.type == "company":
            last += 1
        if last < len(units) and units[last].kind == "country" and unit.entry.type == "company":
            codes, last = (units[last].code or "",), last + 1
        return [Extent(place, last, unit.entry.type, codes)]
    if unit.kind == "media":
        return _after_media(units, place)
    if unit.kind == "capital":
        last = place
        while last < len(units) and units[last].kind == "capital" and _is_next(text, units, last, place):
            last += 1
        if last < len(units) and units[last].kind == "suffix" and last - place <= 3 and _is_next(text, units, last, place):
            return [Extent(place, last + 1, (units[last].entry and units[last].entry.type) or "company")]  # type: ignore[union-attr]
    return []


def _is_next(text: str, units: Sequence[Unit], place: int, first: int) -> bool:
    return place == first or text[units[place - 1].end : units[place].start] == " "


def _after_media(units: Sequence[Unit], place: int) -> list[Extent]:
    """The name that follows «hãng tin», «tờ», «kênh»: these words are no part of it."""
    first = place + 1
    while first < len(units) and units[first].kind in ("country", "field", "media"):
        first += 1
    last = first
    while last < len(units) and units[last].kind in ("capital", "suffix", "name"):
        last += 1
    return [Extent(first, last, "media")] if last > first else []


def _headed(text: str, units: Sequence[Unit], place: int) -> list[Extent]:
    head = units[place]
    assert head.entry is not None  # noqa: S101 - a unit of kind head has an entry
    walk = _Walk(text, units, place, head.entry.type, _follows_role(units, place))
    while walk.advance():
        pass
    if not _is_name(units, walk):
        return []
    extents = [Extent(place, walk.last, head.entry.type, tuple(walk.codes))]
    for inner in walk.inner:
        extents.extend(extent for extent in _headed(text, units, inner)[:1] if extent.last <= walk.last)
    return extents


def _follows_role(units: Sequence[Unit], place: int) -> bool:
    before = place - 1
    while before >= 0 and units[before].kind == "link":
        before -= 1
    return before >= 0 and units[before].kind == "role"


def _is_name(units: Sequence[Unit], walk: "_Walk") -> bool:
    head = units[walk.first]
    assert head.entry is not None  # noqa: S101 - a unit of kind head has an entry
    if walk.last == walk.first + 1:
        return False
    if walk.codes and (head.entry.has_alone or len(walk.codes) > 1):
        return True
    if walk.has_capital:
        return True
    starts_sentence = walk.first == 0 or units[walk.first - 1].kind == "mark"
    return walk.has_field and head.is_capitalised and (not starts_sentence or bool(walk.codes))


class _Walk:
    """Takes one component of a name after the other, from its head on."""

    def __init__(self, text: str, units: Sequence[Unit], first: int, type_: str, after_role: bool) -> None:
        self.text, self.units, self.first, self.type, self.after_role = text, units, first, type_, after_role
        self.last = first + 1
        self.codes: list[str] = []
        self.inner: list[int] = []
        self.has_capital = self.has_field = self.is_closed = False

    def advance(self) -> bool:
        """Take the next component, if there is one."""
        unit = self._at(self.last)
        if unit is None:
            return False
        if unit.text == "(":
            return self._take_short_form()
        if unit.text == "tại" and self.type in _MISSIONS and self.codes:
            return self._take_states_after(1)
        if unit.text == "-":
            return self._take_after_dash()
        if self.is_closed and unit.kind != "country":
            return False
        if unit.text in (",", "và", "&"):
            return self._take_listed()
        if unit.text in ("về", "vì") and self.type != "company":
            following = self._at(self.last + 1)
            return following is not None and following.kind in ("capital", "field") and self._take_word(self.last + 1)
        return self._take_word(self.last)

    def _at(self, place: int) -> Unit | None:
        return self.units[place] if place < len(self.units) else None

    def _take_word(self, place: int) -> bool:
        unit = self._at(place)
        if unit is None:
            return False
        if unit.kind == "country":
            return not self.codes and self._take_states_after(place - self.last)
        if unit.kind == "field":
            self.has_field = True
            self.has_capital = self.has_capital or unit.is_capitalised
            self.last = place + 1
            return True
        if unit.kind in ("head", "name", "suffix", "role") and self._is_inner(unit):
            if unit.kind == "head":
                self.inner.append(place)
            self.has_field, self.last = True, place + 1
            self.has_capital = self.has_capital or unit.is_capitalised
            return True
        if unit.kind == "place":
            return self._take_place(place)
        if unit.kind == "number":
            taken = self.type == "military"
            self.has_capital, self.last = self.has_capital or taken, place + taken
            return taken
        return unit.kind == "capital" and self._take_capital(place)

    def _is_inner(self, unit: Unit) -> bool:
        if unit.entry is None:
            return False
        if unit.kind == "role":
            return unit.is_capitalised and unit.entry.kind == "occupation" and self.last == self.first + 1
        return unit.is_capitalised or unit.entry.has_nested

    def _take_states_after(self, skip: int) -> bool:
        unit = self._at(self.last + skip)
        if unit is None or unit.kind != "country" or unit.code is None:
            return False
        self.codes.append(unit.code)
        self.last, self.is_closed = self.last + skip + 1, True
        return True

    def _take_after_dash(self) -> bool:
        unit = self._at(self.last + 1)
        if unit is None:
            return False
        if unit.kind == "country":
            return bool(self.codes or self.has_field) and self._take_states_after(1)
        if unit.kind == "field" or (unit.kind == "capital" and not is_surname(unit.text)):
            return (not self.after_role or unit.kind == "field") and self._take_word(self.last + 1)
        return False

    def _take_listed(self) -> bool:
        """«, Kế hoạch và Phát triển»: a comma only when «và» closes the list, and only fields of work in it."""
        place = self.last
        while self._at(place) is not None and self.units[place].text == ",":
            width = self._field_width(place + 1)
            if not width:
                return False
            place += 1 + width
        closing, width = self._at(place), self._field_width(place + 1)
        if closing is None or closing.text not in ("và", "&") or not width or self.type not in _WITH_LISTS:
            return False
        self.last, self.has_field, self.has_capital = place + 1 + width, True, True
        return True

    def _field_width(self, place: int) -> int:
        """How many units from `place` on are one capitalised field of work; 0 if none is there."""
        unit = self._at(place)
        if unit is None or not unit.is_capitalised:
            return 0
        return 1 if unit.kind == "field" else word_width(self.units, place)

    def _take_place(self, place: int) -> bool:
        last = place + 1
        while (unit := self._at(last)) is not None and unit.kind == "capital" and last - place <= 4:
            if last - place > 2 and self.after_role and is_surname(unit.text):
                break
            last += 1
        if last == place + 1:
            return False
        self.last, self.has_capital, self.is_closed = last, True, self.after_role
        return True

    def _take_capital(self, place: int) -> bool:
        width = word_width(self.units, place)
        if not width and self.last > self.first + 1 and self._is_person(place):
            return False
        if not width and self.after_role and self.last > self.first + 1 and not is_syllable(self.units[place].text):
            return False
        self.last, self.has_capital = place + (width or 1), True
        return True

    def _is_person(self, place: int) -> bool:
        run = []
        while (unit := self._at(place)) is not None and unit.kind == "capital" and len(run) < 5:
            run.append(unit.text)
            place += 1
        return 2 <= len(run) <= 4 and is_surname(run[0]) and self.type not in ("university", "union", "institute")

    def _take_short_form(self) -> bool:
        """«(USAID)», «(PV Oil)» after a name are a part of it."""
        if self.last == self.first + 1:
            return False
        place = self.last + 1
        while (unit := self._at(place)) is not None and unit.kind in ("capital", "name", "suffix", "head"):
            place += 1
        inside = self.units[self.last + 1 : place]
        if not 1 <= len(inside) <= 3 or unit is None or unit.text != ")":
            return False
        text = self.text[inside[0].start : inside[-1].end]
        if not inside[0].is_capitalised or is_surname(inside[0].text) and len(inside) > 1:
            return False
        if inside[0].kind == "capital" and " " not in text and is_syllable(text) and not text.isupper():
            return False
        self.last, self.is_closed, self.has_capital = place + 1, True, True
        return True


def organisations(
    text: str,
    spans: Iterable[tuple[int, int]],
    countries: Sequence[CountryMention],
    printed: Callable[[int, int], str] | None = None,
) -> tuple[Organisation, ...]:
    """Organisations of an article, one entry each under its fullest name, in the order of the text.

    `spans` are the sentences, `countries` all country mentions of the folded `text`, sorted; `printed` gives the text as
    given for two folded offsets (by default, the folded text itself).
    """
    mentions: list[OrganisationMention] = []
    for start, end in spans:
        inside = [mention for mention in countries if start <= mention.start and mention.end <= end]
        mentions.extend(find_organisations(text, start, end, inside))
    kept: list[OrganisationMention] = []
    for mention in sorted(mentions, key=lambda found: (-len(found.name), found.start)):
        known = next((index for index, other in enumerate(kept) if is_short_for(mention.name, other.name)), None)
        if known is None:
            kept.append(mention)
        else:
            kept[known] = replace(kept[known], start=min(kept[known].start, mention.start))
    return tuple(_as_record(text, mention, mentions, printed) for mention in sorted(kept, key=lambda m: m.start))


def _as_record(
    text: str,
    kept: OrganisationMention,
    mentions: Sequence[OrganisationMention],
    printed: Callable[[int, int], str] | None,
) -> Organisation:
    first = next(mention for mention in mentions if mention.name == kept.name)
    name = printed(first.start, first.end) if printed else text[first.start : first.end]
    return Organisation(" ".join(name.split()), kept.type, kept.country)


def is_short_for(short: str, full: str) -> bool:
    """Whether one name can stand for a longer one: the same without its state, its place or its short form.

    «Đại sứ quán Mỹ» for «Đại sứ quán Mỹ tại Việt Nam», «USAID» for «Cơ quan phát triển quốc tế (USAID)»,
    «Hội đồng Bảo an LHQ» for «Hội đồng Bảo an Liên hợp quốc».
    """
    one, other = list(_words(short)), list(_words(full))
    if one == other:
        return True
    if len(one) == 1 and f"({short.lower()})" in full.lower():
        return True
    same = 0
    while same < min(len(one), len(other)) and one[same] == other[same]:
        same += 1
    if same == len(one) and same > 0:
        return len(one) > 1 and (same < len(other))
    initials = "".join(word[0] for word in other[same:])
    return same > 0 and one[same:] == [initials]


def _words(name: str) -> Iterator[str]:
    return (word.strip("(),.\"'") for word in name.lower().split() if word.strip("(),.\"'-"))
