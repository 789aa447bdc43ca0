"""The words of a typed formula, as people write them, and the error that points at the one that is wrong."""

import re
from collections.abc import Iterable
from typing import NamedTuple

from landscapes.formula.marks import (
    COMMANDS,
    GREEK,
    INSTEAD,
    LETTERS_IN,
    SAME,
    SIGNS,
    SPACING,
    SUBSCRIPTS,
    SUPERSCRIPTS,
)

MIXED = "½⅓⅔¼¾⅛"
"""Characters that are a fraction. Behind a number they could add to it or multiply it."""

LONGEST = 500
"""The most letters of a formula."""

MOST_PROBLEMS = 5
"""The most problems that one error names."""

VARIABLES = ("x", "y")
CONSTANTS = ("pi", "e")

_PREFIX = r"(?:np|numpy|jnp|jax\.numpy|jax\.nn|math|Math|torch|tf\.math|tf\.nn|tf|sympy|sp|keras\.ops|ops|K|F)\."
_INDEX = r"(?:_\{[0-9]+\}|_[0-9]+|[₀-₉]+)?"
_GREEK_LETTERS = "".join(GREEK)

_WORD = re.compile(
    r"(?P<coded>0[xXbBoO][0-9A-Fa-f]+)"  # a number in another base, or a product with 0: neither is meant
    r"|(?P<number>(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?)"
    rf"|(?P<name>(?:{_PREFIX})?[A-Za-z_][A-Za-z_0-9]*(?:(?<=_)\{{[0-9]+\}}|[₀-₉]+)?)"
    rf"|(?P<greek>[{_GREEK_LETTERS}])(?P<index>(?:(?<!π)[0-9])?{_INDEX})"
    r"|\\(?P<styled>operatorname|mathrm|mathbf|mathit|boldsymbol|text|vec)\*?\s*\{\\?(?P<inside>[A-Za-z0-9]+)\}"
    rf"(?P<styled_index>{_INDEX})"
    rf"|\\(?P<command>[A-Za-z]+|[^A-Za-z0-9])(?P<command_index>{_INDEX})"
    r"|(?P<remark>//|/\*)"
    r"|(?P<super>[⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁽⁾ˣʸ]+)"
    r"|(?P<sign>\*\*|\.[*/^]|[-+*/^(),%|\[\]{}])"
)
_PLACE = re.compile(r"\[\s*([0-9]+)\s*\]")
_OPENING = {"(": ")", "[": "]", "{": "}"}


class FormulaError(ValueError):
    """A formula that was not understood. The message says what to change; `position` is the place in `text`, from 0."""

    def __init__(self, problem: str, position: int = 0, text: str = "") -> None:
        super().__init__(problem)
        self.position, self.text = position, text

    def pointed(self) -> str:
        """Two lines for a fixed-width font: the text around the place, and a mark below it."""
        first = max(self.position - 30, 0)
        part = "".join(letter if letter.isprintable() else " " for letter in self.text[first : first + 60])
        return f"{part}\n{' ' * (self.position - first)}^"


class Word(NamedTuple):
    """A word of a formula: its `kind`, its `text`, and its `position` in the typed text.

    Kinds are `number`, `name`, `sign`, `bar` (which may open or close), `root` (its text is the degree), `frac` (which
    two brackets follow), and `end` after the last word.
    """

    kind: str
    text: str
    position: int


class Problem(NamedTuple):
    """One thing that is wrong with a text: where, and a sentence."""

    position: int
    sentence: str


def refused(problems: Iterable[Problem], text: str) -> FormulaError:
    """One error for all problems.

    It names each once, the first MOST_PROBLEMS of them; its position is that of the first.
    """
    ordered = sorted(problems)
    sentences = list(dict.fromkeys(problem.sentence for problem in ordered))
    left = len(sentences) - MOST_PROBLEMS
    more = [f"And {left} more."] if left > 0 else []
    return FormulaError(" ".join(sentences[:MOST_PROBLEMS] + more), ordered[0].position, text)


def as_typed(text: str) -> str:
    """The text with other spellings of characters replaced by the keyboard's. Its length and positions stay the same.

    Raises:
        FormulaError: for an object that is not text, or a text that is too long.

    >>> as_typed("x − 2·𝑦")
    'x - 2*y'
    """
    if not isinstance(text, str):
        raise FormulaError(f"A formula must be text. Received: {type(text).__name__}.")
    if len(text) > LONGEST:
        problem = f"A formula may have {LONGEST} letters. Received: {len(text)}. Try to leave something out."
        raise FormulaError(problem, LONGEST, text[: 2 * LONGEST])
    return text.translate(SAME)


def words(text: str, first: int = 0, last: int | None = None) -> tuple[list[Word], list[Problem]]:
    """The words of text[first:last] with `end` after them, and the problems with its characters.

    `text` is what `as_typed` returned.

    >>> [word.text for word in words("2x^2")[0]]
    ['2', 'x', '**', '2', '']
    >>> [word.text for word in words(as_typed("√(x₁²)"))[0]]
    ['2', '(', 'x_1', '**', '2', ')', '']
    """
    scan = _Scan(text, first, len(text) if last is None else last)
    scan.run()
    return [*scan.words, Word("end", "", len(text))], scan.problems


class _Scan:
    """A scanner that reads a text from left to right and looks at each character a bounded number of times."""

    def __init__(self, text: str, first: int, last: int) -> None:
        self.text, self.at, self.last = text, first, last
        self.words: list[Word] = []
        self.problems: list[Problem] = []
        self.open: list[str] = []  # what would close each open bracket

    def run(self) -> None:
        while self.at < self.last:
            letter = self.text[self.at]
            # a line may end within brackets, as in Python
            if letter in " \t" or (letter in "\r\n" and self.open):
                self.at += 1
                continue
            if letter in LETTERS_IN:
                if letter in MIXED and self.at and self.text[self.at - 1].isdigit():
                    self.problem(f"A number and {letter} can be a sum or a product. Write it with a point, as in 1.5.")
                for kind, text in LETTERS_IN[letter]:
                    self.add(kind, text)
                self.at += 1
                continue
            # the order of the pattern's alternatives decides: 0x10 must not be read as 0 times x10
            match = _WORD.match(self.text, self.at, self.last)
            if match is None:
                self.problem(_unexpected(letter))
                self.at += 1
            else:
                before = self.at
                self.read(match)
                # most methods of `read` move on themselves, some past more than the match
                if self.at == before:
                    self.at = match.end()

    def add(self, kind: str, text: str) -> None:
        self.words.append(Word(kind, text, self.at))

    def problem(self, sentence: str) -> None:
        self.problems.append(Problem(self.at, sentence))

    def read(self, match: re.Match[str]) -> None:
        """Add the words of one match of the pattern."""
        group = match.lastgroup or ""
        if match["styled"]:
            self.name(match["inside"] + _index(match["styled_index"]), match.end())
        elif match["command"]:
            self.command(match["command"], match["command_index"], match.end())
        elif match["greek"]:
            digits = match["index"]
            self.name(GREEK[match["greek"]] + (f"_{digits}" if digits.isdecimal() else _index(digits)), match.end())
        elif group == "name":
            typed = match["name"]
            if _after_frac([word.kind for word in self.words[-2:]]) and "." not in typed:
                self.name(typed[0], self.at + 1)  # as in LaTeX, \\frac x2 takes one letter and one digit
                return
            self.name(re.sub(r"_\{(\d+)\}$", r"_\1", _index(typed) if typed[-1] in SUBSCRIPTS else typed), match.end())
        elif group == "number":
            self.number(match["number"])
        elif group == "coded":
            self.problem(f"{match[0][:40]} is a number in another base, which is not read. Write its decimals.")
        elif group == "remark":
            self.remark(match["remark"])
        elif group == "super":
            self.exponent(match["super"])
        else:
            self.sign(match["sign"])

    def number(self, text: str) -> None:
        """Add a number. After \\frac without braces each digit is a number of its own, as in LaTeX."""
        if text[0].isdigit() and _after_frac([word.kind for word in self.words[-2:]]):
            self.add("number", text[0])
            self.at += 1
            return
        self.add("number", text)
        self.at += len(text)

    def name(self, text: str, end: int) -> None:
        """Add a name. With a whole number in square brackets it is an entry of a list, as x[0]."""
        place = _PLACE.match(self.text, end, self.last)
        # sin[x] is Mathematica's call, x[0] an entry
        if place and text not in CALLED:
            text, end = f"{text}[{int(place[1])}]", place.end()
        self.add("name", text)
        self.at = end

    def remark(self, mark: str) -> None:
        """Add a problem for a comment as in other languages. // is a division in some, so nothing is guessed."""
        quotient = "" if mark == "/*" else " For a whole quotient write floor(x/y)."
        self.problem(f"{mark} is not understood here. Leave a comment out.{quotient}")
        end = self.text.find("*/", self.at, self.last) if mark == "/*" else -1
        self.at = self.last if end < 0 else end + 2

    def exponent(self, typed: str) -> None:
        """Add a power for superscripts: a whole number stands alone, anything else in brackets."""
        self.add("sign", "**")
        inside = typed.translate(SUPERSCRIPTS)
        if inside.isdecimal():
            self.add("number", inside)
            self.at += len(typed)
            return
        self.add("sign", "(")
        for part in re.findall(r"[0-9]+|.", inside):
            self.add("number" if part.isdecimal() else "name" if part.isalpha() else "sign", part)
        self.add("sign", ")")
        self.at += len(typed)

    def sign(self, text: str) -> None:
        spelled = "**" if text == "^" else text.removeprefix(".").replace("^", "**")
        if text == "|":
            self.add("bar", "|")
        elif text in _OPENING:
            self.open.append(_OPENING[text])
            self.add("sign", "(")
        elif text in ")]}":
            if self.open and self.open[-1] != text:
                self.problem(f"The bracket {text} closes another kind of bracket. Write {self.open[-1]}.")
            self.open[-1:] = []
            self.add("sign", ")")
        else:
            self.add("sign", spelled)
        self.at += len(text)

    def command(self, name: str, index: str, end: int) -> None:
        """Add a command of LaTeX: space, a sign, a bracket, a function or a Greek letter; a problem for any other."""
        if name in SPACING:
            beside = re.compile(r"\s*(?:\||\\[lr]?vert(?![a-zA-Z]))").match(self.text, end, self.last)
            if name in ("left", "right") and beside:
                for kind, text in COMMANDS["lvert" if name == "left" else "rvert"]:
                    self.add(kind, text)
                end = beside.end()
        elif name in COMMANDS:
            for kind, text in COMMANDS[name]:
                self.add(kind, text)
            end -= len(index)
        elif name in SIGNS:
            self.sign(SIGNS[name])
            end -= len(index)
        elif name == "sqrt":
            degree = _PLACE.match(self.text, end, self.last)
            self.add("root", degree[1] if degree else "2")
            end = degree.end() if degree else end
        elif name in GREEK.values() or name in CALLED:
            self.name(name + _index(index), end)
            return
        else:
            printable = name if name.isprintable() else f"U+{ord(name):04X}"
            self.problem(f"The LaTeX command \\{printable[:40]} is not understood here.")
        self.at = end


def _after_frac(kinds: list[str]) -> bool:
    """Whether the next letter or digit is one of the two arguments of \\frac, by the kinds of the last two words."""
    return kinds[-1:] == ["frac"] or kinds in (["frac", "number"], ["frac", "name"])


def _index(text: str) -> str:
    """A text with its index in one spelling: _1 for ₁, _{1} and _1.

    >>> _index("x₁"), _index("_{1}"), _index("")
    ('x_1', '_1', '')
    """
    match = re.search(r"[₀-₉]+$", text)
    if match:
        return f"{text[: match.start()]}_{match[0].translate(SUBSCRIPTS_TO_DIGITS)}"
    return text.replace("{", "").replace("}", "")


SUBSCRIPTS_TO_DIGITS = str.maketrans(SUBSCRIPTS, "0123456789")

_LATEX_FUNCTIONS = (
    "sin cos tan sec csc cot sinh cosh tanh coth asin acos atan arcsin arccos arctan ln log lg exp min max sqrt"
)
_WOLFRAM_FUNCTIONS = "Sin Cos Tan Exp Log Sqrt Abs Sinh Cosh Tanh"
CALLED = frozenset((*_LATEX_FUNCTIONS.split(), *_WOLFRAM_FUNCTIONS.split()))
"""Functions of LaTeX and Mathematica. Square brackets behind them hold an argument, not the index of an entry."""


def _unexpected(letter: str) -> str:
    if letter in INSTEAD:
        advice = INSTEAD[letter]
    elif letter.isalnum():
        advice = "only the letters a to z and the digits 0 to 9 of a plain keyboard are understood"
    else:
        advice = "a formula has x, y, numbers, + - * / ^, brackets and functions such as sin(x)"
    printable = letter if letter.isprintable() else f"U+{ord(letter):04X}"
    return f"The character {printable} is not understood here: {advice}."
