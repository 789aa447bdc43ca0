"""The stable limit: with a learning rate above 2/λ, a step overshoots by more than it gains, and descent diverges."""

import math
from collections.abc import Callable
from typing import Any

import numpy as np

from landscapes import Landscape
from landscapes.calculus import derivatives, eigenvalues
from optimizers.methods.from_optax import OPTAX
from optimizers.methods.sgd import SGD
from optimizers.optimizer import CLIPPING, Optimizer
from records import is_off


def sharpness(landscape: Landscape, xy: Any) -> float:
    """λ_max, the larger eigenvalue of the Hessian at `xy` (2,); NaN where the loss is not twice differentiable."""
    return float(eigenvalues(derivatives(landscape, xy)[1], np)[1])


def stability_threshold(optimizer: Optimizer) -> float | None:
    """The stable limit times the curvature, as 2 or 2(1+β).

    It is None for a method without a limit. With L2 regularization it is None too, since the product then depends on
    the curvature.
    """
    if not is_off(optimizer.l2):
        return None
    limit = stable_limit(optimizer, 1.0)
    return limit[0] if limit else None


def stable_limit(optimizer: Optimizer, curvature: float) -> tuple[float, str] | None:
    """The largest learning rate that does not diverge on a quadratic of that curvature, and its formula.

    It is 2/λ for descent, 2(1+β)/λ for momentum (Polyak, 1964), 2(1+β)/((1+2β)λ) for Nesterov, and 2/((α+2β)λ) for
    optimistic descent. L2 regularization adds to the curvature.

    It is None where there is no such limit: for methods that divide by the gradient's own size, for a clipped gradient,
    which cannot throw a run out, and where the curvature is not positive.
    """
    if not steps_grow(optimizer) or not curvature > 0:
        return None
    # the limit times the curvature depends on the method alone
    most, formula = LIMITS[type(optimizer)](optimizer)
    added = float(optimizer.l2)
    if added:
        formula = formula.replace("λ", f"(λ + {added:.3g})")
    return (most / (curvature + added), formula) if math.isfinite(most) else None


def steps_grow(optimizer: Optimizer) -> bool:
    """Whether a method's steps are in proportion to the gradient, as in descent with and without momentum.

    Then a run that is thrown out is thrown further and further. It is False where the gradient is clipped. The fields
    may be arrays.
    """
    return type(optimizer) in LIMITS and all(is_off(getattr(optimizer, name)) for name in CLIPPING)


def _sgd(optimizer: SGD) -> tuple[float, str]:
    # On ½λx² a step is x ← (1 + β − ηλ)x − βx₋₁. Its roots are within the unit circle until z = −1 is a root, at ηλ =
    # 2(1 + β). For Nesterov ηλ counts (1 + β) times for x and β times for x₋₁.
    beta = float(optimizer.momentum)
    if beta == 0:
        return 2.0, "2/λ"
    if optimizer.nesterov:
        return 2 * (1 + beta) / (1 + 2 * beta), "2(1+β)/((1+2β)λ)"
    return 2 * (1 + beta), "2(1+β)/λ"


def _optimistic(optimizer: Any) -> tuple[float, str]:
    weight = float(optimizer.alpha) + 2 * float(optimizer.beta)
    return 2 / weight if weight else math.inf, "2/((α+2β)λ)"  # with both at 0 it never moves


LIMITS: dict[type, Callable[[Any], tuple[float, str]]] = {SGD: _sgd, OPTAX["optimistic"]: _optimistic}
"""The function that gives the limit times the curvature, and its formula, for each method that has a limit."""
