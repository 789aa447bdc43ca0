"""A line through data: the two parameters are its slope and intercept, the loss is how far it misses the points."""

from typing import Any, Self

import numpy as np

from caching import cached
from landscapes.data.made_up import made_up_line
from landscapes.data.regression import Regression
from landscapes.data.samples import Samples
from landscapes.data.split import split
from landscapes.data.tables import TABLES, table
from landscapes.data.tables.table import Table
from records import choice, record, slider

ONE_FEATURE = {slug: rows for slug, rows in TABLES.items() if len(rows.features) == 1 and not rows.classes}


class Own:
    """The choice of a visitor's own data, as a menu shows it."""

    title = "Your own data"


CHOICES: dict[str, Any] = {**ONE_FEATURE, "made_up": made_up_line(1.0), "own": Own}


@record
class Line(Regression):
    """The mean loss of the predictions w·x + b over the rows of a table."""

    data: str = choice("old_faithful", CHOICES, traced=False, help="What the line is fitted to")
    scatter: float = slider(
        1.0, 0, 4, step=0.1, symbol=r"\sigma", at_least=0, help="How far the made-up points lie off their line"
    )
    validation_split: float = slider(
        0.0, 0, 0.98, step=0.01, symbol="s", at_least=0, below=1, help="Part of the rows held out: no step sees them"
    )

    title = "A line through data"
    formula = r"\frac1n \sum_{i=1}^n \ell(w\,x_i + b,\; y_i)"
    story = "Real points, a slope w and an intercept b: every place on the map is a line through the data."
    source = "Legendre, 1805"
    axes = ("w", "b")
    away = (-1.6, 1.2)

    @classmethod
    def through(cls, own: Table, **fields: Any) -> Self:
        """The landscape of a visitor's table, `own`, with one feature; `fields` are other fields of the record."""
        return cls(data="own", samples=_samples(own, True, 0.0), **fields)

    @property
    def inactive_fields(self) -> Any:
        """δ as for any regression, and the scatter for all data but the made-up points."""
        return (*super().inactive_fields, *(() if self.data == "made_up" else ("scatter",)))

    def check_together(self) -> None:
        """Look the rows up and put them in `samples`.

        Raises:
            ValueError: for a visitor's own table that is not there.
        """
        vars(self).update(samples=_samples(self._rows(), self.standardise, float(self.validation_split)))

    def _rows(self) -> Table:
        if self.data == "made_up":
            return made_up_line(float(self.scatter))
        if self.data != "own":
            return table(self.data)
        if self.samples is None or self.samples.whole.slug != "own":  # `replace` hands on those of another table
            raise ValueError("`data` is own, and a link does not hold the data. Received: none. Paste them again.")
        return self.samples.whole


@cached(64)
def _samples(whole: Table, standardise: bool, share: float) -> Samples:
    """The samples of a table with `share` of its rows held out.

    Centre and deviation are those of the rows that are trained on: training must not know the others.
    """
    training, validation = split(whole, share)
    x = training.x[:, 0]
    centre, deviation = x.mean(), x.std()
    # as they are: w = w'/s and b = b' − w'·m/s, for the same line
    scaled = np.eye(2) if standardise else np.array([[1 / deviation, 0], [-centre / deviation, 1]])

    def features(table: Table) -> np.ndarray:
        x = table.x[:, 0]
        return np.column_stack([(x - centre) / deviation if standardise else x, np.ones_like(x)])

    derived = None if validation is None else Samples.of(validation, features(validation), scaled.copy())
    return Samples.of(training, features(training), scaled, derived, whole)
