"""The fair comparison: all methods, each at its best settings on this landscape, and how robust these are."""

import dataclasses
from collections.abc import Callable
from typing import Any

from caching import cached
from experiment.race.methods import METHODS
from experiment.race.settings import Racer, Settings, racer
from experiment.race.waiting import Waiting
from experiment.tuning.tuned import batch_of, second_of
from landscapes import Landscape
from optimizers import Batch
from optimizers.batch import is_noisy
from records import number_fields, rounded
from studies import CancelledError
from studies.sweeps.method_comparison import TunedMethod, tune_method


@dataclasses.dataclass(frozen=True)
class Entry(Waiting):
    """What a method's best settings depend on: the key of the cache. Who waits for them does not count."""

    landscape: Landscape
    method: str
    start: tuple[float, float]
    steps: int
    tolerance: float
    batch: Batch | None


def second(method: str) -> str | None:
    """The field that is tuned besides the learning rate; None for plain descent."""
    return None if method == "descent" else second_of(number_fields(METHODS[method].optimizer))


@cached(256)
def tuned_method(entry: Entry) -> TunedMethod:
    """A method at its best. If it is cancelled, `CancelledError` is raised and nothing is cached."""
    return tune_method(
        entry.landscape,
        METHODS[entry.method].optimizer,
        second(entry.method),
        steps=entry.steps,
        tolerance=entry.tolerance,
        start=entry.start,
        batch=entry.batch,
        on_progress=entry.progress,
        cancelled=entry.cancelled,
    )


def entry(settings: Settings, method: str, **waiting: Any) -> Entry:
    """A method's entry. Of the present racer's settings only the batches count."""
    batch = batch_of(settings)
    draws = batch if is_noisy(settings.landscape, batch) else None
    return Entry(
        settings.landscape, method, settings.resolved_start, settings.steps, settings.tolerance, draws, **waiting
    )


def make(
    settings: Settings, methods: tuple[str, ...], on_progress: Callable[[float], Any], cancelled: Callable[[], bool]
) -> list[tuple[str, TunedMethod]]:
    """The methods at their best, the fastest first. Those that never arrive come last, in order of their loss."""
    results = []
    for place, method in enumerate(methods):
        if cancelled():
            raise CancelledError
        within = _part(on_progress, place, len(methods))
        results.append((method, tuned_method(entry(settings, method, progress=within, cancelled=cancelled))))
        on_progress((place + 1) / len(methods))
    return sorted(results, key=lambda pair: (pair[1].steps is None, pair[1].steps or 0, pair[1].loss))


def _part(on_progress: Callable[[float], Any], place: int, count: int) -> Callable[[float], Any]:
    return lambda share: on_progress((place + share) / count)


def at_best(method: str, tuned: TunedMethod) -> Racer:
    """The racer with its best settings as its own values, which override the shared ones."""
    names = [name for name in ("learning_rate", second(method)) if name]
    numbers = {name: rounded(getattr(tuned.optimizer, name)) for name in names}
    runner = racer(method, optimizer=METHODS[method].optimizer.replace(**numbers))
    return runner.with_overrides(
        *(name for name in ("learning_rate", "momentum", "decay_schedule") if runner.has(name))
    )
