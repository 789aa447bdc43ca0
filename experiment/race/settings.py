"""One record holds everything that a view shows. The link, the controls and the race are made from it."""

import dataclasses
from collections.abc import Sequence
from typing import Any, Self

from experiment.race.methods import COURSE, METHODS
from landscapes import LANDSCAPES, Landscape
from landscapes.formula.formula import Formula
from optimizers import Batch, Constant, Optimizer, Schedule
from records import number_fields

SHARED = {
    "learning_rate": "Learning rate",
    "momentum": "Momentum",
    "decay_schedule": "Decay schedule",
    "batch_size": "Batch size",
}
"""The shared fields and the labels of their controls.

A control sets its field for every racer that has the field and does not override it.
"""

SURFACES: dict[str, type[Landscape]] = {"own": Formula, **LANDSCAPES}
"""All landscapes that can be chosen, by slug: a typed formula, and the gallery."""

AXES = ("learning_rate", "momentum")
"""The two fields that the tuning map opens with."""

MEASURES = {"steps": "steps until it is there", "loss": "the loss it ends with", "minimum": "the minimum it ends in"}
"""The quantities that the tuning map's colours can show."""

TOLERANCES = (0.1, 0.01, 0.001, 1e-4, 1e-6, 1e-9)
"""The parts of the way down that may be left when a descent counts as arrived."""

MAX_RACERS = 8
MAX_STEPS = 2000
MAX_NOISE = 20.0
MAX_NAME_LENGTH = 28
DEFAULT_LANDSCAPE = LANDSCAPES["double_well"]()
UNCHANGED = Constant()

RATE = number_fields(METHODS["descent"].optimizer)["learning_rate"]
MOMENTUM = number_fields(METHODS["descent"].optimizer)["momentum"]


@dataclasses.dataclass(frozen=True)
class Racer:
    """One participant of a race: a method, its optimizer, and its own values of the shared fields.

    Its own values are `optimizer.learning_rate`, a number, `optimizer.momentum`, `decay_schedule` and `batch_size`
    (None is the full batch). Each counts only if it is named in `overrides`; else the shared value does.
    """

    method: str
    name: str
    optimizer: Optimizer
    overrides: tuple[str, ...] = ()
    decay_schedule: Schedule = UNCHANGED
    batch_size: int | None = None

    def has(self, field: str) -> bool:
        """Whether the racer has that shared field at all. Few optimizers have a momentum."""
        return field != "momentum" or "momentum" in number_fields(self.optimizer)

    def follows(self, field: str) -> bool:
        """Whether the shared value of a field counts for the racer, instead of its own."""
        return self.has(field) and field not in self.overrides

    def own(self, field: str) -> Any:
        """The racer's own value of a shared field, whether it counts or not."""
        return getattr(self.optimizer if field in ("learning_rate", "momentum") else self, field)

    def with_own(self, field: str, value: Any) -> Self:
        """A copy with another own value of a shared field."""
        if field in ("learning_rate", "momentum"):
            return self.replace(optimizer=self.optimizer.replace(**{field: value}))
        return self.replace(**{field: value})

    def with_overrides(self, *fields: str) -> Self:
        """A copy in which exactly these shared fields are its own, in the order of `SHARED`."""
        return self.replace(overrides=tuple(field for field in SHARED if field in fields))

    def replace(self, **changes: Any) -> Self:
        """A copy with some fields changed."""
        return dataclasses.replace(self, **changes)


def racer(method: str, **changes: Any) -> Racer:
    """A racer with its method's title, optimizer and overrides, and then `changes`."""
    entry = METHODS[method]
    return Racer(method, entry.title, entry.optimizer, entry.overrides).replace(**changes)


EVERYBODY = tuple(map(racer, COURSE))


@dataclasses.dataclass(frozen=True)
class Settings:
    """All settings of a page.

    `start` None is the landscape's own start; `playhead` None means that the animation plays. The tuning map spans the
    two fields `axes` of the first racer, over their whole sliders if `wide`. Its colours show the `measure`. A descent
    counts as arrived when the part `tolerance` of the way down is left.
    """

    page: str = "playground"
    landscape: Landscape = DEFAULT_LANDSCAPE
    racers: tuple[Racer, ...] = EVERYBODY
    learning_rate: float = DEFAULT_LANDSCAPE.learning_rate
    momentum: float = 0.9
    decay_schedule: Schedule = UNCHANGED
    batch_size: int | None = None
    noise: float = 0.0
    steps: int = 200
    seed: int = 0
    start: tuple[float, float] | None = None
    playhead: int | None = None
    axes: tuple[str, str] = AXES
    measure: str = "steps"
    tolerance: float = 0.001
    wide: bool = False

    def replace(self, **changes: Any) -> Self:
        """A copy with some fields changed."""
        return dataclasses.replace(self, **changes)

    @property
    def resolved_start(self) -> tuple[float, float]:
        """The start of the race, (x, y): that of the settings, or the landscape's own."""
        return self.landscape.start if self.start is None else self.start

    def value(self, field: str, racer: Racer) -> Any:
        """The value of a shared field that counts for a racer: the shared value, or its own."""
        return getattr(self, field) if racer.follows(field) else racer.own(field)

    def effective(self, racer: Racer) -> Racer:
        """A copy of the racer whose own values are those that count for it in every shared field.

        Its optimizer's `learning_rate` is a number if its schedule is constant; else it is the schedule, starting at
        the rate that counts.
        """
        schedule, rate = self.value("decay_schedule", racer), self.value("learning_rate", racer)
        learning_rate = rate if isinstance(schedule, Constant) else schedule.starting_at(rate)
        momentum = {"momentum": self.value("momentum", racer)} if racer.has("momentum") else {}
        return racer.replace(
            optimizer=racer.optimizer.replace(learning_rate=learning_rate, **momentum),
            decay_schedule=schedule,
            batch_size=self.value("batch_size", racer),
        )

    def with_racer(self, index: int, racer: Racer) -> Self:
        """A copy with another racer at `index`."""
        return self.replace(racers=(*self.racers[:index], racer, *self.racers[index + 1 :]))

    def with_value(self, index: int, field: str, value: Any) -> Self:
        """A copy with another value in a field of the racer at `index`.

        If the racer follows the shared value of a field, the shared value is changed, for all racers that follow it.
        Any other field is the racer's own: of its optimizer, or else of the schedule that counts for it.
        """
        racer = self.racers[index]
        if field in SHARED and racer.has(field):
            if racer.follows(field):
                return self.replace(**{field: value})
            return self.with_racer(index, racer.with_own(field, value))
        if hasattr(racer.optimizer, field):
            return self.with_racer(index, racer.replace(optimizer=racer.optimizer.replace(**{field: value})))
        schedule = self.schedule(racer).replace(**{field: value})
        return self.with_value(index, "decay_schedule", schedule)

    def optimizer(self, racer: Racer) -> Optimizer:
        """The racer's optimizer with the shared values filled in."""
        return self.effective(racer).optimizer

    def schedule(self, racer: Racer) -> Schedule:
        """The racer's decay schedule."""
        return self.effective(racer).decay_schedule

    def batch(self, racer: Racer) -> Batch:
        """The batch that counts for a racer: all samples, if its size is not below their number."""
        size, samples = self.value("batch_size", racer), self.landscape.sample_count
        return Batch(None if size is None or size >= samples else size, float(self.noise), self.seed, samples)


def free_name(name: str, racers: Sequence[Racer]) -> str:
    """The name, with a number behind it if one of the racers has it already."""
    others = {runner.name for runner in racers}
    if name not in others:
        return name
    stem = name.rstrip("0123456789 ")[: MAX_NAME_LENGTH - 3]
    return next(f"{stem} {number}" for number in range(2, MAX_RACERS + 2) if f"{stem} {number}" not in others)


def slug_of(record: Any, registry: dict[str, Any]) -> str:
    """The slug under which a record's type is registered."""
    return next(slug for slug, cls in registry.items() if type(record) is cls)
