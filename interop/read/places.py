"""The place of a call in a text: its condition, its loop, and the calls before and after it."""

import ast
import dataclasses
import operator
import re
from collections.abc import Callable, Iterator
from functools import cached_property
from typing import Any

from interop.read.bindings import Bindings, place
from interop.read.fitting import COMPARISONS
from interop.read.tree import Other, Values, dotted, is_number, source
from interop.read.words import Notes

FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)
LOOPS = (ast.For, ast.AsyncFor, ast.While)
CONDITIONS = (ast.If, ast.IfExp, ast.Match, ast.ExceptHandler, ast.BoolOp)

MAX_HELPERS = 4
"""The depth to which functions that call functions are followed."""

ALWAYS = re.compile(r"__name__ ==|^(True|1)$")
ABOUT_DEVICES = re.compile(r"scaler|amp|fp16|half|cuda|gpu|device|train|phase|mode")
"""Conditions that choose between two ways of one step: training or not, with half precision or not."""


@dataclasses.dataclass
class Step:
    """A call that takes a step: the dotted word of the thing that steps, and the call."""

    word: str
    call: ast.Call


class Places:
    """The calls of a text, and how they are placed with respect to each other."""

    def __init__(self, body: list[ast.stmt], bindings: Bindings) -> None:
        self.body, self.bindings = body, bindings
        self.guards: dict[ast.AST, ast.If] = {}
        self.parents: dict[ast.AST, ast.AST] = {}
        for node in (node for statement in body for node in ast.walk(statement)):
            self.parents.update(dict.fromkeys(ast.iter_child_nodes(node), node))

    def around(self, node: ast.AST) -> Iterator[tuple[ast.AST, ast.AST]]:
        """The nodes around a node, from the inside out up to the function; each with its child that holds the node."""
        child = node
        while (parent := self.parents.get(child)) is not None and not isinstance(parent, FUNCTIONS):
            yield parent, child
            child = parent

    def place_of(self, node: ast.AST) -> ast.AST | None:
        """The node where a line takes effect; None if it is in a function that nothing calls.

        It is the node itself, or the only call of its function if that function takes no step.
        """
        for _ in range(MAX_HELPERS):
            function = self.function(node)
            if not isinstance(function, FUNCTIONS[:2]) or any(self.holds(function, step.call) for step in self.steps):
                return node
            if any(self.holds(function, call) for call in self.backwards) or not self.steps:
                return node
            calls = [call for call in self.calls if (dotted(call.func) or "").rpartition(".")[2] == function.name]
            # a function that is called in several places acts in its own place, whichever that is
            if len(calls) != 1:
                return node if calls else None
            node = calls[0]
        return node

    def function(self, node: ast.AST) -> ast.AST | None:
        """The function that a node stands in; None on the outside."""
        while (node := self.parents.get(node)) is not None and not isinstance(node, FUNCTIONS):  # type: ignore[assignment]
            pass
        return node

    def statement(self, node: ast.AST) -> ast.AST:
        """The statement that holds a node."""
        while not isinstance(node, ast.stmt):
            node = self.parents[node]
        return node

    def loop(self, node: ast.AST) -> ast.AST | None:
        """The innermost loop around a node, or else its function; None at the top level."""
        child = node
        while (parent := self.parents.get(child)) is not None:
            if isinstance(parent, (*LOOPS, *FUNCTIONS)):
                return parent
            child = parent
        return None

    def condition(self, node: ast.AST) -> ast.AST | None:
        """The innermost condition that decides whether a node runs; None if it always runs."""
        for parent, child in self.around(node):
            if (guard := self._guard(parent, child)) is not None:
                return guard
            if self.is_decided(parent):
                continue
            if not isinstance(parent, CONDITIONS) or child is getattr(parent, "test", None):
                continue
            # the first operand of `and` and `or` always runs
            if isinstance(parent, ast.BoolOp) and child is parent.values[0]:
                continue
            if not ALWAYS.search(test_of(parent)) and not self._is_true(parent, child):
                return parent
        return None

    def is_decided(self, condition: ast.AST) -> bool:
        """Whether written values say which branch is run; the other is not read."""
        return isinstance(condition, (ast.If, ast.IfExp)) and place(condition) in self.bindings.decided

    def _guard(self, parent: ast.AST, child: ast.AST) -> ast.If | None:
        """The condition that an earlier `continue` puts on a statement, or None.

        `if i % 4: continue` is read as `if not i % 4:` around everything that follows in the loop.
        """
        body = getattr(parent, "body", [])
        if not isinstance(child, ast.stmt) or child not in body or self.loop(child) is None:
            return None
        for at, statement in enumerate(body[: body.index(child)]):
            if isinstance(statement, ast.If) and isinstance(statement.body[-1], ast.Continue) and not statement.orelse:
                test = ast.UnaryOp(ast.Not(), statement.test)
                return self.guards.setdefault(statement, ast.If(test, body[at + 1 :], []))
        return None

    def _is_true(self, condition: ast.AST, child: ast.AST) -> bool:
        """Whether a condition compares written numbers, is true, and holds `child` in its body."""
        match condition:
            case ast.If(test=ast.Compare(left=left, ops=[op], comparators=[right]), body=body) if child in body:
                one, other = (self._number(side) for side in (left, right))
                compare = COMPARISONS.get(type(op))
                return compare is not None and one is not None and other is not None and compare(one, other)
        return False

    def _number(self, node: ast.expr) -> float | None:
        behind = self.bindings.constants.get(dotted(node) or "", node)
        return float(behind.value) if isinstance(behind, ast.Constant) and is_number(behind.value) else None  # type: ignore[arg-type]

    def holds(self, outer: ast.AST, node: ast.AST) -> bool:
        """Whether `outer` holds `node`."""
        if outer in self.guards.values():
            return any(self.holds(statement, node) for statement in outer.body)  # type: ignore[attr-defined]
        while node is not outer:
            if (above := self.parents.get(node)) is None:
                return False
            node = above
        return True

    @cached_property
    def calls(self) -> list[ast.Call]:
        """All calls of the text, in the order of its lines."""
        calls = [node for statement in self.body for node in ast.walk(statement) if isinstance(node, ast.Call)]
        return sorted(calls, key=position)

    @cached_property
    def backwards(self) -> list[ast.Call]:
        """The calls that compute gradients: `loss.backward()`, `scaler.scale(loss).backward()`."""
        return [call for call in self.calls if isinstance(call.func, ast.Attribute) and call.func.attr == "backward"]

    @cached_property
    def steps(self) -> list[Step]:
        """The calls that take a step. For `scaler.step(optimizer)` the word is the optimizer's."""
        steps = []
        for call in self.calls:
            word = dotted(call.func) or ""
            if word.endswith(".apply_gradients"):
                steps.append(Step(word.removesuffix(".apply_gradients"), call))
            elif word.endswith(".update") and len(call.args) > 1:  # Optax's
                steps.append(Step(word.removesuffix(".update"), call))
            if not isinstance(call.func, ast.Attribute) or call.func.attr != "step":
                continue
            before = word.removesuffix(".step")
            if call.args and re.search(r"scaler|xm$|accelerator", before):
                before = dotted(call.args[0]) or ""
            elif not word:
                before = source(call.func.value)
            steps.append(Step(before, call))
        return steps


def position(node: ast.AST) -> tuple[int, int]:
    return getattr(node, "end_lineno", 0), getattr(node, "end_col_offset", 0)


def test_of(node: ast.AST) -> str:
    """The test of a condition as it is written."""
    match node:
        case ast.If(test=test) | ast.IfExp(test=test):
            return source(test)
        case ast.BoolOp(values=[first, *_]):
            return source(first)
        case ast.Match(subject=subject):
            return source(subject)
    return "an error"


COMPARES: dict[type, Callable[[Any, Any], bool]] = {
    ast.Eq: operator.eq,
    ast.NotEq: operator.ne,
    ast.Lt: operator.lt,
    ast.LtE: operator.le,
    ast.Gt: operator.gt,
    ast.GtE: operator.ge,
    ast.Is: operator.is_,
    ast.IsNot: operator.is_not,
    ast.In: lambda one, several: one in several,
    ast.NotIn: lambda one, several: one not in several,
}


def decided(test: ast.expr, values: Values, notes: Notes) -> bool | None:
    """Whether a condition holds, by the values that are written in the text; None where they do not say."""
    before = [*values.remarks]
    values.remarks.clear()
    holds = _holds(test, values)
    if holds is not None:  # such as that a default was taken
        notes += [remark for remark in values.remarks if remark not in notes]
    values.remarks[:] = before
    return holds


def _holds(test: ast.expr, values: Values) -> bool | None:
    match test:
        case ast.Compare(left=ast.Name(id="__name__"), ops=[ast.Eq()]):
            return True
        case ast.UnaryOp(op=ast.Not(), operand=operand):
            inner = _holds(operand, values)
            return None if inner is None else not inner
        case ast.BoolOp(op=op, values=entries):
            parts = [_holds(entry, values) for entry in entries]
            ends = isinstance(op, ast.Or)
            return ends if ends in parts else None if None in parts else not ends
        case ast.Compare(left=left, ops=[op], comparators=[right]):
            one, other = values.read(left), values.read(right)
            return _compared(type(op), one, other)
    value = values.read(test)
    return bool(value) if _is_plain(value) else None


def _compared(kind: type, one: Any, other: Any) -> bool | None:
    if not _is_plain(one) or kind not in COMPARES:
        return None
    if kind in (ast.In, ast.NotIn):
        is_known = isinstance(other, tuple) and all(map(_is_plain, other))
        return COMPARES[kind](one, other) if is_known else None
    if not _is_plain(other) or (kind in (ast.Is, ast.IsNot) and one is not None and other is not None):
        return None
    try:
        return COMPARES[kind](one, other)
    except TypeError:
        return None


def _is_plain(value: Any) -> bool:
    """Whether it is a number, a word, a truth or nothing, as it is written."""
    return not isinstance(value, Other) and (value is None or is_number(value) or isinstance(value, (bool, str)))
