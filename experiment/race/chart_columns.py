"""Curves of a run besides its losses: sharpness, and the effective rate of each coordinate."""

import numpy as np

from experiment.race.runs import Run
from landscapes import Landscape
from landscapes.calculus import sharpness_along
from optimizers.explain.effective import divides, effective_rates
from optimizers.stability import stability_threshold


def sharpness_column(landscape: Landscape, run: Run) -> dict[str, np.ndarray]:
    """λ_max along the path, (steps + 1,), for a method whose stable limit depends on it; else nothing."""
    if stability_threshold(run.optimizer) is None:
        return {}
    return {"sharpness": np.nan_to_num(sharpness_along(landscape, run.path.positions), posinf=0, neginf=0)}


def effective_columns(landscape: Landscape, run: Run) -> dict[str, np.ndarray]:
    """The effective rate of each coordinate, (steps + 1,), for a method that divides its steps; else nothing.

    Each rate is that of the step that leaves the point. The last point repeats the one before.
    """
    if not run.path.steps or not divides(run.optimizer):
        return {}
    rates = effective_rates(run.optimizer, run.path)
    return {f"effective_{axis}": np.append(column, column[-1]) for axis, column in zip("xy", rates.T, strict=True)}
