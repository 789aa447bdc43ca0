"""What a schedule is: the learning rate as a function of the step."""

from typing import Any, ClassVar, Self

from records import Record, slider


def initial_slider(default: Any = 0.01, low: float = 1e-4) -> Any:
    """The rate at step 0, or the rates of all pieces."""
    return slider(
        default,
        low,
        10,
        log=True,
        symbol=r"\eta_0",
        help="The learning rate at step 0",
        above=0,
        advice="Zero never moves and a negative rate climbs; try 0.01.",
    )


def decay_steps_slider() -> Any:
    """How many steps one decay takes."""
    return slider(
        100.0,
        1,
        1000,
        log=True,
        symbol="T",
        help="Steps that one decay takes",
        above=0,
        advice="It is a number of steps; try half of the run.",
    )


class Schedule(Record):
    """A learning rate that depends on the step alone, counted from 0; arguments and values are Keras's."""

    formula: ClassVar[str]
    story: ClassVar[str]
    initial_learning_rate: float

    def __call__(self, step: Any) -> Any:
        """The learning rate at `step`, a number or an array of any shape."""
        raise NotImplementedError

    @property
    def initial(self) -> float:
        """The rate at step 0."""
        return self.initial_learning_rate

    def starting_at(self, initial: float) -> Self:
        """The same schedule from another rate at step 0."""
        return self.replace(initial_learning_rate=initial)
