"""Sentences on the trainings of a real network."""

from experiment.network.experiment import Experiment
from experiment.network.runs import Run, best_run, ground, runs
from experiment.words import brief, listed
from studies.network import HELD_OUT


def network_summary(experiment: Experiment) -> tuple[str, str]:
    """Two parts of a sentence, lead and rest.

    They say what training too long did to the method that fits best, and which method does best on the digits held out.
    """
    trainings = runs(experiment)
    first, fitted = best_run(trainings), min(trainings, key=lambda run: float(run.training.losses[-1]))
    last = f"{_gone(trainings)} The plane that is drawn holds {fine_percent(ground(experiment).share)} of the paths."
    if not fitted.turned or fitted.diverged:
        return _best(first, f"the {HELD_OUT} digits held out"), f".{last}"
    losses = fitted.training.validation
    low, least, end = (brief(float(loss)) for loss in (fitted.training.losses[-1], losses.min(), losses[-1]))
    lead = (
        f"Low training loss is not the goal: {fitted.name} gets down to {low}, but its loss on the {HELD_OUT} digits"
        f" held out was lowest at step {fitted.lowest}, {least}, and is {end} in the end"
    )
    return lead, f". {_best(first, 'them')}.{last}"


def _best(run: Run, digits: str) -> str:
    _, accuracy = run.training.accuracies[run.lowest]
    least = brief(float(run.training.validation.min()))
    return f"{run.name} does best on {digits}: {least} at step {run.lowest}, with {fine_percent(accuracy)} read rightly"


def _gone(trainings: tuple[Run, ...]) -> str:
    diverged = [run.name for run in trainings if run.diverged]
    return f" {listed(diverged)} ended above the start." if diverged else ""


def training_summary(run: Run) -> str:
    """A sentence on how a training ended."""
    if run.diverged:
        return "Ended above where it began."
    training, validation = run.training.accuracies[-1]
    return f"Reads {fine_percent(training)} of its own digits, {fine_percent(validation)} of those held out."


def fine_percent(share: float) -> str:
    """A share in percent, with one more digit near 0 % and 100 %, which only nothing and everything are.

    >>> [fine_percent(part) for part in (0.0, 0.004, 0.898, 0.9999, 1.0)]
    ['0 %', '0.4 %', '90 %', '99.9 %', '100 %']
    """
    value = 100 * float(share)
    near_an_end = 0 < value < 1 or 99 < value < 100
    return f"{min(max(value, 0.1), 99.9):.1f} %" if near_an_end else f"{value:.0f} %"
