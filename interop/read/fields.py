"""Arguments to a record's fields: bound by position and name, held against the sliders, the rest accounted for."""

import math
from collections.abc import Mapping
from typing import Any, TypeVar

from interop.read.tree import Called, Sum, is_number
from interop.read.words import ProgramError, names, shown
from records import Record, Slider, number_fields, rounded, switch_fields

Made = TypeVar("Made", bound=Record)
Notes = list[str]

REQUIRED: Any = object()
"""Stands for an argument without a default."""

TINY = 1e-5
"""A logarithmic slider that begins here or below takes smaller values, and 0, at its end."""


def bound(call: Called, signature: Mapping[str, Any]) -> dict[str, Any]:
    """Every argument by name: those that are given, and the library's defaults for the rest.

    Raises:
        ProgramError: for an argument that there is not, twice or missing.
    """
    own = call.name.rpartition(".")[2]
    if len(call.first) > len(signature):
        raise ProgramError(f"`{own}` takes at most {len(signature)} arguments. Received: {len(call.first)}.")
    placed = dict(zip(signature, call.first, strict=False))
    for name in call.named:
        if name not in signature:
            raise ProgramError(f"`{own}` takes {names(signature)}. Received: {shown(name)}.")
        if name in placed:
            raise ProgramError(f"`{name}` is given twice. Received: {shown(call.named[name])}.")
    given = {**signature, **placed, **call.named}
    lacking = [name for name, value in given.items() if value is REQUIRED]
    if lacking:
        raise ProgramError(f"`{own}` needs {names(lacking)} as well. Received: {names(given.keys() - lacking)}.")
    return given


def neutral(values: dict[str, Any], allowed: Mapping[str, tuple[Any, ...]], notes: Notes) -> None:
    """Take out arguments that have no counterpart here, where they make no difference; refuse them where they do.

    A word is only a name and left out with a note.
    """
    for name, harmless in allowed.items():
        if name not in values:
            continue
        value = values.pop(name)
        if not harmless and isinstance(value, (str, bool, type(None))):
            notes += [] if value is None else [f"`{name}` was left out: it changes no step."]
        elif not any(value is fine or (is_number(value) and is_number(fine) and value == fine) for fine in harmless):
            raise ProgramError(
                f"`{name}` has no counterpart here, so it must be {' or '.join(map(repr, harmless)) or 'a word'}. "
                f"Received: {shown(value)}. Leave it out."
            )


def built(cls: type[Made], values: Mapping[str, Any], notes: Notes) -> Made:
    """A record from values by field, each on its slider.

    Raises:
        ProgramError: for a value that is no number, or not on the slider.
    """
    slid, switches = number_fields(cls), switch_fields(cls)
    held: dict[str, Any] = {}
    for name, value in values.items():
        if isinstance(value, Record):
            held[name] = value
        elif name in switches:
            held[name] = yes_or_no(name, value)
        elif isinstance(value, tuple):
            held[name] = tuple(number(name, entry, slid[name], notes) for entry in value)
        else:
            held[name] = number(name, value, slid[name], notes)
    return _record(cls, held)


def _record(cls: type[Made], held: dict[str, Any]) -> Made:
    try:
        return cls(**held)
    except (ValueError, TypeError) as refused:
        raise ProgramError(str(refused)) from None


def yes_or_no(name: str, value: Any) -> bool:
    """True or False, and nothing that counts as either."""
    if not isinstance(value, bool):
        raise ProgramError(f"`{name}` must be True or False. Received: {shown(value)}.")
    return value


def plain(name: str, value: Any) -> float:
    """A finite number."""
    if isinstance(value, Sum):
        value = value.one + value.other
    try:
        number = float(value) if is_number(value) else math.nan
    except OverflowError:
        number = math.inf
    if not math.isfinite(number):
        raise ProgramError(
            f"`{name}` must be a number that is written out. Received: {shown(value)}. Nothing is reckoned or run here."
        )
    return number


def number(name: str, value: Any, slid: Slider, notes: Notes) -> float:
    """A number on a slider, with the digits that are kept; a tiny one is brought to the slider's end."""
    exact = plain(name, value)
    if slid.log and slid.low <= TINY and 0 <= exact < slid.low:
        notes.append(f"`{name}` became {slid.low:g}, the least there is here. Received: {exact:g}.")
        return slid.low
    kept = rounded(exact)
    if not slid.low <= kept <= slid.high:
        raise ProgramError(
            f"`{name}` must be a number from {slid.low:g} to {slid.high:g} here. Received: {exact:g}.{_try(name)}"
        )
    return kept


def _try(name: str) -> str:
    counts = "steps" in name or name == "boundaries"
    return " Runs here are short: divide all steps by the same number." if counts else " Its slider goes no further."
