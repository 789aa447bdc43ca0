"""The effective learning rate: what a method makes of the one that it was given, coordinate by coordinate."""

from collections.abc import Callable, Mapping

import numpy as np

from optimizers.adagrad import Adagrad
from optimizers.adam import Adam
from optimizers.optimizer import Optimizer
from optimizers.rmsprop import RMSprop
from optimizers.trajectory import Trajectory

Slots = Mapping[str, np.ndarray]


def divisor(optimizer: Optimizer, slots: Slots) -> np.ndarray | None:
    """What each coordinate of a step is divided by, shaped like the slots; None for a method that divides by nothing.

    Args:
        optimizer: the method.
        slots: its state after the gradient was taken in, by name, as in `Trajectory.slots`.
    """
    divides = DIVISORS.get(type(optimizer))
    return None if divides is None else divides(optimizer, slots)


def effective_rates(optimizer: Optimizer, path: Trajectory) -> np.ndarray:
    """How far each coordinate goes at each step for a gradient (for Adam: a mean gradient) of 1: (n, 2).

    η for SGD, η/√(a + ε) for Adagrad and RMSprop, η·√(1−β₂ᵗ)/(1−β₁ᵗ)/(√s + ε) for Adam.
    """
    divided = divisor(optimizer, {name: values[1:] for name, values in path.slots.items()})
    rates = path.learning_rates[:, None] * corrections(optimizer, path.steps)[:, None]
    return np.broadcast_to(rates, (path.steps, 2)) if divided is None else rates / divided


def corrections(optimizer: Optimizer, steps: int) -> np.ndarray:
    """What Adam multiplies its rate by because its averages started from zero, (steps,); ones for the others."""
    if not isinstance(optimizer, Adam):
        return np.ones(steps)
    t = np.arange(1, steps + 1)
    return np.sqrt(1 - float(optimizer.beta_2) ** t) / (1 - float(optimizer.beta_1) ** t)


def stops(path: Trajectory, shortest: float) -> int | None:
    """The step from which on no step is as long as `shortest`, though it has not arrived; None if there is none.

    A path that ends where its gradient is as good as zero has arrived, and is not said to have stopped.
    """
    lengths = np.hypot(*np.diff(path.positions, axis=0).T)
    slopes = np.hypot(*path.gradients.T)
    if not len(lengths) or lengths[-1] >= shortest or np.hypot(*path.final_gradient) < 1e-3 * slopes.max():
        return None
    long = np.flatnonzero(lengths >= shortest)
    return int(long[-1]) + 1 if len(long) else 0


def _adagrad(optimizer: Adagrad, slots: Slots) -> np.ndarray:
    return np.sqrt(slots["accumulator"] + optimizer.epsilon)


def _rmsprop(optimizer: RMSprop, slots: Slots) -> np.ndarray:
    mean = slots["first_moment"] if optimizer.centered else 0.0
    return np.sqrt(slots["second_moment"] - mean**2 + optimizer.epsilon)


def _adam(optimizer: Adam, slots: Slots) -> np.ndarray:
    return np.sqrt(slots["max_second_moment" if optimizer.amsgrad else "second_moment"]) + optimizer.epsilon


DIVISORS: dict[type, Callable[..., np.ndarray]] = {Adagrad: _adagrad, RMSprop: _rmsprop, Adam: _adam}
