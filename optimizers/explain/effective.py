"""The effective learning rate: what a method makes of its learning rate in each coordinate."""

from collections.abc import Callable
from typing import Any

import numpy as np

from optimizers.methods.adadelta import Adadelta
from optimizers.methods.adagrad import Adagrad
from optimizers.methods.adam import Adam
from optimizers.methods.adamax import Adamax
from optimizers.methods.adamw import AdamW
from optimizers.methods.ftrl import Ftrl
from optimizers.methods.nadam import Nadam
from optimizers.methods.rmsprop import RMSprop
from optimizers.optimizer import Optimizer
from optimizers.trajectory import Trajectory


def divides(optimizer: Optimizer) -> bool:
    """Whether `divisor` knows what the method divides its steps by."""
    return type(optimizer) in DIVISORS


def divisor(optimizer: Optimizer, path: Trajectory, at: Any) -> np.ndarray | None:
    """The divisor of each coordinate of a step: (2,), or (n, 2) for n steps; None if `divides` is False.

    Args:
        optimizer: the method.
        path: what `descend` returned for it.
        at: the step, 0 for the first; or an array (n,) of steps.
    """
    divides = DIVISORS.get(type(optimizer))
    return None if divides is None else divides(optimizer, path, at)


def effective_rates(optimizer: Optimizer, path: Trajectory) -> np.ndarray:
    """The move of each coordinate at each step for a gradient of 1 (for Adam and its kin, a mean of 1): (n, 2).

    η for SGD, η/√(a + ε) for Adagrad and RMSprop, η·√(1−β₂ᵗ)/(1−β₁ᵗ)/(√s + ε) for Adam.
    """
    at = np.arange(path.steps)
    divided = divisor(optimizer, path, at)
    rates = path.learning_rates[:, None] * corrections(optimizer, path.steps)[:, None]
    return np.broadcast_to(rates, (path.steps, 2)) if divided is None else rates / divided


def corrections(optimizer: Optimizer, steps: int) -> np.ndarray:
    """The factor of the learning rate that corrects for averages starting from 0: (steps,).

    It is 1 for most methods.
    """
    t = np.arange(1, steps + 1)
    corrected = CORRECTIONS.get(type(optimizer))
    return np.ones(steps) if corrected is None else corrected(optimizer, t)


def stops(path: Trajectory, shortest: float) -> int | None:
    """The step from which on no step is as long as `shortest`, though the path has not arrived; None if there is none.

    A path whose final gradient is below a thousandth of its largest has arrived.
    """
    lengths = np.hypot(*np.diff(path.positions, axis=0).T)
    gradients = np.hypot(*path.gradients.T)
    if not len(lengths) or lengths[-1] >= shortest or np.hypot(*path.final_gradient) < 1e-3 * gradients.max():
        return None
    long = np.flatnonzero(lengths >= shortest)
    return int(long[-1]) + 1 if len(long) else 0


def _adagrad(optimizer: Adagrad, path: Trajectory, at: Any) -> np.ndarray:
    return np.sqrt(path.slots["accumulator"][at + 1] + optimizer.epsilon)


def _rmsprop(optimizer: RMSprop, path: Trajectory, at: Any) -> np.ndarray:
    mean = path.slots["first_moment"][at + 1] if optimizer.centered else 0.0
    return np.sqrt(path.slots["second_moment"][at + 1] - mean**2 + optimizer.epsilon)


def _adam(optimizer: Adam | AdamW, path: Trajectory, at: Any) -> np.ndarray:
    name = "max_second_moment" if optimizer.amsgrad else "second_moment"
    return np.sqrt(path.slots[name][at + 1]) + optimizer.epsilon


def _nadam(optimizer: Nadam, path: Trajectory, at: Any) -> np.ndarray:
    # [..., None] serves one step as well as an array of steps
    correction = (1 - float(optimizer.beta_2) ** np.asarray(at + 1))[..., None]
    return np.sqrt(path.slots["second_moment"][at + 1] / correction) + optimizer.epsilon


def _adamax(optimizer: Adamax, path: Trajectory, at: Any) -> np.ndarray:
    return path.slots["largest_gradient"][at + 1] + optimizer.epsilon


def _adadelta(optimizer: Adadelta, path: Trajectory, at: Any) -> np.ndarray:
    # the rule uses the new mean of g² but the old mean of d²
    squares, steps = path.slots["second_moment"][at + 1], path.slots["squared_step"][at]
    return np.sqrt(squares + optimizer.epsilon) / np.sqrt(steps + optimizer.epsilon)


def _ftrl(optimizer: Ftrl, path: Trajectory, at: Any) -> np.ndarray:
    # q·η = n⁻ᵏ + β + 2ηλ₂: with η in front, the quotient is an effective rate like the others
    penalty = 2 * path.learning_rates[at] * optimizer.l2_regularization_strength
    root = path.slots["accumulator"][at + 1] ** -optimizer.learning_rate_power
    return root + optimizer.beta + np.asarray(penalty)[..., None]


def _both(optimizer: Adam | AdamW, t: np.ndarray) -> np.ndarray:
    return np.sqrt(1 - float(optimizer.beta_2) ** t) / (1 - float(optimizer.beta_1) ** t)


def _first(optimizer: Adamax, t: np.ndarray) -> np.ndarray:
    return 1 / (1 - float(optimizer.beta_1) ** t)


DIVISORS: dict[type, Callable[..., np.ndarray]] = {
    Adagrad: _adagrad,
    RMSprop: _rmsprop,
    Adam: _adam,
    AdamW: _adam,
    Nadam: _nadam,
    Adamax: _adamax,
    Adadelta: _adadelta,
    Ftrl: _ftrl,
}

CORRECTIONS: dict[type, Callable[..., np.ndarray]] = {Adam: _both, AdamW: _both, Adamax: _first}
