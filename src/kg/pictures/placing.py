"""Where the boxes of a network go: near what they are tied to, and none upon another.

Springs and repulsion after Fruchterman and Reingold, then boxes that overlap are pushed apart.  Libraries of
graphs place points without a size, so their labels overlap.  Nothing starts at random: the same network
always looks the same.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING

from kg.pictures.canvas import Point

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Numbers = NDArray[np.float64]

_ROUNDS, _PUSHES = 300, 2000
_SPREAD = 1.5  # boxes are wider than high, and so is the picture
_LOOSE = 1.3
_ROOM, _PART = 14.0, 30.0  # between two boxes, and between parts that nothing ties


def placed(sizes: Sequence[Point], pairs: Sequence[tuple[int, int]]) -> list[Point]:
    """The middle of each box of these sizes, of which some pairs are tied.

    What is tied together is placed together, the largest such part above, the others in rows below it.
    """
    places: dict[int, Point] = {}
    left = top = below = 0.0
    width = 0.0
    for part in _parts(len(sizes), pairs):
        found = _placed_part([sizes[one] for one in part], _within(part, pairs))
        extents = [sizes[one] for one in part]
        start = [min(p[axis] - e[axis] / 2 for p, e in zip(found, extents, strict=True)) for axis in (0, 1)]
        end = [max(p[axis] + e[axis] / 2 for p, e in zip(found, extents, strict=True)) for axis in (0, 1)]
        width = width or end[0] - start[0]
        if left and left + end[0] - start[0] > width:
            left, top = 0.0, below
        for one, (x, y) in zip(part, found, strict=True):
            places[one] = (x - start[0] + left, y - start[1] + top)
        left += end[0] - start[0] + _PART
        below = max(below, top + end[1] - start[1] + _PART)
    return [places[one] for one in range(len(sizes))]


def _parts(count: int, pairs: Sequence[tuple[int, int]]) -> list[list[int]]:
    """What is tied together, the largest first."""
    parts = {one: [one] for one in range(count)}
    for one, other in pairs:
        if parts[one] is not parts[other]:
            joined = sorted(parts[one] + parts[other])
            parts.update(dict.fromkeys(joined, joined))
    return sorted({part[0]: part for part in parts.values()}.values(), key=lambda part: (-len(part), part))


def _within(part: Sequence[int], pairs: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    number = {one: place for place, one in enumerate(part)}
    return [(number[one], number[other]) for one, other in pairs if one in number]


def _placed_part(sizes: Sequence[Point], pairs: Sequence[tuple[int, int]]) -> list[Point]:
    import numpy as np

    extents = np.array(sizes, dtype=float).reshape(-1, 2)
    places = _drawn_in(_sprung(len(sizes), np.array(pairs, dtype=int).reshape(-1, 2)))
    places *= math.sqrt(float((extents[:, 0] * extents[:, 1]).sum())) * _LOOSE
    places[:, 0] *= _SPREAD
    return [(float(x), float(y)) for x, y in _parted(places, extents)]


def _sprung(count: int, links: NDArray[np.int_]) -> Numbers:
    """Places within about the unit circle, the best connected first in the middle."""
    import numpy as np

    degrees = np.bincount(links.ravel(), minlength=count) if len(links) else np.zeros(count, dtype=int)
    ranks = np.argsort(np.argsort(-degrees, kind="stable"), kind="stable").astype(float)
    turns = ranks * math.pi * (3 - math.sqrt(5))
    distance = np.sqrt((ranks + 0.5) / max(count, 1))
    places = np.stack([distance * np.cos(turns), distance * np.sin(turns)], axis=1)
    ideal = math.sqrt(1 / max(count, 1))
    for turn in range(_ROUNDS):
        heat = 0.12 * (1 - turn / _ROUNDS) + 0.002
        force = _forces(places, links, ideal)
        length = np.sqrt(force[:, 0] ** 2 + force[:, 1] ** 2) + 1e-9
        places = places + force / length[:, None] * np.minimum(length, heat)[:, None]
    return places


def _drawn_in(places: Numbers) -> Numbers:
    """What lies far out brought nearer, so that it takes no room from the crowded middle."""
    import numpy as np

    distance = np.sqrt(places[:, 0] ** 2 + places[:, 1] ** 2) + 1e-9
    ranks = np.argsort(np.argsort(distance, kind="stable"), kind="stable")
    even = np.sqrt((ranks + 0.5) / len(places))
    nearer: Numbers = places * ((0.45 * even + 0.55 * distance / distance.max()) / distance)[:, None]
    return nearer


def _forces(places: Numbers, links: NDArray[np.int_], ideal: float) -> Numbers:
    import numpy as np

    apart = places[:, None, :] - places[None, :, :]
    squares = apart[..., 0] ** 2 + apart[..., 1] ** 2 + 1e-6
    force: Numbers = (apart * (ideal**2 / squares)[..., None]).sum(axis=1)
    if len(links):
        along = places[links[:, 0]] - places[links[:, 1]]
        pull = along * (np.sqrt(along[:, 0] ** 2 + along[:, 1] ** 2) / ideal)[:, None]
        np.subtract.at(force, links[:, 0], pull)
        np.add.at(force, links[:, 1], pull)
    # A weak pull to the middle holds together what no tie does.
    return force - places * ideal * 2.5


def _parted(places: Numbers, extents: Numbers) -> Numbers:
    """The places after boxes that overlap were pushed apart, each pair the shorter way."""
    import numpy as np

    half = extents / 2 + _ROOM / 2
    for turn in range(_PUSHES):
        apart = places[:, None, :] - places[None, :, :]
        over = half[:, None, :] + half[None, :, :] - np.abs(apart)
        np.einsum("iij->ij", over)[:] = -1.0
        touching = np.all(over > 1e-6, axis=2)
        if not touching.any():
            return places
        shorter = over[..., 0] < over[..., 1]
        order = np.sign(np.arange(len(places))[:, None] - np.arange(len(places))[None, :])
        signs = np.where(apart == 0, order[..., None], np.sign(apart))
        push = np.where(np.stack([shorter, ~shorter], axis=2), over * signs, 0.0) / 2 * touching[..., None]
        places = places + push.sum(axis=1) * 0.6
        if turn % 60 == 59:
            places = places * 1.03
    return _in_columns(extents)


def _in_columns(extents: Numbers) -> Numbers:
    """All boxes in rows, should pushing not come to an end."""
    import numpy as np

    across = math.ceil(math.sqrt(len(extents) / 3))
    step = extents.max(axis=0) + _ROOM
    numbers = np.arange(len(extents))
    return np.stack([numbers % across * step[0], numbers // across * step[1]], axis=1).astype(float)
