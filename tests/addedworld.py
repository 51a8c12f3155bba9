"""Files that are added to the small corpus: claims YAML, and the same claims as RDF."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox

from kg.adding import Receipt
from kg.build import build
from kg.graph import KnowledgeGraph, open_graph
from kg.workspace import Workspace

QUOTE = "The ferry Marten ran aground at Kelp Point on 14 February 2019, and 12 passengers were injured"
RIVAL = f"""document: ferry
claims:
- quote: {QUOTE}
  affirms: {{event/marten-grounding: {{injured: 14}}}}
"""
MANY = f"""registry:
  actors:
    mira-oss: {{label: Mira Oss, kind: Person, aliases: [Oss]}}
  events:
    second-wreck: the wreck of the second ferry
  places:
    far-point: {{label: Far Point, kind: Site, within: kelp-point}}
  works:
    new-report:
      label: New Report
      kind: report
      authors: [mira-oss]
      issued: 2020-01
      reliability: {{grade: F, assessor: the test, reason: it was written for the test}}
document: ferry
claims:
- quote: {QUOTE}
  affirms:
    event/marten-grounding: {{injured: 14, place: far-point}}
    event/second-wreck: {{date: 2019-02, type: Occasion}}
- quote: About 300 people watched from the shore
  claimant: mira-oss
  certainty: possible
  saidIn: new-report
  validDuring: 2019/2020
  observes:
  - {{attacks: 3, by: mira-oss, place: unstated, period: 2019}}
"""
YEAR_ON = """# The Marten, one year on

Mira Oss

Fifteen passengers were injured. The Pilots' Guild admits its link with the accident.
"""


@dataclass
class World:
    """A built workspace of a test's own, its graph, and a place for files beside it."""

    root: Path
    outside: Path

    @property
    def workspace(self) -> Workspace:
        return Workspace(self.root)

    @property
    def graph(self) -> KnowledgeGraph:
        return open_graph(self.root)

    @property
    def additions(self) -> Path:
        return self.root / "seeds" / "additions"

    def write(self, name: str, text: str) -> Path:
        """A file beside the workspace."""
        path = self.outside / name
        path.write_text(text, encoding="utf-8")
        return path

    def add(self, text: str, name: str = "new.yaml") -> Receipt:
        """Add a file with this text."""
        return self.graph.add(self.write(name, text), by="the test")

    def files(self, folder: str = "triples") -> dict[str, bytes]:
        """Every file of a folder, by name, but what is hidden."""
        found = (self.root / folder).rglob("*")
        return {str(p.relative_to(self.root)): p.read_bytes() for p in found if p.is_file()}

    def is_what_the_seeds_give(self) -> bool:
        """Whether a build would change nothing."""
        build(self.workspace, check_only=True)
        return True

    def plain(self) -> list[str]:
        """Facts and disputed facts, as lines of their files."""
        return [
            line
            for name in ("facts", "disputed")
            if (path := self.root / "triples" / f"{name}.trig").exists()
            for line in path.read_text(encoding="utf-8").splitlines()
        ]


def year_on(text: str = YEAR_ON) -> str:
    """Claims about a document that is not held yet, with its registry entry."""
    digest = hashlib.sha256(text.encode()).hexdigest()
    return f"""registry:
  actors:
    mira-oss: {{label: Mira Oss, kind: Person, aliases: [Oss]}}
  works:
    one-year-on:
      label: The Marten, one year on
      kind: news-item
      authors: [mira-oss]
      issued: 2020-02
      reliability: {{grade: F, assessor: the test, reason: it was written for the test}}
      documents:
        year-on: {{file: year-on.txt, sha256: {digest}, language: en}}
document: year-on
claims:
- quote: Fifteen passengers were injured
  affirms: {{event/marten-grounding: {{injured: 15}}}}
- quote: The Pilots' Guild admits its link with the accident
  claimant: pilots-guild
  affirms: {{event/marten-grounding: {{linkedTo: pilots-guild}}}}
"""


def as_rdf(added: World, receipt: Receipt, before: World) -> str:
    """What an addition says, as Turtle that another tool may have made."""
    known = _triples(before, "*")
    found = _triples(added, f"addition.{receipt.id}") | _triples(added, "propositions")
    mine = {t for t in found if t not in known and "/graph/" not in f"{t.subject} {t.object}"}
    return ox.serialize(sorted(mine, key=str), format=ox.RdfFormat.TURTLE).decode()


def _triples(world: World, name: str) -> set[ox.Triple]:
    return {
        quad.triple
        for path in (world.root / "triples").glob(f"{name}.trig")
        for quad in ox.parse(path=path, format=ox.RdfFormat.TRIG)
    }
