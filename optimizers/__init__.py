"""How a landscape is descended: Keras's optimizers and schedules, and optax's optimizers; pure JAX, no display."""

from optimizers.adadelta import Adadelta
from optimizers.adagrad import Adagrad
from optimizers.adam import Adam
from optimizers.adamax import Adamax
from optimizers.adamw import AdamW
from optimizers.batch import Batch
from optimizers.descent import descend
from optimizers.from_optax import OPTAX, Optax
from optimizers.ftrl import Ftrl
from optimizers.lion import Lion
from optimizers.nadam import Nadam
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
    "adamw": AdamW,
    "nadam": Nadam,
    "adamax": Adamax,
    "adadelta": Adadelta,
    "lion": Lion,
    "ftrl": Ftrl,
    **OPTAX,
}

__all__ = [
    "OPTAX",
    "OPTIMIZERS",
    "SCHEDULES",
    "SGD",
    "Adadelta",
    "Adagrad",
    "Adam",
    "AdamW",
    "Adamax",
    "Batch",
    "Constant",
    "CosineDecay",
    "CosineDecayRestarts",
    "ExponentialDecay",
    "Ftrl",
    "InverseTimeDecay",
    "Lion",
    "Nadam",
    "Optax",
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
