"""UTF-8 that somebody read as Windows-1252 or Latin-1, once or more often: «Viá»‡t Nam» for «Việt Nam»."""

import re
from itertools import islice

from ftfy import TextFixerConfig, fix_encoding

# What cannot be turned back letter by letter is left as it is: the caller refuses it, and no letter is guessed.
_EXACT = TextFixerConfig(
    restore_byte_a0=False, replace_lossy_sequences=False, decode_inconsistent_utf8=False, fix_c1_controls=False
)
_FOLLOWING_BYTES = "\x80-\xbf‚ƒ„…†‡ˆ‰Š‹Œ‘’“”•–—˜™š›œžŸŽ€"  # 80 to BF, in Latin-1 and in Windows-1252
_LEADING_BYTES = "\xc2-\xc6\xe1\xe2"  # of Latin letters and of punctuation
_ANY_PAIR = re.compile(f"[{_LEADING_BYTES}][{_FOLLOWING_BYTES}]")
# The letters from U+1E80 to U+1EFF, which Vietnamese has in every line, begin with the bytes E1 BA or E1 BB; a letter
# must follow them, for «khá»… is correct where a quotation ends. Read twice, they are «Ã¡Âº», «Ã¡Â»».
_TRACE = re.compile(f"á[º»][{_FOLLOWING_BYTES}][A-Za-z]|Ã¡Â[º»]")
_FEWEST_TRACES = 2


def has_mojibake(text: str) -> bool:
    """Whether Vietnamese letters in a text were read as Windows-1252 or Latin-1; cheap for a text that has none."""
    if "»" not in text and "º" not in text:
        return False
    return sum(1 for _ in islice(_TRACE.finditer(text), _FEWEST_TRACES)) == _FEWEST_TRACES


def repair_mojibake(text: str) -> str:
    """Turn a text back, as a whole or else line by line; lines that cannot be turned back exactly stay as they are."""
    if not _ANY_PAIR.search(text):
        return text
    whole = fix_encoding(text, _EXACT)
    if whole != text:
        return whole
    return "\n".join(fix_encoding(line, _EXACT) if _ANY_PAIR.search(line) else line for line in text.split("\n"))


def find_mojibake(text: str) -> tuple[int, ...]:
    """The offsets of all traces of mojibake that are certain: a letter of Vietnamese with another letter behind it."""
    return tuple(match.start() for match in _TRACE.finditer(text))
