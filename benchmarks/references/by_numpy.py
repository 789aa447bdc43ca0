"""NumPy, a loop with the gradient worked out by hand."""

from functools import partial

import numpy as np

from benchmarks.references.move import START, STEPS, rates


def loss_and_slope(xy):
    """Rosenbrock's loss and gradient."""
    x, y = xy.tolist()
    wall = y - x * x
    return (1 - x) ** 2 + 100 * wall * wall, np.array([-2 * (1 - x) - 400 * x * wall, 200 * wall])


def numpy_sgd(rate, momentum=0.0, nesterov=False):
    """The update of SGD, as a function of the gradient."""
    velocity = np.zeros(2)

    def update(slope):
        nonlocal velocity
        velocity = momentum * velocity - rate * slope
        return momentum * velocity - rate * slope if nesterov else velocity

    return update


def numpy_adagrad(rate):
    """The update of Adagrad, as a function of the gradient."""
    accumulator = np.full(2, 0.1)

    def update(slope):
        nonlocal accumulator
        accumulator = accumulator + slope * slope
        return -rate * slope / np.sqrt(accumulator + 1e-7)

    return update


def numpy_rmsprop(rate, rho=0.9):
    """The update of RMSprop, as a function of the gradient."""
    second = np.zeros(2)

    def update(slope):
        nonlocal second
        second = rho * second + (1 - rho) * slope * slope
        return -rate * slope / np.sqrt(second + 1e-7)

    return update


def numpy_adam(rate, beta_1=0.9, beta_2=0.999):
    """The update of Adam, as a function of the gradient."""
    first, second, t = np.zeros(2), np.zeros(2), 0

    def update(slope):
        nonlocal first, second, t
        t += 1
        first = beta_1 * first + (1 - beta_1) * slope
        second = beta_2 * second + (1 - beta_2) * slope * slope
        alpha = rate * (1 - beta_2**t) ** 0.5 / (1 - beta_1**t)
        return -alpha * first / (np.sqrt(second) + 1e-7)

    return update


NUMPY_UPDATES = {
    "SGD": numpy_sgd,
    "momentum": partial(numpy_sgd, momentum=0.9),
    "Nesterov": partial(numpy_sgd, momentum=0.9, nesterov=True),
    "Adagrad": numpy_adagrad,
    "RMSprop": numpy_rmsprop,
    "Adam": numpy_adam,
}


def numpy_run(name, rate):
    """Positions and losses of one descent."""
    update, xy = NUMPY_UPDATES[name](rate), START
    positions, losses = np.empty((STEPS + 1, 2)), np.empty(STEPS + 1)
    for step in range(STEPS):
        positions[step] = xy
        losses[step], slope = loss_and_slope(xy)
        xy = xy + update(slope)
    positions[-1], losses[-1] = xy, loss_and_slope(xy)[0]
    return positions, losses


def numpy_loop(move):
    """Six descents in plain NumPy."""
    for name, rate in rates(move).items():
        numpy_run(name, rate)
