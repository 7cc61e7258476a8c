"""Mentions of one person joined: «Golovchenko» and «R.A. Golovchenko», «Heydar Aliev» and «Heydar Aliyev»."""

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from rapidfuzz import fuzz

from extractors.name_tables import RANKS, is_surname, is_syllable
from extractors.records import Person, PersonMention

_SAME_SPELLING = 85  # per cent of rapidfuzz's ratio; «Aliev» and «Aliyev» have 91, «Castro» and «Castillo» 71


@dataclass(slots=True)
class _Group:
    """The mentions of one person so far; `words` are the ones of the fullest name, folded."""

    words: tuple[str, ...]
    mentions: list[PersonMention] = field(default_factory=list)


def join_people(
    text: str, mentions: Sequence[PersonMention], printed: Callable[[int, int], str] | None = None
) -> tuple[Person, ...]:
    """One entry a person, in the order of the text.

    The fullest name is kept; the role of the highest rank, with its state if one mention has it; the state most often
    given. A single word («ông Phúc») that no fuller name explains is left out unless a role stands with it.
    """
    groups: list[_Group] = []
    for mention in sorted(mentions, key=lambda found: -len(_words(found.name))):
        words = _words(mention.name)
        group = next((group for group in groups if _is_same(words, group.words)), None)
        if group is None:
            group = _Group(words)
            groups.append(group)
        group.mentions.append(mention)
    kept = [group for group in groups if len(group.words) > 1 or _is_distinctive(group)]
    kept.sort(key=lambda group: min(mention.start for mention in group.mentions))
    return tuple(_person(text, group, printed) for group in kept)


def _is_distinctive(group: _Group) -> bool:
    """Whether one word is enough: with a role, and not a mere surname («Chủ tịch Tập» without «Tập Cận Bình»)."""
    return any(found.role and not is_surname(found.name, "surname-vi", "surname-zh") for found in group.mentions)


def _words(name: str) -> tuple[str, ...]:
    """The words of a name without case, dots, dashes and diacritics, which papers leave out of foreign names."""
    bare = unicodedata.normalize("NFD", name) if not is_vietnamese(name) else name
    bare = "".join(char for char in bare if not unicodedata.combining(char))
    return tuple(re.findall(r"\w+", bare.casefold()))


def _plain(words: tuple[str, ...]) -> tuple[str, ...]:
    bare = unicodedata.normalize("NFD", " ".join(words))
    return tuple("".join(char for char in bare if not unicodedata.combining(char)).split())


def is_vietnamese(name: str) -> bool:
    """Whether every word of a name is spelt like a Vietnamese syllable."""
    return all(is_syllable(word) for word in re.findall(r"[^\W\d_]+", name))


def _is_same(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether a name of no more words than the other can be the same person's."""
    if set(one) <= set(other):
        return True
    if len(one) > 1 and is_vietnamese(" ".join(one)) and not is_vietnamese(" ".join(other)):
        return set(_plain(one)) <= set(other)  # «Nguyễn Chí Linh», «Giuse Nguyễn Chí Linh»
    if _is_initialled(one, other) or _is_initialled(other, one):
        return True
    if len(one) != len(other) or len(one) < 2 or is_vietnamese(" ".join((*one, *other))):
        return len(one) == 1 < len(other) and not is_syllable(one[0]) and fuzz.ratio(one[0], other[-1]) > _SAME_SPELLING
    return all(fuzz.ratio(a, b) >= _SAME_SPELLING for a, b in zip(one, other, strict=True))


def _spelt_out(name: str) -> int:
    """How many words of a name are more than an initial."""
    return sum(len(word) > 1 for word in _words(name))


def _is_initialled(short: tuple[str, ...], full: tuple[str, ...]) -> bool:
    """Whether initials and a last name («R.A. Golovchenko») can be short for a name in full («Roman Golovchenko»)."""
    initials = short[:-1]
    if not initials or len(full) < 2 or any(len(word) > 1 for word in initials) or is_syllable(short[-1]):
        return False
    return initials[0] == full[0][0] and fuzz.ratio(short[-1], full[-1]) >= _SAME_SPELLING


def _person(text: str, group: _Group, printed: Callable[[int, int], str] | None) -> Person:
    mentions = sorted(group.mentions, key=lambda found: found.start)
    spellings = Counter(found.name for found in mentions)
    fullest = max(mentions, key=lambda found: (_spelt_out(found.name), len(_words(found.name)), spellings[found.name]))
    # A state that stands in the words of a role outweighs Viet Nam taken for granted.
    states = Counter(found.country for found in mentions if found.country)
    country = max(states, key=lambda code: (code != "VN", states[code])) if states else None
    role = min(
        (found for found in mentions if found.role),
        key=lambda found: (RANKS.index(found.rank), found.country != country, found.start),
        default=None,
    )
    name = fullest.name
    if printed is not None:
        found = list(re.finditer(r"\s+".join(map(re.escape, name.split())), text[fullest.start : fullest.end]))[-1]
        name = printed(fullest.start + found.start(), fullest.start + found.end())
    return Person(" ".join(name.split()), role.role if role else None, country)
