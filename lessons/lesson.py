"""What a lesson is: a race, a question to answer before it runs, and the claim that is true of it."""

import dataclasses
from collections.abc import Callable

from experiment.race.runs import Run, lowest_loss
from experiment.race.settings import Settings


@dataclasses.dataclass(frozen=True)
class Lesson:
    """A step of the course: predict, then run.

    Args:
        title: a few words.
        story: what one has to know, in one to three sentences; Markdown with LaTeX.
        question: a question on what the race will do.
        answers: the answers to choose from; no two mean the same.
        right: the index of the right answer, from 0.
        because: the explanation once one has answered.
        settings: the settings of the race.
        claim: returns whether the runs do what the right answer says; a test checks it.
        charts: the charts besides the loss, as for `side_view`.
        slide: a shared setting with the ends of its slider, which can be moved after the race; None for none.
    """

    title: str
    story: str
    question: str
    answers: tuple[str, ...]
    right: int
    because: str
    settings: Settings
    claim: Callable[[tuple[Run, ...]], bool]
    charts: tuple[str, ...] = ()
    slide: tuple[str, float, float] | None = None


def lowest(settings: Settings) -> float:
    """The loss at the global minimum of the settings' landscape, which must have one."""
    loss = lowest_loss(settings.landscape)
    assert loss is not None
    return loss


def kinds(runs: tuple[Run, ...]) -> list[str]:
    """The kind of each run's outcome."""
    return [run.path.outcome.kind for run in runs]
