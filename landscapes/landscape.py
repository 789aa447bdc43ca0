"""What a landscape is: a loss over two parameters, with the facts a learner is shown."""

import math
from typing import Any, ClassVar

import jax
import jax.numpy as jnp
import numpy as np

from caching import cached
from landscapes.calculus import padded
from records import Record

Point = tuple[float, float]

SAMPLES = 64
"""The number of samples that a landscape without data stands for: its batches are parts of this many."""

FAMILIES = ("bowls and valleys", "saddles and plateaus", "many minima", "data")
"""The groups of landscapes, in teaching order."""


class Landscape(Record):
    """A loss surface over a point `xy`, differentiable by JAX; number fields reshape it.

    Facts, on the class or computed from its fields:

    * `title`; `family`, one of FAMILIES; `formula` (LaTeX); `story`, one sentence on why a learner would look at it;
      `source` (author, year);
    * `domain`, ((x_low, x_high), (y_low, y_high)): the part that is shown;
    * `start`, (x, y): where the story begins; `learning_rate`: a rate at which plain descent shows the story;
    * `minima` and `saddles`, tuples of points, global minima first;
    * `smooth`, False where a listed minimum may be at a kink: lowest all around, but with no curvature;
    * `convex`, True where the listed minima are the only stationary points;
    * `lowest`, where the lowest listed minimum is known to be the lowest point: `everywhere`; `on the map` (the loss is
      lower further out); or `as found` (nobody lists the minima of a typed formula, a search finds them);
    * `axes`, the names of the two parameters;
    * `samples`, the data behind the loss. If it is None, a batch adds noise to the gradient instead.
    """

    family: ClassVar[str]
    formula: ClassVar[str]
    story: ClassVar[str]
    source: ClassVar[str]
    domain: ClassVar[tuple[Point, Point]]
    start: ClassVar[Point]
    learning_rate: ClassVar[float]
    minima: Any = ()
    saddles: Any = ()
    smooth: ClassVar[bool] = True
    convex: ClassVar[bool] = False
    lowest: ClassVar[str] = "everywhere"
    axes: ClassVar[tuple[str, str]] = ("x", "y")
    samples: Any = None

    def __call__(self, xy: Any) -> Any:
        """The loss at a point `xy` (2,): a scalar."""
        raise NotImplementedError

    def batch_gradient(self, xy: Any, full_gradient: Any, batch: Any) -> Any:
        """The gradient (2,) on one batch.

        Args:
            xy: the point (2,).
            full_gradient: the gradient (2,) of the whole loss there.
            batch: without data, the noise (2,) that is added to it; with data, see `Fitted`.
        """
        return full_gradient + batch

    @property
    def hides_kinks(self) -> bool:
        """Whether it may have kinks that nobody lists, as a typed formula may: a search by the loss finds them."""
        return not self.smooth and self.lowest == "as found"

    @property
    def sample_count(self) -> int:
        """The number of samples that the loss is a mean over."""
        return SAMPLES

    @property
    def visitors_table(self) -> Any:
        """The visitor's own table that the loss is computed from, or None. `caching` explains why it is asked for."""
        return None

    @property
    def global_minima(self) -> tuple[Point, ...]:
        """The points of `minima` with the lowest loss, but for rounding."""
        return _lowest(self)


def diagonal(landscape: Landscape) -> float:
    """The length of the domain's diagonal. Distances on the map are judged by it."""
    return math.hypot(*(high - low for low, high in landscape.domain))


_losses = jax.jit(jax.vmap(lambda landscape, xy: landscape(xy), in_axes=(None, 0)))


def losses_at(landscape: Landscape, points: Any) -> np.ndarray:
    """The losses at `points` (n, 2): an array (n,)."""
    return np.asarray(_losses(landscape, jnp.asarray(points, dtype=float).reshape(-1, 2)))


@jax.jit
def _value_and_gradient(landscape: Landscape, xy: Any) -> Any:
    return jax.value_and_grad(lambda xy: landscape(xy))(xy)


def has_value(landscape: Landscape, xy: Any) -> bool:
    """Whether the loss and the gradient are finite at a point `xy` (2,), so that a descent can start there."""
    loss, gradient = _value_and_gradient(landscape, np.asarray(xy, dtype=float))
    return bool(np.isfinite(loss) and np.isfinite(gradient).all())


def losses_along(landscape: Landscape, positions: np.ndarray) -> np.ndarray:
    """The losses along a path, `positions` (n, 2): an array (n,).

    It is `losses_at` with padding, so that paths of many lengths share few compiled programs.
    """
    return losses_at(landscape, padded(positions))[: len(positions)]


@cached(64)
def _lowest(landscape: Landscape) -> tuple[Point, ...]:
    if not landscape.minima:
        return ()
    losses = losses_at(landscape, landscape.minima)
    # equally low minima differ by rounding, since their places are listed with ten digits
    level = losses.min() + 1e-9 * (1 + abs(losses.min()))
    return tuple(xy for xy, loss in zip(landscape.minima, losses, strict=True) if loss <= level)


@jax.jit
def _grid_losses(landscape: Landscape, x: Any, y: Any) -> Any:
    along_x = jax.vmap(lambda x, y: landscape(jnp.stack([x, y])), in_axes=(0, None))
    return jax.vmap(along_x, in_axes=(None, 0))(x, y)


@cached(32)
def grid(landscape: Landscape, resolution: int = 150) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """The loss on a grid over the domain: x (n,), y (n,) and z (n, n), with `z[j, i] = landscape((x[i], y[j]))`.

    The arrays are read-only, since callers share them. n is the `resolution`.

    >>> from landscapes import LANDSCAPES
    >>> x, y, z = grid(LANDSCAPES["rosenbrock"](), 5)
    >>> z.shape, float(z[0, 4]) == float(LANDSCAPES["rosenbrock"]()((x[4], y[0])))
    ((5, 5), True)
    """
    x, y = (np.linspace(low, high, resolution) for low, high in landscape.domain)
    z = np.array(_grid_losses(landscape, x, y))
    for array in (x, y, z):
        array.flags.writeable = False
    return x, y, z
