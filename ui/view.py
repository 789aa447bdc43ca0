"""From settings to what the player is sent: the stage once, the packed race at every move."""

import urllib.parse
from functools import lru_cache
from typing import Any

import numpy as np

from figures.contour import contour, heights
from figures.theme import palette
from landscapes import Landscape, grid, stationary_points
from optimizers import Optimizer, Schedule
from optimizers.stability import edge, sharpness_along
from player import Lane, pack
from ui.link import to_query
from ui.race import Run, lowest_loss, race
from ui.sentence import sentence
from ui.settings import SURFACES, Settings, slug_of, twins_before


@lru_cache(maxsize=32)
def stage(surface: Landscape) -> dict[str, Any]:
    """The landscape as the map is sent it; the same dict for the same surface."""
    x, y, z = grid(surface)
    level = heights(z)
    return {
        "id": f"{slug_of(surface, SURFACES)} {surface.domain}",
        "figure": contour(x, y, z).to_json(),
        "domain": surface.domain,
        "low": level.low,
        "scale": level.scale,
        "points": _points(surface),
        "palette": palette(),
    }


def _points(surface: Landscape) -> list[dict[str, Any]]:
    """What is listed (a minimum at a kink is known to nobody else), then what a search finds besides."""
    best = surface.global_minima
    listed = [("minimum", xy) for xy in surface.minima] + [("saddle", xy) for xy in surface.saddles]
    found = [(point.kind, point.xy) for point in stationary_points(surface)]
    points = listed + [(kind, xy) for kind, xy in found if not _near(xy, [xy for _, xy in listed])]
    kinds = [(_kind(kind, xy, best), xy) for kind, xy in points]
    return [{"kind": kind, "label": NAMES[kind], "xy": [_short(x), _short(y)]} for kind, (x, y) in kinds]


NAMES = {
    "global": "global minimum",
    "local": "local minimum",
    "saddle": "saddle",
    "maximum": "maximum",
    "degenerate": "degenerate",
}


def _kind(kind: str, xy: Any, best: Any) -> str:
    if kind != "minimum":
        return kind
    return "global" if _near(xy, best) else "local"


def _near(xy: Any, others: Any) -> bool:
    return any(np.hypot(xy[0] - x, xy[1] - y) < 1e-4 for x, y in others)


def packed_race(settings: Settings) -> bytes:
    """The race as the feed is sent it."""
    runs = race(settings)
    lowest = lowest_loss(settings.landscape)
    reached = min(float(run.path.losses.min()) for run in runs)
    floor = reached if lowest is None else min(lowest, reached)
    about = {
        "start": list(map(float, settings.begin)),
        "playhead": settings.playhead,
        "query": urllib.parse.urlencode(to_query(settings)),
        "sentence": sentence(settings.landscape, runs),
    }
    lanes = [_lane(settings.landscape, run, twins_before(settings.racers, index)) for index, run in enumerate(runs)]
    return pack(lanes, settings.landscape.domain, floor, about)


def _lane(surface: Landscape, run: Run, twin: int) -> Lane:
    path, outcome = run.path, run.path.outcome
    result = {
        "kind": outcome.kind,
        "sentence": outcome.sentence,
        "loss": _short(path.losses[-1]),
        "distance": None if run.distance is None else _short(run.distance),
        "arrived": run.arrived,
        "evaluations": run.evaluations,
    }
    about = {"name": run.racer.name, "method": run.racer.method, "twin": twin, "result": result}
    about["edge"] = edge(run.optimizer)
    gradients = np.hypot(*np.vstack([path.gradients, path.final_gradient]).T)
    rates = path.learning_rates if path.steps else np.asarray([initial_rate(run.optimizer)])
    return Lane(
        positions=path.positions,
        losses=path.losses,
        gradient_norms=np.nan_to_num(gradients),
        learning_rates=np.append(rates, rates[-1])[: path.steps + 1],
        sharpness=_sharpness(surface, run),
        about=about,
    )


def _sharpness(surface: Landscape, run: Run) -> np.ndarray | None:
    """λ_max along the path of a method that has a limit set by it."""
    if edge(run.optimizer) is None:
        return None
    return np.nan_to_num(sharpness_along(surface, run.path.positions), posinf=0, neginf=0)


def initial_rate(optimizer: Optimizer) -> float:
    """The learning rate at step 0, whether the field holds a number or a schedule."""
    rate = optimizer.learning_rate
    return float(rate.initial if isinstance(rate, Schedule) else rate)


def _short(value: float) -> float:
    return float(f"{value:.10g}")
