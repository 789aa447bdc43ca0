"""What an expression of a pasted text means for the optimizer: its calls, one after another."""

import ast
import dataclasses
import re
from typing import Any

from interop.read import keras, optax, optax_rates, torch
from interop.read.fields import bound, plain
from interop.read.libraries import SHAPED, has_parameters, module_of
from interop.read.schedulers import is_scheduler
from interop.read.tree import Called, Number, Other, Values, dotted, is_number, source
from interop.read.words import Notes, ProgramError, excerpt

COMPILE = (
    *("optimizer", "loss", "metrics", "loss_weights", "weighted_metrics", "run_eagerly", "steps_per_execution"),
    *("jit_compile", "auto_scale_loss", "sample_weight_mode", "target_tensors"),
)
"""What `model.compile` takes."""

CALLBACKS = ("ReduceLROnPlateau", "LearningRateScheduler")
"""Keras's callbacks that change the rate."""

FIELDS_SET = (
    r"lr|learning_rate|momentum|nesterov|weight_decay|betas|eps|alpha|dampening|beta_1|beta_2|rho|epsilon|clipnorm"
    r"|clipvalue|global_clipnorm"
)
SETS_RATE = re.compile(rf"\.({FIELDS_SET})$|\[['\"]({FIELDS_SET})['\"]\]$")
CLIPS = re.compile(r"(^|\.)clip_grad_(norm|value)_?$")
GRADIENTS = re.compile(r"(^|[._])(d?grads?|gradients?)($|[._])")
ENDS_IN_GRADIENTS = re.compile(r"(^|[._])(d?grads?|gradients?)$")
CLIPS_TENSORS = {
    "clip_by_global_norm": "global_clipnorm",
    "clip_by_norm": "clipnorm",
    "clip_by_value": "clipvalue",
}
WRAPPERS = ("LossScaleOptimizer", "Lookahead", "MovingAverage", "SWA")


@dataclasses.dataclass
class Clip:
    """A line that clips gradients: its call, where it stands, the field that it sets, and whose gradients."""

    call: Called
    node: ast.Call
    field: str
    limit: Any
    parameters: str = ""


@dataclasses.dataclass
class Found:
    """What of a text matters, in its order."""

    optimizers: list[Any] = dataclasses.field(default_factory=list)
    names: list[str] = dataclasses.field(default_factory=list)
    schedulers: list[Called] = dataclasses.field(default_factory=list)
    scheduler_names: list[str] = dataclasses.field(default_factory=list)
    clips: list[Clip] = dataclasses.field(default_factory=list)
    decays: dict[str, Any] = dataclasses.field(default_factory=dict)
    schedules: list[Called] = dataclasses.field(default_factory=list)
    unknown: list[Called] = dataclasses.field(default_factory=list)
    gradients: bool = False
    """Whether the statement that is read now makes gradients out of gradients."""

    def add(self, value: Any, name: str = "") -> None:
        """Keep an optimizer; what it is made of, and what it repeats, is no other one."""
        others = [at for at, other in enumerate(self.optimizers) if other != value and not _contains(value, other)]
        repeats = value in self.optimizers and not name
        name = self.names[self.optimizers.index(value)] if repeats else name
        self.optimizers = [*(self.optimizers[at] for at in others), value]
        self.names = [*(self.names[at] for at in others), name]

    def parameters_of(self, at: int) -> str:
        """What an optimizer moves, as it is written; nothing where it is not given, as in Keras and Optax."""
        call = self.optimizers[at]
        if not isinstance(call, Called) or module_of(call) is not torch:
            return ""
        given = call.first[0] if call.first else call.named.get("params")
        return "" if given is None else repr(given)


def _contains(value: Any, part: Any) -> bool:
    """Whether an optimizer's call was given another one."""
    given = [*value.first, *value.named.values()] if isinstance(value, Called) else []
    return any(entry == part or _contains(entry, part) for entry in given)


def notice(node: ast.expr, name: str, whole: bool, values: Values, parts: Found, notes: Notes) -> None:
    """Keep what is an optimizer, a scheduler or a clipping line, wherever in an expression it stands."""
    if isinstance(node, ast.Lambda):
        return
    if isinstance(node, ast.Constant) and isinstance(node.value, str) and whole:
        if name == "optimizer" or (name == "" and values.is_one_word and node.value.isidentifier()):
            parts.add(node.value, name)
        return
    if isinstance(node, ast.Call) and _notice_call(node, name, whole, values, parts, notes):
        return
    if whole and isinstance(node, (ast.Name, ast.Attribute)):
        _notice_word(node, name, values, parts)
        return
    outside = dict(values.assigned)
    for loop in getattr(node, "generators", []):  # names of a comprehension are its own
        for target in ast.walk(loop.target):
            if (word := dotted(target)) is not None:
                values.forget(word)
    for child in ast.iter_child_nodes(node):
        for part in ast.walk(child) if isinstance(child, ast.comprehension) else [child]:
            if isinstance(part, ast.keyword):
                part = part.value
            if isinstance(part, ast.expr):
                notice(part, "", False, values, parts, notes)
    values.assigned = outside


def _notice_word(node: ast.expr, name: str, values: Values, parts: Found) -> None:
    """`Adam`, or `optimizer = Adam`: a class by its name alone; a name that stands for an optimizer is that."""
    value = values.read(node)
    word = str(value).rpartition(".")[2]
    if (isinstance(value, str) and name == "optimizer") or (
        isinstance(value, Other) and name in ("", "optimizer") and word.lower() in keras.words()
    ):
        parts.add(value, name)


def _notice_call(node: ast.Call, name: str, whole: bool, values: Values, parts: Found, notes: Notes) -> bool:
    """Whether a call was one that matters, and so is done with."""
    values.remarks.clear()
    value = values.read(node)
    remarks = [*values.remarks]
    if not isinstance(value, Called):
        if isinstance(node.func, ast.Attribute) and "param_groups" in source(node.func):
            notes.append(f"`{excerpt(source(node))}` was left out: nothing is run here, and it may change the path.")
        return False
    last = value.name.rpartition(".")[2]
    if (kind := _own_kind(node, value.name, values)) is not None:
        if _is_own_optimizer(value, kind, name, values):
            raise ProgramError(
                f"`{last}` is a {kind} of this text, and no {kind} is run here. Received: {excerpt(value)}. "
                "Paste the line of Keras, PyTorch or Optax."
            )
        _notes_change(value, notes)
        return False
    if last == "compile" and "." in value.name:
        _compiles(value, parts, notes)
        notes.extend(remarks)
    elif last in CALLBACKS and ".lr_scheduler" not in value.name and not _has_optimizer(value):
        notes.leave_out(
            f"`{excerpt(value)}`",
            f"`{last}` changes the rate while training runs, and has no counterpart here. Received: {excerpt(value)}. "
            "Choose a schedule instead.",
        )
    elif last == "step" and _steps_unknown(node, values):
        notes.leave_out(
            f"`{excerpt(value)}`",
            f"`{excerpt(source(node.func)).removesuffix('.step')}` may change the rate, and what makes it is not known "
            f"here. Received: {excerpt(value)}. Paste the scheduler's own line.",
        )
    elif is_scheduler(value.name) or ("sched" in name and _has_optimizer(value)):
        parts.schedulers.append(value)
        parts.scheduler_names.append(name)
        notes.extend(remarks)
        return True
    elif CLIPS.search(value.name):
        parts.clips.append(Clip(value, node, *torch.clipping(value, notes)))
        notes.extend(remarks)
    elif last in CLIPS_TENSORS and value.name.startswith(("tf.", "tensorflow.", "ops.", "keras.ops.")):
        _clips_tensors(value, node, CLIPS_TENSORS[last], parts, notes)
    elif re.search(r"(^|regularizers\.)[lL]2$", value.name):
        _regularizes(value, name, parts, notes)
    elif last == "mul_" and (decay := _decay_in(node.args, values)) is not None:
        parts.decays["weight_decay"] = decay
    elif last == "Trainer" and "gradient_clip_val" in value.named:
        field = "clipvalue" if value.named.get("gradient_clip_algorithm") == "value" else "global_clipnorm"
        parts.clips.append(Clip(value, node, field, value.named["gradient_clip_val"]))
    elif last.endswith("AveragedModel") or last == "SWA":
        notes.append(f"`{excerpt(value)}` was left out: it averages the weights and changes no step.")
    elif last in keras.CURVES or last in optax_rates.CURVES:
        parts.schedules.append(value)
        return True
    elif module_of(value) is not None:
        parts.add(value, name)
        notes.extend(remarks)
        return True
    else:
        _notes_change(value, notes)
        if whole and not name:
            parts.unknown.append(value)
    return False


def _own_kind(node: ast.Call, called: str, values: Values) -> str | None:
    """What of the text itself goes by the name that is called: a class, a function or a name; None if it is none."""
    if called in values.bindings.classes:
        return "class"
    if called in values.bindings.functions:
        return "function"
    behind = values.assigned.get(dotted(node.func) or "")
    return "name" if behind is not None and called == dotted(node.func) else None


def _is_own_optimizer(call: Called, kind: str, name: str, values: Values) -> bool:
    """Whether a class or function of the text is an optimizer, as far as its name, its bases and its use say."""
    last = call.name.rpartition(".")[2]
    function = values.bindings.functions.get(call.name)
    if function is not None and kind == "function":  # what is made in it is read there
        inner = (part for part in ast.walk(function) if isinstance(part, ast.Call))
        if any((values.name(part.func) or "").rpartition(".")[2] in LIBRARY_NAMES for part in inner):
            return False
    if SHAPED.fullmatch(last) or last in LIBRARY_NAMES:
        return True
    is_named_so, has_rate = OPTIMIZER_NAME.search(name) is not None, "lr" in call.named
    if kind != "class":
        return has_parameters(call) and (is_named_so or has_rate)
    return is_named_so or (has_parameters(call) and has_rate) or _derives_from_optimizer(last, values)


OPTIMIZER_NAME = re.compile(r"(^|_)opt(im(izer)?)?(_?[a-zA-Z0-9])?$")
LIBRARY_NAMES = {*keras.CLASSES, *torch.CLASSES, *optax.CLASSES, *optax.OWN}


def _derives_from_optimizer(name: str, values: Values, within: tuple[str, ...] = ()) -> bool:
    bases = [base for base in values.bindings.classes.get(name, []) if base is not None and base not in within]
    return any(
        base.rpartition(".")[2] in (*LIBRARY_NAMES, "Optimizer")
        or _derives_from_optimizer(base, values, (*within, base))
        for base in bases
    )


HARMLESS = ("print", "repr", "str", "len", "type", "id", "display", "fit", "train", "prepare")
"""Functions that may be handed an optimizer and leave its rule as it is."""


def _notes_change(call: Called, notes: Notes) -> None:
    """Say so where a call that is not run may change the optimizer, its rate, its gradients or the weights."""
    last = call.name.rpartition(".")[2]
    given = [*call.first, *call.named.values()]
    wraps = any(isinstance(value, Called) and module_of(value) is not None for value in given)
    sets_rate = last in ("assign", "set_value") and bool(re.search(r"\b(lr|learning_rate)\b", call.text))
    clamps = (last.startswith("clamp") and ".grad" in call.text) or last == "register_hook"
    sets_rate = sets_rate or last == "add_param_group" or (last == "update" and "lr" in (*call.named, *_keys(given)))
    wraps = wraps or any(isinstance(value, Called) and is_scheduler(value.name) for value in given)
    averages = re.search(r"(^|_)EMA$|MovingAverage", last)
    wraps = wraps or _has_optimizer(call) or (last[:1].isupper() and has_parameters(call))
    if (wraps and last not in HARMLESS) or sets_rate or clamps or averages:
        notes.append(f"`{excerpt(call)}` was left out: nothing is run here, and it may change the path.")


SCHEDULES = re.compile(r"sched|(^|_)lr(_|$)|warm_?up|decay|anneal", re.IGNORECASE)


def _steps_unknown(node: ast.Call, values: Values) -> bool:
    """Whether something called like a scheduler takes a step, and no line of the text says what it is."""
    subject = node.func.value if isinstance(node.func, ast.Attribute) else None
    word = dotted(subject) if subject is not None else None
    if subject is None or word is None or not SCHEDULES.search(word.rpartition(".")[2]):
        return False
    maker = values.read(subject)
    known = isinstance(maker, Called) and (is_scheduler(maker.name) or module_of(maker) or _has_optimizer(maker))
    return not known


def _keys(values: list[Any]) -> list[Any]:
    """The keys of dicts among the values."""
    return [key for value in values if isinstance(value, dict) for key in value]


def _has_optimizer(call: Called) -> bool:
    """Whether the first argument is an optimizer, by what it stands for or by its name."""
    first = call.first[0] if call.first else call.named.get("optimizer")
    if isinstance(first, Called):
        return module_of(first) is not None
    return isinstance(first, Other) and "opt" in first.text


def changes_gradients(statement: ast.stmt, notes: Notes) -> bool:
    """Whether a statement makes gradients out of gradients; said, unless it clips them in a way that is read."""
    targets = getattr(statement, "targets", [getattr(statement, "target", None)])
    words = [dotted(part) or "" for target in targets if target is not None for part in ast.walk(target)]
    value = getattr(statement, "value", None)
    if value is None or isinstance(statement, ast.For):
        return False
    callees = {id(part) for node in ast.walk(value) if isinstance(node, ast.Call) for part in ast.walk(node.func)}
    given = [part for part in ast.walk(value) if id(part) not in callees and GRADIENTS.search(dotted(part) or "")]
    clips = any(name in source(value) for name in CLIPS_TENSORS)
    if clips and given:
        return True
    if isinstance(value, ast.Call) and (
        dotted(value.func) in ("zip", "list", "tuple") or CLIPS.search(source(value.func))
    ):
        return False
    is_gradient = any(ENDS_IN_GRADIENTS.search(word) for word in words)
    if is_gradient and (isinstance(statement, ast.AugAssign) or (given and isinstance(value, CHANGING))):
        notes.append(f"`{excerpt(source(statement))}` was left out: it changes the gradients, and nothing is run here.")
    return False


CHANGING = (ast.Call, ast.BinOp, ast.UnaryOp, ast.ListComp, ast.GeneratorExp, ast.DictComp, ast.IfExp)
"""Expressions that may give other gradients than they are given."""


def _compiles(call: Called, parts: Found, notes: Notes) -> None:
    """`model.compile`: its optimizer, and what it does not take."""
    unknown = [name for name in call.named if name not in COMPILE]
    if call.name == "torch.compile" or not ({"loss", "metrics", "optimizer"} & call.named.keys() or call.first):
        return
    parts.add(call.named.get("optimizer", call.first[0] if call.first else "rmsprop"), "")
    for name in unknown:
        notes.append(f"`{name}={excerpt(call.named[name])}` was left out: `compile` takes none, the optimizer does.")


def _regularizes(call: Called, name: str, parts: Found, notes: Notes) -> None:
    """Keras's L2, whose gradient is twice its number times the weights."""
    given = bound(call, {"l2": Number(0.01)}, {"l": "l2"})["l2"]
    if is_number(given):
        parts.decays["l2"] = plain("l2", given).become(2 * given)
        if name != "regularizer":  # as this page writes it
            notes.append(f"`{excerpt(call)}` is here `l2` = {2 * given:g}, since its gradient is twice as large.")
    else:
        notes.leave_out(f"`{excerpt(call)}`", f"`l2` must be a number that is written out. Received: {excerpt(call)}.")


def _decay_in(arguments: list[ast.expr], values: Values) -> Any:
    """The weight decay of `parameter.mul_(1 - group["lr"] * 0.01)`; None for any other product."""
    match arguments:
        case [
            ast.BinOp(left=ast.Constant(value=1), op=ast.Sub(), right=ast.BinOp(left=left, op=ast.Mult(), right=right))
        ]:
            return values.read(right) if source(left).endswith(("['lr']", "lr")) else None
    return None


def _clips_tensors(call: Called, node: ast.Call, field: str, parts: Found, notes: Notes) -> None:
    """TensorFlow's functions, where they are given gradients."""
    subject = str(call.first[0]).lower() if call.first else ""
    if not (parts.gradients or "grad" in subject or subject in ("g", "dy")):
        return
    limits = [value for value in (*call.first[1:], *call.named.values()) if is_number(value)]
    if field == "clipvalue" and (len(limits) < 2 or limits[0] != -limits[1]):
        notes.leave_out(
            f"`{excerpt(call)}`", f"Values are clipped alike on both sides here. Received: {excerpt(call)}."
        )
        return
    parts.clips.append(Clip(call, node, field, limits[-1] if limits else None))
