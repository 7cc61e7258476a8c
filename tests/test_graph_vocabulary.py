"""IRIs and keys: readable, deterministic, and always valid."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.graph.vocabulary import (
    article_graph,
    article_key,
    claim_key,
    countries_of,
    entity_key,
    event_key,
    kind_and_key,
    pair_key,
    pairs_of,
    slug,
    subject_of,
    thing,
    web_iri,
)
from extractors.dates import parse_edtf

CODES = st.sampled_from(["AZ", "BY", "CN", "JP", "VN", "US"])


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        pytest.param("Tô Lâm", "to-lam", id="marks are dropped"),
        pytest.param("Đỗ Mười", "do-muoi", id="đ is d"),
        pytest.param("R.A. Golovchenko", "r-a-golovchenko", id="dots join words"),
        pytest.param("  Kim  Jong-un ", "kim-jong-un", id="spaces and hyphens"),
    ],
)
def test_slug(text: str, wanted: str) -> None:
    assert slug(text) == wanted


def test_a_name_without_latin_letters_still_has_a_key() -> None:
    assert slug("邦交") != slug("外交")
    assert slug("邦交") == slug("邦交")


@pytest.mark.parametrize(
    ("article_id", "wanted"),
    [
        pytest.param("seed-001", "seed-001", id="a plain id is its own key"),
        pytest.param("2026-09-23-viet-nam.v2", "2026-09-23-viet-nam.v2", id="dots and digits"),
    ],
)
def test_article_key_of_plain_ids(article_id: str, wanted: str) -> None:
    assert article_key(article_id) == wanted


def test_ids_that_differ_in_what_a_slug_drops_have_different_keys() -> None:
    assert article_key("bài một") != article_key("bài mốt")
    assert article_key("bài một").startswith("bai-mot-")


@given(st.text())
def test_any_article_id_gives_valid_iris_and_a_stable_key(article_id: str) -> None:
    key = article_key(article_id)
    assert article_graph(key).value.endswith(key)
    assert article_key(key) == key


@given(st.text(), st.text(max_size=30))
def test_any_claim_and_entity_gives_valid_iris(name: str, content: str) -> None:
    assert kind_and_key(thing("person", entity_key(name, "AZ")).value)[0] == "person"
    assert thing("claim", claim_key("a", "visit", 3, content))


@given(CODES, CODES)
def test_a_pair_is_the_same_in_either_order(a: str, b: str) -> None:
    assert pair_key(a, b) == pair_key(b, a)


@given(st.lists(CODES, unique=True, min_size=1))
def test_a_subject_gives_its_countries_back(codes: list[str]) -> None:
    assert countries_of(subject_of(codes).value) == tuple(sorted(codes))
    assert len(pairs_of(codes)) == len(codes) * (len(codes) - 1) // 2


def test_what_has_no_country_is_about_its_person() -> None:
    assert kind_and_key(subject_of((), "Heydar Aliyev").value) == ("person", "heydar-aliyev")
    assert countries_of(subject_of((), "Heydar Aliyev").value) == ()


def test_event_key_leaves_out_what_is_unknown() -> None:
    span = parse_edtf("2018-09-08/2018-09-10")
    assert event_key("visit", "AZ-VN", span, None) == "visit-AZ-VN-2018-09-08--2018-09-10"


@pytest.mark.parametrize(
    ("url", "wanted"),
    [
        pytest.param("https://a.example/b?c=d#e", "https://a.example/b?c=d#e", id="as it is"),
        pytest.param("https://a.example/một hai", "https://a.example/m%E1%BB%99t%20hai", id="letters and spaces"),
        pytest.param("https://a.example/%E1%BB%99", "https://a.example/%E1%BB%99", id="encoded already"),
        pytest.param("một tờ báo", None, id="no address"),
        pytest.param("javascript:alert(1)", None, id="another scheme"),
    ],
)
def test_web_iri(url: str, wanted: str | None) -> None:
    found = web_iri(url)
    assert (found.value if found else None) == wanted


def test_an_iri_of_somebody_else_is_refused() -> None:
    with pytest.raises(ValueError, match="names no thing of this graph"):
        kind_and_key("https://example.org/id/country/AZ")
