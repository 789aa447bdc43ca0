"""Branches and loops of a trace: `cond`, `while` and `scan`, which `fori_loop` and `map` are made of."""

import math
from collections.abc import Sequence
from typing import Any

import numpy as np

from codegen.values import UNROLLED, Names, View, contiguous
from codegen.writer import Rule, Value, Writer


def _declared(writer: Writer, avals: Sequence[Any]) -> list[Value]:
    """Variables for values that several lines may set, one a number of a small array and one for a long array."""
    variables: list[Value] = []
    for aval in avals:
        shape = tuple(aval.shape)
        if math.prod(shape) <= UNROLLED:
            atoms = np.empty(shape, dtype=object)
            for index in np.ndindex(shape):
                atoms[index] = writer.name("m")
                writer.lines.append(f"let {atoms[index]};")
            variables.append(Names(atoms))
        else:
            name = writer.name("m")
            writer.lines.append(f"let {name};")
            variables.append(View(name, shape, contiguous(shape)))
    return variables


def _assign(writer: Writer, variables: Sequence[Value], values: Sequence[Value]) -> None:
    """Set all variables at once: what is set may be made from what they held."""
    names: list[str] = []
    texts: list[str] = []
    for variable, value in zip(variables, values, strict=True):
        if isinstance(variable, Names):
            names += map(str, variable.atoms.ravel())
            texts += map(str, writer.small(value).atoms.ravel())
        else:
            assert isinstance(variable, View)
            names.append(variable.name)
            texts.append(writer.row_by_row(value).name)
    changed = [(name, text) for name, text in zip(names, texts, strict=True) if name != text]
    writer.close()
    if len(changed) > 1 and {name for name, _ in changed} & {text for _, text in changed}:
        # one of them is another's new value: hold all new values before any is set
        held = [(name, writer.name()) for name, _ in changed]
        writer.lines += [f"const {own} = {text};" for (_, own), (_, text) in zip(held, changed, strict=True)]
        changed = held
    writer.lines += [f"{name} = {text};" for name, text in changed]


def _readable(writer: Writer, values: Sequence[Value]) -> list[Value]:
    """Values that an inner block can read: whatever a loop works out is stored before it begins."""
    whole: list[Value] = [writer.whole(value) for value in values]
    writer.close()
    return whole


def _cond(writer: Writer, equation: Any, values: list[Value]) -> list[Value]:
    branches = equation.params["branches"]
    which = str(writer.small(values[0]).atoms.ravel()[0])
    operands = _readable(writer, values[1:])
    results = _declared(writer, [variable.aval for variable in equation.outvars])
    for number, branch in enumerate(branches):
        # an index out of range is the nearest branch's
        last = number == len(branches) - 1
        opening = (
            "} else {"
            if last
            else f"if ({which} <= {number}) {{"
            if not number
            else f"}} else if ({which} <= {number}) {{"
        )
        writer.lines.append(opening)
        _assign(writer, results, writer.run(branch.jaxpr, branch.consts, operands))
    writer.lines.append("}")
    return results


def _while(writer: Writer, equation: Any, values: list[Value]) -> list[Value]:
    params = equation.params
    first, second = params["cond_nconsts"], params["cond_nconsts"] + params["body_nconsts"]
    values = _readable(writer, values)
    carried = _declared(writer, [variable.aval for variable in equation.outvars])
    _assign(writer, carried, values[second:])
    writer.lines.append("for (;;) {")
    (again,) = writer.run(params["cond_jaxpr"].jaxpr, params["cond_jaxpr"].consts, [*values[:first], *carried])
    goes_on = _readable(writer, [again])[0]
    writer.lines.append(f"if (!{_any(writer, goes_on)}) break;")
    body = params["body_jaxpr"]
    moved = writer.run(body.jaxpr, body.consts, [*values[first:second], *carried])
    if tuple(again.shape):
        # several loops in one: each stands still once its own condition is false
        moved = [_where(writer, goes_on, new, old) for new, old in zip(moved, carried, strict=True)]
    _assign(writer, carried, moved)
    writer.lines.append("}")
    return carried


def _any(writer: Writer, value: Value) -> str:
    """Whether any of the truth values is 1, as an expression."""
    if math.prod(tuple(value.shape)) <= UNROLLED:
        return f"({' | '.join(map(str, writer.small(value).atoms.ravel()))})"
    return f"{writer.row_by_row(value).name}.includes(1)"


def _where(writer: Writer, condition: Value, new: Value, old: Value) -> Value:
    """The new numbers where the condition, over the first axes, is 1, and the old ones elsewhere."""
    axes = len(tuple(condition.shape))
    chosen, one, other = writer.whole(condition), writer.whole(new), writer.whole(old)
    return writer.filled(
        tuple(old.shape),
        lambda *index: f"({writer.at(chosen, *index[:axes])} ? {writer.at(one, *index)} : {writer.at(other, *index)})",
    )


def _scan(writer: Writer, equation: Any, values: list[Value]) -> list[Value]:
    params = equation.params
    length, constants, carries = params["length"], params["num_consts"], params["num_carry"]
    values = _readable(writer, values)
    held = values[:constants]
    inputs = [writer.array(value) for value in values[constants + carries :]]
    carried = _declared(writer, [variable.aval for variable in equation.outvars[:carries]])
    _assign(writer, carried, values[constants : constants + carries])
    # what each round gives is written behind what the last one gave
    gathered = []
    for variable in equation.outvars[carries:]:
        shape = tuple(variable.aval.shape)
        gathered.append(View(writer.name("a"), shape, contiguous(shape)))
        writer.lines.append(f"const {gathered[-1].name} = new Float64Array({math.prod(shape)});")
    at = writer.name("i")
    steps = f"let {at} = 0; {at} < {length}; {at}++"
    if params["reverse"]:
        steps = f"let {at} = {length - 1}; {at} >= 0; {at}--"
    writer.lines.append(f"for ({steps}) {{")
    rows: list[Value] = []
    for view in inputs:
        row = View(view.name, view.shape[1:], view.strides[1:], f"{view.offset} + {at} * {view.strides[0]}")
        rows.append(writer.small(row) if math.prod(row.shape) <= UNROLLED else row)
    body = params["jaxpr"]
    results = writer.run(body.jaxpr, body.consts, [*held, *carried, *rows])
    for view, value in zip(gathered, results[carries:], strict=True):
        source = writer.whole(value)
        writer.close()
        if math.prod(view.shape[1:]) <= UNROLLED:
            for index in np.ndindex(view.shape[1:]):
                writer.lines.append(f"{view.at(at, *index)} = {writer.small(source).at(*index)};")
        else:
            part = writer.array(source)
            names = writer.loops(view.shape[1:])
            writer.lines.append(f"{view.at(at, *names)} = {part.at(*names)};")
            writer.lines += ["}"] * len(names)
    _assign(writer, carried, results[:carries])
    writer.lines.append("}")
    return [*carried, *(writer.small(view) if math.prod(view.shape) <= UNROLLED else view for view in gathered)]


CONTROL: dict[str, Rule] = {
    "cond": _cond,
    "scan": _scan,
    "while": _while,
}
"""How each is written."""
