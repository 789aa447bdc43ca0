"""Optimizers and schedules: Keras's, and optax's optimizers; in pure JAX, without display."""

from optimizers.batch import Batch
from optimizers.descent import descend
from optimizers.methods.adadelta import Adadelta
from optimizers.methods.adagrad import Adagrad
from optimizers.methods.adam import Adam
from optimizers.methods.adamax import Adamax
from optimizers.methods.adamw import AdamW
from optimizers.methods.from_optax import OPTAX, Optax
from optimizers.methods.ftrl import Ftrl
from optimizers.methods.lion import Lion
from optimizers.methods.nadam import Nadam
from optimizers.methods.rmsprop import RMSprop
from optimizers.methods.sgd import SGD
from optimizers.optimizer import Optimizer
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
