"""Primitives that read or write at indices that are worked out while the program runs."""

from typing import Any

from codegen.moves import is_small, moved_offset, result_shape
from codegen.values import Index, View
from codegen.writer import Rule, Value, Writer


def _clamped(text: str, last: int) -> str:
    return f"Math.min(Math.max({text}, 0), {last})"


def _dynamic_slice(writer: Writer, equation: Any, values: list[Value]) -> list[Value]:
    sizes, starts = equation.params["slice_sizes"], [str(writer.small(value).atoms.ravel()[0]) for value in values[1:]]
    view = writer.array(values[0])
    begin = tuple(
        writer.let(_clamped(start, whole - size)) for start, whole, size in zip(starts, view.shape, sizes, strict=True)
    )
    part = View(view.name, tuple(sizes), view.strides, moved_offset(view, begin))
    return [writer.small(part) if is_small(tuple(sizes)) else part]


def _dynamic_update_slice(writer: Writer, equation: Any, values: list[Value]) -> list[Value]:
    target, part, shape = writer.array(values[0]), writer.array(values[1]), result_shape(equation)
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
    return [writer.small(changed) if is_small(shape) else changed]


def _gather(writer: Writer, equation: Any, values: list[Value]) -> list[Value]:
    """Slices of an array at indices that are worked out; those out of range are moved in, or give NaN."""
    params, shape = equation.params, result_shape(equation)
    numbers, sizes = params["dimension_numbers"], params["slice_sizes"]
    if getattr(numbers, "operand_batching_dims", ()):
        raise writer.unknown("gather")
    operand, indices = writer.array(values[0]), writer.whole(values[1])
    fills = "FILL" in str(params["mode"]).upper()
    batch_axes = [axis for axis in range(len(shape)) if axis not in numbers.offset_dims]
    window_axes = [axis for axis in range(len(sizes)) if axis not in numbers.collapsed_slice_dims]
    if not is_small(shape):
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
    params, shape = equation.params, result_shape(equation)
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
    return [writer.small(changed) if is_small(shape) else changed]


LOOKUPS: dict[str, Rule] = {
    "dynamic_slice": _dynamic_slice,
    "dynamic_update_slice": _dynamic_update_slice,
    "gather": _gather,
    **dict.fromkeys(SCATTERED, _scatter),
}
"""How each is written."""
