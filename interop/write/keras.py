"""The settings as a learner would type them in Keras, whose arithmetic is that of this project."""

from typing import Any

from experiment.race.methods import COURSE, KERAS
from interop.write.code import ProgramSource, missing, program
from interop.write.layout import WIDTH, Call, count, laid_out, listed, literal
from optimizers import Constant, Optimizer, Schedule
from optimizers.optimizer import CLIPPING
from records import Record, number_fields, switch_fields

IN_KERAS = frozenset(type(method.optimizer) for method in (*COURSE.values(), *KERAS.values()))
"""The methods that Keras has, under the names that they have here."""

ALWAYS = (
    *("learning_rate", "initial_learning_rate", "decay_steps", "first_decay_steps", "decay_rate"),
    *("boundaries", "values", "warmup_target", "warmup_steps"),
)
"""Arguments that are always written: Keras requires them, or has another default than the record here."""

COUNTS = ("decay_steps", "first_decay_steps", "warmup_steps", "boundaries")
"""Arguments that count steps: whole ones are written without a point."""

KERAS_NAMES = {"WarmupCosineDecay": "CosineDecay"}
"""Classes with another name in Keras."""


def keras_schedule(schedule: Schedule, width: int = WIDTH) -> str:
    """The Keras expression for a schedule. A constant schedule is its number.

    >>> from optimizers import ExponentialDecay
    >>> print(keras_schedule(ExponentialDecay(0.1, 100, 0.9)))
    keras.optimizers.schedules.ExponentialDecay(
        initial_learning_rate=0.1, decay_steps=100, decay_rate=0.9
    )
    """
    return laid_out("", _schedule(schedule), width=width)


def keras_optimizer(optimizer: Optimizer, width: int = WIDTH) -> str:
    """The Keras expression for an optimizer, whose `learning_rate` may be a number or a schedule.

    >>> from optimizers import SGD
    >>> keras_optimizer(SGD(0.1, momentum=0.9))
    'keras.optimizers.SGD(learning_rate=0.1, momentum=0.9)'
    """
    return laid_out("", _optimizer(optimizer), width=width)


def keras_program(optimizer: Optimizer) -> ProgramSource:
    """A whole program in Keras: the import, and the optimizer under the name `optimizer`."""
    if not in_keras(optimizer):
        return missing("Keras", optimizer.title)
    notes = (BEFORE_CLIPPING,) if optimizer.l2 and any(getattr(optimizer, name) for name in CLIPPING) else ()
    line = laid_out("optimizer = ", _optimizer(optimizer))
    if optimizer.l2:
        line = f"# In every layer: kernel_regularizer=regularizer\nregularizer = {regularizer(optimizer)}\n{line}"
    return program("import keras", line, notes=notes)


BEFORE_CLIPPING = "In Keras L2 joins the gradient before it is clipped, here after."


def regularizer(optimizer: Optimizer) -> str:
    """Keras's regularizer for `l2`. Its number is half of `l2`, since its gradient is twice its number times the
    weights.

    >>> from optimizers import SGD
    >>> regularizer(SGD(0.1, l2=0.01))
    'keras.regularizers.L2(0.005)'
    """
    return f"keras.regularizers.L2({literal(float(optimizer.l2) / 2)})"


def in_keras(optimizer: Optimizer) -> bool:
    """Whether Keras has the method."""
    return type(optimizer) in IN_KERAS


def _optimizer(optimizer: Optimizer) -> Call:
    return Call(f"keras.optimizers.{type(optimizer).__name__}", _arguments(optimizer))


def _schedule(schedule: Schedule) -> Call | str:
    if isinstance(schedule, Constant):
        return literal(schedule.initial)
    name = type(schedule).__name__
    return Call(f"keras.optimizers.schedules.{KERAS_NAMES.get(name, name)}", _arguments(schedule))


def _arguments(record: Record) -> dict[str, Call | str]:
    """The arguments that Keras requires, and those that are not at its default."""
    defaults = type(record)()
    names = [name for name in (*number_fields(record), *switch_fields(record)) if name != "l2"]
    given = {name: getattr(record, name) for name in names}
    needed = [name for name in names if name in ALWAYS or given[name] != getattr(defaults, name)]
    return {name: _typed(name, given[name]) for name in needed}


def _typed(name: str, value: Any) -> Call | str:
    """A value as it is typed in Python."""
    if isinstance(value, Schedule):
        return _schedule(value)
    if isinstance(value, tuple):
        return Call("", first=tuple(map(count, value)), ends="[]") if name in COUNTS else listed(value)
    if isinstance(value, bool):
        return str(value)
    return count(value) if name in COUNTS else literal(value)
