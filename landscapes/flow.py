"""Where water would run: the minimum that a point belongs to, however a ball got there."""

from typing import Any

import jax
import jax.numpy as jnp
import numpy as np

from landscapes.calculus import derivatives_of, eigenvalues
from landscapes.landscape import Landscape, diagonal
from landscapes.minima import reached

LONGEST = 1 / 400
"""The longest step, as a part of the domain's diagonal: a watershed is found as sharply as this."""

ROUNDS = 2000
"""Steps at most: five diagonals long."""

CHUNK = 256
"""So many points flow side by side."""


def basin_of(landscape: Landscape, points: Any) -> np.ndarray:
    """Which of the known minima the gradient flow leads to from each of `points` (n, 2): (n,) int.

    NOT_SETTLED (−2) for a point that flows elsewhere: out of the map, or onto a flat. This tells in which basin a
    noisy run is, since such a run never rests.

    >>> from landscapes import LANDSCAPES
    >>> basin_of(LANDSCAPES["double_well"](), [(-0.3, 2.0), (0.6, -1.0)]).tolist()
    [0, 1]
    """
    return reached(landscape, flow(landscape, points))


def flow(landscape: Landscape, points: Any) -> np.ndarray:
    """Where the gradient flow dx/dt = −∇f comes to rest from each of `points` (n, 2): (n, 2), float64.

    Linearly implicit Euler steps, −(I/τ + H)⁻¹∇f, as short as they must be to follow the flow, and full Newton steps
    in the end; each must go down. Source: Hairer and Wanner, Solving Ordinary Differential Equations II, 1996, IV.9.
    """
    points = np.asarray(points, dtype=float).reshape(-1, 2)
    chunks = np.resize(points, (-(-len(points) // CHUNK), CHUNK, 2))
    ends = [np.asarray(_flow(landscape, chunk, diagonal(landscape))) for chunk in chunks]
    return np.concatenate([*ends, np.empty((0, 2))])[: len(points)]


@jax.jit
def _flow(landscape: Landscape, points: Any, size: Any) -> Any:
    loss_of = jax.vmap(lambda xy: landscape(xy))
    local = jax.vmap(derivatives_of(landscape))

    def unfinished(carry: Any) -> Any:
        round, *_, moving = carry
        return (round < ROUNDS) & moving.any()

    def step(carry: Any) -> Any:
        round, xy, loss, reach, moving = carry
        move = _implicit_step(*local(xy), reach)
        trial = loss_of(xy + move)
        better = (trial < loss) & moving
        next_reach = jnp.where(better, jnp.minimum(2 * reach, LONGEST * size), reach / 4)
        still = (jnp.hypot(*move.T) > 1e-9 * size) & (next_reach > 1e-9 * size)
        xy = jnp.where(better[:, None], xy + move, xy)
        return round + 1, xy, jnp.where(better, trial, loss), next_reach, moving & still

    began = (0, points, loss_of(points), jnp.full(len(points), LONGEST * size), jnp.ones(len(points), bool))
    return jax.lax.while_loop(unfinished, step, began)[1]


def _implicit_step(gradient: Any, curvatures: Any, reach: Any) -> Any:
    """−(H + dI)⁻¹g for each point, (n, 2), with d so large that H + dI is positive and no step is above `reach`."""
    (a, b), (_, c), (x, y) = (
        (curvatures[:, 0, 0], curvatures[:, 0, 1]),
        (curvatures[:, 1, 0], curvatures[:, 1, 1]),
        gradient.T,
    )
    smaller, _ = eigenvalues(curvatures)
    damping = jnp.hypot(x, y) / reach + jnp.maximum(0, -2 * smaller) + 1e-300
    a, c = a + damping, c + damping
    return -jnp.column_stack([c * x - b * y, a * y - b * x]) / (a * c - b * b)[:, None]
