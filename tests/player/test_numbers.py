"""Numbers on screen: Python and the browser write them by one rule."""

import decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from experiment.words import brief
from tests.player.reading import run

CASES = {
    (0.0, 4): "0",
    (1.0, 2): "1",
    (0.1 + 0.2, 3): "0.3",
    (12345.678, 4): "12350",
    (-12.5, 3): "−12.5",
    (0.00012, 2): "0.00012",
    (0.0001, 1): "0.0001",
    (0.000099996, 4): "0.0001",
    (0.000099, 2): "9.9·10⁻⁵",
    (-1.2346e-5, 4): "−1.235·10⁻⁵",
    (999999.4, 7): "999999.4",
    (999999.9, 4): "1·10⁶",
    (1e6, 2): "1·10⁶",
    (1.2346e12, 4): "1.235·10¹²",
    (5e-324, 2): "4.9·10⁻³²⁴",
    (1.7e308, 2): "1.7·10³⁰⁸",
}
"""What a number is written as, by value and digits."""

SCRIPT = """
    const { formatNumber } = await load('core/numbers.js');
    return given.map(([value, digits]) => formatNumber(value, digits));
"""


@pytest.mark.parametrize(("value", "digits"), CASES)
def test_python_writes_it_so(value, digits):
    assert brief(value, digits) == CASES[value, digits]


def test_the_browser_writes_it_so():
    assert run(SCRIPT, list(CASES)) == list(CASES.values())


def test_both_write_any_number_alike():
    drawn = []

    @given(st.lists(st.tuples(st.floats(allow_nan=False, allow_infinity=False), st.integers(1, 6)), min_size=50))
    def collect(values):
        drawn.extend((value + 0.0, digits) for value, digits in values)  # a zero has no sign

    collect()
    theirs = run(SCRIPT, drawn)
    differ = [
        (value, digits)
        for (value, digits), text in zip(drawn, theirs, strict=True)
        if brief(value, digits) != text and not lies_between(value, digits)
    ]
    assert differ == []


def lies_between(value, digits):
    """Whether a number lies exactly between two roundings: there the languages may round to either side."""
    with decimal.localcontext(prec=1200):
        exact = decimal.Decimal(value)
        return abs(exact.scaleb(digits - 1 - exact.adjusted())) % 1 == decimal.Decimal("0.5")


def test_halves_lie_between_two_roundings():
    assert [lies_between(value, 1) for value in (2.5, -0.125, 2.50001, 0.3)] == [True, False, False, False]
    assert lies_between(-0.125, 2)
