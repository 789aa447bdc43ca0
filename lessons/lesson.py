"""What a lesson is: a race, a question to answer before it runs, and what is true of it."""

import dataclasses
from collections.abc import Callable

from experiment.race.runs import Run, lowest_loss
from experiment.race.settings import Settings


@dataclasses.dataclass(frozen=True)
class Lesson:
    """A step of the course: predict, then run.

    Args:
        title: a few words.
        story: what one has to know, one to three sentences; Markdown with LaTeX.
        question: what will the race do?
        answers: to choose from; no two say the same.
        right: which of them is, counted from 0.
        because: why, for whoever has answered.
        settings: the race.
        claim: whether its runs do what the right answer says; a test asks it.
        charts: what is drawn besides the loss, as for `side_view`.
        slide: the shared setting that can be slid once it has run, with the ends of its slider; empty for none.
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
    """The loss at the global minimum of a landscape that has one."""
    loss = lowest_loss(settings.landscape)
    assert loss is not None
    return loss


def kinds(runs: tuple[Run, ...]) -> list[str]:
    """How each run ended."""
    return [run.path.outcome.kind for run in runs]
