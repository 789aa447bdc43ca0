"""From a pasted text to an optimizer: which of its lines matters, and which library it speaks of."""

import ast
import dataclasses
import re
from typing import Any

from interop.read import keras, optax, optax_rates, torch
from interop.read.fields import Notes
from interop.read.functions import recognised
from interop.read.tree import Called, Values, parsed, source
from interop.read.words import ProgramError, shown
from optimizers import Optimizer, Schedule

KERAS = re.compile(r"([a-z_]+\.)*optimizers\.")
TORCH = re.compile(r"(torch\.optim\.|optim\.)")
OPTAX = re.compile(r"optax\.")

STEPPING = ("step", "zero_grad", "backward", "fit", "train")
"""Methods that train: what comes after the optimizer has been made."""

EXAMPLES = "keras.optimizers.Adam(learning_rate=0.01), torch.optim.SGD(params, lr=0.1) or optax.lion(0.001)"


@dataclasses.dataclass(frozen=True)
class Program:
    """What a text says: the optimizer, its rate a number or a schedule; and what of the text is otherwise here."""

    optimizer: Optimizer
    notes: tuple[str, ...] = ()


def read_program(text: str) -> Program:
    """The optimizer of a line, or of a small program, in Keras, PyTorch or Optax.

    The text is parsed and looked up word by word, never run: numbers, words, lists and known calls are read, and
    anything else that matters is refused. A library's own defaults stand for what is not given.

    Raises:
        ProgramError: with what cannot be read, what can, what was received, and what to try.

    >>> read_program("tf.keras.optimizers.SGD(learning_rate=0.1, momentum=0.9)").optimizer.momentum.item()
    0.9
    >>> read_program("optimizer = __import__('os').remove('x')")  # doctest: +ELLIPSIS
    Traceback (most recent call last):
    interop.read.words.ProgramError: No optimizer was found. Received: __import__('os').remove('x')...
    """
    values, notes = Values(), list[str]()
    found: list[Any] = []
    schedulers: list[Called] = []
    for statement in parsed(text):
        _take(statement, values, found, schedulers, notes)
    if not found:
        raise ProgramError(f"No optimizer was found. Received: {shown(' '.join(text.split()))}. Try {EXAMPLES}.")
    optimizer = _optimizer(found[-1], notes)
    if len(schedulers) > 1:
        raise ProgramError(f"There can be one scheduler. Received: {len(schedulers)}.")
    for call in schedulers:
        optimizer = torch.scheduled(call, optimizer, notes)
    if not schedulers:
        optimizer = _inside(found[-1], optimizer, values)
    return Program(optimizer, tuple(dict.fromkeys(notes)))


def _take(statement: ast.stmt, values: Values, found: list[Any], schedulers: list[Called], notes: Notes) -> None:
    """Note what a statement imports, names or makes."""
    match statement:
        case ast.Import() | ast.ImportFrom():
            values.imported.update(_imported(statement))
        case ast.FunctionDef():
            values.functions[statement.name] = recognised(statement, values, notes)
        case ast.Assign(targets=[ast.Name(id=name)]):
            values.assigned[name] = statement.value
            _notice(values.read(statement.value), name, found, schedulers)
        case ast.Expr():
            _notice(values.read(statement.value), "", found, schedulers)
        case _:
            raise ProgramError(
                f"Only imports, names and calls can be read. Received: {shown(source(statement))}. "
                "Paste the optimizer's line alone."
            )


def _imported(statement: ast.Import | ast.ImportFrom) -> dict[str, str]:
    before = f"{statement.module}." if isinstance(statement, ast.ImportFrom) and statement.module else ""
    named = [(entry.asname or entry.name, before + entry.name) for entry in statement.names]
    return {short: long for short, long in named if short.isidentifier()}


def _notice(value: Any, name: str, found: list[Any], schedulers: list[Called]) -> None:
    """Keep what is an optimizer, a scheduler, or says which optimizer to compile with."""
    if isinstance(value, str):
        found += [value] if name in ("", "optimizer") else []
    elif isinstance(value, Called):
        last = value.name.rpartition(".")[2]
        if last == "compile":
            found.append(value.named.get("optimizer", value.first[0] if value.first else "rmsprop"))
        elif ".lr_scheduler." in value.name or last in torch.SCHEDULERS:
            schedulers.append(value)
        elif library(value) is not None and not _is_schedule(last):
            found.append(value)
        elif not name and _is_schedule(last):
            raise ProgramError(f"That is a schedule. Received: {shown(value.name)}. Paste the optimizer that has it.")
        elif not name and last not in STEPPING:
            raise ProgramError(
                f"`{shown(value.name)}` is not known here. Received: {shown(value.name)}. Try {EXAMPLES}."
            )
    elif not name or name == "optimizer":
        found.append(value)


def _is_schedule(name: str) -> bool:
    return name in keras.CURVES or name in optax_rates.CURVES


def library(call: Called) -> Any:
    """The module that reads such a call: by what stands before the dot, else by the class and its arguments."""
    for before, module in ((TORCH, torch), (OPTAX, optax), (KERAS, keras)):
        if before.match(call.name):
            return module
    if "." in call.name:
        return None
    if call.name in torch.CLASSES and ("params" in call.named or _names_parameters(call)):
        return torch
    known = ((keras.CLASSES, keras), (torch.CLASSES, torch), (optax.CLASSES, optax), (optax.OWN, optax))
    return next((module for classes, module in known if call.name in classes), None)


def _names_parameters(call: Called) -> bool:
    """Whether the first argument is a model's parameters, as in PyTorch, and no rate."""
    first = call.first[0] if call.first else None
    return first is not None and ("lr" in call.named or "parameters" in repr(first))


def _optimizer(found: Any, notes: Notes) -> Optimizer:
    if isinstance(found, str):
        return keras.by_word(found)
    if isinstance(found, Called):
        module = library(found)
        if module is not None:
            return module.optimizer_of(found, notes)
    text = found.name if isinstance(found, Called) else found
    bare = str(text)
    if bare.lower() in {name.lower() for name in keras.CLASSES}:
        return keras.by_word(bare)
    raise ProgramError(f"No optimizer was found. Received: {shown(text)}. Try {EXAMPLES}.")


def _inside(found: Any, optimizer: Optimizer, values: Values) -> Optimizer:
    """As this page writes momentum in PyTorch: `lr=1.0`, and a function `rate` that the loss is multiplied by."""
    rate = values.functions.get("rate")
    is_torch = isinstance(found, Called) and library(found) is torch
    if not is_torch or not isinstance(rate, Schedule) or optimizer.learning_rate != 1:
        return optimizer
    return optimizer.replace(learning_rate=rate)
