"""Claims made for benchmarks: any number of events, the same at each call, in memory that does not grow.

    for extraction in made_extractions(1_000_000): ...

gives the articles, as extraction would, whose claims fuse into about that many events; `publish(directory,
made_extractions(n), reference=load_reference())` makes a store of them. `made_pairs(n)` names the pairs of states that
they are about, in order: each holds EVENTS_A_PAIR events, and the first pairs of a large graph hold the very events of
the pairs of a small one, so that look-ups in both cost the same or the difference is the graph's size.

Of a pair, 29 visits, 20 agreements, and when relations were established and raised. An event is claimed once to three
times, by different publishers, now and then with another day or only the month; an article holds one to five claims of
one pair, and those of a pair are spread over the whole row of articles.
"""

import datetime as dt
import math
import random
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import combinations

from extractors.dates import DateSpan, DateValue, PartialDate
from extractors.gazetteer import load_gazetteer
from extractors.records import Article, Claim, ClaimType, Extraction, Level, Organisation, Person, Section

EVENTS_A_PAIR = 52

# How the events of a pair are cut into articles, by the voice that speaks: the first of all events, the second of
# each fourth, the third of each eighth.
_CUTS = ((5, 4, 3, 2, 1, 5, 4, 3, 2, 1, 5, 4, 3, 2, 1, 4, 3), (3, 1, 4, 2, 3), (2, 5))
_EVERY = (1, 4, 8)
ARTICLES_A_PAIR = sum(map(len, _CUTS))

_LAST_YEAR = 2025
_VISITS_FROM, _AGREEMENTS_FROM = 3, 32
_LEVELS: tuple[Level, ...] = ("comprehensive", "strategic")


def _listed(text: str) -> tuple[str, ...]:
    return tuple(text.split("|"))


_PUBLISHERS = _listed("An|Bình|Cửu|Duy|Đại|Gia|Hòa|Khánh|Lạng|Minh|Nam|Phú")
_ROLES = _listed("Tổng thống|Thủ tướng|Chủ tịch Quốc hội|Bộ trưởng Ngoại giao|Đại sứ")
_FAMILIES = _listed("Abar|Belin|Cordes|Danvor|Elmas|Forgan|Gustol|Hamril|Iskan|Jorvet|Kolten|Lamber|Morun|Norda|Ostrin")
_GIVEN = _listed("Adem|Boril|Celia|Dorin|Emil|Farid|Goran|Helga|Ivan|Jarek|Karim|Luka|Maron|Nadia|Oleg|Petra")
_FIELDS = _listed(
    "hợp tác kinh tế|khoa học và công nghệ|vận tải hàng không|giáo dục và đào tạo|văn hóa|y tế|du lịch|nông nghiệp|"
    "năng lượng|tương trợ tư pháp|tránh đánh thuế hai lần|khuyến khích và bảo hộ đầu tư|hải quan|lao động|môi trường|"
    "thủy sản|quốc phòng|an ninh mạng|thể thao|thông tin và truyền thông"
)
_WORDS = _listed(
    "phóng|viên|cho|biết|đoàn|đại|biểu|trao|đổi|kinh|nghiệm|về|thương|mại|hai|chiều|năm|nay|tăng|so|với|cùng|kỳ|các|"
    "doanh|nghiệp|mong|muốn|mở|rộng|thị|trường|nông|sản|thủy|dệt|may|điện|tử|hạ|tầng|cảng|biển|đường|sắt|số|hóa|"
    "giáo|dục|nhân|dân|địa|phương|cấp|cao|thường|niên|kết|quả|tích|cực|tiềm|năng|còn|lớn|chuyên|gia|nhận|định"
)


@dataclass(frozen=True, slots=True)
class _MadeEvent:
    """What truly happened; articles tell it as well as they can."""

    type: ClaimType
    date: DateValue
    sentence: str
    level: Level | None = None
    from_country: str | None = None
    to_country: str | None = None
    person: str | None = None
    name: str | None = None


def made_extractions(events: int) -> Iterator[Extraction]:
    """The articles of about `events` events, one at a time."""
    pairs = made_pairs(events)
    for number in range(ARTICLES_A_PAIR):
        for pair in pairs:
            yield made_extraction(pair, number)


def made_pairs(events: int) -> tuple[tuple[str, str], ...]:
    """The codes of the pairs that hold about `events` events.

    Raises:
        ValueError: there are not so many pairs of states.

    """
    count = math.ceil(events / EVENTS_A_PAIR)
    pairs = _all_pairs()
    if count > len(pairs):
        raise ValueError(f"at most {len(pairs) * EVENTS_A_PAIR:,} events can be made")
    return pairs[:count]


def made_extraction(pair: tuple[str, str], number: int) -> Extraction:
    """One of the articles about a pair, by its number below ARTICLES_A_PAIR."""
    voice, slots = _slots_of(number)
    chance = random.Random(f"{pair[0]}-{pair[1]}-{number}")
    key = f"{'-'.join(pair).lower()}-{number:02}"
    names = tuple(_state_names()[code] for code in pair)
    title = f"Quan hệ {names[0]} - {names[1]}: {' '.join(chance.choices(_WORDS, k=8))}"
    text, claims = title, []
    for slot in slots:
        event = _event(pair, slot)
        text += "\n" + " ".join(chance.choices(_WORDS, k=25)).capitalize() + ". "
        claims.append(_claim(event, pair, len(text), voice, chance))
        text += event.sentence
    published = dt.date(2000 + chance.randrange(26), 1 + chance.randrange(12), 1 + chance.randrange(28))
    article = Article(
        id=key,
        text=text,
        sections=(Section("body", 0, len(text)),),
        title=title,
        url=f"https://bao-{chance.randrange(1000)}.example/quan-he-quoc-te/{key}.html",
        # each voice has publishers of its own: those of one event differ
        publisher=f"Báo {chance.choice(_PUBLISHERS[voice :: len(_CUTS)])}",
        published_on=published,
    )
    people = tuple(
        Person(claim.person, f"{chance.choice(_ROLES)} {_state_names()[claim.from_country]}", claim.from_country)
        for claim in claims[:1]
        if claim.person and claim.from_country
    )
    bodies = (Organisation(f"Hội hữu nghị {names[0]} - {names[1]}", "friendship-association", pair[0], pair),)
    return Extraction(article, tuple(claims), (), people, bodies if number == 0 else ())


def _claim(event: _MadeEvent, pair: tuple[str, str], start: int, voice: int, chance: random.Random) -> Claim:
    date = event.date
    if voice and isinstance(date, PartialDate) and date.month and date.day:
        if chance.random() < 0.15:
            date = PartialDate(date.year, date.month)
        elif chance.random() < 0.1:
            date = PartialDate(date.year, date.month, date.day % 28 + 1)
    return Claim(
        type=event.type,
        countries=pair,
        date=date,
        basis=chance.choice(("explicit", "explicit", "explicit", "relative")),
        quote=event.sentence,
        start=start,
        end=start + len(event.sentence),
        section="body",
        confidence=round(0.8 + 0.19 * chance.random(), 2),
        level=event.level,
        from_country=event.from_country,
        to_country=event.to_country,
        person=event.person,
        name=event.name,
    )


def _event(pair: tuple[str, str], slot: int) -> _MadeEvent:
    """One of the events of a pair; visits and agreements each have a year to themselves, so that none are taken as one."""
    chance = random.Random(f"{pair[0]}-{pair[1]} {slot}")
    a, b = (_state_names()[code] for code in pair)
    month, day = 1 + chance.randrange(12), 1 + chance.randrange(28)
    if slot < _VISITS_FROM:
        year = 1960 + 15 * slot + chance.randrange(10)
        date = PartialDate(year, month, day)
        when = f"Ngày {day}/{month}/{year}"
        if slot == 0:
            return _MadeEvent("established", date, f"{when}, {a} và {b} thiết lập quan hệ ngoại giao cấp đại sứ.")
        level = _LEVELS[slot - 1]
        kind = {"comprehensive": "toàn diện", "strategic": "chiến lược"}[level]
        return _MadeEvent("partnership", date, f"{when}, {a} và {b} nâng cấp quan hệ lên Đối tác {kind}.", level)
    if slot < _AGREEMENTS_FROM:
        year = _LAST_YEAR - 2 * (slot - _VISITS_FROM)
        guest, host = pair if slot % 2 else pair[::-1]
        person = _leader(guest, chance.randrange(12))
        visit: DateValue = PartialDate(year, month, day)
        when = f"Ngày {day}/{month}/{year}"
        if chance.random() < 0.4 and day < 26:
            visit = DateSpan(PartialDate(year, month, day), PartialDate(year, month, day + 2))
            when = f"Từ ngày {day} đến {day + 2}/{month}/{year}"
        sentence = (
            f"{when}, {chance.choice(_ROLES)} {_state_names()[guest]} {person} thăm chính thức {_state_names()[host]}, "
            f"hội đàm về {chance.choice(_FIELDS)} và {chance.choice(_FIELDS)}."
        )
        return _MadeEvent("visit", visit, sentence, from_country=guest, to_country=host, person=person)
    year = _LAST_YEAR - 1 - 2 * (slot - _AGREEMENTS_FROM)
    name = f"Hiệp định về {chance.choice(_FIELDS)}"
    sentence = (
        f"Ngày {day} tháng {month} năm {year}, {a} và {b} ký {name} giữa hai Chính phủ, "
        f"mở đường cho {chance.choice(_FIELDS)}."
    )
    return _MadeEvent("agreement", PartialDate(year, month, day), sentence, name=name)


@cache
def _slots_of(number: int) -> tuple[int, tuple[int, ...]]:
    """Which voice speaks in an article, and of which events of its pair."""
    for voice, (cuts, every) in enumerate(zip(_CUTS, _EVERY, strict=True)):
        # in an order that mixes kinds and years: 21 has no divisor in common with 52
        told = [slot * 21 % EVENTS_A_PAIR for slot in range(EVENTS_A_PAIR)]
        told = [slot for slot in told if slot % every == 0]
        if number < len(cuts):
            start = sum(cuts[:number])
            return voice, tuple(told[start : start + cuts[number]])
        number -= len(cuts)
    raise ValueError("a pair has no such article")


@cache
def _all_pairs() -> tuple[tuple[str, str], ...]:
    pairs = list(combinations(sorted(_state_names()), 2))
    random.Random(1992).shuffle(pairs)
    return tuple(pairs)


@cache
def _state_names() -> dict[str, str]:
    """The Vietnamese names of the states of today."""
    gazetteer = load_gazetteer()
    current = {state.code for state in gazetteer.states.values() if state.valid_to is None}
    return {
        name.code: name.text
        for name in gazetteer.names
        if name.kind == "label" and name.language == "vi" and name.code in current
    }


@cache
def _leader(code: str, number: int) -> str:
    chance = random.Random(f"{code} {number}")
    return f"{chance.choice(_GIVEN)} {chance.choice(_FAMILIES)}{chance.choice('aeiou')}{chance.choice('nrtks')}"
