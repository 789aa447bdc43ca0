"""Whatever is typed, the answer is a surface or a FormulaError, in bounded work, and nothing is ever run."""

import ast
import builtins
import random
from pathlib import Path

import pytest

import landscapes.formula.syntax as syntax
from landscapes import FormulaError, from_formula
from landscapes.formula import words
from landscapes.formula.syntax import DEEPEST, MOST_PARTS, parse
from landscapes.formula.text import latex, plain
from landscapes.formula.values import FUNCTIONS, NUMPY, evaluate, size
from landscapes.formula.words import LONGEST

SEEDS, IN_EACH = 20, 500

ATTACKS = [
    "__import__('os').system('true')",
    "().__class__.__bases__[0].__subclasses__()",
    "x.__class__",
    "x.__globals__['os']",
    "getattr(x, y)",
    "lambda: x",
    "lambda x: x",
    "(x := 3)",
    "x if y else 3",
    "[x for x in y]",
    "{x: y}",
    "f'{x}'",
    'f"{__import__}"',
    "'x'",
    "b'x'",
    "x # y",
    "x\\\ny",
    "import os",
    "x; y",
    "x\ny",
    "x\0",
    "def f(): pass",
    "print(x)",
    "exec(x)",
    "eval(x)",
    "open(x)",
    "9**9**9**9",
    "x**9**9**9",
    "((x**20)**20)**20",
    "2**2**2**2**2**2*x",
    "1e999",
    "x*1e-999",
    "0x10",
    "0b1",
    "1_000x",
    "1j*x",
    "х + у",
    "ｘ + 1",
    "１ + x",
    "ⅹ",
    "x\u200by",
    "\u202ex",
    "𝐱",
    "x\ud800",
    "sin" * 100,
    "(" * 250,
    ")" * 250,
    "(" * 200 + "x" + ")" * 200,
    "-" * 499,
    "x**" * 160,
    "sin(" * 120,
    "sin(" * 40 + "x" + ")" * 40,
    ("log(-x*x-" * 39 + "1" + ")" * 39),
    "min(" + "x," * 240,
    "x@y",
    "x<y",
    "x and y",
    "not x",
    "~x",
    "x%y",
    "...",
    "x...",
    "*x",
    "**x",
    "x,",
    "$x",
    "`x`",
    "None*x",
    "True",
    "1/0",
    "0**-1*x",
    "log(0)x",
    "sqrt(-1)x",
    "x/(1-1)",
    "tan(pi/2)^20^20",
    "\\frac{x}{y}",
    "=x",
    *dir(builtins),
    *(f"{name}(x)" for name in dir(builtins)),
]

VALID = [
    "sin(3*x) * cos(y) + 0.1*(x**2 + y**2)",
    "(x^2 + y - 11)^2 + (x + y^2 - 7)^2",
    "20 + x^2 - 10cos(2pi x) + y^2 - 10cos(2pi y)",
    "max(x, y, 2) - min(x, -y) + log(1 + exp(-x y))",
    "-2^-x + 1.5e-3 sqrt(abs(x)) / (1 + softplus(y))",
]

TOKENS = [
    *FUNCTIONS,
    "x",
    "y",
    "pi",
    "e",
    *"+-*/^(),",
    "**",
    "(",
    ")",
    "(",
    ")",
    "2",
    "0",
    "1e5",
    ".5",
    " ",
    "20",
    "-1",
]
SPELLED = [
    *"|²³⁻¹√∛π·×÷−½%[]{}θ₀₁",
    "\\frac",
    "\\left|",
    "\\right|",
    "\\sqrt",
    "x[0]",
    "x_1",
    "np.",
    "lambda x, y:",
    "f(x) =",
]
ODD = [*"._'\"\\#;:=[]{}<>@!%&|~`?$\n\t\0", "__class__", "lambda", "х", "２", "²", "\u200b", "1e999", "9**9", "import "]


def soup(draw):
    """Words in any order."""
    return "".join(draw.choices(TOKENS, k=draw.randint(1, 40)))


def odd_soup(draw):
    """Words in any order, some of them no words of a formula."""
    return "".join(draw.choices(TOKENS + ODD, k=draw.randint(1, 40)))


def spelled_soup(draw):
    """Words in any order and in many spellings."""
    return "".join(draw.choices(TOKENS + SPELLED, k=draw.randint(1, 40)))


def letters(draw):
    """Any characters at all."""
    return "".join(chr(draw.randrange(0x3000 if draw.random() < 0.5 else 128)) for _ in range(draw.randint(0, 60)))


def mutant(draw):
    """A formula with a few letters lost, doubled, swapped or put in."""
    text = list(draw.choice(VALID))
    for _ in range(draw.randint(1, 4)):
        at = draw.randrange(len(text))
        text[at : at + draw.randint(0, 3)] = draw.choice([[], text[at : at + 5], [draw.choice(TOKENS + ODD)]])
        text = text or ["x"]
    return "".join(text)


def attack(draw):
    """A known attack, alone or within something harmless."""
    return draw.choice(["{}", "x + {}", "sin({})", "({})(x)", "{}**2", "2{}"]).replace("{}", draw.choice(ATTACKS))


def nested(draw):
    """A formula by the grammar, often too deep or too long."""
    text = draw.choice(["x", "y", "2"])
    for _ in range(draw.randint(1, 60)):
        pattern = draw.choice(
            ["({})", "-{}", "sin({})", "({})**2", "x*({})", "2**{}", "min({}, y)", "{} + 1", "1/({})"]
        )
        text = pattern.replace("{}", text)
    return text


KINDS = [soup, odd_soup, spelled_soup, letters, mutant, attack, nested]


def read(text):
    """The tree of a text, or the error that refused it; any other exception is a failure of the test."""
    try:
        return parse(text)
    except FormulaError as refused:
        return refused


def checked(text):
    """Whether a text was understood. Then it is bounded and can be written and read again; else the error says why."""
    tree = read(text)
    if isinstance(tree, FormulaError):
        assert str(tree)
        assert 0 <= tree.position <= min(len(text), LONGEST)
        assert tree.pointed().endswith("^")
        return False
    assert size(tree) <= MOST_PARTS
    assert parse(plain(tree)) == tree
    assert latex(tree).count("{") == latex(tree).count("}")
    return True


@pytest.fixture(autouse=True)
def nothing_is_run(monkeypatch):
    """Python's own ways to run a text raise while a text is read."""

    def run(*_):
        raise AssertionError("A text was run.")

    for name in ("eval", "exec", "compile"):
        monkeypatch.setattr(syntax, name, run, raising=False)


@pytest.mark.parametrize("seed", range(SEEDS))
def test_any_text_is_understood_or_refused(seed):
    draw = random.Random(seed)
    understood = sum(checked(draw.choice(KINDS)(draw)) for _ in range(IN_EACH))
    assert 0 < understood < IN_EACH


@pytest.mark.parametrize("text", ATTACKS, ids=ascii)
def test_attacks(text):
    try:
        surface = from_formula(text)
    except FormulaError:
        return
    assert set(surface.text) <= set("xy()*+-/., 0123456789") | set("".join(FUNCTIONS)) | set("pie")


def test_no_attack_gets_through_but_formulas():
    through = [text for text in ATTACKS if checked(text)]
    harmless = [
        "lambda x: x",  # read for its formula, as f(x) = x is
        "x # y",  # a comment behind a formula is left out, and told
        "((x**20)**20)**20",
        "sin(" * 40 + "x" + ")" * 40,
        "x%y",
        "\\frac{x}{y}",
        "abs(x)",
    ]
    assert through == harmless


def test_only_the_table_is_called():
    called = set()

    def spy(name):
        return lambda *arguments: called.add(name) or NUMPY[name](*arguments)

    table = {name: spy(name) for name in NUMPY}
    evaluate(parse("sin(x) + max(y, 2, x)^2 - e^x"), 0.5, 0.25, table)
    assert called == {"sin", "max", "exp"}


@pytest.mark.parametrize("name", [path.stem for path in sorted(Path(syntax.__file__).parent.glob("formula*.py"))])
def test_the_source_runs_no_text(name):
    source = (Path(syntax.__file__).parent / f"{name}.py").read_text(encoding="utf-8")
    called = [
        node.func.id for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call) and hasattr(node.func, "id")
    ]
    assert not {"eval", "exec", "compile", "__import__", "open", "globals", "locals"} & set(called)
    assert "getattr" not in called or name == "formula_values"


def test_each_word_is_taken_once_and_the_depth_is_bounded(monkeypatch):
    taken, deepest = [], []
    take, inside = syntax._Reader.take, syntax._Reader.inside
    monkeypatch.setattr(syntax._Reader, "take", lambda reader: taken.append(1) or take(reader))
    monkeypatch.setattr(
        syntax._Reader, "inside", lambda reader, rule: deepest.append(reader.depth) or inside(reader, rule)
    )
    draw = random.Random(0)
    for _ in range(500):
        text = draw.choice(KINDS)(draw)
        taken.clear()
        parse.cache_clear()
        read(text)
        assert len(taken) <= 2 * LONGEST
    assert max(deepest) <= DEEPEST


def test_a_million_letters_are_not_looked_at(monkeypatch):
    monkeypatch.setattr(words, "_WORD", None)
    with pytest.raises(FormulaError, match="Received: 2000000"):
        from_formula("x+" * 1_000_000)
