"""Fixed texts that every match of a pattern holds, read off the pattern: what a quick search may look for instead."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

# The parser and compiler of the standard library's own patterns, the only ones that read them exactly as `re` does.
from re import _compiler, _parser  # type: ignore[attr-defined]
from typing import Any, NamedTuple

from extractors.folding import without_case

MAX_TEXTS = 128  # of one pattern; with more, shorter texts do
MAX_CLASS_CHARS = 8  # a class of more letters («[A-ZĐ]») ends a text
MIN_TEXT_CHARS = 2  # one letter stands in every sentence
_AHEAD = 1  # the parser's mark of a look ahead; -1 is a look back

_Node = tuple[Any, Any]
"""What the parser calls an operation with its arguments."""


class PatternError(ValueError):
    """A pattern whose matches hold no fixed text."""


@dataclass(frozen=True, slots=True)
class RequiredTexts:
    """Every match holds one of `texts`, which are in lower case.

    If there is a `beginning`, every match begins with one of them, and `beginning` matches wherever the pattern does,
    also where the pattern is shown less of the text behind the match.
    """

    texts: tuple[str, ...]
    beginning: re.Pattern[str] | None


class _Text(NamedTuple):
    """A fixed text, and whether what follows in the pattern follows right behind it."""

    text: str
    is_open: bool


def required_texts(pattern: re.Pattern[str]) -> RequiredTexts:
    """The fixed texts of a pattern: those that stand at the beginning of its matches, or longer ones further on.

    Raises:
        PatternError: there are none, or only single letters.
    """
    tree = _parser.parse(pattern.pattern, pattern.flags)
    nodes: list[_Node] = list(tree)
    while nodes and _is_look(nodes[0]):
        nodes = nodes[1:]
    at_start = _without_longer(_expand(nodes), str.startswith)
    further = [_without_longer(_expand(nodes[place:]), str.__contains__) for place in range(1, len(nodes))]
    # Of texts equally long, those at the beginning of a match, where it can be tried; or else the fewest.
    best = max([at_start, *further], key=lambda texts: (_shortest(texts), texts is at_start, -len(texts)))
    if _shortest(best) < MIN_TEXT_CHARS:
        raise PatternError(f"«{pattern.pattern}» has matches without any fixed text: give it a word to look for")
    if best is at_start and not _has_atoms(tree):
        relaxed = _compiler.compile(_relax(tree), pattern.flags)
        return RequiredTexts(best, relaxed)
    return RequiredTexts(best, None)


def _shortest(texts: Sequence[str]) -> int:
    return min(map(len, texts), default=0)


def _without_longer(texts: Iterable[_Text], holds: Callable[[str, str], bool]) -> tuple[str, ...]:
    """The texts without those that hold another one: where they stand, that one is found too."""
    kept: list[str] = []
    for text in sorted({text for text, _ in texts}, key=lambda text: (len(text), text)):
        if not any(holds(text, shorter) for shorter in kept):
            kept.append(text)
    return tuple(kept)


def _is_look(node: _Node) -> bool:
    return node[0] in (_parser.ASSERT, _parser.ASSERT_NOT, _parser.AT)


def _expand(nodes: Sequence[_Node]) -> list[_Text]:
    """The texts with which a match of the nodes can begin; together they cover all of its matches."""
    texts = [_Text("", True)]
    for place, node in enumerate(nodes):
        if not any(text.is_open for text in texts):
            break
        is_last = all(map(_is_look, nodes[place + 1 :]))
        following = _expand_node(node, is_last=is_last)
        longer = [text for text in texts if not text.is_open]
        longer += [_Text(text + more, is_open) for text, open_ in texts if open_ for more, is_open in following]
        if len(longer) > MAX_TEXTS:
            break
        texts = longer
    return texts


def _expand_node(node: _Node, *, is_last: bool) -> list[_Text]:
    kind, argument = node
    if kind is _parser.LITERAL:
        return _letters([argument])
    if kind is _parser.IN:
        return _expand_class(argument)
    if kind is _parser.BRANCH:
        return [text for branch in argument[1] for text in _expand(list(branch))]
    if kind is _parser.SUBPATTERN:
        return _expand(list(argument[3]))
    if kind in (_parser.MAX_REPEAT, _parser.MIN_REPEAT, _parser.POSSESSIVE_REPEAT):
        least, most, repeated = argument
        once = [_Text(text, is_open and most == 1) for text, is_open in _expand(list(repeated))]
        return once if least else [_Text("", True), *once]
    if kind is _parser.ATOMIC_GROUP:
        return _expand(list(argument))
    if kind is _parser.ASSERT and argument[0] == _AHEAD and is_last:
        return [_Text(text, False) for text, _ in _expand(list(argument[1]))]
    return [_Text("", _is_look(node))]


def _expand_class(members: Sequence[_Node]) -> list[_Text]:
    """A class of few letters as each of them: «[Qq]»."""
    codes: list[int] = []
    for kind, argument in members:
        if kind is _parser.LITERAL:
            codes.append(argument)
        elif kind is _parser.RANGE and argument[1] - argument[0] < MAX_CLASS_CHARS:
            codes.extend(range(argument[0], argument[1] + 1))
        else:
            return [_Text("", False)]
    return _letters(codes) if len(codes) <= MAX_CLASS_CHARS else [_Text("", False)]


def _letters(codes: Iterable[int]) -> list[_Text]:
    return [_Text(letter, True) for letter in sorted({without_case(chr(code)) for code in codes})]


def _has_atoms(nodes: Iterable[_Node]) -> bool:
    """Whether a part once matched is not tried anew: then less to refuse can mean less to match."""
    return any(
        kind in (_parser.ATOMIC_GROUP, _parser.POSSESSIVE_REPEAT) or any(map(_has_atoms, _parts(argument)))
        for kind, argument in nodes
    )


def _parts(argument: Any) -> list[Any]:
    """The patterns inside the argument of a node."""
    if isinstance(argument, _parser.SubPattern):
        return [argument]
    if isinstance(argument, tuple | list):
        return [part for inner in argument for part in _parts(inner)]
    return []


def _relax(nodes: Any) -> Any:
    """The pattern without anchors and without what may not follow; it matches wherever the pattern does, and more."""
    kept = [
        (kind, _relax_argument(argument))
        for kind, argument in nodes
        if kind is not _parser.AT and not (kind is _parser.ASSERT_NOT and argument[0] == _AHEAD)
    ]
    return _parser.SubPattern(nodes.state, kept)


def _relax_argument(argument: Any) -> Any:
    if isinstance(argument, _parser.SubPattern):
        return _relax(argument)
    if isinstance(argument, tuple | list):
        return type(argument)(_relax_argument(part) for part in argument)
    return argument
