"""Schedules written as functions: those that this page writes itself, recognized word for word, and formulas."""

import ast
import dataclasses
from functools import cache
from typing import Any

from interop.read.fields import built
from interop.read.tree import Other, Values
from interop.read.words import Notes, ProgramError
from interop.write.formulas import BODIES, for_jax
from optimizers import CosineDecayRestarts, Schedule
from records import number_fields, switch_fields


@dataclasses.dataclass(frozen=True)
class Corrected:
    """A rate times the root of Adam's bias correction: `rate * jnp.sqrt(1 - beta_2 ** (step + 1))`."""

    rate: Any
    beta_2: float


@dataclasses.dataclass(frozen=True)
class Decay:
    """Minus `weight_decay` times the rate: `-0.01 * schedule(step)`."""

    weight_decay: float


def recognised(function: ast.FunctionDef, values: Values, notes: Notes) -> Any:
    """The schedule, `Corrected` or `Decay` that a function is, with its numbers from the lines around it.

    Any other function is returned as an `Other`, with its formula if it has a single line.

    Raises:
        ProgramError: if a number that it needs is missing, or not on its slider.
    """
    known = _known().get(_word(function.body)) if _takes_a_step(function) else None
    if known is not None:
        return _schedule(*known, values, notes)
    match function.body:
        case [
            ast.Return(
                value=ast.BinOp(
                    left=ast.UnaryOp(op=ast.USub(), operand=ast.Constant() as factor),
                    op=ast.Mult(),
                    right=ast.Call(func=ast.Name(id="schedule"), args=[ast.Name(id="step")]),
                )
            )
        ]:
            return Decay(values.read(factor))
    return _corrected(function, values) or _formula(function, values)


def _formula(function: ast.FunctionDef, values: Values) -> Other:
    """A function of one line as a lambda; any other function by its name alone."""
    text = f"the function {function.name}"
    body = function.body[1:] if ast.get_docstring(function) is not None else function.body
    match body:
        case [ast.Return(value=ast.expr() as value)] if not function.decorator_list and len(function.args.args) == 1:
            formula = values.read(ast.copy_location(ast.Lambda(function.args, value), value))
            return dataclasses.replace(formula, text=text)
    return Other(text)


def _takes_a_step(function: ast.FunctionDef) -> bool:
    return ast.unparse(function.args) == "step" and not function.decorator_list


def _schedule(cls: type[Schedule], bent: bool, values: Values, notes: Notes) -> Schedule:
    given: dict[str, Any] = dict.fromkeys(switch_fields(cls), bent)
    for name in number_fields(cls):
        if name in values.assigned:
            given[name] = values.read(values.assigned[name])
        elif name == "t_mul" and bent and cls is CosineDecayRestarts:
            given[name] = 1.0
        else:
            raise ProgramError(f"The function needs `{name} = …` on a line above it. Received: none.")
    return built(cls, given, notes)


def _corrected(function: ast.FunctionDef, values: Values) -> Corrected | None:
    match function.body:
        case [ast.Return(value=ast.BinOp(left=rate, op=ast.Mult(), right=ast.Call(args=[ast.BinOp(right=power)])))]:
            pass
        case _:
            return None
    if not (isinstance(power, ast.BinOp) and isinstance(power.left, ast.Constant)):
        return None
    beta_2 = values.read(power.left)
    root = ast.parse(f"jnp.sqrt(1 - {beta_2!r} ** (step + 1))", mode="eval").body
    if ast.dump(function.body[0].value.right) != ast.dump(root):  # type: ignore[attr-defined]
        return None
    return Corrected(values.read(_without_step(rate)), beta_2)


def _without_step(node: ast.expr) -> ast.expr:
    """The node `schedule` of a call `schedule(step)`; any other node unchanged."""
    match node:
        case ast.Call(func=ast.Name(), args=[ast.Name(id="step")], keywords=[]):
            return node.func
    return node


@cache
def _known() -> dict[str, tuple[type[Schedule], bool]]:
    texts = {text: key for key, body in BODIES.items() for text in (body, for_jax(body))}
    # compared as trees, so that spacing and comments do not matter
    functions = {text: ast.parse(f"def f(step):\n{text}").body[0] for text in texts}
    return {_word(function.body): texts[text] for text, function in functions.items()}  # type: ignore[attr-defined]


def _word(body: list[ast.stmt]) -> str:
    return ast.dump(ast.Module(body, []))
