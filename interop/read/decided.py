"""Conditions that written values decide, such as `if True` or `if kind == "adam"` behind `kind = "adam"`."""

import ast
import operator
from collections.abc import Callable
from typing import Any

from interop.read.tree import Other, Values, is_number
from interop.read.words import Notes

COMPARES: dict[type, Callable[[Any, Any], bool]] = {
    ast.Eq: operator.eq,
    ast.NotEq: operator.ne,
    ast.Lt: operator.lt,
    ast.LtE: operator.le,
    ast.Gt: operator.gt,
    ast.GtE: operator.ge,
    ast.Is: operator.is_,
    ast.IsNot: operator.is_not,
    ast.In: lambda one, several: one in several,
    ast.NotIn: lambda one, several: one not in several,
}


def decided(test: ast.expr, values: Values, notes: Notes) -> bool | None:
    """Whether a condition holds, by the values that are written in the text; None where they do not say."""
    before = [*values.remarks]
    values.remarks.clear()
    holds = _holds(test, values)
    if holds is not None:  # such as that a default was taken
        notes += [remark for remark in values.remarks if remark not in notes]
    values.remarks[:] = before
    return holds


def _holds(test: ast.expr, values: Values) -> bool | None:
    match test:
        case ast.Compare(left=ast.Name(id="__name__"), ops=[ast.Eq()]):
            return True
        case ast.UnaryOp(op=ast.Not(), operand=operand):
            inner = _holds(operand, values)
            return None if inner is None else not inner
        case ast.BoolOp(op=op, values=entries):
            parts = [_holds(entry, values) for entry in entries]
            ends = isinstance(op, ast.Or)
            return ends if ends in parts else None if None in parts else not ends
        case ast.Compare(left=left, ops=[op], comparators=[right]):
            one, other = values.read(left), values.read(right)
            return _compared(type(op), one, other)
    value = values.read(test)
    return bool(value) if _is_plain(value) else None


def _compared(kind: type, one: Any, other: Any) -> bool | None:
    if not _is_plain(one) or kind not in COMPARES:
        return None
    if kind in (ast.In, ast.NotIn):
        is_known = isinstance(other, tuple) and all(map(_is_plain, other))
        return COMPARES[kind](one, other) if is_known else None
    if not _is_plain(other) or (kind in (ast.Is, ast.IsNot) and one is not None and other is not None):
        return None
    try:
        return COMPARES[kind](one, other)
    except TypeError:
        return None


def _is_plain(value: Any) -> bool:
    """Whether it is a number, a word, a truth or nothing, as it is written."""
    return not isinstance(value, Other) and (value is None or is_number(value) or isinstance(value, (bool, str)))
