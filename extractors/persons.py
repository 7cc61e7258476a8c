"""Who is who in one article: the rank, state and full name that a person bears anywhere in it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from extractors.coreference import is_vietnamese
from extractors.documents import Document, Sentence
from extractors.linking import Linker
from extractors.name_tables import load_words
from extractors.people import RoleMention, role_mentions
from extractors.records import PersonMention, RoleRank
from extractors.wordlists import CAPITAL


@dataclass(frozen=True, slots=True)
class KnownPerson:
    """What an article says of a person, all mentions taken together."""

    name: str | None
    rank: RoleRank
    country: str | None


LEADER_RANKS = ("head-of-state", "head-of-government", "party-leader", "minister")
MIN_LAST_NAME_LENGTH = 4

_UNKNOWN = KnownPerson(None, "other", None)


class Persons:
    """The persons of a document, as its sentences name them."""

    def __init__(self, document: Document, linker: Linker) -> None:
        self._document = document
        self._linker = linker
        self._names: frozenset[str] | None = None
        self._known: dict[str, KnownPerson] = {}

    def of(self, sentence: Sentence) -> tuple[PersonMention, ...]:
        """Persons named in a sentence; also by the bare last name of a foreign leader named in full elsewhere."""
        named = self._linker.of(sentence).people
        if not self._last_names():
            return named
        bare = []
        for match in self._bare_name().finditer(self._document.text, sentence.start, sentence.end):
            if not any(person.start < match.end() and match.start() < person.end for person in named):
                bare.append(PersonMention(match.start(), match.end(), match.group(), None, "other", None))
        return tuple(sorted([*named, *bare], key=lambda person: person.start))

    def _last_names(self) -> frozenset[str]:
        if self._names is None:
            sentences = self._document.sentences if _names_leader(self._document.text) else ()
            found = (
                person.name.split()[-1]
                for sentence in sentences
                if _may_name_foreign_leader(self._document.text[sentence.start : sentence.end])
                for person in self._linker.of(sentence).people
                if person.rank in LEADER_RANKS and " " in person.name and not is_vietnamese(person.name)
            )
            self._names = frozenset(name for name in found if len(name) >= MIN_LAST_NAME_LENGTH)
        return self._names

    def _bare_name(self) -> re.Pattern[str]:
        names = "|".join(re.escape(name) for name in sorted(self._last_names(), key=len, reverse=True))
        # not part of a longer name: «Tòa tháp Trump», «Trump Jr»
        return re.compile(rf"(?<![\w-])(?<![A-ZĐ]\w\s)(?:{names})(?![\w-])(?!\s{CAPITAL})")

    def roles_of(self, sentence: Sentence) -> tuple[RoleMention, ...]:
        """Offices with a state named in a sentence."""
        mentions = self._linker.of(sentence).mentions
        return role_mentions(self._document.text, sentence.start, sentence.end, mentions)

    def known(self, person: PersonMention) -> KnownPerson:
        """The best that the article says of a person: of mentions that share its last word, the fullest and highest."""
        name = person.name.lower()
        if name not in self._known:
            best = _UNKNOWN
            for other in self._mentions_with(name):
                if " " not in name or name in other.name.lower():
                    best = KnownPerson(
                        other.name if best.name is None or len(other.name) > len(best.name) else best.name,
                        best.rank if best.rank != "other" else other.rank,
                        best.country or other.country,
                    )
            self._known[name] = best
        return self._known[name]

    def _mentions_with(self, name: str) -> Iterator[PersonMention]:
        """Mentions with the last word of a name in lower case, of sentences that hold all of it; in order."""
        word = name.split()[-1]
        for sentence in self._document.sentences:
            if name in " ".join(self._document.text[sentence.start : sentence.end].lower().split()):
                people = self._linker.of(sentence).people
                yield from (person for person in people if word in person.name.lower().split())

    def last_before(self, sentence: Sentence) -> PersonMention | None:
        """The last person named before a sentence, in its paragraph or the one before: whom «Ông» means."""
        return next(iter(self.those_before(sentence)), None)

    def those_before(self, sentence: Sentence) -> tuple[PersonMention, ...]:
        """The persons of the last sentence that names any, in the paragraph of a sentence or the one before."""
        for states in self._linker.before(sentence):
            if sentence.paragraph - states.sentence.paragraph > 1:
                break
            mentions = self.of(states.sentence)
            if mentions:
                return mentions
        return ()


def _may_name_foreign_leader(sentence: str) -> bool:
    """Whether a sentence holds words without which no person in it can be a foreigner of a leader's rank."""
    return not is_vietnamese(sentence) and _names_leader(sentence)


def _names_leader(text: str) -> bool:
    words = " ".join(text.lower().split())
    return any(phrase in words for phrase in _leader_phrases())


@cache
def _leader_phrases() -> tuple[str, ...]:
    """Offices of leaders' ranks, and governments: whoever heads one is a leader by whatever word («người đứng đầu»)."""
    words = load_words()
    phrases = [phrase for phrase, entry in words.phrases.items() if entry.rank in LEADER_RANKS]
    for entries in (words.phrases, words.names, words.endings):
        phrases.extend(phrase.lower() for phrase, entry in entries.items() if entry.type == "government")
    return tuple(phrases)
