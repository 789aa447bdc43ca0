"""Gradients, Hessians and curvatures of a landscape; and padding, so that few programs are compiled."""

from collections.abc import Callable
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np


def gradient_of(landscape: Any) -> Callable[[Any], Any]:
    """The gradient as a function: it takes a point (2,) and returns an array (2,)."""
    return jax.grad(lambda xy: landscape(xy))  # a record is not a function that JAX can take apart


def hessian_of(landscape: Any) -> Callable[[Any], Any]:
    """The Hessian as a function: it takes a point (2,) and returns an array (2, 2)."""
    # forward over reverse: the usual cheapest order for a Hessian of a scalar function
    return jax.jacfwd(gradient_of(landscape))


def derivatives_of(landscape: Any) -> Callable[[Any], tuple[Any, Any]]:
    """Both derivatives as one function: it takes a point (2,) and returns the gradient (2,) and the Hessian (2, 2)."""
    gradient, hessian = gradient_of(landscape), hessian_of(landscape)
    return lambda xy: (gradient(xy), hessian(xy))


def eigenvalues(hessians: Any, library: Any = jnp) -> tuple[Any, Any]:
    """The smaller and the larger eigenvalue of symmetric matrices (…, 2, 2), in closed form: two arrays (…).

    Args:
        hessians: JAX's arrays, also traced ones, or NumPy's.
        library: `jax.numpy` or `numpy`, whichever the arrays belong to.
    """
    a, b, c = hessians[..., 0, 0], hessians[..., 0, 1], hessians[..., 1, 1]
    # roots of λ² − (a + c)λ + ac − b²; hypot stays exact where ac − b² would cancel
    mean, radius = (a + c) / 2, library.hypot((a - c) / 2, b)
    return mean - radius, mean + radius


def principal_axes(hessian: Any, library: Any = jnp) -> tuple[tuple[Any, Any], tuple[Any, Any]]:
    """The eigenvalues of one symmetric matrix (2, 2), each with its unit vector (2,), the smaller one first.

    >>> (low, along), (high, across) = principal_axes(np.array([[2.0, 0.0], [0.0, 3.0]]), np)
    >>> float(low), abs(along).round(9).tolist(), float(high), abs(across).round(9).tolist()
    (2.0, [1.0, 0.0], 3.0, [0.0, 1.0])
    """
    (a, b), (_, c) = hessian
    smaller, larger = eigenvalues(hessian, library)
    # tan 2φ = 2b/(a − c) turns the matrix diagonal; arctan2 also holds for a = c, and picks the axis of the larger
    # eigenvalue
    angle = library.arctan2(2 * b, a - c) / 2
    x, y = library.cos(angle), library.sin(angle)
    return (smaller, library.stack([-y, x])), (larger, library.stack([x, y]))


def power_of_two(count: int, least: int = 1) -> int:
    """The smallest power of two that is at least `count` and at least `least`: the length that arrays are padded to.

    >>> [power_of_two(count, 4) for count in (0, 3, 4, 5, 100)]
    [4, 4, 4, 8, 128]
    """
    return max(least, 1 << (count - 1).bit_length()) if count else least


def padded(points: np.ndarray, least: int = 256) -> np.ndarray:
    """`points` (n, 2) with the last one repeated until the number of rows is a power of two, `least` or more."""
    rest = power_of_two(len(points), least) - len(points)
    return np.concatenate([points, np.broadcast_to(points[-1], (rest, 2))])


@jax.jit
def _gradients(landscape: Any, points: Any) -> Any:
    return jax.vmap(gradient_of(landscape))(points)


def gradients_at(landscape: Any, points: np.ndarray) -> np.ndarray:
    """The gradients at `points` (n, 2): an array (n, 2)."""
    return np.asarray(_gradients(landscape, padded(points)))[: len(points)]


@jax.jit
def _derivatives(landscape: Any, points: Any) -> Any:
    return jax.vmap(derivatives_of(landscape))(points)


def derivatives_at(landscape: Any, points: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The gradients (n, 2) and the Hessians (n, 2, 2) at `points` (n, 2)."""
    gradients, hessians = _derivatives(landscape, padded(points))
    return np.asarray(gradients)[: len(points)], np.asarray(hessians)[: len(points)]


@jax.jit
def _derivatives_at_one(landscape: Any, xy: Any) -> Any:
    return derivatives_of(landscape)(xy)


def derivatives(landscape: Any, xy: Any) -> tuple[np.ndarray, np.ndarray]:
    """The gradient (2,) and the Hessian (2, 2) at one point `xy` (2,).

    It has a compiled program of its own, since a page often asks for one point.
    """
    gradient, hessian = _derivatives_at_one(landscape, np.asarray(xy, dtype=float))
    return np.asarray(gradient), np.asarray(hessian)


@jax.jit
def _largest(landscape: Any, points: Any) -> Any:
    return eigenvalues(jax.vmap(hessian_of(landscape))(points))[1]


def sharpness_along(landscape: Any, positions: np.ndarray) -> np.ndarray:
    """λ_max, the larger eigenvalue of the Hessian, at `positions` (n, 2): an array (n,)."""
    return np.asarray(_largest(landscape, padded(positions)))[: len(positions)]
