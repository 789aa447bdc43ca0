"""Best fits: where a convex loss on data is least, by the textbook's own method for each, without descent."""

from typing import Any

import numpy as np

ROUNDS = 200
GOLDEN = (np.sqrt(5) - 1) / 2


def least_squares(rows: np.ndarray, targets: np.ndarray) -> np.ndarray:
    """The parameters (2,) of least mean squared error (Legendre, 1805; Gauss, 1809), in closed form.

    Args:
        rows: (n, 2), not all along one direction.
        targets: (n,).
    """
    return np.linalg.lstsq(rows, targets, rcond=None)[0]


def least_absolute(rows: np.ndarray, targets: np.ndarray) -> np.ndarray:
    """The parameters (2,) of least mean absolute error (Boscovich, 1757).

    For each first parameter the best second one is a weighted median; what is left is convex in the first alone.
    """

    def loss(first: float) -> float:
        rest = targets - first * rows[:, 0]
        return float(np.abs(rest - _best_second(rows, rest) * rows[:, 1]).sum())

    centre, reach = least_squares(rows, targets)[0], _reach(rows, targets)
    first = _lowest(loss, centre - reach, centre + reach)
    return np.array([first, _best_second(rows, targets - first * rows[:, 0])])


def _reach(rows: np.ndarray, targets: np.ndarray) -> float:
    """How far the least absolute fit can be from the least squares one: no fit that does worse than it is better."""
    error = np.abs(targets - rows @ least_squares(rows, targets)).mean()
    spread = np.sqrt(np.linalg.eigvalsh(rows.T @ rows / len(rows))[0])
    return 10 * (error / spread + 1e-12)


def _best_second(rows: np.ndarray, rest: np.ndarray) -> float:
    """The factor of the second column that brings `rest` nearest to it: a weighted median of the quotients."""
    weights = np.abs(rows[:, 1])
    used = weights > 0
    quotients, weights = rest[used] / rows[used, 1], weights[used]
    order = np.argsort(quotients)
    below = np.cumsum(weights[order])
    return float(quotients[order][np.searchsorted(below, below[-1] / 2)])


def _lowest(loss: Any, low: float, high: float) -> float:
    """Golden-section search (Kiefer, 1953) for the least value of a convex function."""
    left, right = high - GOLDEN * (high - low), low + GOLDEN * (high - low)
    left_loss, right_loss = loss(left), loss(right)
    for _ in range(ROUNDS):
        if left_loss <= right_loss:
            high, right, right_loss = right, left, left_loss
            left = high - GOLDEN * (high - low)
            left_loss = loss(left)
        else:
            low, left, left_loss = left, right, right_loss
            right = low + GOLDEN * (high - low)
            right_loss = loss(right)
    return (low + high) / 2


def least_huber(rows: np.ndarray, targets: np.ndarray, delta: float) -> np.ndarray:
    """The parameters (2,) of least Huber loss (Huber, 1964): errors beyond `delta` weighted down, over and over."""
    best = least_squares(rows, targets)
    for _ in range(40 * ROUNDS):
        error = np.abs(targets - rows @ best)
        weights = np.minimum(1, delta / np.maximum(error, 1e-300))
        weighted = rows * weights[:, None]
        better = np.linalg.lstsq(weighted.T @ rows, weighted.T @ targets, rcond=None)[0]
        if np.abs(better - best).max() <= 1e-15 * (1 + np.abs(best).max()):
            break
        best = better
    return best


def most_likely(rows: np.ndarray, classes: np.ndarray) -> np.ndarray:
    """The parameters (2,) of least cross-entropy, by Newton's method (Cox, 1958).

    Args:
        rows: (n, 2).
        classes: (n,), 0 or 1.

    Raises:
        ValueError: if a line through 0 parts the classes without a miss, since then ever larger parameters are better.
    """
    best = np.zeros(2)
    for _ in range(ROUNDS):
        share = 1 / (1 + np.exp(-np.clip(rows @ best, -700, 700)))
        gradient = rows.T @ (share - classes)
        curvature = (rows * (share * (1 - share))[:, None]).T @ rows
        move = np.linalg.lstsq(curvature, gradient, rcond=None)[0]
        best = best - move * min(1.0, 2 / max(np.abs(move).max(), 1e-300))
        if np.abs(move).max() < 1e-14 * (1 + np.abs(best).max()):
            return best
    raise ValueError("A straight line parts the two classes without a miss. Ever larger parameters fit ever better.")
