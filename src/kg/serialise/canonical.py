"""Blank nodes named the same way every time, within a bounded time."""

from __future__ import annotations

import hashlib
import subprocess
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

import pyoxigraph as ox

from kg.errors import LimitError
from kg.terms import KG

GENID = f"{KG}.well-known/genid/"
MAX_SECONDS = 10.0
# Naming takes factorial time in the nodes that look alike; six take 30 milliseconds, eight three seconds.
_MAX_ALIKE = 6
_WORKER = """
import sys
sys.path.insert(0, sys.argv[1])
import pyoxigraph as ox
dataset = ox.Dataset(ox.parse(sys.stdin.buffer.read(), format=ox.RdfFormat.N_QUADS))
dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
sys.stdout.buffer.write(ox.serialize(dataset, format=ox.RdfFormat.N_QUADS))
"""


def graph_hash(quads: Iterable[ox.Quad]) -> str:
    """SHA-256 of the sorted canonical N-Quads (RDFC-1.0), the same for isomorphic graphs.

    Raises LimitError when the blank nodes cannot be told apart in time.

    >>> graph_hash([])[:8]
    'e3b0c442'
    """
    return hashlib.sha256(_canonical_lines(list(quads)).encode()).hexdigest()


def skolemise(quads: Iterable[ox.Quad]) -> list[ox.Quad]:
    """The quads with IRIs for blank nodes, sorted; the same IRIs whatever the blank nodes were called.

    Blank nodes that hang together are named by a hash of all that is said about them and their RDFC-1.0
    label, so an edit elsewhere does not rename them and two graphs do not share them.  Raises LimitError
    when they cannot be told apart in time.
    """
    named, groups = _by_component(set(quads))
    found = list(named)
    used: Counter[str] = Counter()
    for group in groups:
        found += _skolemised(group, used)
    return sorted(found, key=str)


def _skolemised(group: list[ox.Quad], used: Counter[str]) -> Iterator[ox.Quad]:
    """The quads of one component; ``used`` tells apart components that say the very same."""
    quads = _canonical(group)
    digest = hashlib.sha256(_lines(quads).encode()).hexdigest()[:16]
    name = f"{GENID}{digest}" + (f"-{used[digest]}" if used[digest] else "")
    used[digest] += 1

    def iri(term: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple) -> ox.NamedNode | ox.Literal:
        return ox.NamedNode(f"{name}-{term.value}") if isinstance(term, ox.BlankNode) else term  # type: ignore[return-value]

    for quad in quads:
        yield ox.Quad(iri(quad.subject), quad.predicate, iri(quad.object), quad.graph_name)  # type: ignore[arg-type]


def _by_component(quads: Iterable[ox.Quad]) -> tuple[list[ox.Quad], list[list[ox.Quad]]]:
    """Quads without blank nodes, and the others in groups that share none."""
    above: dict[ox.BlankNode, ox.BlankNode] = {}

    def root(node: ox.BlankNode) -> ox.BlankNode:
        while above.setdefault(node, node) != node:
            above[node] = above[above[node]]
            node = above[node]
        return node

    named: list[ox.Quad] = []
    blank: list[tuple[ox.BlankNode, ox.Quad]] = []
    for quad in quads:
        nodes = _blank_nodes(quad)
        for node in nodes[1:]:
            above[root(node)] = root(nodes[0])
        if nodes:
            blank.append((nodes[0], quad))
        else:
            named.append(quad)
    groups: dict[ox.BlankNode, list[ox.Quad]] = {}
    for node, quad in blank:
        groups.setdefault(root(node), []).append(quad)
    return named, list(groups.values())


def _blank_nodes(quad: ox.Quad) -> list[ox.BlankNode]:
    return [t for t in (quad.subject, quad.object, quad.graph_name) if isinstance(t, ox.BlankNode)]


def _canonical_lines(quads: list[ox.Quad]) -> str:
    return _lines(_canonical(quads))


def _lines(quads: Iterable[ox.Quad]) -> str:
    return "".join(sorted(f"{quad} .\n" for quad in quads))


def _canonical(quads: list[ox.Quad]) -> list[ox.Quad]:
    """The quads with RDFC-1.0 labels; in a process of its own, with a deadline, when that may take long."""
    if _alike(quads) > _MAX_ALIKE:
        return _canonical_elsewhere(quads)
    dataset = ox.Dataset(quads)
    dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    return list(dataset)


def _alike(quads: list[ox.Quad]) -> int:
    """How many blank nodes have a twin as far as their own quads tell."""
    said: dict[ox.BlankNode, list[str]] = {}
    for quad in quads:
        for node in set(_blank_nodes(quad)):
            said.setdefault(node, []).append(_seen_from(node, quad))
    looks = Counter("\n".join(sorted(lines)) for lines in said.values())
    return sum(count for count in looks.values() if count > 1)


def _seen_from(node: ox.BlankNode, quad: ox.Quad) -> str:
    terms = (quad.subject, quad.predicate, quad.object, quad.graph_name)
    return " ".join(
        ("_:a" if term == node else "_:z") if isinstance(term, ox.BlankNode) else str(term) for term in terms
    )


def _canonical_elsewhere(quads: list[ox.Quad]) -> list[ox.Quad]:
    home = str(Path(ox.__file__).parents[1])
    text = ox.serialize(quads, format=ox.RdfFormat.N_QUADS)
    try:
        done = subprocess.run(
            [sys.executable, "-I", "-c", _WORKER, home],
            input=text,
            capture_output=True,
            timeout=MAX_SECONDS,
            check=True,
        )
    except (subprocess.TimeoutExpired, subprocess.CalledProcessError):
        raise LimitError(
            f"the blank nodes cannot be told apart within {MAX_SECONDS:g} seconds", fix="give them names"
        ) from None
    return list(ox.parse(done.stdout, format=ox.RdfFormat.N_QUADS))
