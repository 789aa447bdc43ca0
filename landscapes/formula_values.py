"""What a formula is worth: a walk over its tree with a table of functions, the only ones that are ever called.

A tree is made of tuples: ("number", np.float64(2)), ("x",), ("y",), ("pi",), ("e",), ("negative", a), ("power", a, b),
("sum", (("+", a), ("-", b), …)), ("product", (("*", a), ("/", b), …)), ("call", "sin", (a, …)).
Numbers are NumPy's, for which 1/0 is infinite and (−1)**0.5 is NaN.
"""

import math
from collections.abc import Callable, Mapping
from functools import reduce
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np

Tree = tuple
Table = Mapping[str, Callable]

_COMMON = ("sin", "cos", "tan", "exp", "log", "sqrt", "abs", "tanh", "sinh", "cosh", "sign", "floor")

JAX: Table = {name: getattr(jnp, name) for name in _COMMON} | {
    "atan": jnp.arctan,
    "min": jnp.minimum,
    "max": jnp.maximum,
    "sigmoid": jax.nn.sigmoid,
    "relu": jax.nn.relu,
    "softplus": jax.nn.softplus,
}
"""For landscapes: differentiable."""

NUMPY: Table = {name: getattr(np, name) for name in _COMMON} | {
    "atan": np.arctan,
    "min": np.minimum,
    "max": np.maximum,
    "sigmoid": lambda a: (1 + np.tanh(a / 2)) / 2,
    "relu": lambda a: np.maximum(a, 0),
    "softplus": lambda a: np.logaddexp(a, 0),
}
"""For checks: compiles nothing."""

FUNCTIONS = tuple(JAX)
SEVERAL = ("min", "max")
"""Those that take two or more arguments."""


def children(tree: Tree) -> tuple[Tree, ...]:
    """The trees that a tree is made of."""
    kind, *parts = tree
    if kind in ("sum", "product"):
        return tuple(part for _, part in parts[0])
    if kind == "call":
        return parts[1]
    return tuple(parts) if kind in ("negative", "power") else ()


def size(tree: Tree) -> int:
    """How many parts a tree has, itself included."""
    return 1 + sum(map(size, children(tree)))


def constant(tree: Tree) -> float | None:
    """The value of a tree that has no variable in it, perhaps infinite or NaN; None for others."""
    if _has_variable(tree):
        return None
    with np.errstate(all="ignore"):
        return float(evaluate(tree, np.float64(0), np.float64(0), NUMPY))


def _has_variable(tree: Tree) -> bool:
    return tree[0] in ("x", "y") or any(map(_has_variable, children(tree)))


def folded(tree: Tree) -> Tree:
    """The tree with every part that has no variable replaced by its value: what is left to work out at a point.

    The values are Python's numbers, which take on the precision of what they meet in JAX.
    """
    value = constant(tree)
    if value is not None:
        return ("number", value)
    kind, *parts = tree
    if kind in ("sum", "product"):
        return (kind, tuple((sign, folded(part)) for sign, part in parts[0]))
    if kind == "call":
        return (kind, parts[0], tuple(map(folded, parts[1])))
    return (kind, *map(folded, parts))


def evaluate(tree: Tree, x: Any, y: Any, table: Table) -> Any:
    """The value of a tree at (x, y), scalars or arrays, with the functions of a table."""

    def value(tree: Tree) -> Any:
        kind, *parts = tree
        return rules[kind](*parts)

    def call(name: str, arguments: tuple[Tree, ...]) -> Any:
        return reduce(table[name], map(value, arguments)) if name in SEVERAL else table[name](value(arguments[0]))

    rules: dict[str, Callable] = {
        "number": lambda number: number,
        "pi": lambda: np.float64(math.pi),
        "e": lambda: np.float64(math.e),
        "x": lambda: x,
        "y": lambda: y,
        "negative": lambda part: -value(part),
        "sum": lambda terms: reduce(_joined, ((sign, value(part)) for sign, part in terms), None),
        "product": lambda terms: reduce(_joined, ((sign, value(part)) for sign, part in terms), None),
        "power": lambda base, exponent: _power(value(base), value(exponent), constant(exponent), table),
        "call": call,
    }
    return value(tree)


def _joined(before: Any, term: tuple[str, Any]) -> Any:
    sign, value = term
    if before is None:
        return value
    if sign in "+-":
        return before + value if sign == "+" else before - value
    return before * value if sign == "*" else before / value


def _power(base: Any, exponent: Any, number: float | None, table: Table) -> Any:
    """A whole exponent is a product, exact for negative bases; a variable one stands on a constant base."""
    if number is None:
        return table["exp"](exponent * math.log(base))
    return base ** (int(number) if number.is_integer() else number)
