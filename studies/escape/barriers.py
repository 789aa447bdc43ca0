"""The way out of each minimum: over the lowest pass, and how high that is; below it a ball is caught.

A pass between two minima is the path whose highest point is lowest (the mountain pass, Ambrosetti and Rabinowitz,
1973). It is found by raising the water on a fine grid: each node belongs to the minimum that it drains to, and basins
are joined where they first touch. The height is then taken from the saddle there.
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
"""Nodes of the grid along each axis of the domain; minima of the same node are not told apart."""

OUTSIDE = -1
"""What water that leaves the map is said to belong to, for nothing is known of what is there."""


@dataclasses.dataclass(frozen=True, eq=False)
class Barrier:
    """How one leaves a minimum: over `xy`, at the loss `height`; `over` is `saddle`, or `edge` of the map.

    `levels` (m,), rising, and `curvatures` (m,): within the basin below the height, where the loss is at most
    `levels[i]`, no direction curves up by more than `curvatures[i]`.
    """

    height: float
    xy: Point
    over: str
    levels: np.ndarray
    curvatures: np.ndarray

    def curvature(self, level: Any) -> np.ndarray:
        """The largest curvature within the basin where the loss is at most `level`, an array of any shape."""
        place = np.searchsorted(self.levels, level, side="right") - 1
        # one node further, for a point beyond the last node that is below the level
        return self.curvatures[np.clip(place + 1, 0, len(self.curvatures) - 1)]


@dataclasses.dataclass(frozen=True, eq=False)
class Map:
    """The way out of each known minimum, None where the grid is too coarse to tell it from the next one; and
    `basin` (n, n): the index of the minimum out of which a node cannot get below the height, or −1."""

    ways: tuple[Barrier | None, ...]
    basin: np.ndarray
    x: np.ndarray
    y: np.ndarray

    def basins_at(self, points: np.ndarray) -> np.ndarray:
        """The basin below its way out that each of `points` (n, 2) is in, −1 for none and where it is not clear."""
        column, row = _cell(points[:, 0], self.x), _cell(points[:, 1], self.y)
        corners = np.stack([self.basin[row + j, column + i] for j in (0, 1) for i in (0, 1)])
        highest = corners.max(axis=0)
        clear = (corners == highest) | (corners == -1)
        inside = np.abs(points - [self.x.mean(), self.y.mean()]) <= [np.ptp(self.x) / 2, np.ptp(self.y) / 2]
        return np.where(clear.all(axis=0) & inside.all(axis=1), highest, -1)


def _cell(values: np.ndarray, axis: np.ndarray) -> np.ndarray:
    return np.clip(np.searchsorted(axis, values) - 1, 0, len(axis) - 2)


@cached(32)
def barriers(landscape: Landscape) -> Map:
    """The ways out of all known minima.

    >>> from landscapes import LANDSCAPES
    >>> landscape = LANDSCAPES["double_well"](tilt=0)
    >>> [round(way.height, 6) for way in barriers(landscape).ways]
    [1.0, 1.0]
    """
    x, y, z = grid(landscape, NODES)
    loss = np.where(np.isfinite(z), z, np.inf)
    order = np.argsort(loss, axis=None, kind="stable")
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
        basin[(basin == index) & (loss >= saddle.loss)] = -1
    return Map(tuple(ways), basin, x, y)


def _lower_saddles(landscape: Landscape, ways: list[Barrier | None]) -> dict[int, StationaryPoint]:
    """The lowest saddle out of each basin that is lower than the way out on the grid: a slot narrower than a cell.

    Where the slope leads from both sides of a saddle knows no grid.
    """
    saddles: dict[int, StationaryPoint] = {}
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
    """Where each node drains to, (n, n): the flat index of the lowest node that going down leads to."""
    rows, columns = rank.shape
    walled = np.pad(rank, 1, constant_values=rank.size)
    offsets = [(j, i) for j in (0, 1, 2) for i in (0, 1, 2)]
    around = np.stack([walled[j : j + rows, i : i + columns] for j, i in offsets])
    node = np.empty(rank.size + 1, dtype=np.int64)
    node[rank.ravel()] = np.arange(rank.size)
    drain = node[around.min(axis=0).ravel()]
    while not np.array_equal(drain, drain[drain]):
        drain = drain[drain]
    return drain.reshape(rank.shape)


def _minima_by_basin(
    landscape: Landscape, basin_labels: np.ndarray, x: np.ndarray, y: np.ndarray
) -> dict[int, list[int]]:
    """Which of the known minima each pond holds."""
    minima: dict[int, list[int]] = {}
    for index, (at_x, at_y) in enumerate(known_minima(landscape)):
        pond = basin_labels[np.abs(y - at_y).argmin(), np.abs(x - at_x).argmin()]
        minima.setdefault(int(pond), []).append(index)
    return minima


def _merge_events(
    basin_labels: np.ndarray, rank: np.ndarray, minima: dict[int, list[int]]
) -> list[tuple[int, int, list[int]]]:
    """As the water rises: which minimum's pond first touches another that holds one, at which rank, and its parts.

    The outside counts as a pond with many minima.
    """
    members: dict[int, list[int]] = {int(pond): [int(pond)] for pond in np.unique(basin_labels)}
    members[OUTSIDE] = [OUTSIDE]
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
            if len(inside[this]) == 1 and inside[that]:
                merge_events.append((inside[this][0], level, list(members[this])))
        big, small = (one, other) if len(members[one]) >= len(members[other]) else (other, one)
        joined[small] = big
        members[big] += members.pop(small)
        inside[big] = inside[big] + inside.pop(small)
    return merge_events


def _contacts(basin_labels: np.ndarray, rank: np.ndarray) -> np.ndarray:
    """The lowest rank at which two basins touch, and which: (m, 3), rising."""
    contacts = []
    for here, there in (
        (np.s_[:, 1:], np.s_[:, :-1]),
        (np.s_[1:], np.s_[:-1]),
        (np.s_[1:, 1:], np.s_[:-1, :-1]),
        (np.s_[1:, :-1], np.s_[:-1, 1:]),
    ):
        differs = basin_labels[here] != basin_labels[there]
        pair = np.sort(np.stack([basin_labels[here][differs], basin_labels[there][differs]]), axis=0)
        contacts.append(np.stack([np.maximum(rank[here], rank[there])[differs], *pair]))
    edges = (np.s_[0], np.s_[-1], np.s_[:, 0], np.s_[:, -1])
    contacts += [np.stack([rank[edge], np.full(rank[edge].shape, OUTSIDE), basin_labels[edge]]) for edge in edges]
    rows = np.concatenate(contacts, axis=1).T
    rows = rows[np.argsort(rows[:, 0], kind="stable")]
    _, first = np.unique(rows[:, 1:], axis=0, return_index=True)
    return rows[np.sort(first)]


def _pass(
    landscape: Landscape, xy: Point, height: float, curvature: float, x: np.ndarray, y: np.ndarray
) -> tuple[float, Point, str]:
    """The saddle at a node where two basins meet; where there is none, the node, and less than any height nearby."""
    cell = math.hypot(x[1] - x[0], y[1] - y[0])
    saddles = [point for point in stationary_points(landscape) if point.kind == "saddle"]
    near = min(saddles, key=lambda point: math.dist(point.xy, xy), default=None)
    if near is not None and math.dist(near.xy, xy) <= 8 * cell:
        steepest = max(map(abs, near.eigenvalues))
        if abs(near.loss - height) <= steepest * cell**2 + 1e-12 * (1 + abs(height)):
            return near.loss, near.xy, "saddle"
    at_edge = xy[0] in (x[0], x[-1]) or xy[1] in (y[0], y[-1])
    surely = height - (abs(curvature) * cell**2 / 2 if math.isfinite(curvature) else 0.0)
    return surely, xy, "edge" if at_edge else "pass"


def _rising(loss: np.ndarray, curvature: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The losses in order, and the largest curvature up to each."""
    order = np.argsort(loss)
    return loss[order], np.maximum.accumulate(curvature[order])


def _curvature_grid(landscape: Landscape, x: np.ndarray, y: np.ndarray) -> np.ndarray:
    """The largest curvature at each node and its neighbours, (n, n); infinite beside a kink.

    At a kink the slope jumps and no curvature says so; but from node to node it then changes by far more than all
    curvatures around would have it.
    """
    if not landscape.smooth and landscape.lowest != "as found":  # of a typed formula the kinks are looked for
        return np.full((len(y), len(x)), np.inf)
    fields = np.asarray(_curvatures(landscape, x, y))
    most, gradient_x, gradient_y = np.where(np.isfinite(fields), fields, np.nan)
    change_x = np.pad(np.diff(gradient_x, axis=1) / (x[1] - x[0]), ((0, 0), (0, 1)), mode="edge")
    change_y = np.pad(np.diff(gradient_y, axis=0) / (y[1] - y[0]), ((0, 1), (0, 0)), mode="edge")
    change = _highest_around(np.maximum(change_x, change_y))
    around = _highest_around(most)
    scale = np.median(np.abs(most[np.isfinite(most)])) if np.isfinite(most).any() else 0.0
    smooth = change <= 2 * np.maximum(around, 0) + 0.1 * scale  # False where one is not finite
    return np.where(smooth, np.maximum(around, change), np.inf)


@jax.jit
def _curvatures(landscape: Landscape, x: Any, y: Any) -> Any:
    """The largest curvature and both slopes at each node, (3, rows, columns)."""

    def at(x: Any, y: Any) -> Any:
        gradient, hessian = derivatives_of(landscape)(jnp.stack([x, y]))
        return jnp.stack([eigenvalues(hessian)[1], *gradient])

    along_x = jax.vmap(at, (0, None), out_axes=1)
    return jax.vmap(along_x, (None, 0), out_axes=1)(x, y)


def _highest_around(values: np.ndarray) -> np.ndarray:
    rows, columns = values.shape
    walled = np.pad(values, 1, mode="edge")
    return np.stack([walled[j : j + rows, i : i + columns] for j in range(3) for i in range(3)]).max(axis=0)
