"""Marks in formulas that no keyboard has: Unicode's signs, and the commands of LaTeX."""

GREEK = {
    "α": "alpha",
    "β": "beta",
    "γ": "gamma",
    "δ": "delta",
    "ε": "epsilon",
    "ζ": "zeta",
    "η": "eta",
    "θ": "theta",
    "κ": "kappa",
    "λ": "lambda",
    "μ": "mu",
    "ν": "nu",
    "ξ": "xi",
    "π": "pi",
    "ρ": "rho",
    "σ": "sigma",
    "τ": "tau",
    "φ": "phi",
    "χ": "chi",
    "ψ": "psi",
    "ω": "omega",
}
"""Greek letters and their names, in the order of the alphabet."""

_ITALIC_LATIN = {0x1D434 + i: chr(65 + i) for i in range(26)} | {0x1D44E + i: chr(97 + i) for i in range(26)}
_ITALIC_GREEK = {0x1D6FC + i: chr(0x3B1 + i) for i in range(25)}

SAME: dict[int, str] = {
    **_ITALIC_LATIN,
    **_ITALIC_GREEK,
    **dict.fromkeys(map(ord, "−–—‒‐‑﹣"), "-"),
    **dict.fromkeys(map(ord, "·×⋅∙•∗"), "*"),
    **dict.fromkeys(map(ord, "÷∕⁄"), "/"),
    **dict.fromkeys(map(ord, "∣❘"), "|"),
    **dict.fromkeys([0xA0, 0x202F, 0x205F, 0x3000, *range(0x2000, 0x200B)], " "),
    ord("ϑ"): "θ",
    ord("ϕ"): "φ",
    ord("ϵ"): "ε",
    ord("µ"): "μ",
    ord("ℯ"): "e",
}
"""Characters and the one of the keyboard that they stand for: dashes, dots, blanks, italic letters of web pages."""

SUBSCRIPTS = "₀₁₂₃₄₅₆₇₈₉"
SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁽⁾ˣʸ", "0123456789+-()xy")

Parts = tuple[tuple[str, str], ...]

_ABS: Parts = (("name", "abs"), ("sign", "("))
_FLOOR: Parts = (("name", "floor"), ("sign", "("))
_CEIL: Parts = (("name", "ceil"), ("sign", "("))
_CLOSE: Parts = (("sign", ")"),)


def _fraction(over: str, under: str) -> Parts:
    return ("sign", "("), ("number", over), ("sign", "/"), ("number", under), ("sign", ")")


LETTERS_IN: dict[str, Parts] = {
    "√": (("root", "2"),),
    "∛": (("root", "3"),),
    "∜": (("root", "4"),),
    "⌊": _FLOOR,
    "⌋": _CLOSE,
    "⌈": _CEIL,
    "⌉": _CLOSE,
    "½": _fraction("1", "2"),
    "⅓": _fraction("1", "3"),
    "⅔": _fraction("2", "3"),
    "¼": _fraction("1", "4"),
    "¾": _fraction("3", "4"),
    "⅛": _fraction("1", "8"),
}
"""Characters that stand for words of a formula; each word is a kind and a text."""

COMMANDS: dict[str, Parts] = {
    "lvert": _ABS,
    "rvert": _CLOSE,
    "vert": (("bar", "|"),),
    "mid": (("bar", "|"),),
    "lfloor": _FLOOR,
    "rfloor": _CLOSE,
    "lceil": _CEIL,
    "rceil": _CLOSE,
    **dict.fromkeys(("frac", "tfrac", "dfrac", "cfrac"), (("frac", "frac"),)),
}
"""Commands of LaTeX that stand for words."""

SIGNS = {
    **dict.fromkeys(("cdot", "times", "ast"), "*"),
    "div": "/",
    "bmod": "%",
    "lbrace": "{",
    "rbrace": "}",
    "{": "{",
    "}": "}",
    "lbrack": "[",
    "rbrack": "]",
    "lparen": "(",
    "rparen": ")",
}
"""Commands of LaTeX that are signs."""

_LOOKS = "displaystyle textstyle quad qquad limits thinspace , ; : ! ( ) [ ]"
_SIZES = "left right big Big bigg Bigg bigl bigr Bigl Bigr biggl biggr Biggl Biggr"
SPACING = frozenset((*_LOOKS.split(), *_SIZES.split(), " "))
"""Commands of LaTeX that change only how a formula looks."""

INSTEAD = {
    "=": "write only what the loss is equal to",
    "\n": "write the formula on one line",
    "\r": "write the formula on one line",
    ";": "write one formula",
    "$": "write it at both ends of the formula, or leave it out",
    "!": "there is no factorial",
    "<": "there are no conditions; max, min, relu and sign make steps and kinks",
    ">": "there are no conditions; max, min, relu and sign make steps and kinks",
    "≤": "there are no conditions; max, min, relu and sign make steps and kinks",
    "≥": "there are no conditions; max, min, relu and sign make steps and kinks",
    "'": "leave quotes and primes out",
    '"': "leave quotes and primes out",
    "∑": "write the sum term by term",
    "∏": "write the product factor by factor",
    "‖": "write sqrt(x^2 + y^2) for a length",
    ".": "write a function after np. or math., or a number such as 0.5",
    "±": "write one formula, with + or with -",
    "°": "angles are in radians: write pi*x/180 for x degrees",
}
"""What to write in place of a character that is often typed and not understood."""
