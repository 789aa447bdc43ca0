"""What a schedule is: the learning rate as a function of the step."""

import math
from typing import Any, ClassVar, Self

import jax
import jax.numpy as jnp
import numpy as np

from records import Record, Slider, number_fields, slider

MAX_HANDLE = 1e12
"""The largest step or rate that a handle can be dragged to, so that no arithmetic overflows."""


def initial_slider(
    default: Any = 0.01, low: float = 1e-4, symbol: str = r"\eta_0", help: str = "The learning rate at step 0"
) -> Any:
    """The field of the rate that a schedule is named by, or of the rates of all its pieces."""
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
    """The field of the number of steps that one decay takes."""
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
    """`steps` / `by` with a single rounding, elementwise.

    Without the barrier XLA multiplies a whole array by 1 / `by`. Then 49 / 49 is below 1, and a stair or a restart
    comes a step late.
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
        """The rate that the schedule is named by: that at step 0, or the peak after a warm-up."""
        return getattr(self, self.named_by)

    def starting_at(self, initial: float) -> Self:
        """A copy whose rate, as `initial` gives it, is the argument `initial`."""
        return self.replace(**{self.named_by: initial})

    @property
    def grips(self) -> dict[str, float]:
        """The step of each handle, by a few words on what dragging it changes. The first handle is at step 0."""
        return {"initial rate": 0.0}

    @property
    def handle_words(self) -> tuple[str, ...]:
        """What dragging each handle changes, in a few words."""
        return tuple(self.grips)

    @property
    def handles(self) -> tuple[tuple[float, float], ...]:
        """The points (step, rate) that can be dragged. All lie on the schedule's curve."""
        steps = np.array(list(self.grips.values()), dtype=float)
        return tuple(zip(steps.tolist(), np.asarray(self(steps)).tolist(), strict=True))

    def dragged(self, index: int, step: float, rate: float) -> Self:
        """A copy whose handle `index` is at (step, rate), or as near to it as the sliders allow.

        A handle that changes a single field moves along one axis only. The first handle stays at step 0.

        Raises:
            ValueError: if there is no such handle, or the place is not two finite numbers.
        """
        _check(len(self.grips), index, step, rate)
        # a handle that is put down where it was should not round the fields
        if (step, rate) == self.handles[index]:
            return self
        return self._dragged(index, *(min(max(float(value), 0.0), MAX_HANDLE) for value in (step, rate)))

    def _dragged(self, index: int, step: float, rate: float) -> Self:
        """`dragged`, once the handle is known to exist and the place to be finite and not negative."""
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
