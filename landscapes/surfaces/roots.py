"""A square root with a finite derivative at 0, so that JAX can differentiate a distance there."""

from typing import Any

import jax.numpy as jnp


def root(t: Any) -> Any:
    """√t for t ≥ 0, elementwise. Its derivative at 0 is 0, not ∞ or NaN, so that gradients stay finite.

    >>> import jax
    >>> float(root(4.0)), float(root(0.0)), float(jax.grad(root)(0.0))
    (2.0, 0.0, 0.0)
    """
    positive = t > 0
    # both branches are differentiated, so the root must not see the 0 either
    return jnp.where(positive, jnp.sqrt(jnp.where(positive, t, 1.0)), 0.0)
