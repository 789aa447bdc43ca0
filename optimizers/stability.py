"""The speed limit: above 2/λ a step overshoots by more than it gains, and descent blows up."""

from typing import Any

import jax
import numpy as np

from landscapes import Landscape
from optimizers.optimizer import Optimizer
from optimizers.sgd import SGD


@jax.jit
def _curvature(surface: Landscape, xy: Any) -> Any:
    return jax.grad(lambda xy: surface(xy))(xy), jax.hessian(lambda xy: surface(xy))(xy)


def curvature(surface: Landscape, xy: Any) -> tuple[np.ndarray, np.ndarray]:
    """Gradient (2,) and Hessian (2, 2) at a point, by JAX."""
    gradient, hessian = _curvature(surface, np.asarray(xy, dtype=float))
    return np.asarray(gradient), np.asarray(hessian)


def sharpness(surface: Landscape, xy: Any) -> float:
    """λ_max, the largest curvature at a point; NaN where the surface is not twice differentiable."""
    hessian = curvature(surface, xy)[1]
    return float(np.linalg.eigvalsh(hessian)[-1]) if np.all(np.isfinite(hessian)) else float("nan")


def stable_limit(optimizer: Optimizer, curvature: float) -> tuple[float, str] | None:
    """The largest learning rate that does not blow up on a quadratic of that curvature, and its formula.

    2/λ for descent, 2(1+β)/λ for momentum (Polyak, 1964), 2(1+β)/((1+2β)λ) for Nesterov. None where there is
    no such limit: other methods divide by the gradient's own size, and a surface that curves down has none.
    """
    if not isinstance(optimizer, SGD) or not curvature > 0:
        return None
    beta = float(optimizer.momentum)
    if beta == 0:
        return 2 / curvature, "2/λ"
    if optimizer.nesterov:
        return 2 * (1 + beta) / ((1 + 2 * beta) * curvature), "2(1+β)/((1+2β)λ)"
    return 2 * (1 + beta) / curvature, "2(1+β)/λ"
