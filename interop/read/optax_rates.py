"""Optax's schedules, with Optax's defaults, as schedules of this project."""

import ast
from collections.abc import Callable
from typing import Any

import numpy as np

from interop.read.fields import REQUIRED, bound, built, neutral, plain
from interop.read.fitting import STEPS, factors, schedule_of
from interop.read.tree import Called, Other, Values, is_number
from interop.read.words import Notes, ProgramError, choices, excerpt
from optimizers import (
    CosineDecay,
    ExponentialDecay,
    PiecewiseConstantDecay,
    PolynomialDecay,
    Schedule,
    WarmupCosineDecay,
)

Signature = dict[str, Any]


def rate_of(value: Any, notes: Notes, factor: float = 1.0) -> Any:
    """The learning rate: a number, or a schedule as its record; any other value unchanged.

    Args:
        value: the value as it was read.
        notes: receives remarks.
        factor: the factor of the rates, such as -1 for a schedule of steps downhill.
    """
    if isinstance(value, Other) and isinstance(value.node, ast.Lambda):
        return _of_lambda(value, notes, factor)
    if is_number(value):
        return plain("learning_rate", value).become(factor * value) if factor != 1 else value
    if not isinstance(value, Called):
        return value
    name = last_name(value)
    if name == "join_schedules":
        return _joined(value, notes, factor)
    if name in PEAKS:
        return _peak(value, notes, factor)
    if name not in CURVES:
        raise ProgramError(f"Optax's schedules here are {choices(CURVES)}. Received: {excerpt(name)}.")
    signature, read = CURVES[name]
    values = bound(value, signature)
    neutral(values, {"transition_begin": (0,), "exponent": (1,)}, notes)
    if factor != 1:
        values |= {
            level: plain(level, values[level]).become(factor * values[level]) for level in LEVELS & _numbers(values)
        }
    return read(values, notes)


def schedule_or_number(value: Any, notes: Notes) -> Any:
    """The rate of an optimizer; a lambda whose rates no schedule gives is refused for that reason."""
    rate = rate_of(value, notes)
    if isinstance(rate, Other) and isinstance(rate.node, ast.Lambda) and rate.node.args.args:
        raise no_schedule(value)
    return rate


def no_schedule(value: Any) -> ProgramError:
    return ProgramError(
        "The rate must be a number or a schedule, or a formula of the step whose rates a schedule here gives exactly. "
        f"Received: {excerpt(value)}. Try optax.exponential_decay(0.1, 10, 0.9)."
    )


LEVELS = {"value", "init_value", "end_value", "peak_value"}
"""Arguments of schedules that are rates, and scale with the factor."""


def _numbers(values: dict[str, Any]) -> set[str]:
    return {name for name, value in values.items() if is_number(value)}


def _of_lambda(function: Other, notes: Notes, factor: float) -> Any:
    """The schedule for a lambda of the step: for arithmetic, or a multiple of a schedule; else the lambda itself."""
    row = factors(function.node, Values())
    if row is not None:
        return schedule_of(factor * row) or function
    step = [argument.arg for argument in function.node.args.args]
    times, called = _multiple(function.node.body)
    match called:
        case ast.Call(func=ast.Name(id=name), args=[ast.Name(id=given)], keywords=[]) if [given] == step:
            schedule = function.known.get(name)
            return rate_of(schedule, notes, factor * times) if isinstance(schedule, Called) else function
    return function


def _multiple(node: ast.expr) -> tuple[float, ast.expr]:
    """The number in a product and the other factor, as -1 and `s(step)` for `-s(step)`."""
    match node:
        case ast.UnaryOp(op=ast.USub(), operand=inner):
            times, part = _multiple(inner)
            return -times, part
        case ast.BinOp(left=left, op=ast.Mult(), right=right):
            for number, inner in ((left, right), (right, left)):
                if is_number(worked_out := Values().read(number)):
                    times, part = _multiple(inner)
                    return worked_out * times, part
    return 1.0, node


def _peak(call: Called, notes: Notes, factor: float) -> Any:
    """The highest rate of a schedule that has no equal here and is left out."""
    values = bound(call, PEAKS[last_name(call)])
    peak = plain("peak_value", values["peak_value"])
    notes.leave_out(
        f"`{excerpt(call)}`",
        f"`{last_name(call)}` has no equal here. Received: {excerpt(call)}. Without it the rate stays at its highest, "
        f"{abs(peak):g}. Near it is warmup_cosine_decay_schedule.",
    )
    return peak.become(factor * peak)


def _joined(call: Called, notes: Notes, factor: float) -> Schedule:
    """The one schedule here with the rates of several Optax schedules in turn, each counted from its boundary."""
    values = bound(call, {"schedules": REQUIRED, "boundaries": REQUIRED})
    parts, boundaries = values["schedules"], values["boundaries"]
    schedule = None
    if isinstance(parts, tuple) and isinstance(boundaries, tuple) and len(parts) == len(boundaries) + 1:
        # the rates of all steps are computed, and one schedule is looked for that has them
        rates = np.empty(STEPS)
        for part, boundary in zip(parts, (0, *boundaries), strict=True):
            begin = int(plain("boundaries", boundary))
            steps = np.arange(max(STEPS - begin, 0), dtype=float)
            if isinstance(part, Called) and last_name(part) == "linear_schedule":  # which may begin at 0
                line = bound(part, {**LINE, **BEGIN})
                names_of = ("init_value", "end_value", "transition_steps", "transition_begin")
                first, end, length, late = (plain(name, line[name]) for name in names_of)
                rates[begin:] = np.interp(steps - late, [0, length], [first, end])
                continue
            curve = rate_of(part, notes)
            rates[begin:] = np.asarray(curve(steps)) if isinstance(curve, Schedule) else plain("schedules", curve)
        schedule = schedule_of(factor * rates)
    if schedule is None:
        raise ProgramError(
            "`join_schedules` is read where one schedule here gives all its rates, such as linear_schedule and then "
            f"cosine_decay_schedule. Received: {excerpt(call)}."
        )
    return schedule


def _constant(values: dict[str, Any], notes: Notes) -> Any:
    return values["value"]


def _exponential(values: dict[str, Any], notes: Notes) -> Schedule:
    neutral(values, {"end_value": (None,)}, notes)
    given = {"initial_learning_rate": values["init_value"], "decay_steps": values["transition_steps"]}
    rest = {name: values[name] for name in ("decay_rate", "staircase")}
    return built(ExponentialDecay, given | rest, notes)


def _cosine(values: dict[str, Any], notes: Notes) -> Schedule:
    given = {"initial_learning_rate": values["init_value"], "decay_steps": values["decay_steps"]}
    return built(CosineDecay, given | {"alpha": values["alpha"]}, notes)


def _polynomial(values: dict[str, Any], notes: Notes) -> Schedule:
    given = {
        "initial_learning_rate": values["init_value"],
        "decay_steps": values["transition_steps"],
        "end_learning_rate": values["end_value"],
        "power": values.get("power", 1.0),
    }
    return built(PolynomialDecay, given, notes)


def _piecewise(values: dict[str, Any], notes: Notes) -> Schedule:
    """The schedule in pieces. Optax's new value begins at the boundary, Keras's after it; and Optax gives factors."""
    scales = values["boundaries_and_scales"]
    if not isinstance(scales, dict) or not scales or not all(isinstance(step, (int, float)) for step in scales):
        raise ProgramError(f"`boundaries_and_scales` must be a dict of steps and factors. Received: {excerpt(scales)}.")
    rates: list[float] = [plain("init_value", values["init_value"])]
    for _, factor in sorted(scales.items()):
        # each factor multiplies the rate before it, not the first one
        rates.append(rates[-1] * plain("boundaries_and_scales", factor))
    boundaries = tuple(plain("boundaries_and_scales", step) - 1 for step in sorted(scales))
    return built(PiecewiseConstantDecay, {"boundaries": boundaries, "values": tuple(rates)}, notes)


def _warmup(values: dict[str, Any], notes: Notes) -> Schedule:
    """The cosine with a warm-up, which Optax counts among the decay steps."""
    peak, warming = plain("peak_value", values["peak_value"]), plain("warmup_steps", values["warmup_steps"])
    if peak <= 0:
        raise ProgramError(f"`peak_value` must be above 0. Received: {peak:g}.")
    end, length = plain("end_value", values["end_value"]), plain("decay_steps", values["decay_steps"])
    if not 0 <= end <= peak:
        raise ProgramError(
            f"`end_value` must be a number from 0 to `peak_value`, {peak:g}, here, where a cosine falls. "
            f"Received: {excerpt(end)}. Try an `end_value` below the peak."
        )
    if length <= warming:
        raise ProgramError(
            f"`decay_steps` counts the warm-up, too: it must be above `warmup_steps`, {warming:g}. "
            f"Received: {excerpt(length)}."
        )
    given = {
        "initial_learning_rate": values["init_value"],
        "decay_steps": length.become(length - warming),
        "alpha": end.become(end / peak),
        "warmup_target": peak,
        "warmup_steps": warming,
    }
    return built(WarmupCosineDecay, given, notes)


LINE: Signature = {"init_value": REQUIRED, "end_value": REQUIRED}
BEGIN: Signature = {"transition_steps": REQUIRED, "transition_begin": 0}

CYCLE: Signature = {"transition_steps": REQUIRED, "peak_value": REQUIRED, "div_factor": 25.0}

PEAKS: dict[str, Signature] = {
    "cosine_onecycle_schedule": {**CYCLE, "pct_start": 0.3, "final_div_factor": 1e4},
    "linear_onecycle_schedule": {
        **CYCLE,
        "pct_start": 0.3,
        "pct_final": 0.85,
        "final_div_factor": 1e4,
    },
    "warmup_exponential_decay_schedule": {"init_value": REQUIRED, "peak_value": REQUIRED, "warmup_steps": REQUIRED}
    | {"transition_steps": REQUIRED, "decay_rate": REQUIRED, "transition_begin": 0, "staircase": False}
    | {"end_value": None},
}
"""Optax's schedules without an equal here, and their arguments in order."""

CURVES: dict[str, tuple[Signature, Callable[[dict[str, Any], Notes], Any]]] = {
    "constant_schedule": ({"value": REQUIRED}, _constant),
    "exponential_decay": (
        {"init_value": REQUIRED, "transition_steps": REQUIRED, "decay_rate": REQUIRED}
        | {"transition_begin": 0, "staircase": False, "end_value": None},
        _exponential,
    ),
    "piecewise_constant_schedule": ({"init_value": REQUIRED, "boundaries_and_scales": None}, _piecewise),
    "polynomial_schedule": ({**LINE, "power": REQUIRED, **BEGIN}, _polynomial),
    "linear_schedule": ({**LINE, **BEGIN}, _polynomial),
    "cosine_decay_schedule": (
        {"init_value": REQUIRED, "decay_steps": REQUIRED, "alpha": 0.0, "exponent": 1.0},
        _cosine,
    ),
    "warmup_cosine_decay_schedule": (
        {"init_value": REQUIRED, "peak_value": REQUIRED, "warmup_steps": REQUIRED, "decay_steps": REQUIRED}
        | {"end_value": 0.0, "exponent": 1.0},
        _warmup,
    ),
}
"""Optax's schedules with an equal here: their arguments in order, and how they become fields."""


def last_name(part: Any) -> str:
    return part.name.rpartition(".")[2] if isinstance(part, Called) else excerpt(part)
