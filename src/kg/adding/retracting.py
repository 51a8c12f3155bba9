"""Retracting a claim or an addition: nothing is deleted, and what was said is left out from now on."""

from __future__ import annotations

from collections.abc import Iterable

from kg.adding.adding import put_right, writable
from kg.adding.changes import changes
from kg.adding.journal import commit
from kg.adding.lock import writing
from kg.adding.plan import plan_retraction
from kg.adding.receipt import Receipt
from kg.adding.source import moment, whoever
from kg.additions import Act
from kg.errors import UnknownNameError, UsageError, WrongError
from kg.names import suggestion
from kg.seeds import Seeds, read_seeds
from kg.terms import compact, kind_and_name
from kg.validation import BuiltGraph, Report

_FEWEST = 8


def retract(
    graph: BuiltGraph, what: str, reason: str, replaced_by: str | None = None, by: str | None = None
) -> Receipt:
    """Take back a claim or an addition, for a reason; ``replaced_by`` is what stands in its place.

    ``what`` is a claim (``claim:NAME``, or its IRI) or an addition (its id, or the first eight letters of it
    or more).  Raises UnknownNameError when there is no such thing, WrongError when it was retracted before
    or when others rest on it.
    """
    workspace = writable(graph.workspace)
    if not reason.strip():
        raise UsageError("a retraction needs its reason", fix='give --reason "why"')
    with writing(workspace):
        put_right(workspace)
        seeds = read_seeds(workspace)
        name = _meant(seeds, what)
        new = _standing(seeds, _meant(seeds, replaced_by), name) if replaced_by else ""
        act = Act("retract", name, moment(), by or whoever(workspace), reason=reason.strip(), replaced_by=new)
        before = seeds.log.retraction(name) or _with_its_addition(seeds, name)
        if before is not None:
            return _again(before, act)
        plan = plan_retraction(graph, act)
        if plan.graphs is None or not plan.report.conforms:
            raise WrongError(
                f"{name} cannot be retracted: others rest on it",
                fix="retract these first, or mend them",
                findings=plan.report.findings,
            )
        changed = changes(graph.local, plan.graphs, plan.seeds)
        commit(workspace, act, {}, plan.files)
    return Receipt(True, f"retracted {name}: {act.reason}", act, plan.report, changed)


def _again(before: Act, act: Act) -> Receipt:
    """Retracted once more: told, and no fault where the same is said of it."""
    told = f"{act.what} was retracted on {before.when} by {before.by}: {before.reason}"
    if (before.reason, before.replaced_by) != (act.reason, act.replaced_by):
        raise WrongError(told, fix="a retraction stands as it is")
    return Receipt(False, f"nothing was retracted: {told}", before, Report(()))


def _meant(seeds: Seeds, name: str) -> str:
    """The claim (``claim:NAME``) or addition (its id) that is meant."""
    wanted = name.removeprefix("addition.")
    kind, local = kind_and_name(name)
    if kind:
        wanted = f"{kind}:{local}".removeprefix("graph:addition.")
    elif name.startswith("claim/"):
        wanted = f"claim:{name.removeprefix('claim/')}"
    claims, additions = set(_claims(seeds)), [act.what for act in seeds.log.added]
    if wanted in claims or wanted in additions:
        return wanted
    if f"claim:{wanted}" in claims:
        return f"claim:{wanted}"
    begun = [id_ for id_ in additions if len(wanted) >= _FEWEST and id_.startswith(wanted)]
    if len(begun) == 1:
        return begun[0]
    if begun:
        raise UnknownNameError(f"{name!r} is ambiguous", fix=f"write one of: {', '.join(begun)}")
    fix = suggestion(wanted, [*claims, *additions]) or "see: kg log, and kg query actor-claims"
    raise UnknownNameError(f"there is no claim and no addition {name!r}", fix=fix)


def _claims(seeds: Seeds) -> Iterable[str]:
    """All claims, those that were retracted too."""
    gone = seeds.retracted.files if seeds.retracted else []
    return (compact(claim.iri) for file in (*seeds.files, *gone) for claim in file.claims)


def _standing(seeds: Seeds, new: str, old: str) -> str:
    """What is put in the place of another: it stands, and is another."""
    if new == old:
        raise UsageError("nothing stands in its own place", fix="name another claim or addition with --by")
    if seeds.log.retraction(new) or _with_its_addition(seeds, new):
        raise WrongError(f"{new} is retracted itself", fix="name one that stands with --by")
    return new


def _with_its_addition(seeds: Seeds, name: str) -> Act | None:
    """How a claim was retracted with the addition that brought it."""
    for file in seeds.retracted.files if seeds.retracted else []:
        for claim in file.claims:
            if compact(claim.iri) == name:
                return seeds.log.retraction_of(claim.iri, file.graph)
    return None
