"""PyTorch's optimizers and schedulers, with PyTorch's defaults, and where its arithmetic is another one."""

from collections.abc import Callable
from typing import Any

from interop.read.fields import REQUIRED, Notes, bound, built, neutral, plain
from interop.read.tree import Called, Sum
from interop.read.words import ProgramError, names, shown
from optimizers import (
    OPTAX,
    SGD,
    Adadelta,
    Adagrad,
    Adam,
    Adamax,
    AdamW,
    CosineDecay,
    ExponentialDecay,
    Nadam,
    Optimizer,
    PiecewiseConstantDecay,
    PolynomialDecay,
    RMSprop,
    Schedule,
)
from records import number_fields, rounded

EVERYWHERE: dict[str, tuple[Any, ...]] = {
    "maximize": (False,),
    "foreach": (),
    "capturable": (),
    "differentiable": (),
    "fused": (),
    "decoupled_weight_decay": (False,),
}
"""What every optimizer takes besides, and where it changes nothing."""

BETAS = (0.9, 0.999)
EPSILON = "PyTorch adds ε after the bias correction, Keras and this page before: large ε part the paths."

Signature = dict[str, Any]


def optimizer_of(call: Called, notes: Notes) -> Optimizer:
    """The record for a call of `torch.optim.…`; the first argument, the parameters, is not looked at."""
    name = call.name.rpartition(".")[2]
    if name not in CLASSES:
        raise ProgramError(f"PyTorch's optimizers here are {names(CLASSES)}. Received: {shown(call.name)}.")
    cls, signature, read = CLASSES[name]
    besides = {name: allowed for name, allowed in EVERYWHERE.items() if name not in signature}
    everything = {"params": None, **signature, **{name: (*allowed, None)[0] for name, allowed in besides.items()}}
    values = bound(call, everything)
    values.pop("params")
    decay = {} if cls is AdamW else {"weight_decay": (0, None)}
    neutral(values, besides | decay | {"dampening": (0,), "lr_decay": (0,)}, notes)
    return built(cls, {"learning_rate": values.pop("lr")} | read(values, notes), notes)


def _betas(values: dict[str, Any], one: str = "beta_1", other: str = "beta_2") -> dict[str, Any]:
    betas = values.pop("betas")
    if not isinstance(betas, tuple) or len(betas) != 2:
        raise ProgramError(f"`betas` must be two numbers. Received: {shown(betas)}.")
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
    """PyTorch adds ε beside the root. With `eps=0`, what is under the root can be Keras's start and ε at once."""
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
"""PyTorch's class to ours, its arguments in order with its defaults, and how they become fields."""


def scheduled(call: Called, optimizer: Optimizer, notes: Notes) -> Optimizer:
    """The optimizer under a scheduler that has an equal here."""
    name = call.name.rpartition(".")[2]
    if name not in SCHEDULERS:
        raise ProgramError(f"PyTorch's schedulers here are {names(SCHEDULERS)}. Received: {shown(call.name)}.")
    signature, read = SCHEDULERS[name]
    values = bound(call, {"optimizer": REQUIRED, **signature, "last_epoch": -1, "verbose": None})
    neutral(values, {"last_epoch": (-1,), "verbose": ()}, notes)
    return under(optimizer, read(float(optimizer.learning_rate), values, notes), notes)  # type: ignore[arg-type]


def under(optimizer: Optimizer, schedule: Schedule, notes: Notes) -> Optimizer:
    """The optimizer with a schedule whose rate PyTorch keeps outside the velocity."""
    if getattr(optimizer, "momentum", 0):
        notes.append("PyTorch keeps the rate outside the velocity, Keras and this page inside: the paths differ.")
    return optimizer.replace(learning_rate=schedule)


def _exponential(rate: float, values: dict[str, Any], notes: Notes) -> Schedule:
    given = {"initial_learning_rate": rate, "decay_steps": 1, "decay_rate": values["gamma"]}
    return built(ExponentialDecay, given, notes)


def _stairs(rate: float, values: dict[str, Any], notes: Notes) -> Schedule:
    given = {"initial_learning_rate": rate, "decay_steps": values["step_size"], "decay_rate": values["gamma"]}
    return built(ExponentialDecay, given | {"staircase": True}, notes)


def _milestones(rate: float, values: dict[str, Any], notes: Notes) -> Schedule:
    """PyTorch takes the new rate at the milestone itself, Keras after it."""
    steps, gamma = values["milestones"], plain("gamma", values["gamma"])
    if not isinstance(steps, tuple) or not steps:
        raise ProgramError(f"`milestones` must be a list of steps. Received: {shown(steps)}.")
    boundaries = tuple(plain("milestones", step) - 1 for step in steps)
    rates = tuple(rate * gamma**count for count in range(len(steps) + 1))
    return built(PiecewiseConstantDecay, {"boundaries": boundaries, "values": rates}, notes)


def _cosine(rate: float, values: dict[str, Any], notes: Notes) -> Schedule:
    notes.append("PyTorch's rate rises again after `T_max` steps; here it stays at its end.")
    given = {"initial_learning_rate": rate, "decay_steps": values["T_max"]}
    return built(CosineDecay, given | {"alpha": plain("eta_min", values["eta_min"]) / rate}, notes)


def _polynomial(rate: float, values: dict[str, Any], notes: Notes) -> Schedule:
    given = {"initial_learning_rate": rate, "decay_steps": values["total_iters"], "power": values["power"]}
    return built(PolynomialDecay, given | {"end_learning_rate": 0}, notes)


def _lambda(rate: float, values: dict[str, Any], notes: Notes) -> Schedule:
    """A function that this page itself writes; PyTorch multiplies `lr` by it."""
    made = values["lr_lambda"]
    if not isinstance(made, Schedule):
        raise ProgramError(
            f"`lr_lambda` must be a function as this page writes them. Received: {shown(made)}. "
            "Functions are not run: choose a schedule by its name instead."
        )
    if rate != 1:
        raise ProgramError(f"`lr` must be 1.0, so that the function is the rate itself. Received: {rate:g}.")
    return made


SCHEDULERS: dict[str, tuple[Signature, Callable[[float, dict[str, Any], Notes], Schedule]]] = {
    "ExponentialLR": ({"gamma": REQUIRED}, _exponential),
    "StepLR": ({"step_size": REQUIRED, "gamma": 0.1}, _stairs),
    "MultiStepLR": ({"milestones": REQUIRED, "gamma": 0.1}, _milestones),
    "PolynomialLR": ({"total_iters": 5, "power": 1.0}, _polynomial),
    "CosineAnnealingLR": ({"T_max": REQUIRED, "eta_min": 0.0}, _cosine),
    "LambdaLR": ({"lr_lambda": REQUIRED}, _lambda),
}
"""PyTorch's schedulers that have an equal here."""
