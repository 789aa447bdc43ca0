"""The trainings of an experiment and the plane on which they are drawn, cached."""

import dataclasses
from functools import lru_cache

from experiment.network.experiment import Experiment
from optimizers import Optimizer
from studies.network import Plane, Training, plane, train


@dataclasses.dataclass(frozen=True, eq=False)
class Run:
    """A method's training, with its style in pictures and its name."""

    style: str
    name: str
    training: Training

    @property
    def lowest(self) -> int:
        """The step with the lowest loss on the digits held out."""
        return int(self.training.validation.argmin())

    @property
    def turned(self) -> bool:
        """Whether the loss on the digits held out ended more than 5 % above its lowest value."""
        return bool(self.training.validation[-1] > 1.05 * self.training.validation.min())

    @property
    def diverged(self) -> bool:
        """Whether the training loss ended above its first value, or not at a number."""
        return not self.training.losses[-1] < self.training.losses[0]


def runs(experiment: Experiment) -> tuple[Run, ...]:
    """Every method's training. The choice of the plane does not matter, so it trains nothing anew."""
    return _runs(experiment.replace(directions="pca"))


@lru_cache(maxsize=3)  # all weights at all steps: sixty megabytes at most for each
def _runs(experiment: Experiment) -> tuple[Run, ...]:
    optimizers = experiment.optimizers().items()
    return tuple(Run(style, name, _trained(experiment, optimizer)) for style, (name, optimizer) in optimizers)


def _trained(experiment: Experiment, optimizer: Optimizer) -> Training:
    return train(
        optimizer,
        hidden=int(experiment.hidden),
        rows=int(experiment.rows),
        steps=int(experiment.steps),
        batch_size=experiment.size,
        seed=int(experiment.seed),
    )


@lru_cache(maxsize=8)
def ground(experiment: Experiment) -> Plane:
    """The plane through the last weights of the method that does best on the digits held out."""
    trainings = runs(experiment)
    first = trainings.index(best_run(trainings))
    # `plane` goes through the first training, so the best is put first, and its path back in its place
    ordered = [run.training for run in (trainings[first], *trainings[:first], *trainings[first + 1 :])]
    section = plane(ordered, kind=experiment.directions, rows=int(experiment.rows))
    head, *rest = section.paths
    return dataclasses.replace(section, paths=(*rest[:first], head, *rest[first:]))


def best_run(trainings: tuple[Run, ...]) -> Run:
    """The run whose loss on the digits held out has been least."""
    return min(trainings, key=lambda run: float(run.training.validation.min()))
