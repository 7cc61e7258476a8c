"""Who a fact is about: pairs of states, «hai nước», «nước này», from the sentence, the paragraph, the headline."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import islice, pairwise

from extractors.blocs import load_blocs
from extractors.dates import first_date
from extractors.documents import Document, Sentence
from extractors.folding import fold
from extractors.gazetteer import Gazetteer
from extractors.people import find_person_mentions
from extractors.records import CountryMention, PersonMention
from extractors.wordlists import pattern

Pair = tuple[str, str]

BLOC = "@bloc"
"""The code of ASEAN, the EU and their like: parties that are no states; «hai bên» with one of them is no pair."""
HOME = "VN"
"""The state that Vietnamese newspapers leave unsaid: «Thủ tướng thăm Lào, hai nước …»."""

_JOINT = pattern(r'"?\s?[-&]\s?"?|\s{}\s(?:{}\s)?|\s?/\s?', "pair-conjunction", "party-noun")
_LIST_JOINT = re.compile(r",\s(?:và\s)?")
_DUAL = pattern(r"{}|(?<!\w)họ(?=\s(?:{}\s)*{})", "dual", "dual-adverb", "dual-verb")
_OURS = pattern("{}", "ours")
_THIS_STATE = pattern(r"{}|(?<!\w){}\s(?:\S+\s){1,3}này(?!\w)", "this-state", "state-noun")
# «Liên Xô (nay là Liên bang Nga)»: who acted is the one outside the brackets.
_RENAMED = re.compile(r"\((?:nay|hiện|sau này) là\s[^()]*$", re.IGNORECASE)
_ORGANISATION = pattern(r"{}\s$", "organisation-noun")
_WORD = re.compile(r"\w+")
_PLACE_LEAD = pattern(r"{}\s$", "place-lead")
# Historical states whose continuing state kept their capital: the first successor in states.csv sits where they sat.
PREDECESSOR_SEATS = frozenset({"SU", "YU", "CS"})
# How many paragraphs back «hai nước» may point before the headline is asked.
MAX_PARAGRAPHS_BACK = 3


@dataclass(frozen=True, slots=True)
class PairMention:
    """Two states at `text[start:end]`, named together («Việt Nam - Lào», «Mỹ và Cuba») or pointed at («hai nước»)."""

    start: int
    end: int
    codes: Pair | None
    is_dual: bool
    is_hyphenated: bool = False


@dataclass(frozen=True)
class StatesOfSentence:
    """The states in a sentence of a folded text: every mention, those that stand for the state itself, the pairs."""

    text: str
    sentence: Sentence
    mentions: tuple[CountryMention, ...]
    actors: tuple[CountryMention, ...]
    pairs: tuple[PairMention, ...]

    @cached_property
    def people(self) -> tuple[PersonMention, ...]:
        """The persons named in the sentence; they are looked for when they are first asked for."""
        return find_person_mentions(self.text, self.sentence.start, self.sentence.end, self.mentions)

    @cached_property
    def words(self) -> tuple[int, ...]:
        """Where the words of the sentence begin, state names left out."""
        covered = [(mention.start, mention.end) for mention in self.mentions]
        return tuple(
            match.start()
            for match in _WORD.finditer(self.text, self.sentence.start, self.sentence.end)
            if not any(start <= match.start() < end for start, end in covered)
        )

    def codes(self) -> tuple[str, ...]:
        """Distinct codes of the actors, in order of appearance."""
        return tuple(dict.fromkeys(mention.code for mention in self.actors))

    def codes_before(self, offset: int) -> tuple[str, ...]:
        """Distinct codes of the states named before an offset, or served by a person named before it."""
        named = [(mention.start, mention.code) for mention in self.actors if mention.end <= offset]
        served = [(person.start, person.country) for person in self.people if person.end <= offset and person.country]
        return tuple(dict.fromkeys(code for _, code in sorted([*named, *served])))


def pair_of(first: str, second: str) -> Pair | None:
    """Two codes as a sorted pair, or nothing where they are one state."""
    if first == second:
        return None
    return (first, second) if first < second else (second, first)


class Linker:
    """Links the states of one document; reads a sentence when it is first asked for, and holds what it names."""

    def __init__(self, document: Document, gazetteer: Gazetteer) -> None:
        self.document = document
        self._gazetteer = gazetteer
        self._places = {sentence.start: place for place, sentence in enumerate(document.sentences)}
        self._read: dict[int, StatesOfSentence] = {}

    @property
    def sentences(self) -> Iterator[StatesOfSentence]:
        """What each sentence names, in order."""
        return map(self._at, range(len(self.document.sentences)))

    def of(self, sentence: Sentence) -> StatesOfSentence:
        """What a sentence of this document names."""
        return self._at(self._places[sentence.start])

    def before(self, sentence: Sentence) -> Iterator[StatesOfSentence]:
        """The sentences before one, the nearest first."""
        return map(self._at, range(self._places[sentence.start] - 1, -1, -1))

    def _at(self, place: int) -> StatesOfSentence:
        states = self._read.get(place)
        if states is None:
            states = self._read[place] = _states(self.document.text, self.document.sentences[place], self._gazetteer)
        return states

    def antecedent_pair(
        self, sentence: Sentence, offset: int, including: str | None = None, year: int | None = None
    ) -> Pair | None:
        """The two states that «hai nước» at `offset` means: the last pair before it, nearest first.

        With `year`, no state that had ended by then. With `including`, only a pair of which that state is one.
        A sentence with one foreign state narrows the
        search to pairs with it; if none is named, its partner is the home state. Teasers look no further than
        themselves.
        """
        index = self._places[sentence.start]
        wanted = including
        for place in range(index, -1, -1):
            states = self._at(place)
            if states.sentence.section_index != sentence.section_index and sentence.section == "teaser":
                break
            if states.sentence.section == "teaser" and sentence.section != "teaser":
                continue
            if sentence.paragraph - states.sentence.paragraph > MAX_PARAGRAPHS_BACK:
                break
            before = offset if place == index else states.sentence.end
            pair = _last_pair(states, before, wanted, is_known=including is not None)
            if pair and not self.has_ended(pair, year):
                return pair
            codes = [code for code in states.codes_before(before) if code not in self._owned(states, before)]
            if wanted is None and len(codes) == 1 and codes[0] != HOME:
                wanted = codes[0]
        if sentence.section != "teaser":
            pair = self.headline_pair(wanted)
            if pair:
                return pair
        return pair_of(HOME, wanted) if wanted and self.names_home() else None

    def _owned(self, states: StatesOfSentence, before: int) -> frozenset[str]:
        """States named only as owners («với vai trò trung gian của Trung Quốc»): «hai nước» does not mean them."""
        text = self.document.text
        owned = {m.code for m in states.actors if m.end <= before and text[max(0, m.start - 5) : m.start] == " của "}
        free = {m.code for m in states.actors if m.end <= before and text[max(0, m.start - 5) : m.start] != " của "}
        return frozenset(owned - free)

    def has_ended(self, codes: Iterable[str], year: int | None) -> bool:
        """Whether one of the states had ended before a year (Liên Xô in 1992)."""
        ends = (self._gazetteer.states[code].valid_to for code in codes if code in self._gazetteer.states)
        return year is not None and any(end is not None and (first_date(end).year or 0) < year for end in ends)

    def state_then(self, code: str, year: int | None) -> str:
        """Whose capital it was in a year: Moscow was the Soviet Union's, whose continuing state is Russia."""
        for state in self._gazetteer.states.values():
            if state.valid_from is None or state.valid_to is None or not state.successors or year is None:
                continue
            if state.successors[0] == code and state.code in PREDECESSOR_SEATS:
                if (first_date(state.valid_from).year or 0) <= year < (first_date(state.valid_to).year or 0):
                    return state.code
        return code

    def names_home(self) -> bool:
        """Whether the article names the home state at all."""
        return any(mention.code == HOME for states in self.sentences for mention in states.actors) or any(
            person.country == HOME for states in self.sentences for person in states.people
        )

    def headline_pair(self, including: str | None = None) -> Pair | None:
        """The pair that the article is about: named in the headline, or the one the text names most."""
        titled = self._titled
        if titled is not None and (including is None or including in titled):
            return titled
        for states in islice(self.sentences, 3):
            pair = _last_pair(states, states.sentence.end, including)
            if pair:
                return pair
        counts: dict[Pair, int] = {}
        for states in self.sentences:
            for mention in states.pairs:
                if mention.codes and (including is None or including in mention.codes):
                    counts[mention.codes] = counts.get(mention.codes, 0) + 1
        best = sorted(counts, key=lambda pair: -counts[pair])
        if not best or (len(best) > 1 and counts[best[0]] == counts[best[1]]):
            return None
        return best[0]

    @cached_property
    def _titled(self) -> Pair | None:
        """The only two states that a headline kept apart from the text names."""
        title = fold(self.document.article.title or "").text
        codes = tuple(dict.fromkeys(mention.code for mention in self._gazetteer.mentions(title)))
        return pair_of(codes[0], codes[1]) if len(codes) == 2 else None

    def antecedent_state(self, sentence: Sentence, offset: int, excluding: frozenset[str]) -> str | None:
        """The state that «nước này» at `offset` means: the last one before it, or whom the sentence before begins with.

        A state of history is never «nước này».
        """
        index = self._places[sentence.start]
        for place in range(index, -1, -1):
            states = self._at(place)
            if sentence.paragraph - states.sentence.paragraph > 1:
                break
            named = [m.code for m in states.actors if m.end <= offset and m.code not in excluding and m.code != BLOC]
            living = [code for code in named if self._gazetteer.states[code].status != "historical"]
            if living:
                return living[-1] if place == index else living[0]
        return None


def _states(text: str, sentence: Sentence, gazetteer: Gazetteer) -> StatesOfSentence:
    mentions = [
        CountryMention(mention.start + sentence.start, mention.end + sentence.start, mention.code, mention.kind)
        for mention in gazetteer.mentions(text[sentence.start : sentence.end])
    ]
    for match in _OURS.finditer(text, sentence.start, sentence.end):
        mentions.append(CountryMention(match.start(), match.end(), HOME, "epithet"))
    mentions.sort(key=lambda mention: mention.start)
    actors = [mention for mention in mentions if not _is_place(text, sentence, mention)]
    for match in load_blocs().finditer(text, sentence.start, sentence.end):
        actors.append(CountryMention(match.start(), match.end(), BLOC, "alias"))
    actors.sort(key=lambda mention: mention.start)
    pairs = _pairs(text, sentence, tuple(actors))
    return StatesOfSentence(text, sentence, tuple(mentions), tuple(actors), pairs)


def _is_place(text: str, sentence: Sentence, mention: CountryMention) -> bool:
    """Whether a state is only where something happened or is from: «tại Hà Nội», «LG Chem (Hàn Quốc)»."""
    if text[max(0, mention.start - 1) : mention.start] == "(" and text[mention.end : mention.end + 1] == ")":
        return True
    before = max(sentence.start, mention.start - 60)
    if _RENAMED.search(text, before, mention.start) or _ORGANISATION.search(text, before, mention.start):
        return True
    return mention.kind == "capital" and bool(
        _PLACE_LEAD.search(text, max(sentence.start, mention.start - 20), mention.start)
    )


def this_state(text: str, start: int, end: int) -> re.Match[str] | None:
    """The first «nước này», «quốc gia này» in `text[start:end]`."""
    return _THIS_STATE.search(text, start, end)


def _pairs(text: str, sentence: Sentence, actors: tuple[CountryMention, ...]) -> tuple[PairMention, ...]:
    pairs = [
        PairMention(match.start(), match.end(), None, True)
        for match in _DUAL.finditer(text, sentence.start, sentence.end)
    ]
    for place, (left, right) in enumerate(pairwise(actors)):
        codes = pair_of(left.code, right.code)
        if codes is None or not _JOINT.fullmatch(text, left.end, right.start):
            continue
        before = actors[place - 1] if place else None
        after = actors[place + 2] if place + 2 < len(actors) else None
        in_list = (before and _LIST_JOINT.fullmatch(text, before.end, left.start)) or (
            after and _LIST_JOINT.fullmatch(text, right.end, after.start)
        )
        if not in_list:
            is_hyphenated = "-" in text[left.end : right.start]
            pairs.append(PairMention(left.start, right.end, codes, False, is_hyphenated))
    return tuple(sorted(pairs, key=lambda pair: pair.start))


def _last_pair(states: StatesOfSentence, before: int, including: str | None, *, is_known: bool = False) -> Pair | None:
    """The last pair named before an offset; a single other state is one too where `including` is known for sure."""
    codes = states.codes_before(before)
    for pair in reversed(states.pairs):
        if pair.codes and pair.end <= before and (including is None or including in pair.codes):
            # «Chủ tịch nước X thăm Ấn Độ và Bangladesh»: two destinations, not the two of «hai nước»
            if HOME not in pair.codes and HOME in codes and not pair.is_hyphenated:
                continue
            return pair.codes
    others = [code for code in codes if code != including]
    if including is not None and is_known and len(others) == 1:
        return pair_of(including, others[0])
    if len(codes) == 2 and (including is None or including in codes):
        return pair_of(codes[0], codes[1])
    return None
