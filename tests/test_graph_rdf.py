"""The named graph of an article: complete, deterministic, without blank nodes, and as the store gives it back."""

import pytest
from graph_samples import EXTRACTIONS, claim, extraction, reference
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import NamedNode, Quad

from app.graph.literals import date_quads, decimal_literal, read_date
from app.graph.rdf import article_quads, claim_iri
from app.graph.reference_rdf import reference_quads
from app.graph.store import EmbeddedStore
from app.graph.vocabulary import article_graph, term
from extractors.dates import DateSpan, DateValue, PartialDate, of_day, parse_edtf

NODE, GRAPH = NamedNode("https://example.org/node"), NamedNode("https://example.org/graph")
DAYS = st.dates().map(of_day)
PARTIAL = st.one_of(DAYS, DAYS.map(lambda d: PartialDate(d.year, d.month)), DAYS.map(lambda d: PartialDate(d.year)))


def values(quads: frozenset[Quad], subject: NamedNode, predicate: str) -> set[str]:
    return {quad.object.value for quad in quads if quad.subject == subject and quad.predicate == term(predicate)}


def through_a_store(quads: frozenset[Quad], graph: NamedNode) -> frozenset[Quad]:
    store = EmbeddedStore.in_memory()
    store.apply((), quads)
    return frozenset(store.quads(graph))


@pytest.mark.parametrize("sample", EXTRACTIONS, ids=lambda sample: sample.article.id)
def test_an_article_is_written_the_same_twice_and_read_back_as_written(sample) -> None:
    quads = article_quads(sample)
    assert quads == article_quads(sample)
    assert through_a_store(quads, article_graph(sample.article.id)) == quads


def test_there_are_no_blank_nodes() -> None:
    quads = [*reference_quads(reference()), *(quad for sample in EXTRACTIONS for quad in article_quads(sample))]
    assert all(isinstance(quad.subject, NamedNode) for quad in quads)
    assert not [quad for quad in quads if str(quad.object).startswith("_:")]


def test_a_claim_carries_its_quote_and_offsets() -> None:
    sample = EXTRACTIONS[0]
    quads, first = article_quads(sample), sample.claims[0]
    node = claim_iri(first, "bai-1")
    assert values(quads, NamedNode(f"{node.value}#quote"), "oa:exact") == {first.quote}
    assert values(quads, NamedNode(f"{node.value}#position"), "oa:start") == {str(first.start)}
    assert values(quads, node, "bg:pair") == {"https://w3id.org/banggiao/id/pair/AZ-VN"}


def test_a_friendship_association_has_its_state_and_the_other_one_of_its_name() -> None:
    (association,) = {
        quad.subject for quad in article_quads(EXTRACTIONS[0]) if quad.predicate == term("bg:counterpart")
    }
    quads = article_quads(EXTRACTIONS[0])
    assert [value[-2:] for value in values(quads, association, "bg:country")] == ["VN"]
    assert [value[-2:] for value in values(quads, association, "bg:counterpart")] == ["AZ"]


def test_claims_that_differ_in_anything_are_two() -> None:
    one, other = (
        claim("recognised", "BY VN", "1991-12-27"),
        claim("recognised", "BY VN", "1991-12-27", from_country="VN"),
    )
    assert claim_iri(one, "a") != claim_iri(other, "a")


def test_text_that_utf8_cannot_hold_is_marked_not_refused() -> None:
    quads = article_quads(
        extraction("hong", claim("established", "AZ VN", "1992", quote="gãy \ud800 đôi"), publisher="\udfff")
    )
    assert {"gãy ? đôi", "?"} <= {quad.object.value for quad in quads if hasattr(quad.object, "value")}


def test_what_an_article_draws_on_is_kept_also_where_it_is_no_address() -> None:
    quads = article_quads(EXTRACTIONS[1])
    node = NamedNode("https://w3id.org/banggiao/id/article/bai-2")
    assert values(quads, node, "prov:wasDerivedFrom") == {"https://example.org/page"}
    assert values(quads, node, "dc:source") == {"một tờ báo in"}


def read_back(value: DateValue) -> DateValue:
    found = {
        quad.predicate.value: quad.object.value
        for quad in through_a_store(frozenset(date_quads(NODE, value, GRAPH)), GRAPH)
    }
    return read_date(found[term("bg:date").value], found.get(term("bg:endDate").value))


@given(PARTIAL)
def test_a_date_comes_back_from_the_store_as_precise_as_it_was(date: PartialDate) -> None:
    assert read_back(date) == date


@given(PARTIAL, PARTIAL)
def test_a_span_comes_back(a: PartialDate, b: PartialDate) -> None:
    first, last = sorted((a, b), key=lambda date: (date.earliest, date.latest))
    span = DateSpan(first, last)
    assert read_back(span) == span


def test_a_day_of_every_year_has_a_key_and_no_bounds() -> None:
    yearly = parse_edtf("--09-02")
    quads = frozenset(date_quads(NODE, yearly, GRAPH))
    assert read_back(yearly) == yearly
    assert values(quads, NODE, "bg:monthDay") == {"09-02"}
    assert not values(quads, NODE, "bg:earliest")


@given(st.floats(0, 1))
def test_confidence_is_written_as_the_store_gives_it_back(number: float) -> None:
    quad = Quad(NODE, term("bg:confidence"), decimal_literal(number), GRAPH)
    assert through_a_store(frozenset({quad}), GRAPH) == {quad}
