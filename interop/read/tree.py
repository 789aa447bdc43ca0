"""Python text as plain values: numbers, words, lists and calls by name. Nothing is run; all else keeps its text."""

import ast
import dataclasses
import textwrap
from collections.abc import Mapping
from typing import Any

from interop.read.words import ProgramError, shown

MAX_CHARACTERS = 4000
MAX_NODES = 2000
MAX_DEPTH = 25

MAX_READS = 10_000
MAX_NAMES = 10
"""Names may stand for names, so many deep; a list of lists of lists by name would never end otherwise."""


@dataclasses.dataclass(frozen=True)
class Called:
    """A call that was written down: the dotted name, what stands first, and what is given by name."""

    name: str
    first: tuple[Any, ...] = ()
    named: Mapping[str, Any] = dataclasses.field(default_factory=dict)


@dataclasses.dataclass(frozen=True)
class Other:
    """Anything that is no literal and no call, as its text."""

    text: str

    def __repr__(self) -> str:
        return self.text


@dataclasses.dataclass(frozen=True)
class Sum:
    """Two numbers with a plus between."""

    one: float
    other: float

    def __repr__(self) -> str:
        return f"{self.one!r} + {self.other!r}"


def parsed(text: str) -> list[ast.stmt]:
    """The statements of a text.

    Raises:
        ProgramError: if it is empty, too long or too deep, or no Python.
    """
    if not text.strip():
        raise ProgramError("Paste a line, for example keras.optimizers.Adam(learning_rate=0.01). Received: nothing.")
    if len(text) > MAX_CHARACTERS:
        raise ProgramError(
            f"A pasted text has at most {MAX_CHARACTERS} letters. Received: {len(text)}. Its line is enough."
        )
    try:
        tree = ast.parse(textwrap.dedent(text).strip().removesuffix(","))
    except SyntaxError as wrong:
        line = f", line {wrong.lineno}" if wrong.lineno else ""
        raise ProgramError(f"This is not Python: {wrong.msg}{line}. Are all brackets closed?") from None
    except (ValueError, MemoryError, RecursionError):
        raise ProgramError("This is not Python that can be read. Paste the optimizer's line alone.") from None
    _check_size(tree)
    return tree.body


def _check_size(tree: ast.AST) -> None:
    layer: list[ast.AST] = [tree]
    count = depth = 0
    while layer:
        count, depth = count + len(layer), depth + 1
        if depth > MAX_DEPTH or count > MAX_NODES:
            raise ProgramError("This is nested too deep or too long to be read. Paste the optimizer's line alone.")
        layer = [child for node in layer for child in ast.iter_child_nodes(node)]


def source(node: ast.AST) -> str:
    """A part of the text as one would write it, on one line."""
    return " ".join(ast.unparse(node).split())


def dotted(node: ast.AST) -> str | None:
    """`a.b.c` as a word; None if it is anything else."""
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute):
        before = dotted(node.value)
        return None if before is None else f"{before}.{node.attr}"
    return None


class Values:
    """Reads values out of a tree, with names replaced by what was assigned to them."""

    def __init__(self) -> None:
        self.assigned: dict[str, ast.expr] = {}
        self.imported: dict[str, str] = {}
        self.functions: dict[str, Any] = {}
        self.reads = 0

    def name(self, node: ast.AST) -> str | None:
        """A dotted word with imports written out: `optim.SGD` is `torch.optim.SGD`."""
        word = dotted(node)
        if word is None:
            return None
        head, dot, rest = word.partition(".")
        return self.imported.get(head, head) + dot + rest

    def read(self, node: ast.AST, within: tuple[str, ...] = ()) -> Any:
        """A literal, a list, a call, or the text of anything else; `within` are the names being looked up."""
        self.reads += 1
        if self.reads > MAX_READS:
            raise ProgramError("The names in this stand for too much to be read. Paste the optimizer's line alone.")
        if isinstance(node, ast.Constant):
            return _constant(node)
        if isinstance(node, (ast.UnaryOp, ast.BinOp)):
            return self._sum(node)
        if isinstance(node, (ast.List, ast.Tuple)):
            return tuple(self.read(entry, within) for entry in node.elts)
        if isinstance(node, ast.Dict):
            return self._pairs(node, within)
        if isinstance(node, ast.Call):
            return self._call(node, within)
        if isinstance(node, ast.Name) and node.id in self.functions:
            return self.functions[node.id]
        if isinstance(node, ast.Name) and node.id in self.assigned and len(within) < MAX_NAMES:
            return self.read(self.assigned[node.id], (*within, node.id))
        return Other(self.name(node) or source(node))

    def _sum(self, node: ast.UnaryOp | ast.BinOp) -> Any:
        """A signed number, or a sum of two; of other arithmetic only the text."""
        if isinstance(node, ast.UnaryOp):
            value: Any = self.read(node.operand) if isinstance(node.operand, ast.Constant) else None
            if is_number(value) and isinstance(node.op, (ast.USub, ast.UAdd)):
                return -value if isinstance(node.op, ast.USub) else value
        elif isinstance(node.op, ast.Add) and isinstance(node.left, ast.Constant):
            one, other = self.read(node.left), self.read(node.right)
            if is_number(one) and is_number(other):
                return Sum(one, other)
        return Other(source(node))

    def _pairs(self, node: ast.Dict, within: tuple[str, ...]) -> Any:
        keys = [None if key is None else self.read(key, within) for key in node.keys]
        if not all(isinstance(key, (int, float, str)) for key in keys):
            return Other(source(node))
        return dict(zip(keys, [self.read(value, within) for value in node.values], strict=True))

    def _call(self, node: ast.Call, within: tuple[str, ...]) -> Any:
        name = self.name(node.func)
        if name is None:
            return Other(source(node))
        starred = [entry for entry in node.args if isinstance(entry, ast.Starred)]
        if starred or any(keyword.arg is None for keyword in node.keywords):
            raise ProgramError(f"Stars cannot be read. Received: {shown(source(node))}. Write the arguments out.")
        first = tuple(self.read(entry, within) for entry in node.args)
        return Called(name, first, {keyword.arg or "": self.read(keyword.value, within) for keyword in node.keywords})


def _constant(node: ast.Constant) -> Any:
    plain = node.value is None or isinstance(node.value, (bool, int, float, str))
    return node.value if plain else Other(source(node))


def is_number(value: Any) -> bool:
    """Whether it is an int or a float."""
    return isinstance(value, (int, float)) and not isinstance(value, bool)
