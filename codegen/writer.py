"""Walks the equations of a trace and writes a line or a loop for each."""

import dataclasses
import itertools
import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

import numpy as np

from codegen.elementwise import HELPERS, expression
from codegen.values import UNROLLED, Filled, Index, Names, View, contiguous, digits


@dataclasses.dataclass
class Loop:
    """A loop over n places in which several equations are worked out together, each number once.

    `before` declares what the loop fills or sums up; `outputs` are the names that have no value until it has ended.
    """

    size: int
    index: str
    before: list[str]
    body: list[str]
    outputs: set[str]


@dataclasses.dataclass
class Local:
    """An array that is worked out place by place inside a loop, and stored only if something else wants it."""

    shape: tuple[int, ...]
    loop: Loop
    name: str
    stored: View | None = None


Value = Names | Filled | View | Local
Line = str | Loop
Rule = Callable[["Writer", Any, list[Value]], list[Value]]
"""Writes one equation: given the writer, the equation and its operands, the results."""


class Writer:
    """Writes the body of a function, equation by equation.

    An equation of small arrays becomes a line a number. One that goes place by place through a long array joins the
    loop that is open, if that has as many places; whatever wants an array whole, or a sum, closes the loop.
    """

    def __init__(self, owner: str, rules: Mapping[str, Rule]) -> None:
        """Begin with nothing.

        Args:
            owner: who is named where a primitive is not known.
            rules: how those primitives are written that do not go number by number.
        """
        self.owner, self.rules = owner, rules
        self.lines: list[Line] = []
        self.open: Loop | None = None
        self.numbers: Iterator[int] = itertools.count()
        self.helpers: set[str] = set()
        self.constants: list[str] = []

    # names and lines

    def name(self, letter: str = "v") -> str:
        """A name that nothing else has."""
        return f"{letter}{next(self.numbers)}"

    def let(self, text: str) -> str:
        """A line that gives an expression a name; names and digits keep theirs."""
        if text.replace("_", "").replace(".", "").isalnum():
            return text
        name = self.name()
        self.lines.append(f"const {name} = {text};")
        return name

    def close(self) -> None:
        """End the loop that is open."""
        if self.open is not None:
            self.lines.append(self.open)
            self.open = None

    def loop_of(self, size: int) -> Loop:
        """The open loop if it has that many places, or a new one."""
        if self.open is None or self.open.size != size:
            self.close()
            self.open = Loop(size, self.name("i"), [], [], set())
        return self.open

    def unknown(self, name: str, params: dict[str, Any] | None = None) -> NotImplementedError:
        """The error for a primitive that is not written in JavaScript."""
        return NotImplementedError(f"{self.owner} uses `{name}`, which is not written in JavaScript yet.")

    # values

    def whole(self, value: Value) -> Names | Filled | View:
        """A value that can be read at any index: what a loop works out is stored, and the loop closed."""
        if isinstance(value, Names):
            if self.open and not self.open.outputs.isdisjoint(map(str, value.atoms.ravel())):
                self.close()
            return value
        if isinstance(value, Filled):
            if self.open and value.atom in self.open.outputs:
                self.close()
            return value
        if not isinstance(value, Local):
            return value
        if value.loop is self.open:
            self.close()
        if value.stored is None:
            array = self.name("a")
            value.loop.before.append(f"const {array} = new Float64Array({value.loop.size});")
            value.loop.body.append(f"{array}[{value.loop.index}] = {value.name};")
            value.stored = View(array, value.shape, contiguous(value.shape))
        return value.stored

    def array(self, value: Value) -> View:
        """A value as a view of an array, also a small one."""
        value = self.whole(value)
        if isinstance(value, View):
            return value
        name = self.name("a")
        if isinstance(value, Filled):
            self.lines.append(f"const {name} = new Float64Array({math.prod(value.shape)}).fill({value.atom});")
        else:
            self.lines.append(f"const {name} = Float64Array.of({', '.join(map(str, value.atoms.ravel()))});")
        return View(name, value.shape, contiguous(value.shape))

    def row_by_row(self, value: Value) -> View:
        """A value as an array of its own, from its beginning and row by row."""
        view = self.array(value)
        if view.is_whole:
            return view
        copied = self.filled(view.shape, view.at, small=False)
        assert isinstance(copied, View)
        return copied

    def small(self, value: Value) -> Names:
        """A value of few numbers, each by name."""
        value = self.whole(value)
        if isinstance(value, Names):
            return value
        atoms = np.empty(value.shape, dtype=object)
        for index in np.ndindex(value.shape):
            atoms[index] = self.let(value.at(*index))
        return Names(atoms)

    def at(self, value: Names | Filled | View, *index: Index) -> str:
        """The number at an index, parts of which may be expressions; a small array is made one where they are."""
        if isinstance(value, Names) and not all(isinstance(part, int) for part in index):
            return self.array(value).at(*index)
        return value.at(*index)

    def filled(self, shape: tuple[int, ...], at: Callable[..., str], small: bool = True) -> Names | View:
        """The array whose number at (i, j, …) is the expression `at(i, j, …)`: by name, or by loops within loops."""
        self.close()
        if small and math.prod(shape) <= UNROLLED:
            atoms = np.empty(shape, dtype=object)
            for index in np.ndindex(shape):
                atoms[index] = self.let(at(*index))
            return Names(atoms)
        view = View(self.name("a"), shape, contiguous(shape))
        self.lines.append(f"const {view.name} = new Float64Array({math.prod(shape)});")
        with_index = self.loops(shape)
        self.lines.append(f"{view.at(*with_index)} = {at(*with_index)};")
        self.lines += ["}"] * len(shape)
        return view

    def loops(self, shape: Sequence[int]) -> list[str]:
        """Open a loop for each axis; the names of their indices. Who calls closes them with as many brackets."""
        names = [self.name("i") for _ in shape]
        self.lines += [f"for (let {i} = 0; {i} < {size}; {i}++) {{" for i, size in zip(names, shape, strict=True)]
        return names

    # equations

    def elementwise(self, equation: Any, values: list[Value]) -> Value:
        """An equation that goes number by number."""
        result, name = equation.outvars[0].aval, equation.primitive.name
        kinds = [str(variable.aval.dtype) for variable in equation.invars]

        def text(*operands: str) -> str:
            written = expression(name, list(operands), equation.params, kinds, str(result.dtype))
            if written is None:
                raise self.unknown(name)
            self.helpers |= {helper for helper in HELPERS if f"{helper}(" in written}
            return written

        size = math.prod(result.shape)
        if size <= UNROLLED:
            spread = [np.broadcast_to(self.small(value).atoms, result.shape) for value in values]
            atoms = np.empty(result.shape, dtype=object)
            for index in np.ndindex(result.shape):
                atoms[index] = self.let(text(*(str(operand[index]) for operand in spread)))
            return Names(atoms)
        return self.place_by_place(result.shape, values, text)

    def place_by_place(self, shape: tuple[int, ...], values: list[Value], text: Callable[..., str]) -> Value:
        """A long array whose numbers are an expression of those of other arrays at the same place, or of one number."""
        size = math.prod(shape)
        values = [self.readable(self.stretched(value, shape)) for value in values]
        loop = self.loop_of(size)
        name = self.name()
        loop.body.append(f"const {name} = {text(*(self.in_loop(value, loop) for value in values))};")
        return Local(shape, loop, name)

    def stretched(self, value: Value, shape: tuple[int, ...]) -> Value:
        """A value whose axes of one place count for all places of the result's, as in NumPy."""
        sizes = tuple(value.shape)
        if sizes == shape or math.prod(sizes) in (1, math.prod(shape)):
            return value
        view = self.array(value)
        strides = (0 if size == 1 else stride for size, stride in zip(sizes, view.strides, strict=True))
        return View(view.name, shape, tuple(strides), view.offset)

    def readable(self, value: Value) -> Value:
        """A value that a loop over all its places can read: one index is enough, or it is a local of the open loop."""
        if isinstance(value, Local) and value.loop is self.open:
            return value
        value = self.whole(value)
        if isinstance(value, Names) and math.prod(value.shape) > 1:
            return self.array(value)
        if isinstance(value, View) and _single_stride(value) is None:
            return self.row_by_row(value)
        return value

    def in_loop(self, value: Value, loop: Loop) -> str:
        """How a loop reads a `readable` value at its own place."""
        if isinstance(value, Local):
            return value.name if value.loop is loop else self.in_loop(self.whole(value), loop)
        if isinstance(value, Names):
            return str(value.atoms.ravel()[0])
        if isinstance(value, Filled):
            return value.atom
        stride = _single_stride(value)
        assert stride is not None
        return View(value.name, (loop.size,), (stride,), value.offset).at(loop.index)

    def run(self, jaxpr: Any, constants: Sequence[Any], arguments: Sequence[Value]) -> list[Value]:
        """Write all equations of a trace; the values of its results."""
        known: dict[Any, Value] = {}
        known.update(zip(jaxpr.constvars, (self.constant(constant) for constant in constants), strict=True))
        known.update(zip(jaxpr.invars, arguments, strict=True))

        def read(variable: Any) -> Value:
            return self.constant(variable.val) if hasattr(variable, "val") else known[variable]

        for equation in jaxpr.eqns:
            values, name = [read(variable) for variable in equation.invars], equation.primitive.name
            inner = next((equation.params[key] for key in INNER if key in equation.params), None)
            if name in self.rules:
                results = self.rules[name](self, equation, values)
            elif inner is not None and hasattr(inner, "eqns"):
                results = self.run(inner, (), values)
            elif inner is not None and hasattr(inner, "jaxpr"):
                results = self.run(inner.jaxpr, inner.consts, values)
            elif len(equation.outvars) == 1:
                results = [self.elementwise(equation, values)]
            else:
                raise self.unknown(name)
            known.update(zip(equation.outvars, results, strict=True))
        return [read(variable) for variable in jaxpr.outvars]

    def constant(self, value: Any) -> Value:
        """A number or an array that is known when the program is written; long ones are made once, outside of it."""
        array = np.asarray(value)
        if array.size <= UNROLLED:
            atoms = np.empty(array.shape, dtype=object)
            for index in np.ndindex(array.shape):
                atoms[index] = digits(array[index])
            return Names(atoms)
        flat = array.ravel()
        if (flat == flat[0]).all():
            return Filled(array.shape, digits(flat[0]))
        name = self.name("c")
        self.constants.append(f"const {name} = new Float64Array([{', '.join(map(digits, flat))}]);")
        return View(name, array.shape, contiguous(array.shape))


INNER = ("jaxpr", "call_jaxpr", "fun_jaxpr")
"""Parameters of an equation that hold a trace which is written in its place."""


def _single_stride(view: View) -> int | None:
    """The step from one place to the next, row by row, if it is the same all along; else None."""
    axes = [(size, stride) for size, stride in zip(view.shape, view.strides, strict=True) if size > 1]
    if not axes:
        return 0
    step = axes[-1][1]
    expected = step
    for size, stride in reversed(axes):
        if stride != expected:
            return None
        expected = stride * size
    return step


def rendered(lines: Sequence[Line]) -> Iterator[str]:
    """The lines, those of loops at their place."""
    for line in lines:
        if isinstance(line, str):
            yield line
        else:
            yield from line.before
            yield f"for (let {line.index} = 0; {line.index} < {line.size}; {line.index}++) {{"
            yield from line.body
            yield "}"
