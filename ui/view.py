"""From settings to what the player is sent: the stage once, the packed race at every move."""

import urllib.parse
from collections.abc import Callable
from functools import lru_cache
from typing import Any

import numpy as np

from figures.contour import contour, heights
from figures.theme import palette
from interop.write import keras_code
from landscapes import Landscape, grid, stationary_points
from landscapes.fitted import Fitted
from landscapes.landscape import diagonal
from landscapes.minima import SAME
from landscapes.surroundings import SHAPES, surroundings
from optimizers import Adagrad, Constant, Optimizer, Schedule
from optimizers.effective import divides, effective_rates, stops
from optimizers.stability import edge, sharpness_along
from player import Lane, pack
from ui.cost import cost
from ui.energy import about_energy, energy_column
from ui.link import to_query
from ui.race import Run, lowest_loss, race
from ui.schedules import handles
from ui.sentence import sentence
from ui.settings import SURFACES, Settings, slug_of
from ui.settling import settling
from ui.tuned import crosshair
from ui.tuned_words import tuned_sentence
from ui.validation import LOWEST, about_validation, held_out_points, validation_columns, validation_sentence


@lru_cache(maxsize=32)
def stage(surface: Landscape) -> dict[str, Any]:
    """The landscape as the map is sent it; the same dict for the same surface."""
    x, y, z = grid(surface)
    level = heights(z)
    return {
        "id": f"{slug_of(surface, SURFACES)} {surface.domain}",
        "title": surface.title,
        "figure": contour(x, y, z).to_json(),
        "domain": surface.domain,
        "axes": surface.axes,
        "loss": _loss(surface),
        "low": level.low,
        "scale": level.scale,
        "points": _points(surface),
        "palette": palette(),
    }


def _loss(surface: Landscape) -> dict[str, Any] | None:
    """What the loss of one sample is, on data."""
    if not isinstance(surface, Fitted):
        return None
    return {"name": surface.loss, "delta": float(surface.delta)}


def _points(surface: Landscape) -> list[dict[str, Any]]:
    """What is listed (a minimum at a kink is known to nobody else), then what a search finds besides."""
    best = surface.global_minima
    listed = [("minimum", xy) for xy in surface.minima] + [("saddle", xy) for xy in surface.saddles]
    found = [(point.kind, point.xy) for point in stationary_points(surface)]
    known = [xy for _, xy in listed]
    points = listed + [(kind, xy) for kind, xy in found if not _near(xy, known, SAME * diagonal(surface))]
    points += held_out_points(surface)
    near = SAME * diagonal(surface)
    tops = [kind == "minimum" and _near(xy, best, near) for kind, xy in points]
    kinds = [("global" if top else MARKS.get(kind, kind), xy) for top, (kind, xy) in zip(tops, points, strict=True)]
    degenerate = [xy for kind, xy in kinds if kind == "degenerate"]
    # where the curvature says nothing, the losses around tell what is there
    shapes = iter(surroundings(surface, degenerate, move=False).shape)
    names = NAMES if surface.lowest == "everywhere" else NAMES | {"global": "lowest minimum found"}
    labels = [SHAPES[next(shapes)] if kind == "degenerate" else names[kind] for kind, _ in kinds]
    return [
        {"kind": kind, "label": label, "xy": [_short(x), _short(y)]}
        for (kind, (x, y)), label in zip(kinds, labels, strict=True)
    ]


NAMES = {
    "global": "global minimum",
    "local": "local minimum",
    "saddle": "saddle",
    "maximum": "maximum",
    "held": LOWEST,
}


MARKS = {"minimum": "local"}
"""What a stationary point is marked as, where its kind has another name on the map."""


def _near(xy: Any, others: Any, distance: float) -> bool:
    return any(np.hypot(xy[0] - x, xy[1] - y) < distance for x, y in others)


def packed_race(settings: Settings, *, query: dict[str, str] | None = None, fixed: str = "") -> bytes:
    """The race as the feed is sent it.

    Args:
        settings: what is raced.
        query: what the address bar shows, if it is not the settings.
        fixed: names a race that no hand changes: its start stays where it is, and another name begins to play anew.
    """
    runs = race(settings)
    lowest = lowest_loss(settings.landscape)
    reached = min(float(run.path.losses.min()) for run in runs)
    floor = reached if lowest is None else min(lowest, reached)
    about = {
        "start": list(map(float, settings.begin)),
        "playhead": settings.playhead,
        "stamp": stamp(settings),
        "query": urllib.parse.urlencode(to_query(settings) if query is None else query),
        **({"fixed": fixed} if fixed else {}),
        "sentence": said(settings, runs, floor),
        **BESIDE.get(settings.page, lambda settings: {})(settings),
    }
    lanes = [_lane(settings, run, *look) for run, look in zip(runs, settings.looks(), strict=True)]
    return pack(lanes, settings.landscape.domain, floor, about)


BESIDE: dict[str, Callable[[Settings], dict[str, Any]]] = {"tune": crosshair}
"""What else of the settings a page's pictures show."""


def stamp(settings: Settings) -> str:
    """What tells one race from another, the playhead left out of account."""
    return f"{hash(settings.replace(playhead=None)):x}"


def said(settings: Settings, runs: tuple[Run, ...], lowest: float) -> tuple[str, str]:
    """The sentence under the race, lead and rest; a page with a question of its own answers it first."""
    lead, rest = sentence(settings.landscape, runs)
    first = FIRST[settings.page](settings, runs, lowest)
    return (first, f". {lead}{rest}") if first else (lead, rest)


FIRST: dict[str, Callable[[Settings, tuple[Run, ...], float], str]] = {
    "playground": lambda settings, runs, lowest: "",
    "batches": lambda settings, runs, lowest: validation_sentence(settings, runs) or cost(settings, runs, lowest),
    "schedules": lambda settings, runs, lowest: settling(runs, lowest),
    "escape": lambda settings, runs, lowest: "",
    "tune": tuned_sentence,
}
"""What a page says before it says who got where."""


def _lane(settings: Settings, run: Run, look: str, twin: int) -> Lane:
    path, outcome = run.path, run.path.outcome
    result = {
        "kind": outcome.kind,
        "sentence": outcome.sentence,
        "loss": _short(path.losses[-1]),
        "distance": None if run.distance is None else _short(run.distance),
        "arrived": run.arrived,
        "evaluations": run.evaluations,
    }
    batch = settings.batch(run.racer)
    about = {
        "name": run.racer.name,
        "look": look,
        "twin": twin,
        "size": batch.samples_a_step,
        "samples": batch.samples,
        "edge": edge(run.optimizer),
        "result": result,
        **ABOUT[settings.page](settings, run),
    }
    gradients = np.hypot(*np.vstack([path.gradients, path.final_gradient]).T)
    rates = path.learning_rates if path.steps else np.asarray([initial_rate(run.optimizer)])
    return Lane(
        positions=path.positions,
        losses=path.losses,
        gradient_norms=np.nan_to_num(gradients),
        learning_rates=np.append(rates, rates[-1])[: path.steps + 1],
        about=about,
        columns=COLUMNS[settings.page](settings.landscape, run),
    )


def _sharpness(surface: Landscape, run: Run) -> dict[str, np.ndarray]:
    """λ_max along the path of a method that has a limit set by it."""
    if edge(run.optimizer) is None:
        return {}
    return {"sharpness": np.nan_to_num(sharpness_along(surface, run.path.positions), posinf=0, neginf=0)}


def _effective(surface: Landscape, run: Run) -> dict[str, np.ndarray]:
    """The effective rate of each coordinate, for the step that leaves each point, of a method that divides."""
    if not run.path.steps or not divides(run.optimizer):
        return {}
    rates = effective_rates(run.optimizer, run.path)
    return {f"effective_{axis}": np.append(column, column[-1]) for axis, column in zip("xy", rates.T, strict=True)}


def _about_schedules(settings: Settings, run: Run) -> dict[str, Any]:
    about = {**handles(settings, run.racer), **_ball(settings, run)}
    return {**about, "marks": _stops(settings, run), "code": keras_code(run.optimizer)}


def _ball(settings: Settings, run: Run) -> dict[str, Any]:
    """Where a noisy run at a fixed rate hovers: the ball around the minimum, and the mean loss in its last half."""
    outcome = run.path.outcome
    if not outcome.place or not outcome.hovers or outcome.dies_out:
        return {}
    if not isinstance(settings.schedule(run.racer), Constant):
        return {}
    return {"ball": [*outcome.place, outcome.hovers], "level": float(run.path.losses[run.path.steps // 2 :].mean())}


def _stops(settings: Settings, run: Run) -> list[tuple[int, str]]:
    """Where Adagrad's steps have become too short to be seen."""
    step = stops(run.path, STOPPED * diagonal(settings.landscape)) if isinstance(run.optimizer, Adagrad) else None
    return [] if step is None else [(step, "Adagrad stops here")]


STOPPED = 2e-4
"""A step shorter than that part of the map's diagonal is as good as none."""

ABOUT: dict[str, Callable[[Settings, Run], dict[str, Any]]] = {
    "playground": lambda settings, run: {},
    "batches": about_validation,
    "schedules": _about_schedules,
    "escape": lambda settings, run: about_energy(settings.landscape, run),
    "tune": lambda settings, run: {},
}
"""What else of a racer a page's pictures show."""

COLUMNS: dict[str, Callable[[Landscape, Run], dict[str, np.ndarray]]] = {
    "playground": _sharpness,
    "batches": lambda surface, run: _effective(surface, run) | validation_columns(surface, run),
    "schedules": _effective,
    "escape": energy_column,
    "tune": _sharpness,
}
"""What else a page's charts show of a run."""


def initial_rate(optimizer: Optimizer) -> float:
    """The learning rate at step 0, whether the field holds a number or a schedule."""
    rate = optimizer.learning_rate
    return float(rate(0.0) if isinstance(rate, Schedule) else rate)


def _short(value: float) -> float:
    return float(f"{value:.10g}")
