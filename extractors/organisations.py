"""Organisations that an article names: a head («Bộ», «Hội hữu nghị», …) with the rest of the name, or a bare name."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from extractors.name_tables import load_words
from extractors.names import Unit, read_units
from extractors.organisation_grammar import Extent
from extractors.organisation_names import find_extents
from extractors.records import CountryMention, Organisation


@dataclass(frozen=True, slots=True)
class OrganisationMention:
    """A span of folded text that names an organisation; `type` is one of organisation-heads.csv."""

    start: int
    end: int
    name: str
    type: str
    country: str | None


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
    if extent.codes and (len(extent.codes) == 1 or extent.type == "embassy" or extent.codes[0] == "VN"):
        country = extent.codes[0]
    return OrganisationMention(first, last, " ".join(text[first:last].split()), extent.type, country)


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
        inside = [mention for mention in countries if start <= mention.start and mention.end <= end]
        mentions.extend(find_organisations(text, start, end, inside))
    kept: list[OrganisationMention] = []
    for mention in sorted(mentions, key=lambda found: (-len(found.name), found.start)):
        known = next((place for place, other in enumerate(kept) if is_short_for(mention.name, other.name)), None)
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
    if one == other or one == list(_words(re.sub(r"\([^()]*\)", " ", full))):
        return True
    if len(one) == 1 and f"({short.lower()})" in full.lower():
        return True
    if len(one) < len(other) <= len(one) + 3 and other[-len(one) :] == one:
        return not _has_head(one) and _has_head(other)  # «Bamboo Airways», «Hãng hàng không Bamboo Airways»
    same = 0
    while same < min(len(one), len(other)) and one[same] == other[same]:
        same += 1
    if same == len(one) and same > 0:
        return len(one) > 1 and (same < len(other))
    initials = "".join(word[0] for word in other[same:])
    return same > 0 and one[same:] == [initials]


def _has_head(words: Sequence[str]) -> bool:
    phrases = load_words().phrases
    entries = (phrases.get(" ".join(words[:count])) for count in range(1, len(words) + 1))
    return any(entry is not None and entry.kind == "head" for entry in entries)


def _words(name: str) -> Iterator[str]:
    return (word.strip("(),.\"'") for word in name.lower().split() if word.strip("(),.\"'-"))
