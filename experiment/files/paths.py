"""Every number of every step as a table in CSV, for a spreadsheet or another program."""

import csv
import io
from collections.abc import Iterator
from typing import Any

import numpy as np

from experiment.race.runs import Run, race
from experiment.race.settings import Settings

COLUMNS = {
    "racer": "the racer's name",
    "step": "0 is the start",
    "x": "the first coordinate, or parameter",
    "y": "the second",
    "loss": "the loss there, of the whole landscape",
    "gradient_x": "the gradient that the step leaving this point saw, noise and batch included, before clipping and L2"
    "; on a racer's last row that of the whole landscape",
    "gradient_y": "the same along y",
    "learning_rate": "the rate of the step leaving this point; empty on a racer's last row",
}
"""The columns that every table has, and what is in them."""

STATE = (
    "the optimizer's state by name, before the step leaving this point: `velocity_x`, `velocity_y`, "
    "`first_moment_x`, …; empty where a racer has none of that name"
)


def paths_csv(settings: Settings) -> str:
    """The race of the settings as CSV, with one row for each racer and step.

    Numbers are written in full, so that reading them gives what `descend` returned. The columns are `COLUMNS`, then
    those of `STATE` in the order of the racers.

    >>> print(paths_csv(Settings(steps=2)).splitlines()[0])
    racer,step,x,y,loss,gradient_x,gradient_y,learning_rate,velocity_x,velocity_y,accumulator_x,accumulator_y,...
    """
    runs = race(settings)
    slots = list(dict.fromkeys(name for run in runs for name in run.path.slots))
    text = io.StringIO()
    table = csv.writer(text, lineterminator="\n")
    table.writerow([*COLUMNS, *(f"{name}_{axis}" for name in slots for axis in "xy")])
    for run in runs:
        table.writerows(_rows(run, slots))
    return text.getvalue()


def _rows(run: Run, slots: list[str]) -> Iterator[list[Any]]:
    path = run.path
    gradients = np.vstack([path.gradients, path.final_gradient])
    none = np.full_like(path.positions, np.nan)
    state = [path.slots.get(name, none) for name in slots]
    numbers = np.hstack([path.positions, path.losses[:, None], gradients]).tolist()
    rates = [*path.learning_rates.tolist(), ""]
    slots_by_step = np.hstack([*state, np.empty((path.steps + 1, 0))]).tolist()
    for step, (row, rate, values) in enumerate(zip(numbers, rates, slots_by_step, strict=True)):
        yield [run.racer.name, step, *row, rate, *("" if np.isnan(value) else value for value in values)]
