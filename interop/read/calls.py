"""What the calls in an expression of a pasted text mean for the optimizer."""

import ast
import dataclasses
import re
from typing import Any

from interop.read import keras, optax, optax_rates, torch
from interop.read.bindings import Place, calls_behind, place
from interop.read.changes import ARGUMENTS, CLIPS, CLIPS_TENSORS, has_optimizer, notice_accumulation, notice_change
from interop.read.fields import bound, plain
from interop.read.libraries import SHAPED, has_parameters, module_of
from interop.read.places import decided
from interop.read.schedulers import is_scheduler
from interop.read.tree import Called, Number, Other, Values, dotted, is_number, source
from interop.read.words import Notes, ProgramError, excerpt

COMPILE = (
    *("optimizer", "loss", "metrics", "loss_weights", "weighted_metrics", "run_eagerly", "steps_per_execution"),
    *("jit_compile", "auto_scale_loss", "sample_weight_mode", "target_tensors"),
)
"""The arguments of `model.compile`."""

CALLBACKS = ("ReduceLROnPlateau", "LearningRateScheduler")
"""Keras's callbacks that change the rate."""

WRAPPERS = ("LossScaleOptimizer", "Lookahead", "MovingAverage", "SWA")


@dataclasses.dataclass
class Clip:
    """A call that clips gradients: the call and its node, the field that it sets, the limit, and whose gradients."""

    call: Called
    node: ast.Call
    field: str
    limit: Any
    parameters: str = ""


@dataclasses.dataclass
class Use:
    """A call that takes a step or is given an optimizer: the call, and the optimizer, its makers or its name."""

    node: ast.Call
    value: Any = None
    places: list[Place] = dataclasses.field(default_factory=list)
    word: str = ""


@dataclasses.dataclass
class Setting:
    """A line that gives an optimizer's rate another value: where it stands, whose rate, and what it is given."""

    node: ast.AST
    places: list[Place]
    value: Any
    operator: type | None
    note: str


@dataclasses.dataclass
class Found:
    """Everything in a text that matters, in its order."""

    optimizers: list[Any] = dataclasses.field(default_factory=list)
    names: list[str] = dataclasses.field(default_factory=list)
    schedulers: list[Called] = dataclasses.field(default_factory=list)
    scheduler_names: list[str] = dataclasses.field(default_factory=list)
    nodes: list[tuple[Called, ast.Call]] = dataclasses.field(default_factory=list)
    """The calls that make optimizers and schedulers, with their nodes."""
    clips: list[Clip] = dataclasses.field(default_factory=list)
    decays: dict[str, Any] = dataclasses.field(default_factory=dict)
    schedules: list[Called] = dataclasses.field(default_factory=list)
    unknown: list[Called] = dataclasses.field(default_factory=list)
    unknown_steps: list[Called] = dataclasses.field(default_factory=list)
    """Steps of what is called like a scheduler, and was not made before."""
    uses: list[Use] = dataclasses.field(default_factory=list)
    """What takes steps, or is handed to what does."""
    undefined: list[tuple[Other, Use]] = dataclasses.field(default_factory=list)
    """What `compile` is given that may be no optimizer of this text."""
    bound: dict[str, list[tuple[list[Place], ast.AST]]] = dataclasses.field(default_factory=dict)
    """By name the optimizers that it is given in turn, as the calls that may have made each, and the statement."""
    settings: list[Setting] = dataclasses.field(default_factory=list)
    arguments: Called | None = None
    """The training arguments of a Trainer of Transformers, which name its optimizer."""
    gradients: bool = False
    """Whether the statement that is being read computes gradients from gradients."""

    @property
    def places(self) -> set[Place]:
        """Where the calls that make optimizers begin."""
        return {place(node) for _, node in self.nodes}

    def add(self, value: Any, name: str = "") -> None:
        """Keep an optimizer; what it is made of, and what it repeats, is no other one."""
        others = [at for at, other in enumerate(self.optimizers) if other != value and not contains(value, other)]
        repeats = value in self.optimizers and not name
        name = self.names[self.optimizers.index(value)] if repeats else name
        self.optimizers = [*(self.optimizers[at] for at in others), value]
        self.names = [*(self.names[at] for at in others), name]

    def parameters_of(self, at: int) -> str:
        """The parameters of the optimizer at `at`, as written; "" where none are passed, as in Keras."""
        call = self.optimizers[at]
        if not isinstance(call, Called) or module_of(call) is not torch:
            return ""
        given = call.first[0] if call.first else call.named.get("params")
        return "" if given is None else repr(given)


def contains(value: Any, part: Any) -> bool:
    """Whether an optimizer's call was given another one."""
    given = [*value.first, *value.named.values()] if isinstance(value, Called) else []
    return any(entry == part or contains(entry, part) for entry in given)


def notice(node: ast.expr, name: str, whole: bool, values: Values, parts: Found, notes: Notes) -> None:
    """Find optimizers, schedulers and clipping calls anywhere in an expression, and add them to `parts`.

    Args:
        node: the expression.
        name: the name that it is assigned to, "" for none.
        whole: whether it is the whole right side of a statement.
        values: the names known so far.
        parts: receives what is found.
        notes: receives remarks.
    """
    # what a lambda makes is made when it is called, and not here
    if isinstance(node, ast.Lambda):
        return
    if isinstance(node, ast.IfExp) and (holds := decided(node.test, values, notes)) is not None:
        values.bindings.decided[place(node)] = holds
        notice(node.body if holds else node.orelse, name, whole, values, parts, notes)
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
    value = values.read(node) if whole and isinstance(node, ast.Subscript) else None
    if isinstance(value, Called) and module_of(value) is not None:  # one of several, by its key
        parts.add(value, name)
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
    """Add an optimizer's class without a call, as in `optimizer = Adam`, or a name that stands for an optimizer."""
    value = values.read(node)
    word = str(value).rpartition(".")[2]
    if (isinstance(value, str) and name == "optimizer") or (
        isinstance(value, Other) and name in ("", "optimizer") and word.lower() in keras.words()
    ):
        parts.add(value, name)


def _notice_call(node: ast.Call, name: str, whole: bool, values: Values, parts: Found, notes: Notes) -> bool:
    """Whether a call was one that matters, and so is done with."""
    _notice_use(node, values, parts)
    values.remarks.clear()
    value = values.read(node)
    remarks = [*values.remarks]
    if not isinstance(value, Called):
        notice_change(node, None, values, notes)
        return False
    last = value.name.rpartition(".")[2]
    if (kind := _own_kind(node, value.name, values)) is not None:
        if _is_own_optimizer(value, kind, name, values):
            raise ProgramError(
                f"`{last}` is {kind} of this text, and nothing is run here. Received: {excerpt(value)}. "
                "Paste the line of Keras, PyTorch or Optax."
            )
        notice_change(node, value, values, notes, is_own=True)
        return False
    # an optimizer's own arguments of this kind are read with the optimizer
    if last not in LIBRARY_NAMES and not SHAPED.fullmatch(last) and not ARGUMENTS.search(last):
        notice_accumulation(value, notes)
    if ARGUMENTS.search(last):
        parts.arguments = value
    elif last == "compile" and "." in value.name:
        _compiles(value, node, values, parts, notes)
        notes.extend(remarks)
    elif last in CALLBACKS and ".lr_scheduler" not in value.name and not has_optimizer(value):
        notes.leave_out(
            f"`{excerpt(value)}`",
            f"`{last}` changes the rate while training runs, and has no counterpart here. Received: {excerpt(value)}. "
            "Choose a schedule instead.",
        )
    elif last == "step" and _steps_unknown(node, values):
        parts.unknown_steps.append(value)
    elif is_scheduler(value.name) or ("sched" in name and has_optimizer(value)):
        parts.schedulers.append(value)
        parts.scheduler_names.append(name)
        parts.nodes.append((value, node))
        notes.extend(remarks)
        return True
    elif CLIPS.search(value.name):
        parts.clips.append(Clip(value, node, *torch.clipping(value, notes)))
        notes.extend(remarks)
    elif last in CLIPS_TENSORS and value.name.startswith(("tf.", "tensorflow.", "ops.", "keras.ops.")):
        _clips_tensors(value, node, CLIPS_TENSORS[last], parts, notes)
    elif re.search(r"(^|regularizers\.)[lL]2$", value.name):
        _regularizes(value, name, parts, notes)
    # this page itself writes decoupled decay in PyTorch so
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
        parts.nodes.append((value, node))
        notes.extend(remarks)
        return True
    else:
        notice_change(node, value, values, notes)
        if whole and not name:
            parts.unknown.append(value)
    return False


STEPS = {"step": 0, "apply_gradients": 1, "minimize": 1, "apply": 1, "update": 2, "stateless_apply": 2}
"""Methods by which an optimizer takes a step, and how many arguments they have at least."""

TAKES_STEPS = re.compile(r"scaler|^xm$|accelerator")


def _notice_use(node: ast.Call, values: Values, parts: Found) -> None:
    """Keep whose step a call is, or what a call is given as its optimizer."""
    subjects = [part.value for part in node.keywords if part.arg in ("tx", "optimizer") and not _is_schedule(node)]
    if isinstance(node.func, ast.Attribute):
        last, given = node.func.attr, len(node.args) + len(node.keywords)
        if last == "step" and node.args and TAKES_STEPS.search(dotted(node.func.value) or ""):
            subjects.append(node.args[0])
        elif last in STEPS and given >= STEPS[last]:
            subjects.append(node.func.value)
        elif last == "Optimizer" and len(node.args) > 1:  # of Flax
            subjects.append(node.args[1])
    for subject in subjects:
        places = calls_behind(subject, values, parts.places)
        if places or dotted(subject) is not None:
            parts.uses.append(Use(node, None, places, dotted(subject) or ""))


def _is_schedule(node: ast.Call) -> bool:
    return is_scheduler(dotted(node.func) or "")


def _own_kind(node: ast.Call, called: str, values: Values) -> str | None:
    """What the called name is in the text itself, as words: "a class", "a function", "a name"; None if it is none."""
    # a text may define a class of its own under a library's name
    words = {called, dotted(node.func)}
    if words & values.bindings.classes.keys():
        return "a class"
    if words & values.bindings.functions.keys():
        return "a function"
    behind = values.assigned.get(dotted(node.func) or "")
    return "a name" if behind is not None and called == dotted(node.func) else None


def _is_own_optimizer(call: Called, kind: str, name: str, values: Values) -> bool:
    """Whether a class or function of the text is an optimizer, judged by its name, its bases and its use."""
    last = call.name.rpartition(".")[2]
    is_named_so, has_rate = OPTIMIZER_NAME.search(name) is not None, "lr" in call.named
    derives = kind == "a class" and _derives_from_optimizer(last, values)
    if (own := values.bindings.definitions.get(last)) is not None and not derives:
        inner = (part for part in ast.walk(own) if isinstance(part, ast.Call))
        if any((values.name(part.func) or "").rpartition(".")[2] in LIBRARY_NAMES for part in inner):
            return kind == "a class" and is_named_so  # what is made in it is read there
    if derives or SHAPED.fullmatch(last) or last in LIBRARY_NAMES:
        return True
    if kind != "a class":
        return has_parameters(call) and (is_named_so or has_rate)
    return is_named_so or (has_parameters(call) and has_rate)


OPTIMIZER_NAME = re.compile(r"(^|_)opt(im(izer)?)?(_?[a-zA-Z0-9])?$")
LIBRARY_NAMES = {*keras.CLASSES, *torch.CLASSES, *optax.CLASSES, *optax.OWN}


def _derives_from_optimizer(name: str, values: Values, within: tuple[str, ...] = ()) -> bool:
    bases = [base for base in values.bindings.classes.get(name, []) if base is not None and base not in within]
    return any(
        base.rpartition(".")[2] in (*LIBRARY_NAMES, "Optimizer")
        or _derives_from_optimizer(base, values, (*within, base))
        for base in bases
    )


SCHEDULES = re.compile(r"sched|(^|_)lr(_|$)|warm_?up|decay|anneal", re.IGNORECASE)


def _steps_unknown(node: ast.Call, values: Values) -> bool:
    """Whether `node` is the `step` of something named like a scheduler that no line of the text makes."""
    subject = node.func.value if isinstance(node.func, ast.Attribute) else None
    word = dotted(subject) if subject is not None else None
    if subject is None or word is None or not SCHEDULES.search(word.rpartition(".")[2]):
        return False
    maker = values.read(subject)
    known = isinstance(maker, Called) and (is_scheduler(maker.name) or module_of(maker) or has_optimizer(maker))
    return not known


def _compiles(call: Called, node: ast.Call, values: Values, parts: Found, notes: Notes) -> None:
    """`model.compile`: its optimizer, and what it does not take."""
    unknown = [name for name in call.named if name not in COMPILE]
    if call.name == "torch.compile" or not ({"loss", "metrics", "optimizer"} & call.named.keys() or call.first):
        return
    optimizer = call.named.get("optimizer", call.first[0] if call.first else "rmsprop")
    written = next((part.value for part in node.keywords if part.arg == "optimizer"), None)
    written = node.args[0] if written is None and node.args else written
    if isinstance(optimizer, Other) and written is not None:
        inner = [place(part) for part in ast.walk(written) if isinstance(part, ast.Call)]
        use = Use(node, None, calls_behind(written, values, parts.places) or inner, dotted(written) or "")
        parts.uses.append(use)
        parts.undefined.append((optimizer, use))
    else:
        parts.add(optimizer, "")
        parts.uses.append(Use(node, optimizer))
    for name in unknown:
        notes.append(f"`{name}={excerpt(call.named[name])}` was left out: `compile` takes none, the optimizer does.")


def _regularizes(call: Called, name: str, parts: Found, notes: Notes) -> None:
    """Add Keras's L2 regularizer. Its gradient is twice its number times the weights, so `l2` is twice its number."""
    given = bound(call, {"l2": Number(0.01)}, {"l": "l2"})["l2"]
    if is_number(given):
        parts.decays["l2"] = plain("l2", given).become(2 * given)
        if name != "regularizer":  # as this page writes it
            notes.append(f"`{excerpt(call)}` is here `l2` = {2 * given:g}, since its gradient is twice as large.")
    else:
        notes.leave_out(f"`{excerpt(call)}`", f"`l2` must be a number that is written out. Received: {excerpt(call)}.")


def _decay_in(arguments: list[ast.expr], values: Values) -> Any:
    """The weight decay in `parameter.mul_(1 - group["lr"] * 0.01)`; None for any other factor."""
    match arguments:
        case [
            ast.BinOp(left=ast.Constant(value=1), op=ast.Sub(), right=ast.BinOp(left=left, op=ast.Mult(), right=right))
        ]:
            return values.read(right) if source(left).endswith(("['lr']", "lr")) else None
    return None


def _clips_tensors(call: Called, node: ast.Call, field: str, parts: Found, notes: Notes) -> None:
    """Add a clip by one of TensorFlow's functions, if it is applied to gradients."""
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
