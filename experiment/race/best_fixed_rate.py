"""The racer that always runs at the best fixed rate for the present noise and number of steps."""

from experiment.race.settings import UNCHANGED, Racer, Settings, free_name, racer
from optimizers import SGD, Constant
from records import rounded
from studies.sweeps.best_fixed_rate import best_rate

BEST = "Best fixed rate"
"""The name of the racer on the page on schedules whose rate is kept at the best, until someone changes it by hand."""


def fixed(rate: float) -> Racer:
    """The racer named BEST: plain descent at a fixed rate of its own."""
    overrides = ("learning_rate", "momentum", "decay_schedule")
    return racer("momentum", name=BEST, optimizer=SGD(rate), overrides=overrides)


def best_fixed_rate(settings: Settings) -> float | None:
    """The best fixed rate of plain descent from the landscape's own start; None if all rates diverge."""
    batch = settings.batch(fixed(0.1))
    landscape = settings.landscape
    rate = best_rate(landscape, SGD(), start=landscape.start, steps=settings.steps, batch=batch)
    return None if rate is None else rounded(rate)


def kept_best(settings: Settings, before: Settings | None) -> Settings:
    """The settings with the racer named BEST at the best rate. If it was just changed by hand, it is renamed instead.

    `before` are the settings before the change, None if there are none.
    """
    if all(runner.name != BEST for runner in settings.racers):
        return settings
    known = () if before is None else before.racers
    rate = best_fixed_rate(settings)

    def at_best(runner: Racer) -> Racer:
        if runner.name != BEST or rate is None:
            return runner
        # a racer that was not there before was edited, unless the whole landscape changed
        if before is not None and runner not in known and before.landscape == settings.landscape:
            return runner if _plain(runner) == fixed(rate) else runner.replace(name=_name(settings, runner))
        return fixed(rate)

    return settings.replace(racers=tuple(map(at_best, settings.racers)))


def _plain(runner: Racer) -> Racer:
    """The racer with the default in place of a constant schedule, whose stored rate does not count."""
    return runner.replace(decay_schedule=UNCHANGED) if isinstance(runner.decay_schedule, Constant) else runner


def _name(settings: Settings, runner: Racer) -> str:
    """The name of the racer once it is no longer kept at the best rate."""
    schedule = settings.schedule(runner)
    name = "Fixed rate" if isinstance(schedule, Constant) else schedule.title[0].upper() + schedule.title[1:]
    return free_name(name, settings.racers)
