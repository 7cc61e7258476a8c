"""Vietnamese text that was stored in an encoding older than Unicode, or read in the wrong one: recognised, turned back.

Evidence decides, never a guess: every encoding's reading of the words with a diacritic is weighed by the share of them
that are Vietnamese syllables. Correct text of any language is given back as it is. What is recognised but cannot be
turned back whole is refused by name. Offsets of claims refer to the text as it is after recovery: that is the article's
text, and nothing else in the article tells that it was recovered.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from extractors.readers.legacy_encodings import (
    LegacyEncoding,
    find_legacy_encoding,
    load_legacy_encodings,
    to_look_alikes,
)
from extractors.readers.mojibake import find_mojibake, has_mojibake, repair_mojibake
from extractors.readers.outcomes import ReadError
from extractors.readers.syllables import is_syllable

MIN_SHARE = 0.9
"""Least share of syllables among the words with a diacritic, for a reading to be believed."""

MIN_LEAD = 0.25
"""By how much that share must exceed the one of the text as it stands, and of every other reading."""

_SUSPECT_SHARE = 0.6  # a reading as good as this is named in the refusal, if it is not good enough to be believed
_MIN_WORDS = 4
_MIN_WORDS_ALONE = 12  # fewer words need the plain ones beside them to be syllables too
_MIN_WORDS_TO_REFUSE = 12
_MIN_PLAIN_SHARE = 0.7
_MIN_MARKS = 3  # different characters outside ASCII: «på så då» has one
_MAX_DAMAGED_SHARE = 0.1  # of the letters that only Unicode has
# UTF-8 bytes beyond one a character, to characters: measured at least 0.15 in 88 Vietnamese files as TCVN3, VNI and
# VISCII look-alikes; of 760 texts in other languages one was over 0.05.
_MIN_MARKED_SHARE = 0.08
_SAMPLE_WORDS = 400
_SAMPLE_CHARS = 50_000
_BLOCK_CHARS = 20_000

# Letters that only Unicode has for Vietnamese: «à» and «ô» also stand in French, and in all old encodings.
_UNICODE_LETTER = re.compile("[ăĂđĐĩĨũŨơƠưƯ\u1ea0-\u1ef9\u0303\u0309\u0323]")
_STRAY_LETTERS = ("®", "ñ", "ð")  # «đ», the commonest of all, in TCVN3 and VISCII, in VNI, in Windows-1258
_HORNED_O = re.compile("[ơờớởỡợ]")
_WORD = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class Reading:
    """How well an encoding reads a text: `share` of the `words` different words with a diacritic are syllables."""

    encoding: LegacyEncoding
    share: float
    words: int


def load_encoding_tables() -> None:
    """Read and check the tables of data/encodings, so that a fault shows before the first text.

    Raises:
        TableError: a row cannot be trusted; names file and line.
    """
    load_legacy_encodings()
    find_legacy_encoding("")
    is_syllable("a")


def recover_text(text: str, source: str) -> str:
    """Turn a text back whose letters are look-alikes (TCVN3, VNI, VISCII, Windows-1258, mojibake); others stay as is.

    Correct Vietnamese takes some microseconds: one of its own letters is found soon, and no trace of another encoding.

    Raises:
        ReadError: the text is in one of these encodings, but letters of it were lost, or it is mixed with Unicode.
    """
    if text.isascii():
        return text
    is_unicode = _UNICODE_LETTER.search(text) is not None
    is_mojibake = has_mojibake(text)
    if is_unicode and not is_mojibake and not any(letter in text for letter in _STRAY_LETTERS):
        return text
    if is_mojibake or not is_unicode:
        repaired = repair_mojibake(text)
        if repaired != text and _share_of_syllables(_sample(repaired)) >= MIN_SHARE:
            text, is_unicode = repaired, True
    if not is_unicode and _holds_many_marks(text):
        recovered = _recover_legacy(text, source)
        is_unicode = recovered != text
        text = repair_mojibake(recovered) if is_unicode and is_mojibake else recovered
    if is_unicode:
        _refuse_mixture(text, source)
    if is_mojibake:
        _refuse_mojibake(text, source)
    return text


def _holds_many_marks(text: str) -> bool:
    """Whether as many letters are no ASCII as in Vietnamese: a fifth, and in German or French not a twentieth."""
    return len(text.encode("utf-8", "surrogatepass")) - len(text) >= _MIN_MARKED_SHARE * len(text)


def recover_bytes(data: bytes) -> str | None:
    """Decode bytes that are not UTF-8 from the old encoding that they are in; None where none is certain."""
    look_alikes = to_look_alikes(data)
    sample = _sample(look_alikes)
    best = _find_certain(look_alikes, sample, _weigh(sample))
    return best.encoding.decode(look_alikes) if best else None


def describe_bytes(data: bytes) -> str:
    """What bytes that are not UTF-8 look like, as a clause for a refusal; empty where they look like nothing known."""
    best = max(_weigh(_sample(to_look_alikes(data))), key=_share_of)
    return _describe(best) if best.words >= _MIN_WORDS and best.share >= _SUSPECT_SHARE else ""


def _recover_legacy(text: str, source: str) -> str:
    sample = _sample(text)
    readings = _weigh(sample)
    best = _find_certain(text, sample, readings)
    if best:
        return best.encoding.decode(text)
    suspect, second = sorted(readings, key=_share_of, reverse=True)[:2]
    lead = suspect.share - max(second.share, _share_of_syllables(sample))
    if suspect.words >= _MIN_WORDS_TO_REFUSE and suspect.share >= _SUSPECT_SHARE and lead >= MIN_LEAD:
        raise ReadError(source, f"{_describe(suspect)}: save it as UTF-8")
    return text


def _refuse_mixture(text: str, source: str) -> None:
    """Refuse a text in which lines of Unicode and lines of an old encoding stand together."""
    lines = text.split("\n")
    strange = [number for number, line in enumerate(lines) if not line.isascii() and not _UNICODE_LETTER.search(line)]
    passage = "\n".join(lines[number] for number in strange)
    sample = _sample(passage)
    best = _find_certain(passage, sample, _weigh(sample))
    if best and best.words >= _MIN_WORDS_TO_REFUSE:
        reason = f"mixes Unicode with {best.encoding.name}, the latter first in line {strange[0] + 1}"
        raise ReadError(source, f"{reason}: save all of it as UTF-8")


def _refuse_mojibake(text: str, source: str) -> None:
    """Refuse a text of which much is mojibake that cannot be turned back; a damaged word in a good text may stay."""
    places = find_mojibake(text)
    if len(places) > _MAX_DAMAGED_SHARE * len(_UNICODE_LETTER.findall(text)):
        reason = "is UTF-8 that was read as Windows-1252 or Latin-1 (mojibake) and has since lost letters"
        raise ReadError(source, f"{reason}, first at character {places[0]}: save it as UTF-8")


def _describe(reading: Reading) -> str:
    share = f"{reading.share:.0%} of its words with a diacritic are Vietnamese syllables"
    return f"looks like {reading.encoding.name}, but has lost letters or is mixed with another encoding ({share})"


def _weigh(sample: str) -> tuple[Reading, ...]:
    readings = []
    for encoding in load_legacy_encodings():
        words = _marked_words(encoding.decode_strictly(sample))
        readings.append(Reading(encoding, _share(words), len(words)))
    return tuple(readings)


def _find_certain(text: str, sample: str, readings: Iterable[Reading]) -> Reading | None:
    best, second = sorted(readings, key=_share_of, reverse=True)[:2]
    if best.words < _MIN_WORDS or best.share < MIN_SHARE:
        return None
    if best.share - max(second.share, _share_of_syllables(sample)) < MIN_LEAD:
        return None
    if len({char for char in sample if not char.isascii()}) < _MIN_MARKS:
        return None
    if _has_lost_soft_hyphens(best.encoding, sample):
        return None
    return best if best.words >= _MIN_WORDS_ALONE or _is_plainly_vietnamese(text) else None


def _has_lost_soft_hyphens(encoding: LegacyEncoding, sample: str) -> bool:
    """Whether «ư» of TCVN3, whose look-alike is the soft hyphen, fell to a program that drops those: «đợc», «nớc»."""
    if encoding.name != "TCVN3" or "\xad" in sample:
        return False
    strange = (word for word in _marked_words(encoding.decode_strictly(sample)) if not is_syllable(word))
    return any(is_syllable(_HORNED_O.sub(r"ư\g<0>", word)) for word in strange)


def _sample(text: str) -> str:
    """The first different words that hold a character outside ASCII, one blank between them."""
    words: dict[str, None] = {}
    chars = 0
    for start in range(0, len(text), _BLOCK_CHARS):
        block = text[start : start + _BLOCK_CHARS].split()
        for word in block[1:-1] or block if len(text) > _BLOCK_CHARS else block:  # a block may cut its outer words
            if not word.isascii() and word not in words:
                words[word] = None
                chars += len(word)
        if len(words) >= _SAMPLE_WORDS or chars >= _SAMPLE_CHARS:
            break
    return " ".join(words)


def _is_plainly_vietnamese(text: str) -> bool:
    """Whether the words of a short text that have no diacritic are, for the most part, syllables too."""
    words = {word for word in text[:_BLOCK_CHARS].split() if word.isascii() and word.isalpha()}
    return sum(map(is_syllable, words)) >= _MIN_PLAIN_SHARE * len(words)


def _marked_words(text: str) -> frozenset[str]:
    return frozenset(word for word in _WORD.findall(text.lower()) if not word.isascii())


def _share_of_syllables(sample: str) -> float:
    return _share(_marked_words(sample))


def _share(words: frozenset[str]) -> float:
    return sum(map(is_syllable, words)) / len(words) if words else 0.0


def _share_of(reading: Reading) -> float:
    return reading.share
