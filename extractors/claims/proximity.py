"""How far a time expression is from a trigger: in words, and in the turns of the sentence between them."""

import re

from extractors.claims.frames import Frame
from extractors.dates import PartialDate
from extractors.timexes import Timex
from extractors.wordlists import pattern

# In words; tuned on the development articles.
COMMA_COST, SEMICOLON_COST, TRIGGER_COST, BEFORE_COST = 3, 40, 10, 2
# How far into its sentence a date may stand and still be its head: «Chiều ngày …», «Trước đó, ngày …».
MAX_HEAD_OFFSET_CHARS = 16
MAX_CIRCUMSTANCE_CHARS = 120
# «… quan hệ ngoại giao sau khi độc lập năm 1980»: with a clause between, the date is that clause's.
MAX_WORDS_BEHIND_TURN = 1
MAX_WORDS_BEHIND_FACT = 3
# «Ngày 10/9/2023 là dấu mốc lịch sử khi …» still dates what follows; with more words between it dates something else.
MAX_WORDS_BEFORE_WHEN = 5
# Farther than any distance in words that counts.
MAX_DISTANCE_CHARS = 400
_VAGUE = pattern(r"{}\s$", "vague-lead")
_ALREADY = re.compile(r"\sđã\s")
_AS_OF = pattern(r"{}\s", "as-of")
_SINCE_CLAUSE = pattern("{}", "since-clause")
_EVENT_NOUN = pattern("{}", "event-noun")
_OWN_VERB = pattern("{}", "dated-verb")
_VERB_BESIDE = pattern(r"{}\s(?:vào\s)?$", "dated-verb")
_VERB_BEHIND = pattern(r"\s(?:đã\s)?{}", "dated-verb")
_TOLD = pattern(r"{}\s(?:\S+\s)?(?:vào\s)?$", "told-verb")
_UNTIL = pattern(r"{}\s$", "until")
_BESIDE_VISIT = pattern(r"{}\s$", "beside-visit")
_YEARS_LATER = re.compile(r"(?:\d+|\w+)\s(?:năm|tháng|ngày|tuần)\s(?:sau|trước)(?!\w)", re.IGNORECASE)
_WHEN = re.compile(r"(?<!\w)khi(?!\w)", re.IGNORECASE)
# «kể từ ngày 21/9/1973 khi hai nước …»: since when is when
_WHEN_AT_ONCE = re.compile(r",?\skhi\s", re.IGNORECASE)
_LEAD = pattern("{}", "circumstance-lead")
_CLAUSE_JOINT = re.compile(r",|\svà\s")
# «vào ngày 5/9/1962, sau khi …, hai nước …»: what stands between two commas parts no date from its fact.
_ASIDE = pattern(r"^,\s{}\s[^,;]{1,120}(?=,)", "turn")
_DURING_VISIT = pattern(r"[^.,;]{0,40}?\s{}\s(?:dịp\s|khuôn khổ\s)?(?:chuyến|cuộc)\s(?!chiến)", "during")
_TREATY = pattern(r"(?<!ký\s)(?<!kết\s){}(?:\s\w+){0,4}\s$", "agreement-noun")
_TURN = pattern("{}", "turn")
_WILL = pattern("{}", "will")
_UPWARDS = re.compile(r",\s(?:lên|thành)\s", re.IGNORECASE)
_APPOSITION = re.compile(r",\s(?:người|vốn|từng)\s[^,]*$", re.IGNORECASE)


def distance(frame: Frame, timex: Timex) -> float:
    """How far, in words, a time expression is from the trigger; marks, turns and other facts between weigh more."""
    after = timex.start >= frame.end
    if not after and timex.end > frame.start:
        return 0.0  # inside the core: «nâng cấp quan hệ năm 2013 lên …»
    start, end = (frame.end, timex.start) if after else (timex.end, frame.start)
    if end - start > MAX_DISTANCE_CHARS or _is_vague(frame, timex):
        return float("inf")
    gap = frame.text[start:end]
    if _has_own_event(frame, timex, gap, after=after):
        return float("inf")
    if after and _is_during_visit(frame, start, end):
        return frame.words_between(start, end) / 3
    if _is_parted_behind(frame, timex, gap) if after else _is_parted_before(frame, timex, gap):
        return float("inf")
    if not after and _is_at_head(frame, timex):
        return _distance_from_head(frame, start, end)
    cost: float = frame.words_between(start, end)
    cost += COMMA_COST * gap.count(",") + SEMICOLON_COST * gap.count(";")
    if not after and _closes_another(frame, timex):
        cost += TRIGGER_COST
    # «chuyến thăm của X tới Y» holds two triggers of one visit
    transparent = ("commemoration", frame.trigger.type) if frame.trigger.type == "visit" else ("commemoration",)
    cost += TRIGGER_COST * sum(1 for other in frame.triggers_between(start, end) if other.type not in transparent)
    cost += _bound_elsewhere(frame, timex)
    return cost if after else cost + BEFORE_COST


def _is_during_visit(frame: Frame, start: int, end: int) -> bool:
    """«… trong chuyến thăm của <leader> năm 2009»: the date of a visit is that of what was done in it."""
    if _DURING_VISIT.match(frame.text, start, end) is None:
        return False
    return all(other.type == "visit" for other in frame.triggers_between(start, end))


def _is_parted_behind(frame: Frame, timex: Timex, gap: str) -> bool:
    """Whether a turn of the sentence parts a trigger from a date behind it."""
    if _WILL.search(gap):
        return True  # «… để bàn về thỏa thuận sẽ ký năm 2022»
    turn = _TURN.search(gap)
    if turn and frame.words_between(frame.end + turn.end(), timex.start) > MAX_WORDS_BEHIND_TURN:
        return True
    return _heads_next_clause(frame, timex)


def _is_parted_before(frame: Frame, timex: Timex, gap: str) -> bool:
    """Whether a turn of the sentence, «và», «khi» or «từ» parts a date from a trigger behind it."""
    if gap.startswith(",") and _APPOSITION.search(frame.text, frame.sentence.start, timex.start):
        return True  # «…, người nhận giải năm 2009, thăm Lào»
    if _TURN.search(_ASIDE.sub("", gap, count=1)):
        return True
    if _UPWARDS.match(gap) and any(one.type == "partnership" and one.end <= timex.start for one in frame.triggers):
        return True  # «nâng từ Đối tác chiến lược, thiết lập năm 2009, lên …»: the date of what was there before
    if gap.lstrip(' )"').startswith("và "):
        return True  # «… thăm Hoa Kỳ tháng 7/2015 và chuyến thăm của …»: the date of the fact before
    is_right_before = "," not in gap and frame.words_between(timex.end, frame.start) == 0
    if timex.kind != "span" and says_since(frame, timex) and not (is_right_before or _WHEN_AT_ONCE.match(gap)):
        return True  # but «Mỹ từ năm 1979 cắt đứt quan hệ …» tells the year
    when = _WHEN.search(gap)
    return when is not None and frame.words_between(timex.end, timex.end + when.start()) > MAX_WORDS_BEFORE_WHEN


def names_another_event(gap: str) -> bool:
    """Whether a war or the like is named in `gap`: a date behind it is that one's."""
    return _EVENT_NOUN.search(gap) is not None


def _distance_from_head(frame: Frame, start: int, end: int) -> float:
    """A date at the head of a sentence dates its main clause, however long the circumstances between are.

    «Ngày 3/9/2016, tại Hà Nội, nhân chuyến thăm của …, hai bên nâng cấp quan hệ lên …».
    """
    if any(start <= timex.start < end and frame.text[: timex.start].endswith(" và ") for timex in frame.timexes):
        return float("inf")  # a date of its own begins the clause of the trigger
    others = [other for other in frame.triggers_between(start, end) if other.type not in ("visit", "commemoration")]
    return BEFORE_COST + frame.words_between(start, end) / 3 + TRIGGER_COST * len(others)


def _is_vague(frame: Frame, timex: Timex) -> bool:
    """«đầu những năm 1990», «Sau năm 1975, …», «Tính đến tháng 6/2023, …»: no date of anything."""
    if _VAGUE.search(frame.text, frame.sentence.start, timex.start):
        return True
    is_head = timex.start - frame.sentence.start <= MAX_HEAD_OFFSET_CHARS
    if not is_head or _AS_OF.fullmatch(frame.text, frame.sentence.start, timex.start) is None:
        return False
    # «Đến tháng 5/2015, hai nước ký …» tells what came next, «Đến tháng 5/2015, hai nước đã ký …» what was there then
    told_next = frame.text[frame.sentence.start : timex.start].lower().strip() == "đến" and timex.end <= frame.start
    return not told_next or _ALREADY.search(frame.text, timex.end, frame.start) is not None


def _has_own_event(frame: Frame, timex: Timex, gap: str, *, after: bool) -> bool:
    """Whether a date is that of a war, of another verb («đắc cử năm 1976»), or counted from («ba năm sau đó»)."""
    if after:
        if frame.trigger.type == "visit" and "," in gap:
            if _BESIDE_VISIT.search(frame.text, frame.sentence.start, frame.start):
                return True  # «Sau chuyến thăm …, ngày 20/9/2023 hai bên …»
        if frame.trigger.type == "visit" and _UNTIL.search(frame.text, frame.end, timex.start):
            return timex.kind == "date"  # «… thăm Lào đến ngày 15/9/2021»: its last day only
        if frame.trigger.type == "visit" and _TOLD.search(frame.text, frame.end, timex.start):
            return True  # «bộ phim về chuyến thăm … ra mắt năm 1961»
        if frame.trigger.type != "visit" and "," in gap and _VERB_BEHIND.match(frame.text, timex.end):
            return True  # «…, kim ngạch năm 2023 đạt 76 tỷ USD»
        since = _SINCE_CLAUSE.search(frame.text, max(frame.sentence.start, frame.start - 40), frame.start)
        if since is not None and "," in gap:
            return True
        # a visit itself takes place: «chuyến thăm … diễn ra trong hai ngày 6 và 7/10/2024»
        rules = (_EVENT_NOUN, _YEARS_LATER) if frame.trigger.type == "visit" else (_EVENT_NOUN, _OWN_VERB, _YEARS_LATER)
        return any(rule.search(gap) for rule in rules)
    if isinstance(timex.value, PartialDate) and timex.value.precision == "year" and frame.trigger.type != "agreement":
        if _TREATY.search(frame.text, frame.sentence.start, timex.start):
            return True  # «thay cho thỏa thuận đình chiến năm 1953, …»: the year names the treaty
    later = _YEARS_LATER.search(frame.text, frame.end, min(frame.sentence.end, frame.end + 60))
    if later is not None and "," not in frame.text[frame.end : later.start()]:
        return True
    if frame.trigger.type == "visit" and _BESIDE_VISIT.search(frame.text, timex.end, frame.start):
        return True
    return _VERB_BESIDE.search(frame.text, frame.sentence.start, timex.start) is not None or "so với" in gap


def _closes_another(frame: Frame, timex: Timex) -> bool:
    """«… 70 năm thiết lập quan hệ vào năm 2020, chuyến thăm …»: right behind another fact, a date is that fact's."""
    return any(
        other.type not in ("visit", "commemoration")
        and other is not frame.trigger
        and other.end <= timex.start
        and frame.words_between(other.end, timex.start) <= MAX_WORDS_BEHIND_FACT
        and _CLAUSE_JOINT.search(frame.text, other.end, timex.start) is None
        for other in frame.triggers
    )


def _is_at_head(frame: Frame, timex: Timex) -> bool:
    """Whether a date stands in what opens a sentence: «Trong chuyến thăm … tháng 12/2009, hai bên …»."""
    lead = frame.text[frame.sentence.start : timex.start]
    if len(lead) <= MAX_HEAD_OFFSET_CHARS:
        return True
    return (
        len(lead) <= MAX_CIRCUMSTANCE_CHARS
        and "," not in lead
        and _LEAD.match(lead) is not None
        and not any(
            other.type != "visit" and other.start < timex.start and other is not frame.trigger
            for other in frame.triggers
        )
        and "," in frame.text[timex.end : frame.start]
    )


def says_since(frame: Frame, timex: Timex) -> bool:
    """Whether «từ» leads a time expression: since when, not when."""
    lead = frame.text[max(frame.sentence.start, timex.start - 3) : timex.start + 3].lower()
    return lead.startswith("từ ") or lead.endswith("từ ")


def _heads_next_clause(frame: Frame, timex: Timex) -> bool:
    """Whether a date behind the trigger opens a clause of its own: «…, và vào năm 2001, hai nước ký …»."""
    lead = frame.text[max(frame.end, timex.start - 5) : timex.start].rstrip().lower()
    opens = lead.endswith((",", ";", "và"))
    if lead.endswith("và") and any(other.start >= timex.end for other in frame.triggers):
        return True  # «… thăm Nga và tháng 6/2013 Chủ tịch nước … thăm Trung Quốc»
    return opens and frame.text[timex.end : timex.end + 1] == "," and frame.text[timex.start - 1] != "("


def _bound_elsewhere(frame: Frame, timex: Timex) -> float:
    """What it costs to take a date that another event noun holds: «Hiệp định năm 1977», «(2/9/1945 - 2/9/2024)»."""
    for other in frame.triggers:
        if other is frame.trigger or other.type in ("commemoration", frame.trigger.type):
            continue
        between = frame.text[other.end : timex.start] if timex.start >= other.end else None
        if between is not None and len(between) <= 3 and frame.end < other.start:
            return TRIGGER_COST / 2
    return 0.0
