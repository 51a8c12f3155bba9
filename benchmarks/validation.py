"""Times validation side by side: one new claim against a large graph, a whole graph, and what the peers take.

Each measurement is a process of its own, so that its memory is its own.  Generated corpora of our own shape
(see ``corpus.py``); shapes are the real ones.  Run with ``make bench``, or alone:

    python benchmarks/validation.py --sizes 100000,1000000
"""

from __future__ import annotations

import argparse
import json
import random
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import pyoxigraph as ox

from kg.serialise import triples_of
from kg.shacl import Validator
from kg.stores.local import LocalStore
from kg.terms import ACES, KG, PREFIXES, content_hash, iri
from kg.validation import addition_of, read_shapes, validate_addition
from kg.workspace import Workspace, core_folder

ROOT = Path(__file__).parents[1]
OA, RDFS, RDF = PREFIXES["oa"], PREFIXES["rdfs"], PREFIXES["rdf"]
COMPUTED = {"byline", "quotation", "leadEvidence"}
CLAIMS, ROUNDS = 100, 3


@dataclass(frozen=True)
class Opened:
    """A corpus as validation wants it: the store, the shapes, and where the texts are."""

    file: Path

    @cached_property
    def workspace(self) -> Workspace:
        return Workspace(core_folder())

    @cached_property
    def local(self) -> LocalStore:
        store = ox.Store()
        store.bulk_load(path=self.file, format=ox.RdfFormat.N_QUADS)
        return LocalStore(store, ox.Store())

    @cached_property
    def validator(self) -> Validator:
        return Validator(read_shapes(self.workspace))


# --- new claims ----------------------------------------------------------------------------------


@dataclass(frozen=True)
class Claims:
    """Makes claims that somebody may add: the words of one that is there, cut shorter, saying a new thing."""

    data: ox.Store

    def one(self, subject: str, predicate: str) -> ox.NamedNode | ox.Literal | None:
        quads = self.data.quads_for_pattern(ox.NamedNode(subject), ox.NamedNode(predicate), None, None)
        return next((quad.object for quad in quads), None)  # type: ignore[return-value]

    def spread(self, count: int) -> list[str]:
        """Claims that affirm something for certain, from all over the corpus."""
        quads = self.data.quads_for_pattern(None, ox.NamedNode(ACES + "affirms"), None, None)
        found = sorted({q.subject.value for q in quads if self._is_plain(q.subject.value)})
        return found[:: max(1, len(found) // count)][:count]

    def _is_plain(self, claim: str) -> bool:
        modality = self.one(claim, ACES + "modality")
        return modality == ox.NamedNode(iri("modality", "assertion")) and not self.one(
            claim, ACES + "condition"
        )

    def new(self, old: str, number: int) -> str:
        """N-Triples of a new claim: about 25."""
        node = f"<{old}-new{number}>"
        lines = [f'{node} <{RDFS}label> "A new claim {number}"@en .']
        for quad in self.data.quads_for_pattern(ox.NamedNode(old), None, None, None):
            name = quad.predicate.value.removeprefix(ACES)
            if quad.predicate.value == RDFS + "label" or name in {"affirms", "evidence", *COMPUTED}:
                continue
            lines.append(f"{node} {quad.predicate} {quad.object} .")
        lines += [*self._evidence(old, node), *self._proposition(old, node, number)]
        return "\n".join(dict.fromkeys(lines)) + "\n"

    def _evidence(self, old: str, claim: str) -> Iterator[str]:
        evidence = self.one(old, ACES + "evidence").value  # type: ignore[union-attr]
        document = self.one(evidence, OA + "hasSource")
        start = self.one(evidence + ".position", OA + "start").value  # type: ignore[union-attr]
        exact = self.one(evidence + ".quote", OA + "exact").value[:-1]  # type: ignore[union-attr]
        end = int(start) + len(exact)
        name = f"{KG}evidence/{document.value.rpartition('/')[2]}.{start}-{end}"  # type: ignore[union-attr]
        words = ox.Literal(exact)
        yield f"{claim} <{ACES}evidence> <{name}> ."
        yield f"<{name}> <{RDF}type> <{ACES}Evidence> ."
        yield f'<{name}> <{RDFS}label> "some words"@en .'
        yield f"<{name}> <{OA}hasSource> {document} ."
        yield f"<{name}> <{OA}hasSelector> <{name}.position> , <{name}.quote> .".replace(
            " , ", f" .\n<{name}> <{OA}hasSelector> "
        )
        yield f"<{name}.position> <{RDF}type> <{OA}TextPositionSelector> ."
        yield f"<{name}.position> <{OA}start> {ox.Literal(int(start))} ."
        yield f"<{name}.position> <{OA}end> {ox.Literal(end)} ."
        yield f"<{name}.quote> <{RDF}type> <{OA}TextQuoteSelector> ."
        yield f"<{name}.quote> <{OA}exact> {words} ."

    def _proposition(self, old: str, claim: str, number: int) -> Iterator[str]:
        stated = self.one(old, ACES + "affirms").value  # type: ignore[union-attr]
        subject, predicate, value = (self.one(stated, ACES + n) for n in ("subject", "predicate", "object"))
        fellows = [
            o.object
            for q in self.data.quads_for_pattern(None, ox.NamedNode(ACES + "predicate"), predicate, None)
            for o in self.data.quads_for_pattern(q.subject, ox.NamedNode(ACES + "object"), None, None)
        ][:: max(1, number)][:50]
        chance = random.Random(number)
        value = chance.choice(fellows) if fellows else value
        name = iri("proposition", content_hash(subject.value, predicate.value, value.value))  # type: ignore[union-attr]
        yield f"{claim} <{ACES}affirms> <{name}> ."
        yield f"<{name}> <{RDF}type> <{ACES}Proposition> ."
        yield f"<{name}> <{ACES}subject> {subject} ."
        yield f"<{name}> <{ACES}predicate> {predicate} ."
        yield f"<{name}> <{ACES}object> {value} ."
        if not any(self.data.quads_for_pattern(ox.NamedNode(name), ox.NamedNode(RDFS + "label"), None, None)):
            yield f'<{name}> <{RDFS}label> "a possible fact"@en .'


def with_new_actor(text: str, number: int) -> str:
    """The claim about somebody new, whose name is compared with all that are known."""
    actor = f"<{KG}actor/newcomer-{number}>"
    claim = text.split(" ", 1)[0]
    return text + (
        f"{actor} <{RDF}type> <{ACES}Person> .\n"
        f'{actor} <{RDFS}label> "Newcomer Quillfeather {number}"@en .\n'
        f"{claim} <{ACES}about> {actor} .\n"
    )


def with_a_slip(text: str, number: int) -> str:
    """The claim with a letter lost in a name, for which the nearest known one is looked for."""
    return text.replace(f"<{ACES}statedIn> <{KG}work/", f"<{ACES}statedIn> <{KG}work/x", 1)


KINDS = {
    "a right claim": lambda text, number: text,
    "with a new actor": with_new_actor,
    "with a slip": with_a_slip,
}


# --- measurements, each in a process of its own --------------------------------------------------


def incremental(file: Path) -> dict[str, object]:
    """Milliseconds of one new claim, warm, file's bytes in and report out."""
    graph = Opened(file)
    claims = Claims(graph.local.data)
    texts = [claims.new(old, n) for n, old in enumerate(claims.spread(CLAIMS), 1)]
    found: dict[str, object] = {}
    for kind, change in KINDS.items():
        made = [change(text, n).encode() for n, text in enumerate(texts)]
        taken, busy, triples, wrong = [], [], [], 0
        for turn in range(ROUNDS + 1):
            for number, content in enumerate(made):
                start, begun = time.perf_counter(), time.process_time()
                addition = addition_of(content, "nt", f"{number}.nt")
                report = validate_addition(graph, addition)
                if turn:
                    taken.append(1000 * (time.perf_counter() - start))
                    busy.append(1000 * (time.process_time() - begun))
                    triples.append(len(addition.quads))
                    wrong += not report.conforms
        cut = statistics.quantiles(taken, n=20)
        found[kind] = {
            "median": statistics.median(taken),
            "p95": cut[-1],
            "cpu": statistics.median(busy),
            "triples": statistics.median(triples),
            "claims": len(taken),
            "not conforming": wrong,
        }
    return found


def full(file: Path) -> dict[str, object]:
    """Seconds and memory of a whole graph, shapes compiled first, loading apart."""
    graph = Opened(file)
    start = time.perf_counter()
    data = graph.local.data
    loaded = time.perf_counter() - start
    validator = graph.validator
    start, begun = time.perf_counter(), time.process_time()
    findings = validator.findings(data)
    taken, busy = time.perf_counter() - start, time.process_time() - begun
    return {"seconds": taken, "cpu": busy, "loading": loaded, "findings": len(findings)}


def damaged(file: Path) -> dict[str, object]:
    """The findings of both engines on a graph with planted faults, and what each takes."""
    from kg.shacl import plain_shacl_findings

    graph = Opened(file)
    data = graph.local.data
    plant_faults(data)
    start = time.perf_counter()
    ours = graph.validator.findings(data)
    fast = time.perf_counter() - start
    plain = _rdflib_graph(data)
    shapes = read_shapes(graph.workspace)
    start = time.perf_counter()
    theirs = plain_shacl_findings(plain, shapes)
    slow = time.perf_counter() - start
    return {
        "ours": fast,
        "pyshacl": slow,
        "triples": len(plain),
        "findings": len(ours),
        "rules": len({finding.rule for finding in ours}),
        "same": ours == theirs,
    }


def plant_faults(data: ox.Store) -> None:
    """Every 40th triple of claims, evidence and propositions is lost or gets another's value."""
    chance = random.Random(1)
    kinds = tuple(f"{KG}{kind}/" for kind in ("claim", "evidence", "proposition", "quantity", "time"))
    quads = sorted((q for q in data if q.subject.value.startswith(kinds)), key=str)
    for quad in quads[::40]:
        data.remove(quad)
        if chance.random() < 0.5:
            other = chance.choice(quads)
            data.add(ox.Quad(quad.subject, quad.predicate, other.object, quad.graph_name))


def _rdflib_graph(data: ox.Store):  # type: ignore[no-untyped-def]
    from rdflib import Graph

    graph = Graph()
    for triple in triples_of(data):
        graph.add(triple)
    return graph


def pyshacl_full(file: Path) -> dict[str, object]:
    """Seconds of one full run of pySHACL on rdflib."""
    from kg.shacl import plain_shacl_findings

    graph = Opened(file)
    plain, shapes = _rdflib_graph(graph.local.data), read_shapes(graph.workspace)
    start = time.perf_counter()
    findings = plain_shacl_findings(plain, shapes)
    return {"seconds": time.perf_counter() - start, "findings": len(findings)}


def pyshacl_focus(file: Path) -> dict[str, object]:
    """Milliseconds of pySHACL for the nodes of one new claim, class by class with ``use_shapes``."""
    import pyshacl
    from rdflib import URIRef
    from rdflib.namespace import RDF as TYPES
    from rdflib.namespace import SH

    graph = Opened(file)
    data = graph.local.data
    claims = Claims(data)
    plain, shapes = _rdflib_graph(data), read_shapes(graph.workspace)
    by_class = {
        cls: list(shapes.subjects(SH.targetClass, cls)) for cls in shapes.objects(None, SH.targetClass)
    }
    taken = []
    for number, old in enumerate(claims.spread(5), 1):
        addition = addition_of(claims.new(old, number).encode(), "nt", "n.nt")
        new = list(triples_of(addition.quads))
        start = time.perf_counter()
        for triple in new:
            plain.add(triple)
        for cls, named in by_class.items():
            nodes = [URIRef(s) for s in addition.subjects if (URIRef(s), TYPES.type, cls) in plain]
            if nodes:
                use = [str(shape) for shape in named]
                pyshacl.validate(plain, shacl_graph=shapes, use_shapes=use, focus_nodes=nodes, inplace=True)
        taken.append(1000 * (time.perf_counter() - start))
        for triple in new:
            plain.remove(triple)
    return {"median": statistics.median(taken)}


def pyrudof_full(file: Path) -> dict[str, object]:
    """Seconds of one full run of pyrudof, where it is installed; it runs not all SPARQL constraints."""
    import pyrudof

    graph = Opened(file)
    shapes = read_shapes(graph.workspace).serialize(format="turtle")
    lines = b"\n".join(f"{q.subject} {q.predicate} {q.object} .".encode() for q in graph.local.data)
    rudof = pyrudof.Rudof(pyrudof.RudofConfig())
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "data.nt").write_bytes(lines)
        (Path(folder) / "shapes.ttl").write_text(shapes, encoding="utf-8")
        start = time.perf_counter()
        rudof.read_data(Path(folder) / "data.nt", pyrudof.RDFFormat.NTriples)
        rudof.read_shacl(Path(folder) / "shapes.ttl", pyrudof.ShaclFormat.Turtle)
        report = rudof.validate_shacl()
        return {"seconds": time.perf_counter() - start, "findings": len(report)}


MEASURES = {
    measure.__name__: measure
    for measure in (incremental, full, damaged, pyshacl_full, pyshacl_focus, pyrudof_full)
}


def measured(name: str, file: Path, bound: float) -> dict[str, object]:
    """A measurement in a child process; ``late`` when it took longer than the bound, ``failed`` with why."""
    command = [sys.executable, __file__, "--measure", name, "--file", str(file)]
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=bound, check=False)
    except subprocess.TimeoutExpired:
        return {"late": bound}
    if done.returncode:
        return {"failed": (done.stderr.strip().splitlines() or ["no word"])[-1][:120]}
    return dict(json.loads(done.stdout.splitlines()[-1]))


# --- the table -----------------------------------------------------------------------------------


def corpus_file(size: int, folder: Path) -> Path:
    """The corpus of a size, generated where it is not there yet."""
    file = folder / f"corpus-{size}.nq"
    if not file.exists():
        script = Path(__file__).parent / "corpus.py"
        subprocess.run(
            [sys.executable, str(script), str(size), "--out", str(file)], check=True, capture_output=True
        )
    return file


def told(result: dict[str, object], key: str = "seconds", unit: str = "s") -> str:
    """A figure, or why there is none."""
    if "late" in result:
        return f"more than {result['late']:.0f} s (stopped)"
    if "failed" in result:
        return f"failed: {result['failed']}"
    return f"{result[key]:.2f} {unit}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--sizes", default="100000,1000000")
    parser.add_argument("--folder", type=Path, help="where corpora are kept between runs")
    parser.add_argument("--bound", type=float, default=600, help="seconds after which a peer is stopped")
    parser.add_argument("--measure", choices=MEASURES, help=argparse.SUPPRESS)
    parser.add_argument("--file", type=Path, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.measure:
        result = MEASURES[given.measure](given.file)
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(json.dumps({**result, "peak": peak}))
        return
    with tempfile.TemporaryDirectory() as scratch:
        show([int(size) for size in given.sizes.split(",")], given.folder or Path(scratch), given.bound)


def show(sizes: list[int], folder: Path, bound: float) -> None:
    """Run everything and print the table."""
    small, large = sizes[0], sizes[-1]
    print("one new claim (bytes in, report out), warm, milliseconds")
    medians = {}
    for size in sizes:
        result = measured("incremental", corpus_file(size, folder), 3 * bound)
        for kind in KINDS:
            one = result.get(kind)
            if not isinstance(one, dict):
                print(f"  {size:>9,} triples: {told(result)}")
                break
            medians[size, kind] = one["median"]
            print(
                f"  {size:>9,} triples, {kind:<17} median {one['median']:6.1f}"
                f"  95 % {one['p95']:6.1f}  CPU {one['cpu']:6.1f}"
                f"  ({one['triples']:.0f} triples, {one['claims']} runs, {one['not conforming']} at fault)"
            )
    for kind in KINDS:
        print(f"  {kind}: {medians[large, kind] / medians[small, kind]:.2f} times the time in the largest")
    print("whole graph, seconds")
    for size in sizes:
        result = measured("full", corpus_file(size, folder), 3 * bound)
        memory = f" (CPU {result['cpu']:.2f}), peak {result['peak']:.0f} MB" if "cpu" in result else ""
        print(f"  {size:>9,} triples, kg validate's engine    {told(result)}{memory}")
    pair = measured("damaged", corpus_file(10_000, folder), bound)
    if "same" in pair:
        print(
            f"  {pair['triples']:>9,} triples with planted faults: {pair['findings']} findings of"
            f" {pair['rules']} rules, {'the same' if pair['same'] else 'NOT the same'} as pySHACL's;"
            f" {pair['ours']:.2f} s, pySHACL {pair['pyshacl']:.1f} s"
        )
    else:
        print(f"  planted faults: {told(pair)}")
    print("peers")
    whole = measured("pyshacl_full", corpus_file(small, folder), bound)
    print(f"  {small:>9,} triples, pySHACL, full                {told(whole)}")
    seconds = float(str(whole.get("seconds", whole.get("late", 0))))
    ours = medians[small, "a right claim"] / 1000
    print(f"    so one new claim is validated at least {seconds / ours:,.0f} times as fast")
    focus = measured("pyshacl_focus", corpus_file(small, folder), bound)
    print(f"  {small:>9,} triples, pySHACL, one claim by class   {told(focus, 'median', 'ms')}")
    rudof = measured("pyrudof_full", corpus_file(small, folder), bound)
    print(f"  {small:>9,} triples, pyrudof, full                {told(rudof)}")


if __name__ == "__main__":
    main()
