"""PyTorch's optimizers, with PyTorch's defaults, and notes where its arithmetic differs."""

from collections.abc import Callable
from typing import Any

from interop.read.fields import bound, built, neutral, plain
from interop.read.tree import Called, Sum
from interop.read.words import Notes, ProgramError, choices, excerpt
from optimizers import (
    OPTAX,
    SGD,
    Adadelta,
    Adagrad,
    Adam,
    Adamax,
    AdamW,
    InverseTimeDecay,
    Nadam,
    Optimizer,
    RMSprop,
)
from records import number_fields, rounded

EVERYWHERE: dict[str, tuple[Any, ...]] = {
    "maximize": (False,),
    "foreach": (),
    "capturable": (),
    "differentiable": (),
    "fused": (),
}
"""Further arguments of all optimizers, and the values at which they change nothing."""

BETAS = (0.9, 0.999)
EPSILON = "PyTorch adds ε after the bias correction, Keras and this page before: large ε part the paths."
COUPLED = "PyTorch's `weight_decay` is here `l2`: it joins the gradient, and is no decay by itself as in Keras."

Signature = dict[str, Any]


def optimizer_of(call: Called, notes: Notes) -> Optimizer:
    """The optimizer for a call of `torch.optim.…`. The first argument, the parameters, does not matter.

    Raises:
        ProgramError: if the call can't be read.
    """
    name = call.name.rpartition(".")[2]
    if name not in CLASSES:
        raise ProgramError(f"PyTorch's optimizers here are {choices(CLASSES)}. Received: {excerpt(call.name)}.")
    cls, signature, read = CLASSES[name]
    besides = {name: allowed for name, allowed in EVERYWHERE.items() if name not in signature}
    everything = {"params": None, **signature, **{name: (*allowed, None)[0] for name, allowed in besides.items()}}
    values = bound(call, everything | {"decoupled_weight_decay": False})
    values.pop("params")
    _groups(call, notes)
    neutral(values, besides | {"dampening": (0,)}, notes)
    rate, fields = values.pop("lr"), _decay(cls, values, notes)
    # Adagrad's own schedule: lr / (1 + lr_decay · step)
    falling = values.pop("lr_decay", 0)
    if plain("lr_decay", falling):
        given = {"initial_learning_rate": rate, "decay_steps": 1, "decay_rate": falling}
        rate = built(InverseTimeDecay, given, notes)
    return built(cls, {"learning_rate": rate} | fields | read(values, notes), notes)


def _groups(call: Called, notes: Notes) -> None:
    """Note groups of parameters with values of their own, since there is only one group here."""
    groups = call.first[0] if call.first else call.named.get("params")
    own = [group for group in groups if isinstance(group, dict)] if isinstance(groups, tuple) else []
    extra = [name for group in own for name in group if name != "params"]
    if extra:
        own_names = excerpt(choices(dict.fromkeys(map(str, extra))))
        notes.append(f"What groups of parameters have of their own was left out: `{own_names}`.")


def _decay(cls: type[Optimizer], values: dict[str, Any], notes: Notes) -> dict[str, Any]:
    """The field for PyTorch's weight decay: `l2` where it joins the gradient, `weight_decay` where it is decoupled."""
    decay, decoupled = values.pop("weight_decay", 0), values.pop("decoupled_weight_decay", False) is True
    # decoupled in both libraries
    if cls is AdamW:
        return {"weight_decay": decay}
    if decay is None or not plain("weight_decay", decay):
        return {}
    if decoupled and "weight_decay" in number_fields(cls):
        return {"weight_decay": decay}
    if decoupled:
        notes.leave_out(
            f"`weight_decay={excerpt(decay)}`", f"Decoupled decay has no counterpart with {cls.title} here."
        )
        return {}
    notes.append(COUPLED)
    return {"l2": decay}


def _betas(values: dict[str, Any], one: str = "beta_1", other: str = "beta_2") -> dict[str, Any]:
    betas = values.pop("betas")
    if not isinstance(betas, tuple) or len(betas) != 2:
        raise ProgramError(f"`betas` must be two numbers. Received: {excerpt(betas)}.")
    return {one: betas[0], other: betas[1]}


def _sgd(values: dict[str, Any], notes: Notes) -> dict[str, Any]:
    return values


def _adam(values: dict[str, Any], notes: Notes) -> dict[str, Any]:
    notes.append(EPSILON)
    return _betas(values) | {"epsilon": values.pop("eps")} | values


def _nadam(values: dict[str, Any], notes: Notes) -> dict[str, Any]:
    warming = plain("momentum_decay", values.pop("momentum_decay"))
    if warming != 1:
        notes.append(f"The momentum rises as if `momentum_decay` were 1, as in Keras. Received: {warming:g}.")
    return _betas(values) | {"epsilon": values.pop("eps")}


def _adamax(values: dict[str, Any], notes: Notes) -> dict[str, Any]:
    return _betas(values) | {"epsilon": values.pop("eps")}


def _radam(values: dict[str, Any], notes: Notes) -> dict[str, Any]:
    notes.append("PyTorch adds ε before the bias correction, Optax and this page after.")
    return _betas(values, "b1", "b2") | values


def _rmsprop(values: dict[str, Any], notes: Notes) -> dict[str, Any]:
    notes.append("PyTorch adds ε beside the root, Keras and this page under it: steps differ where slopes are slight.")
    return {"rho": values.pop("alpha"), "epsilon": values.pop("eps")} | values


def _adadelta(values: dict[str, Any], notes: Notes) -> dict[str, Any]:
    return {"rho": values["rho"], "epsilon": values["eps"]}


def _adagrad(values: dict[str, Any], notes: Notes) -> dict[str, Any]:
    """Adagrad's fields. PyTorch adds ε beside the root, Keras under it.

    With `eps=0`, PyTorch's start of the sum can hold Keras's start and ε together; as this page writes it.
    """
    start, epsilon = values["initial_accumulator_value"], plain("eps", values["eps"])
    if epsilon == 0 and isinstance(start, Sum):
        return {"initial_accumulator_value": start.one, "epsilon": start.other}
    if epsilon == 0:
        least = number_fields(Adagrad)["epsilon"].low
        start = rounded(max(plain("initial_accumulator_value", start) - least, 0))
        return {"initial_accumulator_value": start, "epsilon": epsilon}
    notes.append("PyTorch adds ε beside the root, Keras and this page under it.")
    return {"initial_accumulator_value": start, "epsilon": epsilon}


ADAM: Signature = {"lr": 1e-3, "betas": BETAS, "eps": 1e-8, "weight_decay": 0}

CLASSES: dict[str, tuple[type[Any], Signature, Callable[[dict[str, Any], Notes], dict[str, Any]]]] = {
    "SGD": (SGD, {"lr": 1e-3, "momentum": 0, "dampening": 0, "weight_decay": 0, "nesterov": False}, _sgd),
    "Adagrad": (
        Adagrad,
        {"lr": 1e-2, "lr_decay": 0, "weight_decay": 0, "initial_accumulator_value": 0, "eps": 1e-10},
        _adagrad,
    ),
    "RMSprop": (
        RMSprop,
        {"lr": 1e-2, "alpha": 0.99, "eps": 1e-8, "weight_decay": 0, "momentum": 0, "centered": False},
        _rmsprop,
    ),
    "Adam": (Adam, ADAM | {"amsgrad": False}, _adam),
    "AdamW": (AdamW, ADAM | {"weight_decay": 1e-2, "amsgrad": False}, _adam),
    "NAdam": (Nadam, ADAM | {"lr": 2e-3, "momentum_decay": 4e-3}, _nadam),
    "Adamax": (Adamax, ADAM | {"lr": 2e-3}, _adamax),
    "Adadelta": (Adadelta, {"lr": 1.0, "rho": 0.9, "eps": 1e-6, "weight_decay": 0}, _adadelta),
    "RAdam": (OPTAX["radam"], ADAM, _radam),
}
"""For each of PyTorch's classes: the class here, its arguments in order with defaults, and how they become fields."""

ABOUT_NORM = "`clip_grad_norm_` adds 1e-06 to the length it divides by, Keras and this page nothing."


def clipping(call: Called, notes: Notes) -> tuple[str, Any, str]:
    """The field that `clip_grad_norm_` or `clip_grad_value_` sets, its limit, and the parameters as written."""
    name = call.name.rpartition(".")[2]
    if "value" in name:
        signature: Signature = {"parameters": None, "clip_value": None, "foreach": None}
        values = bound(call, signature)
        return "clipvalue", values["clip_value"], _written(values["parameters"])
    signature = {"parameters": None, "max_norm": None, "norm_type": 2.0, "error_if_nonfinite": False, "foreach": None}
    values = bound(call, signature)
    neutral(values, {"norm_type": (2,)}, notes)
    each = str(values["parameters"]) in ("p", "param", "parameter", "w", "weight")  # one of them at a time
    return "clipnorm" if each else "global_clipnorm", values["max_norm"], _written(values["parameters"])


def _written(parameters: Any) -> str:
    return "" if parameters is None else repr(parameters)
