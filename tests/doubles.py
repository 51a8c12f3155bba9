"""A small world in which two Works tell of one accident under two names, and of one that looks like it."""

from __future__ import annotations

from rdflib import URIRef

from kg.assembly import assemble
from kg.seeds import read_seeds
from kg.serialise import canonical_trig
from kg.terms import iri
from smallworld import SmallWorld

GAZETTE = """\
The ferry Marten was stranded at Kelp Point on 14 February 2019, and 12 people were hurt.

Some linked the Pilots' Guild to it.

In 2016 the ferry Marten had run aground at Kelp Point before.
"""
CLAIMS = """\
- quote: The ferry Marten was stranded at Kelp Point on 14 February 2019, and 12 people were hurt
  affirms:
    event/marten-stranding: {type: Occasion, place: kelp-point, date: 2019-02-14, injured: 12}
- quote: Some linked the Pilots' Guild to it
  claimant: unnamed
  affirms: {event/marten-stranding: {linkedTo: pilots-guild}}
- quote: In 2016 the ferry Marten had run aground at Kelp Point before
  affirms: {event/marten-grounding-2016: {type: Occasion, place: kelp-point, date: 2016}}
"""
DECISIONS = "seeds/registry/decisions.yaml"
ONE, OTHER = "event/marten-grounding", "event/marten-stranding"


def add_doubles(world: SmallWorld) -> None:
    """Register the doubles, and the Work that tells of them."""
    world.register(
        "events",
        "marten-stranding: the stranding of the Marten",
        "marten-grounding-2016: the grounding of the Marten in 2016",
        "marten-sinking: the sinking of the Marten",
    )
    world.add_work("gazette", GAZETTE, CLAIMS)


def graph_of(world: SmallWorld) -> dict[str, bytes]:
    """What a build would write of the seeds, by the name of the graph."""
    seeds = read_seeds(world.workspace)
    assert seeds.faults() == []
    graphs = assemble(seeds, "0")
    return {name: canonical_trig(found, URIRef(iri("graph", name))) for name, found in graphs.items()}


def decided(world: SmallWorld, *entries: str) -> None:
    """Write the file of decisions: ``same: [a, b]`` each, with a reason and a name."""
    lines = "".join(f"- {{{entry}, reason: the test says so, by: the test}}\n" for entry in entries)
    (world.root / DECISIONS).write_text(lines, encoding="utf-8")
