"""An addition that names what was decided to be one with another is told which name is kept."""

from __future__ import annotations

from pathlib import Path

from doubles import ONE, OTHER, decided, graph_of
from kg.graph import open_graph
from kg.terms import PREFIXES
from smallworld import SmallWorld

ROOT = Path(__file__).parents[2]


def test_the_kept_name_is_named(small: SmallWorld) -> None:
    decided(small, f"same: [{ONE}, {OTHER}]")
    folder = small.workspace.triples
    folder.mkdir()
    for name, data in graph_of(small).items():
        (folder / f"{name}.trig").write_bytes(data)
    for name in ("ontology", "shapes"):
        (folder / f"{name}.trig").write_bytes((ROOT / "triples" / f"{name}.trig").read_bytes())
    file = small.root / "more.ttl"
    prefixes = "".join(f"@prefix {prefix}: <{name}> .\n" for prefix, name in PREFIXES.items())
    file.write_text(
        f"{prefixes}claim:gazette.x aces:about event:marten-stranding , event:marten-strandin .\n",
        encoding="utf-8",
    )
    told = {f.message: f.fix for f in open_graph(small.root).validate(file).findings}
    kept = "event:marten-stranding was decided to be one with event:marten-grounding"
    assert told[kept] == "use event:marten-grounding"
    assert "event:marten-strandin is not in the graph" in told
