"""Parts of programs that run many descents at once and store no path."""

from typing import Any

import jax
import jax.numpy as jnp
import numpy as np

from landscapes import Landscape
from optimizers import Optimizer
from optimizers.descent import MAX_COORDINATE, one_step


def of_type(tree: Any, dtype: Any) -> Any:
    """A record, or any tree of arrays, with its floats converted to `dtype`; other leaves stay as they are."""

    def cast(leaf: Any) -> Any:
        leaf = leaf if hasattr(leaf, "dtype") else np.asarray(leaf)
        return leaf.astype(dtype) if jnp.issubdtype(leaf.dtype, jnp.floating) else leaf

    return jax.tree.map(cast, tree)


def move(
    landscape: Landscape, optimizer: Optimizer, xy: Any, state: Any, rate: Any, batch: Any
) -> tuple[tuple[Any, Any, Any], tuple[Any, Any]]:
    """`one_step` in the precision of `xy`, whatever the precision of the constants in the landscape and the rule."""
    return of_type(one_step(landscape, optimizer, xy, state, rate, batch), xy.dtype)


def is_finite(xy: Any, *trees: Any) -> Any:
    """Whether a point `xy` (2,) is within MAX_COORDINATE, and all arrays in `trees` are finite: a bool."""
    # compared in float64 below: in float32 MAX_COORDINATE itself would be infinite
    finite = [jnp.isfinite(leaf).all() for leaf in jax.tree.leaves(trees)]
    return jnp.stack([(jnp.abs(xy.astype(float)) < MAX_COORDINATE).all(), *finite]).all()
