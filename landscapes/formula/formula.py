"""Your own: type a formula in x and y, and see who gets down it."""

import contextlib
import ctypes
import gc
import math
import threading
from functools import lru_cache
from typing import Any

import jax
import numpy as np

from landscapes.formula.syntax import parse
from landscapes.formula.text import latex, plain
from landscapes.formula.values import JAX, NUMPY, Tree, children, evaluate, folded, may_have_kinks
from landscapes.formula.words import FormulaError
from landscapes.landscape import Landscape, Point
from records import record

DOMAIN = ((-3.0, 3.0), (-3.0, 3.0))
MAX_DOMAIN, MIN_WIDTH = 1e6, 1e-6
"""How far from 0 a domain may reach, and the least width and height of it."""

MOST_POINTS = 400
"""The most minima, and the most saddles, that a map shows; sin(100x)*sin(100y) has twelve thousand."""

ALIVE = 6
"""Formulas that may have compiled programs at a time. At one more, JAX is made to forget all its programs."""


@record
class Formula(Landscape):
    """The landscape of a typed formula, as `from_formula` returns it. It has no sliders; all its fields are static."""

    text: str
    domain: tuple[Point, Point]  # type: ignore[misc]  # a fact of the class elsewhere, of the instance here
    start: Point  # type: ignore[misc]

    title = "Your own"
    story = "A surface of your own: guess first where it leads, then let them run."
    source = "You"
    family = "your own"
    lowest = "as found"
    learning_rate = 0.05

    def check_together(self) -> None:
        """Replace the text by the formula as it was understood.

        Raises:
            FormulaError: for a text that is not understood.
            ValueError: for a domain or start that is not allowed.
        """
        text = plain(parse(self.text))
        vars(self).update(text=text, domain=_domain(self.domain), start=_point(self.start))

    @property
    def formula(self) -> str:  # type: ignore[override]
        """The formula in LaTeX, as it was understood."""
        return latex(parse(self.text))

    @property
    def smooth(self) -> bool:  # type: ignore[override]
        """True if the functions in the formula make a kink impossible."""
        return not _may_have_kinks(self.text)

    @property
    def minima(self) -> tuple[Point, ...]:
        """The minima in the domain that a search finds, the lowest first, including those at a kink, as of abs(x)."""
        from landscapes.stationary import isolated_minima  # it imports what this module is a part of

        return tuple(point.xy for point in isolated_minima(self))[:MOST_POINTS]

    @property
    def saddles(self) -> tuple[Point, ...]:
        """The saddles in the domain that a search finds."""
        from landscapes.stationary import stationary_points  # as above

        return tuple(point.xy for point in stationary_points(self) if point.kind == "saddle")[:MOST_POINTS]

    def __call__(self, xy: Any) -> Any:
        _programs.note(self)
        x, y = xy
        return evaluate(_folded(self.text), x, y, JAX)


def from_formula(text: str, domain: Any = DOMAIN, start: Any = None) -> Formula:
    """The landscape of a typed formula, which is read word by word and never run as code.

    A formula may have x, y, pi, e, + - * / ** and ^, brackets, products without a sign (2x, 3sin(x)), and the functions
    in `landscapes.formula.values.FUNCTIONS`. `text` on the result is the formula as it was understood, ready for a
    link: with the same domain and start it gives an equal landscape. Where a part of the domain has no loss, as for
    log(x) left of 0, `grid` has NaN or infinity there, and a path that gets there has diverged.

    Args:
        text: the formula, at most 500 letters.
        domain: ((x low, x high), (y low, y high)): the part that is shown.
        start: (x, y); if None, a point to the upper right where the loss is finite.

    Raises:
        FormulaError: for a text that is not understood, with the `position` in it; for a loss that is not finite on
            most of the domain or at the start.
        ValueError: for a domain or start that is not made of finite numbers in order.

    >>> landscape = from_formula("2x^2 + sin(y)")
    >>> landscape.text, landscape.formula, landscape.domain
    ('2*x**2 + sin(y)', '2\\\\,x^{2} + \\\\sin\\\\left(y\\\\right)', ((-3.0, 3.0), (-3.0, 3.0)))
    >>> from_formula("2 * (x + ")
    Traceback (most recent call last):
    landscapes.formula.words.FormulaError: A closing bracket is missing at the end, and what belongs after +.
    """
    # 41 × 41 points show whether most of the domain has a loss, without compiling anything
    tree, domain = parse(text), _domain(domain)
    x, y = np.meshgrid(*(np.linspace(low, high, 41) for low, high in domain))
    finite = np.isfinite(_values(tree, x, y))
    if 2 * finite.sum() < finite.size:
        raise FormulaError(_no_value(tree, x, y), 0, text)
    begin = _beginning(tree, domain, x[finite], y[finite]) if start is None else _point(start)
    if not _has_value(tree, begin):
        raise FormulaError(f"The loss has no finite value at the start {begin}. Try another start.", 0, text)
    _programs.make_room()
    return Formula(text, domain, begin)


@lru_cache(maxsize=64)
def _folded(text: str) -> Tree:
    return folded(parse(text))


@lru_cache(maxsize=64)
def _may_have_kinks(text: str) -> bool:
    return may_have_kinks(parse(text))


def _values(tree: Tree, x: Any, y: Any) -> np.ndarray:
    with np.errstate(all="ignore"):
        # 0 * x gives the shape of x to a formula in y alone
        return np.asarray(evaluate(tree, x, y, NUMPY)) + 0 * x


def _has_value(tree: Tree, xy: Point) -> bool:
    return bool(np.isfinite(_values(tree, *map(np.float64, xy))))


def _beginning(tree: Tree, domain: tuple[Point, Point], x: np.ndarray, y: np.ndarray) -> Point:
    """The start if none is given: five sixths to the right and three quarters up in the domain.

    If the loss has no value there, it is the nearest of the points (x, y), which have one.
    """
    (left, right), (low, high) = domain
    begin = left + (right - left) * 5 / 6, low + (high - low) * 3 / 4
    if _has_value(tree, begin):
        return begin
    nearest = np.argmin(((x - begin[0]) / (right - left)) ** 2 + ((y - begin[1]) / (high - low)) ** 2)
    return float(x[nearest]), float(y[nearest])


NEEDS = {
    **dict.fromkeys(("log", "log10", "log2"), "what it is taken of must be above 0"),
    "sqrt": "what it is taken of must be at least 0",
    **dict.fromkeys(("asin", "acos", "atanh"), "what it is taken of must be from -1 to 1"),
    "acosh": "what it is taken of must be at least 1",
    "mod": "the second argument must not be 0",
    "power": "it is too large, or the base is below 0 with a broken exponent, or 0 with a negative one",
    "product": "it is divided by 0, or too large",
}
"""What a part of a formula needs to have a value, by the function or the kind of part."""


def _no_value(tree: Tree, x: np.ndarray, y: np.ndarray) -> str:
    """A sentence on a formula without a value: its smallest part that has none, and what to do."""
    bad = ~np.isfinite(_values(tree, x, y))
    # every seventh of the bad points is enough to find the part
    x, y = x[bad][::7], y[bad][::7]
    part = tree
    while inner := next((c for c in children(part) if not np.isfinite(_values(c, x, y)).all()), None):
        part = inner
    name = part[1] if part[0] == "call" else part[0]
    written, needs = plain(part), NEEDS.get(name, "it is too large")
    where = [
        letter for letter in ("x", "y") if written == f"{name}({letter})" and name in ("log", "log10", "log2", "sqrt")
    ]
    advice = f"a domain with {where[0]} above 0" if where else "another domain, or change the formula"
    return f"{written[:60]} has no value on {bad.mean():.0%} of the domain: {needs}. Choose {advice}."


def _domain(domain: Any) -> tuple[Point, Point]:
    try:
        (left, right), (low, high) = ((float(low), float(high)) for low, high in domain)
    except (TypeError, ValueError):
        left = right = low = high = math.nan
    reaches = all(abs(end) <= MAX_DOMAIN for end in (left, right, low, high))
    if not (reaches and right - left >= MIN_WIDTH and high - low >= MIN_WIDTH):
        raise ValueError(
            f"`domain` must be ((x low, x high), (y low, y high)), low below high, none beyond {MAX_DOMAIN:g}. "
            f"Received: {domain!r}. Try ((-3, 3), (-3, 3))."
        )
    return (left, right), (low, high)


def _point(start: Any) -> Point:
    try:
        x, y = map(float, start)
    except (TypeError, ValueError):
        x = y = math.nan
    if not (abs(x) <= MAX_DOMAIN and abs(y) <= MAX_DOMAIN):
        raise ValueError(f"`start` must be two numbers, (x, y), none beyond {MAX_DOMAIN:g}. Received: {start!r}.")
    return x, y


class _Programs:
    """The formulas that JAX has compiled programs for since its caches were last cleared.

    A formula's programs take some 10 MB that JAX keeps for ever. JAX can forget all programs, but not some; the others
    are compiled anew, or found on disk, when they are needed. A landscape is called with traced values only while a
    program is compiled, so `note` at each call knows which formulas have programs.
    """

    def __init__(self) -> None:
        self.formulas: set[Formula] = set()
        self.lock = threading.Lock()

    def note(self, landscape: Formula) -> None:
        """Note that a program is being compiled for a formula."""
        with self.lock:
            self.formulas.add(landscape)

    def make_room(self) -> None:
        """Clear JAX's caches if ALIVE formulas have programs."""
        with self.lock:
            if len(self.formulas) < ALIVE:
                return
            self.formulas.clear()
        # outside the lock: it takes a while, and a compilation elsewhere calls `note`
        jax.clear_caches()
        _give_back()


def _give_back() -> None:
    """Return freed memory to the system. Only glibc has a call for it; elsewhere the process keeps the memory."""
    gc.collect()
    with contextlib.suppress(AttributeError, OSError, TypeError):
        ctypes.CDLL(None).malloc_trim(0)


_programs = _Programs()
