"""People whom no title and no surname announces: who wrote the article, and foreigners known from elsewhere."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from extractors.name_runs import name_end, tidy
from extractors.name_tables import dictionary, is_surname, is_syllable
from extractors.names import Unit
from extractors.records import CountryMention, PersonMention
from extractors.titles import read_named_units

_MIN_LAST_NAME = 4  # letters; shorter last names («Lee», «Li») are those of too many
# Of the words in lower case. The lowest of 766 Vietnamese newspaper sentences has 0.75; 99 in 100 of 19,355 sentences
# of German pages have 0.6 or less.
_MIN_VIETNAMESE = 0.7
_LINE = re.compile(r"[^\n]*\S[^\n]*")


@dataclass(frozen=True, slots=True)
class ForeignRun:
    """Foreign capitalised words, `start` to `end`, that no title and no surname explains, and their sentence.

    `is_place` if something happens at them («ở New York») or they follow the word for a place («bang Texas»).
    """

    start: int
    end: int
    name: str
    sentence: tuple[int, int]
    is_place: bool


def foreign_runs(
    text: str, start: int, end: int, countries: Sequence[CountryMention], known: Sequence[PersonMention]
) -> Iterator[ForeignRun]:
    """Runs of foreign words in the sentence `text[start:end]` that are in none of the `known` mentions.

    Vietnamese words are left out: there underthesea took book titles and regions for people.
    """
    units = read_named_units(text, start, end, countries)
    place = 0 if _reads_vietnamese(units) else len(units)
    while place < len(units):
        last = name_end(text, units, place)
        words = [unit.text for unit in units[place:last]]
        is_foreign = len(words) >= 2 and not any(is_syllable(word) or word.isupper() for word in words)
        first = units[place].start
        is_known = any(mention.start <= first < mention.end for mention in known)
        if is_foreign and not is_known and not _is_credited(units, place):
            stop = units[last - 1].end
            before = units[place - 1] if place > 0 else None
            is_place = before is not None and (before.kind == "place" or before.text in ("ở", "tại"))
            yield ForeignRun(first, stop, tidy(text[first:stop]), (start, end), is_place)
        place = max(place + 1, last)


def _reads_vietnamese(units: Sequence[Unit]) -> bool:
    """Whether most words in lower case are Vietnamese syllables: feeds bring German pages with Vietnamese frames."""
    words = [word for unit in units for word in unit.text.split() if word.islower()]
    return sum(map(is_syllable, words)) >= _MIN_VIETNAMESE * len(words)


def _is_credited(units: Sequence[Unit], place: int) -> bool:
    """«Ảnh: National Geographic», «(tiếng Anh: Flag Day)», and the other spelling in «Lại Thanh Đức (Lai Ching-te)»."""
    before = units[place - 1].text if place > 0 else ""
    if before == "(" and place > 1:
        return units[place - 2].kind == "capital"
    if before != ":" or place < 2:
        return False
    return units[place - 2].kind == "credit" or any(unit.text == "tiếng" for unit in units[max(0, place - 5) : place])


def recognise_foreign_names(
    text: str, runs: Sequence[ForeignRun], mentions: Sequence[PersonMention], no_names: frozenset[str]
) -> tuple[PersonMention, ...]:
    """The runs that are persons.

    A run is one when the article calls its last word «ông …» or «Tổng thống …» elsewhere; otherwise underthesea must
    take it for a person more often than not, for it calls «Real Madrid» one only now and then. `no_names` are words
    that stand last in no person's name: the states and places of the article.
    """
    titled = {mention.name for mention in mentions if len(mention.name) >= _MIN_LAST_NAME}
    full = {mention.name for mention in mentions if " " in mention.name}
    votes: Counter[str] = Counter()
    tagged: dict[tuple[int, int], frozenset[str]] = {}
    for run in runs:
        if run.name in no_names or run.name.split()[-1] in no_names:
            votes[run.name] = 0
        elif run.name in full or run.name.split()[-1] in titled:
            votes[run.name] = 1
        else:
            if run.sentence not in tagged:
                tagged[run.sentence] = _persons_by_model(text[slice(*run.sentence)])
            votes[run.name] += 1 if run.name in tagged[run.sentence] else -1
    return tuple(
        PersonMention(run.start, run.end, run.name, None, "other", None) for run in runs if votes[run.name] > 0
    )


def _persons_by_model(sentence: str) -> frozenset[str]:
    """Persons by underthesea's CRF model, as it writes them; the same sentence always gives the same answer."""
    # Imported here: loading the model takes half a second and 100 MB, and most articles never need it.
    from underthesea import ner

    persons: list[list[str]] = []
    for word, _, _, tag in ner(sentence):
        if tag == "B-PER":
            persons.append([word])
        elif tag == "I-PER" and persons:
            persons[-1].append(word)
    return frozenset(" ".join(words) for words in persons)


def find_bylines(
    text: str, spans: Sequence[tuple[int, int]], countries: Sequence[CountryMention]
) -> tuple[PersonMention, ...]:
    """Who wrote it: the last line, in the second half, that is but two to four capitalised Vietnamese syllables.

    `spans` are the sentences. The line can be a sentence or follow one: readers take a signature for furniture.
    """
    states = {text[mention.start : mention.end] for mention in countries}
    following = [start for start, _ in spans[1:]] + [len(text)]
    for place in reversed(range(len(spans) // 2, len(spans))):
        start, end = spans[place]
        gap = _LINE.search(text, end, following[place])
        for first, last in ((gap.span(),) if gap else ()) + ((start, end),):
            found = _signature(text, first, last, states)
            if found is not None:
                return (found,)
    return ()


def _signature(text: str, start: int, end: int, states: set[str]) -> PersonMention | None:
    """The name in «Khánh Lynh» or «Huyền Lê (Theo SCMP)», if a line is no more than that."""
    if end - start > 80 or not text[start:end].strip()[:1].isupper():
        return None
    units = read_named_units(text, start, end, ())
    last = name_end(text, units, 0) if units else 0
    rest = text[units[last].start : end].rstrip() if last < len(units) else ""
    words = [unit.text for unit in units[:last]]
    is_alone = not rest or (rest.startswith("(") and rest.endswith(")")) or (len(words) > 1 and rest == ".")
    if not (is_alone and 2 <= last <= 4 and all(map(is_syllable, words))):
        return None
    stop = units[last - 1].end
    name = tidy(text[units[0].start : stop])
    if words[0].lower() == "theo" or name in states or _is_ordinary(words):
        return None
    return PersonMention(units[0].start, stop, name, None, "other", None)


def _is_ordinary(words: Sequence[str]) -> bool:
    """Whether the words are a heading in capitals («Tin Liên Quan»): a word of the dictionary, and no surname first."""
    lowered = [word.lower() for word in words]
    if " ".join(lowered) in dictionary():
        return True
    if is_surname(words[0], "surname-vi"):
        return False
    return len(words) > 2 and any(f"{a} {b}" in dictionary() for a, b in pairwise(lowered))
