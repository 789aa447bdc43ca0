"""A square root that has a slope everywhere: what a distance needs to be differentiable by JAX at 0."""

from typing import Any

import jax.numpy as jnp


def root(t: Any) -> Any:
    """√t for t ≥ 0, with the slope 0 (not ∞ or NaN) at 0, so that a gradient there is finite.

    >>> import jax
    >>> float(root(4.0)), float(root(0.0)), float(jax.grad(root)(0.0))
    (2.0, 0.0, 0.0)
    """
    positive = t > 0
    # both branches are differentiated, so the root must not see the 0 either
    return jnp.where(positive, jnp.sqrt(jnp.where(positive, t, 1.0)), 0.0)
