"""Finding a thing by what people call it: local name, label, alias or IRI."""

from __future__ import annotations

import re
from collections.abc import Iterable

from kg.errors import UnknownNameError
from kg.model import Iri
from kg.terms import kind_and_name


def fold(name: str) -> str:
    """A name as names are compared: case, quotes and white space do not count."""
    return re.sub(r"\s+", " ", re.sub(r"[’‘`´]", "'", name)).strip().casefold()


def suggestion(name: str, known: Iterable[str], least: int = 60) -> str:
    """``did you mean 'x'?`` for the nearest known word that is so like it, in percent, or an empty string."""
    from rapidfuzz import fuzz, process

    best = process.extractOne(str(name), [str(k) for k in known], scorer=fuzz.ratio, score_cutoff=least)
    return f"did you mean {best[0]!r}?" if best else ""


class NameIndex:
    """What every individual is called, by kind."""

    def __init__(self) -> None:
        """An index of nothing yet."""
        self._nodes: dict[str, dict[str, Iri]] = {}
        self._called: dict[str, dict[str, set[Iri]]] = {}
        self._spellings: dict[str, dict[str, None]] = {}

    def add(self, node: Iri, names: Iterable[str]) -> None:
        """Take in an individual with its label and aliases."""
        kind, local = kind_and_name(node)
        self._nodes.setdefault(kind, {})[local] = node
        called = self._called.setdefault(kind, {})
        spellings = self._spellings.setdefault(kind, {})
        for name in (local, *names):
            called.setdefault(fold(name), set()).add(node)
            spellings[name] = None

    def join(self, gone: Iri, kept: Iri) -> None:
        """Whatever finds one thing finds another from now on, which it is one with."""
        for nodes in self._nodes.values():
            nodes.update((local, kept) for local, node in list(nodes.items()) if node == gone)
        for called in self._called.values():
            for nodes_so_called in called.values():
                if gone in nodes_so_called:
                    nodes_so_called.remove(gone)
                    nodes_so_called.add(kept)

    def find(self, name: str, kinds: Iterable[str]) -> Iri:
        """The one thing of these kinds that is meant.

        ``name`` is a local name, ``kind/name``, ``kind:name``, a label, an alias or an IRI; a local name
        wins over a label or alias, an earlier kind over a later one.  Raises UnknownNameError with the
        nearest name, or with the candidates when several things of a kind carry the name.
        """
        name, kinds = self._split_kind(name, tuple(kinds))
        for kind in kinds:
            if name in self._nodes.get(kind, {}):
                return self._nodes[kind][name]
        for kind in kinds:
            candidates = sorted(self._called.get(kind, {}).get(fold(name), ()))
            if len(candidates) == 1:
                return candidates[0]
            if candidates:
                shown = ", ".join("/".join(kind_and_name(node)) for node in candidates)
                raise UnknownNameError(f"{name!r} is ambiguous", fix=f"write one of: {shown}")
        spellings = [spelling for kind in kinds for spelling in self._spellings.get(kind, ())]
        what = " or ".join(kinds) if len(kinds) <= 4 else "thing"
        raise UnknownNameError(f"there is no {what} called {name!r}", fix=suggestion(name, spellings))

    def _split_kind(self, name: str, kinds: tuple[str, ...]) -> tuple[str, tuple[str, ...]]:
        kind, local = kind_and_name(name)
        if kind:
            return local, (kind,)
        kind, mark, rest = name.partition("/" if "/" in name else ":")
        return (rest, (kind,)) if mark and kind in self._nodes else (name, kinds)
