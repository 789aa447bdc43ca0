"""What can be tuned: every number of an optimizer and of its schedule, and the batch size."""

from typing import Any

import numpy as np

from optimizers import Batch, Optimizer, Schedule
from records import Slider, number_fields, slider

BATCH_SIZE = "batch_size"

SIZES = (1, 2, 3, 4, 6, 8, 12, 16, 24, 32, 48, 64, 96, 128, 192, 256, 384, 512, 768, 1024, 1536, 2048, 3072, 4096)
"""The batch sizes that are tried."""


def tunable(optimizer: Optimizer, batch: Batch | None = None) -> dict[str, Slider]:
    """The sliders of all fields that hold one number, by name.

    Args:
        optimizer: its own fields come first (clipping and weight decay only where they are on), then those of its
            schedule, if its learning rate has one; the field that the schedule is named by is `learning_rate`.
        batch: if it is given, its size can be tuned too.

    >>> from optimizers import SGD, ExponentialDecay
    >>> list(tunable(SGD(ExponentialDecay(0.1, 100, 0.9))))
    ['learning_rate', 'momentum', 'decay_steps', 'decay_rate']
    """
    sliders = {name: slid for name, slid in number_fields(optimizer).items() if name not in optimizer.inactive_fields}
    schedule = optimizer.learning_rate
    if isinstance(schedule, Schedule):
        sliders |= {name: slid for name, slid in number_fields(schedule).items() if _is_own(schedule, name)}
    return sliders if batch is None else sliders | {BATCH_SIZE: _sizes(batch)}


def _is_own(schedule: Schedule, name: str) -> bool:
    return name != schedule.named_by and not isinstance(getattr(schedule, name), tuple)


def _sizes(batch: Batch) -> Slider:
    field = slider(batch.samples, 1, batch.samples, log=True, symbol="B", help="Samples a step looks at", integer=True)
    return field.metadata["slider"]


def value(optimizer: Optimizer, batch: Batch | None, name: str) -> float:
    """The present number in a field. For a schedule, `learning_rate` is the rate that it is named by."""
    schedule = optimizer.learning_rate
    if name == BATCH_SIZE:
        return float((batch or Batch()).samples_a_step)
    if isinstance(schedule, Schedule):
        if name == "learning_rate":
            return float(schedule.initial)
        if name not in number_fields(optimizer):
            return float(getattr(schedule, name))
    return float(getattr(optimizer, name))


def put(optimizer: Optimizer, name: str, values: Any) -> Optimizer:
    """A copy of the optimizer with a number, or an array of numbers, in one of its own or its schedule's fields.

    Raises:
        ValueError: for a number that the field does not allow.
    """
    schedule = optimizer.learning_rate
    if isinstance(schedule, Schedule):
        if name == "learning_rate":
            return optimizer.replace(learning_rate=schedule.starting_at(values))
        if name not in number_fields(optimizer):
            return optimizer.replace(learning_rate=schedule.replace(**{name: values}))
    return optimizer.replace(**{name: values})


def axis(slid: Slider, count: int) -> np.ndarray:
    """`count` values along a slider, (count,), evenly spaced on its scale.

    >>> from optimizers import SGD
    >>> axis(number_fields(SGD)["learning_rate"], 6).round(6).tolist()
    [0.0001, 0.001, 0.01, 0.1, 1.0, 10.0]
    """
    space = np.geomspace if slid.log else np.linspace
    return space(slid.low, slid.high, count)


def sizes(samples: int) -> np.ndarray:
    """The batch sizes that are tried for a number of samples, as floats; the last one is all samples."""
    return np.array([*(size for size in SIZES if size < samples), samples], dtype=float)
