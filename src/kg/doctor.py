"""What is wrong with a workspace as it lies on the disk: files, the built graph, names that look alike."""

from __future__ import annotations

import hashlib
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import pyoxigraph as ox

from kg.build import build
from kg.errors import KgError, WrongError
from kg.model import Iri
from kg.registry import load_registry
from kg.seeds import read_seeds
from kg.serialise import canonical_trig, triple_of, value_of
from kg.serialise.reading import file_fault
from kg.terms import PREFIXES, compact, iri, kind_and_name
from kg.vocabulary import load_vocabulary, ontology_files
from kg.workspace import Workspace

State = Literal["ok", "note", "fault", "damage"]
_TRIPLES = ox.NamedNode(PREFIXES["void"] + "triples")
_NAMING = (PREFIXES["rdfs"] + "label", PREFIXES["skos"] + "altLabel")
_DIFFERENT = ox.NamedNode(PREFIXES["owl"] + "differentFrom")
_CALLED = ("actor", "event", "place", "work")
_MOST_SHOWN = 5
# Letters of other scripts, and signs, that are drawn like a Latin one. Not all there are: the common ones.
_LIKE = str.maketrans(
    "аеорсухіјѕԁһԛԝвкмнтгӏοαενικρτυχβη01|",
    "aeopcyxijsdhqwbkmhtrloaevikptuxbnoll",
)


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that was looked at: what, how it is, and what was found."""

    what: str
    state: State
    told: str

    def line(self) -> str:
        """The check as one line."""
        return f"{self.state:<6}  {self.what}: {self.told}"


def examine(workspace: Workspace) -> Iterator[Check]:
    """Every check of a workspace, each as soon as it is made; nothing is changed."""
    if workspace.writable:
        yield _guarded("seeds", lambda: _seeds(workspace))
        yield _guarded("documents", lambda: _documents(workspace))
    graphs: dict[str, list[ox.Quad]] = {}
    read = _files(workspace, graphs)
    yield read
    if read.state == "ok":
        yield _complete(graphs)
        yield _names(graphs)
        if workspace.writable:
            yield _guarded("graph", lambda: _same_as_seeds(workspace))


def _guarded(what: str, check: Callable[[], Check]) -> Check:
    try:
        return check()
    except WrongError as fault:
        more = f"; {fault.findings[0].where}: {fault.findings[0].message}" if fault.findings else ""
        return Check(what, "fault", f"{fault.line()}{more}")
    except KgError as fault:
        return Check(what, "fault", fault.line())


def _seeds(workspace: Workspace) -> Check:
    seeds = read_seeds(workspace)
    faults = seeds.faults()
    if faults:
        first = faults[0]
        return Check("seeds", "fault", f"{len(faults)} faults, the first: {first.where}: {first.message}")
    return Check("seeds", "ok", f"registry and {len(seeds.files)} claims files are read without a fault")


def _documents(workspace: Workspace) -> Check:
    vocabulary = load_vocabulary(ontology_files(workspace.ontology_folders))
    documents = load_registry(workspace.registry, vocabulary, workspace.show).documents()
    missing, changed = [], []
    for document in documents:
        path = workspace.documents / document.file
        if not path.is_file():
            missing.append(document.file)
        elif hashlib.sha256(path.read_bytes()).hexdigest() != document.sha256:
            changed.append(document.file)
    if changed:
        return Check("documents", "fault", f"not the text that was read: {', '.join(changed)}")
    if missing:
        return Check("documents", "note", f"not held, so not checked: {', '.join(missing)}")
    return Check("documents", "ok", f"{len(documents)} texts, each the one that was read")


# --- the built graph -----------------------------------------------------------------------------


def _files(workspace: Workspace, graphs: dict[str, list[ox.Quad]]) -> Check:
    """Read ``triples/`` into ``graphs``; each file holds its own graph, in the form that a build writes."""
    paths = sorted(workspace.triples.glob("*.trig"))
    if not paths:
        return Check("triples", "damage", f"there is no graph in {workspace.triples}; run: kg build")
    for path in paths:
        try:
            quads = list(ox.parse(path=path, format=ox.RdfFormat.TRIG))
        except SyntaxError as error:
            place = file_fault(error, path, "trig").where
            return Check("triples", "damage", f"{place}: cut or damaged; {_REBUILD}")
        except OSError as error:
            return Check("triples", "damage", f"{path}: cannot be read: {error.strerror}; {_REBUILD}")
        graph = iri("graph", path.stem)
        if any(value_of(quad.graph_name) != graph for quad in quads):
            return Check("triples", "damage", f"{path.name} holds another graph than its own; {_REBUILD}")
        if not _is_as_written(path, graph, quads):
            return Check("triples", "damage", f"{path.name} is not as a build writes it; {_REBUILD}")
        graphs[path.stem] = quads
    return Check("triples", "ok", f"{len(paths)} files, each readable and as a build writes it")


_REBUILD = "run: kg build"


def _is_as_written(path: Path, graph: Iri, quads: list[ox.Quad]) -> bool:
    if any(isinstance(end, ox.BlankNode) for quad in quads for end in (quad.subject, quad.object)):
        return False
    return canonical_trig(map(triple_of, quads), graph) == path.read_bytes()


def _complete(graphs: dict[str, list[ox.Quad]]) -> Check:
    """Whether every graph is there with as many triples as the dataset's description says."""
    counted = {
        kind_and_name(value_of(quad.subject))[1]: int(value_of(quad.object))
        for quad in graphs.get("dataset", ())
        if quad.predicate == _TRIPLES and kind_and_name(value_of(quad.subject))[0] == "graph"
    }  # fmt: skip
    if not counted:
        return Check("counts", "damage", f"the description of the dataset is not there; {_REBUILD}")
    wrong = [
        f"{name} holds {len(graphs.get(name, ())):,} triples and not {number:,}"
        for name, number in sorted(counted.items())
        if number != len(graphs.get(name, ()))
    ]
    if wrong:
        return Check("counts", "damage", f"{'; '.join(wrong)}; {_REBUILD}")
    return Check("counts", "ok", f"{len(counted)} graphs, each with as many triples as the dataset says")


def _same_as_seeds(workspace: Workspace) -> Check:
    build(workspace, check_only=True)
    return Check("graph", "ok", "triples/ is what the seeds give")


# --- names that look alike -----------------------------------------------------------------------


def _names(graphs: dict[str, list[ox.Quad]]) -> Check:
    pairs = list(confusable(quad for quads in graphs.values() for quad in quads))
    if not pairs:
        return Check("names", "ok", "no two things of a kind have names that look alike")
    shown = "; ".join(f"{one} and {other} ({name!r})" for one, other, name in pairs[:_MOST_SHOWN])
    more = f"; and {len(pairs) - _MOST_SHOWN} more" if len(pairs) > _MOST_SHOWN else ""
    fix = "state owl:differentFrom, rename one, or make one of them"
    return Check("names", "note", f"{len(pairs)} pairs look alike: {shown}{more}; {fix}")


def confusable(quads: Iterable[ox.Quad]) -> Iterator[tuple[str, str, str]]:
    """Pairs of things of one kind with a name or local name that looks the same, and that name.

    Case, accents, white space and letters of other scripts that are drawn alike do not tell names apart.
    What is declared different is not listed.
    """
    called: dict[tuple[str, str], dict[Iri, str]] = defaultdict(dict)
    apart: set[frozenset[str]] = set()
    for quad in quads:
        kind, name = kind_and_name(value_of(quad.subject))
        if quad.predicate == _DIFFERENT:
            apart.add(frozenset((value_of(quad.subject), value_of(quad.object))))
        elif kind in _CALLED and quad.predicate.value in _NAMING:
            for written in (name, value_of(quad.object)):
                called[kind, skeleton(written)].setdefault(value_of(quad.subject), written)
    told: set[frozenset[str]] = set(apart)
    for (_, _), things in sorted(called.items()):
        nodes = sorted(things)
        for place, one in enumerate(nodes):
            for other in nodes[place + 1 :]:
                if frozenset((one, other)) not in told:
                    told.add(frozenset((one, other)))
                    yield compact(one), compact(other), things[one]


def skeleton(name: str) -> str:
    r"""What a name looks like: two names with one skeleton are hardly told apart by eye.

    >>> skeleton("Ada") == skeleton("\u0410d\u0430")
    True
    """
    plain = unicodedata.normalize("NFKD", name).casefold().translate(_LIKE)
    return "".join(char for char in plain if char.isalnum())
