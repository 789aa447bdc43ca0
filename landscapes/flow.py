"""The gradient flow: the minimum that water would run to from a point, however a path got there."""

from typing import Any

import jax
import jax.numpy as jnp
import numpy as np

from landscapes.calculus import derivatives_of, eigenvalues
from landscapes.landscape import Landscape, diagonal
from landscapes.minima import reached

LONGEST = 1 / 400
"""The longest step, as a part of the domain's diagonal. It is also how sharply a watershed is found."""

ROUNDS = 2000
"""The most steps of one flow. At full length they span five diagonals."""

CHUNK = 256
"""Points that one call of the compiled program moves side by side."""


def basin_of(landscape: Landscape, points: Any) -> np.ndarray:
    """The index of the known minimum that the gradient flow leads to, for each of `points` (n, 2): (n,) int.

    It is NOT_SETTLED (−2) for a point that flows out of the map or onto a flat. A noisy run never rests, so this is how
    one tells which basin it is in.

    >>> from landscapes import LANDSCAPES
    >>> basin_of(LANDSCAPES["double_well"](), [(-0.3, 2.0), (0.6, -1.0)]).tolist()
    [0, 1]
    """
    return reached(landscape, flow(landscape, points))


def flow(landscape: Landscape, points: Any) -> np.ndarray:
    """The points where the gradient flow dx/dt = −∇f from each of `points` (n, 2) comes to rest: (n, 2), float64.

    It takes linearly implicit Euler steps, −(I/τ + H)⁻¹∇f. They are short enough to follow the flow, and become full
    Newton steps near the end. A step that does not lower the loss is not taken, and the next one is shorter.

    Source: Hairer and Wanner, Solving Ordinary Differential Equations II, 1996, IV.9.
    """
    points = np.asarray(points, dtype=float).reshape(-1, 2)
    # np.resize repeats the points to fill the last chunk, so one shape is compiled
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
        # a trust region: the step length doubles after a step down and is quartered after a step that did not go down
        next_reach = jnp.where(better, jnp.minimum(2 * reach, LONGEST * size), reach / 4)
        # at rest: the step, or the length it is allowed, is below a billionth of the diagonal
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
    # |g|/d bounds the step by `reach` where H is positive; −2λ lifts a negative eigenvalue λ to −λ; 1e-300 avoids 0/0
    # where the gradient and H are 0
    damping = jnp.hypot(x, y) / reach + jnp.maximum(0, -2 * smaller) + 1e-300
    a, c = a + damping, c + damping
    # Cramer's rule for the symmetric 2×2 system [[a, b], [b, c]]
    return -jnp.column_stack([c * x - b * y, a * y - b * x]) / (a * c - b * b)[:, None]
