"""HermiT, the reasoner that the package owlready2 carries, run as the Java program that it is.

owlready2 itself never sees the graph: it would fetch ``owl:imports``, import the Python modules that an
annotation names, wait without end, and leave its file behind when the graph is inconsistent.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

from kg.display import printable
from kg.errors import KgError, LimitError, MissingProgramError, WrongError
from kg.model import Iri
from kg.reasoning.vocabulary import DATATYPES, NEVER_FOLLOWED, OWL, RDF, XSD
from kg.serialise import value_of

if TYPE_CHECKING:
    import pyoxigraph

MAX_SECONDS = 300.0
# A run takes a few seconds, most of them to start up, which these options halve.
_QUICK_START = ("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-XX:-UsePerfData", "-Dfile.encoding=UTF-8")
_MAIN = "org.semanticweb.HermiT.cli.CommandLine"
_CLASSIFY = ("--classify", "--classifyOPs", "--classifyDPs")
_EMPTY = re.compile(r"^Equivalent(?:Classes|ObjectProperties|DataProperties)\( .*$", re.MULTILINE)
# HermiT opens some names with > where it means <.
_NAME = re.compile(r"[<>]([^<>\s]+)>")
_BOTTOMS = frozenset(OWL + name for name in ("Nothing", "bottomObjectProperty", "bottomDataProperty"))
_THROWN = re.compile(r'^Exception in thread "main" (?P<kind>[\w.$]+)(?:: (?P<message>.*))?$', re.MULTILINE)
_INCONSISTENT = "InconsistentOntologyException"
_TEXTS = frozenset((XSD + "string", RDF + "langString"))


@dataclass(frozen=True, slots=True)
class Verdict:
    """What HermiT says: whether there is a model, and the classes and properties that are empty in all."""

    consistent: bool
    unsatisfiable: tuple[Iri, ...] = ()


def java() -> str:
    """The path of the ``java`` program. Raises MissingProgramError when there is none."""
    found = shutil.which("java")
    if found is None:
        raise MissingProgramError(
            "HermiT needs Java, and there is no java here", fix="install a Java runtime (17 or newer)"
        )
    return found


def hermit_version() -> str:
    """The version that HermiT itself prints. Raises MissingProgramError when Java is missing or broken."""
    done = _run("-jar", str(_folder() / "HermiT.jar"), "--version", seconds=60)
    if done.returncode or not done.stdout.strip():
        raise _fault(done)
    return done.stdout.split()[0]


def prove(
    quads: Iterable[pyoxigraph.Quad], *, seconds: float = MAX_SECONDS, memory_mb: int | None = None
) -> Verdict:
    """Whether an ontology with its data has a model.

    Nothing is fetched or imported, whatever the quads say; literals of datatypes that OWL 2 does not know
    are left out.  ``memory_mb`` is Java's (a quarter of the machine's when left out).  Raises
    MissingProgramError without Java, LimitError when time or memory run out, and WrongError when HermiT
    cannot read the graph.
    """
    import pyoxigraph

    java()
    triples = (triple for quad in quads if (triple := _for_hermit(quad)))
    memory = () if memory_mb is None else (f"-Xmx{memory_mb}m",)
    with tempfile.TemporaryDirectory(prefix="kg-hermit-") as folder:
        path = Path(folder) / "graph.nt"
        pyoxigraph.serialize(triples, path, format=pyoxigraph.RdfFormat.N_TRIPLES)
        classes = os.pathsep.join((str(_folder()), str(_folder() / "HermiT.jar")))
        done = _run(*memory, "-cp", classes, _MAIN, *_CLASSIFY, path.as_uri(), seconds=seconds)
    if done.returncode == 0:
        return Verdict(True, tuple(_empty_terms(done.stdout)))
    thrown = _THROWN.search(done.stderr)
    if thrown and thrown["kind"].endswith(_INCONSISTENT):
        return Verdict(False)
    raise _fault(done)


def _folder() -> Path:
    """Where owlready2 keeps HermiT; found without importing it."""
    spec = find_spec("owlready2")
    if spec is None or spec.origin is None:
        raise MissingProgramError("HermiT comes with owlready2, which is not installed", fix="install it")
    return Path(spec.origin).parent / "hermit"


def _run(*words: str, seconds: float) -> subprocess.CompletedProcess[str]:
    command = [java(), *_QUICK_START, *words]
    try:
        return subprocess.run(
            command, capture_output=True, encoding="utf-8", errors="replace", timeout=seconds, check=False
        )
    except subprocess.TimeoutExpired:
        raise LimitError(
            f"HermiT found no answer within {seconds:g} seconds", fix="prove a smaller graph"
        ) from None
    except OSError as fault:
        raise MissingProgramError(
            f"java cannot be run: {fault.strerror}", where=command[0], fix="mend the Java runtime"
        ) from None


def _fault(done: subprocess.CompletedProcess[str]) -> KgError:
    """Why there is no verdict, from what Java wrote."""
    thrown = _THROWN.search(done.stderr)
    if "OutOfMemoryError" in done.stderr or "Too small" in done.stderr:
        return LimitError("HermiT ran out of memory", fix="give Java more: JDK_JAVA_OPTIONS=-Xmx4g")
    if thrown and "UnsupportedClassVersionError" not in done.stderr:
        message = thrown["message"] or thrown["kind"]
        return WrongError(f"HermiT cannot read the graph: {printable(message)}", fix="mend that triple")
    last = printable((done.stderr.strip() or done.stdout.strip() or "no word").splitlines()[0])
    return MissingProgramError(f"java failed: {last}", fix="mend the Java runtime (17 or newer)")


def _empty_terms(output: str) -> list[Iri]:
    """The classes and properties that HermiT lists as equivalent to the empty ones."""
    empty: set[Iri] = set()
    for line in _EMPTY.findall(output):
        names = set(_NAME.findall(line))
        if names & _BOTTOMS:
            empty |= names - _BOTTOMS
    return sorted(empty)


def _for_hermit(quad: pyoxigraph.Quad) -> pyoxigraph.Triple | None:
    """The triple as HermiT can take it, or nothing when it must not or cannot see it."""
    import pyoxigraph

    value = quad.object
    if value_of(quad.predicate) in NEVER_FOLLOWED or isinstance(value, pyoxigraph.Triple):
        return None
    if not isinstance(value, pyoxigraph.Literal):
        return quad.triple
    if value.datatype.value not in DATATYPES:
        return None
    if value.datatype.value not in _TEXTS:
        return quad.triple
    # Its reader takes "\n" for "n" and refuses control characters; only which texts are equal matters here.
    text = quote(value.value, safe=" ")
    return pyoxigraph.Triple(quad.subject, quad.predicate, pyoxigraph.Literal(text, language=value.language))
