"""States and their names: loaded from data/countries, found in folded text, resolved from what a person types."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Mapping
from functools import lru_cache

import ahocorasick_rs
from rapidfuzz import fuzz, process

from extractors.country_tables import Name, State, read_decoys, read_homographs, read_names, read_states
from extractors.folding import fold_name
from extractors.records import CountryMention, NameKind
from extractors.tables import DATA_DIR

_DECOY = ""
# Names in capitals (headlines) are matched from this length on; shorter ones are mostly abbreviations.
# In letters: «nghiêng».
LONGEST_SYLLABLE = 7
_MIN_UPPER_CASE_LENGTH = 4
_MAX_SUGGESTIONS = 5
# Of 100, by rapidfuzz's ratio of equal letters: «Azerbajan» is 95 like «Azerbaijan», unrelated names are below 60.
MIN_LIKENESS = 65
_TOKEN_BEFORE = re.compile(r"([^\W_]+[.]?) $")
_HYPHEN = re.compile(r"\s?-\s?")
_PAIR_JOINT = re.compile(r"\s?-\s?|\s(?:và|với|,)\s|,\s")


class UnknownCountryError(LookupError):
    """A name that no state bears; `suggestions` are the nearest names."""

    def __init__(self, name: str, suggestions: tuple[str, ...]) -> None:
        self.name = name
        self.suggestions = suggestions
        hint = f" Did you mean {', '.join(suggestions)}?" if suggestions else ""
        super().__init__(f"No state is called «{name}».{hint}")


class Gazetteer:
    """All states with their names; finds mentions and resolves names. Immutable once built."""

    def __init__(
        self,
        states: Mapping[str, State],
        names: tuple[Name, ...],
        decoys: tuple[str, ...],
        lead_ins: frozenset[str] = frozenset(),
        not_initial: frozenset[str] = frozenset(),
        kin: frozenset[str] = frozenset(),
    ) -> None:
        self.states = states
        self.names = names
        self._labels = {(name.code, name.language): name.text for name in names if name.kind == "label"}
        self._lead_ins = lead_ins
        self._not_initial = not_initial
        self._kin = kin
        patterns: dict[str, tuple[str, NameKind]] = {}
        for name in names:
            folded = fold_name(name.text)
            for form in (folded, folded.upper()) if len(folded) >= _MIN_UPPER_CASE_LENGTH else (folded,):
                patterns.setdefault(form, (name.code, name.kind))
        for name in names:
            if (carelessly := _in_careless_case(name)) is not None:
                patterns.setdefault(carelessly, (name.code, name.kind))
        for decoy in decoys:
            for form in (fold_name(decoy), fold_name(decoy).upper()):
                patterns[form] = (_DECOY, "alias")
        self._by_form = patterns
        self._patterns = list(patterns.values())
        self._automaton = ahocorasick_rs.AhoCorasick(
            list(patterns), matchkind=ahocorasick_rs.MatchKind.LeftmostLongest, store_patterns=False
        )
        self._keys = _search_keys(names)

    def label(self, code: str, language: str = "vi") -> str:
        """The name of a state in `vi` or `en`.

        Raises:
            KeyError: an unknown code or language.
        """
        return self._labels[code, language]

    def mentions(self, text: str) -> tuple[CountryMention, ...]:
        """States named in folded text, in order, without overlaps; decoys and ordinary words are left out."""
        found: list[CountryMention] = []
        for index, start, end in self._automaton.find_matches_as_indexes(text):
            code, kind = self._patterns[index]
            if not _stands_alone(text, start, end):
                # «Mỹ Antony Blinken» begins as «Mỹ An» does: the shorter name is meant
                end, code, kind = self._shorter(text, start, end)
            if code == _DECOY and found and _HYPHEN.fullmatch(text, found[-1].end, start):
                # «Mỹ - Trung bình thường hóa quan hệ»: behind a hyphen the clipped form wins over «trung bình»
                word = text[start:end].split(" ")[0]
                if text[start:end].lower()[len(word) :] == text[start + len(word) : end]:
                    end = start + len(word)
                    code, kind = self._by_form.get(word, (_DECOY, kind))
            if code != _DECOY and _stands_alone(text, start, end) and self._means_state(text, start, end, kind):
                found.append(CountryMention(start, end, code, kind))
        return tuple(mention for place, mention in enumerate(found) if _short_has_partner(text, found, place))

    def _shorter(self, text: str, start: int, end: int) -> tuple[int, str, NameKind]:
        """The longest name of fewer words at `start` that stands alone; nothing that counts where there is none."""
        while (cut := text.rfind(" ", start, end)) > start:
            end = cut
            known = self._by_form.get(text[start:end])
            if known is not None:
                return (end, *known)
        return end, _DECOY, "alias"

    def _means_state(self, text: str, start: int, end: int, kind: NameKind) -> bool:
        """Whether a one-word name is the state, not a given name («Thu Nga») or a pronoun («Anh cho biết»)."""
        word = text[start:end]
        if " " in word or "-" in word:
            return True
        if kind != "capital" and len(word) > LONGEST_SYLLABLE:
            return True  # «Cộng hòa Bolivarian Venezuela»: no Vietnamese given name; «Denzel Washington» is another
        before = _TOKEN_BEFORE.search(text, max(0, start - 25), start)
        if before is None or before[1].endswith("."):
            is_initial = (
                start == 0
                or text[start - 1] in '\n"('
                or (before is not None or text[start - 2 : start] in (". ", "? ", "! "))
            )
            return not (is_initial and word in self._not_initial and not self._continues_as_state(text, end))
        token = before[1]
        if token.lower() in self._kin:
            return False
        if not token[0].isupper() or (len(token) > 1 and token.isupper()):
            return True
        return token.lower() in self._lead_ins

    def _continues_as_state(self, text: str, end: int) -> bool:
        """Whether a joint and a capital follow: «Anh và Pháp», «Anh - Việt Nam»."""
        joint = _PAIR_JOINT.match(text, end)
        return joint is not None and joint.end() < len(text) and text[joint.end()].isupper()

    def resolve(self, name: str) -> str:
        """The code of the state a person means by a code or a name, with or without diacritics.

        Raises:
            UnknownCountryError: no state, or more than one, is called so; carries the nearest names.
        """
        upper = name.strip().upper()
        if upper in self.states:
            return upper
        for key in (_exact_key(name), _plain_key(name)):
            codes = self._keys.get(key, frozenset())
            if len(codes) == 1:
                return next(iter(codes))
        raise UnknownCountryError(name, self._suggest(name))

    def _suggest(self, name: str) -> tuple[str, ...]:
        near = process.extract(
            _plain_key(name), list(self._keys), scorer=fuzz.ratio, score_cutoff=MIN_LIKENESS, limit=4 * _MAX_SUGGESTIONS
        )
        labels = [self._labels[code, "vi"] for key, _, _ in near for code in sorted(self._keys[key])]
        return tuple(dict.fromkeys(labels))[:_MAX_SUGGESTIONS]


def _in_careless_case(name: Name) -> str | None:
    """«Liên xô», «Ấn độ»: a Vietnamese label of two words of which only the first has its capital."""
    words = fold_name(name.text).split(" ")
    if name.language != "vi" or name.kind != "label" or len(words) != 2:
        return None
    return f"{words[0]} {words[1].lower()}" if all(word[:1].isupper() for word in words) else None


def _stands_alone(text: str, start: int, end: int) -> bool:
    return not (start and text[start - 1].isalnum()) and not (end < len(text) and text[end].isalnum())


def _short_has_partner(text: str, found: list[CountryMention], place: int) -> bool:
    """A clipped form («Trung», «Hàn») is a state only when joined to another one: «Trung - Triều», «Việt-Hàn»."""
    mention = found[place]
    if mention.kind != "short":
        return True
    neighbours = [(found[place - 1], mention)] if place else []
    neighbours += [(mention, found[place + 1])] if place + 1 < len(found) else []
    return any(
        _PAIR_JOINT.fullmatch(text, left.end, right.start) for left, right in neighbours if left.end < right.start
    )


def _exact_key(name: str) -> str:
    return " ".join(fold_name(name).casefold().replace("-", " ").split())


def _plain_key(name: str) -> str:
    """A name without case, hyphens and diacritics: «Việt Nam», «viet-nam» and «VIET NAM» are one."""
    decomposed = unicodedata.normalize("NFD", _exact_key(name).replace("đ", "d"))
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))


def _search_keys(names: tuple[Name, ...]) -> dict[str, frozenset[str]]:
    """Codes by search key; the label of one state outweighs the clipped form or capital of another."""
    by_weight: dict[str, dict[bool, set[str]]] = defaultdict(lambda: {True: set(), False: set()})
    for name in names:
        strong = name.kind in ("label", "official", "alias")
        for key in (_exact_key(name.text), _plain_key(name.text)):
            by_weight[key][strong].add(name.code)
    return {key: frozenset(codes[True] or codes[False]) for key, codes in by_weight.items()}


@lru_cache(maxsize=1)
def load_gazetteer() -> Gazetteer:
    """The gazetteer of data/countries, read and checked once.

    Raises:
        TableError: a row of the tables cannot be trusted; names file and line.
    """
    directory = DATA_DIR / "countries"
    states = read_states(directory)
    homographs = read_homographs(DATA_DIR / "lexicon")
    return Gazetteer(
        states,
        read_names(directory, states),
        read_decoys(directory),
        homographs["lead-in"],
        homographs["not-initial"],
        homographs["kin"],
    )
