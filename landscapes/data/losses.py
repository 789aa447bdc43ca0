"""Losses: what one prediction costs, in Keras's definitions; the loss of a batch is their mean."""

import dataclasses
from collections.abc import Callable
from typing import Any

import jax.numpy as jnp


@dataclasses.dataclass(frozen=True)
class Loss:
    """The loss of one sample.

    `of(prediction, target, delta)` works elementwise on arrays of one shape. `formula` and `derivative` are LaTeX: the
    loss, and its derivative with respect to the prediction, with eᵢ for the error, prediction − target.
    """

    title: str
    of: Callable[[Any, Any, Any], Any]
    formula: str
    derivative: str
    story: str


def squared(prediction: Any, target: Any, delta: Any) -> Any:
    """The squared error, elementwise; `delta` is not used."""
    return (prediction - target) ** 2


def absolute(prediction: Any, target: Any, delta: Any) -> Any:
    """The absolute error, elementwise; `delta` is not used."""
    return jnp.abs(prediction - target)


def huber(prediction: Any, target: Any, delta: Any) -> Any:
    """Huber's loss, elementwise: half the squared error up to an error of `delta`, linear beyond (Huber, 1964)."""
    error = jnp.abs(prediction - target)
    return jnp.where(error <= delta, 0.5 * error**2, delta * error - 0.5 * delta**2)


def cross_entropy(prediction: Any, target: Any, delta: Any) -> Any:
    """−log p, elementwise, with p the probability that sigmoid(prediction) gives to the class `target`, 0 or 1."""
    # −log σ(z) = log(1 + e⁻ᶻ) and −log(1 − σ(z)) = log(1 + eᶻ), in one form that does not overflow
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
