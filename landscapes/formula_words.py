"""The words of a typed formula, and the error that points at the one that is wrong."""

import re
from typing import NamedTuple

LONGEST = 500
"""Letters that a formula may have."""

VARIABLES = ("x", "y")
CONSTANTS = ("pi", "e")

_WORD = re.compile(
    r"(?P<number>(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?)"
    r"|(?P<name>[A-Za-z_][A-Za-z_0-9]*)"
    r"|(?P<sign>\*\*|[-+*/^(),])"
)

_INSTEAD = {
    "·": "write * for a product",
    "×": "write * for a product",
    "÷": "write / for a quotient",
    "−": "write the minus sign of the keyboard, -",
    "–": "write the minus sign of the keyboard, -",
    "²": "write ^2",
    "³": "write ^3",
    "√": "write sqrt( )",
    "π": "write pi",
    "|": "write abs( )",
    "=": "write only what the loss is equal to",
    "[": "use round brackets",
    "]": "use round brackets",
    "{": "use round brackets",
    "}": "use round brackets",
    "\n": "write the formula on one line",
    "\r": "write the formula on one line",
    ";": "write one formula",
}
"""What to write in place of a character that is often typed and not understood."""


class FormulaError(ValueError):
    """A formula that was not understood: the message says what to change, `position` where in `text` it is."""

    def __init__(self, problem: str, position: int = 0, text: str = "") -> None:
        super().__init__(problem)
        self.position, self.text = position, text

    def pointed(self) -> str:
        """The part of the text around the place, and below it a mark: two lines for a fixed-width font."""
        first = max(self.position - 30, 0)
        part = "".join(letter if letter.isprintable() else " " for letter in self.text[first : first + 60])
        return f"{part}\n{' ' * (self.position - first)}^"


class Word(NamedTuple):
    """A number, a name or a sign, and where it stands; `kind` is `end` after the last one."""

    kind: str
    text: str
    position: int


def words(text: str) -> list[Word]:
    """The words of a formula, and `end` after them; FormulaError for a character that no word has.

    >>> [word.text for word in words("2x^2")]
    ['2', 'x', '**', '2', '']
    """
    if not isinstance(text, str):
        raise FormulaError(f"A formula must be text. Received: {type(text).__name__}.")
    if len(text) > LONGEST:
        problem = f"A formula may have {LONGEST} letters. Received: {len(text)}. Try to leave something out."
        raise FormulaError(problem, LONGEST, text[: 2 * LONGEST])
    found, position = [], 0
    while position < len(text):
        if text[position] in " \t":
            position += 1
            continue
        match = _WORD.match(text, position)
        if match is None:
            raise _unexpected(text, position)
        spelled = "**" if match[0] == "^" else match[0]
        found.append(Word(match.lastgroup or "", spelled, position))
        position = match.end()
    return [*found, Word("end", "", len(text))]


def _unexpected(text: str, position: int) -> FormulaError:
    letter = text[position]
    if letter in _INSTEAD:
        advice = _INSTEAD[letter]
    elif letter.isalnum():
        advice = "only the letters a to z and the digits 0 to 9 of a plain keyboard are understood"
    else:
        advice = "a formula has x, y, numbers, + - * / ^, brackets and functions such as sin(x)"
    shown = letter if letter.isprintable() else f"U+{ord(letter):04X}"
    return FormulaError(f"The character {shown} is not understood here: {advice}.", position, text)
