"""Rows held out: what the loss on them says of a fit, and where it was lowest."""

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
"""What a place is called on the map and in the curves."""

WORSE = 1.05
"""From that factor on the loss on the rows held out has turned up again."""

FAR = 2.0
"""From that factor on, above the training loss, a fit does not hold for the rows held out."""


def validation_columns(landscape: Landscape, run: Run) -> dict[str, np.ndarray]:
    """Both losses at each point of a path; nothing where no rows are held out."""
    losses = _validation(landscape, run.path)
    return {} if losses is None else {"validation": losses, "training": run.path.losses}


def about_validation(settings: Settings, run: Run) -> dict[str, Any]:
    """The step at which training could have stopped, if it went on for the worse."""
    losses = _validation(settings.landscape, run.path)
    if losses is None or not _turned(losses):
        return {}
    return {"marks": [(int(losses.argmin()), LOWEST)]}


def held_out_points(landscape: Landscape) -> list[tuple[str, tuple[float, float]]]:
    """Where the loss on the rows held out is lowest, if they say so and the map shows it."""
    other = landscape.validation if isinstance(landscape, Fitted) else None
    if other is None or np.linalg.matrix_rank(other.standard_rows()) < 2:
        return []
    (best,) = other.minima
    inside = all(low <= value <= high for value, (low, high) in zip(best, landscape.domain, strict=True))
    return [("held_out", best)] if inside else []


def validation_sentence(view: RaceView) -> str:
    """How the racer that fits its rows best does on the rows held out; nothing where there are none."""
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
    """The loss on the rows held out along a path; kept, since columns, marks and sentence all ask for it."""
    other = landscape.validation if isinstance(landscape, Fitted) else None
    return None if other is None else losses_along(other, path.positions)


def _turned(losses: np.ndarray) -> bool:
    """Whether it went on for the worse after its lowest place."""
    return bool(losses[-1] > WORSE * losses.min())
