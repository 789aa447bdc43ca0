"""The stationary points of a landscape: minima, saddles and maxima, told apart by their curvature."""

import dataclasses
import math
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np

from caching import cached
from landscapes.calculus import derivatives_of, eigenvalues, gradient_of, hessian_of, padded
from landscapes.landscape import Landscape, Point, diagonal, losses_at
from landscapes.surroundings import FLOOR, MAXIMUM, MINIMUM, golden_section, height, surroundings

KINDS = ("minimum", "saddle", "maximum", "degenerate")

CELLS = 383
"""Cells along each axis in which the domain is searched. Of points that share a cell, some may be missed."""

CHUNK = 512
"""Starts that one call of the compiled program polishes."""

ROUNDS = 60
"""The most Newton steps. A simple zero takes about six, a double one (the monkey saddle's) about fifty."""

MAX_TOGETHER = 6
"""The most degenerate points that are given, a twentieth of the diagonal apart: they may fill whole regions."""


BESIDE = 1e-7
"""A distance beside a point, as a part of the diagonal. Where the gradient is still large there, it is at a kink."""


@dataclasses.dataclass(frozen=True)
class StationaryPoint:
    """A point where the gradient is zero.

    `xy` is its place, (x, y); `loss` the loss there; `kind` one of KINDS. `eigenvalues` are the Hessian's, ascending:
    both positive at a minimum, one of each sign at a saddle, both negative at a maximum. A point is degenerate where
    one is zero, so that curvature says nothing; and where the loss has a kink, so that there is no curvature. Then they
    are NaN.
    """

    xy: Point
    kind: str
    loss: float
    eigenvalues: tuple[float, float]


def stationary_points(landscape: Landscape) -> list[StationaryPoint]:
    """The stationary points in the domain: minima, saddles, maxima, then degenerate points, each kind by loss.

    Newton's method on the gradient starts from each cell of a fine grid in which both partial derivatives change sign.
    Of a flat region, or of a valley floor that is level all along, only a few points are given, as degenerate. At a
    kink the gradient does not lead to the minimum; it is found where the loss is lower than all around it.

    >>> from landscapes import LANDSCAPES
    >>> [(point.kind, point.xy) for point in stationary_points(LANDSCAPES["bowl"]())]
    [('minimum', (0.0, 0.0))]
    """
    return list(_points(landscape))


@cached(64)
def isolated_minima(landscape: Landscape) -> tuple[StationaryPoint, ...]:
    """The stationary points that are lower than everything around them, in order of loss.

    They are the minima by curvature; and of the degenerate points those at a kink, as of |x| + |y|, and those on a
    floor too flat for its curvature to tell, as of x⁴ + y⁴.

    >>> from landscapes import from_formula
    >>> [point.xy for point in isolated_minima(from_formula("abs(x) + abs(y)"))]
    [(0.0, 0.0)]
    """
    points = _points(landscape)
    degenerate = [point for point in points if point.kind == "degenerate"]
    # curvature says nothing at these, so the loss around them is looked at
    shapes = surroundings(landscape, [point.xy for point in degenerate], move=False).shape
    minima = [point for point, shape in zip(degenerate, shapes, strict=True) if shape == MINIMUM]
    minima += [point for point in points if point.kind == "minimum"]
    return tuple(sorted(minima, key=lambda point: (round(point.loss, 9), point.xy)))


@cached(64)
def _points(landscape: Landscape) -> tuple[StationaryPoint, ...]:
    if landscape.convex:
        return tuple(_listed(landscape))
    # an odd number of cells: the middle of the domain, where many minima are, is inside a cell and not on its edge
    x, y = (np.linspace(low, high, CELLS + 1) for low, high in landscape.domain)
    loss, gradient_x, gradient_y = np.asarray(_field(landscape, x, y))
    size = math.hypot(x[-1] - x[0], y[-1] - y[0])
    # the curvature of a bowl as wide and high as this map: zero is judged against it, whatever the loss's unit
    above = loss[np.isfinite(loss)] - loss[np.isfinite(loss)].min(initial=np.inf)
    curvature = max(float(np.median(above)) if above.size else 0.0, 1e-300) / size**2
    rows = _inside(
        _polished(landscape, _starts(gradient_x, gradient_y, x, y), size), landscape.domain, curvature * size
    )
    points = [_point(*row) for row in _distinct(rows, size, curvature)]
    if not landscape.smooth:
        points = _without_jumps(landscape, points)
    points += _kinks(landscape, points, size)
    if landscape.smooth or landscape.lowest == "as found":  # others list their kinks: a sharp valley looks like many
        points += _kinks_on_grid(landscape, points, loss, x, y)
    return tuple(sorted(points, key=_order))


def _listed(landscape: Landscape) -> list[StationaryPoint]:
    """The stationary points of a convex landscape: the minima that it lists, and no others."""
    if not landscape.smooth:
        return _kinks(landscape, [], 1.0)
    points = np.asarray(landscape.minima).reshape(-1, 2)
    low, high = map(np.asarray, _eigenvalues_at(landscape, points))
    rows = zip(*points.T, losses_at(landscape, points), low, high, strict=True)
    return [_point(x, y, loss, 0.0, down, up, down <= 0) for x, y, loss, down, up in rows]


@jax.jit
def _eigenvalues_at(landscape: Landscape, points: Any) -> Any:
    return eigenvalues(jax.vmap(hessian_of(landscape))(points))


@jax.jit
def _field(landscape: Landscape, x: Any, y: Any) -> Any:
    """The loss and both partial derivatives on the grid: (3, len(y), len(x))."""

    def at(x: Any, y: Any) -> Any:
        loss, gradient = jax.value_and_grad(lambda xy: landscape(xy))(jnp.stack([x, y]))
        return jnp.stack([loss, *gradient])

    along_x = jax.vmap(at, (0, None), out_axes=1)
    return jax.vmap(along_x, (None, 0), out_axes=1)(x, y)


def _starts(gradient_x: np.ndarray, gradient_y: np.ndarray, x: np.ndarray, y: np.ndarray) -> np.ndarray:
    """The starts of Newton's method, (n, 2): the centres of cells in which both partial derivatives change sign, nodes
    with the locally shortest gradient, a few nodes along level floors, and one point of a flat region.
    """
    rows, columns = np.nonzero(_changes_sign(gradient_x) & _changes_sign(gradient_y))
    crossings = np.column_stack([x[columns] + x[columns + 1], y[rows] + y[rows + 1]]) / 2
    steep = np.nan_to_num(np.hypot(gradient_x, gradient_y), nan=np.inf)
    # a double zero, as at x³, has no change of sign, but the gradient is shortest there
    rows, columns = np.nonzero(_is_least(steep))
    floors = np.column_stack([*_level_nodes(steep, x, y)])
    return np.concatenate([crossings, np.column_stack([x[columns], y[rows]]), floors, _flat_point(steep, x, y)])


def _corners(grid: np.ndarray) -> np.ndarray:
    return np.stack([grid[:-1, :-1], grid[:-1, 1:], grid[1:, :-1], grid[1:, 1:]])


def _changes_sign(gradient: np.ndarray) -> np.ndarray:
    up, down = _corners(gradient > 0), _corners(gradient < 0)
    # zeros count as either sign; NaN counts as neither, so a cell at the border of the loss is searched too
    return ~up.all(axis=0) & ~down.all(axis=0) & (up | down).any(axis=0)


def _is_least(steep: np.ndarray) -> np.ndarray:
    """Whether each value is the least among its eight neighbours: bool, shape of `steep`.

    Of equal ones, one is chosen.
    """
    wide = np.pad(steep, 1, mode="edge")
    rows, columns = steep.shape
    around = [wide[j : j + rows, i : i + columns] for j in range(3) for i in range(3)]
    # around[4] is the value itself; ≤ before it and < behind it leave one of two equal neighbours
    return np.logical_and.reduce([steep <= one for one in around[:4]] + [steep < one for one in around[5:]])


def _level_nodes(steep: np.ndarray, x: np.ndarray, y: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """A few nodes along a floor: no neighbour is flatter, some are as flat, not all: x (n,) and y (n,)."""
    wide = np.pad(steep, 1, mode="edge")
    count = len(steep)
    around = np.stack([wide[j : j + count, i : i + count] for j in range(3) for i in range(3)])
    rows, columns = np.nonzero((steep <= around.min(axis=0)) & (steep < around.max(axis=0)))
    # one in each of 24 × 24 fields: a floor may have as many nodes as the grid
    fields = (rows * 24 // count) * 24 + columns * 24 // count
    _, first = np.unique(fields, return_index=True)
    return x[columns[first]], y[rows[first]]


def _flat_point(steep: np.ndarray, x: np.ndarray, y: np.ndarray) -> np.ndarray:
    """The point nearest to the middle of those that do not slope at all, (1, 2), or (0, 2) if there is none."""
    rows, columns = np.nonzero(steep == 0)
    flat = np.column_stack([x[columns], y[rows]])
    return flat[np.argsort(np.hypot(*(flat - flat.mean(axis=0)).T))[:1]] if len(flat) else flat


def _polished(landscape: Landscape, starts: np.ndarray, size: float) -> np.ndarray:
    """The ends of Newton's method from each start, (n, 7): x, y, loss, the gradient's length, two eigenvalues, and the
    gradient's length just beside.
    """
    chunks = range(0, len(starts), CHUNK)
    padded = np.resize(starts, (len(chunks) * CHUNK, 2))  # filled up with repeats, so that one shape is compiled
    ends = [np.asarray(_newton(landscape, padded[k : k + CHUNK], size)) for k in chunks]
    return np.concatenate([*ends, np.empty((0, 7))])[: len(starts)]


@jax.jit
def _newton(landscape: Landscape, starts: Any, size: Any) -> Any:
    local = jax.vmap(derivatives_of(landscape))

    def unfinished(carry: Any) -> Any:
        return (carry[0] < ROUNDS) & ~carry[-1].all()

    def move(carry: Any) -> Any:
        """One step, kept where it makes the slope smaller; where not, the next one is shorter."""
        done, xy, gradient, curvatures, reach, _ = carry
        step = _newton_step(gradient, curvatures)
        length = jnp.linalg.norm(step, axis=1)
        trial = xy + step * jnp.minimum(1, reach / jnp.maximum(length, 1e-300))[:, None]
        trial_gradient, trial_hessians = local(trial)
        # the gradient's length is what falls: Newton's method then finds saddles and maxima as well as minima
        better = jnp.linalg.norm(trial_gradient, axis=1) < jnp.linalg.norm(gradient, axis=1)
        arrived = (length < 1e-15 * size) | ~better & (reach < 1e-9 * size)
        # at most a cell a step, so that a start does not run off to another zero
        reach = jnp.where(better, jnp.minimum(2 * reach, size / CELLS), jnp.minimum(reach, length) / 4)
        xy, gradient = jnp.where(better[:, None], trial, xy), jnp.where(better[:, None], trial_gradient, gradient)
        return done + 1, xy, gradient, jnp.where(better[:, None, None], trial_hessians, curvatures), reach, arrived

    reach = jnp.full(len(starts), size / CELLS)
    first = (0, starts, *local(starts), reach, jnp.zeros(len(starts), bool))
    _, xy, gradient, curvatures, *_ = jax.lax.while_loop(unfinished, move, first)
    # along both diagonals: a kink on an axis, as of |x|, is left by each of them
    beside = xy + BESIDE * size * jnp.array([[1.0, 1.0], [1.0, -1.0]])[:, None]
    steep = jnp.linalg.norm(jax.vmap(jax.vmap(gradient_of(landscape)))(beside), axis=-1).max(axis=0)
    return jnp.column_stack(
        [xy, jax.vmap(landscape)(xy), jnp.linalg.norm(gradient, axis=1), *eigenvalues(curvatures), steep]
    )


def _newton_step(gradient: Any, hessians: Any) -> Any:
    """−H⁻¹g for each point, (n, 2), by Cramer's rule. A rounding error's worth is added to H, so none is singular."""
    (a, b), (_, c) = (hessians[:, 0, 0], hessians[:, 0, 1]), (hessians[:, 1, 0], hessians[:, 1, 1])
    trifle = 1e-14 * (jnp.abs(a) + jnp.abs(c) + jnp.abs(b)) + 1e-290
    a, c = a + trifle, c + trifle
    determinant = a * c - b * b
    safe = jnp.where(determinant == 0, 1e-300, determinant)
    x, y = gradient.T
    return -jnp.column_stack([c * x - b * y, a * y - b * x]) / safe[:, None]


def _inside(rows: np.ndarray, domain: Any, steepness: float) -> np.ndarray:
    """The rows, as of `_polished`, whose point is in the domain and has a zero gradient, but for rounding."""
    (low_x, high_x), (low_y, high_y) = domain
    x, y, _, gradient, low, high, _ = rows.T
    # a coordinate is off by its rounding, and the gradient by that times the curvature
    rounding = 1e-13 * np.maximum(np.abs(low), np.abs(high)) * max(map(abs, (low_x, high_x, low_y, high_y)))
    # a minimum on the edge may be polished to just outside
    edge_x, edge_y = 1e-9 * (high_x - low_x), 1e-9 * (high_y - low_y)
    within = (low_x - edge_x <= x) & (x <= high_x + edge_x) & (low_y - edge_y <= y) & (y <= high_y + edge_y)
    inside = rows[within & np.isfinite(rows[:, :6]).all(axis=1) & (gradient <= 1e-9 * steepness + rounding)]
    # a coordinate of a trillionth of the domain is rounding: pages show 0
    inside[:, :2] = np.where(np.abs(inside[:, :2]) < 1e-12 * (edge_x + edge_y) * 1e9, 0.0, inside[:, :2])
    return inside


def _distinct(rows: np.ndarray, size: float, curvature: float) -> np.ndarray:
    """The rows without repeats, the best polished of each: points that are farther than 1e-6 of the diagonal apart, and
    a few degenerate ones, MAX_TOGETHER at most.
    """
    least, most = np.sort(np.abs(rows[:, 4:6])).T
    # by Taylor the gradient beside a smooth point is at most curvature × distance; ten times that is a kink
    kink = rows[:, 6] > 10 * BESIDE * size * (most + 10 * curvature)
    # an eigenvalue this small against the map's curvature, or against the other one, is zero
    flat = kink | (least <= 1e-7 * curvature + 1e-9 * most)
    rows = np.column_stack([rows[:, :4], np.where(kink[:, None], np.nan, rows[:, 4:6]), flat])
    # by the length of the gradient, so that `_once` keeps the best polished of each
    proper = _once(rows[~flat][np.argsort(rows[~flat][:, 3], kind="stable")], 1e-6 * size)
    few = _once(rows[flat][np.argsort(rows[flat][:, 3], kind="stable")], size / 20)
    is_new = [bool((np.hypot(*(proper[:, :2] - xy).T) > 1e-6 * size).all()) for xy in few[:, :2]]
    few = few[np.array(is_new, dtype=bool)]
    few = few[np.lexsort((few[:, 1], few[:, 0]))]
    # evenly along a floor, sorted by x, rather than the first few
    spread = np.unique(np.linspace(0, max(len(few) - 1, 0), MAX_TOGETHER).round().astype(int))[: len(few)]
    return np.concatenate([proper, few[spread]])


def _once(rows: np.ndarray, distance: float) -> np.ndarray:
    """The rows, without those that are nearer than `distance` to an earlier one."""
    return rows[_once_numbers(rows, distance)]


def _once_numbers(rows: np.ndarray, distance: float) -> list[int]:
    """The indices of the rows that `_once` keeps."""
    # cells as wide as the distance: whatever is near to a point is in its cell or in the eight around it
    by_cell: dict[tuple[int, int], list[Point]] = {}
    chosen = []
    for number, (x, y) in enumerate(rows[:, :2].tolist()):
        i, j = math.floor(x / distance), math.floor(y / distance)
        around = [point for a in (-1, 0, 1) for b in (-1, 0, 1) for point in by_cell.get((i + a, j + b), ())]
        if all(math.hypot(x - a, y - b) >= distance for a, b in around):
            by_cell.setdefault((i, j), []).append((x, y))
            chosen.append(number)
    return chosen


def _point(x: float, y: float, loss: float, _: float, low: float, high: float, flat: float) -> StationaryPoint:
    kind = "degenerate" if flat else "minimum" if low > 0 else "maximum" if high < 0 else "saddle"
    return StationaryPoint((float(x), float(y)), kind, float(loss), (float(low), float(high)))


def _without_jumps(landscape: Landscape, points: list[StationaryPoint]) -> list[StationaryPoint]:
    """The points, with a minimum or maximum made degenerate where the loss around it says otherwise, as at a jump."""
    shapes = surroundings(landscape, [point.xy for point in points], move=False).shape
    kinds = {"minimum": MINIMUM, "maximum": MAXIMUM}
    return [
        dataclasses.replace(point, kind="degenerate") if kinds.get(point.kind, shape) != shape else point
        for point, shape in zip(points, shapes, strict=True)
    ]


def _kinks(landscape: Landscape, points: list[StationaryPoint], size: float) -> list[StationaryPoint]:
    """The listed minima that are not among `points`: they are at kinks, where no gradient leads Newton's method."""
    if landscape.smooth or landscape.lowest == "as found" or not landscape.minima:
        return []
    new = [xy for xy in landscape.minima if all(math.dist(xy, point.xy) > 1e-6 * size for point in points)]
    losses = losses_at(landscape, new).tolist()
    nothing = (math.nan, math.nan)
    return [StationaryPoint(xy, "degenerate", loss, nothing) for xy, loss in zip(new, losses, strict=True)]


def _kinks_on_grid(
    landscape: Landscape, points: list[StationaryPoint], loss: np.ndarray, x: np.ndarray, y: np.ndarray
) -> list[StationaryPoint]:
    """The minima at kinks that nobody lists, which the gradient does not lead to.

    The search starts at nodes of the grid that are lower than all around, where no point is known yet. From there it
    goes by the loss alone (see `_descended`). A place is kept if nothing around it is lower.
    """
    size, cell = math.hypot(x[-1] - x[0], y[-1] - y[0]), math.hypot(x[1] - x[0], y[1] - y[0])
    finite = np.where(np.isfinite(loss), loss, np.inf)
    rows, columns = np.nonzero(_is_least(finite)[1:-1, 1:-1])
    nodes = np.column_stack([x[columns + 1], y[rows + 1]])
    if not landscape.smooth:
        nodes = np.concatenate([nodes, np.column_stack(_level_nodes(finite, x, y))])
    if len(points):
        known = np.array([point.xy for point in points])
        nodes = nodes[[bool((np.hypot(*(known - node).T) > cell).all()) for node in nodes]]
    if not len(nodes):
        return []
    # a rough loss may have a dip at every other node: the lowest are searched
    nodes = nodes[np.argsort(losses_at(landscape, nodes), kind="stable")][:CHUNK]
    starts = padded(nodes, 16)
    descents = _descended(landscape, starts, np.full(len(starts), cell), 0.0)
    ends, steep = (np.asarray(part)[: len(nodes)] for part in descents)
    # as in `_inside`: a trillionth of the diagonal is rounding
    ends = np.where(np.abs(ends) < 1e-12 * size, 0.0, ends)
    (low_x, high_x), (low_y, high_y) = landscape.domain
    inside = (low_x < ends[:, 0]) & (ends[:, 0] < high_x) & (low_y < ends[:, 1]) & (ends[:, 1] < high_y)
    # where the slope fades there is no kink, and Newton has been there
    inside &= steep * size > 1e-2 * height(landscape)
    inside &= np.array([all(math.dist(end, point.xy) > 1e-2 * cell for point in points) for end in ends])
    ends = ends[inside]
    shapes = surroundings(landscape, ends, move=False).shape
    minima, floors = ends[shapes == MINIMUM], ends[shapes == FLOOR]
    minima = minima[_once_numbers(minima, 1e-6 * size)]
    few = floors[_once_numbers(floors, size / 20)][:MAX_TOGETHER]  # along a valley that is level at its kink
    ends = np.concatenate([minima, few])
    nothing = (math.nan, math.nan)
    rows_with_loss = zip(*ends.T.tolist(), losses_at(landscape, ends).tolist(), strict=True)
    return [StationaryPoint((a, b), "degenerate", loss, nothing) for a, b, loss in rows_with_loss]


def lowest_nearby(landscape: Landscape, points: np.ndarray, reach: np.ndarray) -> np.ndarray:
    """The lowest place within about `reach` (n,) of each of `points` (n, 2), the nearest if several are as low.

    It is found without a slope, so that it may be at a kink.
    """
    if not len(points):
        return points
    starts = padded(points, 16)
    pull = 1e-6 * height(landscape) / diagonal(landscape) ** 2
    return np.asarray(_descended(landscape, starts, np.resize(reach, len(starts)), pull)[0])[: len(points)]


SECTIONS = 44
"""Golden sections of one search: each leaves 0.618 of the interval, together 6e-10 of it."""

BOXES = (0.7, 0.7, 0.7, 1e-2, 1e-5)
"""How far each search looks to either side, in cells, around the place that the one before it found."""


@jax.jit
def _descended(landscape: Landscape, starts: Any, cells: Any, pull: Any) -> Any:
    """The lowest point near each start, (n, 2), found by the loss alone; and the least gradient's length beside it,
    (n,).

    It is a golden-section search (Kiefer, 1953) along one coordinate, with another along the second coordinate at each
    place. So it follows a valley as narrow as a cusp, in whatever direction that runs. Both orders are tried. `cells`
    (n,) says how far away it looks. A `pull` above 0 adds that much times the distance squared, so that of places that
    are equally low the nearest is found.
    """

    def section(value: Any, low: Any, high: Any) -> Any:
        return golden_section(value, low, high, sections=SECTIONS)

    def lowest_in_box(start: Any, centre: Any, reach: Any, outer: Any) -> Any:
        """The lowest point within `reach` of `centre`; `outer`, 0 or 1, is the coordinate of the outer search."""

        def point(here: Any, there: Any) -> Any:
            return jnp.stack([here, there] if outer == 0 else [there, here])

        def loss(xy: Any) -> Any:
            return jnp.nan_to_num(landscape(xy) + pull * ((xy - start) ** 2).sum(), nan=jnp.inf)

        def inner(here: Any) -> Any:
            middle = centre[1 - outer]
            return section(lambda there: loss(point(here, there)), middle - reach, middle + reach)

        here = section(lambda here: loss(point(here, inner(here))), centre[outer] - reach, centre[outer] + reach)
        return point(here, inner(here))

    def at(start: Any, cell: Any) -> Any:
        def again(turn: Any, xy: Any) -> Any:
            reach = cell * jnp.asarray(BOXES)[turn]
            # a search may end higher where the loss has several dips in the box: then the place stays
            ends = jnp.stack([lowest_in_box(start, xy, reach, 0), lowest_in_box(start, xy, reach, 1), xy])
            losses = jnp.nan_to_num(jax.vmap(lambda xy: landscape(xy))(ends), nan=jnp.inf)
            return ends[jnp.argmin(losses)]

        xy = jax.lax.fori_loop(0, len(BOXES), again, start)
        # oblique directions: along an axis the gradient of |x| + |y| has an undefined part
        offsets = 1e-5 * cell * jnp.array([[1.0, 0.3], [-0.3, 1.0], [-1.0, -0.3], [0.3, -1.0]])
        gradients = jax.vmap(gradient_of(landscape))(xy + offsets)
        return xy, jnp.linalg.norm(gradients, axis=1).min()

    return jax.vmap(at)(starts, cells)


def _order(point: StationaryPoint) -> tuple[int, float, Point]:
    return KINDS.index(point.kind), round(point.loss, 9), point.xy
