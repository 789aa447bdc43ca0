"""Many seeds of the first two racers: where they end, and how often each escapes from the basin of the start."""

import math
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from caching import cached
from experiment.race.settings import Racer, Settings
from experiment.words import listed, percent
from landscapes import Landscape
from landscapes.flow import basin_of
from optimizers import SGD, Batch, Optimizer
from records import rounded
from studies import CancelledError
from studies.escape.ensemble import Ensemble, Escape, ensemble, escape

SEEDS = 256
SIZES = (1, 2, 4, 8, 16, 32, 64)
MOMENTA = (0.0, 0.3, 0.5, 0.7, 0.8, 0.85, 0.9, 0.95, 0.98)
FACTORS = tuple(2.0**power for power in (-4, -3, -2, -1.5, -1, -0.5, 0, 0.5, 1, 1.5, 2))
"""The learning rates that are tried, as multiples of the present one."""

MAX_RACERS_COMPARED = 2
"""The most racers that are compared."""

Made = tuple[list[Ensemble], list[dict[str, Any]]]


def make(settings: Settings, on_progress: Callable[[float], Any], cancelled: Callable[[], bool]) -> Made:
    """The contents of the panel: the ensemble of each racer, and the curves of `swept` (none without a basin).

    Raises:
        CancelledError: once `cancelled` returns True.
    """

    def report(part: float) -> None:
        on_progress(part)
        if cancelled():
            raise CancelledError

    racers = settings.racers[:MAX_RACERS_COMPARED]
    ensembles = [runs(settings, racer) for racer in racers]
    return ensembles, list(_curves(settings, racers, report)) if home(settings) >= 0 else []


def runs(settings: Settings, racer: Racer) -> Ensemble:
    """The runs of a racer with its present settings, for all seeds."""
    return seeds_of(
        settings.landscape, settings.optimizer(racer), settings.resolved_start, settings.steps, settings.batch(racer)
    )


@cached(256)
def seeds_of(landscape: Landscape, optimizer: Optimizer, start: Any, steps: int, batch: Batch) -> Ensemble:
    """The runs of one setting for all seeds, cached for the next view of it."""
    return ensemble(landscape, optimizer, seeds=SEEDS, steps=steps, start=start, batch=batch)


def home(settings: Settings) -> int:
    """The index in `Ensemble.minima` of the minimum in whose basin the race starts; negative for none."""
    return int(basin_of(settings.landscape, np.array([settings.resolved_start]))[0])


def out(settings: Settings, one: Ensemble) -> Escape | None:
    """The share of seeds that escaped, with its 95 % interval; None if the start is in no basin."""
    basin = home(settings)
    return escape(one, basin) if basin >= 0 else None


def _curves(settings: Settings, racers: tuple[Racer, ...], report: Callable[[float], None]) -> Iterator[dict[str, Any]]:
    """Escape probability against batch size, momentum and learning rate, for each racer that has it."""
    total = len(racers) * (len(SIZES) + len(MOMENTA) + len(FACTORS))
    done = 0
    for title, values, log, now, put in swept(settings):
        shares: list[list[Escape]] = []
        for racer in racers:
            shares.append([])
            for value in values:
                shares[-1].append(escape(seeds_of(*put(racer, value)), home(settings)))
                done += 1
                # it raises once nobody waits, between two ensembles
                report(done / total)
        columns = [
            {name: np.array([getattr(share, name) for share in line]) for name in ("share", "low", "high")}
            for line in shares
        ]
        yield {"title": title, "values": np.array(values, float), "log": log, "now": now, "racers": columns}


def swept(settings: Settings) -> list[tuple[Any, ...]]:
    """The three curves: title, values, whether the scale is logarithmic, the present value, and a function.

    The function takes a racer and a value, and returns the arguments of `seeds_of` for it.
    """
    landscape, start, steps = settings.landscape, settings.resolved_start, settings.steps
    samples = landscape.sample_count
    sizes = tuple(size for size in SIZES if size <= samples)

    def sized(racer: Racer, size: int) -> tuple[Any, ...]:
        batch = Batch(None if size >= samples else int(size), float(settings.noise), settings.seed, samples)
        return landscape, settings.optimizer(racer), start, steps, batch

    def swung(racer: Racer, momentum: float) -> tuple[Any, ...]:
        optimizer = settings.optimizer(racer)
        moved = optimizer.replace(momentum=momentum) if _swings(settings, racer) else optimizer
        return landscape, moved, start, steps, settings.batch(racer)

    def paced(racer: Racer, rate: float) -> tuple[Any, ...]:
        return landscape, settings.replace(learning_rate=rate).optimizer(racer), start, steps, settings.batch(racer)

    size = settings.batch(settings.racers[-1]).samples_a_step
    rates = tuple(rounded(factor * settings.learning_rate) for factor in FACTORS)
    return [
        ("batch size", sizes, True, size, sized),
        ("momentum β", MOMENTA, False, settings.momentum, swung),
        (
            "learning rate η",
            rates,
            True,
            settings.learning_rate,
            paced,
        ),
    ]


def _swings(settings: Settings, racer: Racer) -> bool:
    """Whether a racer follows the shared momentum."""
    return isinstance(racer.optimizer, SGD) and racer.follows("momentum")


def ensemble_sentence(settings: Settings, racers: tuple[Racer, ...], ensembles: list[Ensemble]) -> str:
    """One sentence on how often each racer escapes."""
    clauses = []
    for racer, one in zip(racers, ensembles, strict=True):
        escaped = out(settings, one)
        if escaped is None:
            return "The start is in no basin: its slope leads to no known minimum, so there is nothing to get out of."
        share, low, high = escaped
        sure = "" if share in (0, 1) and not settings.noise else f" (95 % interval {_bounds(low, high)})"
        clauses.append(f"{racer.name} gets out in {percent(share)} of {SEEDS} seeds{sure}")
    return f"{listed(clauses)}."


def _bounds(low: float, high: float) -> str:
    """An interval in percent, rounded outwards."""
    return f"{math.floor(100 * low)} % to {math.ceil(100 * high)} %"
