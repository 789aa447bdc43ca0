"""From a row of learning rates, one a step, to the schedule that has exactly these rates."""

import ast
import contextlib
import math
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

import numpy as np

from interop.read.tree import CONSTANTS, FUNCTIONS, Values, arithmetic, is_number
from optimizers import (
    Constant,
    CosineDecay,
    ExponentialDecay,
    InverseTimeDecay,
    PiecewiseConstantDecay,
    PolynomialDecay,
    Schedule,
    WarmupCosineDecay,
)
from records import rounded

STEPS = 2001
"""The number of steps that are compared: as many as a run here can have, and one more."""

CLOSE = 1e-9
MAX_PIECES = 8
MAX_LENGTH = 1000
MIN_LOGARITHM = 7.0
"""The logarithm of the smallest factor that is tried."""

POWERS = (1.0, 2.0, 0.5, 3.0, 0.9)
MAX_FUNCTION_NODES = 60

COMPARISONS: dict[type, Callable[[float, float], bool]] = {
    ast.Lt: lambda left, right: left < right,
    ast.LtE: lambda left, right: left <= right,
    ast.Gt: lambda left, right: left > right,
    ast.GtE: lambda left, right: left >= right,
    ast.Eq: lambda left, right: left == right,
    ast.NotEq: lambda left, right: left != right,
}


def schedule_of(rates: np.ndarray) -> Schedule | None:
    """The schedule with these rates at steps 0, 1, 2, …, up to rounding; None if there is none.

    Args:
        rates: (n,), none below 0.

    >>> schedule_of(0.1 * 0.9 ** np.arange(100.0))
    ExponentialDecay(initial_learning_rate=np.float64(0.1), decay_steps=np.float64(1.0), decay_rate=np.float64(0.9), \
staircase=False)
    """
    if (geometric := _geometric(rates)) is not None:
        return geometric
    steps = np.arange(len(rates), dtype=float)
    for candidate in _candidates(rates):
        # a guess counts only if it has all of the rates
        if np.allclose(np.asarray(candidate(steps)), rates, rtol=CLOSE, atol=CLOSE * np.abs(rates).max()):
            return candidate
    return None


def _geometric(rates: np.ndarray) -> ExponentialDecay | None:
    """The decay of rates that fall by the same factor at every step, or at every stair; None if they do not.

    A factor such as exp(-0.05) has more digits than are kept, so `decay_steps` is chosen such that `decay_rate` is
    short, or that what is lost with its last digits is least.
    """
    first, changes = float(rates[0]), np.flatnonzero(np.diff(rates)) + 1
    if first <= 0 or not len(changes) or not 0 < rates[changes[0]] < first:
        return None
    width, steps = int(changes[0]), np.arange(len(rates), dtype=float)
    falls = steps if width == 1 else steps // width
    logarithm = math.log(rates[width] / first)
    if not np.allclose(first * np.exp(logarithm * falls), rates, rtol=CLOSE, atol=CLOSE * first):
        return None
    if width > 1:
        return _decay(first, width, rounded(math.exp(logarithm)), True)

    def lost(length: int) -> float:
        """What is lost of the logarithm of one step when the factor of so many steps is kept with its digits."""
        return abs(math.log(rounded(math.exp(logarithm * length))) / length / logarithm - 1)

    lengths = range(1, max(2, min(MAX_LENGTH, int(-MIN_LOGARITHM / logarithm)) + 1))
    short = next((length for length in lengths if lost(length) < CLOSE / 10), None)
    natural = round(-1 / logarithm)  # the steps in which the rate falls to 1/e
    if short is None and natural >= 1 and abs(natural * logarithm + 1) < CLOSE:
        short = natural
    length = min(lengths, key=lost) if short is None else short
    return _decay(first, length, rounded(math.exp(logarithm * length)), False)


def _decay(first: float, length: int, rate: float, staircase: bool) -> ExponentialDecay | None:
    with contextlib.suppress(ValueError, ArithmeticError):
        return ExponentialDecay(rounded(first), length, rate, staircase)
    return None


def _candidates(rates: np.ndarray) -> Iterator[Schedule]:
    """Schedules that may fit, with the numbers that the first rates and the steps of change determine."""
    first, changes = float(rates[0]), np.flatnonzero(np.diff(rates)) + 1
    if not len(changes):
        yield Constant(rounded(first))
        return
    at, last, end = int(changes[0]), int(changes[-1]), float(rates[-1])
    peak, ratio = int(np.argmax(rates)), float(rates[at]) / first if first else 0.0
    high = float(rates[peak])
    # functions and not schedules, since a constructor may refuse its numbers
    makers: list[Callable[[], Schedule]] = [
        # a first change behind step 1 means stairs as long as the rate stays the same
        lambda: ExponentialDecay(first, at, rounded(ratio), at > 1),
        lambda: InverseTimeDecay(first, at, rounded(1 / ratio - 1), at > 1),
        *(partial(PolynomialDecay, first, last, rounded(end), power) for power in POWERS),
        lambda: CosineDecay(first, last, rounded(end / first)),
        lambda: WarmupCosineDecay(rounded(first), last - peak, rounded(end / high), rounded(high), peak),
    ]
    if len(changes) <= MAX_PIECES:
        values = tuple(rounded(float(rates[step])) for step in (0, *changes))
        makers.append(lambda: PiecewiseConstantDecay(tuple(float(step - 1) for step in changes), values))
    for make in makers:
        with contextlib.suppress(ValueError, ArithmeticError):  # a schedule that does not allow such numbers
            yield make()


def factors(function: Any, values: Values) -> np.ndarray | None:
    """The values of a lambda at steps 0, 1, 2, …, (STEPS,); None if it is more than arithmetic of numbers.

    They are computed term by term from its tree; no Python is run.
    """
    if not isinstance(function, ast.Lambda) or len(function.args.args) != 1:
        return None
    if sum(1 for _ in ast.walk(function.body)) > MAX_FUNCTION_NODES:
        return None
    name = function.args.args[0].arg
    row = []
    for step in range(STEPS):
        value = _at(function.body, {name: float(step)}, values)
        if value is None or not math.isfinite(value):
            return None
        row.append(value)
    return np.array(row)


def _at(node: ast.expr, local: dict[str, float], values: Values) -> Any:
    """The number or truth value of an arithmetic expression; None for anything else."""
    match node:
        case ast.Constant(value=value):
            return float(value) if isinstance(value, (int, float)) and abs(value) < 1e300 else None
        case ast.Name(id=name) if name in local:
            return local[name]
        case ast.UnaryOp(op=ast.USub(), operand=operand):
            value = _at(operand, local, values)
            return None if value is None else -value
        case ast.BinOp(left=left, op=op, right=right):
            one, other = _at(left, local, values), _at(right, local, values)
            return None if one is None or other is None else arithmetic(type(op), one, other)
        case ast.Compare(left=left, ops=[op], comparators=[right]) if type(op) in COMPARISONS:
            one, other = _at(left, local, values), _at(right, local, values)
            return None if one is None or other is None else COMPARISONS[type(op)](one, other)
        case ast.IfExp(test=test, body=body, orelse=orelse):
            truth = _at(test, local, values)
            return None if truth is None else _at(body if truth else orelse, local, values)
        case ast.Call(func=func, args=arguments, keywords=[]) if (called := values.name(func)) in FUNCTIONS:
            given = [_at(argument, local, values) for argument in arguments]
            try:
                return None if None in given else float(FUNCTIONS[called](*given))
            except (ArithmeticError, ValueError, TypeError):
                return None
    value = values.read(node)
    return float(value) if is_number(value) else CONSTANTS.get(values.name(node) or "")
