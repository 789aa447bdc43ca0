"""The cost of a race: how many steps and sample gradients it took to get most of the way down."""

from collections.abc import Callable

import numpy as np

from experiment.race.runs import RaceView, Run
from experiment.words import counted, listed

MOST_OF_THE_WAY = 0.9
"""The part of the way from the start's loss down to the lowest that counts as most of it."""


def steps_down(run: Run, lowest: float) -> int | None:
    """The first step at which a run is MOST_OF_THE_WAY down from its first loss to `lowest`; None if it never is."""
    losses = run.path.losses
    there = np.flatnonzero(losses <= losses[0] - MOST_OF_THE_WAY * (losses[0] - lowest))
    return int(there[0]) if len(there) else None


def cost(view: RaceView) -> str:
    """One sentence on what that cost each racer; "" if a step costs all the same."""
    runs, lowest = view.runs, view.lowest
    batches = [view.settings.batch(run.racer) for run in runs]
    if len({batch.samples_a_step for batch in batches}) < 2:
        return ""
    if all(steps_down(run, lowest) is None for run in runs):
        return f"Nobody has come {MOST_OF_THE_WAY:.0%} of the way down"
    clauses = [
        _clause(run, batch.evaluations, steps_down(run, lowest)) for run, batch in zip(runs, batches, strict=True)
    ]
    return f"{MOST_OF_THE_WAY:.0%} of the way down took {listed(clauses)}"


def _clause(run: Run, evaluations: Callable[[int], int], steps: int | None) -> str:
    if steps is None:
        return f"{run.racer.name} more than it ran"
    return f"{run.racer.name} {counted(steps, 'step')} and {counted(evaluations(steps), 'gradient')}"
