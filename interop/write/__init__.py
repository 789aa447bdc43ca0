"""The settings as a program in Keras, PyTorch and Optax. It is made from the records, so it is never out of date."""

from collections.abc import Callable

from interop.write.code import ProgramSource
from interop.write.keras import in_keras, keras_optimizer, keras_program, keras_schedule, regularizer
from interop.write.layout import NARROW
from interop.write.optax import optax_optimizer, optax_program
from interop.write.torch import torch_program
from optimizers import Optax, Optimizer, Schedule

LIBRARIES = {"keras": "Keras", "torch": "PyTorch", "optax": "Optax"}
"""The libraries that programs are written for, by slug, with their titles."""

_WRITERS: dict[str, Callable[[Optimizer], ProgramSource]] = {
    "keras": keras_program,
    "torch": torch_program,
    "optax": optax_program,
}


def write_program(optimizer: Optimizer, library: str) -> ProgramSource:
    """An optimizer as a whole program in a library. Its source is empty if the library has no such method.

    Args:
        optimizer: its `learning_rate` may be a number or a schedule.
        library: "keras", "torch" or "optax".

    Raises:
        ValueError: for another library.

    >>> from optimizers import SGD
    >>> print(write_program(SGD(0.1, momentum=0.9), "torch").source)
    import torch
    <BLANKLINE>
    optimizer = torch.optim.SGD(model.parameters(), lr=0.1, momentum=0.9)
    """
    if library not in _WRITERS:
        raise ValueError(f"`library` must be one of {', '.join(_WRITERS)}. Received: {library!r}.")
    return _WRITERS[library](optimizer)


def keras_code(optimizer: Optimizer, width: int = NARROW) -> str:
    """The expression for the optimizer's schedule, or for the optimizer itself if its rate is a number.

    A method that Keras does not have is written in Optax.
    """
    rate = optimizer.learning_rate
    if isinstance(rate, Schedule):
        return keras_schedule(rate, width)
    if isinstance(optimizer, Optax):
        return optax_optimizer(optimizer, width)
    if not in_keras(optimizer):
        return f"# Keras has no method called {optimizer.title}"
    code = keras_optimizer(optimizer, width)
    return f"{code}\n# and {regularizer(optimizer)}" if optimizer.l2 else code


__all__ = ["LIBRARIES", "ProgramSource", "keras_code", "keras_optimizer", "keras_schedule", "write_program"]
