"""The whole reasoning behind a Proposition, an event or an actor, as data and as text."""

from __future__ import annotations

from kg.explain.gather import explain
from kg.explain.text import DEFAULT_WIDTH, as_text
from kg.explain.views import Explanation

__all__ = ["Explanation", "as_text", "explain", "render"]


def render(explanation: Explanation, form: str = "text", width: int | None = None) -> str:
    """The explanation as ``text``, or as ``json`` with the same parts."""
    import json
    from dataclasses import asdict

    if form == "json":
        return json.dumps(asdict(explanation), ensure_ascii=False, indent=1) + "\n"
    return as_text(explanation, width or DEFAULT_WIDTH)
