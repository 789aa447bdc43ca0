"""The value of a formula: a walk over its tree with a table of functions, the only ones that are ever called.

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

Tree = tuple[Any, ...]
Table = Mapping[str, Callable[..., Any]]


def _level(function: Callable[..., Any], is_smooth: Callable[..., Any], inside: float) -> Callable[..., Any]:
    """`function` for JAX, with the derivative 0 where it has a value but no finite derivative, as √t at 0.

    JAX differentiates both branches of `where`, so the function itself must only see arguments at which it is smooth.
    `inside` is such an argument. Elsewhere the function's value is taken as a constant, NaN where it has none.
    """

    def value(*arguments: Any) -> Any:
        smooth = is_smooth(*arguments)
        safe = function(*(jnp.where(smooth, argument, inside) for argument in arguments))
        return jnp.where(smooth, safe, jax.lax.stop_gradient(function(*map(jax.lax.stop_gradient, arguments))))

    return value


_COMMON = ("sin", "cos", "tan", "exp", "log", "log10", "log2", "abs", "tanh", "sinh", "cosh", "sign", "floor", "ceil")

JAX: Table = {name: getattr(jnp, name) for name in _COMMON} | {
    "sqrt": _level(jnp.sqrt, lambda a: a > 0, 1.0),
    "cbrt": _level(jnp.cbrt, lambda a: a != 0, 1.0),
    "asin": _level(jnp.arcsin, lambda a: jnp.abs(a) < 1, 0.0),
    "acos": _level(jnp.arccos, lambda a: jnp.abs(a) < 1, 0.0),
    "atan": jnp.arctan,
    "asinh": jnp.arcsinh,
    "acosh": _level(jnp.arccosh, lambda a: a > 1, 2.0),
    "atanh": jnp.arctanh,
    "min": jnp.minimum,
    "max": jnp.maximum,
    "mod": jnp.mod,
    "atan2": _level(jnp.arctan2, lambda a, b: (a != 0) | (b != 0), 1.0),
    "hypot": _level(lambda a, b: jnp.sqrt(a * a + b * b), lambda a, b: (a != 0) | (b != 0), 1.0),
    "sigmoid": jax.nn.sigmoid,
    "relu": jax.nn.relu,
    "softplus": jax.nn.softplus,
}
"""The functions for landscapes: differentiable, with finite derivatives at kinks."""

NUMPY: Table = {name: getattr(np, name) for name in (*_COMMON, "sqrt", "cbrt", "mod", "hypot")} | {
    "asin": np.arcsin,
    "acos": np.arccos,
    "atan": np.arctan,
    "asinh": np.arcsinh,
    "acosh": np.arccosh,
    "atanh": np.arctanh,
    "min": np.minimum,
    "max": np.maximum,
    "atan2": np.arctan2,
    # the same as 1/(1 + e⁻ᵃ), which overflows
    "sigmoid": lambda a: (1 + np.tanh(a / 2)) / 2,
    "relu": lambda a: np.maximum(a, 0),
    "softplus": lambda a: np.logaddexp(a, 0),
}
"""The functions for checks, which should not compile anything."""

FUNCTIONS = tuple(JAX)
SEVERAL = ("min", "max")
"""Functions that take two or more arguments."""

TWO = ("mod", "atan2", "hypot")
"""Functions that take two arguments, in NumPy's order: `mod` has the sign of the second, `atan2` takes y first."""


KINKED = ("abs", "sign", "floor", "ceil", "min", "max", "mod", "relu", "asin", "acos", "acosh", "atan2")
"""Functions with a kink or a jump somewhere."""

KINKED_AT_0 = ("sqrt", "cbrt", "hypot")
"""Functions with a kink only where all their arguments are 0."""


def may_have_kinks(tree: Tree) -> bool:
    """Whether a formula may have a kink or a jump. It is False only where its parts make that impossible.

    >>> may_have_kinks(("call", "abs", (("x",),))), may_have_kinks(("power", ("x",), ("number", np.float64(4))))
    (True, False)
    """
    kind, *parts = tree
    if constant(tree) is not None:
        return False
    # a variable exponent stands on a positive constant (see `syntax`), so only a broken constant can make a kink
    exponent = constant(parts[1]) if kind == "power" else 1.0
    # x**0.5 has a kink at 0, x**2 has none
    broken = exponent is not None and not exponent.is_integer()
    if (kind == "call" and parts[0] in KINKED) or (broken and not _is_positive(parts[0])):
        return True
    if kind == "call" and parts[0] in KINKED_AT_0 and not any(map(_is_positive, parts[1])):
        return True
    return any(map(may_have_kinks, children(tree)))


def _is_positive(tree: Tree, or_zero: bool = False) -> bool:
    """Whether the signs of a tree's parts make it positive everywhere; with `or_zero`, at least 0."""
    kind, *parts = tree
    if (value := constant(tree)) is not None:
        return value >= 0 if or_zero else value > 0
    if kind == "sum":
        signs_known = all(sign == "+" and _is_positive(part, or_zero=True) for sign, part in parts[0])
        return signs_known and (or_zero or any(_is_positive(part) for _, part in parts[0]))
    if kind == "product":
        return all(_is_positive(part, or_zero) for _, part in parts[0])
    if kind == "power":
        exponent = constant(parts[1])
        even = exponent is not None and exponent > 0 and exponent % 2 == 0
        return _is_positive(parts[0]) or (or_zero and even)
    if kind == "call" and parts[0] in ("exp", "cosh", "sigmoid", "softplus"):
        return True
    if kind == "call" and parts[0] in ("sqrt", "cbrt"):
        return _is_positive(parts[1][0])
    return or_zero and kind == "call" and parts[0] in ("abs", "hypot", "relu")


def children(tree: Tree) -> tuple[Tree, ...]:
    """The subtrees that a tree directly consists of."""
    kind, *parts = tree
    if kind in ("sum", "product"):
        return tuple(part for _, part in parts[0])
    if kind == "call":
        return parts[1]
    return tuple(parts) if kind in ("negative", "power") else ()


def size(tree: Tree) -> int:
    """The number of parts of a tree, itself included."""
    return 1 + sum(map(size, children(tree)))


def constant(tree: Tree) -> float | None:
    """The value of a tree without variables, perhaps infinite or NaN; None for a tree with variables."""
    if _has_variable(tree):
        return None
    with np.errstate(all="ignore"):
        return float(evaluate(tree, np.float64(0), np.float64(0), NUMPY))


def _has_variable(tree: Tree) -> bool:
    return tree[0] in ("x", "y") or any(map(_has_variable, children(tree)))


def folded(tree: Tree) -> Tree:
    """The tree with every part that has no variable replaced by its value, so that a program computes only the rest.

    The values are Python's floats, which in JAX take on the precision of what they are combined with.
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
    """The value of a tree at (x, y), with the functions of a table.

    x and y are scalars or arrays of one shape. The value has that shape, or is a scalar if the tree has no variable.
    """

    # tree walk by a table of rules: no name of the formula is ever looked up anywhere else
    def value(tree: Tree) -> Any:
        kind, *parts = tree
        return rules[kind](*parts)

    def call(name: str, arguments: tuple[Tree, ...]) -> Any:
        values = map(value, arguments)
        return reduce(table[name], values) if name in SEVERAL else table[name](*values)

    rules: dict[str, Callable[..., Any]] = {
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
    """base**exponent; `number` is the exponent if it is constant, else None, and the base is a positive constant."""
    if number is None:
        # bˣ = exp(x log b), since the base is a positive constant
        return table["exp"](exponent * math.log(base))
    if number.is_integer():
        # JAX multiplies for an int, which is right for negative bases; a float would go by the logarithm
        return base ** int(number)
    return _broken_power(number)(base) if table is JAX else base**number


def _broken_power(number: float) -> Callable[[Any], Any]:
    return _level(lambda base: base**number, lambda base: base > 0, 1.0)
