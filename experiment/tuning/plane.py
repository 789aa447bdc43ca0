"""The tuning map as a table in CSV, with one row for each cell."""

import csv
import io

from experiment.race.settings import Settings
from experiment.tuning.maps import map_of, task
from experiment.tuning.tuned import axes

COLUMNS = {
    "steps": "the step from which on it is there, to stay; empty if it never is",
    "loss": "the last loss",
    "kind": "converged, local_minimum, saddle, still_moving or diverged",
}
"""The columns after the two settings, and what they hold."""


def plane_csv(settings: Settings) -> str:
    """The tuning map as CSV: the two settings of each cell, by their names, then COLUMNS. Numbers are written in full.

    >>> plane_csv(Settings("tune")).splitlines()[0]
    'learning_rate,momentum,steps,loss,kind'
    """
    plane, text = map_of(task(settings)), io.StringIO()
    table = csv.writer(text, lineterminator="\n")
    table.writerow([*axes(settings), *COLUMNS])
    for row, up in enumerate(plane.y.tolist()):
        for column, across in enumerate(plane.x.tolist()):
            steps = int(plane.steps[row, column])
            ends = float(plane.loss[row, column]), str(plane.kind[row, column])
            table.writerow([repr(across), repr(up), "" if steps < 0 else steps, repr(ends[0]), ends[1]])
    return text.getvalue()
