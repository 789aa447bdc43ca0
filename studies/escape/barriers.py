"""The barrier of each minimum: the lowest pass out of its basin, and its height. Below it a path is trapped.

The pass between two minima is the highest point of the path whose highest point is lowest (the mountain pass,
Ambrosetti and Rabinowitz, 1973). It is found by flooding a fine grid (the watershed transform): each node belongs to
the minimum that it drains to, and basins merge where they first touch. The height is then taken from the saddle there.
"""

import dataclasses
import math
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np

from caching import cached
from landscapes import Landscape, StationaryPoint, grid, stationary_points
from landscapes.calculus import derivatives, derivatives_of, eigenvalues, principal_axes
from landscapes.flow import basin_of
from landscapes.landscape import Point, diagonal
from landscapes.minima import known_minima

NODES = 256
"""Nodes of the grid along each axis of the domain. Minima at one node are not told apart."""

OUTSIDE = -1
"""The label of everything outside the map, of which nothing is known."""


@dataclasses.dataclass(frozen=True, eq=False)
class Barrier:
    """The lowest way out of a minimum's basin.

    * `height`: its loss; `xy`: its place; `over`: whether it is over a `saddle`, the `edge` of the map, or a `pass`
      between nodes of the grid at which no saddle was found;
    * `levels` (m,), rising, and `curvatures` (m,): in the part of the basin where the loss is at most `levels[i]`, no
      eigenvalue of the Hessian is above `curvatures[i]`.
    """

    height: float
    xy: Point
    over: str
    levels: np.ndarray
    curvatures: np.ndarray

    def curvature(self, level: Any) -> np.ndarray:
        """The largest curvature in the part of the basin where the loss is at most `level`, elementwise."""
        place = np.searchsorted(self.levels, level, side="right") - 1
        # one node further, for a point beyond the last node that is below the level
        return self.curvatures[np.clip(place + 1, 0, len(self.curvatures) - 1)]


@dataclasses.dataclass(frozen=True, eq=False)
class Map:
    """The barriers of all known minima on a grid.

    * `ways`: the barrier of each minimum, None where the grid is too coarse to tell it from the next one;
    * `basin` (n, n) int: the index of the minimum whose basin, below its barrier, a node is in; −1 for none;
    * `x` (n,), `y` (n,): the nodes.
    """

    ways: tuple[Barrier | None, ...]
    basin: np.ndarray
    x: np.ndarray
    y: np.ndarray

    def basins_at(self, points: np.ndarray) -> np.ndarray:
        """The index of the basin, below its barrier, that each of `points` (n, 2) is in: (n,) int.

        It is −1 for no basin, and where the corners of the grid's cell belong to different basins.
        """
        column, row = _cell(points[:, 0], self.x), _cell(points[:, 1], self.y)
        corners = np.stack([self.basin[row + j, column + i] for j in (0, 1) for i in (0, 1)])
        highest = corners.max(axis=0)
        # nodes of no basin lie above the barrier, and do not contradict the others
        clear = (corners == highest) | (corners == -1)
        inside = np.abs(points - [self.x.mean(), self.y.mean()]) <= [np.ptp(self.x) / 2, np.ptp(self.y) / 2]
        return np.where(clear.all(axis=0) & inside.all(axis=1), highest, -1)


def _cell(values: np.ndarray, axis: np.ndarray) -> np.ndarray:
    return np.clip(np.searchsorted(axis, values) - 1, 0, len(axis) - 2)


@cached(32)
def barriers(landscape: Landscape) -> Map:
    """The barriers of all known minima.

    >>> from landscapes import LANDSCAPES
    >>> landscape = LANDSCAPES["double_well"](tilt=0)
    >>> [round(way.height, 6) for way in barriers(landscape).ways]
    [1.0, 1.0]
    """
    x, y, z = grid(landscape, NODES)
    loss = np.where(np.isfinite(z), z, np.inf)
    order = np.argsort(loss, axis=None, kind="stable")
    # ranks in place of losses: no two are equal, so plateaus need no rule of their own
    rank = np.empty(loss.size, dtype=np.int64)
    rank[order] = np.arange(loss.size)
    basin_labels = _basin_labels(rank.reshape(loss.shape))
    curvature = _curvature_grid(landscape, x, y)
    ways: list[Barrier | None] = [None] * len(known_minima(landscape))
    basin = np.full(loss.shape, -1)
    for index, level, members in _merge_events(
        basin_labels, rank.reshape(loss.shape), _minima_by_basin(landscape, basin_labels, x, y)
    ):
        node = order[level]
        below = np.isin(basin_labels, members) & (rank.reshape(loss.shape) < level)
        # the basin is a single node: too small for this grid
        if not below.any():
            continue
        row, column = np.unravel_index(node, loss.shape)
        at = float(x[column]), float(y[row])
        height, xy, over = _pass(landscape, at, float(loss[row, column]), float(curvature[row, column]), x, y)
        basin[below] = index
        levels, rising = _rising(loss[below], curvature[below])
        ways[index] = Barrier(height, xy, over, levels, rising)
    for index, saddle in _lower_saddles(landscape, ways).items():
        way = ways[index]
        assert way is not None
        ways[index] = dataclasses.replace(way, height=saddle.loss, xy=saddle.xy, over="saddle")
        # what is above the lower saddle is not within the barrier any more
        basin[(basin == index) & (loss >= saddle.loss)] = -1
    return Map(tuple(ways), basin, x, y)


def _lower_saddles(landscape: Landscape, ways: list[Barrier | None]) -> dict[int, StationaryPoint]:
    """Saddles that are lower than the barrier on the grid, by the index of the minimum: a slot narrower than a cell.

    The gradient flow from both sides of a saddle shows which basins it joins, without a grid.
    """
    saddles: dict[int, StationaryPoint] = {}
    # the highest first, so that the lowest saddle of a basin is written last
    for point in sorted(stationary_points(landscape), key=lambda point: -point.loss):
        if point.kind != "saddle" or not any(way is not None and point.loss < way.height for way in ways):
            continue
        down = principal_axes(derivatives(landscape, point.xy)[1], np)[0][1]
        sides = basin_of(landscape, point.xy + 1e-4 * diagonal(landscape) * np.stack([down, -down]))
        for here, there in (sides, sides[::-1]):
            way = ways[here] if here >= 0 else None
            if here != there and way is not None and point.loss < way.height - 1e-9 * (1 + abs(way.height)):
                saddles[int(here)] = point
    return saddles


def _basin_labels(rank: np.ndarray) -> np.ndarray:
    """The node that each node drains to, (n, n) int: a flat index, found by always going to the lowest neighbour."""
    rows, columns = rank.shape
    # the wall around the map is above every node, so nothing drains out of it
    walled = np.pad(rank, 1, constant_values=rank.size)
    offsets = [(j, i) for j in (0, 1, 2) for i in (0, 1, 2)]
    around = np.stack([walled[j : j + rows, i : i + columns] for j, i in offsets])
    node = np.empty(rank.size + 1, dtype=np.int64)
    node[rank.ravel()] = np.arange(rank.size)
    drain = node[around.min(axis=0).ravel()]
    # pointer doubling: each round doubles the length of the ways, so a few suffice
    while not np.array_equal(drain, drain[drain]):
        drain = drain[drain]
    return drain.reshape(rank.shape)


def _minima_by_basin(
    landscape: Landscape, basin_labels: np.ndarray, x: np.ndarray, y: np.ndarray
) -> dict[int, list[int]]:
    """The indices of the known minima in each basin, by the basin's label."""
    minima: dict[int, list[int]] = {}
    for index, (at_x, at_y) in enumerate(known_minima(landscape)):
        pond = basin_labels[np.abs(y - at_y).argmin(), np.abs(x - at_x).argmin()]
        minima.setdefault(int(pond), []).append(index)
    return minima


def _merge_events(
    basin_labels: np.ndarray, rank: np.ndarray, minima: dict[int, list[int]]
) -> list[tuple[int, int, list[int]]]:
    """The merge of each minimum's basin with another that holds a minimum, in order of height.

    Each is the index of the minimum, the rank of the node where the two first touch, and the labels that the basin has
    by then. The outside counts as a basin with several minima.
    """
    members: dict[int, list[int]] = {int(pond): [int(pond)] for pond in np.unique(basin_labels)}
    members[OUTSIDE] = [OUTSIDE]
    # two entries for the outside, so that it never has an event of its own
    inside = {pond: minima.get(pond, []) for pond in members} | {OUTSIDE: [OUTSIDE, OUTSIDE]}
    joined = dict.fromkeys(members)
    merge_events = []

    def root(pond: Any) -> Any:
        while (above := joined[pond]) is not None:
            pond = above
        return pond

    for level, *pair in _contacts(basin_labels, rank).tolist():
        one, other = map(root, pair)
        if one == other:
            continue
        for this, that in ((one, other), (other, one)):
            # a dent without a known minimum is absorbed; two basins with minima each have found their pass
            if len(inside[this]) == 1 and inside[that]:
                merge_events.append((inside[this][0], level, list(members[this])))
        # union by size, so that the chains of `joined` stay short
        big, small = (one, other) if len(members[one]) >= len(members[other]) else (other, one)
        joined[small] = big
        members[big] += members.pop(small)
        inside[big] = inside[big] + inside.pop(small)
    return merge_events


def _contacts(basin_labels: np.ndarray, rank: np.ndarray) -> np.ndarray:
    """The lowest contact of each two basins, (m, 3) int, in rising order: the rank, then the two labels."""
    contacts = []
    for here, there in (
        (np.s_[:, 1:], np.s_[:, :-1]),
        (np.s_[1:], np.s_[:-1]),
        (np.s_[1:, 1:], np.s_[:-1, :-1]),
        (np.s_[1:, :-1], np.s_[:-1, 1:]),
    ):
        differs = basin_labels[here] != basin_labels[there]
        pair = np.sort(np.stack([basin_labels[here][differs], basin_labels[there][differs]]), axis=0)
        # water passes between two nodes when it has reached the higher one
        contacts.append(np.stack([np.maximum(rank[here], rank[there])[differs], *pair]))
    # a node on the edge touches the outside at its own rank
    edges = (np.s_[0], np.s_[-1], np.s_[:, 0], np.s_[:, -1])
    contacts += [np.stack([rank[edge], np.full(rank[edge].shape, OUTSIDE), basin_labels[edge]]) for edge in edges]
    rows = np.concatenate(contacts, axis=1).T
    rows = rows[np.argsort(rows[:, 0], kind="stable")]
    # rows are sorted by rank, so the first of each pair is its lowest contact
    _, first = np.unique(rows[:, 1:], axis=0, return_index=True)
    return rows[np.sort(first)]


def _pass(
    landscape: Landscape, xy: Point, height: float, curvature: float, x: np.ndarray, y: np.ndarray
) -> tuple[float, Point, str]:
    """The height, place and kind of the pass at a node where two basins meet.

    It is the saddle nearby. Where there is none, it is the node, with a height that is certainly not too large.
    """
    cell = math.hypot(x[1] - x[0], y[1] - y[0])
    saddles = [point for point in stationary_points(landscape) if point.kind == "saddle"]
    near = min(saddles, key=lambda point: math.dist(point.xy, xy), default=None)
    # on a flat pass the node may be a few cells away from the saddle
    if near is not None and math.dist(near.xy, xy) <= 8 * cell:
        steepest = max(map(abs, near.eigenvalues))
        # the node is within a cell of the pass, so by Taylor their losses differ by no more than this
        if abs(near.loss - height) <= steepest * cell**2 + 1e-12 * (1 + abs(height)):
            return near.loss, near.xy, "saddle"
    at_edge = xy[0] in (x[0], x[-1]) or xy[1] in (y[0], y[-1])
    # the true pass between nodes may be lower than the node by half the curvature times the cell squared
    surely = height - (abs(curvature) * cell**2 / 2 if math.isfinite(curvature) else 0.0)
    return surely, xy, "edge" if at_edge else "pass"


def _rising(loss: np.ndarray, curvature: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The losses (m,) in rising order, and the largest curvature up to each of them (m,)."""
    order = np.argsort(loss)
    return loss[order], np.maximum.accumulate(curvature[order])


def _curvature_grid(landscape: Landscape, x: np.ndarray, y: np.ndarray) -> np.ndarray:
    """The largest curvature at each node and its neighbours, (n, n); infinite beside a kink.

    At a kink the gradient jumps and the Hessian does not show it. But from node to node the gradient then changes by
    far more than all curvatures around can explain.
    """
    # kinks that are listed: no curvature bounds a step across them
    if not landscape.smooth and not landscape.hides_kinks:  # kinks that nobody lists are looked for below
        return np.full((len(y), len(x)), np.inf)
    fields = np.asarray(_curvatures(landscape, x, y))
    most, gradient_x, gradient_y = np.where(np.isfinite(fields), fields, np.nan)
    # how much the gradient changes from node to node, as a curvature
    change_x = np.pad(np.diff(gradient_x, axis=1) / (x[1] - x[0]), ((0, 0), (0, 1)), mode="edge")
    change_y = np.pad(np.diff(gradient_y, axis=0) / (y[1] - y[0]), ((0, 1), (0, 0)), mode="edge")
    change = _highest_around(np.maximum(change_x, change_y))
    around = _highest_around(most)
    scale = np.median(np.abs(most[np.isfinite(most)])) if np.isfinite(most).any() else 0.0
    smooth = change <= 2 * np.maximum(around, 0) + 0.1 * scale  # False where one is not finite
    return np.where(smooth, np.maximum(around, change), np.inf)


@jax.jit
def _curvatures(landscape: Landscape, x: Any, y: Any) -> Any:
    """The larger eigenvalue and both partial derivatives at each node: (3, len(y), len(x))."""

    def at(x: Any, y: Any) -> Any:
        gradient, hessian = derivatives_of(landscape)(jnp.stack([x, y]))
        return jnp.stack([eigenvalues(hessian)[1], *gradient])

    along_x = jax.vmap(at, (0, None), out_axes=1)
    return jax.vmap(along_x, (None, 0), out_axes=1)(x, y)


def _highest_around(values: np.ndarray) -> np.ndarray:
    rows, columns = values.shape
    walled = np.pad(values, 1, mode="edge")
    return np.stack([walled[j : j + rows, i : i + columns] for j in range(3) for i in range(3)]).max(axis=0)
