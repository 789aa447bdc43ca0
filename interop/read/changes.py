"""Lines that change gradients, updates, weights or the rate beside the optimizer. They are not run, but named."""

import ast
import re
from collections.abc import Iterator
from typing import Any

from interop.read.libraries import has_parameters, module_of
from interop.read.optax_chain import PARTS
from interop.read.schedulers import is_scheduler
from interop.read.tree import Called, Other, Values, dotted, source
from interop.read.words import Notes, ProgramError, excerpt

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

HARMLESS = (
    *("print", "repr", "str", "len", "type", "id", "display", "isinstance", "hasattr", "fit", "train", "prepare"),
    *("state_dict", "save", "unscale_", "step", "append", "Checkpoint", "CheckpointManager", "create"),
)
"""Functions that take an optimizer as an argument and leave its rule as it is."""

CLIPS_WEIGHTS = ("clamp_", "clip_", "renorm_")
CHANGES_WEIGHTS = (
    *("mul_", "add_", "sub_", "div_", "lerp_", "addcmul_", "addcdiv_"),
    *("assign", "assign_add", "assign_sub"),
)
WEIGHTS = re.compile(r"\.data$|weight|bias|param|kernel|theta|^(self\.)?[pwqb]\d?$", re.IGNORECASE)
NO_WEIGHTS = re.compile(r"loss|total|correct|acc|running|avg|mean|buf|count|metric|noise|lr$|rate$", re.IGNORECASE)
CONSTRAINTS = ("kernel_constraint", "bias_constraint", "embeddings_constraint", "depthwise_constraint")

UPDATES = re.compile(r"(^|[._])(updates?|upds?)$")
PARAMETERS = re.compile(r"(^|[._])(params?|parameters|weights?|theta|w|model)$")
PROJECTS = re.compile(r"(^|[._])(tree_?map|map|clip|clamp|maximum|minimum|where|normalize|project\w*)$")
ACCUMULATION = re.compile(r"(grad\w*_)?accum\w*_(steps|iter|grad_batches|batches)|update_freq|accumulate_grad_batches")
ARGUMENTS = re.compile(r"(\w*TrainingArguments|SFTConfig|DPOConfig|TrainerConfig)$")


def notice_change(node: ast.Call, call: Called | None, values: Values, notes: Notes, *, is_own: bool = False) -> None:
    """Note a call that may change the optimizer, its rate, its gradients or the weights, since it is not run here.

    Args:
        node: the call.
        call: the call as it was read; None if its name is not a dotted word.
        values: the names known so far.
        notes: receives the remark.
        is_own: whether the text itself defines what is called, so that its lines are read anyway.
    """
    receiver, _, last = source(node.func).rpartition(".")
    written = excerpt(call) if call is not None else excerpt(source(node))
    changes = (
        _changes_weights(receiver, last)
        or _changes_trained(node, receiver, last, values)
        or _asks_optimizer(node, values)
        or _is_fed_otherwise(node, values)
        or "param_groups" in receiver
        or last == "register_hook"
        or _transforms(node, values)
        or (call is not None and _changes_optimizer(call, last, is_own))
    )
    if changes:
        notes.append(f"`{written}` was left out: nothing is run here, and it may change the path.")
    for name in CONSTRAINTS if call is not None else ():
        if call is not None and call.named.get(name) is not None:
            notes.append(f"`{name}={excerpt(call.named[name])}` was left out: weights are free here.")


def _is_optimizer(call: Called) -> bool:
    """Whether a call makes an optimizer, of any library."""
    try:
        return module_of(call) is not None
    except ProgramError:  # of a library that is not known, which is said where the call itself is read
        return True


def _changes_weights(receiver: str, last: str) -> bool:
    """Whether a method changes weights or gradients in place, beside the optimizer."""
    # parameter.grad.clamp_(…) clips by hand, in a way that is not read
    if re.search(r"\.grad\b", receiver):
        return last.startswith("clamp") or last in (*CHANGES_WEIGHTS, *CLIPS_WEIGHTS)
    if NO_WEIGHTS.search(receiver):
        return False
    return last in CLIPS_WEIGHTS or (last in CHANGES_WEIGHTS and WEIGHTS.search(receiver) is not None)


def _changes_trained(node: ast.Call, receiver: str, last: str, values: Values) -> bool:
    """Whether a variable of TensorFlow's is given a value that is worked out, beside what the optimizer does."""
    if last not in ("assign", "assign_add", "assign_sub") or NO_WEIGHTS.search(receiver):
        return False
    words = {dotted(part) or "" for value in node.args for part in ast.walk(value)}
    is_computed = any(isinstance(value, ast.BinOp | ast.UnaryOp | ast.Call) for value in node.args)
    by_gradient = bool(words & values.bindings.gradients) or any(GRADIENTS.search(word) for word in words)
    return by_gradient or (receiver in values.bindings.weights and (is_computed or last != "assign"))


def _is_fed_otherwise(node: ast.Call, values: Values) -> bool:
    """Whether a step is given other gradients or updates than there are, worked out where they are given."""
    last = source(node.func).rpartition(".")[2]
    at = {"update": 0, "apply_gradients": 0, "apply_updates": 1}.get(last)
    named = [keyword.value for keyword in node.keywords if keyword.arg in ("grads", "updates", "grads_and_vars")]
    given = [*node.args[at : at + 1], *named] if at is not None else []
    for value in given:
        if isinstance(value, ast.Call) and dotted(value.func) in ("zip", "list") and value.args:
            value = value.args[0]
        if is_arithmetic(value) and not any(name in source(value) for name in CLIPS_TENSORS):
            words = {dotted(part) or "" for part in ast.walk(value)}
            return any(_is_gradient(word, values) or UPDATES.search(word) for word in words)
    return False


def _is_gradient(word: str, values: Values) -> bool:
    """Whether a word stands for gradients, by its name or by what the text does with it."""
    return GRADIENTS.search(word) is not None or word in values.bindings.gradients


def is_arithmetic(value: ast.expr) -> bool:
    """Whether an expression computes numbers from others, one by one or over a tree."""
    if isinstance(value, (ast.ListComp, ast.GeneratorExp)):
        return any(isinstance(part, (ast.BinOp, ast.UnaryOp)) for part in ast.walk(value.elt))
    if isinstance(value, ast.Call):
        return PROJECTS.search(source(value.func)) is not None
    return isinstance(value, (ast.BinOp, ast.UnaryOp))


METHODS = (
    *("step", "zero_grad", "apply_gradients", "apply", "init", "update", "minimize", "build", "compute_gradients"),
    *("state_dict", "get_config", "from_config", "variables", "get_weights", "aggregate_gradients", "assign", "items"),
    *("register_step_post_hook", "get_gradients", "numpy", "stateless_apply", "get_updates", "gradient_transformation"),
)
"""The methods of an optimizer that a plain training loop calls."""


def _asks_optimizer(node: ast.Call, values: Values) -> bool:
    """Whether a method of an optimizer is called that no plain training loop calls, such as one that loads a state."""
    if not isinstance(node.func, ast.Attribute) or node.func.attr in METHODS:
        return False
    subject = values.read(node.func.value)
    return isinstance(subject, Called) and subject.name not in values.bindings.definitions and _is_optimizer(subject)


def _changes_optimizer(call: Called, last: str, is_own: bool) -> bool:
    """Whether a call takes an optimizer, a scheduler or a rate, and may make another one of it."""
    given = [*call.first, *call.named.values()]
    known = [value for value in given if isinstance(value, Called)]
    wraps = any(_is_optimizer(value) or is_scheduler(value.name) for value in known)
    wraps = wraps or has_optimizer(call) or (last[:1].isupper() and has_parameters(call))
    sets_rate = (
        (last in ("assign", "set_value") and re.search(r"\b(lr|learning_rate)\b", call.text) is not None)
        or last == "add_param_group"
        or (last == "update" and "lr" in (*call.named, *_keys(given)))
        or "hyperparams" in call.named
        or (last.endswith("set") and "learning_rate" in call.named)
    )
    averages = re.search(r"(^|_)EMA$|MovingAverage", last)
    wraps = wraps and not is_own and last not in HARMLESS and not call.name.startswith("nnx.")
    return bool(wraps or sets_rate or averages)


def _transforms(node: ast.Call, values: Values) -> bool:
    """Whether a call projects weights, or passes gradients or updates through a part of Optax by hand."""
    name = values.name(node.func) or ""
    last = name.rpartition(".")[2]
    if "optax.projections." in name or last.startswith("projection_") or last == "incremental_update":
        return True
    if not isinstance(node.func, ast.Attribute) or node.func.attr != "update":
        return False
    part = values.read(node.func.value)
    return isinstance(part, Called) and part.name.startswith("optax.") and part.name.rpartition(".")[2] in PARTS


def notice_accumulation(call: Called, notes: Notes) -> None:
    """Leave out, or refuse, a call by which gradients add up over several batches before each step."""
    for name, value in call.named.items():
        if ACCUMULATION.fullmatch(name) and value is not None and value != 1:
            notes.leave_out(
                f"`{name}={excerpt(value)}`",
                f"`{name}` has no counterpart here: gradients add up over several batches before each step. "
                f"Received: {excerpt(value)}. Set a larger batch instead.",
            )
    if call.name.rpartition(".")[2] in ("accumulate", "no_sync"):
        notes.leave_out(
            f"`{excerpt(call)}`",
            "Gradients that add up over several batches before each step have no counterpart here. "
            f"Received: {excerpt(call)}. Set a larger batch instead.",
        )


def _keys(values: list[Any]) -> list[Any]:
    """The keys of all dicts among the values."""
    return [key for value in values if isinstance(value, dict) for key in value]


def has_optimizer(call: Called) -> bool:
    """Whether the first argument is an optimizer, by its value or by its name."""
    first = call.first[0] if call.first else call.named.get("optimizer")
    if isinstance(first, Called):
        return _is_optimizer(first)
    return isinstance(first, Other) and OPTIMIZER_WORD.fullmatch(first.text) is not None


OPTIMIZER_WORD = re.compile(r"([\w.]+\.)?(\w+_)?opt(?!ions?\b|ax\b|\.)\w*(\[.*\])?")


def changes_gradients(statement: ast.stmt, values: Values, notes: Notes) -> bool:
    """Whether a statement makes gradients out of gradients; said, unless it clips them in a way that is read."""
    targets = getattr(statement, "targets", [getattr(statement, "target", None)])
    words = [dotted(part) or "" for target in targets if target is not None for part in ast.walk(target)]
    value = getattr(statement, "value", None)
    if value is None or isinstance(statement, ast.For):
        return False
    _notice_statement(statement, words, value, notes)
    # the name of a called function may have "grad" in it without being a gradient
    callees = {id(part) for node in ast.walk(value) if isinstance(node, ast.Call) for part in _callee(node.func)}
    given = [part for part in ast.walk(value) if id(part) not in callees and _is_gradient(dotted(part) or "", values)]
    clips = any(name in source(value) for name in CLIPS_TENSORS)
    if clips and given:
        return True
    if isinstance(value, ast.Call) and (
        dotted(value.func) in ("zip", "list", "tuple") or CLIPS.search(source(value.func))
    ):
        return False
    is_gradient = any(ENDS_IN_GRADIENTS.search(word) for word in words)
    if not is_gradient and not _only_sorts(value):
        is_gradient = any(word in values.bindings.gradients for word in words)
    is_named = any(STATISTICS.search(word) for word in words)
    if given and is_arithmetic(value) and not is_gradient and words and not is_named:
        is_gradient = isinstance(value, (ast.ListComp, ast.GeneratorExp, ast.Call))
    is_other = not given and isinstance(value, (ast.Name, ast.Attribute)) and not UPDATES.search(dotted(value) or "")
    is_other &= any(word in values.bindings.gradients for word in words)
    changes = isinstance(statement, ast.AugAssign) or (given and isinstance(value, CHANGING)) or is_other
    if is_gradient and changes:
        notes.append(f"`{excerpt(source(statement))}` was left out: it changes the gradients, and nothing is run here.")
    return False


def _only_sorts(value: ast.expr) -> bool:
    """Whether a comprehension only chooses and pairs what it runs over, as `[(g, v) for g, v in zip(gs, vs)]` does."""
    if not isinstance(value, (ast.ListComp, ast.GeneratorExp)):
        return False
    return not any(isinstance(part, (ast.BinOp, ast.UnaryOp, ast.Call, ast.IfExp)) for part in ast.walk(value.elt))


def _callee(function: ast.expr) -> Iterator[ast.AST]:
    """The nodes of the called function. For `gradients.clip(…)`, the gradients count as its argument instead."""
    if isinstance(function, ast.Attribute) and ENDS_IN_GRADIENTS.search(dotted(function.value) or ""):
        return iter([function])
    return ast.walk(function)


STATISTICS = re.compile(r"norm|mean|stat|log|hist|max|min|sum|update|param|weight|^w$")
"""Names of values that are computed from gradients but are not gradients, as lengths and new weights."""

CHANGING = (ast.Call, ast.BinOp, ast.UnaryOp, ast.ListComp, ast.GeneratorExp, ast.DictComp, ast.IfExp)
"""Expressions that may turn gradients into other gradients."""


def _notice_statement(statement: ast.stmt, words: list[str], value: ast.expr, notes: Notes) -> None:
    """Note a statement that computes updates from updates, or weights from weights, by hand."""
    inner = {word for part in ast.walk(value) if (word := dotted(part)) is not None}
    called = source(value.func) if isinstance(value, ast.Call) else ""
    is_augmented = isinstance(statement, ast.AugAssign)
    by_hand = (isinstance(value, CHANGING) or is_augmented) and "apply_updates" not in called
    made_of_updates = any(UPDATES.search(word) and (word in inner or is_augmented) for word in words)
    made_of_updates |= bool(words) and is_arithmetic(value) and any(UPDATES.search(word) for word in inner)
    made_of_itself = any(PARAMETERS.search(word) and word in inner for word in words) and PROJECTS.search(called)
    sets_data = any(word.endswith(".data") and not NO_WEIGHTS.search(word) for word in words)
    by_gradient = is_augmented and any(word.endswith(".grad") for word in inner)
    in_place = is_augmented and any(
        WEIGHTS.search(word)
        and not NO_WEIGHTS.search(word)
        and "." in word
        and not re.search("grad|param_groups", word)
        for word in words
    )
    if (by_hand and (made_of_updates or made_of_itself)) or sets_data or by_gradient or in_place:
        notes.append(
            f"`{excerpt(source(statement))}` was left out: it changes what a step does, and nothing is run here."
        )
