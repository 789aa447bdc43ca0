"""The landscape for the map: the figure, its heights, and the marked points."""

from typing import Any, cast

import numpy as np

from caching import cached
from experiment.race.settings import SURFACES, slug_of
from experiment.summary.validation import LOWEST, held_out_points
from figures.contour import contour, heights
from figures.theme import palette
from landscapes import Landscape, grid, stationary_points
from landscapes.data.fitted import Fitted
from landscapes.landscape import diagonal
from landscapes.minima import SAME
from landscapes.surroundings import SHAPES, surroundings
from player.wire.messages import LandscapePayload, Loss, MarkedPoint, Palette, PointKind


@cached(32)
def landscape_payload(landscape: Landscape) -> LandscapePayload:
    """The landscape for the map: one and the same dict for the same landscape, so that nothing is sent twice."""
    x, y, z = grid(landscape)
    level = heights(z)
    return {
        "id": f"{slug_of(landscape, SURFACES)} {landscape.domain}",
        "title": landscape.title,
        "figure": contour(x, y, z).to_json(),
        "domain": landscape.domain,
        "axes": landscape.axes,
        "loss": _loss(landscape),
        "low": level.low,
        "scale": level.scale,
        "points": _points(landscape),
        "palette": cast(Palette, palette()),
    }


def _loss(landscape: Landscape) -> Loss | None:
    """The loss of one sample, for a data landscape; else None."""
    if not isinstance(landscape, Fitted):
        return None
    return {"name": landscape.loss, "delta": float(landscape.delta)}


def _points(landscape: Landscape) -> list[MarkedPoint]:
    """The points to mark: those listed, as minima at kinks, which no search finds; then those that a search finds."""
    best = landscape.global_minima
    listed = [("minimum", xy) for xy in landscape.minima] + [("saddle", xy) for xy in landscape.saddles]
    others = [(point.kind, point.xy) for point in stationary_points(landscape)]
    known = [xy for _, xy in listed]
    points = listed + [(kind, xy) for kind, xy in others if not _near(xy, known, SAME * diagonal(landscape))]
    points += held_out_points(landscape)
    near = SAME * diagonal(landscape)
    tops = [kind == "minimum" and _near(xy, best, near) for kind, xy in points]
    kinds = [("global" if top else MARKS.get(kind, kind), xy) for top, (kind, xy) in zip(tops, points, strict=True)]
    degenerate = [xy for kind, xy in kinds if kind == "degenerate"]
    # where the curvature says nothing, the losses around tell what is there
    shapes = iter(surroundings(landscape, degenerate, move=False).shape)
    names = NAMES if landscape.lowest == "everywhere" else NAMES | {"global": "lowest minimum found"}
    labels = [SHAPES[next(shapes)] if kind == "degenerate" else names[kind] for kind, _ in kinds]
    return [
        {"kind": cast(PointKind, kind), "label": label, "xy": (ten_digits(x), ten_digits(y))}
        for (kind, (x, y)), label in zip(kinds, labels, strict=True)
    ]


NAMES = {
    "global": "global minimum",
    "local": "local minimum",
    "saddle": "saddle",
    "maximum": "maximum",
    "held_out": LOWEST,
}


MARKS = {"minimum": "local"}
"""The kinds of stationary points that have another name on the map."""


def _near(xy: Any, others: Any, distance: float) -> bool:
    return any(np.hypot(xy[0] - x, xy[1] - y) < distance for x, y in others)


def ten_digits(value: float) -> float:
    """A number with ten significant digits, as it is sent."""
    return float(f"{value:.10g}")
