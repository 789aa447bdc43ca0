"""The settings as one would type them in Optax, with Keras's path wherever that is possible."""

from collections.abc import Callable
from itertools import pairwise
from typing import Any

from interop.write.code import ProgramSource, comment, missing, program
from interop.write.differences import after_correction, before_largest
from interop.write.formulas import formula
from interop.write.layout import Call, count, laid_out, literal
from optimizers import (
    SGD,
    Adadelta,
    Adagrad,
    Adam,
    Adamax,
    AdamW,
    Constant,
    CosineDecay,
    ExponentialDecay,
    Lion,
    Nadam,
    Optax,
    Optimizer,
    PiecewiseConstantDecay,
    PolynomialDecay,
    RMSprop,
    Schedule,
    WarmupCosineDecay,
)
from records import number_fields, switch_fields

Writer = tuple[Call, str]
"""A call, and a remark on what differs, "" for none."""


def optax_program(optimizer: Optimizer) -> ProgramSource:
    """A whole program in Optax: imports, the schedule under the name `schedule`, and the optimizer."""
    writer: Callable[[Any], Writer] | None = _own if isinstance(optimizer, Optax) else WRITERS.get(type(optimizer))
    if writer is None:
        return missing("Optax", optimizer.title)
    rate = optimizer.learning_rate
    varies = isinstance(rate, Schedule) and not isinstance(rate, Constant)
    before = _schedule(rate) if varies else ""
    if _corrected(optimizer):
        before = f"{before.rstrip()}\n\n\n{_corrected_rate(optimizer, varies)}".lstrip()
    call, remark = writer(optimizer)
    chain, decay = _chained(optimizer, call, varies)
    if decay:
        before = f"{before.rstrip()}\n\n\n{decay}"
    needs_jax = "import jax.numpy as jnp\n" if "jnp." in before else ""
    line = laid_out("optimizer = ", chain)
    if optimizer.clipnorm:
        line = f"{comment(TOGETHER)}{line}"
    return program(f"{needs_jax}import optax", before, line, notes=(remark,) if remark else ())


TOGETHER = "Optax's norm is that of all variables together, Keras's `clipnorm` of each; here there is one."


def _chained(optimizer: Optimizer, call: Call, varies: bool) -> tuple[Call, str]:
    """The optimizer in a chain with what acts on its gradient and its step; and the function for a varying decay."""
    parts: list[Call] = []
    # in the order in which `Optimizer.apply` does it: clipping, then L2
    if norm := optimizer.clipnorm or optimizer.global_clipnorm:
        parts.append(Call("optax.clip_by_global_norm", first=(literal(norm),)))
    if optimizer.clipvalue:
        parts.append(Call("optax.clip", first=(literal(optimizer.clipvalue),)))
    if optimizer.l2:
        parts.append(Call("optax.add_decayed_weights", first=(literal(optimizer.l2),)))
    parts += call.first if call.name == "optax.chain" else [call]  # type: ignore[arg-type]
    decay = float(optimizer.weight_decay) if "weight_decay" in optimizer.common else 0.0
    function = ""
    if decay and not _decays_itself(optimizer):
        function = f"def decay(step):\n    return -{literal(decay)} * schedule(step)\n" if varies else ""
        rate: Any = optimizer.learning_rate
        product = 0.0 if varies else -decay * float(getattr(rate, "initial", rate))
        parts.append(Call("optax.add_decayed_weights", first=("decay" if varies else literal(product),)))
    return (parts[0] if len(parts) == 1 else Call("optax.chain", first=tuple(parts))), function


def optax_optimizer(optimizer: Optax, width: int) -> str:
    """The expression for one of Optax's own methods, without imports."""
    return laid_out("", _chained(optimizer, _own(optimizer)[0], False)[0], width=width)


def _decays_itself(optimizer: Optimizer) -> bool:
    """Whether Optax's function for the method has an argument for weight decay."""
    return isinstance(optimizer, Lion) or (isinstance(optimizer, Adam) and not optimizer.amsgrad)


def _schedule(schedule: Any) -> str:
    built_in = BUILT_IN.get(type(schedule))
    call = built_in(schedule) if built_in else None
    return formula(schedule, "schedule", traced=True) if call is None else laid_out("schedule = ", call)


def _exponential(decay: ExponentialDecay) -> Call | None:
    if decay.staircase:
        return None
    arguments = {
        "init_value": literal(decay.initial_learning_rate),
        "transition_steps": count(decay.decay_steps),
        "decay_rate": literal(decay.decay_rate),
    }
    return Call("optax.exponential_decay", arguments)


def _piecewise(decay: PiecewiseConstantDecay) -> Call:
    """The call for a schedule in pieces.

    Optax's new value begins at the boundary, Keras's after it; it takes factors.
    """
    first, *values = map(float, decay.values)
    # Keras's boundary is the last step of its rate, Optax's the first of the next
    begin = {int(boundary) + 1: value for boundary, value in zip(decay.boundaries, values, strict=True)}
    factors = [literal(after / before) for before, after in pairwise([first, *begin.values()])]
    scales: Call | str = Call("", dict(zip(map(str, begin), factors, strict=True)), ends="{}", sign=": ")
    arguments = {"init_value": literal(first), "boundaries_and_scales": scales}
    return Call("optax.piecewise_constant_schedule", arguments)


def _polynomial(decay: PolynomialDecay) -> Call | None:
    if decay.cycle or not float(decay.power).is_integer():
        return None
    straight = float(decay.power) == 1
    arguments = {"init_value": literal(decay.initial_learning_rate), "end_value": literal(decay.end_learning_rate)}
    power = {} if straight else {"power": literal(decay.power)}
    name = "linear" if straight else "polynomial"
    return Call(f"optax.{name}_schedule", arguments | power | {"transition_steps": count(decay.decay_steps)})


def _cosine(decay: CosineDecay) -> Call:
    arguments = {"init_value": literal(decay.initial_learning_rate), "decay_steps": count(decay.decay_steps)}
    return Call("optax.cosine_decay_schedule", arguments | ({"alpha": literal(decay.alpha)} if decay.alpha else {}))


def _warmup(decay: WarmupCosineDecay) -> Call:
    """The call for a cosine with a warm-up, which Optax counts among the decay steps."""
    end = {"end_value": literal(decay.alpha * decay.warmup_target)} if decay.alpha else {}
    arguments = {
        "init_value": literal(decay.initial_learning_rate),
        "peak_value": literal(decay.warmup_target),
        "warmup_steps": count(decay.warmup_steps),
        "decay_steps": count(decay.warmup_steps + decay.decay_steps),
    }
    return Call("optax.warmup_cosine_decay_schedule", arguments | end)


BUILT_IN: dict[type[Schedule], Callable[[Any], Call | None]] = {
    ExponentialDecay: _exponential,
    PiecewiseConstantDecay: _piecewise,
    PolynomialDecay: _polynomial,
    CosineDecay: _cosine,
    WarmupCosineDecay: _warmup,
}
"""The schedules that Optax has, and the function that writes each; it returns None for what Optax can't do."""


def _rate(optimizer: Optimizer) -> str:
    rate = optimizer.learning_rate
    if isinstance(rate, Constant):
        rate = rate.initial
    return "schedule" if isinstance(rate, Schedule) else literal(rate)


def _call(name: str, optimizer: Optimizer, arguments: dict[str, Any] | None = None) -> Call:
    typed = {name: _typed(value) for name, value in (arguments or {}).items()}
    return Call(f"optax.{name}", {"learning_rate": _rate(optimizer)} | typed)


def _typed(value: Any) -> str:
    return str(value) if isinstance(value, (bool, str)) else literal(value)


def _sgd(sgd: SGD) -> Writer:
    """The call for SGD. `optax.sgd` multiplies the velocity by the rate, Keras the gradient.

    Under a schedule these differ, so there the parts are chained in Keras's order.
    """
    nesterov = {"nesterov": True} if sgd.nesterov and sgd.momentum else {}
    if not sgd.momentum or _rate(sgd) != "schedule":
        return _call("sgd", sgd, ({"momentum": sgd.momentum} if sgd.momentum else {}) | nesterov), ""
    trace = {"decay": literal(sgd.momentum)} | ({"nesterov": "True"} if nesterov else {})
    inside = Call("optax.scale_by_learning_rate", first=("schedule",))
    return Call("optax.chain", first=(inside, Call("optax.trace", trace))), ""


def _adagrad(adagrad: Adagrad) -> Writer:
    given = {"initial_accumulator_value": (adagrad.initial_accumulator_value, 0.1), "eps": (adagrad.epsilon, 1e-7)}
    return _call("adagrad", adagrad, _others(given)), ""


def _others(given: dict[str, tuple[Any, Any]]) -> dict[str, Any]:
    """The arguments that are not at Optax's default; `given` has (value, default) by name."""
    return {name: value for name, (value, default) in given.items() if value != default}


def _rmsprop(rmsprop: RMSprop) -> Writer:
    given = {
        "decay": (rmsprop.rho, 0.9),
        "eps": (rmsprop.epsilon, 1e-8),
        "centered": (rmsprop.centered, False),
        "momentum": (rmsprop.momentum, 0.0),
    }
    exact = rmsprop.centered and not rmsprop.epsilon
    remark = (
        "With ε = 0 rounding decides how small the variance is: where it is about 0, the paths differ." if exact else ""
    )
    return _call("rmsprop", rmsprop, _others(given)), remark


def _moments(optimizer: Any, b2: float = 0.999) -> dict[str, Any]:
    given = {"b1": (optimizer.beta_1, 0.9), "b2": (optimizer.beta_2, b2)}
    epsilon = {"eps": (optimizer.epsilon, 1e-8)} if "epsilon" in number_fields(optimizer) else {}
    return _others(given | epsilon)


def _corrected(optimizer: Optimizer) -> bool:
    return isinstance(optimizer, Adam) and optimizer.amsgrad


def _corrected_rate(optimizer: Any, varies: bool) -> str:
    """The source of the function for AMSGrad's rate, by which Keras corrects the bias of the largest second moment."""
    rate = "schedule(step)" if varies else literal(getattr(optimizer.learning_rate, "initial", optimizer.learning_rate))
    return f"def corrected(step):\n    return {rate} * jnp.sqrt(1 - {literal(optimizer.beta_2)} ** (step + 1))\n"


def _adam(adam: Adam) -> Writer:
    if not adam.amsgrad and adam.weight_decay:
        return _call("adamw", adam, _moments(adam) | {"weight_decay": adam.weight_decay}), after_correction(
            "Optax", adam
        )
    if not adam.amsgrad:
        return _call("adam", adam, _moments(adam)), after_correction("Optax", adam)
    arguments = {name: literal(value) for name, value in _moments(adam).items()}
    return Call("optax.amsgrad", {"learning_rate": "corrected"} | arguments | {"bias_correction_nu": "False"}), ""


def _adamw(adamw: AdamW) -> Writer:
    remark = after_correction("Optax", adamw)
    if adamw.amsgrad:
        remark = f"Optax's AdamW has no AMSGrad: its second moment forgets. {remark}"
    return _call("adamw", adamw, _moments(adamw) | {"weight_decay": adamw.weight_decay}), remark.strip()


def _nadam(nadam: Nadam) -> Writer:
    remark = "Optax's momentum is β₁ from the first step, Keras's rises from half of it: the paths differ visibly."
    return _call("nadam", nadam, _moments(nadam)), remark


def _adamax(adamax: Adamax) -> Writer:
    return _call("adamax", adamax, _moments(adamax)), before_largest("Optax", adamax)


def _adadelta(adadelta: Adadelta) -> Writer:
    given = {"rho": (adadelta.rho, 0.9), "eps": (adadelta.epsilon, 1e-6)}
    return _call("adadelta", adadelta, _others(given)), ""


def _lion(lion: Lion) -> Writer:
    return _call("lion", lion, _moments(lion, 0.99) | {"weight_decay": lion.weight_decay}), ""


RATE_IS_A_NUMBER = ("sm3",)
"""Optax's methods whose rate must be a number."""


def _own(optimizer: Optax) -> Writer:
    """The call for one of Optax's own methods, whose arguments are its fields."""
    fields = [name for name in (*number_fields(optimizer), *switch_fields(optimizer)) if name not in optimizer.common]
    default = type(optimizer)()
    given = {name: (getattr(optimizer, name), getattr(default, name)) for name in fields if name != "learning_rate"}
    call = _call(optimizer.optax_name, optimizer, _others(given))
    if optimizer.optax_name in RATE_IS_A_NUMBER and call.arguments["learning_rate"] == "schedule":
        scaled = Call(call.name, {**call.arguments, "learning_rate": "1.0"})
        return Call("optax.chain", first=(scaled, Call("optax.scale_by_schedule", first=("schedule",)))), ""
    return call, ""


WRITERS: dict[type[Optimizer], Callable[[Any], Writer]] = {
    SGD: _sgd,
    Adagrad: _adagrad,
    RMSprop: _rmsprop,
    Adam: _adam,
    AdamW: _adamw,
    Nadam: _nadam,
    Adamax: _adamax,
    Adadelta: _adadelta,
    Lion: _lion,
}
"""Keras's methods that Optax has too, and the function that writes each."""
