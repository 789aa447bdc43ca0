"""From the text of a formula to its tree: one function for each rule of the grammar, as in Python's own.

    sum      product (("+" | "-") product)*
    product  signed (("*" | "/")? signed)*       the sign may be left out before a name or a bracket: 2x, 3sin(x)
    signed   ("-" | "+") signed | power
    power    atom ("**" signed)?                 so -x**2 is -(x**2), and 2**3**2 is 2**(3**2)
    atom     number | x | y | pi | e | function "(" sum ("," sum)* ")" | "(" sum ")"

Each word is looked at once and no text is ever run, so the work is bounded by the length of the formula.
"""

import difflib
import math
import re
from collections.abc import Callable
from functools import lru_cache

import numpy as np

from landscapes.formula_text import plain
from landscapes.formula_values import FUNCTIONS, SEVERAL, Tree, constant, size
from landscapes.formula_words import CONSTANTS, LONGEST, VARIABLES, FormulaError, Word, words

DEEPEST = 40
"""Brackets, signs and exponents within one another."""

MOST_PARTS = 200
"""Numbers, names and what joins them; to compile the curvature of more takes many seconds."""

MOST_ARGUMENTS = 8
LARGEST, SMALLEST = 1e6, 1e-12
"""Between these is the size of every number that is not 0."""

STEEPEST = 20
"""The largest exponent, either sign."""

_MEANT = {"ln": "log(x)", "arctan": "atan(x)", "tg": "tan(x)", "pow": "x**2", "power": "x**2"}
"""Names of other programs, and what they are here."""


@lru_cache(maxsize=64)
def parse(text: str) -> Tree:
    """The tree of a formula (see `formula_values`).

    Raises:
        FormulaError: for a text that is not a formula, or one beyond the limits.

    >>> parse("2x")
    ('product', (('*', ('number', np.float64(2.0))), ('*', ('x',))))
    """
    reader = _Reader(text)
    if reader.next.kind == "end":
        raise reader.error("The formula is empty. Try x**2 + y**2.")
    tree = reader.sum()
    reader.expect_end()
    if constant(tree) is not None:
        raise reader.error("A loss must depend on x or y, or there is nothing to descend.", 0)
    if size(tree) > MOST_PARTS:
        problem = f"A formula may have {MOST_PARTS} parts. Received: {size(tree)}. Try to leave something out."
        raise reader.error(problem, len(text))
    if len(plain(tree)) > LONGEST:
        raise reader.error(
            f"Written out, with every product, it has more than {LONGEST} letters. Try a shorter one.", LONGEST
        )
    return tree


class _Reader:
    """Takes the words one by one."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.words = words(text)
        self.taken = 0
        self.depth = 0

    @property
    def next(self) -> Word:
        return self.words[self.taken]

    def take(self) -> Word:
        word = self.next
        self.taken += 1
        return word

    def error(self, problem: str, position: int | None = None) -> FormulaError:
        return FormulaError(problem, self.next.position if position is None else position, self.text)

    def inside(self, rule: Callable[[], Tree]) -> Tree:
        """What a rule reads, one level deeper."""
        if self.depth == DEEPEST:
            raise self.error(f"Brackets, signs and exponents may stand {DEEPEST} deep. Take some brackets away.")
        self.depth += 1
        tree = rule()
        self.depth -= 1
        return tree

    def sum(self) -> Tree:
        terms = [("+", self.product())]
        while self.next.text in ("+", "-"):
            terms.append((self.take().text, self.product()))
        return ("sum", tuple(terms)) if len(terms) > 1 else terms[0][1]

    def product(self) -> Tree:
        at = self.next.position
        factors = [("*", self.signed())]
        while self.next.text in ("*", "/", "(") or self.next.kind == "name":
            sign = self.take().text if self.next.text in ("*", "/") else "*"
            factors.append((sign, self.divisor() if sign == "/" else self.signed()))
        return self.finite(("product", tuple(factors)), at) if len(factors) > 1 else factors[0][1]

    def divisor(self) -> Tree:
        at = self.next.position
        tree = self.signed()
        if constant(tree) == 0:
            raise self.error("This divides by 0, which has no value.", at)
        return tree

    def signed(self) -> Tree:
        if self.next.text == "-":
            self.take()
            return ("negative", self.inside(self.signed))
        if self.next.text == "+":
            self.take()
            return self.inside(self.signed)
        return self.power()

    def power(self) -> Tree:
        at = self.next.position
        base = self.atom()
        if self.next.text != "**":
            return base
        self.take()
        exponent_at = self.next.position
        exponent = self.inside(self.signed)
        self.check_power(base, exponent, exponent_at)
        return self.finite(("power", base, exponent), at)

    def check_power(self, base: Tree, exponent: Tree, at: int) -> None:
        number, stands_on = constant(exponent), constant(base)
        if number is not None and not abs(number) <= STEEPEST:
            problem = f"An exponent must be from -{STEEPEST} to {STEEPEST}. Received: {number:g}. Try a smaller one."
            raise self.error(problem, at)
        if number is None and not (stands_on is not None and stands_on > 0):
            problem = (
                "An exponent may have x or y in it only where the base is a positive number, as in 2**x: "
                "elsewhere most powers have no value. Try exp(y*log(x)) for x**y with x above 0."
            )
            raise self.error(problem, at)

    def atom(self) -> Tree:
        word = self.next
        if word.kind == "number":
            return self.number()
        if word.kind == "name":
            return self.named()
        if word.text == "(":
            self.take()
            tree = self.inside(self.sum)
            self.close()
            return tree
        raise self.missing(word)

    def missing(self, word: Word) -> FormulaError:
        before = self.words[self.taken - 1].text[:40] if self.taken else ""
        if word.kind == "end":
            if self.depth_of_brackets() > 0:
                return self.error(f"A closing bracket is missing at the end, and what belongs after {before}.")
            return self.error(f"Something is missing at the end, after {before}.")
        if word.text == ")" and before:
            return self.error(f"Something is missing before the closing bracket, after {before}.")
        return self.error(
            UNOPENED if word.text == ")" else f"A number, x, y or a bracket is missing before {word.text}."
        )

    def depth_of_brackets(self) -> int:
        return sum((word.text == "(") - (word.text == ")") for word in self.words)

    def number(self) -> Tree:
        word = self.take()
        value = float(word.text)
        is_zero = not set(re.split("[eE]", word.text)[0]) & set("123456789")  # 1e-999 is not: it only becomes 0
        if not (is_zero or SMALLEST <= value <= LARGEST):
            problem = f"A number must be 0 or from 1e-12 to 1e6. Received: {word.text[:40]}. Try another unit."
            raise self.error(problem, word.position)
        return ("number", np.float64(value))

    def named(self) -> Tree:
        word = self.take()
        if word.text in FUNCTIONS:
            return self.call(word)
        if word.text in VARIABLES or word.text in CONSTANTS:
            return (word.text,)
        raise self.unknown(word)

    def unknown(self, word: Word) -> FormulaError:
        meant = _nearest(word.text[:40].lower())
        advice = f"Did you mean {meant}?" if meant else f"Known are {', '.join(KNOWN)}."
        return self.error(f"The name {word.text[:40]} is not known. {advice}", word.position)

    def call(self, name: Word) -> Tree:
        if self.next.text != "(":
            problem = f"{name.text} needs brackets around what it is taken of, as in {name.text}(x)."
            raise self.error(problem, name.position)
        self.take()
        arguments = [self.inside(self.sum)]
        while self.next.text == ",":
            self.take()
            arguments.append(self.inside(self.sum))
        self.close()
        self.check_arguments(name, len(arguments))
        return self.finite(("call", name.text, tuple(arguments)), name.position)

    def check_arguments(self, name: Word, count: int) -> None:
        most = MOST_ARGUMENTS if name.text in SEVERAL else 1
        if count > most:
            allowed = f"2 to {most} arguments" if most > 1 else "one argument"
            raise self.error(f"{name.text} takes {allowed}. Received: {count}.", name.position)
        if name.text in SEVERAL and count < 2:
            raise self.error(f"{name.text} takes two or more arguments, as in {name.text}(x, y).", name.position)

    def close(self) -> None:
        if self.next.text == ")":
            self.take()
        elif self.next.kind == "end":
            raise self.error("A closing bracket is missing at the end.")
        else:
            raise self.beside("A closing bracket or a sign")

    def expect_end(self) -> None:
        if self.next.text == ")":
            raise self.error(UNOPENED)
        if self.next.kind != "end":
            raise self.beside("A sign such as *")

    def beside(self, missing: str) -> FormulaError:
        """The error for a stray comma, or a number after something complete."""
        if self.next.text == ",":
            return self.error(
                "A comma may only stand between the arguments of min or max. Write decimals with a point."
            )
        return self.error(f"{missing} is missing before {self.next.text[:40]}.")

    def finite(self, tree: Tree, at: int) -> Tree:
        """The tree, if it is not a number without a value."""
        value = constant(tree)
        if value is not None and not math.isfinite(value):
            raise self.error(f"{plain(tree)[:40]} has no finite value.", at)
        return tree


def _nearest(name: str) -> str:
    """What an unknown name may have been meant to be, or nothing."""
    if not set(name) - set("xy0123456789"):
        return "*".join(re.findall("[xy]|[0-9]+", name))
    if name in _MEANT:
        return _MEANT[name]
    close = "".join(difflib.get_close_matches(name, KNOWN, 1))
    return f"{close}(x)" if close in FUNCTIONS else close


KNOWN = (*VARIABLES, *CONSTANTS, *FUNCTIONS)
UNOPENED = "This closing bracket has no opening one."
