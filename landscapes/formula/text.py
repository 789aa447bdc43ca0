"""A formula written out again, as text and in LaTeX, so that a person sees how it was read."""

import numpy as np

from landscapes.formula.values import Tree

_ATOMS = ("number", "x", "y", "pi", "e", "call")


def plain(tree: Tree) -> str:
    """The text of a tree, with all signs of products. Parsing it gives the same tree again.

    >>> plain(("product", (("*", ("number", 2.0)), ("*", ("x",)))))
    '2*x'
    """
    kind, *parts = tree
    if kind == "number":
        return number_text(parts[0])
    if kind == "call":
        return f"{parts[0]}({', '.join(map(plain, parts[1]))})"
    if kind == "negative":
        return f"-{_bracketed(parts[0], 'power', 'negative')}"
    if kind == "power":
        return f"{_bracketed(parts[0])}**{_bracketed(parts[1], 'power', 'negative')}"
    if kind in ("sum", "product"):
        # what binds closer needs no brackets; a product inside a product does, to keep its tree
        inside = ("power", "negative", "product")[: 3 if kind == "sum" else 2]
        between = " {} " if kind == "sum" else "{}"
        written = [between.format(sign) + _bracketed(part, *inside) for sign, part in parts[0]]
        return "".join(written)[len(between) - 1 :]
    return kind


def number_text(value: float) -> str:
    """The shortest decimals that give the number back, without an exponent."""
    return str(np.format_float_positional(value, trim="-"))


def _bracketed(tree: Tree, *bare: str) -> str:
    return plain(tree) if tree[0] in _ATOMS or tree[0] in bare else f"({plain(tree)})"


_NAMES = {
    "pi": r"\pi",
    "log": r"\ln",
    "log10": r"\log_{10}",
    "log2": r"\log_{2}",
    "asin": r"\arcsin",
    "acos": r"\arccos",
    "atan": r"\arctan",
}
_KNOWN = ("sin", "cos", "tan", "exp", "tanh", "sinh", "cosh", "min", "max")
_FENCES = {
    "sqrt": (r"\sqrt{", "}"),
    "cbrt": (r"\sqrt[3]{", "}"),
    "abs": (r"\left|", r"\right|"),
    "floor": (r"\left\lfloor ", r"\right\rfloor "),
    "ceil": (r"\left\lceil ", r"\right\rceil "),
}


def latex(tree: Tree) -> str:
    r"""The LaTeX of a tree, with brackets only where the value needs them, and a mark or space for each product.

    >>> print(latex(("product", (("*", ("number", 2.0)), ("*", ("x",))))))
    2\,x
    """
    kind, *parts = tree
    if kind == "number":
        return number_text(parts[0])
    if kind == "call":
        return _call(*parts)
    if kind == "negative":
        return f"-{_fenced(parts[0], 'sum', 'negative')}"
    if kind == "power":
        return f"{_base(parts[0])}^{{{latex(parts[1])}}}"
    if kind == "sum":
        (_, first), *rest = parts[0]
        return latex(first) + "".join(f" {sign} {_fenced(part, 'sum', 'negative')}" for sign, part in rest)
    return _product(parts[0]) if kind == "product" else str(_NAMES.get(kind, kind))


def _call(name: str, arguments: tuple[Tree, ...]) -> str:
    inside = ", ".join(map(latex, arguments))
    if name in _FENCES:
        return inside.join(_FENCES[name])
    known = _NAMES.get(name, f"\\{name}" if name in _KNOWN else rf"\operatorname{{{name}}}")
    return rf"{known}\left({inside}\right)"


def _fenced(tree: Tree, *kinds: str) -> str:
    return rf"\left({latex(tree)}\right)" if tree[0] in kinds else latex(tree)


def _base(tree: Tree) -> str:
    """The base of a power in LaTeX. A call has brackets around it too: sin(x)² could be read in two ways."""
    bare = tree[0] in _ATOMS and (tree[0] != "call" or tree[1] in ("abs", "floor", "ceil"))
    return latex(tree) if bare else rf"\left({latex(tree)}\right)"


def _product(factors: tuple[tuple[str, Tree], ...]) -> str:
    """A product in LaTeX, from left to right: a·b/c·d is the fraction of a·b and c, times d."""
    (_, first), *rest = factors
    numerator = latex(first) if rest[0][0] == "/" else _factor(first)
    for sign, part in rest:
        if sign == "/":
            numerator = rf"\frac{{{numerator}}}{{{latex(part)}}}"
        else:
            numerator = _side_by_side(numerator, _factor(part, "negative"))
    return numerator


def _factor(tree: Tree, *kinds: str) -> str:
    is_fraction = tree[0] == "product" and tree[1][-1][0] == "/"
    return latex(tree) if is_fraction else _fenced(tree, "sum", "product", *kinds)


def _side_by_side(left: str, right: str) -> str:
    """Two factors in LaTeX, with a small space between.

    There is a dot before digits, and between a number and a fraction, which would look like a mixed number.
    """
    mixed = left[-1:].isdigit() and right.startswith(r"\frac")
    return left + (r" \cdot " if right[0].isdigit() or mixed else r"\,") + right
