"""Primitives that join many numbers into one: sums, products, the largest, and products of matrices."""

import math
from collections.abc import Callable
from typing import Any

import numpy as np

from codegen.moves import is_small, result_shape, shape_of
from codegen.values import UNROLLED, Index, Names, View, contiguous
from codegen.writer import Local, Rule, Value, Writer

REDUCED = {
    "reduce_sum": ("0", "{0} + {1}"),
    "reduce_prod": ("1", "{0} * {1}"),
    "reduce_max": ("-Infinity", "Math.max({0}, {1})"),
    "reduce_min": ("Infinity", "Math.min({0}, {1})"),
    "reduce_and": ("1", "{0} & {1}"),
    "reduce_or": ("0", "{0} | {1}"),
}


"""Where each begins, and how a number joins."""


def _reduce(writer: Writer, equation: Any, values: list[Value]) -> list[Value]:
    value, axes = values[0], tuple(equation.params["axes"])
    first, join = REDUCED[equation.primitive.name]
    sizes, shape = shape_of(value), result_shape(equation)
    if math.prod(sizes) > UNROLLED and math.prod(sizes[axis] for axis in axes) == math.prod(sizes):
        return [_summed_in_loop(writer, value, shape, first, join)]
    whole = writer.whole(value)
    others = [axis for axis in range(len(sizes)) if axis not in axes]

    def parts(outer: tuple[Index, ...], reduced: tuple[Index, ...]) -> str:
        index: list[Index] = [0] * len(sizes)
        for axis, at in (*zip(others, outer, strict=True), *zip(axes, reduced, strict=True)):
            index[axis] = at
        return writer.at(whole, *index)

    return [_folded(writer, shape, [sizes[axis] for axis in axes], first, join, parts)]


def _summed_in_loop(writer: Writer, value: Value, shape: tuple[int, ...], first: str, join: str) -> Value:
    """All numbers of a long array joined into one, in the loop that works them out."""
    value = writer.readable(value)
    loop = writer.loop_of(math.prod(shape_of(value)))
    total = writer.name("s")
    loop.before.append(f"let {total} = {first};")
    loop.body.append(f"{total} = {join.format(total, writer.in_loop(value, loop))};")
    loop.outputs.add(total)
    return Names(np.full(shape, total, dtype=object))


def _folded(
    writer: Writer, shape: tuple[int, ...], sizes: list[int], first: str, join: str, part: Callable[..., str]
) -> Value:
    """For each index of the result, the parts joined: unrolled where they are few, else by a loop for each axis."""
    if is_small(shape) and math.prod(sizes) <= UNROLLED:
        atoms = np.empty(shape, dtype=object)
        for outer in np.ndindex(shape):
            total = ""
            for reduced in np.ndindex(*sizes):
                text = part(outer, reduced)
                total = f"({join.format(total, text)})" if total else text
            atoms[outer] = writer.let(total or first)
        return Names(atoms)
    writer.close()
    view = View(writer.name("a"), shape, contiguous(shape))
    writer.lines.append(f"const {view.name} = new Float64Array({math.prod(shape)});")
    names = writer.loops(shape)
    total = writer.name("s")
    writer.lines.append(f"let {total} = {first};")
    inner = writer.loops(sizes)
    writer.lines.append(f"{total} = {join.format(total, part(tuple(names), tuple(inner)))};")
    writer.lines += ["}"] * len(sizes)
    writer.lines += [f"{view.at(*names)} = {total};", *["}"] * len(shape)]
    return writer.small(view) if is_small(shape) else view


def _dot(writer: Writer, equation: Any, values: list[Value]) -> list[Value]:
    (left_axes, right_axes), (left_batch, right_batch) = equation.params["dimension_numbers"]
    shape, sizes = result_shape(equation), [shape_of(values[0])[axis] for axis in left_axes]
    left_free = [axis for axis in range(len(shape_of(values[0]))) if axis not in (*left_axes, *left_batch)]
    right_free = [axis for axis in range(len(shape_of(values[1]))) if axis not in (*right_axes, *right_batch)]
    if not left_batch and math.prod(sizes) > UNROLLED and is_small(shape) and len(sizes) == 1:
        return [_dot_in_loop(writer, values, (left_axes[0], right_axes[0]), (left_free, right_free), shape)]
    left, right = writer.whole(values[0]), writer.whole(values[1])

    def part(outer: tuple[Index, ...], reduced: tuple[Index, ...]) -> str:
        batch, rest = outer[: len(left_batch)], outer[len(left_batch) :]
        at_left: list[Index] = [0] * len(left.shape)
        at_right: list[Index] = [0] * len(right.shape)
        for axis, at in (*zip(left_batch, batch, strict=True), *zip(left_free, rest, strict=False)):
            at_left[axis] = at
        for axis, at in (*zip(right_batch, batch, strict=True), *zip(right_free, rest[len(left_free) :], strict=True)):
            at_right[axis] = at
        for axis_left, axis_right, at in zip(left_axes, right_axes, reduced, strict=True):
            at_left[axis_left] = at_right[axis_right] = at
        return f"{writer.at(left, *at_left)} * {writer.at(right, *at_right)}"

    if not is_small(shape) and math.prod(sizes) <= UNROLLED and len(shape) == 1 and not left_batch:
        # a row at a time, in the loop over the rows
        left, right = (value if isinstance(value, Names) else writer.array(value) for value in (left, right))
        loop = writer.loop_of(shape[0])
        name = writer.name()
        products = [part((loop.index,), reduced) for reduced in np.ndindex(*sizes)]
        loop.body.append(f"const {name} = {' + '.join(products) or '0'};")
        return [Local(shape, loop, name)]
    # small arrays that are read at an index of a loop are made arrays before that
    if not (is_small(shape) and math.prod(sizes) <= UNROLLED):
        left, right = writer.array(left), writer.array(right)
    return [_folded(writer, shape, sizes, "0", "{0} + {1}", part)]


def _dot_in_loop(
    writer: Writer,
    values: list[Value],
    axes: tuple[int, int],
    free: tuple[list[int], list[int]],
    shape: tuple[int, ...],
) -> Value:
    """A product over many rows with few results: each is a sum in the loop over the rows."""
    sides: list[Value] = []
    for value in values:
        is_local = isinstance(value, Local) and value.loop is writer.open and len(shape_of(value)) == 1
        sides.append(value if is_local else writer.whole(value))
    size = shape_of(values[0])[axes[0]]
    if any(isinstance(side, Local) and side.loop.size != size for side in sides):
        sides = [writer.whole(side) for side in sides]
    sides = [writer.array(side) if isinstance(side, Names) else side for side in sides]
    loop = writer.loop_of(size)
    sides = [side if isinstance(side, Local) and side.loop is loop else writer.whole(side) for side in sides]

    def read(side: Value, axis: int, others: list[int], outer: tuple[int, ...]) -> str:
        if isinstance(side, Local):
            return side.name
        index: list[Index] = [0] * len(shape_of(side))
        index[axis] = loop.index
        for other, at in zip(others, outer, strict=True):
            index[other] = at
        assert not isinstance(side, Local)
        return side.at(*index)

    atoms = np.empty(shape, dtype=object)
    for outer in np.ndindex(shape):
        total = writer.name("s")
        loop.before.append(f"let {total} = 0;")
        left = read(sides[0], axes[0], free[0], outer[: len(free[0])])
        right = read(sides[1], axes[1], free[1], outer[len(free[0]) :])
        loop.body.append(f"{total} += {left} * {right};")
        loop.outputs.add(total)
        atoms[outer] = total
    return Names(atoms)


CUMULATED = {
    "cumsum": "{0} + {1}",
    "cumprod": "{0} * {1}",
    "cummax": "Math.max({0}, {1})",
    "cummin": "Math.min({0}, {1})",
}


"""How each joins what came before and the next number."""


def _cumulate(writer: Writer, equation: Any, values: list[Value]) -> list[Value]:
    axis, shape, reverse = equation.params["axis"], result_shape(equation), equation.params["reverse"]
    source = writer.array(values[0])
    writer.close()
    view = View(writer.name("a"), shape, contiguous(shape))
    writer.lines.append(f"const {view.name} = new Float64Array({math.prod(shape)});")
    others = writer.loops([size for at, size in enumerate(shape) if at != axis])
    total, step = writer.name("s"), writer.name("i")
    writer.lines += [f"let {total};", f"for (let {step} = 0; {step} < {shape[axis]}; {step}++) {{"]
    place = f"({shape[axis] - 1} - {step})" if reverse else step
    index = (*others[:axis], place, *others[axis:])
    joined = CUMULATED[equation.primitive.name].format(total, source.at(*index))
    writer.lines.append(f"{total} = {step} ? {joined} : {source.at(*index)};")
    writer.lines += [f"{view.at(*index)} = {total};", "}", *["}"] * len(others)]
    return [writer.small(view) if is_small(shape) else view]


def _extreme(writer: Writer, equation: Any, values: list[Value]) -> list[Value]:
    """The first index of the largest or smallest number along an axis; NaN counts as both."""
    (axis,), shape = equation.params["axes"], result_shape(equation)
    source, better = writer.array(values[0]), ">" if equation.primitive.name == "argmax" else "<"
    writer.close()
    view = View(writer.name("a"), shape, contiguous(shape))
    writer.lines.append(f"const {view.name} = new Float64Array({math.prod(shape)});")
    outer = writer.loops(shape)
    best, step = writer.name("s"), writer.name("i")
    size = source.shape[axis]
    writer.lines += [f"let {best} = 0;", f"for (let {step} = 1; {step} < {size}; {step}++) {{"]
    here, there = (source.at(*outer[:axis], at, *outer[axis:]) for at in (step, best))
    # a number that is not equal to itself is NaN
    writer.lines.append(f"if ({there} === {there} && ({here} {better} {there} || {here} !== {here})) {best} = {step};")
    writer.lines += ["}", f"{view.at(*outer)} = {best};", *["}"] * len(shape)]
    return [writer.small(view) if is_small(shape) else view]


SUMS: dict[str, Rule] = {
    "argmax": _extreme,
    "argmin": _extreme,
    **dict.fromkeys(CUMULATED, _cumulate),
    "dot_general": _dot,
    **dict.fromkeys(REDUCED, _reduce),
}
"""How each is written."""
