"""A plane through the space of weights, on which the loss can be drawn, with each training as a path."""

import dataclasses
from collections.abc import Sequence
from typing import Any

import jax
import numpy as np

from studies.network.digits import Pictures, digits
from studies.network.perceptron import layers, loss
from studies.network.training import Training

MARGIN = 0.3
"""How far the plane reaches beyond the paths, as a part of their extent."""

SNAPSHOTS = 64
"""The number of points of each path from which the directions are computed."""

KINDS = ("pca", "random")


@dataclasses.dataclass(frozen=True, eq=False)
class Plane:
    """The loss at `origin + x·directions[0] + y·directions[1]`, and the trainings projected on this plane.

    * `origin` (w,), `directions` (2, w): weights of the network;
    * `x` (n,), `y` (n,), and `z` (n, n), the loss, with `z[j, i]` at `(x[i], y[j])`;
    * `paths`: for each training its projected weights, (steps + 1, 2);
    * `share`: the part of the squared distances of the paths' points from the origin that lies in the plane, 0 to 1.
    """

    origin: np.ndarray
    directions: np.ndarray
    x: np.ndarray
    y: np.ndarray
    z: np.ndarray
    paths: tuple[np.ndarray, ...]
    share: float


def plane(
    trainings: Sequence[Training], *, kind: str = "pca", rows: int = 200, resolution: int = 48, seed: int = 0
) -> Plane:
    """The plane through the last weights of the first training.

    Args:
        trainings: trainings of one network on the same rows.
        kind: "pca" for the two directions in which the paths extend most. "random" for two random directions, scaled
            for each unit to the length of its weights, so that units with large weights do not make the loss look flat.
        rows: the number of pictures that they were trained on.
        resolution: the number of points along each axis.
        seed: the seed of the random directions.

    Raises:
        ValueError: for another kind.

    Source: H. Li, Z. Xu, G. Taylor, C. Studer and T. Goldstein, 2018.
    """
    if kind not in KINDS:
        raise ValueError(f"`kind` must be one of {', '.join(KINDS)}. Received: {kind!r}.")
    origin = trainings[0].weights[-1].astype(float)
    moved = [training.weights.astype(float) - origin for training in trainings]
    directions = _along(moved) if kind == "pca" else _random(origin, seed)
    # least squares and not a scalar product: random directions are not orthonormal
    paths = tuple(np.linalg.lstsq(directions.T, path.T, rcond=None)[0].T for path in moved)
    explained = sum(float(((path @ directions) ** 2).sum()) for path in paths)
    share = explained / max(sum(float((path**2).sum()) for path in moved), 1e-300)
    x, y = _axes(paths, resolution) if kind == "pca" else (np.linspace(-1, 1, resolution),) * 2
    z = np.asarray(_grid(origin, directions, x, y, digits(rows)[0]))
    return Plane(origin, directions, x, y, z, paths, min(share, 1.0))


def _along(moved: Sequence[np.ndarray]) -> np.ndarray:
    """The first two principal directions of the paths around the origin, (2, w), of length 1."""
    # the same number of points from each path, so that none outweighs the others
    parts = [path[np.linspace(0, len(path) - 1, SNAPSHOTS).astype(int)] for path in moved]
    _, _, directions = np.linalg.svd(np.concatenate(parts), full_matrices=False)
    return directions[:2]


def _random(origin: np.ndarray, seed: int) -> np.ndarray:
    """Two random directions (2, w). Each unit's incoming weights are as long as the network's own; biases are 0."""
    draw = np.random.RandomState(seed)
    directions = draw.standard_normal((2, len(origin)))
    for direction in directions:
        for mine, own in zip(layers(direction), layers(origin), strict=True):  # views: what is written goes into it
            mine *= np.linalg.norm(own, axis=0) / np.linalg.norm(mine, axis=0) if own.ndim == 2 else 0.0
    return directions


def _axes(paths: Sequence[np.ndarray], resolution: int) -> tuple[np.ndarray, np.ndarray]:
    """The axes x (n,) and y (n,) around all paths, with a margin, and neither much shorter than the other."""
    points = np.concatenate(paths)
    low, high = points.min(axis=0), points.max(axis=0)
    reach = np.maximum((high - low) * (0.5 + MARGIN), (high - low).max() / 4 + 1e-9)
    middle = (low + high) / 2
    x, y = (np.linspace(at - far, at + far, resolution) for at, far in zip(middle, reach, strict=True))
    return x, y


@jax.jit
def _grid(origin: Any, directions: Any, x: Any, y: Any, pictures: Pictures) -> Any:
    at = lambda x, y: loss(origin + x * directions[0] + y * directions[1], pictures)  # noqa: E731
    row = jax.vmap(at, in_axes=(0, None))
    # a row at a time: all at once would hold n² sets of weights in memory
    return jax.lax.map(lambda y: row(x, y), y)
