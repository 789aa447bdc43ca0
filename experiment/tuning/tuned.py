"""The racer that is tuned, which is the first one: the two fields on the map's axes, and how dragging changes them."""

import dataclasses
from collections.abc import Collection
from typing import Any

import numpy as np

from experiment.race.methods import METHODS
from experiment.race.runs import RaceView
from experiment.race.settings import AXES, Settings
from optimizers import SGD, Batch, Constant, Optimizer, Schedule
from optimizers.batch import is_noisy
from records import Slider, rounded
from studies.quadratic import ALONG, REGIMES, holds, quadratic, regime_along, seen_regime, together
from studies.sweeps.fields import BATCH_SIZE, axis, sizes, tunable, value
from studies.sweeps.tuning import level_of

CELLS = 64
"""The number of values along each axis of the map."""

RATE_FACTOR = 10**1.5
"""The map shows rates from the suiting one divided by this factor up to it times this factor."""


def optimizer_of(settings: Settings) -> Optimizer:
    """The tuned racer's optimizer, with a number in place of a constant schedule."""
    optimizer = settings.optimizer(settings.racers[0])
    rate = optimizer.learning_rate
    return optimizer.replace(learning_rate=rate.initial) if isinstance(rate, Constant) else optimizer


def batch_of(settings: Settings) -> Batch:
    """The batch of the tuned racer."""
    return settings.batch(settings.racers[0])


def noisy(settings: Settings) -> bool:
    """Whether the tuned racer's batches add noise to its path."""
    return is_noisy(settings.landscape, batch_of(settings))


def fields(settings: Settings) -> dict[str, Slider]:
    """The sliders of what can be tuned, by name. The batch size is one only where a batch makes a difference."""
    batched = settings.noise > 0 or settings.landscape.samples is not None
    return tunable(optimizer_of(settings), batch_of(settings) if batched else None)


def axes(settings: Settings) -> tuple[str, str]:
    """The two fields of the map: the chosen ones if the racer has them, else its rate and a usual second field."""
    offered = fields(settings)
    if all(name in offered for name in settings.axes):
        return settings.axes
    chosen = next((name for name in settings.axes if name in offered and name != AXES[0]), None)
    return AXES[0], chosen or second_of(offered) or next(name for name in offered if name != AXES[0])


SECOND = ("rho", "momentum", "beta_1", "b1", "initial_accumulator_value", "beta")
"""The fields that are tuned besides the learning rate: the first of these that a method has."""


def second_of(offered: Collection[str]) -> str | None:
    """The first field of SECOND among those that are offered, or None."""
    return next((name for name in SECOND if name in offered), None)


def values(settings: Settings, name: str) -> np.ndarray:
    """The values of a field along the map's axis: its whole slider, or of a learning rate the part around `suiting`."""
    slid = fields(settings)[name]
    if name == BATCH_SIZE:
        return sizes(settings.landscape.sample_count)
    if name != "learning_rate" or settings.wide:
        return axis(slid, CELLS)
    suits = suiting(settings)
    near = dataclasses.replace(slid, low=max(slid.low, suits / RATE_FACTOR), high=min(slid.high, suits * RATE_FACTOR))
    return axis(near, CELLS)


def suiting(settings: Settings) -> float:
    """A learning rate around which to look: the landscape's for SGD, the method's default for all others."""
    runner = settings.racers[0]
    if isinstance(runner.optimizer, SGD):
        return settings.landscape.learning_rate
    rate = METHODS[runner.method].optimizer.learning_rate
    return float(rate.initial if isinstance(rate, Schedule) else rate)


def place(settings: Settings) -> tuple[float, float]:
    """The place of the settings on the map: the present values of its two fields."""
    optimizer, batch = optimizer_of(settings), batch_of(settings)
    x, y = (value(optimizer, batch, name) for name in axes(settings))
    return x, y


def placed(settings: Settings, x: float, y: float) -> Settings:
    """The settings with the values x and y in the map's two fields, each brought inside its slider.

    A shared value that the racer follows is changed for all racers that follow it.
    """
    for name, number in zip(axes(settings), (x, y), strict=True):
        slid = fields(settings)[name]
        inside = rounded(min(max(number, slid.low), slid.high))
        value_held: float | None = inside
        if name == BATCH_SIZE:
            value_held = None if round(inside) >= settings.landscape.sample_count else round(inside)
        settings = settings.with_value(0, name, value_held)
    low, high = (values(settings, "learning_rate")[end] for end in (0, -1))
    rate = value(optimizer_of(settings), None, "learning_rate")
    outside = not 0.99 * low <= rate <= 1.01 * high  # a hand rounds to three digits
    return settings.replace(wide=True) if outside and "learning_rate" in axes(settings) else settings


def crosshair(view: RaceView) -> dict[str, Any]:
    """Facts for the map on the present settings: their place, the regime of the path, and when it arrives."""
    return {"tuned": {"place": place(view.settings), "regime": regime(view), "steps": arrival(view)}}


def regime(view: RaceView) -> str:
    """The regime of the tuned racer's path, in words: by the theory where it applies, else from the path itself."""
    settings = view.settings
    optimizer, landscape = optimizer_of(settings), settings.landscape
    curvatures = quadratic(landscape)
    if curvatures is not None and isinstance(optimizer, SGD) and holds(landscape, optimizer, noisy(settings)):
        steep, flat = (regime_along(optimizer, curvature) for curvature in curvatures)
        named = REGIMES[int(together(steep, flat))]
        return named if steep == flat else f"{named} (steep axis {ALONG[int(steep)]}, flat axis {ALONG[int(flat)]})"
    path = view.runs[0].path
    if path.outcome.kind == "diverged":
        return "diverging"
    above = np.flatnonzero(path.losses[:-1] > level(settings))
    count = int(above[-1]) + 1 if len(above) else 0
    ways = np.diff(path.positions[: count + 1], axis=0)
    return REGIMES[int(seen_regime((ways[1:] * ways[:-1] < 0).sum(axis=0), count))]


def level(settings: Settings) -> float:
    """The loss that counts as reached; −inf where no minimum is known."""
    return level_of(settings.landscape, settings.resolved_start, settings.tolerance)


def arrival(view: RaceView) -> int | None:
    """The step from which on the tuned racer's loss stays at or below `level`; None if it never does."""
    path = view.runs[0].path
    above = np.flatnonzero(path.losses > level(view.settings))
    if path.outcome.kind == "diverged" or (len(above) and above[-1] == path.steps):
        return None
    return int(above[-1]) + 1 if len(above) else 0
