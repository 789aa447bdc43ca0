"""The racer that runs at the best fixed rate, whatever the noise and the number of steps: it is kept there."""

from typing import Any

from optimizers import SGD
from studies.best_rate import best_rate
from ui.settings import Racer, Settings, racer, rounded

BEST = "Best fixed rate"
"""A racer of that name on the page on schedules is kept at it, until a hand gives it another rate."""


def fixed(rate: float) -> Racer:
    """Plain descent at a fixed rate of its own."""
    apart = ("learning_rate", "momentum", "decay_schedule")
    return racer("momentum", name=BEST, optimizer=SGD(rate), apart=apart)


def best(settings: Settings) -> float | None:
    """The best fixed rate for plain descent from the landscape's own start, with the shared batches."""
    batch = settings.batch(fixed(0.1))
    surface = settings.landscape
    found = best_rate(surface, SGD(), start=surface.start, steps=settings.steps, batch=batch)
    return None if found is None else rounded(found)


def kept_best(settings: Settings, before: Settings | None) -> Settings:
    """The settings with that racer at the best rate; with another name if a hand has just moved it."""
    if settings.page != "schedules" or all(runner.name != BEST for runner in settings.racers):
        return settings
    known = () if before is None else before.racers
    rate = best(settings)

    def kept(runner: Racer) -> Racer:
        if runner.name != BEST or rate is None:
            return runner
        own: Any = runner.optimizer.learning_rate
        if before is not None and runner not in known and before.landscape == settings.landscape and own != rate:
            return runner.replace(name="Fixed rate 2")
        return fixed(rate)

    return settings.replace(racers=tuple(map(kept, settings.racers)))
