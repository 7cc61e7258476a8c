"""Importing dumps: as they are into an empty store, and beside what is there into another.

Into a store that holds something go the graphs of articles, as articles, and the curated facts, as an import of its
own. The other kinds are made here from these (events), are ours (ontology, states), or are for those who know the
inputs (ledger), the people (verdicts) and the services (imports) that they came from.
"""

import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from pathlib import Path

from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, serialize

from app.errors import BadRequestError
from app.graph.articles import ArticleGraph
from app.graph.endpoints import StoreAddress
from app.graph.entities_rdf import ENTITIES_GRAPH
from app.graph.ledger import Ledger
from app.graph.repositories import Publication, is_unused, publish
from app.graph.store import GraphStore, named_query
from app.graph.vocabulary import (
    EVENTS_GRAPH,
    LEDGER_GRAPH,
    ONTOLOGY_GRAPH,
    RECORDS_GRAPH,
    REFERENCE_GRAPH,
    VERDICTS_GRAPH,
    article_graph,
    concept,
    import_graph,
    kind_and_key,
    slug,
    term,
    thing,
)
from app.importing.dump_checks import check_dump
from app.importing.dumps import Dump, open_dump
from app.importing.imported_rdf import description_quads
from app.importing.records import TRUST_BASES, Account, ImportReport, Trust
from app.importing.restoring import refusing_what_cannot_be_fused, restore_dump
from app.importing.terms import text_of
from app.importing.wikidata import NAME as WIKIDATA

_NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,59}")
_MADE_HERE = {
    EVENTS_GRAPH: "events: fused anew here",
    RECORDS_GRAPH: "records of events: made anew here",
    ENTITIES_GRAPH: "people and organisations: put together anew here",
    ONTOLOGY_GRAPH: "the ontology: ours stays",
}
_THEIRS = {
    LEDGER_GRAPH: "the ledger of articles that assert nothing",
    VERDICTS_GRAPH: "verdicts: they stay with the store whose curators gave them",
}
_IMPORTS = "what they had imported themselves: import it from where it came"
_GRAPHLESS = "claims: Turtle does not say in which graph they stand, N-Quads and TriG do"


def import_dump(
    store: StoreAddress,
    files: Sequence[Path],
    codes: Collection[str],
    *,
    name: str | None = None,
    trust: Trust = "imported",
    wait_s: float = 600.0,
) -> ImportReport:
    """Import the parts of one dump. Without a name, into a store that holds nothing, it is restored as it is.

    All of it is checked before anything is written. `codes` are the states that are known here.

    Raises:
        BadRequestError: no file, or a name that cannot be one.
        ImportRefusedError: a fault in the dump; names file, line (where known) and reason.
        ConflictError: the store was filled by another meanwhile.
        StoreBusyError: another writer held the store for `wait_s` seconds.
        OSError: a file cannot be opened.
    """
    if not files:
        raise BadRequestError("Name the file of a dump, or several that are the parts of one.")
    chosen = name or slug(files[0].name.split(".")[0])
    if not _NAME.fullmatch(chosen) or chosen == WIKIDATA:
        raise BadRequestError(
            f"«{chosen}» cannot be the name of a dump: choose lower-case letters, digits and hyphens, not «{WIKIDATA}»."
        )
    with open_dump(tuple(files)) as dump:
        check_dump(dump, codes)
        if name is None and dump.has_graphs and is_unused(store):
            publication, account = restore_dump(store, dump, wait_s=wait_s)
            return ImportReport(chosen, is_restored=True, accounts=(account,), publication=publication)
        merge = _Merge(dump, chosen, trust)
        with refusing_what_cannot_be_fused(dump):
            publication = publish(store, merge.articles(), imports=merge.change, wait_s=wait_s)
        return merge.report(publication)


class _Merge:
    """A dump on its way into a store that has its own."""

    def __init__(self, dump: Dump, name: str, trust: Trust) -> None:
        self._dump = dump
        self._name = name
        self._trust = trust
        self._accepted: list[str] = []
        self._same: list[str] = []
        self._refused: list[str] = []
        self._known_facts = 0
        self._facts = 0

    def change(self, store: GraphStore) -> Mapping[NamedNode, frozenset[Quad]]:
        """Sort the articles into those that come over and those that do not; what the import's graph shall hold."""
        ledger = Ledger(store)
        for key, graph in self._dump.article_graphs():
            held = _content_hash(store.quads(graph, thing("article", key)))
            if held is None and ledger.find(key) is not None:
                self._refused.append(f"{key}: it was read here before, and asserts nothing")
            elif held is None:
                self._check_names(store, graph)
                self._accepted.append(key)
            elif held == _content_hash(self._dump.store.quads(graph, thing("article", key))):
                self._same.append(key)
            else:
                self._refused.append(f"{key}: the store holds an article of this id with another text")
        return {import_graph(self._name): frozenset(self._import_quads(store))}

    def _check_names(self, store: GraphStore, graph: NamedNode) -> None:
        """Of a claim or an appearance of an article that is new here, nothing is said here yet."""
        for node in sorted({text_of(quad.subject) for quad in self._dump.store.quads(graph)}):
            if store.select(named_query("statements"), {"node": NamedNode(node)}):
                raise self._dump.fault(NamedNode(node), f"<{node[:200]}> is spoken of by another article of the store")

    def articles(self) -> Iterator[ArticleGraph]:
        """The articles that come over; to be asked after `change`."""
        for key in self._accepted:
            quads = sorted(self._dump.store.quads(article_graph(key)), key=str)
            claims = sum(quad.object == term("bg:Claim") for quad in quads)
            identifier = next(text_of(quad.object) for quad in quads if _is_identifier(quad, key))
            yield ArticleGraph(identifier, serialize(quads, format=RdfFormat.N_QUADS) or b"", None, claims, 0)

    def report(self, publication: Publication) -> ImportReport:
        """What was done."""
        accepted, same = len(self._accepted), len(self._same)
        refused = Counter({"contradicts what the store holds": len(self._refused)}) if self._refused else Counter()
        articles = Account(
            "articles", accepted + same + len(self._refused), accepted, same, refused, refused=tuple(self._refused)
        )
        facts = Account("facts", self._facts + self._known_facts, self._facts, self._known_facts)
        left = Counter({why: self._count(graph) for graph, why in (_MADE_HERE | _THEIRS).items()})
        left[_IMPORTS] = sum(self._count(graph) for graph in self._dump.graphs if "/graph/import/" in graph.value)
        left = +left  # without what there is none of
        others = Account("other statements", left.total(), 0, left_out=left)
        if not self._dump.has_graphs:
            claims = sum(1 for _ in self._dump.nodes("bg:Claim", REFERENCE_GRAPH))
            others = Account("other statements", claims, 0, left_out=+Counter({_GRAPHLESS: claims}))
        accounts = (articles, facts, others) if self._dump.has_graphs else (facts, others)
        return ImportReport(self._name, is_restored=False, accounts=accounts, publication=publication)

    def _count(self, graph: NamedNode) -> int:
        return sum(1 for _ in self._dump.store.quads(graph)) if graph in self._dump.graphs else 0

    def _import_quads(self, store: GraphStore) -> Iterator[Quad]:
        yield from description_quads(self._name, self._dump.name, self._trust)
        for node in self._dump.nodes("bg:ReferenceFact", REFERENCE_GRAPH):
            theirs = frozenset(self._dump.store.quads(REFERENCE_GRAPH, node))
            if theirs == frozenset(store.quads(REFERENCE_GRAPH, node)):
                self._known_facts += 1
                continue
            self._facts += 1
            for quad in theirs:
                yield self._imported(quad)
                if quad.predicate == term("prov:wasDerivedFrom") and isinstance(quad.object, NamedNode):
                    yield from map(self._imported, self._dump.store.quads(REFERENCE_GRAPH, quad.object))

    def _imported(self, quad: Quad) -> Quad:
        """A statement of their reference graph as it stands in the graph of the import."""
        value = quad.object
        if quad.predicate == term("rdf:type"):
            renamed = {term("bg:ReferenceFact"): "bg:ImportedFact", term("bg:Source"): "bg:ImportedSource"}
            value = term(renamed[value]) if isinstance(value, NamedNode) and value in renamed else value
        elif quad.predicate == term("bg:basis"):
            value = concept("basis", TRUST_BASES[self._trust])
        elif quad.predicate == term("prov:wasDerivedFrom"):
            value = self._renamed(text_of(value))
        elif quad.predicate == term("dcterms:identifier"):
            value = Literal(f"{self._name}-{text_of(value)}")
        return Quad(self._renamed(text_of(quad.subject)), quad.predicate, value, import_graph(self._name))

    def _renamed(self, iri: str) -> NamedNode:
        """Their facts and sources have names of their own here, whatever ours are called."""
        kind, key = kind_and_key(iri)
        is_source = kind == "source"
        return thing("source" if is_source else "imported", f"{'import-' * is_source}{self._name}-{key}")


def _content_hash(quads: Iterator[Quad]) -> str | None:
    return next((text_of(quad.object) for quad in quads if quad.predicate == term("bg:contentHash")), None)


def _is_identifier(quad: Quad, key: str) -> bool:
    return quad.subject == thing("article", key) and quad.predicate == term("dcterms:identifier")
