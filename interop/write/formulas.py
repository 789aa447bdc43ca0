"""Schedules as small functions of the step, for libraries that do not have them."""

import re

from interop.write.keras import COUNTS
from interop.write.layout import Call, count, laid_out, listed, literal
from optimizers import (
    Constant,
    CosineDecay,
    CosineDecayRestarts,
    ExponentialDecay,
    InverseTimeDecay,
    PiecewiseConstantDecay,
    PolynomialDecay,
    Schedule,
    WarmupCosineDecay,
)
from records import number_fields, switch_fields

# Stairs, cycles and ends are found by `//` and by differences of whole steps: Optax and XLA turn a division by T into
# a multiplication by 1/T, after which 41/41 is below 1, and the power of a number just below 0 is none.
BODIES: dict[tuple[type[Schedule], bool], str] = {
    (Constant, False): "    return initial_learning_rate",
    (ExponentialDecay, False): "    return initial_learning_rate * decay_rate ** (step / decay_steps)",
    (ExponentialDecay, True): """\
    return initial_learning_rate * decay_rate ** (step // decay_steps)""",
    (PiecewiseConstantDecay, False): "    return values[bisect_left(boundaries, step)]",
    (PolynomialDecay, False): """\
    left = max(decay_steps - step, 0) / decay_steps
    fall = initial_learning_rate - end_learning_rate
    return fall * left**power + end_learning_rate""",
    (PolynomialDecay, True): """\
    span = decay_steps * max(1, -(-step // decay_steps))
    left = (span - step) / span
    fall = initial_learning_rate - end_learning_rate
    return fall * left**power + end_learning_rate""",
    (InverseTimeDecay, False): "    return initial_learning_rate / (1 + decay_rate * step / decay_steps)",
    (InverseTimeDecay, True): """\
    return initial_learning_rate / (1 + decay_rate * (step // decay_steps))""",
    (CosineDecay, False): """\
    share = min(step, decay_steps) / decay_steps
    wave = (1 + math.cos(math.pi * share)) / 2
    return initial_learning_rate * ((1 - alpha) * wave + alpha)""",
    (CosineDecayRestarts, False): """\
    firsts = step / first_decay_steps
    cycle = math.floor(math.log(1 - firsts * (1 - t_mul)) / math.log(t_mul) + 0.5)
    cycle = cycle - (first_decay_steps * (1 - t_mul**cycle) / (1 - t_mul) > step)
    begin = first_decay_steps * (1 - t_mul**cycle) / (1 - t_mul)
    share = (step - begin) / (first_decay_steps * t_mul**cycle)
    wave = m_mul**cycle * (1 + math.cos(math.pi * share)) / 2
    return initial_learning_rate * ((1 - alpha) * wave + alpha)""",
    (CosineDecayRestarts, True): """\
    cycle = step // first_decay_steps
    share = (step - cycle * first_decay_steps) / first_decay_steps
    wave = m_mul**cycle * (1 + math.cos(math.pi * share)) / 2
    return initial_learning_rate * ((1 - alpha) * wave + alpha)""",
    (WarmupCosineDecay, False): """\
    if step < warmup_steps:
        rise = warmup_target - initial_learning_rate
        return initial_learning_rate + rise * step / warmup_steps
    share = min(step - warmup_steps, decay_steps) / decay_steps
    wave = (1 + math.cos(math.pi * share)) / 2
    return warmup_target * ((1 - alpha) * wave + alpha)""",
}
"""The body of the function, by the schedule's class and by `bent`: in stairs, in cycles, or in equal cycles."""


def bent(schedule: Schedule) -> bool:
    """Which of a schedule's two formulas applies: True for stairs, cycles, or cycles of equal length."""
    if isinstance(schedule, CosineDecayRestarts):
        return float(schedule.t_mul) == 1
    return any(getattr(schedule, name) for name in switch_fields(schedule))


def formula(schedule: Schedule, name: str, *, traced: bool = False) -> str:
    """A schedule as source: its numbers by name, and a function `name` of the step; for JAX if `traced`.

    >>> from optimizers import InverseTimeDecay
    >>> print(formula(InverseTimeDecay(0.1, 20, 0.5), "rate"))
    initial_learning_rate = 0.1
    decay_steps = 20
    decay_rate = 0.5
    <BLANKLINE>
    <BLANKLINE>
    def rate(step):
        return initial_learning_rate / (1 + decay_rate * step / decay_steps)
    <BLANKLINE>
    """
    body = BODIES[type(schedule), bent(schedule)]
    values = {named: getattr(schedule, named) for named in number_fields(schedule) if re.search(rf"\b{named}\b", body)}
    numbers = "\n".join(laid_out(f"{named} = ", _typed(named, value)) for named, value in values.items())
    return f"{numbers}\n\n\ndef {name}(step):\n{for_jax(body) if traced else body}\n"


def for_jax(body: str) -> str:
    """The body of a function for a step that JAX traces."""
    return body.replace("math.", "jnp.").replace("max(", "jnp.maximum(").replace("min(", "jnp.minimum(")


def imports(schedule: Schedule) -> str:
    """The import lines that a schedule's formula needs, from Python's own library."""
    body = BODIES[type(schedule), bent(schedule)]
    needed = {"math.": "import math", "bisect_left": "from bisect import bisect_left"}
    return "".join(f"{line}\n\n" for word, line in needed.items() if word in body)


def _typed(name: str, value: object) -> Call | str:
    if isinstance(value, tuple):
        return Call("", first=tuple(map(count, value)), ends="[]") if name in COUNTS else listed(value)
    return count(value) if name in COUNTS else literal(value)
