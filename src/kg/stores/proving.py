"""What a store holds, compared with what it should by count and by hash."""

from __future__ import annotations

from itertools import islice

from kg.stores.comparing import Comparison, Source, comparing
from kg.stores.remote import RemoteStore
from kg.stores.report import GraphProof, LoadReport

_EXAMPLES = 3


def prove(store: RemoteStore, source: Source) -> LoadReport:
    """Compare every graph of ours with what the store counts and gives back.

    Raises RemoteError or LimitError when the store fails.
    """
    counted, names = store.held(), source.graph_names()
    proofs = []
    with store.writer() as writer:
        for graph in sorted({*names, *counted}):
            with comparing(writer, source, graph, held=graph in counted) as found:
                proofs.append(_proof(graph, counted.get(graph, 0), found))
    return LoadReport(str(store.address), tuple(proofs))


def _proof(graph: str, counted: int, found: Comparison) -> GraphProof:
    examples = [f"- {line.decode().strip()}" for line in islice(found.missing, _EXAMPLES)]
    examples += [f"+ {line.decode().strip()}" for line in islice(found.extra, _EXAMPLES - len(examples))]
    return GraphProof(
        graph=graph,
        here=len(found.ours),
        held=len(found.theirs),
        counted=counted,
        sha256=found.ours.sha256,
        missing=len(found.missing),
        extra=len(found.extra),
        rewritten=found.rewritten,
        examples=tuple(examples),
    )
