"""From a pasted text to an optimizer: which of its lines matter, and which library they speak of."""

import ast
import contextlib
import dataclasses
import re
from typing import Any

from interop.read import keras, optax_rates, torch
from interop.read.fields import bound, built, plain
from interop.read.functions import recognised
from interop.read.libraries import module_of
from interop.read.schedulers import is_scheduler, scheduled
from interop.read.tree import (
    Called,
    Number,
    Other,
    Values,
    dotted,
    inner_statements,
    is_number,
    own_expressions,
    parsed,
    source,
)
from interop.read.words import NoCounterpartError, Notes, ProgramError, names, shown
from optimizers import Optimizer, Schedule
from optimizers.optimizer import CLIPPING
from records import number_fields

EXAMPLES = "keras.optimizers.Adam(learning_rate=0.01), torch.optim.SGD(params, lr=0.1) or optax.lion(0.001)"

COMPILE = (
    *("optimizer", "loss", "metrics", "loss_weights", "weighted_metrics", "run_eagerly", "steps_per_execution"),
    *("jit_compile", "auto_scale_loss", "sample_weight_mode", "target_tensors"),
)
"""What `model.compile` takes."""

CALLBACKS = ("ReduceLROnPlateau", "LearningRateScheduler")
"""Keras's callbacks that change the rate."""

SETS_RATE = re.compile(r"\.(learning_rate|lr)$|\[['\"](lr|learning_rate)['\"]\]$")
CLIPS = re.compile(r"(^|\.)clip_grad_(norm|value)_?$")
CLIPS_TENSORS = {
    "clip_by_global_norm": "global_clipnorm",
    "clip_by_norm": "clipnorm",
    "clip_by_value": "clipvalue",
}
WRAPPERS = ("LossScaleOptimizer", "Lookahead", "MovingAverage", "SWA")


@dataclasses.dataclass(frozen=True)
class Program:
    """What a text says: the optimizer, its rate a number or a schedule; and what of the text is otherwise here."""

    optimizer: Optimizer
    notes: tuple[str, ...] = ()


@dataclasses.dataclass
class Found:
    """What of a text matters, in its order."""

    optimizers: list[Any] = dataclasses.field(default_factory=list)
    names: list[str] = dataclasses.field(default_factory=list)
    schedulers: list[Called] = dataclasses.field(default_factory=list)
    clips: list[tuple[Called, dict[str, Any]]] = dataclasses.field(default_factory=list)
    decays: dict[str, Any] = dataclasses.field(default_factory=dict)
    schedules: list[Called] = dataclasses.field(default_factory=list)
    unknown: list[Called] = dataclasses.field(default_factory=list)

    def add(self, value: Any, name: str = "") -> None:
        """Keep an optimizer, unless it is the one that was found last."""
        if value in self.optimizers:
            self.optimizers.remove(value)
        else:
            self.names.append(name)
        self.optimizers.append(value)


def read_program(text: str) -> Program:
    """The optimizer of a line, a notebook's cell or a small program in Keras, PyTorch or Optax.

    The text is parsed and looked up word by word, never run: numbers and their arithmetic, words, lists and known
    calls are read. What has nothing to do with the optimizer changes nothing. A library's own defaults stand for what
    is not given.

    Raises:
        ProgramError: with what cannot be read, what can, what was received, and what to try. Its `without` is the
            program without what has no counterpart here, if that is all that is wrong.

    >>> read_program("tf.keras.optimizers.SGD(learning_rate=0.1, momentum=0.9)").optimizer.momentum.item()
    0.9
    >>> read_program("optimizer = __import__('os').remove('x')")  # doctest: +ELLIPSIS
    Traceback (most recent call last):
    interop.read.words.ProgramError: No optimizer was found. Received: optimizer = __import__('os').remove('x')...
    """
    try:
        return _read(text, Notes())
    except NoCounterpartError as refused:
        with contextlib.suppress(ProgramError):  # something else may be wrong as well
            refused.without = _read(text, Notes(lenient=True))
        raise


def _read(text: str, notes: Notes) -> Program:
    text, body = parsed(text)
    values, found = Values(text), Found()
    _walk(body, values, found, notes)
    if not found.optimizers:
        _nothing_found(text, found)
    last = found.optimizers[-1]
    if len(found.optimizers) > 1:
        named = f", `{found.names[-1]}`," if found.names and found.names[-1] else ""
        notes.append(f"{len(found.optimizers)} optimizers were found; the last one{named} was taken.")
    optimizer = _optimizer(last, notes)
    optimizer = _clipped(optimizer, found, notes)
    for field, value in found.decays.items():
        if field in number_fields(optimizer):
            optimizer = optimizer.replace(**{field: getattr(built(type(optimizer), {field: value}, notes), field)})
    schedulers = _schedulers(found, last, notes)
    for call in schedulers:
        optimizer = scheduled(call, optimizer, values, notes)
    if not schedulers:
        optimizer = _inside(last, optimizer, values)
    return Program(optimizer, tuple(dict.fromkeys(notes)))


def _nothing_found(text: str, found: Found) -> None:
    if found.schedulers:
        call = found.schedulers[-1]
        raise ProgramError(f"That is a scheduler. Received: {shown(call)}. Paste the line of its optimizer as well.")
    if found.schedules:
        name = found.schedules[-1].name
        raise ProgramError(f"That is a schedule. Received: {shown(name)}. Paste the optimizer that has it.")
    if len(found.unknown) == 1 and text.startswith(found.unknown[0].text):
        name = found.unknown[0].name
        raise ProgramError(f"`{shown(name)}` is not known here. Received: {shown(name)}. Try {EXAMPLES}.")
    raise ProgramError(f"No optimizer was found. Received: {shown(' '.join(text.split()))}. Try {EXAMPLES}.")


def _walk(body: list[ast.stmt], values: Values, found: Found, notes: Notes, *, of_class: bool = False) -> None:
    """Every statement in the order of the text; names inside of a function are its own, those of a class `self`'s."""
    for statement in body:
        before = dict(values.assigned)
        _take(statement, values, found, notes)
        if of_class and isinstance(statement, (ast.Assign, ast.AnnAssign)):
            new = {name: node for name, node in values.assigned.items() if before.get(name) is not node}
            values.assigned = before | {f"self.{name}": node for name, node in new.items()}
        if not isinstance(statement, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            _walk(inner_statements(statement), values, found, notes)
            continue
        outside = dict(values.assigned)
        if not isinstance(statement, ast.ClassDef):
            _parameters(statement, values)
        _walk(statement.body, values, found, notes, of_class=isinstance(statement, ast.ClassDef))
        attributes = {name: node for name, node in values.assigned.items() if name.startswith("self.")}
        values.assigned = outside | attributes


def _parameters(function: ast.FunctionDef | ast.AsyncFunctionDef, values: Values) -> None:
    """A parameter stands for its default, or for nothing that is known, whatever has its name outside."""
    given = function.args
    plain_arguments = [*given.posonlyargs, *given.args]
    without = [None] * (len(plain_arguments) - len(given.defaults))
    pairs = [*zip(plain_arguments, [*without, *given.defaults], strict=True)]
    pairs += zip(given.kwonlyargs, given.kw_defaults, strict=True)
    for argument, default in pairs:
        values.assigned.pop(argument.arg, None)
        if default is not None:
            values.assigned[argument.arg] = default


def _take(statement: ast.stmt, values: Values, found: Found, notes: Notes) -> None:
    """Note what a statement imports, names or makes."""
    values.reads = 0
    match statement:
        case ast.Import() | ast.ImportFrom():
            values.imported.update(_imported(statement))
            return
        case ast.FunctionDef():
            values.functions[statement.name] = recognised(statement, values, notes)
        case ast.ClassDef():
            values.classes.add(statement.name)
        case ast.Assign(targets=targets, value=value):
            for target in targets:
                _assign(target, value, values, notes)
        case ast.AnnAssign(target=target, value=ast.expr() as value):
            _assign(target, value, values, notes)
        case ast.AugAssign(target=target):
            _sets_rate(target, notes)
            values.assigned.pop(dotted(target) or "", None)
        case ast.For(target=target):
            for part in ast.walk(target):
                values.assigned.pop(dotted(part) or "", None)
    name = _name_of(statement)
    alone = isinstance(statement, (ast.Expr, ast.Assign, ast.AnnAssign)) and statement.value is not None
    for expression in own_expressions(statement):
        whole = alone and expression is statement.value  # type: ignore[attr-defined]
        _notice(expression, name, whole, values, found, notes)


def _name_of(statement: ast.stmt) -> str:
    """The last part of the name that a statement assigns to; nothing if it does not."""
    target = statement.targets[0] if isinstance(statement, ast.Assign) else getattr(statement, "target", None)
    return (dotted(target) or "").rpartition(".")[2] if target is not None else ""


def _imported(statement: ast.Import | ast.ImportFrom) -> dict[str, str]:
    before = f"{statement.module}." if isinstance(statement, ast.ImportFrom) and statement.module else ""
    named = [(entry.asname or entry.name, before + entry.name) for entry in statement.names]
    return {short: long for short, long in named if short.isidentifier()}


def _assign(target: ast.expr, value: ast.expr, values: Values, notes: Notes) -> None:
    """What a name stands for from here on; names side by side, each its part."""
    if isinstance(target, (ast.Tuple, ast.List)):
        parts = value.elts if isinstance(value, (ast.Tuple, ast.List)) else []
        for index, part in enumerate(target.elts):
            if len(parts) == len(target.elts):
                _assign(part, parts[index], values, notes)
            else:
                values.assigned.pop(dotted(part) or "", None)
        return
    _sets_rate(target, notes)
    if (word := dotted(target)) is not None:
        values.assigned[word] = value
        values.functions.pop(word, None)


def _sets_rate(target: ast.expr, notes: Notes) -> None:
    """A line such as `optimizer.learning_rate = 0.1` or `group["lr"] *= 0.5`, which nobody runs here."""
    written = source(target)
    if SETS_RATE.search(written) and ("opt" in written or "group" in written or written.startswith("g[")):
        notes.append(f"`{shown(written)} = …` was left out: it changes the rate while training runs.")


def _notice(node: ast.expr, name: str, whole: bool, values: Values, found: Found, notes: Notes) -> None:
    """Keep what is an optimizer, a scheduler or a clipping line, wherever in an expression it stands."""
    if isinstance(node, ast.Lambda):
        return
    if isinstance(node, ast.Constant) and isinstance(node.value, str) and whole and name in ("", "optimizer"):
        found.add(node.value, name)
        return
    if isinstance(node, ast.Call) and _notice_call(node, name, whole, values, found, notes):
        return
    if whole and isinstance(node, (ast.Name, ast.Attribute)):
        _notice_word(node, name, values, found)
        return
    for child in ast.iter_child_nodes(node):
        for part in ast.walk(child) if isinstance(child, ast.comprehension) else [child]:
            if isinstance(part, ast.keyword):
                part = part.value
            if isinstance(part, ast.expr):
                _notice(part, "", False, values, found, notes)


def _notice_word(node: ast.expr, name: str, values: Values, found: Found) -> None:
    """`Adam`, or `optimizer = Adam`: a class by its name alone; a name that stands for an optimizer is that."""
    value = values.read(node)
    word = str(value).rpartition(".")[2]
    if (isinstance(value, str) and name == "optimizer") or (
        isinstance(value, Other) and name in ("", "optimizer") and word.lower() in _words()
    ):
        found.add(value, name)


def _words() -> set[str]:
    return {name.lower() for name in keras.CLASSES}


def _notice_call(node: ast.Call, name: str, whole: bool, values: Values, found: Found, notes: Notes) -> bool:
    """Whether a call was one that matters, and so is done with."""
    value = values.read(node)
    if not isinstance(value, Called):
        return False
    last = value.name.rpartition(".")[2]
    if value.name in values.classes:
        if "optim" in name or last in _words():
            raise ProgramError(f"`{last}` is a class of this text, and no class is run here. Received: {shown(value)}.")
        return False
    if last == "compile" and "." in value.name:
        _compiles(value, found, notes)
    elif last in CALLBACKS and ".lr_scheduler" not in value.name and not _has_optimizer(value):
        notes.leave_out(
            f"`{shown(value)}`",
            f"`{last}` changes the rate while training runs, and has no counterpart here. Received: {shown(value)}. "
            "Choose a schedule instead.",
        )
    elif is_scheduler(value.name) or ("sched" in name and _has_optimizer(value)):
        found.schedulers.append(value)
        return True
    elif CLIPS.search(value.name):
        found.clips.append((value, torch.clipping(value, notes)))
    elif last in CLIPS_TENSORS and value.name.startswith(("tf.", "tensorflow.", "ops.", "keras.ops.")):
        _clips_tensors(value, CLIPS_TENSORS[last], found, notes)
    elif re.search(r"(^|regularizers\.)[lL]2$", value.name):
        _regularizes(value, name, found, notes)
    elif last == "mul_" and (decay := _decay_in(node.args, values)) is not None:
        found.decays["weight_decay"] = decay
    elif last == "Trainer" and "gradient_clip_val" in value.named:
        field = "clipvalue" if value.named.get("gradient_clip_algorithm") == "value" else "global_clipnorm"
        found.clips.append((value, {field: value.named["gradient_clip_val"]}))
    elif last.endswith("AveragedModel") or last == "SWA":
        notes.append(f"`{shown(value)}` was left out: it averages the weights and changes no step.")
    elif last in keras.CURVES or last in optax_rates.CURVES:
        found.schedules.append(value)
        return True
    elif module_of(value) is not None:
        found.add(value, name)
        return True
    else:
        # `opt = wrapped(opt)`: by now the name stands for the call itself
        again = "opt" in name and any(isinstance(part, ast.Name) and part.id == name for part in node.args)
        _notes_change(value, again, notes)
        if whole and not name:
            found.unknown.append(value)
    return False


HARMLESS = ("print", "repr", "str", "len", "type", "id", "display", "fit", "train", "prepare")
"""Functions that may be handed an optimizer and leave its rule as it is."""


def _notes_change(call: Called, wraps: bool, notes: Notes) -> None:
    """Say so where a call that is not run may change the optimizer, its rate, its gradients or the weights.

    `wraps` tells that it is known to be handed the optimizer.
    """
    last = call.name.rpartition(".")[2]
    given = [*call.first, *call.named.values()]
    wraps = wraps or any(isinstance(value, Called) and module_of(value) is not None for value in given)
    sets_rate = last in ("assign", "set_value") and re.search(r"\b(lr|learning_rate)\b", call.text)
    clamps = last.startswith("clamp") and ".grad" in call.text
    averages = re.search(r"(^|_)EMA$|MovingAverage", last)
    wraps = wraps or _has_optimizer(call)
    if (wraps and last not in HARMLESS) or sets_rate or clamps or averages:
        notes.append(f"`{shown(call)}` was left out: nothing is run here, and it may change the path.")


def _has_optimizer(call: Called) -> bool:
    """Whether the first argument is an optimizer, by what it stands for or by its name."""
    first = call.first[0] if call.first else call.named.get("optimizer")
    if isinstance(first, Called):
        return module_of(first) is not None
    return isinstance(first, Other) and "opt" in first.text


def _compiles(call: Called, found: Found, notes: Notes) -> None:
    """`model.compile`: its optimizer, and what it does not take."""
    unknown = [name for name in call.named if name not in COMPILE]
    if call.name == "torch.compile" or not ({"loss", "metrics", "optimizer"} & call.named.keys() or call.first):
        return
    found.add(call.named.get("optimizer", call.first[0] if call.first else "rmsprop"), "")
    for name in unknown:
        notes.append(f"`{name}={shown(call.named[name])}` was left out: `compile` takes none, the optimizer does.")


def _regularizes(call: Called, name: str, found: Found, notes: Notes) -> None:
    """Keras's L2, whose gradient is twice its number times the weights."""
    given = bound(call, {"l2": Number(0.01)}, {"l": "l2"})["l2"]
    if is_number(given):
        found.decays["l2"] = plain("l2", given).become(2 * given)
        if name != "regularizer":  # as this page writes it
            notes.append(f"`{shown(call)}` is here `l2` = {2 * given:g}, since its gradient is twice as large.")
    else:
        notes.leave_out(f"`{shown(call)}`", f"`l2` must be a number that is written out. Received: {shown(call)}.")


def _decay_in(arguments: list[ast.expr], values: Values) -> Any:
    """The weight decay of `parameter.mul_(1 - group["lr"] * 0.01)`; None for any other product."""
    match arguments:
        case [
            ast.BinOp(left=ast.Constant(value=1), op=ast.Sub(), right=ast.BinOp(left=left, op=ast.Mult(), right=right))
        ]:
            return values.read(right) if source(left).endswith(("['lr']", "lr")) else None
    return None


def _clips_tensors(call: Called, field: str, found: Found, notes: Notes) -> None:
    """TensorFlow's functions, where they are given gradients."""
    subject = str(call.first[0]).lower() if call.first else ""
    if not ("grad" in subject or subject in ("g", "dy")):
        return
    limits = [value for value in (*call.first[1:], *call.named.values()) if is_number(value)]
    if field == "clipvalue" and (len(limits) < 2 or limits[0] != -limits[1]):
        notes.leave_out(f"`{shown(call)}`", f"Values are clipped alike on both sides here. Received: {shown(call)}.")
        return
    found.clips.append((call, {field: limits[-1] if limits else None}))


def _clipped(optimizer: Optimizer, found: Found, notes: Notes) -> Optimizer:
    """The optimizer with the clipping of the lines around it."""
    for call, fields in found.clips[-1:]:
        ((field, limit),) = fields.items()
        if not is_number(limit):
            notes.leave_out(
                f"`{shown(call)}`",
                f"The limit of `{call.name.rpartition('.')[2]}` must be a number that is written out. "
                f"Received: {shown(call)}.",
            )
            continue
        others = {name: 0.0 for name in CLIPPING if name != field}
        made = built(type(optimizer), {field: plain(field, limit)}, notes)
        optimizer = optimizer.replace(**others, **{field: getattr(made, field)})
    if len({tuple(fields.items()) for _, fields in found.clips}) > 1:
        notes.append(f"Gradients are clipped in {len(found.clips)} places; the last one was taken.")
    return optimizer


def _schedulers(found: Found, last: Any, notes: Notes) -> list[Called]:
    """The scheduler of the optimizer: not those inside another one, nor those of another optimizer."""
    parts = [part for call in found.schedulers for part in _parts(call)]
    own = []
    for call in found.schedulers:
        subject = call.first[0] if call.first else call.named.get("optimizer")
        if isinstance(subject, Called) and subject != last and subject in found.optimizers:
            notes.append(f"`{shown(call)}` was left out: it is of another optimizer.")
        elif call not in parts:
            own.append(call)
    if len(own) > 1:
        said = names(call.name.rpartition(".")[2] for call in own)
        notes.leave_out(f"All schedulers ({said})", f"There can be one scheduler. Received: {len(own)}, {said}.")
        return []
    return own


def _parts(call: Called) -> list[Called]:
    """The schedulers that a scheduler is made of."""
    given = [*call.first, *call.named.values()]
    return [part for value in given if isinstance(value, tuple) for part in value if isinstance(part, Called)]


def _optimizer(found: Any, notes: Notes) -> Optimizer:
    if isinstance(found, str):
        return keras.by_word(found)
    if isinstance(found, Called):
        module = module_of(found)
        if module is not None:
            return module.optimizer_of(found, notes)
    text = found.name if isinstance(found, Called) else found
    bare = str(text).rpartition(".")[2]
    if bare.lower() in _words():
        return keras.by_word(bare)
    raise ProgramError(f"No optimizer was found. Received: {shown(text)}. Try {EXAMPLES}.")


def _inside(found: Any, optimizer: Optimizer, values: Values) -> Optimizer:
    """As this page writes momentum in PyTorch: `lr=1.0`, and a function `rate` that the loss is multiplied by."""
    rate = values.functions.get("rate")
    is_torch = isinstance(found, Called) and module_of(found) is torch
    if not is_torch or not isinstance(rate, Schedule) or optimizer.learning_rate != 1:
        return optimizer
    return optimizer.replace(learning_rate=rate)
