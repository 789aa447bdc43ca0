"""Rows held out: their loss along a run, where it is lowest, and a sentence on it."""

from typing import Any

import numpy as np

from caching import cached
from experiment.race.runs import RaceView, Run
from experiment.race.settings import Settings
from experiment.words import brief, counted
from landscapes import Landscape
from landscapes.data.fitted import Fitted
from landscapes.landscape import losses_along
from optimizers import Trajectory

LOWEST = "lowest on the rows held out"
"""The label of a place on the map and in the curves."""

WORSE = 1.05
"""At this multiple of its lowest value, the loss on the rows held out counts as risen again."""

FAR = 2.0
"""At this multiple of the training loss, a fit does not hold for the rows held out."""


def validation_columns(landscape: Landscape, run: Run) -> dict[str, np.ndarray]:
    """Both losses at each point of a path, (steps + 1,) each; nothing if no rows are held out."""
    losses = _validation(landscape, run.path)
    return {} if losses is None else {"validation": losses, "training": run.path.losses}


def about_validation(settings: Settings, run: Run) -> dict[str, Any]:
    """A mark at the step at which training should have stopped, if the loss on the rows held out has risen since."""
    losses = _validation(settings.landscape, run.path)
    if losses is None or not _turned(losses):
        return {}
    return {"marks": [(int(losses.argmin()), LOWEST)]}


def held_out_points(landscape: Landscape) -> list[tuple[str, tuple[float, float]]]:
    """The place where the loss on the rows held out is lowest; [] if they do not determine it, or it is off the map."""
    other = landscape.validation if isinstance(landscape, Fitted) else None
    # few rows, or rows that are alike, leave a whole line of best fits
    if other is None or np.linalg.matrix_rank(other.standard_rows()) < 2:
        return []
    (best,) = other.minima
    inside = all(low <= value <= high for value, (low, high) in zip(best, landscape.domain, strict=True))
    return [("held_out", best)] if inside else []


def validation_sentence(view: RaceView) -> str:
    """One sentence on how the racer that fits its rows best does on the rows held out; "" if there are none."""
    landscape, valid = view.settings.landscape, [run for run in view.runs if run.path.outcome.kind != "diverged"]
    if not valid or not isinstance(landscape, Fitted) or landscape.validation is None:
        return ""
    run = min(valid, key=lambda run: float(run.path.losses[-1]))
    losses = _validation(landscape, run.path)
    assert losses is not None
    training, validation = float(run.path.losses[-1]), float(losses[-1])
    rows = counted(landscape.sample_count, "row")
    fits = f"{run.racer.name} fits its {rows} to {landscape.loss_function.title} {brief(training)}"
    rest = f"the {landscape.validation.sample_count} held out"
    if validation > FAR * training:
        before = f", at step {losses.argmin()} only by {brief(losses.min())}" if _turned(losses) else ""
        return f"Low training loss is not the goal: {fits}, but misses {rest} by {brief(validation)}{before}"
    return f"{fits}, and {rest} to {brief(validation)}: it holds for rows it has not seen"


@cached(32)
def _validation(landscape: Landscape, path: Trajectory) -> np.ndarray | None:
    """The loss on the rows held out along a path, (steps + 1,); None if there are none.

    Three callers share the cache.
    """
    other = landscape.validation if isinstance(landscape, Fitted) else None
    return None if other is None else losses_along(other, path.positions)


def _turned(losses: np.ndarray) -> bool:
    """Whether the loss has risen again after its lowest value."""
    return bool(losses[-1] > WORSE * losses.min())
