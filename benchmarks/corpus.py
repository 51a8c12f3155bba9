"""A corpus of our own shape at any size: the shipped seeds, read again and again as other documents.

Each further copy of the seeds has Works, Documents, claims, evidence, citations and events of its own.
An actor or place that several Works of the shipped corpus speak of, and every fifth Work that is only cited,
is one and the same in all copies, as the big names of a field are; every other is of its copy alone.
Everything that follows (standing, roots, disagreements, facts) is computed by the functions of a build,
so each triple stands in one graph and all counts are true.  The last copy is cut to reach the size.

Not as in life: the words of a copy are those of the first, and so are its dates and numbers.

    python benchmarks/corpus.py 1000000 --out corpus.nq
    python benchmarks/corpus.py 1000000 --workspace FOLDER
"""

from __future__ import annotations

import argparse
import shutil
from collections import Counter
from dataclasses import replace
from functools import cached_property
from pathlib import Path

import pyoxigraph as ox

from copies import ITS_OWN, SHARED, Copy, deep, iris
from kg.analysis.references import WorkFinder, listed_works
from kg.analysis.standing import Entailment
from kg.assembly import add_analysis, add_facts, ontology_quads, quads
from kg.build import graph_files, graph_version
from kg.claims import ClaimsFile, Nodes
from kg.claims.gists import Labels
from kg.model import Iri
from kg.registry import Registry
from kg.seeds import Seeds, read_seeds
from kg.terms import ACES, kind_and_name
from kg.triples import (
    Graphs,
    add_claims,
    add_dataset,
    add_inferred,
    add_propositions,
    add_registry,
    add_showings,
)
from kg.workspace import Workspace

ROOT = Path(__file__).parents[1]


def generate(triples: int, *, workspace: Path = ROOT, seed: int = 1) -> Graphs:
    """All named graphs but ``ontology`` and ``shapes`` of a corpus that has about so many triples with the
    ontology.

    The same bytes for the same arguments and seeds; ``seed`` decides which claims the last, cut copy
    keeps.  A whole copy is measured first, so the size is right to a few per cent, and rough below a whole
    copy, since what the registry calls concepts is always whole.
    """
    source = Source(read_seeds(Workspace(workspace)), seed)
    wanted = triples - len(ontology_quads(source.seeds.workspace.ontology_folders))
    one = source.size(1.0)
    if wanted <= one:
        return source.assemble(wanted / one)
    return source.assemble(1.0 + (wanted - one) / (source.size(2.0) - one))


def generate_quads(triples: int, *, workspace: Path = ROOT, seed: int = 1) -> list[ox.Quad]:
    """The graphs of :func:`generate` and the ontology as quads, sorted."""
    graphs = generate(triples, workspace=workspace, seed=seed)
    found = [*quads(graphs), *ontology_quads(Workspace(workspace).ontology_folders)]
    return sorted(found, key=str)


def write_nquads(triples: int, out: Path, *, workspace: Path = ROOT, seed: int = 1) -> int:
    """Write the corpus with the ontology as sorted N-Quads; how many quads there are."""
    found = generate_quads(triples, workspace=workspace, seed=seed)
    out.parent.mkdir(parents=True, exist_ok=True)
    ox.serialize(found, out, format=ox.RdfFormat.N_QUADS)
    return len(found)


def write_workspace(triples: int, folder: Path, *, workspace: Path = ROOT, seed: int = 1) -> None:
    """Write the corpus as a workspace that ``kg`` can open: ``triples/``, and the texts under ``seeds/``.

    It cannot be built, since its claims files are not written.
    """
    source = Workspace(workspace)
    files = graph_files(generate(triples, workspace=workspace, seed=seed), source)
    made = folder / "triples"
    made.mkdir(parents=True, exist_ok=True)
    for name, content in files.items():
        (made / name).write_bytes(content)
    shutil.copytree(source.documents, folder / "seeds" / "documents", dirs_exist_ok=True)


class Source:
    """The seeds that are copied."""

    def __init__(self, seeds: Seeds, seed: int) -> None:
        self.seeds, self.seed = seeds, seed
        self._copies: dict[int, Copy] = {}

    @cached_property
    def shared(self) -> frozenset[Iri]:
        """Actors and places that several Works speak of, and every fifth Work without a document."""
        speaking: Counter[Iri] = Counter()
        observations = self.seeds.nodes().observations
        for file in self.seeds.files:
            speaking.update(set(deep(file.claims, observations)))
        spoken = {n for n, works in speaking.items() if works > 1 and kind_and_name(n)[0] in SHARED}
        cited = [work.iri for work in self.seeds.registry.works() if not work.documents]
        return frozenset(spoken.union(cited[::5]))

    def copy(self, number: int) -> Copy:
        """The copy of this number, from 1."""
        if number not in self._copies:
            self._copies[number] = Copy(number, self.seeds, self.shared)
        return self._copies[number]

    def size(self, copies: float) -> int:
        """How many triples so many copies give."""
        return sum(len(found) for found in self.assemble(copies).values())

    def assemble(self, copies: float) -> Graphs:
        """The graphs of so many copies, the last of them cut; :func:`kg.assembly.assemble` for many."""
        seeds = self.copied(copies)
        graphs, nodes = Graphs(), _used(seeds)
        add_registry(graphs, seeds.registry, seeds.texts)
        for file in seeds.files:
            add_claims(graphs, file)
            add_showings(graphs, file, seeds.registry)
        self._add_bibliographies(graphs, seeds)
        propositions = {p for claim in seeds.claims for p in claim.propositions}
        labels = Labels(seeds.registry, nodes)
        add_propositions(graphs, propositions, nodes, labels)
        entailment = Entailment(propositions, seeds.vocabulary, seeds.registry, nodes)
        add_analysis(graphs, seeds, entailment, labels)
        add_facts(graphs, ontology_quads(seeds.workspace.ontology_folders))
        add_inferred(graphs, seeds.registry, seeds.vocabulary)
        add_dataset(graphs, graph_version())
        return graphs

    def _add_bibliographies(self, graphs: Graphs, seeds: Seeds) -> None:
        """What each bibliography names, looked up once for all copies of a text."""
        finder = WorkFinder(self.seeds.registry)
        for file in self.seeds.files:
            listed = {work for text in file.texts.values() for work in listed_works(text, finder)}
            for copy in range(1, len(seeds.files) // len(self.seeds.files) + 1):
                renamed = self.copy(copy)
                for node in {renamed.node(work) for work in listed} & set(seeds.registry.entries):
                    work = renamed.node(file.work.iri)
                    graphs.add(f"work.{kind_and_name(work)[1]}", work, ACES + "lists", node)

    def copied(self, copies: float) -> Seeds:
        """The seeds of all copies together."""
        whole = int(copies)
        parts = [self.copy(number).files() for number in range(1, whole + 1)]
        if copies > whole:
            parts.append(self.copy(whole + 1).files(copies - whole, self.seed))
        files = [file for part in parts for file in part]
        texts = {name: text for file in files for name, text in file.texts.items()}
        registry = Registry(self.seeds.vocabulary)
        needed = {node for file in files for node in _named_in(file)}
        for entry in self.seeds.registry.entries.values():
            if entry.where.file == "ontology" or kind_and_name(entry.iri)[0] not in ITS_OWN | SHARED:
                registry.add(entry)
        for number in range(1, len(parts) + 1):
            self._add_entries(registry, self.copy(number), needed, whole=number <= whole)
        return replace(self.seeds, registry=registry, files=files, texts=texts, findings=[])

    def _add_entries(self, registry: Registry, copy: Copy, needed: set[Iri], *, whole: bool) -> None:
        """The entries of one copy; of a cut copy those that are needed, with all that these name."""
        entries = {copy.node(node): entry for node, entry in self.seeds.registry.entries.items()}
        ahead = list(entries) if whole else [node for node in entries if node in needed]
        while ahead:
            node = ahead.pop()
            if node not in registry.entries:
                registry.add(copy.entry(entries[node]))
                ahead += [found for found in iris(registry.entries[node]) if found in entries]


def _named_in(file: ClaimsFile) -> set[Iri]:
    """The individuals that a claims file names."""
    return set(deep([file.work.iri, file.claims, file.citations, file.figures], file.nodes.observations))


def _used(seeds: Seeds) -> Nodes:
    """The times, quantities and observations that claims and Works speak of."""
    every = seeds.nodes()
    used = set(deep([*seeds.claims, *seeds.registry.works()], every.observations))
    return Nodes(
        {node: time for node, time in every.times.items() if node in used},
        {node: wordings for node, wordings in every.quantities.items() if node in used},
        {node: found for node, found in every.observations.items() if node in used},
    )


def main() -> None:
    parser = argparse.ArgumentParser(description="Write a corpus of our own shape.")
    parser.add_argument("triples", type=int, help="about how many")
    parser.add_argument("--out", type=Path, help="write sorted N-Quads here")
    parser.add_argument("--workspace", type=Path, help="write a workspace that kg can open here")
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    if given.out is None and given.workspace is None:
        parser.error("say where: --out FILE or --workspace FOLDER")
    if given.out is not None:
        print(f"{write_nquads(given.triples, given.out, seed=given.seed):,} quads")
    if given.workspace is not None:
        write_workspace(given.triples, given.workspace, seed=given.seed)


if __name__ == "__main__":
    main()
