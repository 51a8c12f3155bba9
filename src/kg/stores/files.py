"""The files of a built graph as a source to load from, read as they are needed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox

from kg.errors import StoreError, UnreadableError, WrongError
from kg.serialise.reading import file_fault


class GraphFiles:
    """TriG files with one named graph each; memory does not grow with them."""

    def __init__(self, paths: list[Path]) -> None:
        """The graphs of these files. Raises UnreadableError for no TriG, WrongError for two graphs in one."""
        self._files: dict[str, Path] = {}
        for path in paths:
            first = next(_parsed(path), None)
            if first is not None:
                self._files[first.graph_name.value] = path  # type: ignore[union-attr]  # checked in _parsed

    def graph_names(self) -> list[str]:
        """The IRIs of the graphs that hold anything, sorted."""
        return sorted(self._files)

    def quads(self, graph: str) -> Iterator[ox.Quad]:
        """The quads of one graph, none for a graph that is not here."""
        return _parsed(self._files[graph]) if graph in self._files else iter(())


def _parsed(path: Path) -> Iterator[ox.Quad]:
    graph = None
    try:
        for quad in ox.parse(path=path, format=ox.RdfFormat.TRIG):
            if graph is None:
                graph = quad.graph_name
            if quad.graph_name != graph or not isinstance(graph, ox.NamedNode):
                raise WrongError(
                    "this file does not hold one named graph", where=str(path), fix="run: kg build"
                )
            yield quad
    except FileNotFoundError:
        raise UnreadableError("there is no such file", where=str(path), fix="run: kg build") from None
    except SyntaxError as error:
        raise file_fault(error, path, "trig") from None
    except OSError as error:
        raise StoreError(f"it cannot be read: {error}", where=str(path)) from None
