"""Actors and the ties between them: all of them, or one actor with all it is tied to."""

from __future__ import annotations

from kg.pictures.sheet import Sheet, nothing
from kg.pictures.source import Row, Source, told_apart
from kg.pictures.spider import spider
from kg.pictures.ties import Tie, tie_signs
from kg.pictures.web import web


def network(source: Source) -> Sheet:
    """The ties of one actor, or those between all actors."""
    rows = source.rows("actor-ties")
    names = told_apart((row[end], row[name]) for row in rows for end, name in _ENDS)
    ties = sorted({_tie(row, names) for row in rows})
    actor = source.actor
    title = f"Whom {actor.label} is tied to" if actor else "Actors and the ties between them"
    told = source.told("actor-ties")
    if not ties:
        return nothing(title, "No tie was found that a claim affirms.", [told])
    if actor:
        arrows = (
            f"→ from {actor.label} to the other, ← from the other, ↔ both ways; "
            "in brackets: only reported or hedged."
        )
        body = spider(names[actor.node], ties)
    else:
        arrows = (
            "An arrow points from who does it to whom it is done; without one it holds both ways. "
            "Lines run behind the boxes that they do not concern. "
            "A box of several: each of them is tied to the one other, and in the same way."
        )
        body = web(ties)
    notes = [arrows, "Not shown: ties that claims only deny or consider.", told]
    return Sheet(title, body, len(ties), tie_signs(ties), notes)


_ENDS = (("source", "subject"), ("target", "object"))


def _tie(row: Row, names: dict[str, str]) -> Tie:
    source, target = names[row["source"]], names[row["target"]]
    return Tie(
        source, target, row["family"], row["relation"], row["direction"] == "both ways", row["standing"]
    )
