"""What the names in a formula mean: functions in many spellings, and which two letters are x and y."""

import itertools
import re
from typing import NamedTuple

from landscapes.formula.marks import GREEK
from landscapes.formula.values import FUNCTIONS
from landscapes.formula.words import CONSTANTS, VARIABLES, Problem, Word

ALIASES = {
    "ln": "log",
    "arcsin": "asin",
    "arccos": "acos",
    "arctan": "atan",
    "arctg": "atan",
    "arcsinh": "asinh",
    "arsinh": "asinh",
    "arccosh": "acosh",
    "arcosh": "acosh",
    "arctanh": "atanh",
    "artanh": "atanh",
    "arctan2": "atan2",
    "tg": "tan",
    "ctg": "cot",
    "cosec": "csc",
    "fabs": "abs",
    "absolute": "abs",
    "sgn": "sign",
    "signum": "sign",
    "ceiling": "ceil",
    "floormod": "mod",
    "minimum": "min",
    "maximum": "max",
    "fmin": "min",
    "fmax": "max",
    "power": "pow",
    "logistic": "sigmoid",
}
"""Names of functions in other programs and books, and the name of the same function here."""

REWRITTEN = ("pow", "square", "sec", "csc", "cot", "exp2", "expm1", "log1p")
"""Functions that are understood but written with others: square(x) becomes x**2."""

CALLABLE = (*FUNCTIONS, *REWRITTEN)
_SPELLINGS = sorted({*CALLABLE, *ALIASES} - {"min", "max", "mod", "pow", "atan2", "hypot"}, key=lambda name: -len(name))

OTHER = {
    "sqr": "Write x**2 for the square, or sqrt(x) for the root.",
    "lg": "Write log10(x), log2(x) or log(x), the natural one.",
    "lb": "Write log2(x).",
    "ld": "Write log2(x).",
    "rsqrt": "Write 1/sqrt(x).",
    "sinc": "Write sin(x)/x, or sin(pi*x)/(pi*x) as NumPy has it.",
    "sind": "Angles are in radians: write sin(pi*x/180).",
    "cosd": "Angles are in radians: write cos(pi*x/180).",
    "tand": "Angles are in radians: write tan(pi*x/180).",
    "sech": "Write 1/cosh(x).",
    "csch": "Write 1/sinh(x).",
    "coth": "Write 1/tanh(x).",
    "asec": "Write acos(1/x).",
    "acsc": "Write asin(1/x).",
    "acot": "Write atan(1/x).",
    "arcsec": "Write acos(1/x).",
    "arccsc": "Write asin(1/x).",
    "arccot": "Write atan(1/x).",
    "fmod": "Write mod(x, y), which has the sign of y; fmod has that of x.",
    "remainder": "Write mod(x, y), which is what NumPy and PyTorch call so; that of math and C is another function.",
    "sum": "Write the sum term by term.",
    "prod": "Write the product factor by factor.",
    "norm": "Write sqrt(x**2 + y**2).",
}
"""Functions that do not exist here, and what to write in their place."""

_FLOORED = ("np.", "numpy.", "jnp.", "jax.numpy.", "torch.")
"""Modules whose `remainder` has the sign of the divisor, as mod has. That of math and of C rounds to the nearest."""

_OTHERS = "elu gelu selu celu silu mish erf erfc erfi round trunc asech acsch acoth clip amax amin sinpi cospi"
_REAL = frozenset(_OTHERS.split())
"""Names of real functions that do not exist here. They are not slips of the keyboard, so no other is offered."""

_SINGLE = frozenset("abcdfghijklmnopqrstuvwxyzABCDFGHIJKLMNOPQRSTUVWXYZ")
_WORDS = ("slope", "intercept", "weight", "bias", "param", "coef")
_ENTRY = re.compile(r"(?P<base>[A-Za-z_][A-Za-z_0-9]*)\[(?P<place>[0-9]+)\]")
_NUMBERED = re.compile(r"(?P<base>[A-Za-z]+)(?P<line>_?)(?P<place>[0-9]+)")
_PAIRS = (("w", "b"), ("m", "b"), ("m", "c"), ("slope", "intercept"), ("weight", "bias"))
"""Pairs of parameters whose usual order is not the alphabet's: a line's slope comes first."""


_INDEXED = re.compile(rf"(?:{'|'.join(GREEK.values())}|[A-Za-z])_[0-9]+")


class Variable(NamedTuple):
    """A name that may stand for x or y: its `base`, its index `place` or None, and its whole `spelling`."""

    base: str
    place: int | None
    spelling: str

    @property
    def is_plain(self) -> bool:
        """Whether it is a letter and a digit with nothing between them, as x2. It may be meant as a power."""
        return self.place is not None and "_" not in self.spelling and self.spelling[-1] != "]"

    @property
    def text_shown(self) -> str:
        """The name in a sentence for the page."""
        return self.base if self.place is None else self.spelling


def variable(name: str) -> Variable | None:
    """The name as a variable; None for words, functions and constants."""
    if entry := _ENTRY.fullmatch(name):
        return Variable(entry["base"], int(entry["place"]), name)
    if name in CONSTANTS or function(name):
        return None
    if name in _SINGLE or name in GREEK.values() or name in _WORDS:
        return Variable(name, None, name)
    numbered = _NUMBERED.fullmatch(name)
    if numbered and (numbered["base"] in _SINGLE or numbered["base"] in (*GREEK.values(), *_WORDS)):
        return Variable(numbered["base"], int(numbered["place"]), name)
    return None


def function(name: str) -> str | None:
    """The name here of a function in any spelling; None if there is no such function.

    >>> function("arctan"), function("log_10"), function("Sin"), function("foo")
    ('atan', 'log10', 'sin', None)
    """
    lowered = name.lower().replace("_", "") if name.lower().startswith("log_") else name.lower()
    return lowered if lowered in CALLABLE else ALIASES.get(lowered)


class Names(NamedTuple):
    """The words with known names only, notes on what was taken for what, and problems."""

    words: list[Word]
    notes: list[str]
    problems: list[Problem]


def resolve(tokens: list[Word], declared: list[str] | None) -> Names:
    """The words with functions by their name here, products of letters taken apart, and x and y for other letters.

    Args:
        tokens: the words of a formula.
        declared: the names of the arguments, as in f(x, y) =, in their order; None if there are none.
    """
    problems: list[Problem] = []
    pieces = _pieces(tokens, declared, problems)
    first_places = {word.text: word for word in reversed(pieces) if word.kind == "variable"}
    chosen, note = _choose(sorted(first_places.values(), key=lambda word: word.position), declared, _called(pieces))
    if isinstance(note, Problem):
        problems.append(note)
    _check_called(pieces, problems)
    named = [
        word._replace(kind="name", text=chosen.get(word.text, "x")) if word.kind == "variable" else word
        for word in pieces
    ]
    notes = [note] if isinstance(note, str) and note else []
    if any(word.kind == "name" and word.text == "log" for word in tokens):
        notes.append("log is the natural logarithm, ln; write log10 for the one to base 10.")
    return Names(named, notes, problems)


def _pieces(tokens: list[Word], declared: list[str] | None, problems: list[Problem]) -> list[Word]:
    """The words with each name as a function, a constant or a variable, and a name such as xy as two of them.

    Names that are not known are added to `problems`.
    """
    alone = {word.text for word in tokens if word.kind == "name" and word.text in _SINGLE}
    # only letters that also stand alone, or are declared, may be factors in a name such as xy
    letters = (alone | {"x", "y"}) if declared is None else set(declared) & _SINGLE
    pieces: list[Word] = []
    unknown: dict[str, list[Word]] = {}
    for word, following in zip(tokens, [*tokens[1:], None], strict=True):
        if word.kind != "name":
            pieces.append(word)
            continue
        if word.text == "mod" and following is not None and following.text != "(":
            pieces.append(word._replace(kind="sign", text="%"))  # x mod 1
            continue
        parts = _parts(word.text, letters, declared, following is not None and following.text == "**")
        if isinstance(parts, str):
            unknown.setdefault(parts, []).append(word)
            parts = []
        pieces += [Word(kind, text, word.position) for kind, text in parts]
    problems += [_unknown_names(message, names) for message, names in unknown.items()]
    return pieces


def _unknown_names(advice: str, names: list[Word]) -> Problem:
    """One problem for all names that have the same advice."""
    texts = list(dict.fromkeys(word.text[:40] for word in names))
    if "{}" not in advice:
        return Problem(names[0].position, advice)
    listed = f"The name {texts[0]} is" if len(texts) == 1 else f"The names {', '.join(texts[:6])} are"
    return Problem(names[0].position, advice.replace("{}", f"{listed} not known."))


def _parts(name: str, letters: set[str], declared: list[str] | None, raised: bool) -> list[tuple[str, str]] | str:
    """The words that a name is made of, each a kind and a text; or, for an unknown name, a sentence of advice."""
    bare = name.rpartition(".")[2]
    if declared is not None and name in declared:
        return [("variable", name)]
    if bare == "remainder" and name.startswith(_FLOORED):
        return [("name", "mod")]
    if bare.lower() == "pi" or bare == "e" or (bare == "E" and bare != name):
        return [("name", bare.lower())]
    if known := function(bare):
        return [("name", known)]
    if bare == name and variable(name):
        return [("variable", name)]
    if bare == name and (factors := _factors(name, letters, raised)):
        return factors
    return _unknown(name)


def _factors(name: str, letters: set[str], raised: bool) -> list[tuple[str, str]] | None:
    """The factors of a name that is a product without signs, as xy, 2pix, xsin(y), sinx, sin2x, xe^y; else None."""
    if re.search(r"(?:log|atan|exp)_?(?:2|10)[a-z]", name):
        return None  # log2x may be log2(x) or log(2x)
    # only with one letter throughout: x2y3 may be powers
    if re.fullmatch(r"([A-Za-z])[0-9](?:\1[0-9])+", name):
        return [("variable", entry) for entry in re.findall(r"[A-Za-z][0-9]", name)]  # x1x2
    parts: list[tuple[str, str]] = []
    rest = name
    while rest:
        # _SPELLINGS has the longest first, so sinh is not read as sin·h
        called = next((spelled for spelled in _SPELLINGS if rest.startswith(spelled)), None)
        digits = re.match(r"[0-9]+", rest)
        if called:
            parts.append(("name", function(called) or called))
            rest = rest[len(called) :]
        elif rest.startswith("pi"):
            parts.append(("name", "pi"))
            rest = rest[2:]
        elif entry := _INDEXED.match(rest):
            parts.append(("variable", entry[0]))  # x_1x_2
            rest = rest[entry.end() :]
        elif rest[0] in letters:
            parts.append(("variable", rest[0]))
            rest = rest[1:]
        elif rest == "e" and raised:
            return [*parts, ("name", "e")]
        # sin2x: digits right behind a function begin what it is taken of
        elif digits and parts and parts[-1][1] in CALLABLE and rest != digits[0]:
            parts.append(("number", digits[0]))
            rest = rest[digits.end() :]
        else:
            return None
    return parts


def _unknown(name: str) -> str:
    text = name[:40]
    if doubtful := re.fullmatch(r"(log|atan|exp)_?(2|10)([a-z]+)", name):
        called, digits, rest = doubtful.groups()
        return f"{text} can be read in two ways. Write {called}{digits}({rest}), or {called}({digits}*{rest})."
    if other := re.fullmatch(r"log_?([0-9]+)", name):
        return "{} " + f"Write log(x)/log({other[1]})."
    if powered := re.fullmatch(r"[xy][0-9][a-z]+|(?=.*[0-9])(?:[xy][0-9]?){2,}", name):
        as_powers = _spread(powered[0])
        return f"{text} can be read in several ways. Write ^ for a power and * for a product, as in {as_powers}."
    bare = name.rpartition(".")[2].lower()
    if bare in OTHER:
        return "{} " + OTHER[bare]
    meant = _nearest(bare)
    if meant:
        return "{} " + f"Did you mean {meant}? That is only a guess."
    return "{} " + f"Known are {', '.join((*VARIABLES, *CONSTANTS, *FUNCTIONS))}."


def _spread(name: str) -> str:
    """The name with signs, x2y as x^2*y: letters are factors, a digit after a letter is its power."""
    return "*".join(letter + (f"^{power}" if power else "") for letter, power in re.findall(r"([a-z])([0-9]?)", name))


def _nearest(name: str) -> str:
    """The one function that differs from a name by a slip of the keyboard, as "sin(x)"; "" if there is none or several.

    The name must have four letters or more. A further letter in front or behind can make another function, as in asec
    and cosd, and so can another digit. Only a last letter that is typed twice is a slip.
    """
    if (
        len(name) < 4
        or name in _REAL
        or re.search("[0-9]|d$", name)
        or function(name[1:])
        or (function(name[:-1]) and name[-1] != name[-2])
    ):
        return ""
    slips = {known: _slip(name, known) for known in (*CALLABLE, *ALIASES) if len(known) > 2}
    # a wrong letter is the weakest sign, so it counts only where no other slip fits
    for kinds in (("lost", "doubled", "exchanged"), ("wrong",)):
        close = {function(known) for known, kind in slips.items() if kind in kinds}
        if close:
            return f"{close.pop()}(x)" if len(close) == 1 else ""
    return ""


def _slip(typed: str, known: str) -> str:
    """How `typed` differs from `known`: by one letter "lost", "doubled" or "wrong", or two "exchanged"; "" for any
    other.

    >>> _slip("sinn", "sin"), _slip("sqtr", "sqrt"), _slip("asin", "sin")
    ('doubled', 'exchanged', '')
    """
    # people get the first letter right, and sin and sinh are different functions
    if typed[0] != known[0] or (typed[-1] == "h") != (known[-1] == "h"):
        return ""
    same = next((i for i, (a, b) in enumerate(zip(typed, known, strict=False)) if a != b), min(len(typed), len(known)))
    one, other = typed[same:], known[same:]
    if one[1:] == other or one == other[1:]:
        return "doubled" if len(one) > len(other) else "lost"
    if one[1::-1] + one[2:] == other:
        return "exchanged"
    return "wrong" if one[1:] == other[1:] else ""


def _called(words: list[Word]) -> list[str]:
    """The letters that a bracket follows, each once: they may be meant as functions, as in f(x) and g(x + 1)."""
    pairs = itertools.pairwise(words)
    return list(dict.fromkeys(word.text for word, after in pairs if word.kind == "variable" and after.text == "("))


def _choose(words: list[Word], declared: list[str] | None, called: list[str]) -> tuple[dict[str, str], str | Problem]:
    """Which names are x and y, and a sentence on it or "". If they can't be: an empty dict and the problem."""
    variables = {word.text: variable(word.text) or Variable(word.text, None, word.text) for word in words}
    first = min((word.position for word in words), default=0)
    if declared is not None:
        chosen = _declared(variables, declared)
        allowed = "only " + " and ".join(declared) + " may be in the formula" if declared else "there are none"
        wrong = f"The arguments are {', '.join(declared)}: {allowed}"
    else:
        chosen = _undeclared(list(variables.values()))
        wrong = "A loss has two variables, x and y, or another pair such as w and b"
    unknown = [name for name in called if name not in (*VARIABLES, *(declared or ()))]
    functions = [name for name in unknown if name in "fghFGH" or not chosen]  # w(b + 1) is a product of the pair
    if functions and len(variables) > 1:
        position = next(word.position for word in words if word.text == functions[0])
        return {}, Problem(position, _advice_on_function(functions[0]))
    if chosen is None or len(set(chosen.values())) < len({(one.base, one.place) for one in variables.values()}):
        names = ", ".join(one.text_shown for one in variables.values())
        other = next((word for word in words if word.text not in (*VARIABLES, *(declared or ()))), None)
        return {}, Problem(other.position if other else first, f"{wrong}. Received: {names}. {_advice(variables)}")
    renamed = {one.text_shown: chosen[name] for name, one in variables.items() if one.text_shown != chosen[name]}
    if not renamed:
        return chosen, ""
    pairs = sorted({(new, old) for old, new in renamed.items()})
    return chosen, f"Taken for {' and for '.join(f'{new}: {old}' for new, old in pairs)}."


def _advice_on_function(name: str) -> str:
    return (
        f"{name}( ) may be a function or a product. A function of one's own is not known here: write what it is equal "
        f"to in its place. For a product, write a number for {name}."
    )


def _advice(variables: dict[str, Variable]) -> str:
    """Advice on variables that are not a pair."""
    plain = next((one for one in variables.values() if one.is_plain), None)
    if plain:
        base = plain.base
        return (
            f"{plain.spelling} may be a power or a variable: write {base}^{plain.place} for the power, "
            f"or {base}_1 and {base}_2 for two variables."
        )
    others = [one.text_shown for one in variables.values() if one.text_shown not in VARIABLES]
    return f"Write a number for {', '.join(others[:4]) or 'one of them'}, or only two of them."


def _declared(variables: dict[str, Variable], declared: list[str]) -> dict[str, str] | None:
    """x and y by the declared arguments: the first is x, the second y. None if the formula has other names.

    Arguments that are called x and y keep their names, whatever their order. A single argument may be a list of two.
    """
    if not 1 <= len(declared) <= 2 or len(set(declared)) < len(declared):
        return None
    if len(declared) == 1:
        (only,) = declared
        if all(one.base == only and one.place is not None for one in variables.values()):
            return _by_place(list(variables.values()))
        return {only: "y" if only == "y" else "x"} if set(variables) <= {only} else None
    order = sorted(declared) if set(declared) == set(VARIABLES) else declared
    named = dict(zip(order, VARIABLES, strict=True))
    return {name: named[name] for name in variables} if set(variables) <= set(named) else None


def _undeclared(variables: list[Variable]) -> dict[str, str] | None:
    """x and y without declared arguments; None if the variables are not a pair.

    x and y are themselves, capitals too. Entries of a list go by their index, other pairs by _PAIRS or the alphabet.
    """
    if any(one.place is not None for one in variables):
        same = len({one.base for one in variables}) == 1
        plain = any(one.is_plain for one in variables)
        if same and all(one.place is not None for one in variables):
            return None if plain and len({one.place for one in variables}) == 1 else _by_place(variables)
        return None  # x2 + y2 are more likely squares than variables
    names = [one.spelling for one in variables]
    lowered = [name.lower() for name in names]
    if set(lowered) <= set(VARIABLES) and len(set(lowered)) == len(names):
        return dict(zip(names, lowered, strict=True))
    if len(names) == 1:
        return {names[0]: "x"}
    # x and a, or y and b: the other letter is more likely a constant that should have a number
    if len(names) != 2 or (set(names) & set(VARIABLES) and set(names) != {"x", "z"}):
        return None
    pair = next((list(pair) for pair in _PAIRS if set(pair) == set(names)), sorted(names, key=_alphabet))
    return dict(zip(pair, VARIABLES, strict=True))


def _alphabet(name: str) -> tuple[int, int, str]:
    """A key for sorting: Latin letters before Greek ones, each in the order of its alphabet."""
    greek = list(GREEK.values())
    base = re.sub(r"_?[0-9]+$", "", name)
    return (1, greek.index(base), name) if base in greek else (0, 0, name)


def _by_place(variables: list[Variable]) -> dict[str, str] | None:
    """x and y by the index of entries, 0 and 1 or 1 and 2; None for other indices.

    A single entry in square brackets counts from 0, any other single one from 1.
    """
    places = {one.place for one in variables}
    if not places:
        return {}
    if places <= {0, 1} and (0 in places or variables[0].spelling[-1] == "]"):
        start = 0
    elif places <= {1, 2}:
        start = 1
    else:
        return None
    return {one.spelling: VARIABLES[(one.place or 0) - start] for one in variables}


def _check_called(words: list[Word], problems: list[Problem]) -> None:
    """Add a problem for x(1) and x(2), which are entries in some languages and products in others."""
    for before, opening, number, closing in zip(words, words[1:], words[2:], words[3:], strict=False):
        if before.kind == "variable" and opening.text == "(" and closing.text == ")" and number.text.isdecimal():
            base = before.text
            sentence = (
                f"{base}({number.text}) may be an entry of a list or a product: write {base}_{number.text} for the "
                f"entry, or {base}*{number.text} for the product."
            )
            problems.append(Problem(before.position, sentence))
