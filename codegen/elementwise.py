"""Primitives that work number by number, one line each: what they are in JavaScript."""

from collections.abc import Callable
from typing import Any

TABLE: dict[str, str] = {
    "abs": "Math.abs({0})",
    "acos": "Math.acos({0})",
    "acosh": "Math.acosh({0})",
    "add": "({0} + {1})",
    "add_any": "({0} + {1})",
    "and": "({0} & {1})",
    "asin": "Math.asin({0})",
    "asinh": "Math.asinh({0})",
    "atan": "Math.atan({0})",
    "atan2": "Math.atan2({0}, {1})",
    "atanh": "Math.atanh({0})",
    "cbrt": "Math.cbrt({0})",
    "ceil": "Math.ceil({0})",
    "clamp": "Math.min(Math.max({1}, {0}), {2})",
    "copy": "{0}",
    "cos": "Math.cos({0})",
    "cosh": "Math.cosh({0})",
    "div": "({0} / {1})",
    "eq": "+({0} === {1})",
    "exp": "Math.exp({0})",
    "exp2": "(2 ** {0})",
    "expm1": "Math.expm1({0})",
    "floor": "Math.floor({0})",
    "ge": "+({0} >= {1})",
    "gt": "+({0} > {1})",
    "is_finite": "+Number.isFinite({0})",
    "le": "+({0} <= {1})",
    "log": "Math.log({0})",
    "log1p": "Math.log1p({0})",
    "logistic": "(1 / (1 + Math.exp(-{0})))",
    "lt": "+({0} < {1})",
    "max": "Math.max({0}, {1})",
    "min": "Math.min({0}, {1})",
    "mul": "({0} * {1})",
    "ne": "+({0} !== {1})",
    "neg": "(-{0})",
    "or": "({0} | {1})",
    "pow": "power({0}, {1})",
    "rem": "({0} % {1})",
    "rsqrt": "(1 / Math.sqrt({0}))",
    "sign": "Math.sign({0})",
    "sin": "Math.sin({0})",
    "sinh": "Math.sinh({0})",
    "sqrt": "Math.sqrt({0})",
    "square": "({0} * {0})",
    "stop_gradient": "{0}",
    "sub": "({0} - {1})",
    "tan": "Math.tan({0})",
    "tanh": "Math.tanh({0})",
    "xor": "({0} ^ {1})",
}
"""The expression of each primitive, with its operands for {0}, {1} and {2}."""

HELPERS: dict[str, str] = {
    # 1 to any power is 1, and so is any number to the power of 0; JavaScript says NaN where one of the two is
    "power": "const power = (a, b) => (a === 1 || (a === -1 && Math.abs(b) === Infinity) ? 1 : a ** b);",
    # halves go to the even neighbour
    "even": "const even = (a) => { const low = Math.floor(a), rest = a - low; if (rest === 0 || a !== a) return a; "
    "const near = rest > 0.5 || (rest === 0.5 && low % 2 !== 0) ? low + 1 : low; "
    "return near === 0 && a < 0 ? -0 : near; };",
}
"""Functions that an expression may call; those that are called are written at the top of a program."""

INTEGERS = {"int32": "({} | 0)", "uint32": "({} >>> 0)", "int64": "({} + 0)", "uint64": "({} + 0)"}
"""How a whole number stays one of its kind, whose 0 has no sign; of 64 bits, those up to 2⁵³ are exact."""

BITWISE = ("and", "or", "xor", "not")


def expression(name: str, operands: list[str], params: dict[str, Any], kinds: list[str], result: str) -> str | None:
    """A primitive applied to operands, as an expression; None for one that is not known.

    Args:
        name: the primitive's.
        operands: names or digits.
        params: of the equation.
        kinds: the operands' dtypes by name; `result`, the result's.
    """
    if name in SPECIAL:
        return SPECIAL[name](operands, params, kinds, result)
    if name not in TABLE or (name in BITWISE and kinds[0] in ("int64", "uint64")):
        return None
    text = TABLE[name].format(*operands)
    if name in ("add", "sub", "neg", "mul") and result in INTEGERS:
        if name == "mul" and result in ("int32", "uint32"):
            text = f"Math.imul({operands[0]}, {operands[1]})"
        return INTEGERS[result].format(text)
    if name == "div" and result in INTEGERS:
        return INTEGERS[result].format(f"Math.trunc{text}")
    return text


def _integer_power(operands: list[str], params: dict[str, Any], kinds: list[str], result: str) -> str | None:
    """x^n by squaring, in the order in which XLA multiplies, so that the last digit agrees."""
    exponent = abs(params["y"])
    if exponent == 0:
        return "1"
    if exponent == 1:
        product = operands[0]
    elif exponent <= 3:
        product = "(" + " * ".join([operands[0]] * exponent) + ")"
    else:
        product = f"raised({operands[0]}, {exponent})"
    return product if params["y"] > 0 else f"(1 / {product})"


HELPERS["raised"] = (
    "const raised = (x, n) => { let product = n & 1 ? x : 1; "
    "for (let rest = n >> 1; rest; rest >>= 1) { x = x * x; if (rest & 1) product = product * x; } return product; };"
)


def _select(operands: list[str], params: dict[str, Any], kinds: list[str], result: str) -> str | None:
    which, *cases = operands
    if len(cases) == 2:
        return f"({which} ? {cases[1]} : {cases[0]})"
    return f"[{', '.join(cases)}][{which}]"


def _converted(operands: list[str], params: dict[str, Any], kinds: list[str], result: str) -> str | None:
    (operand,), (kind,) = operands, kinds
    if result == "bool":
        return operand if kind == "bool" else f"+({operand} !== 0)"
    if result in INTEGERS:
        whole = operand if kind == "bool" or kind in INTEGERS else f"Math.trunc({operand})"
        return INTEGERS[result].format(whole)
    if result == "float32":
        return f"Math.fround({operand})"
    return operand if result == "float64" else None


def _negated(operands: list[str], params: dict[str, Any], kinds: list[str], result: str) -> str | None:
    if kinds[0] == "bool":
        return f"(1 - {operands[0]})"
    return INTEGERS[result].format(f"~{operands[0]}") if kinds[0] in ("int32", "uint32") else None


def _rounded(operands: list[str], params: dict[str, Any], kinds: list[str], result: str) -> str | None:
    if int(params["rounding_method"]) == 1:
        return f"even({operands[0]})"
    return f"(Math.sign({operands[0]}) * Math.floor(Math.abs({operands[0]}) + 0.5))"


SPECIAL: dict[str, Callable[[list[str], dict[str, Any], list[str], str], str | None]] = {
    "convert_element_type": _converted,
    "integer_pow": _integer_power,
    "not": _negated,
    "round": _rounded,
    "select_n": _select,
}
"""Primitives whose expression depends on their parameters or on the kind of number."""
