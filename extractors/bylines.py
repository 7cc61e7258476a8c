"""People whom no title and no surname announces: who wrote the article, and foreigners that underthesea knows."""

from collections.abc import Iterator, Sequence

from extractors.name_runs import name_end, tidy
from extractors.name_tables import dictionary, is_syllable
from extractors.records import CountryMention, PersonMention
from extractors.titles import read_named_units


def recognise_foreign_names(
    text: str, start: int, end: int, countries: Sequence[CountryMention], known: Sequence[PersonMention]
) -> Iterator[tuple[PersonMention, bool]]:
    """Foreign names that neither a title nor a surname explains, each with whether underthesea takes it for a person.

    On the gold of seeds and dev this adds three right names and a wrong one. Vietnamese names are left out: there it
    took book titles and regions for people.
    """
    units = read_named_units(text, start, end, countries)
    runs: list[tuple[int, int]] = []
    place = 0
    while place < len(units):
        last = name_end(text, units, place)
        words = [unit.text for unit in units[place:last]]
        is_foreign = len(words) >= 2 and not any(is_syllable(word) or word.isupper() for word in words)
        first = units[place].start
        if is_foreign and not any(mention.start <= first < mention.end for mention in known):
            runs.append((first, units[last - 1].end))
        place = max(place + 1, last)
    names = _persons_by_model(text[start:end]) if runs else frozenset()
    for first, stop in runs:
        name = tidy(text[first:stop])
        yield PersonMention(first, stop, name, None, "other", None), name in names


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
) -> Iterator[PersonMention]:
    """The last line, in the second half, that is but two to four capitalised Vietnamese syllables: who wrote it."""
    states = {mention.start for mention in countries}
    for start, end in reversed(spans[len(spans) // 2 :]):
        units = read_named_units(text, start, end, ())
        last = name_end(text, units, 0) if units else 0
        rest = text[units[last].start : end] if last < len(units) else ""
        is_alone = not rest.strip() or (rest.startswith("(") and rest.rstrip().endswith(")"))
        words = [unit.text for unit in units[:last]]
        is_name = (
            2 <= last <= 4
            and words[0].lower() != "theo"
            and all(map(is_syllable, words))
            and " ".join(words).lower() not in dictionary()
        )
        if is_name and is_alone and not states.intersection(range(start, end)):
            stop = units[last - 1].end
            yield PersonMention(start, stop, tidy(text[start:stop]), None, "other", None)
            return
