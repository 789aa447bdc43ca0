"""Arguments to a record's fields: bound by position and name, held against the sliders, the rest accounted for."""

import dataclasses
import math
from collections.abc import Mapping
from typing import Any, TypeVar

from interop.read.tree import STARS, Called, Number, Other, is_number
from interop.read.words import Notes, ProgramError, choices, excerpt
from records import Record, Slider, number_fields, rounded, switch_fields

Made = TypeVar("Made", bound=Record)

REQUIRED: Any = object()
"""Stands for an argument without a default."""

TINY = 1e-5
"""A logarithmic slider that begins here or below takes smaller values, and 0, at its end."""


def bound(call: Called, signature: Mapping[str, Any], aliases: Mapping[str, str] | None = None) -> dict[str, Any]:
    """Every argument by name: those that are given, and the library's defaults for the rest.

    Args:
        call: what was written.
        signature: the arguments in order, with their defaults.
        aliases: further names that an argument goes by, such as `lr`.

    Raises:
        ProgramError: for an argument that there is not, twice or missing.
    """
    own = call.name.rpartition(".")[2]
    if STARS in call.named:
        raise ProgramError(f"Stars cannot be read. Received: {excerpt(call)}. Write the arguments out.")
    if len(call.first) > len(signature):
        raise ProgramError(f"`{own}` takes at most {len(signature)} arguments. Received: {len(call.first)}.")
    given = {name: _of(name, value) for name, value in zip(signature, call.first, strict=False)}
    for written, value in call.named.items():
        name = (aliases or {}).get(written, written)
        if name not in signature:
            raise ProgramError(f"`{own}` takes {choices(signature)}. Received: {excerpt(written)}.")
        if name in given:
            raise ProgramError(f"`{name}` is given twice. Received: {excerpt(value)}.")
        given[name] = _of(written, value)
    values = {**signature, **given}
    lacking = [name for name, value in values.items() if value is REQUIRED]
    if lacking:
        raise ProgramError(f"`{own}` needs {choices(lacking)} as well. Received: {choices(values.keys() - lacking)}.")
    return values


def _of(argument: str, value: Any) -> Any:
    """A value that knows the argument it was given for, as it was written."""
    if isinstance(value, tuple):
        return tuple(_of(argument, entry) for entry in value)
    if type(value) is Number:
        return Number(value, value.text, argument)
    if isinstance(value, Number):
        value.argument = argument
    return dataclasses.replace(value, argument=argument) if isinstance(value, Other) else value


def neutral(values: dict[str, Any], allowed: Mapping[str, tuple[Any, ...]], notes: Notes) -> None:
    """Take out arguments that have no counterpart here; where they would make a difference, that is said.

    A word or a switch that changes no step is left out with a note.
    """
    for name, harmless in allowed.items():
        if name not in values:
            continue
        value = values.pop(name)
        if not harmless and isinstance(value, (str, bool, type(None))):
            notes += [] if value is None else [f"`{name}` was left out: it changes no step."]
        elif not any(value is fine or (is_number(value) and is_number(fine) and value == fine) for fine in harmless):
            notes.leave_out(
                f"`{name}={excerpt(value)}`",
                f"`{name}` has no counterpart here, so it must be {' or '.join(map(repr, harmless)) or 'a word'}. "
                f"Received: {excerpt(value)}. Leave it out.",
            )


def built(cls: type[Made], values: Mapping[str, Any], notes: Notes) -> Made:
    """A record from values by field, each within its slider's reach.

    Raises:
        ProgramError: for a value that is no number, or out of reach.
    """
    slid, switches = number_fields(cls), switch_fields(cls)
    checked: dict[str, Any] = {}
    for name, value in values.items():
        if isinstance(value, Record):
            checked[name] = value
        elif name in switches:
            checked[name] = yes_or_no(name, value)
        elif value is None and slid[name].zero_is_off:
            checked[name] = 0.0
        elif isinstance(value, tuple):
            checked[name] = tuple(within_reach(name, entry, slid[name], notes) for entry in value)
        else:
            checked[name] = within_reach(name, value, slid[name], notes)
    try:
        return cls(**checked)
    except (ValueError, TypeError) as refused:
        raise ProgramError(str(refused)) from None


def yes_or_no(name: str, value: Any) -> bool:
    """True or False, and nothing that counts as either."""
    if not isinstance(value, bool):
        raise ProgramError(f"`{name}` must be True or False. Received: {excerpt(value)}.")
    return value


def plain(name: str, value: Any) -> Number:
    """A finite number, with the argument and the text that it was written as."""
    finite = is_number(value) and math.isfinite(value)
    if not finite:
        change = getattr(value, "change", "")
        why = f"It is changed on the way, by `{excerpt(change)}`, and nothing" if change else "Nothing"
        raise ProgramError(
            f"`{getattr(value, 'argument', '') or name}` must be a number that is written out. "
            f"Received: {excerpt(value)}. {why} is run here: put the number itself."
        )
    return value if isinstance(value, Number) else Number(value, argument=name)


def within_reach(name: str, value: Any, slid: Slider, notes: Notes) -> float:
    """A number in a slider's reach, with the digits that are kept; a tiny one is brought to the slider's end."""
    exact = plain(name, value)
    low, high = slid.reach
    written = f"`{exact.argument or name}`"
    if slid.log and slid.allowed.at_least == 0 and low <= TINY and 0 <= exact < low:
        notes.append(f"{written} became {low:g}, the least there is here. Received: {excerpt(exact)}.")
        return low
    short = rounded(exact)
    if not low <= short <= high:
        advice = _try(name, exact, low, high)
        raise ProgramError(
            f"{written} must be a number from {low:g} to {high:g} here. Received: {excerpt(exact)}.{advice}"
        )
    return short


def _try(name: str, value: float, low: float, high: float) -> str:
    """What to try: steps can all be divided by the same number, as long as that brings them into reach."""
    if value < low:
        return f" Its slider goes no further. Try {low:g}."
    if "steps" not in name and name != "boundaries":
        return f" Its slider goes no further. Try {high:g}."
    by = 10 ** math.ceil(math.log10(value / high))
    return f" Runs here are short: divide all steps by the same number, for example by {by}: {value / by:g}."
