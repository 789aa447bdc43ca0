"""Keras's optimizers and schedules. Their arguments are the fields here, in the same order; also old Keras's."""

import dataclasses
import re
from typing import Any

from interop.read.fields import REQUIRED, bound, built, neutral, plain
from interop.read.tree import Called, is_number
from interop.read.words import Notes, ProgramError, choices, excerpt
from interop.write.keras import ALWAYS
from optimizers import (
    OPTIMIZERS,
    SCHEDULES,
    Constant,
    CosineDecay,
    InverseTimeDecay,
    Nadam,
    Optax,
    Optimizer,
    Schedule,
    WarmupCosineDecay,
)

CLASSES = {cls.__name__: cls for cls in OPTIMIZERS.values() if not issubclass(cls, Optax)}
CURVES = {cls.__name__: cls for cls in SCHEDULES.values() if cls not in (Constant, WarmupCosineDecay)}

NEUTRAL: dict[str, tuple[Any, ...]] = {
    "use_ema": (False,),
    "ema_momentum": (0.99, None),
    "ema_overwrite_frequency": (None,),
    "loss_scale_factor": (None, 1),
    "gradient_accumulation_steps": (None, 1),
    "jit_compile": (),
    "name": (),
}
"""Further arguments of all Keras optimizers, and the values at which they change nothing. A name never does."""

WARMING = ("initial_learning_rate", "decay_steps", "alpha", "name", "warmup_target", "warmup_steps")
"""The arguments of Keras's CosineDecay in order."""

ABOUT_DECAY = "`decay` is read as old Keras reads it, where the rate falls as 1/(1 + decay · step); Keras 3 ignores it."


def words() -> set[str]:
    """The names of the optimizers in lower case, as `compile(optimizer="adam")` takes them."""
    return {name.lower() for name in CLASSES}


def optimizer_of(call: Called, notes: Notes) -> Optimizer:
    """The optimizer for a call of `keras.optimizers.…`. Raises ProgramError if it can't be read."""
    name = call.name.rpartition(".")[2]
    if name in ("get", "deserialize"):
        return _described(call, notes)
    if name == "from_config":
        return _configured(call, notes)
    by_name = CLASSES | {name.lower(): cls for name, cls in CLASSES.items()}  # old Keras has both
    cls = by_name.get(name)
    if cls is None:
        raise ProgramError(f"Keras's optimizers here are {choices(CLASSES)}. Received: {excerpt(call.name)}.")
    # l2 is no argument of Keras's optimizers: there it is the layer's regularizer
    own = {name: default for name, default in _signature(cls).items() if name != "l2"}
    besides = {name: allowed[0] if allowed else None for name, allowed in NEUTRAL.items()}
    momentum_decay = {"schedule_decay": None} if cls is Nadam else {}
    values = bound(call, own | besides | {"decay": None} | momentum_decay, {"lr": "learning_rate"})
    neutral(values, NEUTRAL, notes)
    decay = values.pop("decay")
    if cls is Nadam:
        _notice_momentum_decay(call, values.pop("schedule_decay"), notes)
    if values.get("epsilon", 0) is None:  # old Keras's way to say the default
        values["epsilon"] = own["epsilon"]
    rate = rate_of(values["learning_rate"], notes)
    if decay is not None and plain("decay", decay):
        rate = _decaying(rate, decay, notes)
    return built(cls, values | {"learning_rate": rate}, notes)


def _is_old(call: Called) -> bool:
    """Whether a call is of Keras before 2.11, by its path or by an argument that is no more."""
    return OLD.search(call.name) is not None or any(name in call.named for name in ("lr", "decay", "schedule_decay"))


OLD = re.compile(r"(^|\.)(legacy|optimizer_v2|optimizers_v1|optimizers_v2|compat\.v1)\.")


def _notice_momentum_decay(call: Called, given: Any, notes: Notes) -> None:
    """Old Keras's Nadam raises its momentum by 0.96 to the power of `schedule_decay` times the step."""
    decay = plain("schedule_decay", 0.004 if given is None else given)
    if _is_old(call) and decay != 1:
        notes.append(
            f"Old Keras's Nadam raises its momentum by 0.96^({excerpt(decay)} · step), Keras 3 and this page by "
            "0.96^step: the paths differ."
        )


def makes_optimizer(name: str) -> bool:
    """Whether a name in `keras.optimizers` makes an optimizer, including old Keras's names in lower case."""
    return name in CLASSES or name in words() or name in ("get", "deserialize")


def _described(call: Called, notes: Notes) -> Optimizer:
    """The optimizer for `keras.optimizers.get`: by a word, or by a class and its settings."""
    values = bound(call, {"identifier": REQUIRED, "custom_objects": None}, {"config": "identifier"})
    match values["identifier"]:
        case str(word):
            return by_word(word)
        case {"class_name": str(word), **rest}:
            config = rest.get("config", {})
            if isinstance(config, dict):
                return optimizer_of(Called(f"keras.optimizers.{word}", (), config, call.text), notes)
        case Called() as inner:
            return optimizer_of(inner, notes)
    raise ProgramError(
        f"`{call.name}` is read with an optimizer's name, or its class_name and config. Received: {excerpt(call)}."
    )


def _configured(call: Called, notes: Notes) -> Optimizer:
    """`Adam.from_config({"learning_rate": 0.1})`: a class and its settings."""
    config = bound(call, {"config": REQUIRED, "custom_objects": None})["config"]
    if not isinstance(config, dict):
        raise ProgramError(
            f"`from_config` is read with its settings written out, such as {{'learning_rate': 0.1}}. "
            f"Received: {excerpt(call)}."
        )
    return optimizer_of(Called(call.name.removesuffix(".from_config"), (), config, call.text), notes)


def _decaying(rate: Any, decay: Any, notes: Notes) -> Any:
    """The schedule for old Keras's `decay`: the rate of step t is lr / (1 + decay · t)."""
    if not is_number(rate):
        raise ProgramError(f"`decay` needs a rate that is a number. Received: {excerpt(rate)}.")
    notes.append(ABOUT_DECAY)
    return built(InverseTimeDecay, {"initial_learning_rate": rate, "decay_steps": 1, "decay_rate": decay}, notes)


def _signature(cls: type) -> dict[str, Any]:
    return {field.name: field.default for field in dataclasses.fields(cls)}


def rate_of(value: Any, notes: Notes) -> Any:
    """The learning rate: a number unchanged, a call of a schedule as its record."""
    if not isinstance(value, Called):
        return value
    name = value.name.rpartition(".")[2]
    if name not in CURVES:
        raise ProgramError(
            f"`learning_rate` must be a number or one of {choices(CURVES)}. Received: {excerpt(value.text or name)}."
        )
    return _cosine(value, notes) if name == "CosineDecay" else _curve(CURVES[name], value, notes)


def _curve(cls: type[Schedule], call: Called, notes: Notes) -> Schedule:
    signature = {name: REQUIRED if name in ALWAYS else default for name, default in _signature(cls).items()}
    values = bound(call, signature | {"name": None})
    neutral(values, {"name": ()}, notes)
    return built(cls, values, notes)


def _cosine(call: Called, notes: Notes) -> Schedule:
    """The schedule for CosineDecay, which is one class in Keras and two here: with a warm-up and without."""
    defaults = {"alpha": 0.0, "name": None, "warmup_target": None, "warmup_steps": 0}
    values = bound(call, {name: defaults.get(name, REQUIRED) for name in WARMING})
    neutral(values, {"name": ()}, notes)
    if values["warmup_target"] is not None:
        return built(WarmupCosineDecay, values, notes)
    if plain("warmup_steps", values["warmup_steps"]):
        raise ProgramError("A warm-up needs a `warmup_target` as well. Received: None.")
    return built(CosineDecay, {name: values[name] for name in ("initial_learning_rate", "decay_steps", "alpha")}, notes)


def by_word(word: str) -> Optimizer:
    """The optimizer that `compile(optimizer="adam")` means."""
    classes = {name.lower(): cls for name, cls in CLASSES.items()}
    if word.lower() not in classes:
        raise ProgramError(f"Keras's optimizers by name are {choices(classes)}. Received: {excerpt(word)}.")
    return classes[word.lower()]()
