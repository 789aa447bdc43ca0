"""Optax's optimizers, with Optax's defaults, and notes where its arithmetic differs."""

import dataclasses
from collections.abc import Callable
from typing import Any

from interop.read.fields import REQUIRED, bound, built, neutral
from interop.read.functions import Corrected
from interop.read.optax_chain import chain_of
from interop.read.optax_rates import schedule_or_number
from interop.read.tree import Called
from interop.read.words import Notes, ProgramError, choices, excerpt
from optimizers import (
    OPTAX,
    SGD,
    Adadelta,
    Adagrad,
    Adam,
    Adamax,
    AdamW,
    Lion,
    Nadam,
    Optimizer,
    RMSprop,
    Schedule,
)

EPSILON = "Optax adds ε after the bias correction, Keras and this page before: large ε part the paths."
OUTSIDE = "Optax keeps the rate outside the velocity, Keras and this page inside: the paths differ."

Signature = dict[str, Any]
Reading = Callable[[dict[str, Any], Notes], dict[str, Any]]

OWN = {cls.optax_name.rpartition(".")[2]: cls for cls in OPTAX.values()}
"""Optax's own methods by name. Their arguments are the fields here."""

FIELDS = {"b1": "beta_1", "b2": "beta_2", "eps": "epsilon", "decay": "rho"}
"""Optax's names of arguments, and Keras's name for each."""

NEUTRAL: dict[str, tuple[Any, ...]] = {
    "eps_root": (0,),
    "mu_dtype": (None,),
    "accumulator_dtype": (None,),
    "mask": (None,),
    "weight_decay_mask": (None,),
    "initial_scale": (0,),
    "eps_in_sqrt": (True,),
    "bias_correction": (False,),
    "bias_correction_mu": (True,),
}
"""Arguments without a counterpart here, and the values at which they change nothing."""


def optimizer_of(call: Called, notes: Notes) -> Optimizer:
    """The optimizer for a call of `optax.…`. Raises ProgramError if it can't be read."""
    name = call.name.rpartition(".")[2]
    if name == "chain":
        return chain_of(call, notes)
    if name in WRAPPERS:
        return _unwrapped(call, notes)
    if name in OWN:
        return _own(OWN[name], call, notes)
    if name not in CLASSES:
        raise ProgramError(f"Optax's optimizers here are {choices([*CLASSES, *OWN])}. Received: {excerpt(call.name)}.")
    cls, signature, read = CLASSES[name]
    values = bound(call, {"learning_rate": REQUIRED, **signature})
    neutral(values, NEUTRAL, notes)
    values = read(values, notes)
    values["learning_rate"] = schedule_or_number(values["learning_rate"], notes)
    if cls is SGD and values["momentum"] and isinstance(values["learning_rate"], Schedule):
        notes.append(OUTSIDE)
    return built(cls, {FIELDS.get(name, name): value for name, value in values.items()}, notes)


WRAPPERS = ("MultiSteps", "apply_if_finite", "lookahead", "masked", "maybe_update", "flatten", "skip_not_finite")
"""Functions around an optimizer, which is their first argument."""


def _unwrapped(call: Called, notes: Notes) -> Optimizer:
    inner = call.first[0] if call.first else next(iter(call.named.values()), None)
    if not isinstance(inner, Called):
        raise ProgramError(f"`{call.name}` needs an optimizer first. Received: {excerpt(call)}.")
    last = call.name.rpartition(".")[2]
    notes.leave_out(f"`{last}`", f"`{last}` has no counterpart here. Received: {excerpt(call)}. Leave it out.")
    return optimizer_of(inner, notes)


def _own(cls: type[Optimizer], call: Called, notes: Notes) -> Optimizer:
    if len(call.first) > 1:
        raise ProgramError(f"`{call.name}` is read with its arguments by name. Received: {len(call.first)} without.")
    fields = {field.name: field.default for field in dataclasses.fields(cls)}  # type: ignore[arg-type]
    # only those that are given: not every function takes all of them
    besides = {name: allowed for name, allowed in NEUTRAL.items() if name in call.named and name not in fields}
    values = bound(call, fields | {"learning_rate": REQUIRED} | besides)
    neutral(values, besides, notes)
    return built(cls, values | {"learning_rate": schedule_or_number(values["learning_rate"], notes)}, notes)


def _plain(values: dict[str, Any], notes: Notes) -> dict[str, Any]:
    return values


def _momentum(values: dict[str, Any], notes: Notes) -> dict[str, Any]:
    return values | ({"momentum": 0.0} if values["momentum"] is None else {})


def _rmsprop(values: dict[str, Any], notes: Notes) -> dict[str, Any]:
    neutral(values, {"nesterov": (False,)}, notes)
    return _momentum(values, notes)


def _adam(values: dict[str, Any], notes: Notes) -> dict[str, Any]:
    neutral(values, {"nesterov": (False,)}, notes)
    notes.append(EPSILON)
    return values


def _amsgrad(values: dict[str, Any], notes: Notes) -> dict[str, Any]:
    """Adam's fields for AMSGrad. Only with the rate that this page writes is the bias corrected as in Keras."""
    rate, raw = values["learning_rate"], values.pop("bias_correction_nu") is False
    if isinstance(rate, Corrected) and raw and rate.beta_2 == values["b2"]:
        values["learning_rate"] = rate.rate
    else:
        notes.append("Optax corrects the second moment before it takes the largest, Keras and this page afterwards.")
    return values | {"amsgrad": True}


def _nadam(values: dict[str, Any], notes: Notes) -> dict[str, Any]:
    neutral(values, {"nesterov": (True,)}, notes)
    notes.append("Optax's momentum is β₁ from the first step; as in Keras, here it rises from half of it.")
    return values


def _adadelta(values: dict[str, Any], notes: Notes) -> dict[str, Any]:
    """Adadelta's fields. Optax's `weight_decay` is added to the gradient before the rule, so it is L2."""
    decay = values.pop("weight_decay")
    return values | {"l2": decay}


ADAM: Signature = {"b1": 0.9, "b2": 0.999, "eps": 1e-8, "eps_root": 0, "mu_dtype": None}

CLASSES: dict[str, tuple[type[Any], Signature, Reading]] = {
    "sgd": (SGD, {"momentum": None, "nesterov": False, "accumulator_dtype": None}, _momentum),
    "adagrad": (Adagrad, {"initial_accumulator_value": 0.1, "eps": 1e-7}, _plain),
    "rmsprop": (
        RMSprop,
        {"decay": 0.9, "eps": 1e-8, "initial_scale": 0, "eps_in_sqrt": True, "centered": False}
        | {"momentum": None, "nesterov": False, "bias_correction": False},
        _rmsprop,
    ),
    "adam": (Adam, ADAM | {"nesterov": False}, _adam),
    "amsgrad": (Adam, ADAM | {"bias_correction_mu": True, "bias_correction_nu": True}, _amsgrad),
    "adamw": (AdamW, ADAM | {"weight_decay": 1e-4, "mask": None, "nesterov": False}, _adam),
    "nadam": (Nadam, ADAM | {"nesterov": True}, _nadam),
    "adamax": (Adamax, {"b1": 0.9, "b2": 0.999, "eps": 1e-8}, _plain),
    "adadelta": (Adadelta, {"rho": 0.9, "eps": 1e-6, "weight_decay": 0, "weight_decay_mask": None}, _adadelta),
    "lion": (Lion, {"b1": 0.9, "b2": 0.99, "mu_dtype": None, "weight_decay": 1e-3, "mask": None}, _plain),
}
"""For each of Optax's functions: the class here, its arguments in order with defaults, and how they become fields."""
