"""Bringing a graph up to date: article graphs in, then fusion anew of what they touch, and of nothing else."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from pyoxigraph import NamedNode, Quad

from app.graph.articles import ArticleGraph, describe_article
from app.graph.entities_building import all_names, is_name, names_touched_by, read_merges, update_entities
from app.graph.events import CountryNames, subject_quads
from app.graph.evidence import Evidence, read_evidence
from app.graph.fusion import fuse
from app.graph.ledger import Ledger
from app.graph.lookup_keys import notes_of_keys
from app.graph.ontology import ontology_quads
from app.graph.reference import Reference
from app.graph.reference_rdf import reference_quads
from app.graph.store import GraphStore, named_query
from app.graph.verdicts import Verdict, read_verdicts, verdict_quads
from app.graph.vocabulary import (
    EVENTS_GRAPH,
    ONTOLOGY_GRAPH,
    RECORDS_GRAPH,
    REFERENCE_GRAPH,
    VERDICTS_GRAPH,
    article_graph,
    article_key,
    term,
)
from extractors.records import Extraction

VerdictChange = Callable[[GraphStore, tuple[Verdict, ...]], tuple[Verdict, ...]]
"""From the verdicts that stand to those that shall: what raises leaves everything as it was."""

ImportChange = Callable[[GraphStore], Mapping[NamedNode, frozenset[Quad]]]
"""From the graph as it is to what imported graphs shall hold: what raises leaves everything as it was."""


@dataclass(slots=True)
class Changes:
    """What became of each article, by id, in the order given."""

    added: list[str] = field(default_factory=list)
    replaced: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)


def update_graph(
    store: GraphStore,
    articles: Iterable[Extraction | ArticleGraph],
    reference: Reference | None,
    judge: VerdictChange | None = None,
    imports: ImportChange | None = None,
    changes: Changes | None = None,
) -> Changes:
    """Make the graph hold these articles (an article of the same id is replaced), and fuse what that touches.

    An Extraction is described here; an ArticleGraph was described where the article was read. With `reference`, the
    reference graph becomes that; without, it stays. `imports` is asked before the articles are
    read, `judge` changes the verdicts once they are in. The graph that results is a function of what it then holds, not
    of the way there. What became of the articles is added to `changes`, if given.
    """
    changes = changes or Changes()
    touched: set[NamedNode] = set()
    is_relabelled = _replace_graph(store, ONTOLOGY_GRAPH, ontology_quads(), touched)
    if reference is not None:
        labels = country_names(store)
        _replace_graph(store, REFERENCE_GRAPH, reference_quads(reference), touched)
        is_relabelled |= labels != country_names(store)
    for graph, wanted in (imports(store) if imports else {}).items():
        _replace_graph(store, graph, wanted, touched)
    ledger = Ledger(store)
    for one in articles:
        article = one if isinstance(one, ArticleGraph) else describe_article(one)
        _put_article(store, ledger, article, changes, touched)
    ledger.write()
    if judge is not None:
        verdicts = judge(store, read_verdicts(store))
        _replace_graph(store, VERDICTS_GRAPH, verdict_quads(verdicts), touched)
    if is_relabelled:
        touched.update(row["subject"] for row in store.select(named_query("subjects")))
        touched |= all_names(store)
    names = frozenset(filter(is_name, touched))
    fuse_subjects(store, touched - names)
    if is_relabelled:
        _note_keys(store)
    update_entities(store, names, read_merges(store))
    return changes


def fuse_subjects(store: GraphStore, subjects: Iterable[NamedNode]) -> None:
    """Fuse all that is said of some subjects anew, and write what has changed."""
    names = country_names(store)
    for subject in sorted(subjects, key=str):
        wanted = subject_quads(subject, fuse(evidence_of(store, subject)), names)
        _write_difference(store, _event_quads_of(store, subject), wanted)


def fuse_anew(store: GraphStore) -> None:
    """Fuse all that the graph says of anything, and put all people and organisations together.

    Raises:
        ValueError, LookupError, struct.error: something in the graph is not as it is written here.
    """
    fuse_subjects(store, (row["subject"] for row in store.select(named_query("subjects"))))
    _note_keys(store)
    update_entities(store, all_names(store), read_merges(store))


def _note_keys(store: GraphStore) -> None:
    """Note that all events have been fused by this program."""
    _write_difference(store, frozenset(store.quads(RECORDS_GRAPH, EVENTS_GRAPH)), notes_of_keys())


def evidence_of(store: GraphStore, subject: NamedNode) -> tuple[Evidence, ...]:
    """All evidence about a subject that the graph holds."""
    return read_evidence(store.select(named_query("evidence-of-subject"), {"subject": subject}))


def country_names(store: GraphStore) -> CountryNames:
    """The labels of all states by code and language."""
    rows = store.select(named_query("country-labels"))
    return {(row["code"].value, row["label"].language): row["label"].value for row in rows}


def _put_article(
    store: GraphStore, ledger: Ledger, article: ArticleGraph, changes: Changes, touched: set[NamedNode]
) -> None:
    key = article_key(article.id)
    graph, wanted = article_graph(key), article.quads()
    held = frozenset(store.quads(graph))
    is_known = bool(held) or ledger.find(key) is not None
    is_same = _assertions(held) == _assertions(wanted) and is_known
    if is_same:
        # only which input it was made of may differ: nothing is to be fused anew
        _write_difference(store, held, wanted)
    else:
        _replace_graph(store, graph, wanted, touched)
    if wanted or article.fingerprint is None:
        ledger.drop(key)
    else:
        ledger.put(key, article.fingerprint)
    outcome = changes.unchanged if is_same else changes.replaced if is_known else changes.added
    outcome.append(article.id)


def _assertions(quads: frozenset[Quad]) -> frozenset[Quad]:
    """What an article's graph says, without the note of which input it was made of."""
    return frozenset(quad for quad in quads if quad.predicate != term("bg:inputDigest"))


def _replace_graph(store: GraphStore, graph: NamedNode, wanted: frozenset[Quad], touched: set[NamedNode]) -> bool:
    """Make a named graph hold `wanted`; note what its old and new assertions are about; tell whether it changed."""
    held = frozenset(store.quads(graph))
    if held == wanted:
        return False
    _write_difference(store, held, wanted)
    # All subjects of the graph, also those whose own quads stayed: the article's publisher, say, may have changed.
    touched.update(
        quad.object
        for quad in held | wanted
        if quad.predicate == term("bg:subject") and isinstance(quad.object, NamedNode)
    )
    touched |= names_touched_by(store, held | wanted)
    return True


def _event_quads_of(store: GraphStore, subject: NamedNode) -> frozenset[Quad]:
    nodes = (*nodes_of(store, subject), subject)
    return frozenset(
        quad for graph in (EVENTS_GRAPH, RECORDS_GRAPH) for node in nodes for quad in store.quads(graph, node)
    )


def nodes_of(store: GraphStore, subject: NamedNode) -> frozenset[NamedNode]:
    """The events of a subject and their alternatives."""
    rows = store.select(named_query("nodes-of-subject"), {"subject": subject})
    return frozenset(row["node"] for row in rows)


def _write_difference(store: GraphStore, held: frozenset[Quad], wanted: frozenset[Quad]) -> None:
    removed, added = held - wanted, wanted - held
    if removed or added:
        store.apply(sorted(removed, key=str), sorted(added, key=str))
