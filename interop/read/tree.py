"""Python text as plain values: numbers, words, lists and calls by name. Nothing is run; the rest keeps its text."""

import ast
import copy
import dataclasses
import math
import operator
import re
import textwrap
from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from interop.read.words import ProgramError

if TYPE_CHECKING:
    from interop.read.bindings import Bindings

MAX_CHARACTERS = 20_000
MAX_NODES = 20_000
MAX_DEPTH = 40

MAX_READS = 20_000
MAX_NAMES = 10
"""The depth to which names that stand for names are followed. Lists of lists by name could be endless."""

STARS = "*"
"""The key in a call's `named` for arguments that are not written out."""


class Number(float):
    """A number with its `text` as it was written, and the name of the `argument` that it was given for."""

    text: str
    argument: str

    def __new__(cls, value: float, text: str = "", argument: str = "") -> "Number":
        number = super().__new__(cls, value)
        number.text, number.argument = text or f"{value:g}", argument
        return number

    def __repr__(self) -> str:
        return self.text

    def become(self, value: float) -> "Number":
        """Another number that follows from this one. In messages it keeps the text and the argument of this one."""
        return Number(value, self.text, self.argument)


@dataclasses.dataclass(frozen=True)
class Called:
    """A call as it is written: its full dotted name, its arguments by position and by name, and its text."""

    name: str
    first: tuple[Any, ...] = ()
    named: Mapping[str, Any] = dataclasses.field(default_factory=dict)
    text: str = dataclasses.field(default="", compare=False)

    def __repr__(self) -> str:
        return self.text or f"{self.name}(…)"


@dataclasses.dataclass(frozen=True)
class Other:
    """Anything that is neither a literal nor a call, by its text; `node` is its tree."""

    text: str
    node: Any = dataclasses.field(default=None, compare=False)
    argument: str = dataclasses.field(default="", compare=False)
    change: str = dataclasses.field(default="", compare=False)
    """The line that gives a name another value on the way, where that is why it is not known."""
    known: Mapping[str, Any] = dataclasses.field(default_factory=dict, compare=False)
    """The values of the names in a lambda, where they are not numbers."""

    def __repr__(self) -> str:
        return self.text


class Sum(Number):
    """The sum of two written numbers, `one` and `other`."""

    one: float
    other: float


BLANKS = re.compile(r"[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]")
NOTHING = re.compile(r"[\u200b-\u200d\u2060\ufeff]")
MARKS = str.maketrans({"“": '"', "”": '"', "„": '"', "‘": "'", "’": "'", "‚": "'", "−": "-", "…": "..."})
PROMPT = re.compile(r"^\s*(?:(?:>>>|\.\.\.)(?: |$)|In ?\[\d*\]: ?)")
MAGIC = re.compile(r"^(\s*)(?:%|!|\?|```|Out\[\d*\]:|[\w.]+\?\??$).*")
TIMED = re.compile(r"^(\s*)%(?:time|timeit|prun|memit)(?:\s+-\w+(?:\s+\d+)?)*\s+(?=[^%\s-])")
RUN = re.compile(r"^(\s*)%(?:run|load|store)\b.*")
SHELL = re.compile(r"^(\s*[\w.,\s]+=\s*)[!%].*")


def cleaned(text: str) -> str:
    """The text of a notebook's cell as Python: without prompts, with straight quotes and plain blanks."""
    lines = NOTHING.sub("", BLANKS.sub(" ", text.translate(MARKS))).expandtabs(4).splitlines()
    if any(PROMPT.match(line) for line in lines):  # what has no prompt is what was printed
        lines = [PROMPT.sub("", line) if PROMPT.match(line) else "" for line in lines]
    return textwrap.dedent("\n".join(lines)).strip().removesuffix(",")


def without_magic(text: str) -> str:
    """The text of a cell without what only a notebook understands: magic and shell lines, questions, fences."""
    lines = (RUN.sub(r"\1exec()", SHELL.sub(r"\1None", TIMED.sub(r"\1", line))) for line in text.splitlines())
    return textwrap.dedent("\n".join(MAGIC.sub(r"\1pass", line) for line in lines)).strip().removesuffix(",")


def parsed(text: str) -> tuple[str, list[ast.stmt]]:
    """The cleaned text, and its statements.

    Raises:
        ProgramError: if the text is empty, too long, nested too deep, or not Python.
    """
    if not text.strip():
        raise ProgramError("Paste a line, for example keras.optimizers.Adam(learning_rate=0.01). Received: nothing.")
    if len(text) > MAX_CHARACTERS:
        raise ProgramError(
            f"A pasted text has at most {MAX_CHARACTERS} letters. Received: {len(text)}. Its line is enough."
        )
    text = cleaned(text)
    try:
        try:
            tree = ast.parse(text)
        except SyntaxError:
            text = without_magic(text)
            tree = ast.parse(text)
    except SyntaxError as wrong:
        line = f", line {wrong.lineno}" if wrong.lineno else ""
        raise ProgramError(f"This is not Python: {wrong.msg}{line}. Are all brackets closed?") from None
    except (ValueError, MemoryError, RecursionError):
        raise ProgramError("This is not Python that can be read. Paste the optimizer's line alone.") from None
    _check_size(tree)
    return text, tree.body


def _check_size(tree: ast.AST) -> None:
    # layer by layer and not by recursion, which a deep tree would break off
    layer: list[ast.AST] = [tree]
    count = depth = 0
    while layer:
        count, depth = count + len(layer), depth + 1
        if depth > MAX_DEPTH or count > MAX_NODES:
            raise ProgramError("This is nested too deep or too long to be read. Paste the optimizer's line alone.")
        layer = [child for node in layer for child in ast.iter_child_nodes(node)]


def inner_statements(statement: ast.stmt) -> list[ast.stmt]:
    """The statements inside a loop, a condition or the like, in the order of the text."""
    inner: list[ast.stmt] = []
    for block in ("body", "handlers", "orelse", "finalbody", "cases"):
        for part in getattr(statement, block, []):
            inner += [part] if isinstance(part, ast.stmt) else part.body
    return inner


def own_expressions(statement: ast.stmt) -> Iterator[ast.expr]:
    """The expressions of a statement that are not in a statement inside it."""
    for child in ast.iter_child_nodes(statement):
        if isinstance(child, ast.expr):
            yield child
        elif isinstance(child, (ast.withitem, ast.keyword)):
            yield from (part for part in ast.iter_child_nodes(child) if isinstance(part, ast.expr))


VERSION = re.compile(r"′\d+")
"""The mark behind a name that says which of its values is meant."""


def source(node: ast.AST) -> str:
    """The source of a node on one line, as `ast.unparse` writes it."""
    return VERSION.sub("", " ".join(ast.unparse(node).split()))


def dotted(node: ast.AST) -> str | None:
    """The dotted word `a.b.c` of a node; None for any other node."""
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute):
        before = dotted(node.value)
        return None if before is None else f"{before}.{node.attr}"
    return None


OPERATORS: dict[type, Callable[[float, float], float]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
    ast.FloorDiv: operator.floordiv,
    ast.Mod: operator.mod,
    ast.Pow: operator.pow,
}

FUNCTIONS: dict[str, Callable[..., float]] = {
    **{"float": float, "int": math.trunc, "abs": abs, "min": min, "max": max, "pow": pow, "round": round},
    **{f"{module}.sqrt": math.sqrt for module in ("math", "np", "numpy", "jnp")},
    **{f"{module}.exp": math.exp for module in ("math", "np", "numpy", "jnp")},
    **{f"{module}.power": math.pow for module in ("np", "numpy", "jnp")},
    **{f"{module}.cos": math.cos for module in ("math", "np", "numpy", "jnp")},
    **{
        "math.log": math.log,
        "math.pow": math.pow,
        "math.floor": math.floor,
        "math.ceil": math.ceil,
        "np.log": math.log,
    },
    **{"np.floor": math.floor, "jnp.floor": math.floor, "math.log10": math.log10, "np.float32": float},
}
"""The functions of numbers that are computed here, by name."""

CONSTANTS = {f"{module}.pi": math.pi for module in ("math", "np", "numpy", "jnp")}


def arithmetic(kind: type, left: float, right: float) -> float | None:
    """The result of an operator on two floats; None where it is not a finite number.

    Floats, since a power of whole numbers could take for ever.
    """
    # 10 ** 10 ** 10 overflows at once as a float
    left, right = float(left), float(right)
    if kind not in OPERATORS:
        return None
    try:
        value = OPERATORS[kind](left, right)
    except (ArithmeticError, ValueError):
        return None
    return value if isinstance(value, float) and math.isfinite(value) else None


class Values:
    """Reads values from a tree, with names replaced by the values that were assigned to them."""

    def __init__(self, text: str = "", bindings: "Bindings | None" = None) -> None:
        self.bindings: Any = bindings
        self.lines = [line.encode() for line in text.split("\n")] if text else []
        self.assigned: dict[str, ast.expr] = {}
        self.imported: dict[str, str] = {}
        self.functions: dict[str, Any] = {}
        self.of_module: set[str] = set()
        self.reads = 0
        self.versions: dict[str, ast.expr] = {}
        self._version_names: dict[tuple[str, int], str] = {}
        self.options: dict[str, ast.expr | None] = bindings.options if bindings else {}
        self.origins: dict[int, str] = {}
        self.remarks: list[str] = []
        self.is_one_word = False
        self.changes: dict[str, str] = {}

    def forget(self, word: str) -> None:
        """Mark a name as unknown from here on: it stands for itself."""
        self.assigned[word] = ast.Name(id=word)

    def version(self, word: str) -> str:
        """A name for the present value of `word`, which stays valid when the word is assigned anew."""
        node = self.assigned[word]
        name = self._version_names.setdefault((word, id(node)), f"{word}′{len(self._version_names)}")
        self.versions[name] = node
        return name

    def name(self, node: ast.AST, within: tuple[str, ...] = ()) -> str | None:
        """The full dotted name of a node, with imports and aliases written out: `torch.optim.SGD` for `optim.SGD`."""
        word = dotted(node)
        if word is None:
            return None
        for known in (word, word.partition(".")[0]):
            behind = self.versions.get(known) or self.assigned.get(known)
            if behind is not None and known not in within and len(within) < MAX_NAMES:
                alias = self.name(behind, (*within, known)) if dotted(behind) else None
                if alias is not None:
                    return alias + word[len(known) :]
        head, dot, rest = VERSION.sub("", word).partition(".")
        return (head if head in self.assigned else self.imported.get(head, head)) + dot + rest

    def written(self, node: ast.AST) -> str:
        """The text of a node as it was typed, if it is on one line; else its `source`."""
        first, last = getattr(node, "lineno", 0), getattr(node, "end_lineno", 0)
        if not self.lines or not first or first != last:
            return source(node)
        line = self.lines[first - 1]  # columns count bytes
        return line[node.col_offset : node.end_col_offset].decode()  # type: ignore[attr-defined]

    def read(self, node: ast.AST, within: tuple[str, ...] = ()) -> Any:
        """The value of a node: a number, word, tuple, dict or `Called`; an `Other` for anything else.

        `within` are the names that are being looked up, so that a name can't stand for itself.
        """
        self.reads += 1
        if self.reads > MAX_READS:
            raise ProgramError("The names in this stand for too much to be read. Paste the optimizer's line alone.")
        if isinstance(node, ast.Constant):
            return self._constant(node)
        if isinstance(node, (ast.UnaryOp, ast.BinOp)):
            return self._number(node, within)
        if isinstance(node, (ast.List, ast.Tuple)):
            return tuple(self.read(entry, within) for entry in node.elts)
        if isinstance(node, ast.Dict):
            return self._pairs(node, within)
        if isinstance(node, ast.Call):
            return self._call(node, within)
        if isinstance(node, ast.Lambda):
            return self._lambda(node, within)
        if isinstance(node, ast.Subscript):
            return self._part(node, within)
        word = dotted(node)
        if isinstance(node, ast.Name) and word in self.functions:
            return self.functions[word]
        behind = self.versions.get(word or "") or self.assigned.get(word or "")
        if behind is None and self.options.get(word or "") is not None:
            behind = self.options[word or ""]
            self.remarks.append(f"`{word}` is its default, {source(behind)}; a command line may give another.")  # type: ignore[arg-type]
        if word is not None and behind is not None and word not in within and len(within) < MAX_NAMES:
            if id(behind) in self.origins:
                self.remarks.append(self.origins[id(behind)])
            return self.read(behind, (*within, word))
        name = self.name(node)
        if name in CONSTANTS:
            return Number(CONSTANTS[name], self.written(node))
        return Other(name or self.written(node), node, change=self.changes.get(VERSION.sub("", word or ""), ""))

    def _constant(self, node: ast.Constant) -> Any:
        if is_number(node.value):
            try:
                value = float(node.value)  # type: ignore[arg-type]
            except OverflowError:
                # a whole number beyond the range of floats
                value = math.inf
            return Number(value, self.written(node))
        plain = node.value is None or isinstance(node.value, (bool, str))
        return node.value if plain else Other(self.written(node), node)

    def _part(self, node: ast.Subscript, within: tuple[str, ...]) -> Any:
        """The value of `config["lr"]`, if the dict is written out and nothing in the text can change it."""
        value, key = self.read(node.value, within), self.read(node.slice, within)
        word = VERSION.sub("", dotted(node.value) or "")
        is_plain = isinstance(key, (str, Number)) and word and self.bindings is not None
        if is_plain and isinstance(value, dict) and key in value and self.bindings.is_only_read(word):
            return value[key]
        return Other(self.written(node), node)

    def _lambda(self, node: ast.Lambda, within: tuple[str, ...]) -> Other:
        """A lambda, with numbers in place of the names that stand for them."""
        own = {argument.arg for argument in node.args.args}
        names = {part.id for part in ast.walk(node.body) if isinstance(part, ast.Name)} - own
        known = {name: self.read(ast.Name(id=name), within) for name in sorted(names) if name in self.assigned}
        numbers: dict[str, ast.expr] = {
            name: ast.Constant(float(value)) for name, value in known.items() if is_number(value)
        }
        if self.bindings is not None:  # Python looks a name up when the function is called
            numbers |= {name: ast.Name(id="?") for name in known if self.bindings.counts.get(name, 0) > 1}
        function = copy.deepcopy(node)
        function.body = _Numbers(numbers).visit(function.body)
        for call in (part for part in ast.walk(function.body) if isinstance(part, ast.Call)):
            if (called := self.name(call.func)) in FUNCTIONS and dotted(call.func) not in own:
                call.func = ast.Name(id=called)  # with its import written out
        return Other(self.written(node), function, known=known)

    def _number(self, node: ast.UnaryOp | ast.BinOp, within: tuple[str, ...]) -> Any:
        """The result of arithmetic on numbers; an `Other` for any other arithmetic."""
        text = self.written(node)
        if isinstance(node, ast.UnaryOp):
            value = self.read(node.operand, within)
            if is_number(value) and isinstance(node.op, (ast.USub, ast.UAdd)):
                return Number(-value if isinstance(node.op, ast.USub) else value, text)
            return Other(text, node)
        left, right = self.read(node.left, within), self.read(node.right, within)
        if not (is_number(left) and is_number(right)):
            return Other(text, node)
        value = arithmetic(type(node.op), left, right)
        if value is None:
            return Other(text, node)
        if isinstance(node.op, ast.Add):
            total = Sum(value, text)
            total.one, total.other = left, right
            return total
        return Number(value, text)

    def _pairs(self, node: ast.Dict, within: tuple[str, ...]) -> Any:
        keys = [None if key is None else self.read(key, within) for key in node.keys]
        if not all(isinstance(key, (int, float, str)) for key in keys):
            return Other(self.written(node), node)
        return dict(zip(keys, [self.read(value, within) for value in node.values], strict=True))

    def _call(self, node: ast.Call, within: tuple[str, ...]) -> Any:
        name = self.name(node.func)
        if isinstance(node.func, ast.Call) and node.func.args:  # inject_hyperparams(optax.adam)(0.1) is adam(0.1)
            outer = self.name(node.func.func)
            name = self.name(node.func.args[0]) if outer and outer.endswith("inject_hyperparams") else None
        if name is None:
            return Other(self.written(node), node)
        first = tuple(self.read(entry, within) for entry in node.args if not isinstance(entry, ast.Starred))
        named = {keyword.arg or STARS: self.read(keyword.value, within) for keyword in node.keywords}
        if len(first) < len(node.args):
            named[STARS] = Other("*", node)
        # known functions of numbers are computed by the table, never looked up in Python
        if name in FUNCTIONS and not named and first and all(is_number(value) for value in first):
            return self._worked_out(name, first, node)
        if name == "float" and len(first) == 1 and isinstance(first[0], str):
            return self._worked_out(name, first, node)
        return Called(name, first, named, self.written(node))

    def _worked_out(self, name: str, first: tuple[Any, ...], node: ast.Call) -> Any:
        plain = [value if isinstance(value, str) else float(value) for value in first]
        try:
            value = float(FUNCTIONS[name](*plain))
        except (ArithmeticError, ValueError, TypeError):
            value = math.nan
        return Number(value, self.written(node)) if math.isfinite(value) else Other(self.written(node), node)


class _Numbers(ast.NodeTransformer):
    """Replaces names by numbers."""

    def __init__(self, numbers: Mapping[str, ast.expr]) -> None:
        self.numbers = numbers

    def visit_Name(self, node: ast.Name) -> ast.expr:
        return self.numbers.get(node.id, node)


def is_number(value: Any) -> bool:
    """Whether a value is an int or a float, and not a bool."""
    return isinstance(value, (int, float)) and not isinstance(value, bool)
