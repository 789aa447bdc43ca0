"""A function of Python, traced by JAX and written as a function of JavaScript."""

import dataclasses
import math
from collections.abc import Callable
from typing import Any

import jax
import numpy as np

from codegen.control import CONTROL
from codegen.elementwise import HELPERS
from codegen.lookups import LOOKUPS
from codegen.moves import MOVES
from codegen.sums import SUMS
from codegen.values import UNROLLED, Names, View, contiguous
from codegen.writer import Value, Writer, rendered
from records import Record


@dataclasses.dataclass(frozen=True)
class Program:
    """A function in JavaScript.

    * `source`: a function expression. It takes one argument for each leaf of the examples, a number for a scalar and a
      `Float64Array`, row by row, for an array, and returns an array with one entry of the same kind for each leaf of
      the result. Truth values are the numbers 0 and 1.
    * `arguments` and `results`: their shapes, () for a number.
    """

    source: str
    arguments: tuple[tuple[int, ...], ...]
    results: tuple[tuple[int, ...], ...]


def javascript(function: Callable[..., Any], *examples: Any) -> Program:
    """A function of Python as a program of JavaScript that gives the same numbers.

    The function is traced once, by `jax.make_jaxpr`; the trace is written out, equation by equation. Nothing of a text
    that a person typed gets into it: only known primitives, numbers, and names that are made here.

    Args:
        function: what JAX can trace.
        examples: arguments of the shapes and kinds that it will get: numbers, arrays, records, trees of them. Only
            their leaves are arguments of the program; all else, as a record's switches, is written into it.

    Raises:
        NotImplementedError: for a primitive that is not written in JavaScript; it names it, and the record.

    >>> javascript(lambda x, y: x * y + 1.0, 2.0, 3.0).source
    '(p0, p1) => {\\nconst v0 = (p0 * p1);\\nconst v1 = (v0 + 1);\\nreturn [v1];\\n}'
    """
    leaves, tree = jax.tree.flatten(examples)

    def flat(*leaves: Any) -> Any:
        return jax.tree.leaves(function(*jax.tree.unflatten(tree, leaves)))

    traced = jax.make_jaxpr(flat)(*leaves)
    writer = Writer(_owner(function, examples), {**CONTROL, **LOOKUPS, **MOVES, **SUMS})
    parameters, values = [], []
    for place, variable in enumerate(traced.jaxpr.invars):
        shape = tuple(variable.aval.shape)
        parameters.append(f"p{place}")
        values.append(_argument(writer, f"p{place}", shape))
    results = [_result(writer, value) for value in writer.run(traced.jaxpr, traced.consts, values)]
    writer.close()
    body = "\n".join([*rendered(writer.lines), f"return [{', '.join(results)}];"])
    written = f"({', '.join(parameters)}) => {{\n{body}\n}}"
    above = [HELPERS[helper] for helper in sorted(writer.helpers)] + writer.constants
    if above:
        written = "(() => {\n" + "\n".join(above) + f"\nreturn {written};\n}})()"
    shapes = (tuple(variable.aval.shape) for variable in traced.jaxpr.invars)
    return Program(written, tuple(shapes), tuple(tuple(variable.aval.shape) for variable in traced.jaxpr.outvars))


def _owner(function: Callable[..., Any], examples: Any) -> str:
    """Who is named where a primitive is not known: the records among the examples, or the function."""
    is_record = lambda part: isinstance(part, Record)  # noqa: E731
    records = [part for part in jax.tree.leaves(examples, is_leaf=is_record) if isinstance(part, Record)]
    names = [str(getattr(type(part), "title", type(part).__name__)) for part in records]
    return " with ".join(names) or getattr(function, "__name__", "This function")


def _argument(writer: Writer, name: str, shape: tuple[int, ...]) -> Value:
    if shape == ():
        return Names(np.array(name, dtype=object))
    view = View(name, shape, contiguous(shape))
    return writer.small(view) if math.prod(shape) <= UNROLLED else view


def _result(writer: Writer, value: Value) -> str:
    """What is handed back of a value: a number, or a Float64Array of its own."""
    shape = tuple(value.shape)
    if shape == ():
        return str(writer.small(value).atoms.ravel()[0])
    if math.prod(shape) <= UNROLLED:
        return f"Float64Array.of({', '.join(map(str, writer.small(value).atoms.ravel()))})"
    view = writer.row_by_row(value)
    return f"{view.name}.slice()"
