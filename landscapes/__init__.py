"""What is descended: loss surfaces over two parameters, pure JAX, no display."""

from landscapes.beale import Beale
from landscapes.bowl import Bowl
from landscapes.double_well import DoubleWell
from landscapes.himmelblau import Himmelblau
from landscapes.landscape import Landscape, grid, losses_at
from landscapes.monkey_saddle import MonkeySaddle
from landscapes.rastrigin import Rastrigin
from landscapes.rosenbrock import Rosenbrock
from landscapes.saddle import Saddle

LANDSCAPES: dict[str, type[Landscape]] = {
    "bowl": Bowl,
    "rosenbrock": Rosenbrock,
    "beale": Beale,
    "saddle": Saddle,
    "monkey_saddle": MonkeySaddle,
    "double_well": DoubleWell,
    "himmelblau": Himmelblau,
    "rastrigin": Rastrigin,
}

__all__ = ["LANDSCAPES", "Landscape", "grid", "losses_at"]
