"""Optax's chains: clipping and decay around an optimizer, or an optimizer composed of its parts."""

import contextlib
from typing import Any

from interop.read import optax
from interop.read.fields import REQUIRED, bound, built, neutral, plain, yes_or_no
from interop.read.functions import Decay
from interop.read.optax_rates import last_name, no_schedule, rate_of
from interop.read.tree import Called, Number, is_number
from interop.read.words import NoCounterpartError, Notes, ProgramError, excerpt
from optimizers import SGD, Optimizer, Schedule
from records import number_fields, switch_fields

CLIPS = {"clip_by_global_norm": ("global_clipnorm", "max_norm"), "clip": ("clipvalue", "max_delta")}
"""Parts of a chain that clip: for each the field here, and Optax's argument."""

RULES = {
    "identity": "sgd",
    "trace": "sgd",
    "scale_by_adam": "adam",
    "scale_by_amsgrad": "amsgrad",
    "scale_by_rms": "rmsprop",
    "scale_by_stddev": "rmsprop",
    "scale_by_rss": "adagrad",
    "scale_by_adamax": "adamax",
    "scale_by_adadelta": "adadelta",
    "scale_by_lion": "lion",
}
"""Parts of a chain that are a rule without a rate, and the optimizer that has this rule."""

RATES = ("scale", "scale_by_learning_rate", "scale_by_schedule")

PARTS = (
    *(
        *CLIPS,
        *RULES,
        *RATES,
        "add_decayed_weights",
        "adaptive_grad_clip",
        "clip_by_block_rms",
        "zero_nans",
        "centralize",
    ),
    *("add_noise", "keep_params_nonnegative", "normalize_by_update_norm", "scale_by_trust_ratio", "set_to_zero", "ema"),
)
"""Names in Optax that are not an optimizer but a part of one."""


def chain_of(call: Called, notes: Notes) -> Optimizer:
    """The record for a chain, if one optimizer does what its parts do in their order."""
    parts = _without_scales(_flat(call), notes)
    core = next((at for at, part in enumerate(parts) if _is_core(part) or last_name(part) in RATES), None)
    if core is None:
        raise ProgramError(f"No optimizer was found in this chain. Received: {excerpt(call)}.")
    # before the rule parts act on the gradient, behind it on the step
    before, rest = parts[:core], parts[core:]
    if last_name(parts[core]) in RULES or last_name(parts[core]) in RATES:
        optimizer, after = _from_parts(rest, notes)
    else:
        optimizer, after = optax.optimizer_of(rest[0], notes), rest[1:]
    for part in after:
        # an optimizer at the rate 1, then a schedule: that schedule is its rate
        if last_name(part) == "scale_by_schedule" and optimizer.learning_rate == 1:
            optimizer = optimizer.replace(learning_rate=_rate([part, Called("optax.scale", (-1.0,))], notes))
        elif last_name(part) == "scale":
            rate = optimizer.learning_rate
            if isinstance(rate, Schedule):
                rate = _times(rate, part, notes)
            else:
                scaled = {"learning_rate": _rate([Called("optax.scale", (-float(rate),)), part], notes)}
                rate = built(type(optimizer), scaled, notes).learning_rate
            optimizer = optimizer.replace(learning_rate=rate)
        elif last_name(part) == "add_decayed_weights":
            optimizer = _decaying(optimizer, part, notes)
        else:
            _left_out(part, "after the optimizer", notes)
    return _surrounded(optimizer, before, notes)


def _without_scales(parts: list[Any], notes: Notes) -> list[Any]:
    """The chain with a number that the gradient is multiplied by put behind its optimizer, if that is the same.

    It is for SGD: twice the gradient is twice the step. A clip and L2 between the two are then of the plain gradient,
    so their numbers are divided by it.
    """
    core = next((at for at, part in enumerate(parts) if _is_core(part)), None)
    if core is None or not any(last_name(part) == "scale" for part in parts[:core]):
        return parts
    if RULES.get(last_name(parts[core]), last_name(parts[core])) != "sgd":
        if core == 1 and last_name(parts[1]) in RULES and parts[0].first == (-1.0,):
            return [*parts[1:], parts[0]]  # the rules are odd: the other way round is minus the step
        for part in parts[:core]:
            if last_name(part) == "scale":
                _leave_out_scale(part, last_name(parts[core]), notes, is_alone=core == 1)
        return [part for part in parts[:core] if last_name(part) != "scale"] + parts[core:]
    before: list[Any] = []
    scales: list[Any] = []
    factor = 1.0
    for part in parts[:core]:
        if last_name(part) == "scale":
            factor *= plain("step_size", bound(part, {"step_size": REQUIRED})["step_size"])
            scales.append(part)
        else:
            before.append(_divided(part, factor) if scales else part)
    after = parts[core + 1 :]
    while after and last_name(after[0]) == "scale":
        scales.append(after.pop(0))
        factor *= plain("step_size", bound(scales[-1], {"step_size": REQUIRED})["step_size"])
    number = scales[0].first[0] if scales[0].first else scales[0].named["step_size"]
    return [*before, parts[core], Called("optax.scale", (number.become(factor),), {}, scales[0].text), *after]


def _divided(part: Any, factor: float) -> Any:
    """A clip or L2 of a gradient that was multiplied by a number, as one of the plain gradient."""
    name = last_name(part)
    argument = CLIPS[name][1] if name in CLIPS else "weight_decay"
    if name not in (*CLIPS, "add_decayed_weights") or factor == 0:
        return part
    values = bound(part, {argument: 0.0} if name in CLIPS else {argument: 0.0, "mask": None})
    number = plain(argument, values[argument])
    by = abs(factor) if name in CLIPS else factor
    return Called(part.name, (), values | {argument: number.become(number / by)}, part.text)


def _leave_out_scale(part: Any, rule: str, notes: Notes, *, is_alone: bool) -> None:
    """Refuse a number before a rule that divides by the gradient's size; a rule of signs alone knows no size."""
    number = plain("step_size", bound(part, {"step_size": REQUIRED})["step_size"])
    optimizer = RULES.get(rule, rule)
    if number > 0 and optimizer == "lion" and is_alone:
        return
    why = (
        f"`{rule}` works with the gradient's size, so a number before it is no other rate"
        if number > 0
        else f"before `{rule}` it turns the gradient round, and the chain goes uphill"
    )
    notes.leave_out(f"`{excerpt(part)}`", f"`scale` has no counterpart here: {why}. Received: {excerpt(part)}.")


RATE_FIELDS = ("initial_learning_rate", "end_learning_rate", "warmup_target", "values")
"""Fields of schedules that are rates."""


def _times(schedule: Schedule, part: Called, notes: Notes) -> Schedule:
    """A schedule whose rates are multiplied by a number above 0."""
    number = plain("step_size", bound(part, {"step_size": REQUIRED})["step_size"])
    if number <= 0:
        raise _uphill(part)
    rates = {name: getattr(schedule, name) for name in RATE_FIELDS if hasattr(schedule, name)}
    given = {name: getattr(schedule, name) for name in (*number_fields(type(schedule)), *switch_fields(type(schedule)))}
    scaled = {
        name: tuple(entry * number for entry in rate) if isinstance(rate, tuple) else rate * number
        for name, rate in rates.items()
    }
    return built(type(schedule), given | scaled, notes)


def _flat(call: Called) -> list[Any]:
    flat = []
    for part in call.first:
        flat += _flat(part) if isinstance(part, Called) and last_name(part) == "chain" else [part]
    return flat


def is_part(part: Any) -> bool:
    """Whether a value is a call of an optimizer of Optax, or of a part of one."""
    return isinstance(part, Called) and (_is_core(part) or last_name(part) in (*PARTS, "chain"))


def _is_core(part: Any) -> bool:
    name = last_name(part)
    return isinstance(part, Called) and (
        name in RULES or name in optax.CLASSES or name in (*optax.OWN, *optax.WRAPPERS)
    )


def _surrounded(optimizer: Optimizer, before: list[Any], notes: Notes) -> Optimizer:
    """The optimizer with the parts before it, which act on the gradient: clipping, then L2."""
    fields: dict[str, Any] = {}
    for part in before:
        name = last_name(part)
        if name in CLIPS and not fields:
            field, argument = CLIPS[name]
            fields[field] = bound(part, {argument: REQUIRED})[argument]
        elif name == "add_decayed_weights" and "l2" not in fields:
            decay = _decay_of(part, notes)
            if is_number(decay) and decay < 0:
                notes.leave_out(
                    f"`{excerpt(part)}`",
                    "Before the optimizer `add_decayed_weights` must be above 0: below 0 the weights grow. "
                    f"Received: {excerpt(part)}. Try it without the minus.",
                )
            else:
                # before the rule it joins the gradient, so it is L2 and no decoupled decay
                fields["l2"] = decay
        else:
            _left_out(part, "before the optimizer in this place", notes)
    bare = built(type(optimizer), fields, notes)
    return optimizer.replace(**{field: getattr(bare, field) for field in fields})


def _decay_of(part: Called, notes: Notes) -> Any:
    values = bound(part, {"weight_decay": 0.0, "mask": None})
    neutral(values, {"mask": (None,)}, notes)
    return values["weight_decay"]


def _decaying(optimizer: Optimizer, part: Called, notes: Notes) -> Optimizer:
    """The optimizer with Keras's decay after a step, written as minus the rate times `weight_decay`."""
    value, rate = _decay_of(part, notes), optimizer.learning_rate
    if is_number(value) and value > 0:
        notes.leave_out(
            f"`{excerpt(part)}`",
            f"After the optimizer `add_decayed_weights` must be below 0, minus the rate times the decay: above 0 the "
            f"weights grow. Received: {excerpt(part)}. Put it before the optimizer, or use adamw.",
        )
        return optimizer
    if isinstance(value, Decay) and isinstance(rate, Schedule):
        decay: Any = value.weight_decay
    elif is_number(value) and not isinstance(rate, Schedule):
        decay = plain("weight_decay", value).become(-value / rate)
    else:
        raise ProgramError(f"Decay after a step must be minus the rate times a number. Received: {excerpt(part)}.")
    return optimizer.replace(weight_decay=built(type(optimizer), {"weight_decay": decay}, notes).weight_decay)


def _left_out(part: Any, where: str, notes: Notes) -> None:
    notes.leave_out(
        f"`{excerpt(part)}`",
        f"`{last_name(part)}` has no counterpart {where}. Received: {excerpt(part)}. "
        "A chain is read with clip_by_global_norm, clip and then add_decayed_weights before an optimizer.",
    )


def _from_parts(parts: list[Any], notes: Notes) -> tuple[Optimizer, list[Any]]:
    """The optimizer for a rule, perhaps a decay, and a rate, in an order that one here has; and the other parts."""
    kinds = [last_name(part) for part in parts]
    if kinds[:2] == ["scale_by_learning_rate", "trace"]:  # the rate inside the velocity, as in Keras
        values = bound(parts[1], {"decay": REQUIRED, "nesterov": False, "accumulator_dtype": None})
        neutral(values, optax.NEUTRAL, notes)
        # `trace` calls the momentum decay
        momentum = {"momentum": values["decay"], "nesterov": values["nesterov"]}
        return built(SGD, {"learning_rate": _rate([parts[0]], notes), **momentum}, notes), parts[2:]
    rule, rest = (parts[0], parts[1:]) if kinds[0] in RULES else (Called("optax.identity"), parts)
    decay: Any = 0.0
    if rest and last_name(rest[0]) == "add_decayed_weights":
        decay, rest = _decay_of(rest[0], notes), rest[1:]
    rates = [part for part in rest if last_name(part) in RATES]
    if not rates:
        raise ProgramError(f"This chain has no rate: it needs optax.scale(-0.01). Received: {excerpt(rule)}.")
    function = RULES[last_name(rule)]
    given: dict[str, Any] = {"learning_rate": 1.0, **_arguments(rule)}
    optimizer = optax.optimizer_of(Called(f"optax.{function}", (), given), notes)
    rate = _rate(rates, notes)
    bare = built(type(optimizer), {"learning_rate": rate, "weight_decay": decay}, notes)
    if isinstance(rate, Schedule) and getattr(optimizer, "momentum", 0):  # type: ignore[arg-type]
        notes.append(optax.OUTSIDE)
    fields = {"learning_rate": bare.learning_rate, "weight_decay": bare.weight_decay}
    return optimizer.replace(**fields), [part for part in rest if part not in rates]


def _arguments(rule: Called) -> dict[str, Any]:
    """The arguments for the optimizer of a rule. Some of a rule's defaults differ from the optimizer's."""
    name = last_name(rule)
    if name == "identity":
        return {}
    order, fixed = SIGNATURES[name]
    values = bound(rule, order)
    arguments = {argument: value for argument, value in values.items() if value is not None}
    if name == "trace":
        arguments["momentum"] = arguments.pop("decay")
        arguments.pop("accumulator_dtype", None)
    return arguments | fixed


SIGNATURES: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {
    "trace": ({"decay": REQUIRED, "nesterov": False, "accumulator_dtype": None}, {}),
    "scale_by_adam": ({"b1": 0.9, "b2": 0.999, "eps": 1e-8, "eps_root": 0.0, "mu_dtype": None, "nesterov": False}, {}),
    "scale_by_amsgrad": ({"b1": 0.9, "b2": 0.999, "eps": 1e-8, "eps_root": 0.0, "mu_dtype": None}, {}),
    "scale_by_rms": (
        {"decay": 0.9, "eps": 1e-8, "initial_scale": 0.0, "eps_in_sqrt": True, "bias_correction": False},
        {},
    ),
    "scale_by_stddev": (
        {"decay": 0.9, "eps": 1e-8, "initial_scale": 0.0, "eps_in_sqrt": True, "bias_correction": False},
        {"centered": True},
    ),
    "scale_by_rss": ({"initial_accumulator_value": 0.1, "eps": 1e-7}, {}),
    "scale_by_adamax": ({"b1": 0.9, "b2": 0.999, "eps": 1e-8}, {}),
    "scale_by_adadelta": ({"rho": 0.9, "eps": 1e-6}, {}),
    "scale_by_lion": ({"b1": 0.9, "b2": 0.99, "mu_dtype": None}, {"weight_decay": 0.0}),
}
"""For each rule: its arguments in order with their defaults, and what its optimizer needs besides."""


def _rate(parts: list[Called], notes: Notes) -> Any:
    """The rate of the parts that scale, a number or a schedule. Raises ProgramError if together they go uphill."""
    # a chain scales the gradient, so a product below 0 goes downhill: the rate is minus the product
    factor, schedule = -1.0, None
    text: Number | None = None
    for part in parts:
        value, sign = _scaling(part, notes)
        if is_number(value):
            text = plain(last_name(part), value)
            factor *= sign * text
        elif schedule is not None:
            raise ProgramError(f"There can be one schedule. Received: {excerpt(part)} beside {excerpt(schedule)}.")
        else:
            schedule, factor = value, factor * sign
    if schedule is None:
        if factor <= 0:
            written = next((excerpt(part) for part in parts if part.text), excerpt(parts[0]))
            raise ProgramError(f"A chain must scale by minus the rate, so that it goes downhill. Received: {written}.")
        return text.become(factor) if text is not None else factor
    return _downhill(schedule, factor, parts[0], notes)


def _scaling(part: Called, notes: Notes) -> tuple[Any, float]:
    """The factor of a part, a number or a schedule, and its sign."""
    name = last_name(part)
    if name == "scale_by_learning_rate":
        values = bound(part, {"learning_rate": REQUIRED, "flip_sign": True})
        return values["learning_rate"], -1.0 if yes_or_no("flip_sign", values["flip_sign"]) else 1.0
    argument = "step_size" if name == "scale" else "step_size_fn"
    value = bound(part, {argument: REQUIRED})[argument]
    return (plain(argument, value) if name == "scale" else value), 1.0


def _downhill(schedule: Any, factor: float, part: Called, notes: Notes) -> Schedule | Number:
    """A schedule times a number. Raises ProgramError unless the rates are then above 0."""
    try:
        rate = rate_of(schedule, notes, factor)
    except NoCounterpartError:
        raise
    except ProgramError:
        with contextlib.suppress(ProgramError):
            if isinstance(rate_of(schedule, Notes(), -factor), Schedule):
                refused = _uphill(part)
        raise refused from None
    if isinstance(rate, Schedule) or (is_number(rate) and rate > 0):
        return rate
    if is_number(rate) or isinstance(rate_of(schedule, Notes(), -factor), Schedule):
        raise _uphill(part)
    raise no_schedule(schedule)


def _uphill(part: Called) -> ProgramError:
    return ProgramError(
        f"A chain must scale by minus the rate, and this one goes uphill. Received: {excerpt(part)}. "
        "Put optax.scale(-1) behind it."
    )
