"""What a schedule is: the learning rate as a function of the step."""

import math
from typing import Any, ClassVar, Self

import jax
import jax.numpy as jnp
import numpy as np

from records import Record, Slider, number_fields, slider

MAX_HANDLE = 1e12
"""A hand may drag a handle no further than this, in steps or rate, so that no arithmetic overflows."""


def initial_slider(
    default: Any = 0.01, low: float = 1e-4, symbol: str = r"\eta_0", help: str = "The learning rate at step 0"
) -> Any:
    """The rate that a schedule is named by, or the rates of all pieces."""
    return slider(
        default,
        low,
        10,
        log=True,
        symbol=symbol,
        help=help,
        above=0,
        advice="Zero never moves and a negative rate climbs; try 0.01.",
        reach=(1e-9, 10),
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
        reach=(1, 100_000),
    )


def divided(steps: Any, by: Any) -> Any:
    """`steps` / `by`, rounded once. Left alone, XLA multiplies a whole array by 1 / `by`: then 49 / 49 is below 1,
    and a stair or a restart comes a step late.
    """
    steps = jnp.asarray(steps, float)
    return steps / jax.lax.optimization_barrier(jnp.broadcast_to(by, steps.shape))


class Schedule(Record):
    """A learning rate that depends on the step alone, counted from 0; arguments and values are Keras's.

    `named_by` is the field that the learning-rate slider sets: the rate at step 0, or the peak after a warm-up.
    """

    formula: ClassVar[str]
    story: ClassVar[str]
    named_by: ClassVar[str] = "initial_learning_rate"
    initial_learning_rate: float

    def __call__(self, step: Any) -> Any:
        """The learning rate at `step`, a number or an array of any shape."""
        raise NotImplementedError

    @property
    def initial(self) -> float:
        """The rate that the schedule is named by: at step 0, unless it warms up."""
        return getattr(self, self.named_by)

    def starting_at(self, initial: float) -> Self:
        """The same schedule with another rate that it is named by."""
        return self.replace(**{self.named_by: initial})

    @property
    def grips(self) -> dict[str, float]:
        """The step of every handle, by what a hand changes there in a few words; the first is at step 0."""
        return {"initial rate": 0.0}

    @property
    def handle_words(self) -> tuple[str, ...]:
        """What dragging each handle changes, in a few words."""
        return tuple(self.grips)

    @property
    def handles(self) -> tuple[tuple[float, float], ...]:
        """The points (step, rate) that a hand can drag; all lie on the curve."""
        steps = np.array(list(self.grips.values()), dtype=float)
        return tuple(zip(steps.tolist(), np.asarray(self(steps)).tolist(), strict=True))

    def dragged(self, index: int, step: float, rate: float) -> Self:
        """The schedule whose handle `index` is at (step, rate), or as near to it as its sliders allow.

        A handle that changes one field moves along one axis only: the first, at step 0, keeps its step.

        Raises:
            ValueError: if there is no such handle, or the place is not two finite numbers.
        """
        _check(len(self.grips), index, step, rate)
        if (step, rate) == self.handles[index]:
            return self
        return self._dragged(index, *(min(max(float(value), 0.0), MAX_HANDLE) for value in (step, rate)))

    def _dragged(self, index: int, step: float, rate: float) -> Self:
        """The same for a handle that exists and a place that is not negative."""
        return self._held(initial_learning_rate=rate)

    def _held(self, **changes: Any) -> Self:
        """A copy with some fields changed, each brought inside its slider."""
        slid = number_fields(self)
        return self.replace(**{name: _inside(value, slid[name]) for name, value in changes.items()})


def _inside(value: Any, slid: Slider) -> Any:
    if isinstance(value, tuple):
        return tuple(_inside(entry, slid) for entry in value)
    return min(max(float(value), slid.low), slid.high)


def _check(count: int, index: int, step: float, rate: float) -> None:
    if index not in range(count):
        raise ValueError(f"`index` must be the number of a handle, 0 to {count - 1}. Received: {index!r}.")
    if not (math.isfinite(step) and math.isfinite(rate)):
        raise ValueError(f"A handle is dragged to a finite step and rate. Received: {step!r}, {rate!r}.")
