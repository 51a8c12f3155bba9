"""A small workspace that a test may write in: the ferry corpus, or a text and claims of the test's own."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from kg.claims import ClaimsFile, load_claims
from kg.model import Finding, Proposition
from kg.registry import Registry, load_registry
from kg.seeds import Seeds, read_seeds
from kg.terms import ACES, KG
from kg.vocabulary import Vocabulary, load_vocabulary, ontology_files
from kg.workspace import Workspace, core_folder

CORPUS = Path(__file__).parent / "corpus"
CLAIMS = "seeds/claims/ferry.yaml"
Told = tuple[str, str]


@cache
def core_vocabulary() -> Vocabulary:
    """What the shipped ontology says, read once for all tests."""
    return load_vocabulary(ontology_files([core_folder() / "ontology"]))


@dataclass(frozen=True)
class SmallWorld:
    """A workspace in a folder of its own, with one Work ``ferry-2019`` and its document ``ferry``."""

    root: Path

    @property
    def claims(self) -> Path:
        return self.root / CLAIMS

    @property
    def workspace(self) -> Workspace:
        return Workspace(self.root)

    def replace(self, old: str, new: str, file: str = CLAIMS) -> None:
        """Put other words in a file, where the old ones stand once."""
        path = self.root / file
        text = path.read_text(encoding="utf-8")
        assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {file}"
        path.write_text(text.replace(old, new), encoding="utf-8")

    def place(self, words: str, file: str = CLAIMS) -> str:
        """``file:line:column`` of words that stand once in a file."""
        text = (self.root / file).read_text(encoding="utf-8")
        assert text.count(words) == 1, f"{words!r} stands {text.count(words)} times in {file}"
        before = text[: text.index(words)]
        return f"{file}:{before.count(chr(10)) + 1}:{len(before) - before.rfind(chr(10))}"

    def register(self, name: str, *lines: str) -> None:
        """Add entries to a file of the registry."""
        with (self.root / "seeds" / "registry" / f"{name}.yaml").open("a", encoding="utf-8") as file:
            file.writelines(f"{line}\n" for line in lines)

    def write(self, text: str, claims: str, head: str = "") -> None:
        """Another text for the document ``ferry``, and the entries of its claims file."""
        works = self.root / "seeds" / "registry" / "works.yaml"
        old = hashlib.sha256(self._text("ferry").read_bytes()).hexdigest()
        self._text("ferry").write_text(text, encoding="utf-8")
        new = hashlib.sha256(text.encode()).hexdigest()
        works.write_text(works.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
        self.claims.write_text(f"document: ferry\n{head}claims:\n{claims}", encoding="utf-8")

    def add_copy(self, name: str, text: str) -> None:
        """One more document of the Work ``ferry-2019``."""
        self._text(name).write_text(text, encoding="utf-8")
        entry = f"    {name}: {self._document(name, text)}"
        self.replace("  documents:\n", f"  documents:\n{entry}\n", "seeds/registry/works.yaml")

    def add_work(self, name: str, text: str, claims: str) -> None:
        """One more Work with one document of its name, and its claims file."""
        self._text(name).write_text(text, encoding="utf-8")
        self.register(
            "works",
            f"work-{name}:",
            f"  label: The {name}",
            "  kind: article",
            "  authors: [coastguard]",
            "  issued: 2020-05-01",
            "  reliability: {grade: F, assessor: the test, reason: it was written for the test}",
            f"  documents: {{{name}: {self._document(name, text)}}}",
        )
        path = self.claims.with_name(f"{name}.yaml")
        path.write_text(f"document: {name}\nclaims:\n{claims}", encoding="utf-8")

    def _text(self, name: str) -> Path:
        return self.root / "seeds" / "documents" / f"{name}.txt"

    def _document(self, name: str, text: str) -> str:
        digest = hashlib.sha256(text.encode()).hexdigest()
        return f"{{file: {name}.txt, sha256: {digest}, language: en}}"

    def registry(self) -> Registry:
        folder = self.root / "seeds" / "registry"
        return load_registry(folder, core_vocabulary(), self.workspace.show)

    def load(self) -> ClaimsFile:
        """The claims file ``ferry.yaml``, read with the registry as it is now."""
        return load_claims(self.claims, CLAIMS, self.registry(), self.root / "seeds" / "documents")

    def loads(self) -> ClaimsFile:
        """As :meth:`load`, and nothing is wrong with it."""
        file = self.load()
        assert violations(file.findings) == []
        return file

    def seeds(self) -> Seeds:
        """All seeds; nothing is wrong with them."""
        seeds = read_seeds(self.workspace)
        assert seeds.faults() == []
        return seeds


def small_world(folder: Path) -> SmallWorld:
    """A copy of the ferry corpus in a folder."""
    shutil.copytree(CORPUS / "seeds", folder / "seeds")
    return SmallWorld(folder)


def violations(findings: Iterable[Finding]) -> list[Told]:
    """Rule and place of each violation."""
    return [(f.rule, str(f.where)) for f in findings if f.severity == "violation"]


def shown(proposition: Proposition) -> str:
    """A Proposition in local names; what is named by its content is shown by its kind alone."""
    return " ".join(_shown(node) for node in (proposition.subject, proposition.predicate, proposition.object))


def _shown(node: str) -> str:
    if not node.startswith(KG):
        return node.removeprefix(ACES).rpartition("#")[2]
    kind, name = node.removeprefix(KG).split("/")
    return kind if kind in ("observation", "quantity", "time") else name
