"""The code that ran, as a learner would type it in Keras: made from the records, so it cannot lag behind them."""

import dataclasses
from typing import Any

from optimizers import Constant, Optimizer, Schedule
from records import Record, number_fields, switch_fields

WIDTH = 88
"""Columns of a line of code, as Black breaks it."""

NARROW = 46
"""Columns where the code stands beside a picture."""

ALWAYS = (
    *("learning_rate", "initial_learning_rate", "decay_steps", "first_decay_steps", "decay_rate"),
    *("boundaries", "values", "warmup_target", "warmup_steps"),
)
"""Arguments that Keras requires, or has at another default than our record: written whatever their value."""

COUNTS = ("decay_steps", "first_decay_steps", "warmup_steps", "boundaries")
"""Arguments that count steps: whole ones are written without a point."""

KERAS_NAMES = {"WarmupCosineDecay": "CosineDecay"}
"""Classes that Keras calls otherwise."""


@dataclasses.dataclass(frozen=True)
class Call:
    """A call as it is typed: what is called, and each argument by name, as text or a call of its own."""

    name: str
    arguments: "dict[str, Call | str]"

    def __str__(self) -> str:
        return f"{self.name}({self.inside})"

    @property
    def inside(self) -> str:
        """What stands between the parentheses, on one line."""
        return ", ".join(f"{name}={value}" for name, value in self.arguments.items())


def keras_schedule(schedule: Schedule, width: int = WIDTH) -> str:
    """The Keras expression for a schedule; a constant is the number itself.

    >>> from optimizers import ExponentialDecay
    >>> print(keras_schedule(ExponentialDecay(0.1, 100, 0.9)))
    keras.optimizers.schedules.ExponentialDecay(
        initial_learning_rate=0.1, decay_steps=100, decay_rate=0.9
    )
    """
    return laid_out("", _schedule(schedule), width=width)


def keras_optimizer(optimizer: Optimizer, width: int = WIDTH) -> str:
    """The Keras expression for an optimizer; its `learning_rate` may be a number or a schedule.

    >>> from optimizers import SGD
    >>> keras_optimizer(SGD(0.1, momentum=0.9))
    'keras.optimizers.SGD(learning_rate=0.1, momentum=0.9)'
    """
    return laid_out("", _optimizer(optimizer), width=width)


def keras_code(optimizer: Optimizer, width: int = NARROW) -> str:
    """The expression for the optimizer's schedule, or for the optimizer itself where its rate is a number."""
    rate = optimizer.learning_rate
    return keras_schedule(rate, width) if isinstance(rate, Schedule) else keras_optimizer(optimizer, width)


def keras_lines(optimizer: Optimizer) -> str:
    """A whole program: the import, and the optimizer by name."""
    return f"import keras\n\n{laid_out('optimizer = ', _optimizer(optimizer))}"


def laid_out(before: str, value: Call | str, after: str = "", indent: int = 0, width: int = WIDTH) -> str:
    """`before`, the value and `after` on one line if it fits, else broken as Black would."""
    margin = " " * indent
    line = f"{margin}{before}{value}{after}"
    if isinstance(value, str) or len(line) <= width:
        return line
    return f"{margin}{before}{value.name}(\n{_body(value, indent + 4, width)}\n{margin}){after}"


def _body(call: Call, indent: int, width: int) -> str:
    """The arguments on a line of their own, or on one each."""
    line = " " * indent + call.inside
    if len(line) <= width:
        return line
    comma = "," if len(call.arguments) > 1 else ""
    return "\n".join(laid_out(f"{name}=", value, comma, indent, width) for name, value in call.arguments.items())


def _optimizer(optimizer: Optimizer) -> Call:
    return Call(f"keras.optimizers.{type(optimizer).__name__}", _arguments(optimizer))


def _schedule(schedule: Schedule) -> Call | str:
    if isinstance(schedule, Constant):
        return _text("initial_learning_rate", schedule.initial)
    name = type(schedule).__name__
    return Call(f"keras.optimizers.schedules.{KERAS_NAMES.get(name, name)}", _arguments(schedule))


def _arguments(record: Record) -> dict[str, Call | str]:
    """Every argument that Keras must be given, and those that are not at its default."""
    defaults = type(record)()
    names = (*number_fields(record), *switch_fields(record))
    given = {name: getattr(record, name) for name in names}
    kept = [name for name in names if name in ALWAYS or given[name] != getattr(defaults, name)]
    return {name: _text(name, given[name]) for name in kept}


def _text(name: str, value: Any) -> Any:
    """A value as it is typed."""
    if isinstance(value, Schedule):
        return _schedule(value)
    if isinstance(value, tuple):
        return f"[{', '.join(_text(name, entry) for entry in value)}]"
    if isinstance(value, bool):
        return str(value)
    number = float(f"{float(value):.12g}")
    return str(int(number)) if name in COUNTS and number.is_integer() else repr(number)
