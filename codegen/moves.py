"""Primitives that move numbers: views, parts put together, and parts taken out."""

import math
from collections.abc import Callable
from typing import Any

import numpy as np

from codegen.values import UNROLLED, Filled, Index, Names, View, contiguous, digits, linear
from codegen.writer import Local, Rule, Value, Writer


def result_shape(equation: Any) -> tuple[int, ...]:
    """The shape of an equation's first result."""
    return tuple(equation.outvars[0].aval.shape)


def is_small(shape: tuple[int, ...]) -> bool:
    """Whether an array of that shape has a name for each number."""
    return math.prod(shape) <= UNROLLED


def _viewed(of_names: Callable[[np.ndarray, Any], np.ndarray], of_view: Callable[[View, Any], View]) -> Rule:
    """A primitive that changes no number, only where each stands: NumPy does it to names, strides to views."""

    def write(writer: Writer, equation: Any, values: list[Value]) -> list[Value]:
        value, shape = writer.whole(values[0]), result_shape(equation)
        if isinstance(value, Filled):
            return [Filled(shape, value.atom) if not is_small(shape) else Names(np.full(shape, value.atom, object))]
        if isinstance(value, Names) and is_small(shape):
            return [Names(np.asarray(of_names(value.atoms, equation), dtype=object).reshape(shape))]
        if isinstance(value, Names) and value.atoms.size == 1:
            return [Filled(shape, str(value.atoms.ravel()[0]))]
        view = of_view(writer.array(value), equation)
        return [writer.small(view) if is_small(shape) else view]

    return write


def _broadcast_names(atoms: np.ndarray, equation: Any) -> np.ndarray:
    shape, axes = result_shape(equation), equation.params["broadcast_dimensions"]
    sizes = [1] * len(shape)
    for axis, size in zip(axes, atoms.shape, strict=True):
        sizes[axis] = size
    return np.broadcast_to(atoms.reshape(sizes), shape)


def _broadcast_view(view: View, equation: Any) -> View:
    shape, strides = result_shape(equation), [0] * len(result_shape(equation))
    for axis, size, stride in zip(equation.params["broadcast_dimensions"], view.shape, view.strides, strict=True):
        strides[axis] = stride if size > 1 or shape[axis] == 1 else 0
    return View(view.name, shape, tuple(strides), view.offset)


def _reshape(writer: Writer, equation: Any, values: list[Value]) -> list[Value]:
    value, shape = values[0], result_shape(equation)
    if isinstance(value, Local) and value.loop is writer.open:
        return [Local(shape, value.loop, value.name, None)] if value.stored is None else [_same(writer, value, shape)]
    return [_same(writer, value, shape)]


def _same(writer: Writer, value: Value, shape: tuple[int, ...]) -> Value:
    """The numbers of a value, row by row, in another shape."""
    value = writer.whole(value)
    if isinstance(value, Filled):
        return Filled(shape, value.atom)
    if isinstance(value, Names):
        return Names(value.atoms.reshape(shape))
    wide = [(size, stride) for size, stride in zip(value.shape, value.strides, strict=True) if size > 1]
    if [size for size, _ in wide] == [size for size in shape if size > 1]:
        # only axes of one place come or go
        strides = iter(stride for _, stride in wide)
        return View(value.name, shape, tuple(next(strides) if size > 1 else 0 for size in shape), value.offset)
    return View(writer.row_by_row(value).name, shape, contiguous(shape))


def _slice_names(atoms: np.ndarray, equation: Any) -> np.ndarray:
    params = equation.params
    steps = params["strides"] or (1,) * atoms.ndim
    ends = zip(params["start_indices"], params["limit_indices"], steps, strict=True)
    return atoms[tuple(slice(*end) for end in ends)]


def _slice_view(view: View, equation: Any) -> View:
    params = equation.params
    steps = params["strides"] or (1,) * len(view.shape)
    offset = moved_offset(view, tuple(params["start_indices"]))
    strides = tuple(stride * step for stride, step in zip(view.strides, steps, strict=True))
    return View(view.name, result_shape(equation), strides, offset)


def moved_offset(view: View, index: tuple[Index, ...]) -> Index:
    """The offset of what begins at an index of a view."""
    text = linear(index, view.strides, view.offset)
    return int(text) if text.isdecimal() else f"({text})"


def _transpose_view(view: View, equation: Any) -> View:
    order = equation.params["permutation"]
    return View(view.name, result_shape(equation), tuple(view.strides[axis] for axis in order), view.offset)


def _reverse_view(view: View, equation: Any) -> View:
    axes = equation.params["dimensions"]
    last = tuple(size - 1 if axis in axes else 0 for axis, size in enumerate(view.shape))
    strides = tuple(-stride if axis in axes else stride for axis, stride in enumerate(view.strides))
    return View(view.name, view.shape, strides, moved_offset(view, last))


def _split(writer: Writer, equation: Any, values: list[Value]) -> list[Value]:
    value, axis = writer.whole(values[0]), equation.params["axis"]
    parts: list[Value] = []
    first = 0
    for size in equation.params["sizes"]:
        shape = (*value.shape[:axis], size, *value.shape[axis + 1 :])
        if isinstance(value, Names):
            parts.append(Names(value.atoms.take(range(first, first + size), axis).reshape(shape)))
        else:
            view = writer.array(value)
            begin = tuple(first if at == axis else 0 for at in range(len(shape)))
            part = View(view.name, shape, view.strides, moved_offset(view, begin))
            parts.append(writer.small(part) if is_small(shape) else part)
        first += size
    return parts


def _concatenate(writer: Writer, equation: Any, values: list[Value]) -> list[Value]:
    axis, shape = equation.params["dimension"], result_shape(equation)
    if is_small(shape):
        return [Names(np.concatenate([writer.small(value).atoms for value in values], axis))]
    return [_put(writer, shape, "0", _placed(writer, values, axis))]


def _placed(writer: Writer, values: list[Value], axis: int) -> list[tuple[Names | Filled | View, Callable[..., Any]]]:
    """Each value with the function from its index to that in the whole, one behind the other along an axis."""
    placed: list[tuple[Names | Filled | View, Callable[..., Any]]] = []
    first = 0
    for value in values:
        part = writer.whole(value)

        def index(*own: Index, first: int = first) -> list[Index]:
            return [_plus(at, first) if position == axis else at for position, at in enumerate(own)]

        placed.append((part, index))
        first += part.shape[axis]
    return placed


def _plus(at: Index, number: int) -> Index:
    if isinstance(at, int):
        return at + number
    return f"({at} + {number})" if number else at


def _put(writer: Writer, shape: tuple[int, ...], fill: str, parts: Any) -> View:
    """A new array with each part written to its place, and `fill` wherever there is none."""
    writer.close()
    view = View(writer.name("a"), shape, contiguous(shape))
    zeros = "" if fill == "0" else f".fill({fill})"
    writer.lines.append(f"const {view.name} = new Float64Array({math.prod(shape)}){zeros};")
    for part, index in parts:
        source = writer.array(part)
        names = writer.loops(part.shape)
        writer.lines.append(f"{view.at(*index(*names))} = {source.at(*names)};")
        writer.lines += ["}"] * len(names)
    return view


def _stack(writer: Writer, equation: Any, values: list[Value]) -> list[Value]:
    axis, shape = equation.params.get("axis", 0), result_shape(equation)
    if is_small(shape):
        return [Names(np.stack([writer.small(value).atoms for value in values], axis))]
    parts = [_same(writer, value, (*shape_of(value)[:axis], 1, *shape_of(value)[axis:])) for value in values]
    return [_put(writer, shape, "0", _placed(writer, parts, axis))]


def shape_of(value: Value) -> tuple[int, ...]:
    """The shape of a value, as a tuple."""
    return tuple(value.shape)


def _pad(writer: Writer, equation: Any, values: list[Value]) -> list[Value]:
    shape, config = result_shape(equation), equation.params["padding_config"]
    part, fill = writer.whole(values[0]), str(writer.small(values[1]).atoms.ravel()[0])
    if is_small(shape) and is_small(part.shape):
        atoms = np.full(shape, fill, dtype=object)
        names = writer.small(part)
        for own in np.ndindex(part.shape):
            place = tuple(low + at * (gap + 1) for at, (low, _, gap) in zip(own, config, strict=True))
            if all(0 <= at < size for at, size in zip(place, shape, strict=True)):
                atoms[place] = names.atoms[own]
        return [Names(atoms)]
    if any(low < 0 or high < 0 for low, high, _ in config):
        # what is cut off is cut off first
        cut = [(max(0, -low), size - max(0, -high)) for (low, high, _), size in zip(config, part.shape, strict=True)]
        if any(gap and (low < 0 or high < 0) for low, high, gap in config):
            raise writer.unknown("pad")
        view = writer.array(part)
        begin = tuple(low for low, _ in cut)
        part = View(view.name, tuple(high - low for low, high in cut), view.strides, moved_offset(view, begin))
    steps = [(max(0, low), gap + 1) for low, _, gap in config]

    def index(*own: Index) -> list[Index]:
        return [
            at * step + low if isinstance(at, int) else f"({at} * {step} + {low})"
            for at, (low, step) in zip(own, steps, strict=True)
        ]

    padded: Value = _put(writer, shape, fill, [(part, index)])
    return [writer.small(padded) if is_small(shape) else padded]


def _iota(writer: Writer, equation: Any, values: list[Value]) -> list[Value]:
    shape, axis = result_shape(equation), equation.params["dimension"]
    if is_small(shape):
        return [Names(np.vectorize(digits, otypes=[object])(np.indices(shape)[axis]))]
    return [writer.filled(shape, lambda *index: str(index[axis]))]


MOVES: dict[str, Rule] = {
    "broadcast_in_dim": _viewed(_broadcast_names, _broadcast_view),
    "concatenate": _concatenate,
    "expand_dims": _reshape,
    "iota": _iota,
    "optimization_barrier": lambda writer, equation, values: list(values),
    "pad": _pad,
    "reshape": _reshape,
    "rev": _viewed(lambda atoms, equation: np.flip(atoms, equation.params["dimensions"]), _reverse_view),
    "slice": _viewed(_slice_names, _slice_view),
    "split": _split,
    "squeeze": _reshape,
    "stack": _stack,
    "transpose": _viewed(lambda atoms, equation: atoms.transpose(equation.params["permutation"]), _transpose_view),
}
"""How each is written."""
