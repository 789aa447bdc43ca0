"""The settings as one would type them in PyTorch, with Keras's path wherever that is possible."""

from collections.abc import Callable
from typing import Any

from interop.write.code import ProgramSource, missing, program
from interop.write.differences import after_correction, before_correction, before_largest, beside_root
from interop.write.formulas import formula, imports
from interop.write.layout import Call, laid_out, literal
from optimizers import (
    OPTAX,
    SGD,
    Adadelta,
    Adagrad,
    Adam,
    Adamax,
    AdamW,
    Constant,
    Nadam,
    Optimizer,
    RMSprop,
    Schedule,
)

Writer = tuple[dict[str, Any], str]
"""Arguments that are not at PyTorch's default, and a remark on what differs, "" for none."""

SCHEDULED = """\
scheduler = torch.optim.lr_scheduler.LambdaLR(optimizer, rate)
# At every step: optimizer.step(), then scheduler.step()."""

INSIDE = """\
# Keras keeps the rate inside the velocity, PyTorch outside. This is the same path:
# at step 0, 1, 2 … (rate(step) * loss).backward(), then optimizer.step()."""


def torch_program(optimizer: Optimizer) -> ProgramSource:
    """A whole program in PyTorch for a `model`: imports, the schedule as a function of the step, and the optimizer."""
    writer = WRITERS.get(type(optimizer))
    if writer is None:
        return missing("PyTorch", optimizer.title)
    arguments, difference = writer(optimizer)
    name = NAMES.get(type(optimizer), type(optimizer).__name__)
    notes = [difference] if difference else []
    hook = _clipping(optimizer, notes)
    if optimizer.l2 and isinstance(optimizer, AdamW):
        notes.append("PyTorch's AdamW has no L2 beside its decay: it is left out.")
    elif optimizer.l2:
        arguments = arguments | {"weight_decay": optimizer.l2}
    decay = float(optimizer.weight_decay) if "weight_decay" in optimizer.common else 0.0
    if decay and isinstance(optimizer, Adam) and not optimizer.l2:
        name, arguments = "AdamW", arguments | {"weight_decay": decay}
    elif decay:
        if optimizer.l2:
            notes.append("PyTorch's L2 is that of the weights after their decay, here before it.")
        hook += DECAY.format(literal(decay))
    after = BEFORE_STEP.format(hook) if hook else ""
    rate = optimizer.learning_rate
    if not isinstance(rate, Schedule) or isinstance(rate, Constant):
        initial = rate.initial if isinstance(rate, Constant) else rate
        return program("import torch", f"{_line(name, initial, arguments)}{after}", notes=tuple(notes))
    head = f"{imports(rate)}import torch\n\n{formula(rate, 'rate')}"
    # scaling the loss puts the rate inside the velocity, as in Keras; but it would also scale what clipping and L2
    # see
    carries = isinstance(optimizer, SGD) and float(optimizer.momentum) > 0
    if carries and (hook or optimizer.l2):
        notes.append("PyTorch's rate stands outside the velocity: after the rate falls, speed falls at once.")
        carries = False
    scheduled = INSIDE if carries else SCHEDULED
    return program(head, f"{_line(name, 1.0, arguments)}{after}\n{scheduled}", notes=tuple(notes))


BEFORE_STEP = """


def before_step(optimizer, args, kwargs):
{}

optimizer.register_step_pre_hook(before_step)"""

DECAY = """\
    for parameter in model.parameters():
        parameter.data.mul_(1 - optimizer.param_groups[0]["lr"] * {})
"""


def _clipping(optimizer: Optimizer, notes: list[str]) -> str:
    """The lines of the hook that clip before a step; adds a remark to `notes`."""
    if optimizer.clipvalue:
        return f"    torch.nn.utils.clip_grad_value_(model.parameters(), {literal(optimizer.clipvalue)})\n"
    if not (optimizer.clipnorm or optimizer.global_clipnorm):
        return ""
    notes.append("PyTorch adds 1e-06 to the length that it divides by: clipped steps differ by about that over it.")
    if optimizer.global_clipnorm:
        return f"    torch.nn.utils.clip_grad_norm_(model.parameters(), {literal(optimizer.global_clipnorm)})\n"
    return (
        "    for parameter in model.parameters():\n"
        f"        torch.nn.utils.clip_grad_norm_(parameter, {literal(optimizer.clipnorm)})\n"
    )


def _line(name: str, rate: Any, arguments: dict[str, Any]) -> str:
    given = {"lr": literal(rate)} | {name: _typed(value) for name, value in arguments.items()}
    return laid_out("optimizer = ", Call(f"torch.optim.{name}", given, ("model.parameters()",)))


def _typed(value: Any) -> str:
    if isinstance(value, (str, bool)):
        return str(value)
    return f"({', '.join(map(literal, value))})" if isinstance(value, tuple) else literal(value)


def _sgd(sgd: SGD) -> Writer:
    momentum = {"momentum": sgd.momentum} if sgd.momentum else {}
    return momentum | ({"nesterov": True} if sgd.nesterov and sgd.momentum else {}), ""


def _adagrad(adagrad: Adagrad) -> Writer:
    # with eps=0 PyTorch divides by √a, so a start of a₀ + ε gives Keras's √(a + ε)
    inside = f"{literal(adagrad.initial_accumulator_value)} + {literal(adagrad.epsilon)}"
    return {"initial_accumulator_value": inside, "eps": 0.0}, ""


def _rmsprop(rmsprop: RMSprop) -> Writer:
    remark = beside_root("PyTorch", rmsprop)
    if rmsprop.momentum and isinstance(rmsprop.learning_rate, Schedule):
        remark += " Its rate stands outside the velocity: after the rate falls, speed falls at once."
    centered = {"centered": True} if rmsprop.centered else {}
    momentum = {"momentum": rmsprop.momentum} if rmsprop.momentum else {}
    return {"alpha": rmsprop.rho, "eps": rmsprop.epsilon} | momentum | centered, remark


def _adam(adam: Adam | AdamW) -> Writer:
    amsgrad = {"amsgrad": True} if adam.amsgrad else {}
    decay = {"weight_decay": adam.weight_decay} if isinstance(adam, AdamW) else {}
    return _betas(adam) | decay | amsgrad, after_correction("PyTorch", adam)


def _nadam(nadam: Nadam) -> Writer:
    return _betas(nadam) | {"momentum_decay": 1.0}, ""


def _adamax(adamax: Adamax) -> Writer:
    return _betas(adamax), before_largest("PyTorch", adamax)


def _adadelta(adadelta: Adadelta) -> Writer:
    return {"rho": adadelta.rho, "eps": adadelta.epsilon}, ""


def _radam(radam: Any) -> Writer:
    """The arguments of RAdam, whose arithmetic here is Optax's."""
    remark = before_correction("PyTorch", radam)
    if float(radam.threshold) != 5 or radam.nesterov:
        remark += " It begins to divide at 5, and does not look ahead."
    betas = (float(radam.b1), float(radam.b2))
    return ({} if betas == (0.9, 0.999) else {"betas": betas}) | {"eps": radam.eps}, remark


def _betas(optimizer: Any) -> dict[str, Any]:
    betas = (float(optimizer.beta_1), float(optimizer.beta_2))
    return ({} if betas == (0.9, 0.999) else {"betas": betas}) | {"eps": optimizer.epsilon}


NAMES: dict[type[Optimizer], str] = {Nadam: "NAdam"}
"""Classes with another name in PyTorch."""

WRITERS: dict[type[Optimizer], Callable[[Any], Writer]] = {
    SGD: _sgd,
    Adagrad: _adagrad,
    RMSprop: _rmsprop,
    Adam: _adam,
    AdamW: _adam,
    Nadam: _nadam,
    Adamax: _adamax,
    Adadelta: _adadelta,
    OPTAX["radam"]: _radam,
}
"""The methods that PyTorch has, and the function that writes the arguments of each."""
