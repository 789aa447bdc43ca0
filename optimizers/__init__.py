"""How a landscape is descended: Keras's optimizers and schedules, pure JAX, no display."""

from optimizers.adagrad import Adagrad
from optimizers.adam import Adam
from optimizers.batch import Batch
from optimizers.descent import descend
from optimizers.optimizer import Optimizer
from optimizers.rmsprop import RMSprop
from optimizers.schedules import (
    SCHEDULES,
    Constant,
    CosineDecay,
    CosineDecayRestarts,
    ExponentialDecay,
    InverseTimeDecay,
    PiecewiseConstantDecay,
    PolynomialDecay,
    Schedule,
    WarmupCosineDecay,
)
from optimizers.sgd import SGD
from optimizers.trajectory import Outcome, Trajectory

OPTIMIZERS: dict[str, type[Optimizer]] = {
    "sgd": SGD,
    "adagrad": Adagrad,
    "rmsprop": RMSprop,
    "adam": Adam,
}

__all__ = [
    "OPTIMIZERS",
    "SCHEDULES",
    "SGD",
    "Adagrad",
    "Adam",
    "Batch",
    "Constant",
    "CosineDecay",
    "CosineDecayRestarts",
    "ExponentialDecay",
    "InverseTimeDecay",
    "Optimizer",
    "Outcome",
    "PiecewiseConstantDecay",
    "PolynomialDecay",
    "RMSprop",
    "Schedule",
    "Trajectory",
    "WarmupCosineDecay",
    "descend",
]
