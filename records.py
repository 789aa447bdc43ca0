"""Everything a person can slide is a field of a small frozen record; everything else is the record's type.

Controls, links, snippets, tests and compiled programs all come from the fields declared here.
"""

import dataclasses
import math
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any, ClassVar, Self, TypeVar, dataclass_transform

import jax
import numpy as np

jax.config.update("jax_enable_x64", True)


@dataclasses.dataclass(frozen=True)
class Allowed:
    """The numbers a field accepts: `at_least`, `above`, `at_most` and `below`, each optional."""

    at_least: float | None = None
    above: float | None = None
    at_most: float | None = None
    below: float | None = None

    def holds(self, value: float) -> bool:
        """Whether `value` is a finite number within every bound."""
        return bool(
            math.isfinite(value)
            and (self.at_least is None or value >= self.at_least)
            and (self.above is None or value > self.above)
            and (self.at_most is None or value <= self.at_most)
            and (self.below is None or value < self.below)
        )

    def words(self) -> str:
        """The bounds as they read in an error: "at least 0 and below 1"."""
        bounds = dataclasses.asdict(self).items()
        parts = [f"{name.replace('_', ' ')} {bound:g}" for name, bound in bounds if bound is not None]
        return " and ".join(parts) or "a finite number"


@dataclasses.dataclass(frozen=True)
class Slider:
    """The slider of a number field: its range, scale, step, symbol (LaTeX), and one line of help.

    `low` and `high` are the ends that the slider usually shows; `reach` is what a link may give; `allowed` is what the
    record itself accepts. The arguments of `slider` explain the rest.
    """

    low: float
    high: float
    log: bool
    step: float
    symbol: str
    help: str
    allowed: Allowed
    advice: str
    integer: bool
    rate: bool
    zero_is_off: bool
    reach: tuple[float, float]


def slider(
    default: Any,
    low: float,
    high: float,
    *,
    log: bool = False,
    step: float | None = None,
    symbol: str = "",
    help: str = "",
    at_least: float | None = None,
    above: float | None = None,
    at_most: float | None = None,
    below: float | None = None,
    advice: str = "",
    integer: bool = False,
    rate: bool = False,
    zero_is_off: bool = False,
    reach: tuple[float, float] | None = None,
) -> Any:
    """A number field (or a tuple of numbers, if the default is one) and the slider that moves it.

    Args:
        default: the value when nothing is given; `dataclasses.MISSING` makes the argument required.
        low, high: ends of the slider. What is *allowed* may be wider: `at_least`, `above`, `at_most`, `below`.
        log: a logarithmic scale.
        step: the slider's step; one hundredth of the range if not given.
        symbol: the letter the field has in formulas, in LaTeX.
        help: one line that the page shows beside the slider.
        at_least, above, at_most, below: bounds of what the record accepts; a value beyond them raises ValueError.
        advice: what to try, or why, appended to the error for a value that is not allowed.
        integer: whole numbers only.
        rate: the field takes a number or a learning-rate schedule.
        zero_is_off: at 0 the field does nothing, and compiled programs leave its part out. Leaving 0 compiles once;
            every other move compiles nothing.
        reach: the least and the greatest number that a link or a pasted program may give, (low, high) if not given.
            Where such a number lies beyond the slider's ends, the slider shows it too.
    """
    allowed = Allowed(at_least, above, at_most, below)
    step = step or (high - low) / 100
    made_slider = Slider(
        low, high, log, step, symbol, help, allowed, advice, integer, rate, zero_is_off, reach or (low, high)
    )
    return dataclasses.field(default=default, metadata={"slider": made_slider})


@dataclasses.dataclass(frozen=True)
class Switch:
    """A yes-or-no field: the line of `help` beside it, and whether compiled programs depend on it (`traced`)."""

    help: str
    traced: bool


def switch(default: bool = False, *, help: str = "", traced: bool = True) -> Any:
    """A yes-or-no field.

    If it is `traced`, it is static in JAX's sense: each of its two values has a compiled program of its own. If not, no
    program sees it.
    """
    return dataclasses.field(default=default, metadata={"switch": Switch(help, traced)})


@dataclasses.dataclass(frozen=True)
class Choice:
    """A field with a fixed set of values: `options` by slug, each with a `title`, and the line of `help` beside it."""

    options: Mapping[str, Any]
    help: str
    traced: bool


def choice(default: str, options: Mapping[str, Any], *, help: str = "", traced: bool = True) -> Any:
    """A field that holds one slug of `options`, whose values have a `title`.

    If it is `traced`, it is static in JAX's sense: each choice has a compiled program of its own. If not, no program
    sees it: whatever follows from it is in a `derived` field.
    """
    return dataclasses.field(default=default, metadata={"choice": Choice(options, help, traced)})


def derived() -> Any:
    """A field that nobody sets by hand: arrays that follow from the other fields, and that programs take as inputs."""
    return dataclasses.field(default=None, metadata={"derived": True})


class Record:
    """A frozen dataclass that is a JAX pytree: number fields and derived ones are leaves, switches and choices static.

    Numbers are coerced to float64 and checked when a record is made by hand; JAX may put traced or stacked
    arrays in their place, which are taken as they are.
    """

    title: ClassVar[str]

    @property
    def inactive_fields(self) -> tuple[str, ...]:
        """The names of fields that make no difference at present. They need no control."""
        return ()

    if TYPE_CHECKING:

        def __init__(self, *values: Any, **fields: Any) -> None: ...

    def __post_init__(self) -> None:
        vars(self).update(self._checked(vars(self)))
        self.check_together()

    def check_together(self) -> None:
        """Raise ValueError for values that are each allowed but do not fit together. Records override it."""

    def _checked(self, values: dict[str, Any]) -> dict[str, Any]:
        return {name: _checked(self.__dataclass_fields__[name], value) for name, value in values.items()}  # type: ignore[attr-defined]

    def replace(self, **changes: Any) -> Self:
        """A copy with some fields changed.

        Only the changed fields are checked one by one, then all of them together.

        Raises:
            TypeError: for a name that is not a field.
            ValueError: for a value that is not allowed.
        """
        if not changes.keys() <= vars(self).keys():
            raise TypeError(f"{type(self).__name__} has no {changes.keys() - vars(self).keys()}.")
        copy = self.replace_unchecked(**self._checked(changes))
        copy.check_together()
        return copy

    def replace_unchecked(self, **values: Any) -> Self:
        """A copy with some fields changed and none checked. It is for values that the program itself computed."""
        # the record is frozen, so the copy is filled before anyone else holds it
        copy = object.__new__(type(self))
        vars(copy).update(vars(self), **values)
        return copy


Made = TypeVar("Made", bound=Record)


def _checked(field: dataclasses.Field[Any], value: Any) -> Any:
    if "switch" in field.metadata:
        if not isinstance(value, (bool, np.bool_)):
            raise ValueError(f"`{field.name}` must be True or False. Received: {value!r}.")
        return bool(value)
    if "choice" in field.metadata:
        return _chosen(field.name, field.metadata["choice"], value)
    if "slider" not in field.metadata or isinstance(value, Record):
        return value
    slid: Slider = field.metadata["slider"]
    if isinstance(value, (tuple, list)) and isinstance(field.default, tuple):
        return tuple(_number(field.name, slid, entry) for entry in value)
    return _number(field.name, slid, value)


def _chosen(name: str, choice: Choice, value: Any) -> str:
    if not isinstance(value, str) or value not in choice.options:
        raise ValueError(f"`{name}` must be one of {', '.join(choice.options)}. Received: {value!r}.")
    return value


def _number(name: str, slid: Slider, value: Any) -> Any:
    # inside a program there is no value yet that could be checked
    if isinstance(value, jax.core.Tracer):
        return value
    try:
        # NumPy would turn each of these into a number or an array: True into 1, "1" into 1
        if isinstance(value, (bool, str, bytes, tuple, list)):
            raise TypeError
        number = np.float64(value)
        # an array holds the values of stacked records, which were checked one by one
        allowed = number.ndim > 0 or _allowed(slid, float(number))
    except (TypeError, ValueError, OverflowError):
        allowed = False
    if allowed:
        return number
    kind = "a whole number, " if slid.integer else ""
    advice = f" {slid.advice}" if slid.advice else ""
    raise ValueError(f"`{name}` must be {kind}{slid.allowed.words()}. Received: {value!r}.{advice}")


def _allowed(slid: Slider, number: float) -> bool:
    return slid.allowed.holds(number) and (not slid.integer or number.is_integer())


def number_fields(record: Record | type[Record]) -> dict[str, Slider]:
    """The number fields: each name and its slider, in the order they are declared."""
    return {f.name: f.metadata["slider"] for f in dataclasses.fields(record) if "slider" in f.metadata}  # type: ignore[arg-type]


def switch_fields(record: Record | type[Record]) -> dict[str, Switch]:
    """The yes-or-no fields: each name and its switch, in the order they are declared."""
    return {f.name: f.metadata["switch"] for f in dataclasses.fields(record) if "switch" in f.metadata}  # type: ignore[arg-type]


def choice_fields(record: Record | type[Record]) -> dict[str, Choice]:
    """The choice fields: each name and its choice, in the order they are declared."""
    return {f.name: f.metadata["choice"] for f in dataclasses.fields(record) if "choice" in f.metadata}  # type: ignore[arg-type]


@dataclass_transform(frozen_default=True)
def record(cls: type[Made]) -> type[Made]:
    """Make a class a frozen dataclass and register it as a pytree.

    Number fields and derived fields are leaves; all others are static. Fields that are not `traced` are left out:
    inside a program they are None.
    """
    cls = dataclasses.dataclass(frozen=True)(cls)
    fields = dataclasses.fields(cls)  # type: ignore[arg-type]
    leaves = (*number_fields(cls), *(f.name for f in fields if "derived" in f.metadata))
    untraced = dict.fromkeys(_untraced(cls))
    static = tuple(f.name for f in fields if f.name not in leaves and f.name not in untraced)
    off_at = [leaves.index(name) for name, slid in number_fields(cls).items() if slid.zero_is_off]

    def flatten(instance: Any) -> tuple[Iterable[Any], Any]:
        # fields are read from the instance's dict: `dataclasses.asdict` would copy, and this runs at every call of a
        # program
        values = vars(instance)
        leaf_values = [values[name] for name in leaves]
        for at in off_at:  # a field that is off is no leaf, so programs without it have a structure of their own
            if is_off(leaf_values[at]):
                leaf_values[at] = None
        return leaf_values, tuple(values[name] for name in static)

    def flatten_with_keys(instance: Any) -> tuple[Iterable[Any], Any]:
        values, static_values = flatten(instance)
        return list(zip(map(jax.tree_util.GetAttrKey, leaves), values, strict=True)), static_values

    def unflatten(static_values: Any, leaf_values: Iterable[Any]) -> Any:
        # no __init__, no checks: JAX also puts tracers, axis numbers and None in a leaf's place
        instance: Any = object.__new__(cls)
        vars(instance).update(untraced, **dict(zip((*leaves, *static), (*leaf_values, *static_values), strict=True)))
        for at in off_at:
            if vars(instance)[leaves[at]] is None:
                vars(instance)[leaves[at]] = OFF
        return instance

    jax.tree_util.register_pytree_with_keys(cls, flatten_with_keys, unflatten, flatten)
    return cls


OFF = np.float64(0)


def is_off(value: Any) -> bool:
    """Whether `value` is a plain float 0, the value at which a `zero_is_off` field does nothing.

    A number that a program traces is never off, since its value is not known. Nor is the int 0: JAX puts an int in a
    field's place to name the axis that `vmap` maps over.
    """
    return isinstance(value, float) and value == 0


def _untraced(cls: type) -> list[str]:
    options = [(f.name, f.metadata.get("choice") or f.metadata.get("switch")) for f in dataclasses.fields(cls)]
    return [name for name, how in options if how is not None and not how.traced]


def rounded(value: Any) -> float:
    """`value` as it is stored: with six significant digits, so that links stay short and replay exactly."""
    return float(np.format_float_positional(float(value), precision=6, fractional=False))


def within(record: Made) -> Made:
    """A copy with every number rounded and brought into its slider's `reach`, since a link takes no other."""

    def inside(value: Any, slid: Slider) -> Any:
        if isinstance(value, tuple):
            entries = tuple(inside(entry, slid) for entry in value)
            # boundaries that are one when rounded stay as they are
            return entries if len(set(entries)) == len(set(value)) else tuple(np.clip(value, *slid.reach))
        return min(max(rounded(value), slid.reach[0]), slid.reach[1])

    return record.replace(**{name: inside(getattr(record, name), slid) for name, slid in number_fields(record).items()})
