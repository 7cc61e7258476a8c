"""People and organisations in the graph: kept up to date article by article, the same as if built at once."""

import datetime as dt
from random import Random
from typing import Any

import pytest
from graph_samples import extraction
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, Quad

from app.errors import NotFoundError
from app.graph import entity_lookups
from app.graph.building import update_graph
from app.graph.entities_rdf import ENTITIES_GRAPH
from app.graph.lookups import article_by_id
from app.graph.store import EmbeddedStore
from app.graph.verdicts import Verdict, Withdrawal, judge, read_verdicts, withdraw
from app.graph.vocabulary import BASE, term, thing
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


@settings(max_examples=60, deadline=None)
@given(st.lists(any_article, min_size=1, max_size=9), st.integers(0, 8), st.randoms(use_true_random=False))
def test_a_verdict_holds_for_the_people_it_meant_as_articles_come_and_go(
    articles: list[Extraction], place: int, chance: Random
) -> None:
    store, held = EmbeddedStore.in_memory(), dict[str, Extraction]()
    verdicts: tuple[Verdict, ...] = ()
    for number, one in enumerate(articles):
        held[one.article.id] = one
        update_graph(store, [one], None)
        people = entity_lookups.people_by_name(store)
        if number == place and len(people) > 1:
            pair = verdict(*(person.key for person in chance.sample(people, 2)))
            update_graph(store, [], None, judge=lambda given, held, pair=pair: judge(given, held, pair))  # type: ignore[misc]
            verdicts = read_verdicts(store)
        assert graph_of(store) == built(list(held.values()), verdicts)
        for found in verdicts:
            holders = [holders_of(store, iri) for iri in found.appearances]
            if all(holders):
                assert holders[0] == holders[1], "one person has both appearances"
            else:
                assert graph_of(store) == built(list(held.values())), "of nobody who is here: it changes nothing"


def holders_of(store: EmbeddedStore, appearance: str) -> list[str]:
    """The keys of the people whom an appearance is of: one, or none where no article has it."""
    nodes = {quad.subject for quad in graph_of(store) if quad.object == NamedNode(appearance)}
    return [one.key for one in entity_lookups.people_by_name(store) if NamedNode(one.iri) in nodes]


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


IMANOV = ("Anar Imanov", "Đại sứ Azerbaijan tại Việt Nam", "AZ")
AMBASSADOR = article("bai-1", "2020-01-01", *IMANOV)
SPELT_OTHERWISE = article("bai-2", "2020-01-02", "Emin Hasanov", "Đại sứ Azerbaijan tại Việt Nam", "AZ")
AMBASSADOR_KEY = "anar-imanov-AZ.ambassador-VN"


def judged_one() -> EmbeddedStore:
    """A graph where a curator calls ambassador Imanov and ambassador Hasanov one person."""
    store = EmbeddedStore.in_memory()
    update_graph(store, [AMBASSADOR, SPELT_OTHERWISE], None)
    pair = verdict("anar-imanov-AZ", "emin-hasanov-AZ")
    update_graph(store, [], None, judge=lambda given, held: judge(given, held, pair))
    return store


def names_by_key(store: EmbeddedStore) -> dict[str, tuple[str, ...]]:
    return {one.key: one.names for one in entity_lookups.people_by_name(store)}


BOTH = ("Anar Imanov", "Emin Hasanov")
NAMESAKES = [
    ("an older article of a namesake", "2001-01-01", {"anar-imanov-AZ": BOTH[:1], AMBASSADOR_KEY: BOTH}),
    ("a newer article of a namesake", "2026-01-01", {"anar-imanov-AZ": BOTH, "anar-imanov-AZ.minister-y-te": BOTH[:1]}),
]


@pytest.mark.parametrize(("day", "wanted"), [pytest.param(*case[1:], id=case[0]) for case in NAMESAKES])
def test_a_verdict_stays_with_its_people_when_their_key_passes_to_another(
    day: str, wanted: dict[str, tuple[str, ...]]
) -> None:
    store = judged_one()
    update_graph(store, [article("bai-3", day, "Anar Imanov", "Bộ trưởng Y tế", "AZ")], None)
    assert names_by_key(store) == wanted
    for key, names in wanted.items():
        offices = {office.kind for office in entity_lookups.person_by_key(store, key).offices}
        assert offices == ({"ambassador"} if names == BOTH else {"minister"})


def test_a_verdict_sleeps_while_no_article_has_its_appearance() -> None:
    store = judged_one()
    minister = article("bai-1", "2020-01-01", "Anar Imanov", "Bộ trưởng Y tế", "AZ")
    update_graph(store, [minister], None)
    assert names_by_key(store) == {"anar-imanov-AZ": BOTH[:1], "emin-hasanov-AZ": BOTH[1:]}
    update_graph(store, [AMBASSADOR], None)
    assert names_by_key(store) == {"anar-imanov-AZ": BOTH}


def test_a_verdict_without_appearances_speaks_of_whoever_has_the_key() -> None:
    store = judged_one()
    older = verdict("anar-imanov-AZ", "emin-hasanov-AZ")
    update_graph(store, [], None, judge=lambda _, __: (older,))
    assert names_by_key(store) == {"anar-imanov-AZ": BOTH}
    update_graph(store, [article("bai-3", "2001-01-01", "Anar Imanov", "Bộ trưởng Y tế", "AZ")], None)
    assert names_by_key(store) == {"anar-imanov-AZ": BOTH, AMBASSADOR_KEY: BOTH[:1]}


def test_a_person_is_recognised_by_the_appearance_that_says_most() -> None:
    store = EmbeddedStore.in_memory()
    vague = article("bai-0", "2019-01-01", "A. Imanov", "Đại sứ", "AZ")
    update_graph(store, [vague, AMBASSADOR, article("bai-4", "2021-01-01", *IMANOV)], None)
    (person,) = entity_lookups.people_by_name(store)
    chosen = entity_lookups.appearance_of(store, person.iri)
    assert chosen.startswith(f"{BASE}id/appearance/bai-1-"), "not the earliest, which may be somebody else's"
    for iri in (f"{BASE}id/person/nobody", f"{BASE}id/person/a b", "https://example.org/x", f"{BASE}id/country/AZ"):
        with pytest.raises(NotFoundError, match="No article of the graph names a person"):
            entity_lookups.appearance_of(store, iri)


def test_keys_that_lead_in_a_circle_lead_to_nobody() -> None:
    store = EmbeddedStore.in_memory()
    one, other = thing("person", "one"), thing("person", "other")
    replaced = term("dcterms:isReplacedBy")
    store.apply((), [Quad(a, replaced, b, ENTITIES_GRAPH) for a, b in ((one, other), (other, one))])
    itself = thing("person", "itself")
    store.apply((), [Quad(itself, replaced, itself, ENTITIES_GRAPH)])
    for key in ("one", "other", "itself"):
        with pytest.raises(NotFoundError, match=f"no person «{key}»"):
            entity_lookups.person_by_key(store, key)


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
