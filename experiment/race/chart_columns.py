"""What charts show along a run besides its losses: sharpness, and the effective rate of each coordinate."""

import numpy as np

from experiment.race.runs import Run
from landscapes import Landscape
from landscapes.calculus import sharpness_along
from optimizers.explain.effective import divides, effective_rates
from optimizers.stability import stability_threshold


def sharpness_column(landscape: Landscape, run: Run) -> dict[str, np.ndarray]:
    """λ_max along the path of a method that has a limit set by it."""
    if stability_threshold(run.optimizer) is None:
        return {}
    return {"sharpness": np.nan_to_num(sharpness_along(landscape, run.path.positions), posinf=0, neginf=0)}


def effective_columns(landscape: Landscape, run: Run) -> dict[str, np.ndarray]:
    """The effective rate of each coordinate, for the step that leaves each point, of a method that divides."""
    if not run.path.steps or not divides(run.optimizer):
        return {}
    rates = effective_rates(run.optimizer, run.path)
    return {f"effective_{axis}": np.append(column, column[-1]) for axis, column in zip("xy", rates.T, strict=True)}
