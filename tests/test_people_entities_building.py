"""People and organisations in the graph: kept up to date article by article, the same as if built at once."""

import datetime as dt
from typing import Any

import pytest
from graph_samples import extraction
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import Literal, Quad

from app.graph import entity_lookups
from app.graph.building import update_graph
from app.graph.entities_rdf import ENTITIES_GRAPH
from app.graph.lookups import article_by_id
from app.graph.store import EmbeddedStore
from app.graph.verdicts import Verdict, Withdrawal, withdraw
from app.graph.vocabulary import BASE, term
from extractors.records import Extraction, Organisation, Person

NAMES = (
    "Vladimir Putin", "Putin", "V. Putin", "Igor Putin", "Nguyễn Văn An", "Nguyen Van An", "Nguyễn Văn Ấn", "An",
    "Aleksandr Lukashenko", "Lukashenko Alexander", "Lukashenko",
)  # fmt: skip
ROLES = (None, "Tổng thống", "Bộ trưởng Y tế", "Bộ trưởng Công an", "Đại sứ tại Việt Nam", "Đại sứ", "lãnh đạo")
BODIES = (
    Organisation("Hội hữu nghị Việt Nam - Lào", "friendship-association", "VN", ("LA", "VN")),
    Organisation("HỘI HỮU NGHỊ VIỆT NAM – LÀO", "friendship-association", "VN", ("LA", "VN")),
    Organisation("Hội hữu nghị Việt Nam - Lào", "association", "VN", ("LA", "VN")),
    Organisation("Hoà Bình", "company", None),
    Organisation("Hòa Bình", "company", None),
)

any_person = st.builds(Person, st.sampled_from(NAMES), st.sampled_from(ROLES), st.sampled_from(("RU", "VN", None)))
any_article = st.builds(
    lambda number, day, people, bodies: extraction(
        f"bai-{number}", published=day, people=tuple(people), organisations=tuple(bodies)
    ),
    st.integers(0, 5),
    st.sampled_from(("2001-01-01", "2005-06-30", "2019-12-31")),
    st.lists(any_person, max_size=3, unique=True),
    st.lists(st.sampled_from(BODIES), max_size=2, unique=True),
)
any_verdict = st.tuples(
    st.sampled_from(("putin-RU", "vladimir-putin-RU", "nguyen-van-an-VN", "nguyen-van-an-VN.ambassador-VN", "an-RU")),
    st.sampled_from(("igor-putin-RU", "v-putin", "nguyen-van-an-RU", "lukashenko-RU", "nguyen-van-an-VN.ambassador")),
)


def verdict(one: str, other: str) -> Verdict:
    people = tuple(sorted(f"{BASE}id/person/{key}" for key in (one, other)))
    return Verdict("same-person", people, "Lê An", dt.datetime(2026, 11, 22, tzinfo=dt.UTC), "một người")


def graph_of(store: EmbeddedStore) -> set[Quad]:
    return set(store.quads(ENTITIES_GRAPH))


def built(articles: list[Extraction], verdicts: tuple[Verdict, ...] = ()) -> set[Quad]:
    """The graph of entities, built at once."""
    store = EmbeddedStore.in_memory()
    update_graph(store, articles, None, judge=lambda _, held: verdicts)
    return graph_of(store)


@settings(max_examples=60, deadline=None)
@given(st.lists(any_article, max_size=9), st.lists(any_verdict, max_size=2), st.integers(0, 9))
def test_one_more_article_gives_what_a_rebuild_gives(
    articles: list[Extraction], judged: list[tuple[str, str]], place: int
) -> None:
    verdicts = tuple(verdict(*pair) for pair in dict.fromkeys(judged))
    store, held = EmbeddedStore.in_memory(), dict[str, Extraction]()
    for number, one in enumerate(articles):
        held[one.article.id] = one
        if number == place:
            update_graph(store, [one], None, judge=lambda _, __: verdicts)
        else:
            update_graph(store, [one], None)
        now = verdicts if number >= place else ()
        assert graph_of(store) == built(list(held.values()), now)
    update_graph(store, [], None, judge=lambda _, __: ())
    assert graph_of(store) == built(list(held.values()))


def article(
    article_id: str, published: str, name: str, role: str | None, country: str | None, **more: Any
) -> Extraction:
    return extraction(article_id, published=published, people=(Person(name, role, country),), **more)


EMBASSY = (
    article("bai-1", "2020-01-10", "Anar Imanov", "Đại sứ Azerbaijan tại Việt Nam", "AZ"),
    article("bai-2", "2022-05-13", "A. Imanov", "Đại sứ Azerbaijan tại Hà Nội", "AZ"),
    article("bai-3", "2024-08-08", "Shovgi Mehdizade", "Đại sứ Azerbaijan tại Việt Nam", "AZ"),
)


def test_a_person_has_all_spellings_the_office_and_the_days_of_it() -> None:
    store = EmbeddedStore.in_memory()
    update_graph(store, EMBASSY, None)
    imanov = entity_lookups.person_by_key(store, "anar-imanov-AZ")
    assert (imanov.names, imanov.country, imanov.articles) == (("Anar Imanov", "A. Imanov"), "AZ", ("bai-1", "bai-2"))
    (office,) = imanov.offices
    assert (office.kind, office.country, office.host) == ("ambassador", "AZ", "VN")
    assert office.days == (dt.date(2020, 1, 10), dt.date(2022, 5, 13))
    assert entity_lookups.person_by_key(store, "a-imanov-AZ") == imanov
    assert [one.key for one in entity_lookups.people_by_name(store)] == ["anar-imanov-AZ", "shovgi-mehdizade-AZ"]


def test_an_article_shows_its_own_words_and_whom_it_means() -> None:
    store = EmbeddedStore.in_memory()
    update_graph(store, EMBASSY, None)
    (person,) = article_by_id(store, "bai-2").people
    assert (person.key, person.name, person.role) == ("anar-imanov-AZ", "A. Imanov", "Đại sứ Azerbaijan tại Hà Nội")


def test_an_article_that_is_replaced_takes_its_people_along() -> None:
    store = EmbeddedStore.in_memory()
    update_graph(store, EMBASSY, None)
    update_graph(store, [extraction("bai-1"), extraction("bai-2"), extraction("bai-3")], None)
    assert graph_of(store) == set()


def test_an_article_without_a_date_observes_without_time() -> None:
    one = article("bai-1", "2020-01-10", "Anar Imanov", "Đại sứ Azerbaijan tại Việt Nam", "AZ")
    undated = Extraction(
        type(one.article)(one.article.id, one.article.text, one.article.sections), (), (), one.people, ()
    )
    store = EmbeddedStore.in_memory()
    update_graph(store, [undated], None)
    (office,) = entity_lookups.person_by_key(store, "anar-imanov-AZ").offices
    assert (office.days, office.articles) == ((), ("bai-1",))


def test_a_verdict_stands_while_articles_come_and_can_be_taken_back() -> None:
    store = EmbeddedStore.in_memory()
    first = article("bai-1", "2010-01-01", "Nguyễn Văn An", "Đại sứ Việt Nam tại Lào", "VN")
    second = article("bai-2", "2012-01-01", "Nguyễn Văn An", "Đại sứ Việt Nam tại Pháp", "VN")
    update_graph(store, [first, second], None)
    assert len(entity_lookups.people_by_name(store)) == 2
    found = verdict("nguyen-van-an-VN", "nguyen-van-an-VN.ambassador-FR")
    update_graph(store, [], None, judge=lambda _, __: (found,))
    (person,) = entity_lookups.people_by_name(store)
    assert entity_lookups.person_by_key(store, "nguyen-van-an-VN.ambassador-FR").key == person.key
    update_graph(store, [article("bai-3", "2011-01-01", "Nguyễn Văn An", "Đại sứ Việt Nam tại Lào", "VN")], None)
    assert len(entity_lookups.people_by_name(store)) == 1
    gone = Withdrawal("Lê An", dt.datetime(2026, 11, 23, tzinfo=dt.UTC), "nhầm")
    update_graph(store, [], None, judge=lambda _, held: withdraw(held, found.id, gone))
    assert len(entity_lookups.people_by_name(store)) == 2


@pytest.mark.parametrize(
    ("bodies", "keys"),
    [
        pytest.param(BODIES[:2], ["hoi-huu-nghi-viet-nam-lao-VN"], id="letter case and hyphens"),
        pytest.param(BODIES[3:], ["hoa-binh"], id="the place of a tone"),
        pytest.param(
            (BODIES[0], BODIES[2]),
            ["hoi-huu-nghi-viet-nam-lao-VN", "hoi-huu-nghi-viet-nam-lao-VN.association"],
            id="two types are two bodies",
        ),
    ],
)
def test_organisations_are_one_by_name_type_and_states(bodies: tuple[Organisation, ...], keys: list[str]) -> None:
    store = EmbeddedStore.in_memory()
    update_graph(store, [extraction(f"bai-{n}", organisations=(one,)) for n, one in enumerate(bodies)], None)
    found = entity_lookups.organisations(store)
    assert [one.key for one in found] == keys
    assert found[0].countries == ((found[0].country, "LA") if found[0].country else ())


def test_a_new_program_makes_all_people_anew() -> None:
    """So a change of the rules, announced by the ontology's version, reaches graphs that were built before it."""
    store = EmbeddedStore.in_memory()
    update_graph(store, EMBASSY, None)
    wanted = graph_of(store)
    stale = [quad for quad in wanted if quad.predicate == term("foaf:name") and quad.object == Literal("Anar Imanov")]
    version = [quad for quad in store.all_quads() if quad.predicate.value.endswith("versionInfo")]
    store.apply([*stale, *version], ())
    update_graph(store, [], None)
    assert graph_of(store) == wanted
