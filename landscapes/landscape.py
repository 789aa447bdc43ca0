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
"""How many samples a landscape without data is the mean of."""

FAMILIES = ("bowls and valleys", "saddles and plateaus", "many minima", "data")
"""What landscapes are grouped by, in teaching order."""


class Landscape(Record):
    """A loss surface over a point `xy`, differentiable by JAX; number fields reshape it.

    Facts, on the class or computed from its fields:

    * `title`; `family`, one of FAMILIES; `formula` (LaTeX); `story`, one sentence on why a learner would look at it;
      `source` (author, year);
    * `domain`, ((x_low, x_high), (y_low, y_high)): the part that is shown;
    * `start`, (x, y): where the story begins; `learning_rate`: one at which plain descent tells it;
    * `minima` and `saddles`, tuples of points, global minima first;
    * `smooth`, False where a listed minimum may be at a kink: lowest all around, but with no curvature;
    * `convex`, True where the listed minima are all that is level;
    * `lowest`, how far one knows that the lowest listed minimum is the lowest: `everywhere`, `on the map` (the
      surface is lower further out), or `as found` (of a typed formula nobody lists the minima, a search finds them);
    * `axes`, what the two parameters are called;
    * `samples`, the data behind the loss, or None: then a batch adds noise to the slope.
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
        """The loss at `xy`, shape (2,): a scalar."""
        raise NotImplementedError

    def batch_gradient(self, xy: Any, full_gradient: Any, batch: Any) -> Any:
        """The gradient (2,) that a batch sees: that of the whole, and the batch's noise (2,)."""
        return full_gradient + batch

    @property
    def sample_count(self) -> int:
        """How many samples the loss is the mean of."""
        return SAMPLES

    @property
    def visitors_table(self) -> Any:
        """The table of a visitor's own that the loss is made from, None if there is none: see `caching`."""
        return None

    @property
    def global_minima(self) -> tuple[Point, ...]:
        """Those of `minima` that no other one lies below."""
        return _lowest(self)


def diagonal(landscape: Landscape) -> float:
    """Length of the domain's diagonal: the measure for near and far."""
    return math.hypot(*(high - low for low, high in landscape.domain))


_losses = jax.jit(jax.vmap(lambda landscape, xy: landscape(xy), in_axes=(None, 0)))


def losses_at(landscape: Landscape, points: Any) -> np.ndarray:
    """The loss at each of `points`, shape (n, 2): an array (n,)."""
    return np.asarray(_losses(landscape, jnp.asarray(points, dtype=float).reshape(-1, 2)))


@jax.jit
def _value_and_gradient(landscape: Landscape, xy: Any) -> Any:
    return jax.value_and_grad(lambda xy: landscape(xy))(xy)


def has_value(landscape: Landscape, xy: Any) -> bool:
    """Whether loss and gradient at a point (2,) are finite, so that a descent can start there."""
    loss, gradient = _value_and_gradient(landscape, np.asarray(xy, dtype=float))
    return bool(np.isfinite(loss) and np.isfinite(gradient).all())


def losses_along(landscape: Landscape, positions: np.ndarray) -> np.ndarray:
    """The loss at each point of a path, `positions` (n, 2): an array (n,). Few programs are compiled."""
    return losses_at(landscape, padded(positions))[: len(positions)]


@cached(64)
def _lowest(landscape: Landscape) -> tuple[Point, ...]:
    if not landscape.minima:
        return ()
    losses = losses_at(landscape, landscape.minima)
    level = losses.min() + 1e-9 * (1 + abs(losses.min()))
    return tuple(xy for xy, loss in zip(landscape.minima, losses, strict=True) if loss <= level)


@jax.jit
def _grid_losses(landscape: Landscape, x: Any, y: Any) -> Any:
    along_x = jax.vmap(lambda x, y: landscape(jnp.stack([x, y])), in_axes=(0, None))
    return jax.vmap(along_x, in_axes=(None, 0))(x, y)


@cached(32)
def grid(landscape: Landscape, resolution: int = 150) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """The loss over the domain: x (n,), y (n,) and z (n, n) with `z[j, i] = landscape((x[i], y[j]))`.

    The arrays are shared between callers and read-only.

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
