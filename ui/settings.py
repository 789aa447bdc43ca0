"""One record holds all that a view shows; the link, the controls and the race are made from it."""

import dataclasses
from collections.abc import Callable, Sequence
from typing import Any, Self

from figures.theme import twins
from landscapes import LANDSCAPES, Landscape
from landscapes.formula import Formula
from optimizers import SCHEDULES, Batch, Constant, Optimizer, Schedule
from records import number_fields
from ui.methods import COURSE, METHODS

SHARED = {
    "learning_rate": "Learning rate",
    "momentum": "Momentum",
    "decay_schedule": "Decay schedule",
    "batch_size": "Batch size",
}
"""What one shared control sets for every racer that has it and is not set apart, with the control's label."""

SURFACES: dict[str, type[Landscape]] = {"own": Formula, **LANDSCAPES}
"""Everything that can be picked: a typed formula, and the gallery."""

PAGES = ("playground", "batches", "schedules", "escape", "tune")
"""Pages that show settings, each with some of its own."""

AXES = ("learning_rate", "momentum")
"""The two fields that the tuning map opens with."""

MEASURES = {"steps": "steps until it is there", "loss": "the loss it ends with", "minimum": "the minimum it ends in"}
"""What the tuning map's colours say."""

TOLERANCES = (0.1, 0.01, 0.001, 1e-4, 1e-6, 1e-9)
"""Parts of the way down that may be left when a descent counts as there."""

MOST_RACERS = 8
MOST_STEPS = 2000
MOST_NOISE = 20.0
LONGEST_NAME = 28
FIRST = LANDSCAPES["double_well"]()
UNCHANGED = Constant()


@dataclasses.dataclass(frozen=True)
class Racer:
    """One runner: a method, its optimizer, and what it keeps for itself.

    `optimizer.learning_rate` is a number; `decay_schedule` and `batch_size` (None is the full batch) are its own.
    Each of the four counts only if named in `apart`; otherwise the shared value does.
    """

    method: str
    name: str
    optimizer: Optimizer
    apart: tuple[str, ...] = ()
    decay_schedule: Schedule = UNCHANGED
    batch_size: int | None = None

    def has(self, field: str) -> bool:
        """Whether the racer has that shared field at all: few optimizers have a momentum."""
        return field != "momentum" or "momentum" in number_fields(self.optimizer)

    def replace(self, **changes: Any) -> Self:
        """A copy with some fields changed."""
        return dataclasses.replace(self, **changes)


def racer(method: str, **changes: Any) -> Racer:
    """A racer as its method starts out."""
    made = METHODS[method]
    return Racer(method, made.title, made.optimizer, made.apart).replace(**changes)


EVERYBODY = tuple(map(racer, COURSE))


@dataclasses.dataclass(frozen=True)
class Settings:
    """All that a page shows. `start` None is the landscape's own; `playhead` None is playing.

    The tuning map is over the two fields `axes` of the first racer, over their whole sliders if `wide`; its colours say
    the `measure`, and a descent counts as there when only that part `tolerance` of the way down is left.
    """

    page: str = "playground"
    landscape: Landscape = FIRST
    racers: tuple[Racer, ...] = EVERYBODY
    learning_rate: float = FIRST.learning_rate
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
    def begin(self) -> tuple[float, float]:
        """Where the race starts, (x, y)."""
        return self.landscape.start if self.start is None else self.start

    def optimizer(self, racer: Racer) -> Optimizer:
        """The racer's optimizer with the shared values filled in."""
        schedule = self.schedule(racer)
        rate: Any = racer.optimizer.learning_rate if "learning_rate" in racer.apart else self.learning_rate
        learning_rate = rate if isinstance(schedule, Constant) else schedule.starting_at(rate)
        follows = racer.has("momentum") and "momentum" not in racer.apart
        momentum = {"momentum": self.momentum} if follows else {}
        return racer.optimizer.replace(learning_rate=learning_rate, **momentum)

    def looks(self) -> list[tuple[str, int]]:
        """The look of each racer, and how many before it have the same: they share a colour, so the dash must differ.

        The method's, or that of what the page compares if all racers use the same one.
        """
        names = [racer.method for racer in self.racers]
        compared = COMPARED.get(self.page)
        if compared and len(set(names)) == 1:
            names = [compared(self, racer) for racer in self.racers]
        return [(name, min(names[:index].count(name), twins(name)[-1])) for index, name in enumerate(names)]

    def schedule(self, racer: Racer) -> Schedule:
        """The racer's decay schedule."""
        return racer.decay_schedule if "decay_schedule" in racer.apart else self.decay_schedule

    def batch(self, racer: Racer) -> Batch:
        """The samples the racer looks at each step: all of them, if its batch would be larger than that."""
        size = racer.batch_size if "batch_size" in racer.apart else self.batch_size
        samples = self.landscape.sample_count
        return Batch(None if size is None or size >= samples else size, float(self.noise), self.seed, samples)


COMPARED: dict[str, Callable[[Settings, Racer], str]] = {
    "batches": lambda settings, racer: {None: "full", 1: "single"}.get(settings.batch(racer).size, "mini"),
    "schedules": lambda settings, racer: slug_of(settings.schedule(racer), SCHEDULES),
}
"""What the racers of a page differ in."""


def free_name(name: str, racers: Sequence[Racer]) -> str:
    """The name, numbered if one of the racers has it."""
    taken = {runner.name for runner in racers}
    if name not in taken:
        return name
    stem = name.rstrip("0123456789 ")[: LONGEST_NAME - 3]
    return next(f"{stem} {number}" for number in range(2, MOST_RACERS + 2) if f"{stem} {number}" not in taken)


def slug_of(record: Any, registry: dict[str, Any]) -> str:
    """The name under which a record's type is registered."""
    return next(slug for slug, cls in registry.items() if type(record) is cls)
