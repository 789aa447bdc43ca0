"""The settings as a program to take along, in Keras, PyTorch and Optax: made from the records, so it cannot lag."""

from optimizers import Optax, Optimizer, Schedule
from ui.snippets.code import Code
from ui.snippets.keras import keras_optimizer, keras_program, keras_schedule
from ui.snippets.layout import NARROW, WIDTH, Call, laid_out
from ui.snippets.optax import optax_optimizer, optax_program
from ui.snippets.torch import torch_program

PROGRAMS = {"Keras": keras_program, "PyTorch": torch_program, "Optax": optax_program}
"""How each library's program is made."""


def keras_code(optimizer: Optimizer, width: int = NARROW) -> str:
    """The expression for the optimizer's schedule, or for the optimizer itself where its rate is a number.

    A method that Keras has not is shown as Optax has it.
    """
    rate = optimizer.learning_rate
    if isinstance(rate, Schedule):
        return keras_schedule(rate, width)
    return optax_optimizer(optimizer, width) if isinstance(optimizer, Optax) else keras_optimizer(optimizer, width)


def keras_lines(optimizer: Optimizer) -> str:
    """A whole program in Keras; empty where Keras has no such method."""
    return keras_program(optimizer).text


def torch_lines(optimizer: Optimizer) -> str:
    """A whole program in PyTorch; empty where PyTorch has no such method."""
    return torch_program(optimizer).text


def optax_lines(optimizer: Optimizer) -> str:
    """A whole program in Optax; empty where Optax has no such method."""
    return optax_program(optimizer).text


__all__ = [
    "NARROW",
    "PROGRAMS",
    "WIDTH",
    "Call",
    "Code",
    "keras_code",
    "keras_lines",
    "keras_optimizer",
    "keras_program",
    "keras_schedule",
    "laid_out",
    "optax_lines",
    "optax_program",
    "torch_lines",
    "torch_program",
]
