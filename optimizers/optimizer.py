"""What an optimizer is: a pure pair `init`, `update` in Keras's arithmetic, and the story it tells."""

from typing import Any, ClassVar

from optimizers.schedules import Schedule
from records import Record, slider

Rate = float | Schedule


def rate_slider(default: float) -> Any:
    """The learning rate of any optimizer: a number above 0, or a schedule."""
    return slider(
        default,
        1e-4,
        10,
        log=True,
        symbol=r"\eta",
        help="How far one step goes for a gradient of 1",
        above=0,
        advice="Zero never moves and a negative rate climbs; try 0.01.",
        rate=True,
    )


def epsilon_slider() -> Any:
    """The small number under or beside a square root, Keras's default."""
    return slider(1e-7, 1e-8, 1e-1, log=True, symbol=r"\epsilon", help="Keeps the division finite", at_least=0)


class Optimizer(Record):
    """An update rule with Keras 3's arguments, defaults and order of operations.

    `formula` is the rule in LaTeX, `story` one sentence for a learner, `source` the paper.
    """

    formula: ClassVar[str]
    story: ClassVar[str]
    source: ClassVar[str]
    learning_rate: Rate

    def init(self, params: Any) -> Any:
        """The state before the first step: a named tuple of arrays shaped like `params`, or scalars."""
        raise NotImplementedError

    def update(self, gradient: Any, state: Any, params: Any, learning_rate: Any) -> tuple[Any, Any]:
        """One step, elementwise: `params` may be a point (2,) or a network's weights (n,).

        `learning_rate` is this step's rate, since the field of that name may hold a schedule.
        """
        raise NotImplementedError
