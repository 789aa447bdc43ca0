"""Going down, and how long a step may be."""

import numpy as np

from landscapes import LANDSCAPES
from lessons.lesson import Lesson, kinds
from ui.presets import PRESETS
from ui.race import Run
from ui.settings import Settings, racer


def _shrink(runs: tuple[Run, ...]) -> bool:
    """Whether each step of the first run is shorter than the one before."""
    lengths = np.hypot(*np.diff(runs[0].path.positions, axis=0).T)
    return bool((np.diff(lengths) < 0).all())


def _zigzags(runs: tuple[Run, ...]) -> bool:
    """Whether descent turns back across the valley at most of its steps, and momentum is down before it."""
    descent, momentum = runs
    steps = np.diff(descent.path.positions, axis=0)
    turns = (steps[1:] * steps[:-1]).sum(axis=1) < 0
    return turns[:20].mean() > 0.8 and momentum.path.outcome.step < descent.path.outcome.step


RAVINE = PRESETS["zigzag in a ravine"]

DOWNHILL = {
    "slope": Lesson(
        title="Downhill, step by step",
        story=(
            "Training looks for the parameters at which the loss is least. Gradient descent feels the slope where it"
            r" stands and steps against it, again and again: $p \leftarrow p - \eta\,g$, with the gradient $g$ and the"
            r" learning rate $\eta$."
        ),
        question="The learning rate stays the same. What becomes of the steps on the way down?",
        answers=("They grow: it gathers speed", "They shrink", "They stay as long as they were"),
        right=1,
        because=(
            r"A step is $\eta$ times the gradient, and towards a minimum the gradient fades to nothing. Plain descent"
            " gathers no speed; that takes momentum."
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
        answers=("It arrives sooner", "It swings to and fro, always as far", "Every overshoot is larger than the last"),
        right=2,
        because=(
            r"One step multiplies the distance across the valley by $1 - \eta\lambda$. Above $\eta = 2/\lambda = 0.25$"
            " that is less than −1: it lands on the other side, farther away each time. Rates from 0 to 1 are no law:"
            " the limit depends on the curvature alone."
        ),
        settings=PRESETS["too large"],
        claim=lambda runs: kinds(runs) == ["diverged", "converged"],
    ),
    "zigzag": Lesson(
        title="The zigzag",
        story="This valley is 40 times as steep across as along. Gradient descent and momentum start from one place.",
        question="Plain descent zigzags down. Why?",
        answers=(
            "The gradient points across the valley, hardly along it",
            "The gradient is measured with noise",
            "The rate is so large that it is about to blow up",
        ),
        right=0,
        because=(
            "One rate has to serve two curvatures: it must suit the steep direction, and is far too small for the flat"
            " one. Momentum cancels the to and fro, and adds up what lies along the valley."
        ),
        settings=RAVINE.replace(racers=RAVINE.racers[:2]),
        claim=_zigzags,
    ),
}
