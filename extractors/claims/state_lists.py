"""Lists of states beside a trigger: «A, B và C công nhận D», «… với A, B và C năm 1973»."""

from extractors.claims.frames import Frame
from extractors.linking import BLOC
from extractors.wordlists import pattern

# «A, B và C ký …»: words between a list and its verb.
MAX_LIST_DISTANCE_WORDS = 8

LIST_JOINT = pattern(r",\s(?:{}\s)?|\s{}\s", "pair-conjunction", "pair-conjunction")
# Behind a list of objects: the end of the clause, or the date.
_LIST_END = pattern(r"\s?(?:[.,;)(]|$)|\s(?:cùng\s)?{}(?!\w)", "list-end")
_BEFORE_ANOTHER = pattern(r",?\s{}\s(?:\S+\s){0,3}?", "pair-conjunction")


def subjects(frame: Frame, subject: str | None, target: str | None) -> tuple[str, ...]:
    """All subjects of a list «A, B và C cắt đứt quan hệ … với D», the one found among them."""
    before = [mention for mention in frame.states.actors if mention.end <= frame.start and mention.code != target]
    if target is None or not before or before[-1].code != subject:
        return (subject,) if subject else ()
    run = [before[-1]]
    for mention in reversed(before[:-1]):
        if not LIST_JOINT.fullmatch(frame.text, mention.end, run[-1].start):
            break
        run.append(mention)
    return tuple(dict.fromkeys(mention.code for mention in reversed(run) if mention.code != BLOC))


def has_list_before(frame: Frame, start: int) -> bool:
    """Whether three states or more are listed right before `start`: «A, B và C ký …»."""
    before = [mention for mention in frame.states.actors if mention.end <= start]
    run = before[-1:]
    for mention in reversed(before[:-1]):
        if not LIST_JOINT.fullmatch(frame.text, mention.end, run[-1].start):
            break
        run.append(mention)
    is_near = bool(run) and frame.words_between(run[0].end, start) <= MAX_LIST_DISTANCE_WORDS
    return is_near and len({mention.code for mention in run}) > 2


def objects(frame: Frame, subject: str | None, target: str | None) -> tuple[str, ...]:
    """All objects of a list «… với A, B và C năm 1973», the one found first; a list is closed by «và»."""
    first = next((m for m in frame.states.actors if m.code == target and m.start >= frame.start), None)
    if first is None:
        return (target,) if target else ()
    run = [first]
    is_closed = False
    for mention in frame.states.actors:
        if mention.start <= run[-1].start or is_closed:
            continue
        if not LIST_JOINT.fullmatch(frame.text, run[-1].end, mention.start):
            break
        is_closed = "," not in frame.text[run[-1].end : mention.start]
        run.append(mention)
    another = any(_BEFORE_ANOTHER.fullmatch(frame.text, run[-1].end, other.start) for other in frame.triggers)
    if not another and not (is_closed and _LIST_END.match(frame.text, run[-1].end)):
        return (first.code,)
    return tuple(dict.fromkeys(mention.code for mention in run if mention.code not in (BLOC, subject)))
