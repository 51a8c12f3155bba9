"""Writes ``docs/queries.md`` from the query files and their answers about the graph that ships.

Run with ``make docs``; ``--check`` writes nothing and fails where the page is not what the files give.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

from pages import keep

import kg
from kg.queries import Query, by_theme
from kg.results import Result

ROOT = Path(__file__).parents[1]
PAGE = Path(__file__).with_name("queries.md")
WIDTH = 100
# As many rows as make up about this many lines are shown of each answer, and one at least.
LINES = 16
EXAMPLE = re.compile(r"^\s*VALUES \?(\w+) \{ (\S.*) \}$", re.MULTILINE)

INTRODUCTION = """# The questions

Made by `make docs` from `src/kg/queries/*.rq`; do not edit it by hand. `kg query --list` prints the questions alone.

Each query is one file that runs as it stands in any SPARQL tool; `kg query NAME` puts the values you give in place of
its examples. An actor, event, place, work or concept is given by local name, label, alias or IRI. Below each question
stand its parameters, its columns, a command, and the first rows of what that prints in a terminal of 100 columns
about the graph that ships. Where the columns would get too narrow each row is listed cell by cell, without empty cells.

What a column of the same name means everywhere:

| column | meaning |
| --- | --- |
| `claim`, `gist` | a claim, and what it says in one sentence of ours |
| `quote`, `document`, `line` | the words it rests on, the text that holds them, and the line in that file |
| `claimant` | who holds it: the Work's authors, or whom they report |
| `voice` | own, or reported speech |
| `stance` | whether the claim affirms, denies or only considers the statement |
| `modality`, `certainty` | assertion, estimate, prediction or recommendation; how sure the words are |
| `note`, `cited` | the number of the note behind the words, and the work that it names |
| `standing` | of the statement in the whole graph: uncontested, disputed, or unasserted (nobody asserts it in their own voice without a hedge) |
| `from`, `to`, `first`, `last` | the earliest and the latest day that fit; empty where the words set no end |
| `claims`, `works`, `documents`, `denials`, `roots` | how many claims, Works, texts affirm it, claims deny it, independent works it rests on |
"""


def page() -> str:
    """The page as the files and the graph that ships give it."""
    graph = kg.open(ROOT)
    parts = [INTRODUCTION]
    for theme, queries in by_theme().items():
        parts.append(f"\n## {theme.capitalize()}\n")
        parts += [_section(query, graph) for query in queries]
    return "\n".join(parts)


def _section(query: Query, graph: kg.KnowledgeGraph) -> str:
    examples = {name: value for name, value in EXAMPLE.findall(query.text) if value != "UNDEF"}
    answer = graph.sparql(query.text)
    assert isinstance(answer, Result)
    columns = ", ".join(f"`{column}`" for column in answer.columns)
    command = "".join(f" --{name} {_spoken(value)}" for name, value in examples.items())
    return "\n".join(
        [
            f"### {query.name}\n",
            f"**{query.summary}**\n",
            f"{query.description}\n",
            *_parameters(query, examples),
            f"Columns: {columns}.\n",
            "```console",
            f"$ kg query {query.name}{command}",
            *_first_rows(answer),
            "```\n",
        ]
    )


def _spoken(value: str) -> str:
    """An example as it is typed: ``actor:ada`` as ``ada``, a text without its quotation marks."""
    return value.strip('"') if value.startswith('"') else value.partition(":")[2]


def _parameters(query: Query, examples: dict[str, str]) -> list[str]:
    if not query.parameters:
        return []
    lines = ["| parameter | kind | meaning | example |", "| --- | --- | --- | --- |"]
    for parameter in query.parameters:
        kind = parameter.kind if parameter.required else f"{parameter.kind}, optional"
        example = f"`{_spoken(examples[parameter.name])}`" if parameter.name in examples else ""
        lines.append(f"| `--{parameter.name}` | {kind} | {parameter.meaning} | {example} |")
    return [*lines, ""]


def _first_rows(answer: Result) -> list[str]:
    """The first rows as a terminal shows them, and how many follow."""
    shown = 1
    while shown < len(answer) and len(_table(answer, shown + 1)) <= LINES:
        shown += 1
    rest = len(answer) - shown
    return [*_table(answer, shown), *([f"({rest} rows more)"] if rest else [])]


def _table(answer: Result, count: int) -> list[str]:
    return Result(answer.columns, answer.rows[:count]).render("table", WIDTH).splitlines()


if __name__ == "__main__":
    sys.exit(keep(PAGE, page(), "the query files"))
