"""A formula is read as people write it, in Unicode, Python, LaTeX or by hand, and advice never leads to another one."""

import math
import re

import jax
import numpy as np
import pytest

from landscapes import FormulaError, from_formula, losses_at
from landscapes.formula.names import CALLABLE, function
from landscapes.formula.syntax import parse, read

HIMMELBLAU = "(x**2 + y - 11)**2 + (x + y**2 - 7)**2"
BOWL = "0.5*x**2 + 2.5*y**2"
LINE = "x**2 + 3*y"

# What is typed, by what it must be read as: every text of a row is the same surface.
SAME = {
    HIMMELBLAU: [
        "(x²+y−11)²+(x+y²−7)²",
        "(x^{2}+y-11)^{2}+(x+y^{2}-7)^{2}",
        "(x**2+y-11)**2 + (x+y**2-7)**2",
        r"\left(x^2+y-11\right)^2+\left(x+y^2-7\right)^2",
        "[x^2+y-11]^2+[x+y^2-7]^2",
        "{x^2+y–11}^2+{x+y^2–7}^2",
        "f(x, y) = (x^2 + y - 11)^2 + (x + y^2 - 7)^2",
        "(X**2+Y-11)**2+(X+Y**2-7)**2",
        "$(x^2+y-11)^2+(x+y^2-7)^2$",
    ],
    BOWL: [
        "0.5*x[0]**2+2.5*x[1]**2",
        "0.5x₁²+2.5x₂²",
        "0.5x_1^2+2.5x_2^2",
        "0.5 x_{1}^{2} + 2.5 x_{2}^{2}",
        "0.5*x1**2 + 2.5*x2**2",
        "0.5x_0² + 2.5x_1²",
        "0.5*X[0]**2 + 2.5*X[1]**2",
        "0.5θ₀² + 2.5θ₁²",
        "0.5θ0^2+2.5θ1^2",
        r"0.5\theta_0^2 + 2.5\theta_{1}^{2}",
        "0.5theta1^2 + 2.5theta2^2",
        "0.5u^2 + 2.5v^2",
        "0.5a² + 2.5b²",
        "lambda w: 0.5*w[0]**2 + 2.5*w[1]**2",
        "f = lambda x, y: 0.5*x**2 + 2.5*y**2",
        "0.5w^2 + 2.5b^2",
        "def f(x, y): return 0.5*x**2 + 2.5*y**2",
        "def loss(p):\n    return 0.5*p[0]**2 + 2.5*p[1]**2\n",
        "f = @(x, y) 0.5*x.^2 + 2.5*y.^2",
        "(x, y) => 0.5 * x ** 2 + 2.5 * y ** 2;",
        "z = 0.5x^2 + 2.5y^2",
        "J(θ₀, θ₁) = 0.5θ₀² + 2.5θ₁²",
        "L(w, b) := 0.5w² + 2.5b²",
        "0.5*x[1]**2 + 2.5*x[2]**2",
        "0.5α² + 2.5β²",
        "def f(x: float, y: float) -> float: return 0.5*x**2 + 2.5*y**2",
        "lambda b, w: 0.5*b**2 + 2.5*w**2",
        "0.5𝑥² + 2.5𝑦²",
        "½·1x² + 2.5y²".replace("½·1", "0.5"),
        "0.5 x^2 + 2.5 y^2",
    ],
    "2*x*y": ["2xy", "2x y", "2·x·y", "2×x×y", "2⋅x⋅y", r"2 \cdot x \times y", "2 x*y", "2(x)(y)", "2 x.*y", "2[x]{y}"],
    "x**2*y": ["x^2y", "x²y", "x^{2}y", "x^2 y", "x**2y", "x²·y", "(x^2)(y)".replace("(x^2)", "x^2")],
    "x*(y + 1)": ["x(y+1)", "x·(y+1)", "x[ y + 1 ]".replace("x[", "x*["), r"x\left(y+1\right)"],
    "abs(x)*abs(y)": ["|x||y|", "|x|·|y|", "|x| |y|", r"\left|x\right|\left|y\right|", r"\lvert x\rvert\lvert y\rvert"],
    "2*abs(x - 1)*y": ["2|x-1|y", "2|x−1|y", r"2\left|x-1\right|y", r"2\lvert x-1\rvert y"],
    "abs(abs(x) - 1) + y": ["||x|-1|+y", r"\left|\left|x\right|-1\right|+y", "| |x| - 1 | + y"],
    "3*abs(x) - 2*abs(y)": ["3|x|-2|y|", "3|x| − 2|y|", "3abs(x) - 2abs(y)"],
    "abs(2*abs(x) - 1)*y": ["|2|x|-1|y"],
    "abs(x)*abs(y)*abs(x + y)": ["|x||y||x+y|", "|x| |y| |x+y|"],
    "abs(x)*abs(y) + abs(x + 1)*abs(y)": ["|x||y|+|x+1||y|", "|x|·|y| + |x+1|·|y|"],
    "abs(abs(x)) + y": ["||x||+y"],
    "abs(x + abs(y)) + abs(x)**2": ["|x+|y||+|x|^2", "|x+|y||+|x|²"],
    "sin(x)**2": [
        "sin^2(x)",
        "sin²(x)",
        "sin^2 x",
        "sin² x",
        r"\sin^2 x",
        r"\sin^{2}\left(x\right)",
        "sin(x)^2",
        "sin**2(x)",
    ],
    "sin(x)*cos(y)": [
        "sin x cos y",
        "sinx cosy",
        "sin x · cos y",
        r"\sin x \cos y",
        "sinxcosy",
        "sin(x)cos(y)",
        "Sin[x] Cos[y]",
        "np.sin(x)*np.cos(y)",
        "numpy.sin(x)*jnp.cos(y)",
        "math.sin(x) * torch.cos(y)",
        "Math.sin(x)*Math.cos(y)",
        "tf.math.sin(x)*tf.cos(y)",
        r"\operatorname{sin}(x)\mathrm{cos}(y)",
        "SIN(x)*COS(y)",
        "jax.numpy.sin(x)*np.cos(y)",
    ],
    "sin(2*x)": ["sin 2x", "sin(2x)", "sin2x", r"\sin 2x", "sin 2·x".replace("·", ""), "sin{2x}"],
    "sin(x*y) + 2*sin(x)": ["sin xy + 2 sin x", "sin x y + 2sin(x)", r"\sin xy + 2\sin x"],
    "x*e**(-x**2 - y**2)": ["xe^(-x²-y²)", "x e^{-x^2-y^2}", r"x\mathrm{e}^{-x^{2}-y^{2}}", "x*np.e**(-x**2-y**2)"],
    "e**-x": ["e^-x", "e^(-x)", "e⁻ˣ", "e^{-x}"],
    "exp(-x**2)": ["exp(-x²)", r"\exp\left(-x^2\right)", "np.exp(-x**2)", "Math.exp(-(x**2))", "exp(−x^2)"],
    "log(x) + y": [
        "ln(x) + y",
        "ln x + y",
        r"\ln x + y",
        "np.log(x)+y",
        "log(x)+y",
        r"\log\left(x\right)+y",
        "Math.log(x)+y",
    ],
    "log10(x)*log2(y)": [
        "log10(x)log2(y)",
        r"\log_{10}(x)\log_2(y)",
        "log_10(x) log_2 y",
        "np.log10(x)*np.log2(y)",
        "log₁₀(x)·log₂(y)",
        r"\log_{10} x \log_{2} y",
    ],
    "asin(x/4) + acos(y/4) + atan(x)": [
        "arcsin(x/4)+arccos(y/4)+arctan(x)",
        r"\arcsin(x/4)+\arccos(y/4)+\arctan x",
        "np.arcsin(x/4)+np.arccos(y/4)+np.arctan(x)",
        "math.asin(x/4) + math.acos(y/4) + math.atan(x)",
    ],
    "mod(x, 1)*y": ["x % 1 * y", "np.mod(x, 1)*y", "(x mod 1) y", r"(x \bmod 1)y"],
    "sqrt(x)*y": ["√x·y", "√(x)y", r"\sqrt{x}y", "np.sqrt(x)*y", "Math.sqrt(x) * y"],
    "sqrt(x**2 + y**2)": ["√(x²+y²)", r"\sqrt{x^{2}+y^{2}}", "sqrt(x²+y²)", "(sqrt(x^2+y^2))"],
    "cbrt(x) + y": ["∛x + y", "∛(x) + y", r"\sqrt[3]{x} + y", "np.cbrt(x)+y", "Math.cbrt(x)+y"],
    "x**(1/4)*y": [r"\sqrt[4]{x}y", "∜(x)y"],
    "(1/2)*x**2 + x/y": [
        "½x² + x/y",
        r"\frac{1}{2}x^2 + \frac{x}{y}",
        r"\tfrac12x^2+\dfrac{x}{y}",
        r"\frac12 x² + x ÷ y",
    ],
    "max(x, y) + min(x, 1)": [
        "np.maximum(x, y) + np.minimum(x, 1)",
        r"\max(x,y)+\min\left(x,1\right)",
        "Math.max(x,y)+fmin(x,1)",
    ],
    "2*pi*x + pi": ["2πx + π", "2pix+pi", "2*np.pi*x + math.pi", r"2\pi x + \pi", "2*Math.PI*x + Math.PI", "2 𝜋𝑥 + Pi"],
    "x**2*y**3": [
        "pow(x, 2)*pow(y, 3)",
        "Math.pow(x,2)*Math.pow(y,3)",
        "np.power(x, 2)*y**3",
        "x²y³",
        "np.square(x)*y^3",
    ],
    "x**-1 + y**12": ["x⁻¹ + y¹²", "x^{-1}+y^{12}", "x^-1 + y^12"],
    "floor(x) + ceil(y) + sign(x)": ["⌊x⌋ + ⌈y⌉ + sgn(x)", r"\lfloor x\rfloor+\lceil y\rceil+\operatorname{sgn}(x)"],
    "1/cos(x) + 1/tan(y)": ["sec(x) + cot(y)", r"\sec x + \cot y"],
    "hypot(x, y) + atan2(y, x)": ["np.hypot(x, y) + np.arctan2(y, x)", "Math.hypot(x,y)+Math.atan2(y,x)"],
    LINE: [
        "w^2 + 3b",
        "x[0]^2 + 3*x[1]",
        "m^2 + 3c",
        "slope^2 + 3*intercept",
        "u² + 3v",
        "p^2+3q",
        "s^2 + 3t",
        "x^2 + 3z",
        "w[0]**2 + 3*w[1]",
        "params[0]**2 + 3*params[1]",
        "w1^2 + 3w2",
        "beta_0^2 + 3beta_1",
        "φ² + 3ψ",
        "f(b, w) = b^2 + 3w",
    ],
    "x**2 + x*y + y**2": ["u^2 + uv + v^2", "f(a, b) = a² + ab + b²", "x^2 + xy + y^2"],
}

CASES = [(typed, meant) for meant, texts in SAME.items() for typed in [*texts, meant]]
ABOVE_0 = ((0.1, 3), (0.1, 3))


@pytest.mark.parametrize(("typed", "meant"), CASES, ids=[f"{i}-{typed[:30]!a}" for i, (typed, _) in enumerate(CASES)])
def test_read_as_it_was_meant(typed, meant):
    surface = from_formula(typed, domain=ABOVE_0)
    points = [(1, 2), (2.5, 0.75), (0.3, 1.7)]
    with np.errstate(all="ignore"):
        scope = {
            name: getattr(np, name) for name in ("sin", "cos", "tan", "exp", "log", "log10", "log2", "sqrt", "cbrt")
        }
    scope |= {"asin": np.arcsin, "acos": np.arccos, "atan": np.arctan, "atan2": np.arctan2, "hypot": np.hypot}
    scope |= {"abs": np.abs, "max": np.maximum, "min": np.minimum, "mod": np.mod, "floor": np.floor, "ceil": np.ceil}
    scope |= {"sign": np.sign, "pi": math.pi, "e": math.e}
    expected = [eval(meant, scope, {"x": x, "y": y}) for x, y in points]  # a text of this file
    np.testing.assert_allclose(losses_at(surface, points), expected, rtol=1e-12)
    assert parse(surface.text) == parse(meant)
    assert surface.formula == from_formula(meant, domain=ABOVE_0).formula


@pytest.mark.parametrize("typed", [typed for typed, _ in CASES], ids=ascii)
def test_what_was_read_is_read_again_without_a_note_on_letters(typed):
    text = from_formula(typed, domain=ABOVE_0).text
    assert from_formula(text, domain=ABOVE_0).text == text
    assert not any("Taken" in note for note in read(text).notes)


def test_values_that_were_once_lost():
    assert losses_at(from_formula("(x²+y−11)²+(x+y²−7)²"), [(1, 2)]) == [68]
    assert losses_at(from_formula("0.5*x[0]**2+2.5*x[1]**2"), [(1, 2)]) == [10.5]
    assert losses_at(from_formula("cbrt(x) + y"), [(-8, 1)]) == pytest.approx([-1])


NOTES = {
    "w^2 + 3b": "Taken for x: w and for y: b.",
    "b^2 + 3a": "Taken for x: a and for y: b.",
    "v + u": "Taken for x: u and for y: v.",
    "x[0] + 3x[1]": "Taken for x: x[0] and for y: x[1].",
    "x1 + x2": "Taken for x: x1 and for y: x2.",
    "θ₁ + θ₀": "Taken for x: theta_0 and for y: theta_1.",
    "t^2": "Taken for x: t.",
    "x[1]^2": "Taken for y: x[1].",
    "x^2 + z^2": "Taken for y: z.",
    "X^2 + Y": "Taken for x: X and for y: Y.",
    "f(b, w) = b + 3w": "Taken for x: b and for y: w.",
    "log(x + 9)": "log is the natural logarithm, ln; write log10 for the one to base 10.",
    "1/2x": "A division and a product without a sign are read from left to right: 1/2x is (1/2)x.",
}


@pytest.mark.parametrize("typed", NOTES)
def test_what_was_taken_for_what_is_said(typed):
    assert read(typed).notes == (NOTES[typed],)


@pytest.mark.parametrize(
    "typed", ["x^2 + y^2", "f(x, y) = xy", "lambda x, y: x + y", "sin x cos y", "ln(x + 9)", "1/(2x)"]
)
def test_there_is_no_note_where_nothing_was_chosen(typed):
    assert read(typed).notes == ()


LATEX = {
    "∛x": r"\sqrt[3]{x}",
    "asin(x/4)": r"\arcsin\left(\frac{x}{4}\right)",
    "acos(x/4)": r"\arccos\left(\frac{x}{4}\right)",
    "log10(x)": r"\log_{10}\left(x\right)",
    "log2(x)^2": r"\left(\log_{2}\left(x\right)\right)^{2}",
    "mod(x, 1)": r"\operatorname{mod}\left(x, 1\right)",
    "⌈x⌉": r"\left\lceil x\right\rceil ",
    "⌊x⌋²": r"\left\lfloor x\right\rfloor ^{2}",
    "hypot(x, y)": r"\operatorname{hypot}\left(x, y\right)",
    "2|x-1|y": r"2\,\left|x - 1\right|\,y",
    r"\frac{1}{2}y^{2}": r"\frac{1}{2}\,y^{2}",
    "√(x+1)": r"\sqrt{x + 1}",
}


@pytest.mark.parametrize("typed", LATEX)
def test_latex_shows_how_it_was_read(typed):
    assert from_formula(typed, domain=ABOVE_0).formula == LATEX[typed]


# What must not be guessed: each with words that its message must have.
REFUSED = {
    "x2 + y2": "x2 may be a power or a variable",
    "2*x2": "write x^2 for the power",
    "x2y": "x^2*y",
    "x(1)^2 + x(2)^2": "x(1) may be an entry of a list or a product: write x_1 for the entry, or x*1 for the product.",
    "sin^-1(x)": "asin(x) for the inverse, or 1/sin(x)",
    "sin⁻¹(x)": "asin(x) for the inverse, or 1/sin(x)",
    "exp^(-x²)": "exp(-x) or e^(-x)",
    "sin^y(x)": "stands behind it",
    "log2x": "log2(x), or log(2*x)",
    "sin x/2": "not clear how far sin reaches",
    "sin x(y+1)": "not clear how far sin reaches",
    "√2x": "not clear how far the root reaches",
    "√x²": "not clear how far the root reaches",
    "|x|y|x|": "paired in several ways",
    "|x|y|": "not in pairs",
    "a x^2 + b y^2": "Write a number for a, b",
    "x^2 + a": "Write a number for a",
    "x[2] + x[3]": "A loss has two variables",
    "x[0] + x[1] + x[2]": "A loss has two variables",
    "f(x, y) = x + z": "The arguments are x, y",
    "f(x, y, z) = x": "one or two names",
    "y = x + y": "An equation in y is no loss",
    "x^2 + y^2 = 1": "only what the loss is equal to",
    "0x10": "another base",
    "(x]": "closes another kind of bracket",
    "x + \\foo y": "The LaTeX command \\foo",
    "0,5x": "Write decimals with a point",
    "mod(x)": "mod takes two arguments",
    "atan2(x)": "atan2 takes two arguments",
    "pow(x)": "pow takes two arguments",
    "x % 0": "divides by 0",
    "asin(2)x": "asin(2) has no finite value",
    "sqr(x)": "x**2 for the square, or sqrt(x)",
    "lg(x)": "log10(x), log2(x)",
    "log3(x)": "log(x)/log(3)",
    "sind(x)": "sin(pi*x/180)",
    r"\frac{x}": "missing",
    "½½½½½½½½x|": "not in pairs",
}


@pytest.mark.parametrize("typed", REFUSED)
def test_what_has_two_readings_is_refused_with_both(typed):
    with pytest.raises(FormulaError) as refused:
        from_formula(typed)
    assert REFUSED[typed] in str(refused.value)


def test_all_that_is_wrong_is_told_at_once():
    with pytest.raises(FormulaError) as refused:
        from_formula("foo(x) + § + bar(y) + 3°")
    message = str(refused.value)
    assert "The names foo, bar are not known." in message
    assert "The character § is not understood" in message
    assert "The character ° is not understood" in message
    assert refused.value.position == 0


SLIPS = {"sinn": "sin", "coss": "cos", "sqtr": "sqrt", "sqrtt": "sqrt", "expp": "exp", "tanhh": "tanh", "arctn": "atan"}


@pytest.mark.parametrize("typed", SLIPS)
def test_a_slip_is_guessed_and_the_guess_is_called_one(typed):
    with pytest.raises(FormulaError, match=rf"Did you mean {SLIPS[typed]}\(x\)\? That is only a guess\."):
        from_formula(f"{typed}(x)")


OTHERS = [
    "asec",
    "acsc",
    "acot",
    "asech",
    "erf",
    "erfc",
    "elu",
    "gelu",
    "selu",
    "silu",
    "mish",
    "rsqrt",
    "sinc",
    "sinpi",
    "sind",
    "cosd",
    "sech",
    "csch",
    "coth",
    "gamma",
]
OTHERS += [
    "lg",
    "lb",
    "ld",
    "sqr",
    "round",
    "trunc",
    "fmod",
    "norm",
    "sum",
    "prod",
    "mean",
    "var",
    "clip",
    "where",
    "log3",
    "log5",
    "log1",
    "atan3",
    "exp3",
    "relu6",
    "besselj",
    "j0",
]
OTHERS += ["arcsec", "acosd", "log1q", "foo", "bar", "sn", "cs", "tn", "lgo", "abd"]


@pytest.mark.parametrize("name", OTHERS)
def test_no_other_function_is_offered_for_a_real_one(name):
    with pytest.raises(FormulaError) as refused:
        from_formula(f"{name}(x)")
    assert "Did you mean" not in str(refused.value)


@pytest.mark.parametrize("known", sorted({*CALLABLE}))
def test_a_wrong_letter_is_read_as_no_other_function(known):
    """Every word one letter away: it is a spelling of the function itself, of a product that is shown, or refused."""
    for at in range(len(known) + 1):
        for letter in "ahqz23"[: 4 if at == 0 else 6]:  # a number in front is a factor
            typed = f"{known[:at]}{letter}{known[at:]}"
            try:
                text = from_formula(f"{typed}(x + 5)", domain=ABOVE_0).text
            except FormulaError as refused:
                guess = re.search(r"Did you mean (\w+)\(x\)", str(refused))
                assert guess is None or guess[1] == function(known) or known in ("mod", "square", "exp2"), typed
                continue
            except ValueError:
                continue
            assert function(typed) is not None or letter not in "az23", (typed, text)


def test_minus_signs_dots_and_blanks_of_the_web():
    for dash in "−–—‐":
        assert parse(f"x {dash} y") == parse("x - y")
    for dot in "·×⋅∙•∗":
        assert parse(f"x{dot}y") == parse("x*y")
    for blank in "\u00a0\u2009\u202f\u3000\t":
        assert parse(f"x{blank}+{blank}y") == parse("x + y")


@pytest.mark.parametrize("bars", [6, 8, 12, 13, 40, 400])
def test_many_bars_are_bounded(bars):
    text = "|x" * bars
    with pytest.raises(FormulaError):
        parse(text[:500])


@pytest.mark.parametrize("typed", ["sqrt(x^2)", "|x| + |y|", "cbrt(x)", "hypot(x, y)", "|x|^1.5 + y", "asin(x/3)"])
def test_gradients_are_finite_where_the_loss_is(typed):
    surface = from_formula(typed)
    axis = np.linspace(-3, 3, 25)
    points = np.stack(np.meshgrid(axis, axis), axis=-1).reshape(-1, 2)
    finite = np.isfinite(losses_at(surface, points))
    slopes = np.asarray(jax.vmap(jax.grad(surface))(points))
    assert finite.any()
    assert np.isfinite(slopes[finite]).all()
    bends = np.asarray(jax.vmap(jax.hessian(surface))(points))
    assert np.isfinite(bends[finite]).all()


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("sin x e^{-x^2}", math.sin(0.7) * math.exp(-0.49)),
        (r"-\cos x\cos y\,e^{-x^2-y^2}", -math.cos(0.7) * math.cos(-0.4) * math.exp(-0.49 - 0.16)),
        ("cos x e", math.cos(0.7) * math.e),
        ("sin x*y", math.sin(0.7) * -0.4),
        ("sin 2 pi x", math.sin(2 * math.pi * 0.7)),
        ("½x² + y", 0.5 * 0.49 - 0.4),
    ],
)
def test_a_function_without_brackets_ends_where_a_reader_ends_it(text, value):
    assert losses_at(from_formula(text), [(0.7, -0.4)])[0] == pytest.approx(value, rel=1e-12)


@pytest.mark.parametrize("text", ["sin pi*x", "cos 2*pi*x", "cos 3*x", "1½x²", "2¾ + x", "1¼x"])
def test_what_can_be_read_in_two_ways_is_asked_about(text):
    with pytest.raises(FormulaError, match=r"not clear how far|a sum or a product"):
        from_formula(text)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("x_1x_2", 0.7 * -0.4),
        ("2x_1x_2 + x_1sin(x_2)", 2 * 0.7 * -0.4 + 0.7 * math.sin(-0.4)),
        ("w1w2 + w1^2", 0.7 * -0.4 + 0.49),
        (r"x_{1}^2x_{2}", 0.49 * -0.4),
        ("x0x1", 0.7 * -0.4),
        (r"\frac x2 + y^2", 0.35 + 0.16),
        (r"\frac x2y^2", 0.35 * 0.16),
        (r"\frac xy", 0.7 / -0.4),
        ("np.remainder(y, 2)", 1.6),
        ("x^2 + y  # a bowl", 0.49 - 0.4),
        ("def f(x, y):\n    # a bowl\n    return x**2 + y", 0.49 - 0.4),
    ],
)
def test_indices_side_by_side_fractions_and_comments(text, value):
    assert losses_at(from_formula(text), [(0.7, -0.4)])[0] == pytest.approx(value, rel=1e-12)


def test_a_comment_that_is_left_out_is_told():
    assert read("x^2 + y # a bowl").notes == ("Left out as a comment: # a bowl",)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("g(x) + x", "g( ) may be a function or a product"),
        ("h(x, y) + x^2", "h( ) may be a function or a product"),
        ("f(u)", "f( ) may be a function or a product"),
        ("k(x - 1)^2", "k( ) may be a function or a product"),
        ("math.remainder(x, 2)", "another function"),
        ("remainder(x, 2)", "another function"),
        ("x2y2", "as in x^2*y^2"),
        ("x^2 + y^2 // bowl", "Leave a comment out"),
        ("/* bowl */ x^2", "Leave a comment out"),
        ("def f(x, y):\n    z = x**2\n    return z + y**2", "A program is not read here"),
        ("import numpy as np\nnp.sin(x)", "A program is not read here"),
    ],
)
def test_what_is_no_formula_is_refused_in_its_own_words(text, sentence):
    with pytest.raises(FormulaError) as refused:
        from_formula(text)
    assert sentence in str(refused.value)
    assert "Known are" not in str(refused.value)
