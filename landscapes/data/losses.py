"""Losses: what one prediction costs, in Keras's definitions; the loss of a batch is their mean."""

import dataclasses
from collections.abc import Callable
from typing import Any

import jax.numpy as jnp


@dataclasses.dataclass(frozen=True)
class Loss:
    """What one sample costs: `of(prediction, target, delta)`, elementwise; `formula` and `derivative` are LaTeX for it
    and its derivative by the prediction, with eᵢ for the error, prediction − target."""

    title: str
    of: Callable[[Any, Any, Any], Any]
    formula: str
    derivative: str
    story: str


def squared(prediction: Any, target: Any, delta: Any) -> Any:
    """Squared error."""
    return (prediction - target) ** 2


def absolute(prediction: Any, target: Any, delta: Any) -> Any:
    """Absolute error."""
    return jnp.abs(prediction - target)


def huber(prediction: Any, target: Any, delta: Any) -> Any:
    """Squared, halved, up to an error of `delta`, and absolute beyond."""
    error = jnp.abs(prediction - target)
    return jnp.where(error <= delta, 0.5 * error**2, delta * error - 0.5 * delta**2)


def cross_entropy(prediction: Any, target: Any, delta: Any) -> Any:
    """Minus the log of the probability that the sigmoid of `prediction` gives to the class that it is (0 or 1)."""
    return jnp.logaddexp(0.0, prediction) - target * prediction


REGRESSION: dict[str, Loss] = {
    "mse": Loss("MSE", squared, "e_i^2", "2e_i", "Mean squared error: a large miss counts much more than a small one."),
    "mae": Loss(
        "MAE",
        absolute,
        r"\lvert e_i\rvert",
        r"\operatorname{sign}(e_i)",
        "Mean absolute error: a miss counts as it is.",
    ),
    "huber": Loss(
        "Huber",
        huber,
        r"\tfrac12 e_i^2 \text{ if } \lvert e_i\rvert \le \delta, \text{ else }"
        r"\delta\lvert e_i\rvert - \tfrac12\delta^2",
        r"\max(-\delta, \min(e_i, \delta))",
        "Squared for small misses, absolute for large ones (Huber, 1964).",
    ),
}
"""Losses of a line, by slug."""

CROSS_ENTROPY = Loss(
    "Cross-entropy",
    cross_entropy,
    r"-\log p(\text{class})",
    "p_i - y_i",
    "How surprised the model is by the class that it is.",
)
