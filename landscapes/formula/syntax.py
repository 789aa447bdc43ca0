"""From the text of a formula to its tree: one function for each rule of the grammar, as in Python's own.

    sum      product (("+" | "-") product)*
    product  signed (("*" | "/" | "%")? signed)*  the sign may be left out before a name or a bracket: 2x, 3sin(x)
    signed   ("-" | "+") signed | power
    power    atom ("**" signed)?                  so -x**2 is -(x**2), and 2**3**2 is 2**(3**2)
    atom     number | x | y | pi | e | call | "(" sum ")" | root atom | frac "(" sum ")" "(" sum ")"
    call     function ("**" whole number)? ("(" sum ("," sum)* ")" | bare)
    bare     "-"? (number | x | y | pi | e) …     sin 2x is sin(2x): without brackets a product of these is taken

Other spellings have become words of this grammar before: `words.py` reads the characters, `names.py` the names and
`bars.py` the bars. Each word is looked at once and no text is ever run, so the work is bounded by the length.
"""

import math
import re
from collections.abc import Callable
from functools import lru_cache
from typing import NamedTuple

import numpy as np

from landscapes.formula.bars import without_bars
from landscapes.formula.heads import head
from landscapes.formula.names import CALLABLE, resolve
from landscapes.formula.text import plain
from landscapes.formula.values import SEVERAL, TWO, Tree, constant, size
from landscapes.formula.words import (
    CONSTANTS,
    LONGEST,
    VARIABLES,
    FormulaError,
    Problem,
    Word,
    as_typed,
    refused,
    words,
)

DEEPEST = 40
"""The most brackets, signs and exponents within one another."""

MOST_PARTS = 200
"""The most parts of a tree: numbers, names and what joins them. With more, the Hessian compiles for many seconds."""

MOST_ARGUMENTS = 8
MAX_CONSTANT, MIN_CONSTANT = 1e6, 1e-12
"""The largest and the least absolute value of a number that is not 0."""

STEEPEST = 20
"""The largest absolute value of an exponent."""

_COMMENT = re.compile(r"#[^\r\n]*")

INVERSES = {"sin": "asin", "cos": "acos", "tan": "atan", "sinh": "asinh", "cosh": "acosh", "tanh": "atanh"}


class Reading(NamedTuple):
    """A formula as it was understood: its tree, and sentences on what was taken for what."""

    tree: Tree
    notes: tuple[str, ...]


@lru_cache(maxsize=64)
def parse(text: str) -> Tree:
    """The tree of a formula, as `landscapes.formula.values` describes it. Raises FormulaError as `read` does.

    >>> parse("2x")
    ('product', (('*', ('number', np.float64(2.0))), ('*', ('x',))))
    """
    return read(text).tree


def read(text: str) -> Reading:
    """The tree of a formula, and notes on how it was read, for the page where it was typed.

    Raises:
        FormulaError: for a text that is not a formula, or one beyond the limits. It names all unknown marks and names
            at once.

    >>> read("w^2 + b^2").notes
    ('Taken for x: w and for y: b.',)
    """
    typed = as_typed(text)
    comments = [comment.strip() for comment in _COMMENT.findall(typed)]
    # blanks of the same length keep the positions in errors right
    typed = _COMMENT.sub(lambda comment: " " * len(comment[0]), typed)
    begin = head(typed)
    if begin.problems:
        raise refused(begin.problems, text)
    tokens, problems = words(typed, begin.first, begin.last)
    names = resolve(tokens, begin.arguments)
    problems = [*problems, *names.problems]
    if begin.value == "y" and any(word.text == "y" for word in names.words):
        problems.append(Problem(typed.index("="), "An equation in y is no loss: write only what the loss is equal to."))
    # bars can only be paired among words that are all known
    paired, wrong = without_bars(names.words) if not problems else ([], problems)
    if wrong:
        raise refused(wrong, text)
    reader = _Reader(text, paired)
    tree = _checked(reader)
    left_out = [f"Left out as a comment: {comment}" for comment in comments]
    return Reading(tree, tuple(dict.fromkeys([*names.notes, *reader.notes, *left_out])))


def _checked(reader: "_Reader") -> Tree:
    """The tree of all words; raises FormulaError if it is beyond the limits."""
    if reader.next.kind == "end":
        raise reader.error("The formula is empty. Try x**2 + y**2.", len(reader.text))
    tree = reader.sum()
    reader.expect_end()
    if constant(tree) is not None:
        raise reader.error("A loss must depend on x or y, or there is nothing to descend.", 0)
    if size(tree) > MOST_PARTS:
        problem = f"A formula may have {MOST_PARTS} parts. Received: {size(tree)}. Try to leave something out."
        raise reader.error(problem, len(reader.text))
    if len(plain(tree)) > LONGEST:
        raise reader.error(
            f"Written out, with every product, it has more than {LONGEST} letters. Try a shorter one.", LONGEST
        )
    return tree


class _Reader:
    """A recursive-descent parser: each rule of the grammar is a method that takes words and returns a tree."""

    def __init__(self, text: str, tokens: list[Word]) -> None:
        self.text = text
        self.words = tokens
        self.notes: list[str] = []
        self.position_of_word = 0
        self.depth = 0

    @property
    def next(self) -> Word:
        return self.words[self.position_of_word]

    def take(self) -> Word:
        word = self.next
        self.position_of_word += 1
        return word

    def error(self, problem: str, position: int | None = None) -> FormulaError:
        return FormulaError(problem, self.next.position if position is None else position, self.text)

    def inside(self, rule: Callable[[], Tree]) -> Tree:
        """The tree that `rule` reads one level deeper. The limit keeps a hostile text from Python's recursion limit."""
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
        while self.next.text in ("*", "/", "%") or _is_factor(self.next):
            sign = self.take().text if self.next.text in ("*", "/", "%") else ""
            if sign == "%":
                # % binds as * does, from left to right: a*b % c is (a*b) mod c
                left = ("product", tuple(factors)) if len(factors) > 1 else factors[0][1]
                factors = [("*", self.finite(("call", "mod", (left, self.divisor())), at))]
                continue
            if not sign and factors[-1][0] == "/":
                self.notes.append(
                    "A division and a product without a sign are read from left to right: 1/2x is (1/2)x."
                )
            factors.append((sign or "*", self.divisor() if sign == "/" else self.signed()))
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
        # the exponent is a `signed`, which reads the next ** first: so 2**3**2 is 2**(3**2)
        exponent_at = self.next.position
        exponent = self.inside(self.signed)
        return self.raised(base, exponent, at, exponent_at)

    def raised(self, base: Tree, exponent: Tree, at: int, exponent_at: int) -> Tree:
        """The tree of a power; raises FormulaError if the exponent leaves most bases without a value."""
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
            return self.bracket()
        if word.kind == "root":
            return self.root()
        if word.kind == "frac":
            self.take()
            above = self.group()
            at = self.next.position
            below = self.group()
            if constant(below) == 0:
                raise self.error("This divides by 0, which has no value.", at)
            return self.finite(("product", (("*", above), ("/", below))), word.position)
        raise self.missing(word)

    def bracket(self) -> Tree:
        self.take()
        tree = self.inside(self.sum)
        self.close()
        return tree

    def group(self) -> Tree:
        """One group of LaTeX: a bracket, a number or a name."""
        word = self.next
        if word.text == "(":
            return self.bracket()
        if word.kind == "number":
            return self.number()
        if word.kind == "name" and word.text not in CALLABLE:
            return self.named()
        raise self.missing(word)

    def root(self) -> Tree:
        """√ of a bracket, or of one number or letter. For more it raises FormulaError, since its reach is not clear."""
        word = self.take()
        bracketed = self.next.text == "("
        inside = self.atom() if self.next.text == "abs" else self.group()
        follows = _is_factor(self.next) and self.next.kind == "name" and self.next.text not in CALLABLE
        if not bracketed and (self.next.text in ("**", "(") or follows):
            raise self.error("It is not clear how far the root reaches. Write sqrt( ) with brackets.", word.position)
        degree = int(word.text)
        if degree in (2, 3):
            return self.finite(("call", "sqrt" if degree == 2 else "cbrt", (inside,)), word.position)
        if not 4 <= degree <= STEEPEST:
            raise self.error(f"A root must be from 2 to {STEEPEST}. Received: {degree}.", word.position)
        # roots beyond the third have no function: they are powers 1/n
        part = ("product", (("*", ("number", np.float64(1))), ("/", ("number", np.float64(degree)))))
        return self.finite(("power", inside, part), word.position)

    def missing(self, word: Word) -> FormulaError:
        before = self.words[self.position_of_word - 1].text[:40] if self.position_of_word else ""
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
        if not (is_zero or MIN_CONSTANT <= value <= MAX_CONSTANT):
            problem = f"A number must be 0 or from 1e-12 to 1e6. Received: {word.text[:40]}. Try another unit."
            raise self.error(problem, word.position)
        return ("number", np.float64(value))

    def named(self) -> Tree:
        word = self.take()
        return self.call(word) if word.text not in (*VARIABLES, *CONSTANTS) else (word.text,)

    def call(self, name: Word) -> Tree:
        # sin^2(x): the exponent stands before the argument, and is applied after the call
        exponent = self.exponent_of(name) if self.next.text == "**" else None
        arguments_at = self.next.position
        if self.next.text == "(":
            self.take()
            arguments = [self.inside(self.sum)]
            while self.next.text == ",":
                self.take()
                arguments.append(self.inside(self.sum))
            self.close()
        else:
            arguments = [self.inside(lambda: self.bare(name))]
        self.check_arguments(name, len(arguments))
        # only once the number of arguments is known to be right
        tree = self.rewritten(name, arguments, arguments_at)
        return tree if exponent is None else self.raised(tree, exponent, name.position, name.position)

    def exponent_of(self, name: Word) -> Tree:
        """The exponent in sin^2(x), a whole number.

        Others raise FormulaError: sin^-1 may be the inverse, exp^-x e to it.
        """
        self.take()
        bracketed = self.next.text == "("
        start = self.position_of_word + bracketed
        negative = self.words[start].text == "-"
        number = self.words[min(start + negative, len(self.words) - 1)]
        if name.text == "exp" and not (number.kind == "number" and not bracketed and not negative):
            raise self.error("exp takes brackets and no ^: write exp(-x) or e^(-x).", name.position)
        if number.kind != "number" or not number.text.isdecimal():
            problem = (
                f"The power of a function stands behind it: write {name.text}(x)^n, or {name.text}^2(x) with a number."
            )
            raise self.error(problem, name.position)
        if negative:
            inverse = INVERSES.get(name.text)
            ways = f"{inverse}(x) for the inverse, or 1/{name.text}(x)" if inverse else f"1/{name.text}(x)"
            raise self.error(f"{name.text}^-{number.text[:9]} can be read in two ways. Write {ways}.", name.position)
        if bracketed:
            self.take()
        tree = self.number()
        if bracketed:
            self.close()
        return tree

    def bare(self, name: Word) -> Tree:
        """The argument of a function without brackets, as sin 2x y^2: up to the next sign, function or bracket."""
        if self.next.text == "-":
            self.take()
            return ("negative", self.inside(lambda: self.bare(name)))
        if not _is_factor(self.next) and self.next.kind != "number":
            problem = f"{name.text} needs brackets around what it is taken of, as in {name.text}(x)."
            raise self.error(problem, name.position)
        is_plain = self.next.text not in CALLABLE and self.next.kind in ("number", "name")
        texts = [self.next.text]
        factors = [self.power()]
        # a number e behind something is the base of a power of its own: sin x e^{-x}
        while is_plain and self.next.kind == "name" and self.next.text not in (*CALLABLE, "e"):
            texts.append(self.next.text)
            factors.append(self.power())
        of_constants = self.next.text == "*" and not {*texts} & {*VARIABLES} and is_plain  # sin 2*pi*x
        if of_constants or self.next.text in ("(", "/", "%") or (not is_plain and _is_factor(self.next)):
            problem = f"It is not clear how far {name.text} reaches. Write {name.text}( ) with brackets."
            raise self.error(problem, name.position)
        return ("product", tuple(("*", factor) for factor in factors)) if len(factors) > 1 else factors[0]

    def rewritten(self, name: Word, arguments: list[Tree], at: int) -> Tree:
        """The tree of a call.

        Functions of REWRITTEN are written with others, since there is no rule to evaluate them.
        """
        one = ("number", np.float64(1))
        first = arguments[0]
        if name.text in ("pow", "square", "exp2"):
            two = ("number", np.float64(2))
            base, exponent = (two, first) if name.text == "exp2" else (first, [*arguments, two][1])
            return self.raised(base, exponent, name.position, at)
        if name.text in ("sec", "csc", "cot"):
            under = ("call", {"sec": "cos", "csc": "sin", "cot": "tan"}[name.text], (first,))
            return self.finite(("product", (("*", one), ("/", under))), name.position)
        if name.text == "expm1":
            return ("sum", (("+", ("call", "exp", (first,))), ("-", one)))
        if name.text == "log1p":
            return self.finite(("call", "log", (("sum", (("+", one), ("+", first))),)), name.position)
        return self.finite(("call", name.text, tuple(arguments)), name.position)

    def check_arguments(self, name: Word, count: int) -> None:
        if name.text in (*TWO, "pow"):
            if count != 2:
                problem = (
                    f"{name.text} takes two arguments, as in {name.text}({'x, 2' if name.text == 'pow' else 'x, y'})."
                )
                raise self.error(f"{problem} Received: {count}.", name.position)
            return
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
        """The error for a stray comma, or for a number behind something complete."""
        if self.next.text == ",":
            return self.error(
                "A comma may only stand between the arguments of a function. Write decimals with a point."
            )
        return self.error(f"{missing} is missing before {self.next.text[:40]}.")

    def finite(self, tree: Tree, at: int) -> Tree:
        """The tree; raises FormulaError if it is a constant without a finite value."""
        value = constant(tree)
        if value is not None and not math.isfinite(value):
            raise self.error(f"{plain(tree)[:40]} has no finite value.", at)
        return tree


def _is_factor(word: Word) -> bool:
    """Whether a word may follow another factor without a sign."""
    return word.text == "(" or word.kind in ("name", "root", "frac")


UNOPENED = "This closing bracket has no opening one."
