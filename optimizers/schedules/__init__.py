"""Schedules, by which the learning rate changes with the step: those of Keras."""

from optimizers.schedules.constant import Constant
from optimizers.schedules.cosine import CosineDecay
from optimizers.schedules.cosine_restarts import CosineDecayRestarts
from optimizers.schedules.exponential import ExponentialDecay
from optimizers.schedules.inverse_time import InverseTimeDecay
from optimizers.schedules.piecewise import PiecewiseConstantDecay
from optimizers.schedules.polynomial import PolynomialDecay
from optimizers.schedules.schedule import Schedule
from optimizers.schedules.warmup_cosine import WarmupCosineDecay

SCHEDULES: dict[str, type[Schedule]] = {
    "constant": Constant,
    "exponential": ExponentialDecay,
    "piecewise": PiecewiseConstantDecay,
    "polynomial": PolynomialDecay,
    "inverse_time": InverseTimeDecay,
    "cosine": CosineDecay,
    "cosine_restarts": CosineDecayRestarts,
    "warmup_cosine": WarmupCosineDecay,
}

__all__ = [
    "SCHEDULES",
    "Constant",
    "CosineDecay",
    "CosineDecayRestarts",
    "ExponentialDecay",
    "InverseTimeDecay",
    "PiecewiseConstantDecay",
    "PolynomialDecay",
    "Schedule",
    "WarmupCosineDecay",
]
