"""What an expression stands for, where that is an optimizer: the calls that may have made it, by where they begin."""

import ast
import contextlib
from collections.abc import Container

from interop.read.tree import Values, dotted, is_number

MAX_NAMES = 10

Place = tuple[int, int]


def place(node: ast.AST) -> Place:
    """Where a call begins, by which it is known again in a copy."""
    return getattr(node, "lineno", 0), getattr(node, "col_offset", 0)


def calls_behind(node: ast.expr, values: Values, made: Container[Place], depth: int = 0) -> list[Place]:
    """The calls that may have made the optimizer that an expression stands for: one, several, or none that is known."""
    if depth > MAX_NAMES:
        return []
    match node:
        case ast.Call() if place(node) in made:
            return [place(node)]
        case ast.Call(func=ast.Attribute(value=ast.expr() as several, attr="get"), args=[key, *_]):
            return _entries(several, key, values, made, depth)
        case ast.Call(func=function) if (own := values.bindings.functions.get(dotted(function) or "")) is not None:
            returned = [part.value for part in ast.walk(own) if isinstance(part, ast.Return) and part.value is not None]
            return _all(returned, values, made, depth)
        case ast.IfExp(body=body, orelse=orelse):
            taken = values.bindings.decided.get(place(node))
            branches = [body, orelse] if taken is None else [body if taken else orelse]
            return _all(branches, values, made, depth)
        case ast.BoolOp(values=entries):
            return _all(entries, values, made, depth)
        case ast.NamedExpr(value=inner):
            return calls_behind(inner, values, made, depth + 1)
        case ast.Subscript(value=several, slice=key):
            return _entries(several, key, values, made, depth)
    word = dotted(node) or ""
    behind = values.versions.get(word) or values.assigned.get(word)
    known = behind is not None and dotted(behind) != word
    return calls_behind(behind, values, made, depth + 1) if known else []  # type: ignore[arg-type]


def _all(nodes: list[ast.expr], values: Values, made: Container[Place], depth: int) -> list[Place]:
    return [*dict.fromkeys(found for node in nodes for found in calls_behind(node, values, made, depth + 1))]


def _entries(several: ast.expr, key: ast.expr, values: Values, made: Container[Place], depth: int) -> list[Place]:
    """The optimizer of a list or dict by its key; all of them where the key is not known."""
    word = dotted(several) or ""
    behind = values.versions.get(word) or values.assigned.get(word) or several
    entries: dict[object, ast.expr] = {}
    if isinstance(behind, ast.List | ast.Tuple):
        entries = {**dict(enumerate(behind.elts)), **{at - len(behind.elts): e for at, e in enumerate(behind.elts)}}
    elif isinstance(behind, ast.Dict):
        keys = [values.read(one) if one is not None else None for one in behind.keys]
        with contextlib.suppress(TypeError):
            entries = dict(zip(keys, behind.values, strict=True))
    chosen = values.read(key)
    is_plain = is_number(chosen) or isinstance(chosen, str)
    if is_plain and chosen in entries:
        return calls_behind(entries[chosen], values, made, depth + 1)
    return _all([*entries.values()], values, made, depth)
