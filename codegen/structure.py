"""Primitives that move numbers, add them up or look them up."""

import math
from collections.abc import Callable
from typing import Any

import numpy as np

from codegen.values import UNROLLED, Filled, Index, Names, View, contiguous, digits, linear
from codegen.writer import Local, Rule, Value, Writer


def _shape(equation: Any, place: int = 0) -> tuple[int, ...]:
    return tuple(equation.outvars[place].aval.shape)


def _is_small(shape: tuple[int, ...]) -> bool:
    return math.prod(shape) <= UNROLLED


def _viewed(of_names: Callable[[np.ndarray, Any], np.ndarray], of_view: Callable[[View, Any], View]) -> Rule:
    """A primitive that changes no number, only where each stands: NumPy does it to names, strides to views."""

    def write(writer: Writer, equation: Any, values: list[Value]) -> list[Value]:
        value, shape = writer.whole(values[0]), _shape(equation)
        if isinstance(value, Filled):
            return [Filled(shape, value.atom) if not _is_small(shape) else Names(np.full(shape, value.atom, object))]
        if isinstance(value, Names) and _is_small(shape):
            return [Names(np.asarray(of_names(value.atoms, equation), dtype=object).reshape(shape))]
        if isinstance(value, Names) and value.atoms.size == 1:
            return [Filled(shape, str(value.atoms.ravel()[0]))]
        view = of_view(writer.array(value), equation)
        return [writer.small(view) if _is_small(shape) else view]

    return write


def _broadcast_names(atoms: np.ndarray, equation: Any) -> np.ndarray:
    shape, axes = _shape(equation), equation.params["broadcast_dimensions"]
    sizes = [1] * len(shape)
    for axis, size in zip(axes, atoms.shape, strict=True):
        sizes[axis] = size
    return np.broadcast_to(atoms.reshape(sizes), shape)


def _broadcast_view(view: View, equation: Any) -> View:
    shape, strides = _shape(equation), [0] * len(_shape(equation))
    for axis, size, stride in zip(equation.params["broadcast_dimensions"], view.shape, view.strides, strict=True):
        strides[axis] = stride if size > 1 or shape[axis] == 1 else 0
    return View(view.name, shape, tuple(strides), view.offset)


def _reshape(writer: Writer, equation: Any, values: list[Value]) -> list[Value]:
    value, shape = values[0], _shape(equation)
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
    offset = _moved(view, tuple(params["start_indices"]))
    strides = tuple(stride * step for stride, step in zip(view.strides, steps, strict=True))
    return View(view.name, _shape(equation), strides, offset)


def _moved(view: View, index: tuple[Index, ...]) -> Index:
    """The offset of what begins at an index of a view."""
    text = linear(index, view.strides, view.offset)
    return int(text) if text.isdecimal() else f"({text})"


def _transpose_view(view: View, equation: Any) -> View:
    order = equation.params["permutation"]
    return View(view.name, _shape(equation), tuple(view.strides[axis] for axis in order), view.offset)


def _reverse_view(view: View, equation: Any) -> View:
    axes = equation.params["dimensions"]
    last = tuple(size - 1 if axis in axes else 0 for axis, size in enumerate(view.shape))
    strides = tuple(-stride if axis in axes else stride for axis, stride in enumerate(view.strides))
    return View(view.name, view.shape, strides, _moved(view, last))


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
            part = View(view.name, shape, view.strides, _moved(view, begin))
            parts.append(writer.small(part) if _is_small(shape) else part)
        first += size
    return parts


def _concatenate(writer: Writer, equation: Any, values: list[Value]) -> list[Value]:
    axis, shape = equation.params["dimension"], _shape(equation)
    if _is_small(shape):
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
    axis, shape = equation.params.get("axis", 0), _shape(equation)
    if _is_small(shape):
        return [Names(np.stack([writer.small(value).atoms for value in values], axis))]
    parts = [_same(writer, value, (*_shape_of(value)[:axis], 1, *_shape_of(value)[axis:])) for value in values]
    return [_put(writer, shape, "0", _placed(writer, parts, axis))]


def _shape_of(value: Value) -> tuple[int, ...]:
    return tuple(value.shape)


def _pad(writer: Writer, equation: Any, values: list[Value]) -> list[Value]:
    shape, config = _shape(equation), equation.params["padding_config"]
    part, fill = writer.whole(values[0]), str(writer.small(values[1]).atoms.ravel()[0])
    if _is_small(shape) and _is_small(part.shape):
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
        part = View(view.name, tuple(high - low for low, high in cut), view.strides, _moved(view, begin))
    steps = [(max(0, low), gap + 1) for low, _, gap in config]

    def index(*own: Index) -> list[Index]:
        return [
            at * step + low if isinstance(at, int) else f"({at} * {step} + {low})"
            for at, (low, step) in zip(own, steps, strict=True)
        ]

    padded: Value = _put(writer, shape, fill, [(part, index)])
    return [writer.small(padded) if _is_small(shape) else padded]


def _iota(writer: Writer, equation: Any, values: list[Value]) -> list[Value]:
    shape, axis = _shape(equation), equation.params["dimension"]
    if _is_small(shape):
        return [Names(np.vectorize(digits, otypes=[object])(np.indices(shape)[axis]))]
    return [writer.filled(shape, lambda *index: str(index[axis]))]


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
    sizes, shape = _shape_of(value), _shape(equation)
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
    loop = writer.loop_of(math.prod(_shape_of(value)))
    total = writer.name("s")
    loop.before.append(f"let {total} = {first};")
    loop.body.append(f"{total} = {join.format(total, writer.in_loop(value, loop))};")
    loop.outputs.add(total)
    return Names(np.full(shape, total, dtype=object))


def _folded(
    writer: Writer, shape: tuple[int, ...], sizes: list[int], first: str, join: str, part: Callable[..., str]
) -> Value:
    """For each index of the result, the parts joined: unrolled where they are few, else by a loop for each axis."""
    if _is_small(shape) and math.prod(sizes) <= UNROLLED:
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
    return writer.small(view) if _is_small(shape) else view


def _dot(writer: Writer, equation: Any, values: list[Value]) -> list[Value]:
    (left_axes, right_axes), (left_batch, right_batch) = equation.params["dimension_numbers"]
    shape, sizes = _shape(equation), [_shape_of(values[0])[axis] for axis in left_axes]
    left_free = [axis for axis in range(len(_shape_of(values[0]))) if axis not in (*left_axes, *left_batch)]
    right_free = [axis for axis in range(len(_shape_of(values[1]))) if axis not in (*right_axes, *right_batch)]
    if not left_batch and math.prod(sizes) > UNROLLED and _is_small(shape) and len(sizes) == 1:
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

    if not _is_small(shape) and math.prod(sizes) <= UNROLLED and len(shape) == 1 and not left_batch:
        # a row at a time, in the loop over the rows
        left, right = (value if isinstance(value, Names) else writer.array(value) for value in (left, right))
        loop = writer.loop_of(shape[0])
        name = writer.name()
        products = [part((loop.index,), reduced) for reduced in np.ndindex(*sizes)]
        loop.body.append(f"const {name} = {' + '.join(products) or '0'};")
        return [Local(shape, loop, name)]
    # small arrays that are read at an index of a loop are made arrays before that
    if not (_is_small(shape) and math.prod(sizes) <= UNROLLED):
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
        is_local = isinstance(value, Local) and value.loop is writer.open and len(_shape_of(value)) == 1
        sides.append(value if is_local else writer.whole(value))
    size = _shape_of(values[0])[axes[0]]
    if any(isinstance(side, Local) and side.loop.size != size for side in sides):
        sides = [writer.whole(side) for side in sides]
    sides = [writer.array(side) if isinstance(side, Names) else side for side in sides]
    loop = writer.loop_of(size)
    sides = [side if isinstance(side, Local) and side.loop is loop else writer.whole(side) for side in sides]

    def read(side: Value, axis: int, others: list[int], outer: tuple[int, ...]) -> str:
        if isinstance(side, Local):
            return side.name
        index: list[Index] = [0] * len(_shape_of(side))
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


def _clamped(text: str, last: int) -> str:
    return f"Math.min(Math.max({text}, 0), {last})"


def _dynamic_slice(writer: Writer, equation: Any, values: list[Value]) -> list[Value]:
    sizes, starts = equation.params["slice_sizes"], [str(writer.small(value).atoms.ravel()[0]) for value in values[1:]]
    view = writer.array(values[0])
    begin = tuple(
        writer.let(_clamped(start, whole - size)) for start, whole, size in zip(starts, view.shape, sizes, strict=True)
    )
    part = View(view.name, tuple(sizes), view.strides, _moved(view, begin))
    return [writer.small(part) if _is_small(tuple(sizes)) else part]


def _dynamic_update_slice(writer: Writer, equation: Any, values: list[Value]) -> list[Value]:
    target, part, shape = writer.array(values[0]), writer.array(values[1]), _shape(equation)
    starts = [str(writer.small(value).atoms.ravel()[0]) for value in values[2:]]
    begin = [
        writer.let(_clamped(start, whole - size)) for start, whole, size in zip(starts, shape, part.shape, strict=True)
    ]
    writer.close()
    changed = writer.filled(shape, target.at, small=False)
    assert isinstance(changed, View)
    names = writer.loops(part.shape)
    places = tuple(f"({start} + {name})" for start, name in zip(begin, names, strict=True))
    writer.lines.append(f"{changed.at(*places)} = {part.at(*names)};")
    writer.lines += ["}"] * len(names)
    return [writer.small(changed) if _is_small(shape) else changed]


def _gather(writer: Writer, equation: Any, values: list[Value]) -> list[Value]:
    """Slices of an array at indices that are worked out; those out of range are moved in, or give NaN."""
    params, shape = equation.params, _shape(equation)
    numbers, sizes = params["dimension_numbers"], params["slice_sizes"]
    if getattr(numbers, "operand_batching_dims", ()):
        raise writer.unknown("gather")
    operand, indices = writer.array(values[0]), writer.whole(values[1])
    fills = "FILL" in str(params["mode"]).upper()
    batch_axes = [axis for axis in range(len(shape)) if axis not in numbers.offset_dims]
    window_axes = [axis for axis in range(len(sizes)) if axis not in numbers.collapsed_slice_dims]
    if not _is_small(shape):
        indices = writer.array(indices)

    def at(*index: Index) -> str:
        batch = [index[axis] for axis in batch_axes]
        place: list[Index] = [0] * len(sizes)
        for axis, offset in zip(window_axes, numbers.offset_dims, strict=True):
            place[axis] = index[offset]
        conditions = []
        for number, axis in enumerate(numbers.start_index_map):
            start = writer.at(indices, *batch, number)
            last = operand.shape[axis] - sizes[axis]
            conditions.append(f"{start} >= 0 && {start} <= {last}")
            offset = place[axis]
            moved = _clamped(start, last)
            place[axis] = moved if offset == 0 else f"({moved} + {offset})"
        text = operand.at(*place)
        return f"({' && '.join(conditions)} ? {text} : NaN)" if fills else text

    return [writer.filled(shape, at)]


CUMULATED = {
    "cumsum": "{0} + {1}",
    "cumprod": "{0} * {1}",
    "cummax": "Math.max({0}, {1})",
    "cummin": "Math.min({0}, {1})",
}
"""How each joins what came before and the next number."""


def _cumulate(writer: Writer, equation: Any, values: list[Value]) -> list[Value]:
    axis, shape, reverse = equation.params["axis"], _shape(equation), equation.params["reverse"]
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
    return [writer.small(view) if _is_small(shape) else view]


SCATTERED = {
    "scatter": "{1}",
    "scatter-add": "{0} + {1}",
    "scatter_add": "{0} + {1}",
    "scatter_mul": "{0} * {1}",
    "scatter_min": "Math.min({0}, {1})",
    "scatter_max": "Math.max({0}, {1})",
}
"""How each joins what stood there and the update."""


def _scatter(writer: Writer, equation: Any, values: list[Value]) -> list[Value]:
    """An array with updates written to indices that are worked out; those out of range are dropped, or moved in."""
    params, shape = equation.params, _shape(equation)
    numbers = params["dimension_numbers"]
    if getattr(numbers, "operand_batching_dims", ()):
        raise writer.unknown(equation.primitive.name)
    operand, indices, updates = (writer.array(value) for value in values)
    clips = "CLIP" in str(params["mode"]).upper()
    changed = writer.filled(shape, operand.at, small=False)
    assert isinstance(changed, View)
    names = writer.loops(updates.shape)
    batch = [name for axis, name in enumerate(names) if axis not in numbers.update_window_dims]
    window_axes = [axis for axis in range(len(shape)) if axis not in numbers.inserted_window_dims]
    place: list[Index] = [0] * len(shape)
    sizes = [1] * len(shape)
    for axis, window in zip(window_axes, numbers.update_window_dims, strict=True):
        place[axis], sizes[axis] = names[window], updates.shape[window]
    conditions = []
    for number, axis in enumerate(numbers.scatter_dims_to_operand_dims):
        start, last = indices.at(*batch, number), shape[axis] - sizes[axis]
        conditions.append("1" if clips else f"{start} >= 0 && {start} <= {last}")
        moved = _clamped(start, last) if clips else start
        place[axis] = moved if place[axis] == 0 else f"({moved} + {place[axis]})"
    joined = SCATTERED[equation.primitive.name].format(changed.at(*place), updates.at(*names))
    writer.lines.append(f"if ({' && '.join(conditions) or '1'}) {changed.at(*place)} = {joined};")
    writer.lines += ["}"] * len(names)
    return [writer.small(changed) if _is_small(shape) else changed]


def _extreme(writer: Writer, equation: Any, values: list[Value]) -> list[Value]:
    """The first index of the largest or smallest number along an axis; NaN counts as both."""
    (axis,), shape = equation.params["axes"], _shape(equation)
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
    return [writer.small(view) if _is_small(shape) else view]


STRUCTURE: dict[str, Rule] = {
    "argmax": _extreme,
    "argmin": _extreme,
    "broadcast_in_dim": _viewed(_broadcast_names, _broadcast_view),
    "concatenate": _concatenate,
    **dict.fromkeys(CUMULATED, _cumulate),
    "dot_general": _dot,
    "dynamic_slice": _dynamic_slice,
    "dynamic_update_slice": _dynamic_update_slice,
    "expand_dims": _reshape,
    "gather": _gather,
    "iota": _iota,
    "optimization_barrier": lambda writer, equation, values: list(values),
    "pad": _pad,
    **dict.fromkeys(REDUCED, _reduce),
    "reshape": _reshape,
    **dict.fromkeys(SCATTERED, _scatter),
    "rev": _viewed(lambda atoms, equation: np.flip(atoms, equation.params["dimensions"]), _reverse_view),
    "slice": _viewed(_slice_names, _slice_view),
    "split": _split,
    "squeeze": _reshape,
    "stack": _stack,
    "transpose": _viewed(lambda atoms, equation: atoms.transpose(equation.params["permutation"]), _transpose_view),
}
"""How each is written."""
