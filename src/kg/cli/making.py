"""Commands that make the graph: build, audit, draft, facts."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli.base import Settings, cli, give, say
from kg.errors import WrongError

if TYPE_CHECKING:
    from kg.build import BuildReport


@cli.command()
@click.option("--check", is_flag=True, help="Write nothing; fail if triples/ is not what the seeds give.")
@click.pass_obj
def build(settings: Settings, check: bool) -> None:
    """Build triples/ from seeds/, checked with SHACL.

    kg build --check
    """
    from kg.build import build as run

    report = run(settings.workspace(), check_only=check)
    end = "triples/ written" if report.changed else "triples/ is up to date"
    give("\n".join([*_summary(report), end]) + "\n")


def _summary(report: BuildReport) -> list[str]:
    from kg.audit import coverage_line

    warned = sum(f.severity == "warning" for f in report.findings)
    width = max(len(name) for name in report.counts)
    lines = [f"{name:<{width}}  {count:>7}" for name, count in report.counts.items()]
    lines.append(f"{'SHACL':<{width}}  conforms ({warned} warning{'s' * (warned != 1)}; see: kg validate)")
    lines += [coverage_line(coverage) for coverage in report.coverage]
    steps = ", ".join(f"{step} {seconds:.2f} s" for step, seconds in report.seconds.items())
    return [*lines, f"time: {steps}"]


@cli.command()
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text")
@click.pass_obj
def audit(settings: Settings, form: str) -> None:
    """Show how much of each document its claims hold.

    kg audit --format json
    """
    from kg.audit import audit_seeds
    from kg.seeds import read_seeds

    seeds = read_seeds(settings.workspace())
    if seeds.faults():
        raise WrongError(f"the seeds are faulty: {len(seeds.faults())} faults", findings=seeds.faults())
    found = audit_seeds(seeds)
    give(found.render(form))
    if found.shortfalls():
        raise WrongError("; ".join(found.shortfalls()))


@cli.command()
@click.argument("document")
@click.option("--ids", is_flag=True, help="Write missing ids into the document's claims file instead.")
@click.pass_obj
def draft(settings: Settings, document: str, ids: bool) -> None:
    """Print a worksheet of every sentence without a claim.

    kg draft DOCUMENT > worksheet.yaml
    """
    from kg.draft import worksheet, write_ids
    from kg.seeds import read_seeds

    workspace = settings.workspace()
    if ids:
        path = workspace.seeds / "claims" / f"{document}.yaml"
        say(f"{write_ids(path, workspace.show(path))} ids written into {workspace.show(path)}")
        return
    give(worksheet(read_seeds(workspace), document))


@cli.command()
@click.option("--new", "file", type=click.Path(path_type=Path), help="A file of claims, YAML or RDF.")
@click.pass_obj
def facts(settings: Settings, file: Path | None) -> None:
    """List the plain triples, or those a file would add.

    kg facts --new claims.yaml
    """
    from kg.facts import fact_lines

    give("".join(f"{line}\n" for line in fact_lines(settings.graph(), file)))
