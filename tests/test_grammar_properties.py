"""What holds of every extraction, whatever the text: offsets, quotes, sums, sameness; and how time grows."""

import datetime as dt
import time
import unicodedata

import pytest
from articles import article
from grammar_sentences import DATES, FACTS, JOINTS, PEOPLE, STATES, texts
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from extractors.dates import first_date
from extractors.gazetteer import load_gazetteer
from extractors.pipeline import MAX_DATED_TRIGGERS, MAX_NAMED_CHARS, extract

DAYS = st.one_of(st.none(), st.dates(dt.date(1990, 1, 1), dt.date(2030, 12, 31)).map(str))
SLOW = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
MANY = settings(SLOW, max_examples=20_000)


def check(text, published):
    found = extract(article(text, published=published), entities="none")
    states = load_gazetteer().states
    for claim in found.claims:
        assert text[claim.start : claim.end] == claim.quote
        assert claim.quote.strip() == claim.quote != ""
        assert list(claim.countries) == sorted(claim.countries)
        assert set(claim.countries) <= states.keys()
        assert 0 < claim.confidence <= 1
        assert {code for code in (claim.from_country, claim.to_country) if code} <= set(claim.countries)
        if published is not None:
            assert first_date(claim.date).is_yearly or str(first_date(claim.date).earliest) <= published
    for rejection in found.rejections:
        assert text[rejection.start : rejection.end] == rejection.quote
        assert rejection.reason
    return found


@given(texts, DAYS)
@settings(SLOW, max_examples=150)
def test_offsets_states_and_days_hold(text, published):
    check(text, published)


@given(texts)
@settings(SLOW, max_examples=60)
def test_the_same_text_gives_the_same(text):
    assert check(text, "2024-01-01") == check(text, "2024-01-01")


@given(texts)
@settings(SLOW, max_examples=60)
def test_decomposed_text_says_the_same(text):
    composed, decomposed = unicodedata.normalize("NFC", text), unicodedata.normalize("NFD", text)
    said = [
        [(claim.type, claim.countries, str(claim.date), claim.basis) for claim in check(form, None).claims]
        for form in (composed, decomposed)
    ]
    assert said[0] == said[1]


def test_an_article_of_too_many_facts_is_read_up_to_a_bound():
    text = "Việt Nam và Lào thiết lập quan hệ ngoại giao ngày 5/9/1962. " * (MAX_DATED_TRIGGERS + 3)
    found = extract(article(text), entities="none")
    left = [rejection for rejection in found.rejections if "more than 2,000 dated facts" in rejection.reason]
    assert (len(found.claims), len(left)) == (1, 3)


def test_people_are_read_up_to_a_bound():
    text = (
        "Tổng thống Nga Vladimir Putin đến Lào. "
        + "Trời đẹp. " * (MAX_NAMED_CHARS // 10)
        + "Đại sứ Lê Văn Nam về nước."
    )
    assert [person.name for person in extract(article(text), entities="all").people] == ["Vladimir Putin"]


@pytest.mark.slow
@given(texts, DAYS)
@MANY
def test_offsets_states_and_days_hold_of_many(text, published):
    check(text, published)


@pytest.mark.slow
@given(st.lists(st.sampled_from((*STATES, *DATES, *PEOPLE, *FACTS, *JOINTS)), min_size=1, max_size=6))
@settings(SLOW, max_examples=300)
def test_time_grows_with_any_text_and_not_faster(parts):
    phrase = " ".join(parts) + " "

    def seconds(length):
        started = time.process_time()
        extract(article(phrase * (length // len(phrase) + 1), published="2024-01-01"), entities="all")
        return time.process_time() - started

    # the better of two: the first may load what is loaded once
    short, long = (min(seconds(length), seconds(length)) for length in (3_000, 24_000))
    # eight times the text: a square would take 64 times as long
    assert long < 24 * short + 1.0, (short, long)
