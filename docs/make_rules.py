"""Writes ``docs/rules.md`` from the shapes and from the rules that are kept in code.

Run with ``make docs``; ``--check`` writes nothing and fails where the page is not what they give.
"""

from __future__ import annotations

import sys
from pathlib import Path

from pages import keep
from rdflib import Graph

from kg.validation.rules import Rule, rules_of_code, rules_of_shapes

ROOT = Path(__file__).parents[1]
PAGE = Path(__file__).with_name("rules.md")

INTRODUCTION = """# The rules

Made by `make docs` from `shapes/*.ttl` and `src/kg/validation/rules.py`; do not edit it by hand.

Every finding of `kg validate` names the rule that it comes from; that name is its heading here, its `rule` in JSON,
its `sh:sourceShape` in a SHACL report and its `ruleId` in SARIF. A violation makes the exit code 1; a warning is worth
a second look; an info is told and never a fault (`--fail-on` moves that line).
"""
OF_CODE = """
## Rules that code keeps

What SHACL cannot ask: the text of a document, the form of a claims file, names that are near each other, and what only
the build may say.
"""
OF_SHAPES = """
## Rules of the shapes: {file}

{passing}
"""


def page() -> str:
    """The page as shapes and code give it."""
    parts = [INTRODUCTION, OF_CODE, *map(section, rules_of_code())]
    for file in sorted((ROOT / "shapes").glob("*.ttl")):
        shapes = Graph().parse(file)
        rules = rules_of_shapes(shapes)
        if rules:
            passing = file.read_text(encoding="utf-8").splitlines()[0].removeprefix("# ")
            parts.append(OF_SHAPES.format(file=file.stem, passing=passing))
            parts += map(section, rules)
    return "\n".join(parts)


def section(rule: Rule) -> str:
    """One rule under its heading."""
    lines = [
        f"### {rule.name}",
        "",
        f"{rule.title[:1].upper()}{rule.title[1:]}. *{rule.severity.capitalize()}.*",
    ]
    if rule.says:
        lines += ["", f"It says: {rule.says}."]
    lines += ["", rule.why, "", f"To mend it: {rule.mend[:1].lower()}{rule.mend[1:]}."]
    if rule.example:
        fence = "`" if "`" not in rule.example else "``"
        lines += ["", f"For example: {fence}{rule.example}{fence}"]
    return "\n".join([*lines, ""])


if __name__ == "__main__":
    sys.exit(keep(PAGE, page(), "the rules"))
