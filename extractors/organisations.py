"""Organisations that an article names: a head («Bộ», «Hội hữu nghị», …) with the rest of the name, or a bare name."""

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from extractors.name_tables import load_words
from extractors.names import Unit, is_plural, read_units
from extractors.organisation_grammar import Extent
from extractors.organisation_names import find_extents
from extractors.records import CountryMention, Organisation, mentions_within

_OF_FIRST_STATE = ("embassy", "friendship-association")  # the state named first is the one that has it
_EMBASSY_WORDS = 3  # «Đại sứ quán», «Tổng lãnh sự (quán)»: by these missions of one state differ


@dataclass(frozen=True, slots=True)
class OrganisationMention:
    """A span of folded text that names an organisation; `type` is one of organisation-heads.csv."""

    start: int
    end: int
    name: str
    type: str
    country: str | None
    countries: tuple[str, ...] = ()
    core: str = ""
    """The name without its states, in lower case: «bộ ngoại giao» of «Bộ Ngoại giao Mỹ»; empty if it has none."""
    is_printed: bool = True
    """Whether the name stands there as it is, and not with its head before another («các bộ Ngoại giao, Công an»)."""


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
    if extent.codes and (len(extent.codes) == 1 or extent.type in _OF_FIRST_STATE or extent.codes[0] == "VN"):
        country = extent.codes[0]
    countries = tuple(sorted({*extent.codes, *((country,) if country else ())}))
    name = " ".join(text[first:last].split())
    if extent.head is None:
        core = _core(units[extent.first : extent.last]) if extent.codes and extent.type != "party" else ""
        return OrganisationMention(first, last, name, extent.type, country, countries, core)
    head = units[extent.head].text
    head = head.capitalize() if is_plural(units, extent.head) else head
    return OrganisationMention(first, last, f"{head} {name}", extent.type, country, countries, is_printed=False)


def _core(units: Sequence[Unit]) -> str:
    words = [unit.text.lower() for unit in units if unit.kind != "country"]
    if words[-1:] == ["cộng hòa"] and len(words) == 2:
        words.pop()  # «Thượng viện Cộng hòa (Haiti)»; «Đảng Cộng hòa Mỹ» has no other form
    return " ".join(word for word in words if word not in ("nước", "-", "(", ")"))


def organisations(
    text: str,
    spans: Iterable[tuple[int, int]],
    countries: Sequence[CountryMention],
    printed: Callable[[int, int], str] | None = None,
) -> tuple[Organisation, ...]:
    """Organisations of an article, one entry each under its fullest name, in the order of the text.

    `spans` are the sentences, `countries` all country mentions of the folded `text`, sorted; `printed` gives the text
    as given for two folded offsets (by default, the folded text itself).
    """
    mentions: list[OrganisationMention] = []
    for start, end in spans:
        inside = mentions_within(countries, start, end)
        mentions.extend(find_organisations(text, start, end, inside))
    kept: list[OrganisationMention] = []
    for mention in sorted(mentions, key=lambda found: (-len(found.name), found.start)):
        known = next((place for place, other in enumerate(kept) if _is_same(mention, other)), None)
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
    if not first.is_printed:
        return Organisation(first.name, kept.type, kept.country, kept.countries)
    name = printed(first.start, first.end) if printed else text[first.start : first.end]
    return Organisation(" ".join(name.split()), kept.type, kept.country, kept.countries)


def _is_same(mention: OrganisationMention, kept: OrganisationMention) -> bool:
    """Whether two mentions name one body: one short for the other, or embassies between the same two states."""
    if mention.core and mention.core == kept.core and len(mention.countries) == 1:
        if mention.countries == kept.countries:
            return True  # «Bộ Ngoại giao Mỹ», «Bộ Ngoại giao Hoa Kỳ»
    both_embassies = mention.type == kept.type == "embassy" and len(mention.countries) > 1
    one, other = (name.lower().split()[:_EMBASSY_WORDS] for name in (mention.name, kept.name))
    if both_embassies and one == other:
        return (mention.country, mention.countries) == (kept.country, kept.countries)
    return is_short_for(mention.name, kept.name)


def is_short_for(short: str, full: str) -> bool:
    """Whether one name can stand for a longer one: the same without its state, its place or its short form.

    «Đại sứ quán Mỹ» for «Đại sứ quán Mỹ tại Việt Nam», «USAID» for «Cơ quan phát triển quốc tế (USAID)»,
    «Hội đồng Bảo an LHQ» for «Hội đồng Bảo an Liên hợp quốc».
    """
    one, other = list(_words(short)), list(_words(full))
    if one == other or one == list(_words(re.sub(r"\([^()]*\)", " ", full))):
        return True
    if len(one) == 1 and f"({short.lower()})" in full.lower():
        return True
    if len(one) < len(other) <= len(one) + 3 and other[-len(one) :] == one:
        head = _head_type(other[: -len(one)])
        if head and head in (_head_type(one[:count]) for count in range(1, len(one))):
            return True  # «Đại học Thái Nguyên», «trường Đại học Thái Nguyên»
        return not _has_head(one) and _has_head(other)  # «Bamboo Airways», «Hãng hàng không Bamboo Airways»
    same = 0
    while same < min(len(one), len(other)) and one[same] == other[same]:
        same += 1
    if same == len(one) and same > 0:
        return same < len(other) and (len(one) > 1 or _is_bare(one[0]))
    if any(one[0] == _initials(other[:count]) and one[1:] == other[count:] for count in (2, 3, 4)):
        return True  # «UBND tỉnh Quảng Nam» for «Ủy ban nhân dân tỉnh Quảng Nam»
    return same > 0 and one[same:] == [_initials(other[same:])]


def _initials(words: Sequence[str]) -> str:
    """Their first letters, without marks but for «đ»: «ủy ban nhân dân» gives «ubnd»."""
    letters = "".join(word[0] for word in words)
    return "".join(char for char in unicodedata.normalize("NFD", letters) if not unicodedata.combining(char))


def _is_bare(word: str) -> bool:
    entry = load_words().phrases.get(word)
    return entry is not None and entry.alone == "bare"


def _has_head(words: Sequence[str]) -> bool:
    return any(_head_type(words[:count]) for count in range(1, len(words) + 1))


def _head_type(words: Sequence[str]) -> str:
    """The type of the head that the words are; empty if they are none."""
    entry = load_words().phrases.get(" ".join(words))
    return entry.type if entry is not None and entry.kind in ("head", "media") else ""


def _words(name: str) -> Iterator[str]:
    return (word.strip("(),.\"'") for word in name.lower().replace("-", " ").split() if word.strip("(),.\"'-"))
