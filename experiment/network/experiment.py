"""The settings of the page on a real network: one record, from which the controls and the link are made."""

import dataclasses

from optimizers import SGD, Adam, Optimizer
from records import Record, choice, record, slider
from studies.network import MAX_DIGITS


@dataclasses.dataclass(frozen=True)
class Option:
    """One option of a choice."""

    title: str


UNITS = {str(count): Option(str(count)) for count in (4, 16, 64)}
SIZES = {"1": Option("1"), "8": Option("8"), "32": Option("32"), "all": Option("all")}
DIRECTIONS = {"pca": Option("along the paths"), "random": Option("random directions")}


@record
class Experiment(Record):
    """The settings of three methods that train the same network from the same weights."""

    learning_rate: float = slider(
        0.2, 0.001, 5, log=True, symbol=r"\eta", above=0, help="Of gradient descent and of momentum"
    )
    adam_rate: float = slider(0.01, 0.0001, 1, log=True, symbol=r"\eta_A", above=0, help="Adam's learning rate")
    momentum: float = slider(0.9, 0, 0.99, step=0.01, symbol=r"\beta", at_least=0, below=1, help="Momentum's β")
    rows: float = slider(
        50,
        20,
        MAX_DIGITS,
        log=True,
        symbol="n",
        at_least=1,
        at_most=MAX_DIGITS,
        integer=True,
        help="Digits to train on",
    )
    steps: float = slider(
        300, 50, 1000, step=50, symbol="T", at_least=1, at_most=1000, integer=True, help="Updates of each method"
    )
    seed: float = slider(0, 0, 20, step=1, symbol="s", at_least=0, at_most=1000, integer=True, help="Of the weights")
    hidden: str = choice("64", UNITS, help="Units of the hidden layer")
    batch_size: str = choice("all", SIZES, help="Digits that a step looks at")
    directions: str = choice("pca", DIRECTIONS, help="The plane that is drawn")

    title = "Network"

    @property
    def size(self) -> int | None:
        """The number of digits of a step, None for all."""
        return None if self.batch_size == "all" else int(self.batch_size)

    def optimizers(self) -> dict[str, tuple[str, Optimizer]]:
        """The name and the optimizer of each method, by its style in pictures."""
        rate, plain = float(self.learning_rate), "Gradient descent" if self.size is None else "SGD"
        return {
            "descent": (plain, SGD(rate)),
            "momentum": ("Momentum", SGD(rate, momentum=float(self.momentum))),
            "adam": ("Adam", Adam(float(self.adam_rate))),
        }


PRESETS: dict[str, Experiment] = {
    "few digits: it overfits": Experiment(),
    "more digits": Experiment(rows=1000),
    "batches of 8": Experiment(batch_size="8", learning_rate=0.05, adam_rate=0.003),
    "rate too large": Experiment(learning_rate=5.0, momentum=0.5, adam_rate=0.3),
    "around the minimum": Experiment(directions="random"),
}
"""Experiments to start from, by name."""
