"""Going down, and how long a step may be."""

import numpy as np

from experiment.pages.playground import PRESETS
from experiment.race.runs import Run
from experiment.race.settings import Settings, racer
from landscapes import LANDSCAPES
from landscapes.calculus import derivatives, principal_axes
from lessons.lesson import Lesson, kinds


def _shrink(runs: tuple[Run, ...]) -> bool:
    """Whether each step of the first run is shorter than the one before."""
    lengths = np.hypot(*np.diff(runs[0].path.positions, axis=0).T)
    return bool((np.diff(lengths) < 0).all())


RAVINE = PRESETS["zigzag in a ravine"]
ACROSS = principal_axes(derivatives(RAVINE.landscape, (0.0, 0.0))[1], np)[1][1]
"""The direction across the valley of RAVINE, a unit vector (2,)."""


def share_of_turns(run: Run) -> float:
    """The share of a run's first ten turns at which a step crosses the valley of RAVINE against the step before."""
    across = np.diff(run.path.positions[:12], axis=0) @ ACROSS
    return float((across[1:] * across[:-1] < 0).mean())


def _zigzags(runs: tuple[Run, ...]) -> bool:
    """Whether descent turns back at every step and yet gets down, as momentum does sooner."""
    descent, momentum = runs
    return (
        share_of_turns(descent) > 0.9
        and kinds(runs) == ["converged", "converged"]
        and momentum.path.outcome.step < descent.path.outcome.step
    )


DOWNHILL = {
    "slope": Lesson(
        title="Downhill, step by step",
        story=(
            "Training looks for the parameters at which the loss is least. Gradient descent feels the slope where it"
            r" stands and steps against it, again and again: $p \leftarrow p - \eta\,g$, with the gradient $g$ and the"
            r" learning rate $\eta$."
        ),
        question="The learning rate stays the same. What happens to the length of the steps on this bowl?",
        answers=("They grow: it gathers speed", "They shrink", "They stay as long as they were"),
        right=1,
        because=(
            r"A step is $\eta$ times the gradient, and in a bowl the gradient fades all the way to the minimum. Where"
            r" the ground first becomes steeper, as at the edge of a plateau, the steps grow for a while. Plain descent"
            r" gathers no speed; that takes momentum."
        ),
        settings=Settings(
            landscape=LANDSCAPES["bowl"](condition=1.0), racers=(racer("descent"),), learning_rate=0.1, steps=40
        ),
        claim=_shrink,
    ),
    "too_small": Lesson(
        title="A learning rate too small",
        story=r"The same method on a stretched bowl, for 200 steps, at a learning rate of $\eta = 0.001$.",
        question="Where is it when the steps run out?",
        answers=("At the minimum", "Still on its way", "Far outside: it flew off"),
        right=1,
        because=(
            "Each step is a tiny part of a slope that itself fades. Too small a rate is safe and wasteful, and in a"
            " landscape with many minima it never leaves the first."
        ),
        settings=PRESETS["too small"].replace(racers=(racer("descent"),)),
        claim=lambda runs: kinds(runs) == ["still_moving"],
    ),
    "too_large": Lesson(
        title="A learning rate too large",
        story=(
            r"Two racers on the same bowl, whose largest curvature is $\lambda = 8$. One has $\eta = 0.2$, the other"
            r" $\eta = 0.28$."
        ),
        question="What does the larger rate do?",
        answers=(
            "It arrives sooner",
            "It swings back and forth, equally far each time",
            "Each overshoot exceeds the last",
        ),
        right=2,
        because=(
            r"On a bowl one step multiplies the distance across by $1 - \eta\lambda$. Above $\eta = 2/\lambda = 0.25$"
            " that is less than −1: it lands on the other side, farther away each time. So the limit is set by the"
            " curvature, not by a range from 0 to 1; where that changes from place to place, so does the limit."
        ),
        settings=PRESETS["too large"],
        claim=lambda runs: kinds(runs) == ["diverged", "converged"],
    ),
    "zigzag": Lesson(
        title="The zigzag",
        story=(
            r"This valley is 40 times as steep across as along: its curvatures are $\lambda = 40$ and 1. Gradient"
            r" descent and momentum start from one place, at a learning rate of $\eta = 0.046$."
        ),
        question="Plain descent turns back across the valley at every step. Why?",
        answers=(
            "The rate is above 1/λ across the valley, so each step goes too far",
            "In a narrow valley descent always zigzags",
            "The rate is above 2/λ, and it is about to blow up",
        ),
        right=0,
        because=(
            r"Each step multiplies the distance across by $1 - \eta\lambda$. Above $\eta = 1/40$ that is negative, so"
            r" the step lands on the other wall; above $2/40$ it blows up. Below $1/40$ nothing turns back, but along"
            " the valley it is slow: one rate serves both. Slide it and see."
        ),
        settings=RAVINE.replace(racers=RAVINE.racers[:2]),
        claim=_zigzags,
        slide=("learning_rate", 0.005, 0.06),
    ),
}
