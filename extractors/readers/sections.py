"""Story, caption, teaser or boilerplate: by the shape of the lines, how they repeat, and a few fixed phrases."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from extractors.readers.furniture import Furniture
from extractors.readers.lines import Line, find_doubled_headline, to_slug
from extractors.records import Section, SectionKind

_MIN_STORY_LINES = 3  # below this a short last line may be the story itself, not its author's name
_MIN_HEADLINE_WORDS = 4  # «Anzeige» and the like stand twice without being headlines
_MIN_LINES_ABOVE_CAPTIONS = 4  # headline, lead and some story
_MAX_HEADING_WORDS = 6  # «Tin bài liên quan», «Có thể bạn quan tâm»: the heading of a list


@dataclass(slots=True)
class Draft:
    """The lines of one text while their kinds are being found; everything is `body` until it is marked."""

    lines: Sequence[Line]
    furniture: Furniture
    kinds: list[SectionKind] = field(init=False)
    starts: set[int] = field(init=False)

    def __post_init__(self) -> None:
        self.kinds = ["body"] * len(self.lines)
        self.starts = set()

    def mark(self, kind: SectionKind, first: int, count: int = 1) -> int:
        """Make one section of `count` lines; returns the index of the line after it."""
        self.kinds[first : first + count] = [kind] * count
        self.starts.update((first, first + count))
        return first + count

    def is_glued(self, index: int) -> bool:
        """Whether there is a line `index` and no blank line before it."""
        return index < len(self.lines) and self.lines[index].blanks == 0

    def sections(self) -> tuple[Section, ...]:
        """The sections: boilerplate and body run on over lines, each teaser box and caption is one of its own."""
        sections: list[Section] = []
        first = 0
        for index, kind in enumerate(self.kinds):
            following = self.kinds[index + 1] if index + 1 < len(self.kinds) else None
            if following == kind and (kind in ("body", "boilerplate") or index + 1 not in self.starts):
                continue
            sections.append(Section(kind, self.lines[first].start, self.lines[index].end))
            first = index + 1
        return tuple(sections)


def mark_story(draft: Draft, first: int, end: int, headline: Line | None) -> None:
    """Mark captions, teasers and boilerplate among the lines `first` to `end` (excluded) of the story."""
    index = first
    headline_key = headline.key if headline else None
    headline_slug = to_slug(headline.key) if headline else ""
    while index < end:
        line = draft.lines[index]
        if draft.furniture.is_chrome(line):
            index = draft.mark("boilerplate", index)
        elif draft.furniture.is_list_heading(line):
            index = _mark_list(draft, draft.mark("boilerplate", index), end)
        elif draft.furniture.is_caption(line):
            index = draft.mark("caption", index)
        elif line.key in (headline_key, headline_slug) and index > first + 1:
            index = _mark_picture(draft, index, end)
        elif find_doubled_headline(line.key):
            index = _mark_box(draft, index, end)
        elif (headline_slug and line.key.startswith(f"{headline_slug} ")) or draft.furniture.is_teaser(line):
            index = draft.mark("teaser", index)
        else:
            index += 1


def mark_foot(draft: Draft, first: int) -> None:
    """Mark the lists of other articles that fill the page from line `first` to its end.

    An entry is its headline twice and what follows as running text; lines that belong to no entry are boilerplate.
    """
    index, end = first, len(draft.lines)
    while index < end:
        line = draft.lines[index]
        if is_stacked_headline(draft, index):
            lead = index + 2
            has_lead = lead < end and not is_stacked_headline(draft, lead) and draft.lines[lead].is_sentence
            index = draft.mark("teaser", index, 3 if has_lead else 2)
        elif find_doubled_headline(line.key):
            index = _mark_box(draft, index, end)
        elif line.is_sentence:
            index = draft.mark("teaser", index)
        else:
            index = draft.mark("boilerplate", index)


def mark_byline(draft: Draft, first: int, end: int) -> None:
    """Mark the author's name at the end of the story, if the last line of body in `first` to `end` is one."""
    body = [index for index in range(first, end) if draft.kinds[index] == "body"]
    while len(body) > _MIN_STORY_LINES and draft.furniture.is_byline(draft.lines[body[-1]]):
        draft.mark("boilerplate", body.pop())


def mark_closing_captions(draft: Draft, end: int) -> None:
    """Mark the captions gathered below a story: the last lines without a blank line among them.

    They are captions if one of them has a credit, or if they alone are set apart by more than one blank line from a
    story written without any: in 50 of 50 such articles of the development texts they were.
    """
    first = end - 1
    while first > 0 and draft.is_glued(first):
        first -= 1
    if first < _MIN_LINES_ABOVE_CAPTIONS:
        return
    gaps = [index for index in range(1, end) if draft.lines[index].blanks > 1]
    is_set_apart = gaps == [first] and draft.is_glued(first - 1) and draft.lines[first].is_short
    if is_set_apart or any(draft.kinds[index] == "caption" for index in range(first, end)):
        for index in range(first, end):
            draft.mark("caption", index)


def find_foot(draft: Draft, first: int, min_entries: int) -> int | None:
    """The line at which the lists of other articles begin, heading included; None if there are none."""
    entries = [index for index in range(first, len(draft.lines)) if is_stacked_headline(draft, index)]
    if len({draft.lines[index].key for index in entries}) < min_entries:
        return None
    foot = entries[0]
    above = draft.lines[foot - 1]
    is_heading = above.blanks > 0 and above.words <= _MAX_HEADING_WORDS and above.is_bare_headline
    return foot - 1 if is_heading and foot - 1 > first and draft.lines[foot].blanks else foot


def is_stacked_headline(draft: Draft, index: int) -> bool:
    """Whether a headline stands in this line and, after a blank line, in the next: a list entry with its picture."""
    if index + 1 >= len(draft.lines):
        return False
    line, following = draft.lines[index], draft.lines[index + 1]
    is_repeated = line.key == following.key and following.blanks > 0 and line.words >= _MIN_HEADLINE_WORDS
    return is_repeated and line.is_bare_headline and not draft.furniture.is_caption(line)


def _mark_box(draft: Draft, index: int, end: int) -> int:
    """A teaser box in the story: a doubled headline, and the running text glued below it."""
    lead = index + 1
    has_lead = lead < end and draft.is_glued(lead) and draft.lines[lead].is_sentence
    if has_lead and (find_doubled_headline(draft.lines[lead].key) or draft.furniture.is_caption(draft.lines[lead])):
        has_lead = False
    return draft.mark("teaser", index, 2 if has_lead else 1)


def _mark_picture(draft: Draft, index: int, end: int) -> int:
    """A picture whose text is the article's own headline, and the caption glued below it."""
    following = draft.mark("caption", index)
    if following < end and draft.is_glued(following):
        following = draft.mark("caption", following)
    return following


def _mark_list(draft: Draft, first: int, end: int) -> int:
    """The headlines below the heading of a list, up to the first running text or the second blank line."""
    index = first
    while index < end and draft.lines[index].is_bare_headline and not draft.furniture.is_caption(draft.lines[index]):
        if index > first and not draft.is_glued(index):
            break
        index = draft.mark("teaser", index)
    return index
