"""From a call's arguments to a record's fields: bound by position and name, and checked against the sliders."""

import dataclasses
import math
from collections.abc import Mapping
from typing import Any, TypeVar

from interop.read.tree import STARS, Called, Number, Other, is_number
from interop.read.words import Notes, ProgramError, choices, excerpt
from records import Record, Slider, number_fields, rounded, switch_fields

Made = TypeVar("Made", bound=Record)

REQUIRED: Any = object()
"""The default of an argument that has none."""

TINY = 1e-5
"""A logarithmic slider that begins here or below takes smaller values, and 0, as its low end."""


def bound(call: Called, signature: Mapping[str, Any], aliases: Mapping[str, str] | None = None) -> dict[str, Any]:
    """All arguments of a call by name: those that are given, and the library's defaults for the rest.

    Args:
        call: the call.
        signature: the arguments in order, with their defaults.
        aliases: further names of arguments, such as `lr`, and the name in the signature for each.

    Raises:
        ProgramError: for an argument that is unknown, given twice or missing.
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
    """The value, with the name of the argument that it was given for, as errors quote it."""
    if isinstance(value, tuple):
        return tuple(_of(argument, entry) for entry in value)
    # a `Sum` keeps its class and its two parts, so its argument is set in place
    if type(value) is Number:
        return Number(value, value.text, argument)
    if isinstance(value, Number):
        value.argument = argument
    return dataclasses.replace(value, argument=argument) if isinstance(value, Other) else value


def neutral(values: dict[str, Any], allowed: Mapping[str, tuple[Any, ...]], notes: Notes) -> None:
    """Remove arguments without a counterpart here from `values`, and account for those that would make a difference.

    Args:
        values: the arguments by name.
        allowed: for each argument the values that change nothing. None at all: a word or a switch that changes no step,
            which is left out with a note.
        notes: receives remarks, or refuses what makes a difference.
    """
    for name, harmless in allowed.items():
        if name not in values:
            continue
        value = values.pop(name)
        if not harmless and isinstance(value, (str, bool, type(None))):
            notes += [] if value is None else [f"`{name}` was left out: it changes no step."]
        # `is` for True and None, since True == 1
        elif not any(value is fine or (is_number(value) and is_number(fine) and value == fine) for fine in harmless):
            notes.leave_out(
                f"`{name}={excerpt(value)}`",
                f"`{name}` has no counterpart here, so it must be {' or '.join(map(repr, harmless)) or 'a word'}. "
                f"Received: {excerpt(value)}. Leave it out.",
            )


def built(cls: type[Made], values: Mapping[str, Any], notes: Notes) -> Made:
    """The record of class `cls` with the given values, each within its slider's reach.

    Raises:
        ProgramError: for a value that is not a number, or out of reach.
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
    """The value, which must be True or False. Raises ProgramError for any other."""
    if not isinstance(value, bool):
        raise ProgramError(f"`{name}` must be True or False. Received: {excerpt(value)}.")
    return value


def plain(name: str, value: Any) -> Number:
    """The value, which must be a finite number, with the argument and the text that it was written as.

    Raises:
        ProgramError: for any other value.
    """
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
    """The number rounded as it is stored. A tiny one becomes the slider's low end, with a note.

    Raises:
        ProgramError: for a number beyond the slider's reach.
    """
    exact = plain(name, value)
    low, high = slid.reach
    written = f"`{exact.argument or name}`"
    # an ε of 1e-12 differs from the slider's least one by nothing that can be seen
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
    """Advice for a number out of reach. Numbers of steps can all be divided by one number."""
    if value < low:
        return f" Its slider goes no further. Try {low:g}."
    if "steps" not in name and name != "boundaries":
        return f" Its slider goes no further. Try {high:g}."
    by = 10 ** math.ceil(math.log10(value / high))
    return f" Runs here are short: divide all steps by the same number, for example by {by}: {value / by:g}."
