"""How the learning rate changes with the step: Keras's schedules."""

from optimizers.schedules.constant import Constant
from optimizers.schedules.exponential import ExponentialDecay
from optimizers.schedules.inverse_time import InverseTimeDecay
from optimizers.schedules.piecewise import PiecewiseConstantDecay
from optimizers.schedules.polynomial import PolynomialDecay
from optimizers.schedules.schedule import Schedule

SCHEDULES: dict[str, type[Schedule]] = {
    "constant": Constant,
    "exponential": ExponentialDecay,
    "piecewise": PiecewiseConstantDecay,
    "polynomial": PolynomialDecay,
    "inverse_time": InverseTimeDecay,
}

__all__ = [
    "SCHEDULES",
    "Constant",
    "ExponentialDecay",
    "InverseTimeDecay",
    "PiecewiseConstantDecay",
    "PolynomialDecay",
    "Schedule",
]
