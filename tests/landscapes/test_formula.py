"""A typed formula means what Python would make of it, is shown as it was read, and errors point at the place."""

import math

import jax
import numpy as np
import pytest

from landscapes import FormulaError, from_formula, grid, losses_at
from landscapes.formula.formula import ALIVE, MOST_POINTS, _programs
from landscapes.formula.syntax import parse
from landscapes.formula.values import FUNCTIONS
from optimizers import SGD, descend

POINTS = [(0.3, 0.7), (1.7, 0.4), (2.5, 1.25)]

# Typed, and the same in Python with `math`: an oracle that shares no code with the parser.
VALUES = {
    "x": lambda x, y: x,
    "2*x - y": lambda x, y: 2 * x - y,
    "x - y - 1": lambda x, y: x - y - 1,
    "x - (y - 1)": lambda x, y: x - (y - 1),
    "x/y/2": lambda x, y: x / y / 2,
    "x/(y/2)": lambda x, y: x / (y / 2),
    "x/y*2": lambda x, y: x / y * 2,
    "1/2x": lambda x, y: x / 2,
    "2 + 3*x**2": lambda x, y: 2 + 3 * x * x,
    "-x**2": lambda x, y: -(x**2),
    "-x^2": lambda x, y: -(x**2),
    "(-x)^2": lambda x, y: x**2,
    "2^-x": lambda x, y: 2**-x,
    "x**-2": lambda x, y: x**-2,
    "x^2^3": lambda x, y: x**8,
    "(x^2)^3": lambda x, y: x**6,
    "2^x^2": lambda x, y: 2 ** (x**2),
    "--x": lambda x, y: x,
    "+x - -y": lambda x, y: x + y,
    "x*-y": lambda x, y: -x * y,
    "-x*y": lambda x, y: -x * y,
    "2x": lambda x, y: 2 * x,
    "2x^2": lambda x, y: 2 * x**2,
    "3sin(x)": lambda x, y: 3 * math.sin(x),
    "(x+1)(y-2)": lambda x, y: (x + 1) * (y - 2),
    "2pi x": lambda x, y: 2 * math.pi * x,
    "x y": lambda x, y: x * y,
    "x(y+1)": lambda x, y: x * (y + 1),
    "x sin(y) cos(x)": lambda x, y: x * math.sin(y) * math.cos(x),
    "2e x": lambda x, y: 2 * math.e * x,
    "2e3x": lambda x, y: 2000 * x,
    "2exp(x)": lambda x, y: 2 * math.exp(x),
    "x/2y": lambda x, y: x / 2 * y,
    ".5x + 1.e-3y": lambda x, y: 0.5 * x + 0.001 * y,
    "e^x": lambda x, y: math.exp(x),
    "x^(1/3)": lambda x, y: x ** (1 / 3),
    "x**0.5": lambda x, y: math.sqrt(x),
    "x^pi": lambda x, y: x**math.pi,
    "x^0 + y": lambda x, y: 1 + y,
    "tan(x) + atan(y)": lambda x, y: math.tan(x) + math.atan(y),
    "log(x)*sqrt(y)": lambda x, y: math.log(x) * math.sqrt(y),
    "abs(x - y)": lambda x, y: abs(x - y),
    "tanh(x) + sinh(y) + cosh(x)": lambda x, y: math.tanh(x) + math.sinh(y) + math.cosh(x),
    "min(x, y)": lambda x, y: min(x, y),
    "max(x, y, 1)": lambda x, y: max(x, y, 1),
    "sign(x - 1) + floor(2y)": lambda x, y: math.copysign(1, x - 1) + math.floor(2 * y),
    "sigmoid(x - y)": lambda x, y: 1 / (1 + math.exp(y - x)),
    "relu(x - y)": lambda x, y: max(x - y, 0),
    "softplus(x - y)": lambda x, y: math.log1p(math.exp(x - y)),
    "log10(x) - log2(y)": lambda x, y: math.log10(x) - math.log2(y),
    "asin(x/3) + acos(y/2)": lambda x, y: math.asin(x / 3) + math.acos(y / 2),
    "asinh(x) + acosh(1 + y) + atanh(x/4)": lambda x, y: math.asinh(x) + math.acosh(1 + y) + math.atanh(x / 4),
    "cbrt(x - y) + ceil(3y)": lambda x, y: math.cbrt(x - y) + math.ceil(3 * y),
    "mod(3x, y + 1) + mod(-x, 0.9)": lambda x, y: (3 * x) % (y + 1) + (-x) % 0.9,
    "hypot(x, 2y) atan2(y, x)": lambda x, y: math.hypot(x, 2 * y) * math.atan2(y, x),
    "sin(3*x) * cos(y) + 0.1*(x**2 + y**2)": lambda x, y: math.sin(3 * x) * math.cos(y) + 0.1 * (x**2 + y**2),
    "(x^2 + y - 11)^2 + (x + y^2 - 7)^2": lambda x, y: (x**2 + y - 11) ** 2 + (x + y**2 - 7) ** 2,
    "100(y - x^2)^2 + (1 - x)^2": lambda x, y: 100 * (y - x**2) ** 2 + (1 - x) ** 2,
    "20 + x^2 - 10cos(2pi x) + y^2 - 10cos(2pi y)": lambda x, y: (
        20 + x**2 - 10 * math.cos(2 * math.pi * x) + y**2 - 10 * math.cos(2 * math.pi * y)
    ),
}

ABOVE_0 = ((0.1, 3), (0.1, 3))


@pytest.mark.parametrize("text", VALUES)
def test_value_is_pythons(text):
    surface = from_formula(text, domain=ABOVE_0)
    expected = [VALUES[text](x, y) for x, y in POINTS]
    np.testing.assert_allclose(losses_at(surface, POINTS), expected, rtol=1e-12)


def test_every_function_has_a_value_above():
    assert [name for name in FUNCTIONS if not any(f"{name}(" in text for text in VALUES)] == []


@pytest.mark.parametrize("text", VALUES)
def test_text_is_read_again_as_the_same_surface(text):
    surface = from_formula(text, domain=ABOVE_0, start=(1, 2))
    assert parse(surface.text) == parse(text)
    again = from_formula(surface.text, domain=surface.domain, start=surface.start)
    assert again == surface
    assert hash(again) == hash(surface)


@pytest.mark.parametrize("text", VALUES)
def test_gradients_are_finite_and_agree_with_finite_differences(text):
    surface = from_formula(text, domain=ABOVE_0)
    points, h = np.array(POINTS), 1e-6
    slopes = np.asarray(jax.vmap(jax.grad(surface))(points))
    for axis in range(2):
        step = h * np.eye(2)[axis]
        expected = (losses_at(surface, points + step) - losses_at(surface, points - step)) / (2 * h)
        np.testing.assert_allclose(slopes[:, axis], expected, rtol=1e-6, atol=1e-7)


@pytest.mark.parametrize(
    "text",
    [
        *("x^2", "x^3 + y^4", "sin(x)y", "relu(x) + abs(y)", "softplus(x)", "sigmoid(x)y", "2^x"),
        *("sqrt(x^2)", "sqrt(x^2 + y^2)", "cbrt(x) + y", "cbrt(x^2 y)", "hypot(x, y)", "atan2(y, x)", "abs(x)^1.5"),
        *(
            "(x^2 + y^2)^0.5",
            "(x^2)^0.25",
            "asin(1 - x^2/3)",
            "acos(y^2/3 - 1)",
            "acosh(1 + x^2 + y^2)",
            "x^0 + y",
            "sqrt|x|",
        ),
        *(
            "x sqrt(abs(y))",
            "mod(x, 1) y",
            "max(x, y, -x)",
            "floor(x) + ceil(y) + sign(x)",
            "pow(x^2, 1/2)",
            "||x| - |y||",
        ),
    ],
)
def test_slope_at_zero_is_finite(text):
    assert np.isfinite(np.asarray(jax.grad(from_formula(text))(np.zeros(2)))).all()


def test_whole_powers_have_values_left_of_zero():
    assert losses_at(from_formula("x^3 + y^-2"), [(-2, -0.5)]) == pytest.approx([-4])


LATEX = {
    "2x": r"2\,x",
    "x*2": r"x \cdot 2",
    "2*3*x": r"2 \cdot 3\,x",
    "x y": r"x\,y",
    "(x+1)(y-2)": r"\left(x + 1\right)\,\left(y - 2\right)",
    "1/2x": r"\frac{1}{2}\,x",
    "1/(2x)": r"\frac{1}{2\,x}",
    "(x+1)/y": r"\frac{x + 1}{y}",
    "x/y*2/3": r"\frac{\frac{x}{y} \cdot 2}{3}",
    "2(x/3)": r"2 \cdot \frac{x}{3}",
    "x-(y-2)": r"x - \left(y - 2\right)",
    "x - -y": r"x - \left(-y\right)",
    "x*-y": r"x\,\left(-y\right)",
    "-x^2": "-x^{2}",
    "(-x)^2": r"\left(-x\right)^{2}",
    "-(x+y)": r"-\left(x + y\right)",
    "x^2^3": "x^{2^{3}}",
    "(x^2)^3": r"\left(x^{2}\right)^{3}",
    "e^(-x y)": r"e^{-x\,y}",
    "sin(x)^2": r"\left(\sin\left(x\right)\right)^{2}",
    "sin(x^2)": r"\sin\left(x^{2}\right)",
    "log(x + 9)": r"\ln\left(x + 9\right)",
    "sqrt(x^2+1)": r"\sqrt{x^{2} + 1}",
    "abs(x)^3": r"\left|x\right|^{3}",
    "max(x, y, 0)": r"\max\left(x, y, 0\right)",
    "sigmoid(x)": r"\operatorname{sigmoid}\left(x\right)",
    "2pi x": r"2\,\pi\,x",
    "1e-5x": r"0.00001\,x",
}


@pytest.mark.parametrize("text", LATEX)
def test_latex_shows_how_it_was_read(text):
    assert from_formula(text, domain=ABOVE_0).formula == LATEX[text]


BRACKET = "A closing bracket is missing at the end"
WRONG = [
    ("", 0, "The formula is empty"),
    ("   ", 3, "The formula is empty"),
    ("2 * (x + ", 9, f"{BRACKET}, and what belongs after +."),
    ("(x", 2, f"{BRACKET}."),
    ("sin(x", 5, f"{BRACKET}."),
    ("min(x, ", 7, f"{BRACKET}, and what belongs after ,."),
    ("x)", 1, "This closing bracket has no opening one."),
    (")", 0, "This closing bracket has no opening one."),
    ("x + )", 4, "Something is missing before the closing bracket, after +."),
    ("()x", 1, "Something is missing before the closing bracket, after (."),
    ("x +", 3, "Something is missing at the end, after +."),
    ("* x", 0, "A number, x, y or a bracket is missing before *."),
    ("x + * y", 4, "A number, x, y or a bracket is missing before *."),
    ("x // y", 2, "// is not understood here. Leave a comment out. For a whole quotient write floor(x/y)."),
    ("x 2", 2, "A sign such as * is missing before 2."),
    ("1.2.3x", 3, "A sign such as * is missing before .3."),
    ("(x 2)", 3, "A closing bracket or a sign is missing before 2."),
    ("3,5x", 1, "Write decimals with a point"),
    ("x + sinn(x)", 4, "The name sinn is not known. Did you mean sin(x)?"),
    ("2*x2", 2, "x2 may be a power or a variable: write x^2 for the power"),
    ("zq + x", 0, "Known are x, y, pi, e, sin"),
    ("x.real", 1, "The character . is not understood here"),
    ("х + y", 0, "of a plain keyboard"),  # Cyrillic
    ("２x", 0, "of a plain keyboard"),  # full width
    ("x\0y", 1, "U+0000"),
    ("x\ny", 1, "on one line"),
    ("x = 2", 2, "only what the loss is equal to"),
    ("min(x)", 0, "min takes two or more arguments"),
    ("sin(x, y)", 0, "sin takes one argument. Received: 2."),
    ("max(" + "x," * 8 + "x)", 0, "max takes 2 to 8 arguments. Received: 9."),
    ("x + 1e999", 4, "A number must be 0 or from 1e-12 to 1e6. Received: 1e999."),
    ("2000000x", 0, "A number must be"),
    ("1e-13x", 0, "A number must be"),
    ("1e-999x", 0, "A number must be"),
    ("x^21", 2, "An exponent must be from -20 to 20. Received: 21."),
    ("9**9**9**9", 6, "An exponent must be from -20 to 20."),
    ("x^(0/1 - 30)", 2, "An exponent must be from -20 to 20. Received: -30."),
    ("x^y", 2, "Try exp(y*log(x))"),
    ("(-2)^x", 5, "only where the base is a positive number"),
    ("x/0", 2, "This divides by 0"),
    ("x/(pi-pi)", 2, "This divides by 0"),
    ("x + log(-1)", 4, "log(-1) has no finite value."),
    ("x + (0-1)^0.5", 4, "(0 - 1)**0.5 has no finite value."),
    ("2 + 3", 0, "A loss must depend on x or y"),
    ("x+" * 250 + "x", 500, "A formula may have 500 letters. Received: 501."),
    ("x" + "*x" * 220, 441, "A formula may have 200 parts. Received: 222."),
    ("2x" + " + 10000x" * 50 + "+x + 10000x" * 4, 500, "Written out, with every product"),
    ("(" * 41 + "x" + ")" * 41, 41, "may stand 40 deep"),
    ("-" * 41 + "x", 41, "may stand 40 deep"),
    ("2**" * 42 + "x", 123, "may stand 40 deep"),
]


@pytest.mark.parametrize(("text", "position", "problem"), WRONG, ids=[repr(text[:20]) for text, _, _ in WRONG])
def test_what_is_wrong_and_where(text, position, problem):
    with pytest.raises(FormulaError) as refused:
        from_formula(text)
    assert problem in str(refused.value)
    assert refused.value.position == position


def test_the_place_is_marked():
    with pytest.raises(FormulaError) as refused:
        from_formula("x + foo(y)")
    assert refused.value.pointed() == "x + foo(y)\n    ^"


def test_a_formula_is_text():
    with pytest.raises(FormulaError, match=r"must be text\. Received: int"):
        from_formula(3)


def test_no_value_on_most_of_the_domain():
    with pytest.raises(FormulaError, match=r"log\(x\) has no value on 51% .* Choose a domain with x above 0\."):
        from_formula("y + log(x)")
    with pytest.raises(FormulaError, match=r"sqrt\(-1 - x\*\*2\) has no value on 100% .* at least 0"):
        from_formula("x + 2sqrt(-1-x^2)")
    with pytest.raises(FormulaError, match="too large"):
        from_formula("exp(exp(exp(9 + x^2)))")


def test_a_part_without_value_is_a_hole_in_the_map_and_a_diverged_path():
    surface = from_formula("log(x + 2) + y^2")
    z = grid(surface, 40)[2]
    assert 0 < np.isnan(z).mean() < 0.5
    path = descend(surface, SGD(0.5), start=(-1, 0), steps=50)
    assert path.outcome.kind == "diverged"
    assert np.isfinite(path.positions).all()


def test_another_text_is_checked_too():
    assert from_formula("x").replace(text="2x") == from_formula("2*x")
    with pytest.raises(FormulaError, match="at the end"):
        from_formula("x").replace(text="2x +")


def test_start_and_domain_by_default():
    surface = from_formula("x^2 + y^2")
    assert (surface.domain, surface.start) == (((-3, 3), (-3, 3)), (2, 1.5))
    assert from_formula("x", domain=((0, 6), (0, 4))).start == (5, 3)
    assert np.isfinite(losses_at(from_formula("log(1 - x) + y"), [from_formula("log(1 - x) + y").start])).all()


@pytest.mark.parametrize(
    "domain", [None, 3, ((0, 1),), ((1, 0), (0, 1)), ((0, 0), (0, 1)), ((0, math.inf), (0, 1)), ((math.nan, 1), (0, 1))]
)
def test_wrong_domain(domain):
    with pytest.raises(ValueError, match="`domain` must be"):
        from_formula("x", domain=domain)
    with pytest.raises(ValueError, match="`domain` must be"):
        from_formula("x").replace(domain=domain)


@pytest.mark.parametrize("start", [3, (1,), (1, 2, 3), (1, math.nan), ("a", 1), (math.inf, 0)])
def test_wrong_start(start):
    with pytest.raises(ValueError, match="`start` must be"):
        from_formula("x", start=start)


def test_a_map_is_not_sent_thousands_of_points():
    assert len(from_formula("sin(30x)*sin(30y)").minima) == MOST_POINTS


def test_start_without_a_loss():
    with pytest.raises(FormulaError, match="no finite value at the start"):
        from_formula("log(x + 2)", start=(-2.5, 0))


def test_a_formula_descends_as_the_surface_it_is():
    path = descend(from_formula("(x^2 + y^2)/2"), SGD(0.5), start=(1, 2), steps=2)
    assert path.positions.tolist() == [[1, 2], [0.5, 1], [0.25, 0.5]]


def test_programs_of_few_formulas_are_kept():
    for number in range(2 * ALIVE):
        surface = from_formula(f"x^2 + {number}y^2")
        losses_at(surface, [(1, 2)])
        assert len(_programs.formulas) <= ALIVE
    before = set(_programs.formulas)
    losses_at(surface, [(2, 1)])
    assert _programs.formulas == before


def test_stationary_points_are_searched_for():
    surface = from_formula("(x^2 - 1)^2 + y^2 + x/4")
    assert len(surface.minima) == 2
    assert len(surface.saddles) == 1
    assert surface.global_minima == surface.minima[:1]
    assert surface.minima[0][0] < 0 < surface.minima[1][0]
