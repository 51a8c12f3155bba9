"""The built graph as Python and the command line use it: :func:`open_graph` and :class:`KnowledgeGraph`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg.errors import UsageError, WrongError
from kg.model import Iri
from kg.names import NameIndex
from kg.queries.catalogue import Query, load_query
from kg.results import Result
from kg.terms import PREFIXES, REGISTERED_KINDS, iri, is_local_name, kind_and_name
from kg.workspace import Workspace, find_workspace

if TYPE_CHECKING:
    from pyoxigraph import Quad
    from rdflib import Graph, Literal, URIRef

    from kg.candidates import Candidates
    from kg.explain import Explanation
    from kg.shacl import Validator
    from kg.stores.local import LocalStore
    from kg.stores.remote import RemoteStore
    from kg.validation import Report
    from kg.why import Reasoned

_NAMING = (PREFIXES["rdfs"] + "label", *(PREFIXES["skos"] + name for name in ("altLabel", "hiddenLabel")))
_PLAIN_KINDS = ("text", "number")
_EXPLAINED = ("actor", "event", "proposition", "place", "work")


class KnowledgeGraph:
    """A built graph: canned queries, SPARQL and validation. Only errors of :mod:`kg.errors` are raised."""

    def __init__(self, workspace: Workspace, endpoint: str | None = None, as_of: date | None = None) -> None:
        """The graph of a workspace; with ``endpoint`` queries go to that remote store instead.

        With ``as_of`` it is the graph as it would be of the claims of Works that may have been out on that
        day, with facts, standing, disagreements and credibility computed anew.  Raises UsageError when
        both are given, or when the workspace has no claims to compute it from.
        """
        if endpoint and as_of:
            raise UsageError(
                "a remote store cannot be asked as of a day", fix="leave out --endpoint or --as-of"
            )
        if as_of and not workspace.writable:
            raise UsageError(
                "the packaged graph has no claims files to compute a view from",
                fix="name a workspace with seeds/claims: --workspace DIR",
            )
        self.workspace, self.endpoint, self.as_of = workspace, endpoint, as_of

    @cached_property
    def local(self) -> LocalStore:
        """The embedded store, filled from ``triples/``. Raises UnreadableError when nothing is built."""
        from kg.stores.local import LocalStore

        if self.as_of is not None:
            return LocalStore.from_quads(_view(self.workspace, self.as_of))
        return LocalStore.from_trig_files(self.workspace.graph_files())

    @cached_property
    def store(self) -> LocalStore | RemoteStore:
        """Where queries go: the endpoint if one was named, else the embedded store."""
        if self.endpoint is None:
            return self.local
        from kg.stores.remote import RemoteStore

        return RemoteStore(self.endpoint)

    @cached_property
    def validator(self) -> Validator:
        """The shapes of the workspace, compiled once."""
        from kg.shacl import Validator
        from kg.validation import read_shapes

        return Validator(read_shapes(self.workspace))

    @cached_property
    def names(self) -> NameIndex:
        """What every individual is called, from the graph itself."""
        index = NameIndex()
        for node, name in self.local.names(_NAMING):
            if kind_and_name(node)[0]:
                index.add(node, (name,))
        return index

    def query(self, name: str, **values: str) -> Result | bool | Graph:
        """The answer of a canned query: ``g.query("actor-claims", actor="NAME")``.

        Entities are given by local name, label, alias or IRI.  Raises UnknownNameError for a query or an
        entity that is not there (with the nearest name) and UsageError for a wrong or missing parameter.
        """
        from kg.sparql import bind

        query = load_query(name)
        return self.sparql(bind(query.text, self._values(query, values)))

    def why(self, name: str, **values: str) -> Reasoned:
        """The answer of a canned query with the claims behind each row.

        Raises what :meth:`query` raises, and UsageError when the graph is a remote one.
        """
        from kg.sparql import bind
        from kg.why import reasoned

        if self.endpoint is not None:
            raise UsageError("reasons need the graph itself", fix="leave out --endpoint, or leave out --why")
        query = load_query(name)
        return reasoned(self.local, bind(query.text, self._values(query, values)))

    def _values(self, query: Query, given: dict[str, str]) -> dict[str, URIRef | Literal | None]:
        values: dict[str, URIRef | Literal | None] = {}
        for name, value in given.items():
            values[query.parameter(name).name] = self._term(query.parameter(name).kind, value)
        for parameter in query.parameters:
            if parameter.name not in values:
                if parameter.required:
                    raise UsageError(
                        f"the query {query.name} needs {parameter.name}",
                        fix=f"give --{parameter.name} ({parameter.meaning})",
                    )
                values[parameter.name] = None
        return values

    def _term(self, kind: str, value: str) -> URIRef | Literal:
        from rdflib import Literal, URIRef

        return Literal(value) if kind in _PLAIN_KINDS else URIRef(self._found(value, [kind]))

    def _found(self, name: str, kinds: Sequence[str]) -> Iri:
        """The one thing of these kinds that is meant; a local name needs no list of all names."""
        for kind in kinds if is_local_name(name) else ():
            node = iri(kind, name)
            if self.endpoint is None and self.local.holds(node):
                return node
        return self.names.find(name, kinds)

    def sparql(self, text: str, *, timeout: float | None = None) -> Result | bool | Graph:
        """The answer of a SPARQL query: a Result for SELECT, a bool for ASK, else an rdflib Graph.

        It only reads.  Raises RefusedError for updates, SERVICE and graphs outside the dataset,
        UnreadableError for a syntax fault, RemoteError when the endpoint fails, and LimitError after
        ``timeout`` seconds; the query is then left to itself.
        """
        from kg.sparql import check_read_only
        from kg.stores.answer import Rows
        from kg.stores.waiting import within

        check_read_only(text, self._known_graphs())
        answer: Any = within(timeout, lambda: self.store.query(text))
        return Result(answer.columns, answer.rows) if isinstance(answer, Rows) else answer

    def _known_graphs(self) -> list[str]:
        return [] if self.endpoint else self.local.graph_names()

    def explain(self, thing: str, *, whole: bool = False) -> Explanation:
        """The whole reasoning behind a Proposition, an event, an actor, a place or a Work.

        ``thing`` is a local name, label, alias or IRI.  Raises UnknownNameError when nothing is called so.
        """
        from kg.explain import explain

        return explain(self.local, self._found(thing, _EXPLAINED), whole=whole)

    def plot(
        self,
        picture: str,
        out: str | Path,
        *,
        actor: str | None = None,
        start: date | None = None,
        end: date | None = None,
    ) -> int:
        """Draw a ``timeline``, ``network``, ``matrix`` or ``disagreements`` into an SVG or PNG file.

        It gives how many things the picture shows; where there are none it says so.  Raises UsageError for
        another ending or picture, MissingProgramError without the extra ``plot``, LimitError where there is
        too much to draw, StoreError when the file cannot be written.
        """
        from kg.pictures import Source, Subject, draw, form_of
        from kg.serialise import write_atomically

        form = form_of(Path(out))
        subject = None
        if actor is not None:
            node = self._found(actor, ["actor"])
            subject = Subject(node, self._label(node))
        drawn = draw(Source(self.query, subject, self.as_of), picture, form, start=start, end=end)
        write_atomically(Path(out), drawn.data)
        return drawn.items

    def _label(self, node: Iri) -> str:
        return next((label for one, label in self.local.names(_NAMING[:1]) if one == node), node)

    def candidates(
        self, kind: str | None = None, least: int | None = None, *, decided: bool = False
    ) -> Candidates:
        """Pairs of events, actors, works or places that may be one, with what speaks for it and against.

        Pairs that are decided on are left out; with ``decided`` they alone are given.  Raises UsageError for
        another kind, and when the graph is a remote one.
        """
        from kg.candidates import candidates
        from kg.registry import load_registry
        from kg.vocabulary import load_vocabulary, ontology_files

        if self.endpoint is not None:
            raise UsageError("candidates need the graph itself", fix="leave out --endpoint")
        if kind is not None and kind not in REGISTERED_KINDS:
            known = ", ".join(REGISTERED_KINDS)
            raise UsageError(f"nothing of the kind {kind!r} is compared", fix=f"use {known}")
        vocabulary = load_vocabulary(ontology_files(self.workspace.ontology_folders))
        registry = load_registry(self.workspace.registry, vocabulary, self.workspace.show, apart=True)
        kinds = REGISTERED_KINDS if kind is None else (kind,)
        return candidates(self.local, registry.decisions, kinds, least, decided=decided)

    def validate(self, source: str | Path | None = None) -> Report:
        """What is wrong with a file (RDF or claims YAML), or with the whole graph when none is given."""
        from kg.validation import validate

        return validate(self, Path(source) if source is not None else None)


def _view(workspace: Workspace, day: date) -> Iterable[Quad]:
    """All graphs of the claims of Works that may have been out on a day."""
    from kg.assembly import assemble, ontology_quads, quads, shapes_quads
    from kg.seeds import read_seeds

    seeds = read_seeds(workspace)
    if seeds.faults():
        raise WrongError(f"the seeds are faulty: {len(seeds.faults())} faults", findings=seeds.faults())
    graphs = quads(assemble(seeds.as_of(day), ""))
    shapes = shapes_quads(workspace.shapes_folders)
    return [*graphs, *ontology_quads(workspace.ontology_folders), *shapes]


def open_graph(
    workspace: str | Path | None = None, *, endpoint: str | None = None, as_of: date | None = None
) -> KnowledgeGraph:
    """Open the graph of a workspace (default: the nearest folder upwards with ``seeds/``, else the
    packaged graph), as it is or as of a day.

    Raises UsageError when the named folder is no workspace, or cannot be seen as of a day.
    """
    found = find_workspace(Path.cwd(), Path(workspace) if workspace is not None else None)
    return KnowledgeGraph(found, endpoint, as_of)
