"""Best fits: the minimum of a convex loss on data by the textbook's method for each loss, without descent."""

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
    # by orthogonal factors: the normal equations would square the condition number
    return np.linalg.lstsq(rows, targets, rcond=None)[0]


def least_absolute(rows: np.ndarray, targets: np.ndarray) -> np.ndarray:
    """The parameters (2,) of least mean absolute error (Boscovich, 1757).

    For each first parameter, the best second one is a weighted median. The loss that is left is convex in the first
    parameter alone, so a golden-section search finds it.

    Args:
        rows: (n, 2), not all along one direction.
        targets: (n,).
    """

    def loss(first: float) -> float:
        rest = targets - first * rows[:, 0]
        return float(np.abs(rest - _best_second(rows, rest) * rows[:, 1]).sum())

    centre, reach = least_squares(rows, targets)[0], _reach(rows, targets)
    first = _lowest(loss, centre - reach, centre + reach)
    return np.array([first, _best_second(rows, targets - first * rows[:, 0])])


def _reach(rows: np.ndarray, targets: np.ndarray) -> float:
    """A bound on the distance of the first parameter of the least absolute fit from that of least squares."""
    error = np.abs(targets - rows @ least_squares(rows, targets)).mean()
    spread = np.sqrt(np.linalg.eigvalsh(rows.T @ rows / len(rows))[0])
    # a fit with no larger mean error has predictions at most 2·error away on average; predictions move by at least
    # `spread` (root mean square) for a unit of the parameters; 10 instead of 2 leaves room between the two means
    return 10 * (error / spread + 1e-12)


def _best_second(rows: np.ndarray, rest: np.ndarray) -> float:
    """The factor b with the least Σ|restᵢ − b·rowᵢ₂|: the median of restᵢ/rowᵢ₂, weighted by |rowᵢ₂|."""
    weights = np.abs(rows[:, 1])
    # a row with 0 in the second column costs the same whatever the factor is
    used = weights > 0
    quotients, weights = rest[used] / rows[used, 1], weights[used]
    order = np.argsort(quotients)
    below = np.cumsum(weights[order])
    return float(quotients[order][np.searchsorted(below, below[-1] / 2)])


def _lowest(loss: Any, low: float, high: float) -> float:
    """The minimum of a convex function between `low` and `high`, by golden sections (Kiefer, 1953)."""
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
    """The parameters (2,) of least Huber loss (Huber, 1964), by iteratively reweighted least squares.

    Args:
        rows: (n, 2), not all along one direction.
        targets: (n,).
        delta: the error, in units of the target, beyond which the loss grows linearly.
    """
    best = least_squares(rows, targets)
    for _ in range(40 * ROUNDS):
        error = np.abs(targets - rows @ best)
        # the loss's derivative over the error: 1 within delta, delta/|e| beyond; at a fixed point of the weighted fit
        # the gradient of Huber's loss is 0
        weights = np.minimum(1, delta / np.maximum(error, 1e-300))
        weighted = rows * weights[:, None]
        better = np.linalg.lstsq(weighted.T @ rows, weighted.T @ targets, rcond=None)[0]
        # as near as the numbers are; the convergence is only linear, hence the many rounds
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
        ValueError: if a straight line through 0 separates the two classes. Then larger parameters are always better,
            and there is no minimum.
    """
    best = np.zeros(2)
    for _ in range(ROUNDS):
        # exp overflows beyond 709
        share = 1 / (1 + np.exp(-np.clip(rows @ best, -700, 700)))
        gradient = rows.T @ (share - classes)
        curvature = (rows * (share * (1 - share))[:, None]).T @ rows
        # lstsq and not solve: the Hessian fades to 0 where the classes are separated
        move = np.linalg.lstsq(curvature, gradient, rcond=None)[0]
        # at most 2 in one parameter: a full Newton step from afar may overshoot
        best = best - move * min(1.0, 2 / max(np.abs(move).max(), 1e-300))
        if np.abs(move).max() < 1e-14 * (1 + np.abs(best).max()):
            return best
    raise ValueError("A straight line parts the two classes without a miss. Ever larger parameters fit ever better.")
