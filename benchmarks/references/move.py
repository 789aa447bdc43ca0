"""The work that all are given: a slider move, six descents with new learning rates."""

import numpy as np

from landscapes import LANDSCAPES
from optimizers import SGD, Adagrad, Adam, RMSprop

STEPS = 1024
SURFACE = LANDSCAPES["rosenbrock"]()
START = np.array(SURFACE.start)

METHODS = {
    "SGD": (SGD(), 5e-4),
    "momentum": (SGD(momentum=0.9), 1e-4),
    "Nesterov": (SGD(momentum=0.9, nesterov=True), 1e-4),
    "Adagrad": (Adagrad(), 0.3),
    "RMSprop": (RMSprop(), 0.005),
    "Adam": (Adam(), 0.02),
}
"""Each with a learning rate that leads down the valley."""


def rates(move):
    """The learning rates of one move: never the same twice."""
    return {name: rate * (1 + 1e-4 * move) for name, (_, rate) in METHODS.items()}
