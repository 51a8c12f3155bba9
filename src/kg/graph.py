"""The built graph as Python and the command line use it: :func:`open_graph` and :class:`KnowledgeGraph`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg.errors import StoreError, UnreadableError, UsageError, WrongError
from kg.model import Iri
from kg.names import NameIndex
from kg.queries.catalogue import Query, load_query
from kg.results import Result
from kg.terms import PREFIXES, REGISTERED_KINDS, iri, is_local_name, kind_and_name
from kg.workspace import Workspace, find_workspace

if TYPE_CHECKING:
    from pyoxigraph import Quad
    from rdflib import Graph, Literal, URIRef

    from kg.adding import Receipt
    from kg.candidates import Candidates
    from kg.explain import Explanation
    from kg.shacl import Validator
    from kg.stores.local import LocalStore
    from kg.stores.remote import RemoteStore
    from kg.validation import Report
    from kg.why import Reasoned

_NAMING = (PREFIXES["rdfs"] + "label", *(PREFIXES["skos"] + name for name in ("altLabel", "hiddenLabel")))
_PLAIN_KINDS = ("text", "number")
_LOG = ("when", "act", "what", "by", "from", "reason", "replaced_by")
_TRIES = 20
_EXPLAINED = ("actor", "event", "proposition", "place", "work")


class KnowledgeGraph:
    """A built graph: canned queries, SPARQL and validation. Only errors of :mod:`kg.errors` are raised."""

    def __init__(
        self,
        workspace: Workspace,
        endpoint: str | None = None,
        as_of: date | None = None,
        *,
        with_retracted: bool = False,
    ) -> None:
        """The graph of a workspace; with ``endpoint`` queries go to that remote store instead.

        With ``with_retracted`` it holds what was retracted too, its words marked with the reason.

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
        if endpoint and with_retracted:
            raise UsageError(
                "a remote store holds nothing that was retracted",
                fix="leave out --endpoint or --with-retracted",
            )
        self.workspace, self.endpoint, self.as_of = workspace, endpoint, as_of
        self.with_retracted = with_retracted

    @cached_property
    def local(self) -> LocalStore:
        """The embedded store, filled from ``triples/``. Raises UnreadableError when nothing is built."""
        from kg.stores.local import LocalStore

        if self.as_of is not None:
            return LocalStore.from_quads(_view(self.workspace, self.as_of, self.with_retracted))
        return _whole_or_again(self._read, self.workspace.state)

    def _read(self) -> LocalStore:
        from kg.stores.local import LocalStore

        return LocalStore.from_trig_files(self.workspace.graph_files(with_retracted=self.with_retracted))

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
        from kg.validation import validator_of

        return validator_of(self.workspace)

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
        from kg.seeds import read_registry
        from kg.vocabulary import load_vocabulary, ontology_files

        if self.endpoint is not None:
            raise UsageError("candidates need the graph itself", fix="leave out --endpoint")
        if kind is not None and kind not in REGISTERED_KINDS:
            known = ", ".join(REGISTERED_KINDS)
            raise UsageError(f"nothing of the kind {kind!r} is compared", fix=f"use {known}")
        vocabulary = load_vocabulary(ontology_files(self.workspace.ontology_folders))
        registry = read_registry(self.workspace, vocabulary, apart=True)
        kinds = REGISTERED_KINDS if kind is None else (kind,)
        return candidates(self.local, registry.decisions, kinds, least, decided=decided)

    def validate(
        self,
        source: str | Path | bytes | None = None,
        syntax: str | None = None,
        *,
        documents: Iterable[str | Path] = (),
    ) -> Report:
        """What is wrong with a file, a text in a syntax, or the whole graph when none is given.

        A file is claims YAML or RDF, known by its suffix; a text or bytes need their syntax: ``yaml``,
        ``ttl``, ``trig``, ``nt``, ``nq``, ``jsonld`` or ``rdfxml``.  Claims YAML that lies in the seeds is
        read in the place that it has there, any other as an addition; ``documents`` are the texts of
        Documents that it registers.  Raises UnreadableError for what does not parse.
        """
        from kg.adding import validate

        return validate(self, source, syntax, documents)

    def add(
        self,
        source: str | Path | bytes,
        syntax: str | None = None,
        *,
        by: str | None = None,
        documents: Iterable[str | Path] = (),
        trial: bool = False,
    ) -> Receipt:
        """Add a file, or a text in a syntax, all or nothing; with ``trial`` only say what would change.

        ``by`` says on whose word (default: ``KG_AUTHOR``, git's user, the login name); ``documents`` are the
        texts of Documents that it registers.  Raises WrongError with all findings when it does not conform,
        UsageError for a graph that cannot be added to, StoreError when another process is writing or the
        disk refuses; nothing has happened then.
        """
        from kg.adding import add, read_source, texts_of, whoever

        self._may_change()
        given = read_source(source, syntax, by or whoever(self.workspace))
        try:
            return add(self, given, texts_of(documents), trial=trial)
        finally:
            self._forget()

    def retract(
        self, what: str, reason: str, *, replaced_by: str | None = None, by: str | None = None
    ) -> Receipt:
        """Take back a claim or an addition, for a reason; nothing is deleted.

        Raises UnknownNameError when there is no such thing, WrongError when it was retracted before or
        others rest on it, and what :meth:`add` raises.
        """
        from kg.adding import retract

        self._may_change()
        try:
            return retract(self, what, reason, replaced_by, by)
        finally:
            self._forget()

    def log(self) -> Result:
        """What was added and what was retracted, in order: rows of when, by, act, what, source and reason.

        Raises WrongError when a line of the log is none, UsageError for the packaged graph, which has none.
        """
        from rdflib import Literal

        from kg.additions import read_log

        workspace = self.workspace
        found = read_log(workspace.seeds / "additions", workspace.show)
        if found.findings:
            raise WrongError("the log is faulty", findings=found.findings)
        rows = [
            (act.when, act.act, act.what, act.by, act.source, act.reason, act.replaced_by)
            for act in found.acts
        ]
        return Result(_LOG, [tuple(Literal(cell) if cell else None for cell in row) for row in rows])

    def _may_change(self) -> None:
        """Only the graph as it is takes additions, and as it is now: another process may have added."""
        from kg.adding import writable

        if self.endpoint or self.as_of:
            raise UsageError(
                "only the graph of a workspace, as it is, can be changed",
                fix="leave out the endpoint and the day",
            )
        writable(self.workspace)
        self._forget()

    def _forget(self) -> None:
        """What was read of the graph is read again when it is asked for."""
        for name in ("local", "names", "store"):
            self.__dict__.pop(name, None)


def _whole_or_again(read: Callable[[], LocalStore], state: Callable[[], object]) -> LocalStore:
    """What is read while a writer puts a new graph in the place of the old is read again."""
    for _ in range(_TRIES):
        before = state()
        try:
            found = read()
        except UnreadableError:
            if before == state():
                raise
            continue
        if before == state():
            return found
    raise StoreError("the graph is being written to again and again", fix="try again later")


def _view(workspace: Workspace, day: date, with_retracted: bool) -> Iterable[Quad]:
    """All graphs of the claims of Works that may have been out on a day."""
    from kg.assembly import assemble, ontology_quads, quads, shapes_quads
    from kg.records import RETRACTED
    from kg.seeds import read_seeds

    seeds = read_seeds(workspace)
    if seeds.faults():
        raise WrongError(f"the seeds are faulty: {len(seeds.faults())} faults", findings=seeds.faults())
    graphs = assemble(seeds.as_of(day), "")
    if not with_retracted:
        graphs.pop(RETRACTED, None)
    shapes = shapes_quads(workspace.shapes_folders)
    return [*quads(graphs), *ontology_quads(workspace.ontology_folders), *shapes]


def open_graph(
    workspace: str | Path | None = None,
    *,
    endpoint: str | None = None,
    as_of: date | None = None,
    with_retracted: bool = False,
) -> KnowledgeGraph:
    """Open the graph of a workspace (default: the nearest folder upwards with ``seeds/``, else the
    packaged graph), as it is or as of a day.

    Raises UsageError when the named folder is no workspace, or cannot be seen as of a day.
    """
    found = find_workspace(Path.cwd(), Path(workspace) if workspace is not None else None)
    return KnowledgeGraph(found, endpoint, as_of, with_retracted=with_retracted)
