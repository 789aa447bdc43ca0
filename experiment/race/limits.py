"""The stable limits that the learning-rate slider shows: the largest rate of each racer in its valley."""

import dataclasses
import math

import numpy as np

from experiment.race.runs import RaceView, Run
from experiment.race.settings import Settings
from landscapes import Landscape, stationary_points
from landscapes.flow import basin_of
from landscapes.landscape import diagonal
from landscapes.minima import SAME, known_minima
from optimizers.stability import LIMITS, sharpness, stable_limit, steps_grow


@dataclasses.dataclass(frozen=True)
class Limit:
    """The largest stable learning rate of a racer at the minimum that its path heads for, and its formula."""

    method: str
    racer: int
    name: str
    rate: float
    formula: str


def limits(view: RaceView) -> list[Limit]:
    """The limits of the racers that follow the shared rate. Methods and landscapes without a limit are left out."""
    followers = [(run, index) for index, run in enumerate(view.runs) if run.racer.follows("learning_rate")]
    return [limit for run, index in followers if (limit := _limit(view.settings, run, index))]


def marks(limits: list[Limit]) -> list[tuple[float, str, int]]:
    """The limits as marks on the learning-rate slider: rate, words and index of the racer. Equal limits count once."""
    by_rate = {
        (f"{limit.rate:.3g}", limit.method): (
            limit.rate,
            f"{limit.name}: {limit.formula} = {limit.rate:.2g}",
            limit.racer,
        )
        for limit in limits
    }
    return list(by_rate.values())


def note(view: RaceView, limits: list[Limit]) -> str:
    """Why there is no limit to show; "" if there is one, or no racer follows the shared rate."""
    settings = view.settings
    followers = [run for run in view.runs if run.racer.follows("learning_rate")]
    if limits or not followers:
        return ""
    if not any(steps_grow(run.optimizer) for run in followers):
        clipped = any(type(run.optimizer) in LIMITS for run in followers)
        return f"no fixed limit: {'clipped steps cannot grow' if clipped else 'these methods scale their own steps'}"
    if not settings.landscape.smooth:
        return "no limit at a kink: the slope does not fade there"
    known = bool(settings.landscape.minima)
    return "no limit here: no minimum with a curvature" if known else "no limit: no minimum is known"


def _limit(settings: Settings, run: Run, index: int) -> Limit | None:
    valleys = known_minima(settings.landscape)
    if not len(valleys):
        return None
    place = run.path.positions[0 if run.path.outcome.kind == "diverged" else -1]
    # the valley is that of the start for a run that blew up, as the sentence says it, else the one it ended in
    valley = int(basin_of(settings.landscape, place[None])[0])
    heads_for = valleys[valley] if valley >= 0 else valleys[np.argmin(np.hypot(*(valleys - place).T))]
    if not settings.landscape.smooth and not _is_curved(settings.landscape, heads_for):
        return None
    rate_and_formula = stable_limit(run.optimizer, sharpness(settings.landscape, heads_for))
    return (
        Limit(run.racer.method, index, run.racer.name, *rate_and_formula)
        if rate_and_formula and math.isfinite(rate_and_formula[0])
        else None
    )


def _is_curved(landscape: Landscape, xy: np.ndarray) -> bool:
    """Whether a minimum of a landscape with kinks has a curvature, so that it is not at a kink."""
    near = [point for point in stationary_points(landscape) if math.dist(point.xy, xy) < SAME * diagonal(landscape)]
    return any(point.kind == "minimum" for point in near)
