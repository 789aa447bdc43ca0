"""PyTorch's and Hugging Face's learning-rate schedulers as schedules: exactly, or not at all."""

import math
from collections import Counter
from collections.abc import Callable
from typing import Any

import numpy as np

from interop.read.fields import REQUIRED, bound, built, neutral, plain
from interop.read.fitting import STEPS, factors, schedule_of
from interop.read.tree import Called, Number, Other, Values, is_number
from interop.read.words import Notes, ProgramError, choices, excerpt
from optimizers import (
    Constant,
    CosineDecay,
    CosineDecayRestarts,
    ExponentialDecay,
    Optimizer,
    PiecewiseConstantDecay,
    PolynomialDecay,
    Schedule,
    WarmupCosineDecay,
)

Signature = dict[str, Any]
Reading = Callable[[Number, dict[str, Any], Notes], Schedule | None]

KNOWN = (
    *("ReduceLROnPlateau", "CyclicLR", "OneCycleLR", "ChainedScheduler", "SWALR", "LRScheduler", "SequentialLR"),
    *("get_inverse_sqrt_schedule", "get_scheduler", "get_cosine_with_hard_restarts_schedule_with_warmup"),
    *("get_polynomial_decay_schedule_with_warmup", "LearningRateScheduler"),
)
"""Schedulers that are known by name but have no equal here, or no simple one."""


def is_scheduler(name: str) -> bool:
    """Whether a name is that of a scheduler, whether it can be read or not."""
    last = name.rpartition(".")[2]
    is_class = "lr_scheduler." in name and last[:1].isupper()
    return is_class or last in SCHEDULERS or last in KNOWN or last in FURTHER


def scheduled(call: Called, optimizer: Optimizer, values: Values, notes: Notes) -> Optimizer:
    """The optimizer with the schedule that a scheduler makes of its rate.

    Raises:
        ProgramError: if the scheduler can't be read, or the optimizer has a schedule already.
    """
    rate = optimizer.learning_rate
    if isinstance(rate, Schedule):
        raise ProgramError(f"There can be one schedule. Received: {excerpt(call)} beside {type(rate).__name__}.")
    schedule = _schedule(call, Number(float(rate)), values, notes)
    if schedule is None or isinstance(schedule, Constant):
        return optimizer if schedule is None else optimizer.replace(learning_rate=float(schedule.initial))
    if getattr(optimizer, "momentum", 0):
        notes.append("PyTorch keeps the rate outside the velocity, Keras and this page inside: the paths differ.")
    return optimizer.replace(learning_rate=schedule)


def _schedule(call: Called, rate: Number, values: Values, notes: Notes) -> Schedule | None:
    """The schedule that a scheduler makes of a rate; None if the scheduler was left out."""
    name = call.name.rpartition(".")[2]
    if name == "SequentialLR":
        return _sequential(call, rate, values, notes)
    if name in ("LambdaLR", "MultiplicativeLR"):
        return _lambda(call, rate, values, notes)
    if name == "get_scheduler":
        return _by_word(call, rate, values, notes)
    if name == "OneCycleLR":
        return _one_cycle(call, rate, notes)
    if name not in SCHEDULERS:
        notes.leave_out(
            f"`{excerpt(call)}`",
            f"`{name}` has no equal here. Schedulers that have one are {choices([*SCHEDULERS, *FURTHER])}. "
            f"Received: {excerpt(call)}.",
        )
        return None
    signature, read = SCHEDULERS[name]
    given = bound(call, {"optimizer": REQUIRED, **signature, "last_epoch": -1, "verbose": None})
    neutral(given, {"last_epoch": (-1,), "verbose": ()}, notes)
    return read(rate, given, notes)


def _exponential(rate: Number, values: dict[str, Any], notes: Notes) -> Schedule:
    given = {"initial_learning_rate": rate, "decay_steps": 1, "decay_rate": values["gamma"]}
    return built(ExponentialDecay, given, notes)


def _stairs(rate: Number, values: dict[str, Any], notes: Notes) -> Schedule:
    given = {"initial_learning_rate": rate, "decay_steps": values["step_size"], "decay_rate": values["gamma"]}
    return built(ExponentialDecay, given | {"staircase": True}, notes)


def _milestones(rate: Number, values: dict[str, Any], notes: Notes) -> Schedule:
    """The schedule in pieces. PyTorch's new rate begins at the milestone, Keras's after it.

    A milestone that is named twice counts twice.
    """
    milestones, gamma = values["milestones"], plain("gamma", values["gamma"])
    if not isinstance(milestones, tuple) or not milestones:
        raise ProgramError(f"`milestones` must be a list of steps. Received: {excerpt(milestones)}.")
    steps = {float(plain("milestones", step)): step for step in milestones}
    counts = Counter(map(float, milestones))
    rates, boundaries = [rate * gamma ** counts.get(0.0, 0)], []
    for step in sorted(steps):
        if step > 0:
            boundaries.append(steps[step].become(step - 1))
            rates.append(rates[-1] * gamma ** counts[step])
    if not boundaries:
        return Constant(rates[0])
    given = {"boundaries": tuple(boundaries), "values": tuple(rates)}
    return built(PiecewiseConstantDecay, given, notes)


def _constant(rate: Number, values: dict[str, Any], notes: Notes) -> Schedule:
    factor, steps = plain("factor", values["factor"]), plain("total_iters", values["total_iters"])
    if steps < 1:
        return Constant(rate)
    # a boundary here is the last step of its rate
    given = {"boundaries": (steps.become(math.ceil(steps) - 1),), "values": (rate * factor, rate)}
    return built(PiecewiseConstantDecay, given, notes)


def _linear(rate: Number, values: dict[str, Any], notes: Notes) -> Schedule:
    start, end = plain("start_factor", values["start_factor"]), plain("end_factor", values["end_factor"])
    given = {"initial_learning_rate": start.become(rate * start), "decay_steps": values["total_iters"]}
    return built(PolynomialDecay, given | {"end_learning_rate": end.become(rate * end), "power": 1.0}, notes)


def _cosine(rate: Number, values: dict[str, Any], notes: Notes) -> Schedule | None:
    if (share := _share(values["eta_min"], rate, notes)) is None:
        return None
    notes.append("PyTorch's rate rises again after `T_max` steps; here it stays at its end.")
    given = {"initial_learning_rate": rate, "decay_steps": values["T_max"]}
    return built(CosineDecay, given | {"alpha": share}, notes)


def _share(least: Any, rate: float, notes: Notes) -> Number | None:
    """The lowest rate as a share of the first; None if it is above the first, since a cosine here falls."""
    least = plain("eta_min", least)
    if 0 <= least <= rate:
        return least.become(least / rate)
    notes.leave_out(
        f"The scheduler with `eta_min={excerpt(least)}`",
        f"`eta_min` must be a number from 0 to the optimizer's rate, {rate:g}, here, where a cosine falls. "
        f"Received: {excerpt(least)}. Try an `eta_min` below the rate.",
    )
    return None


def _restarts(rate: Number, values: dict[str, Any], notes: Notes) -> Schedule | None:
    if (share := _share(values["eta_min"], rate, notes)) is None:
        return None
    given = {"initial_learning_rate": rate, "first_decay_steps": values["T_0"], "t_mul": values["T_mult"]}
    return built(CosineDecayRestarts, given | {"alpha": share}, notes)


def _polynomial(rate: Number, values: dict[str, Any], notes: Notes) -> Schedule:
    given = {"initial_learning_rate": rate, "decay_steps": values["total_iters"], "power": values["power"]}
    return built(PolynomialDecay, given | {"end_learning_rate": 0}, notes)


def _warmup_cosine(rate: Number, values: dict[str, Any], notes: Notes) -> Schedule | None:
    """Hugging Face's cosine with a warm-up: a straight line up from 0, then half a cosine down to 0."""
    neutral(values, {"num_cycles": (0.5,)}, notes)
    warming = plain("num_warmup_steps", values["num_warmup_steps"])
    steps = plain("num_training_steps", values["num_training_steps"])
    decay = steps.become(steps - warming)
    if warming == 0:
        return built(CosineDecay, {"initial_learning_rate": rate, "decay_steps": decay, "alpha": 0}, notes)
    given = {"initial_learning_rate": 0, "decay_steps": decay, "alpha": 0, "warmup_target": rate}
    return built(WarmupCosineDecay, given | {"warmup_steps": warming}, notes)


def _warmup_linear(rate: Number, values: dict[str, Any], notes: Notes) -> Schedule | None:
    """Hugging Face's linear schedule with a warm-up: a straight line up from 0, then another down to 0."""
    warming = plain("num_warmup_steps", values["num_warmup_steps"])
    if warming == 0:
        given = {"initial_learning_rate": rate, "decay_steps": values["num_training_steps"]}
        return built(PolynomialDecay, given | {"end_learning_rate": 0, "power": 1.0}, notes)
    notes.leave_out(
        "The warm-up and the linear decay",
        "A warm-up followed by a linear decay has no equal here; one followed by a cosine has. "
        f"Received: num_warmup_steps={excerpt(warming)}. Try get_cosine_schedule_with_warmup.",
    )
    return None


def _steady(rate: Number, values: dict[str, Any], notes: Notes) -> Schedule:
    return Constant(rate)


def _lambda(call: Called, rate: Number, values: Values, notes: Notes) -> Schedule | None:
    """The schedule for a function of the step: one that this page writes, or arithmetic that equals a schedule."""
    given = bound(call, {"optimizer": REQUIRED, "lr_lambda": REQUIRED, "last_epoch": -1, "verbose": None})
    neutral(given, {"last_epoch": (-1,), "verbose": ()}, notes)
    function = given["lr_lambda"]
    if isinstance(function, tuple) and len(function) == 1:
        function = function[0]
    if isinstance(function, Schedule):
        # PyTorch multiplies the function by `lr`
        if rate != 1:
            raise ProgramError(f"`lr` must be 1.0, so that the function is the rate itself. Received: {rate:g}.")
        return function
    row = factors(function.node, values) if isinstance(function, Other) else None
    if row is not None and call.name.endswith("MultiplicativeLR"):
        # MultiplicativeLR multiplies the last rate by the factor, and leaves step 0 alone
        row = np.concatenate([[1.0], np.cumprod(row[1:])])
    schedule = None if row is None else schedule_of(rate * row)
    if schedule is None:
        notes.leave_out(
            f"`{excerpt(call)}`",
            f"`lr_lambda` must be a formula whose rates a schedule here gives exactly, such as lambda e: 0.95**e. "
            f"Received: {excerpt(function)}. Functions are not run.",
        )
    return schedule


def _sequential(call: Called, rate: Number, values: Values, notes: Notes) -> Schedule | None:
    """The one schedule here with the rates of several schedulers in turn, each counted from its milestone."""
    given = bound(
        call, {"optimizer": REQUIRED, "schedulers": REQUIRED, "milestones": REQUIRED, "last_epoch": -1, "verbose": None}
    )
    neutral(given, {"last_epoch": (-1,), "verbose": ()}, notes)
    parts, milestones = given["schedulers"], given["milestones"]
    readable = (
        isinstance(parts, tuple)
        and isinstance(milestones, tuple)
        and len(parts) == len(milestones) + 1
        and all(isinstance(part, Called) for part in parts)
        and all(map(is_number, milestones))
    )
    rates = None
    if readable:
        inner = Notes(notes.lenient)
        # into notes of their own: they are kept only if the whole can be read
        schedules = [_schedule(part, rate, values, inner) for part in parts]
        if all(part is not None for part in schedules):
            begins = [0, *map(int, milestones)]
            rates = np.empty(STEPS)
            for part, begin in zip(schedules, begins, strict=True):
                if begin < STEPS:
                    rates[begin:] = np.asarray(part(np.arange(STEPS - begin, dtype=float)))  # type: ignore[misc]
    schedule = None if rates is None else schedule_of(rates)
    if schedule is None:
        notes.leave_out(
            f"`{excerpt(call)}`",
            "`SequentialLR` is read where one schedule here gives all its rates, such as LinearLR and then "
            f"CosineAnnealingLR. Received: {excerpt(call)}.",
        )
    else:
        notes += [note for note in inner if note not in notes]
    return schedule


BY_WORD = {
    "linear": "get_linear_schedule_with_warmup",
    "cosine": "get_cosine_schedule_with_warmup",
    "constant": "get_constant_schedule",
}
"""Hugging Face's words for its schedulers, and the function for each."""


def _by_word(call: Called, rate: Number, values: Values, notes: Notes) -> Schedule | None:
    """The schedule for Hugging Face's `get_scheduler`, which names one of its schedulers by a word."""
    order = {"name": REQUIRED, "optimizer": REQUIRED, "num_warmup_steps": None, "num_training_steps": None}
    given = bound(call, order | {"scheduler_specific_kwargs": None})
    name = BY_WORD.get(str(given["name"]))
    if name is None or given["scheduler_specific_kwargs"] is not None:
        notes.leave_out(
            f"`{excerpt(call)}`",
            f"`get_scheduler` is read with {choices(BY_WORD)}. Received: {excerpt(call)}.",
        )
        return None
    steps = {key: given[key] for key in ("num_warmup_steps", "num_training_steps") if name != "get_constant_schedule"}
    named = {"optimizer": given["optimizer"], **{key: value for key, value in steps.items() if value is not None}}
    return _schedule(Called(name, (), named, call.text), rate, values, notes)


def _one_cycle(call: Called, rate: Number, notes: Notes) -> Schedule | None:
    """Leave out OneCycleLR, a rise and a fall along half cosines: only the fall has an equal here."""
    notes.leave_out(
        f"`{excerpt(call)}`",
        "`OneCycleLR` has no equal here: its rise is half a cosine, and the momentum moves with it. "
        f"Received: {excerpt(call)}. Near it is keras.optimizers.schedules.CosineDecay with a warm-up.",
    )
    return None


SCHEDULERS: dict[str, tuple[Signature, Reading]] = {
    "ExponentialLR": ({"gamma": REQUIRED}, _exponential),
    "StepLR": ({"step_size": REQUIRED, "gamma": 0.1}, _stairs),
    "MultiStepLR": ({"milestones": REQUIRED, "gamma": 0.1}, _milestones),
    "PolynomialLR": ({"total_iters": 5, "power": 1.0}, _polynomial),
    "CosineAnnealingLR": ({"T_max": REQUIRED, "eta_min": 0.0}, _cosine),
    "CosineAnnealingWarmRestarts": ({"T_0": REQUIRED, "T_mult": 1, "eta_min": 0.0}, _restarts),
    "LinearLR": ({"start_factor": 1 / 3, "end_factor": 1.0, "total_iters": 5}, _linear),
    "ConstantLR": ({"factor": 1 / 3, "total_iters": 5}, _constant),
    "get_cosine_schedule_with_warmup": (
        {"num_warmup_steps": REQUIRED, "num_training_steps": REQUIRED, "num_cycles": 0.5},
        _warmup_cosine,
    ),
    "get_linear_schedule_with_warmup": ({"num_warmup_steps": REQUIRED, "num_training_steps": REQUIRED}, _warmup_linear),
    "get_constant_schedule": ({}, _steady),
}
"""Schedulers with an equal here: their arguments in order with defaults, and how they become a schedule."""

FURTHER = ("LambdaLR", "MultiplicativeLR", "SequentialLR")
"""Schedulers with an equal here if a schedule has exactly their rates."""
