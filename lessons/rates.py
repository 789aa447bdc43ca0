"""Learning rates that decay, and methods that give each coordinate its own."""

import numpy as np

from experiment.pages.playground import PRESETS
from experiment.pages.schedules import PRESETS as SCHEDULES
from experiment.race.runs import Run
from experiment.race.schedules import scheduled
from experiment.race.settings import Settings, racer
from experiment.summary.final_loss import last_quarter
from landscapes import LANDSCAPES
from lessons.lesson import Lesson, kinds, lowest
from optimizers import SGD, ExponentialDecay, RMSprop
from optimizers.explain.effective import effective_rates

STUCK = PRESETS["stuck in a local minimum"]
FADES = PRESETS["Adagrad fades"]
NOISY = SCHEDULES["decay settles"]
SLOWER = NOISY.replace(
    racers=(*NOISY.racers[:2], scheduled(ExponentialDecay(decay_steps=70.0, decay_rate=0.4)), NOISY.racers[3])
)
"""The race with a slower decay, so that the path arrives before its rate has faded, whatever the draw."""


def _levels(runs: tuple[Run, ...]) -> list[float]:
    """The mean height above the lowest loss at which each run of the schedules' race settles."""
    return [last_quarter(run, lowest(NOISY)) for run in runs]


def _fades(runs: tuple[Run, ...]) -> bool:
    """Whether Adagrad's rates only fall, and it is still on the way when RMSprop has arrived."""
    rates = effective_rates(runs[0].optimizer, runs[0].path)
    return bool((np.diff(rates, axis=0) <= 0).all()) and kinds(runs) == ["still_moving", "converged"]


RATES = {
    "decay": Lesson(
        title="A rate that decays",
        story=(
            "Batches of two samples make the gradient noisy. Two racers keep their learning rate, a large one and the"
            " best fixed one; for two others it decays, exponentially and along a cosine."
        ),
        question="Which of them settle lowest?",
        answers=("The large fixed rate", "The best fixed rate", "The two that decay"),
        right=2,
        because=(
            "At a fixed rate the noise keeps a path in a ball around the minimum: the larger the rate, the larger the"
            " ball. A rate that decays comes down quickly and shrinks its ball as it goes."
        ),
        settings=SLOWER,
        claim=lambda runs: max(_levels(runs)[2:]) < min(_levels(runs)[:2]),
        charts=("rate",),
    ),
    "fixed": Lesson(
        title="The same without noise",
        story="Now every step sees all samples, and the gradient is exact.",
        question="Do these two schedules still win?",
        answers=("Yes, decay is always better", "No, the best fixed rate does"),
        right=1,
        because=(
            "There is no ball to shrink, and here a falling rate only makes the last steps shorter. That is no law"
            " either: this bowl's curvatures are 10 and 1, and a rate of 1 for one step, then 0.1, is exactly at the"
            " minimum after two steps, where the best fixed rate needs 24. A schedule has to suit the surface."
        ),
        settings=SCHEDULES["without noise, fixed wins"],
        claim=lambda runs: int(np.argmin(_levels(runs))) == 0,
        charts=("rate",),
    ),
    "adagrad": Lesson(
        title="Adagrad fades",
        story=(
            "Adagrad gives each coordinate a rate of its own, large where gradients have been rare or small:"
            r" $\eta / \sqrt{a + \epsilon}$, where $a$ is the sum of all squared gradients so far."
        ),
        question="It starts far from the minimum, at a base rate of 0.2. What happens to its steps?",
        answers=("They adapt, and keep their length", "They fade before it is there", "They grow"),
        right=1,
        because=(
            r"A sum of squares only grows, so rates never rise; on a steady slope it falls like $1/\sqrt t$. How far"
            " it gets depends on the base rate: at 2 it arrives here, too. RMSprop takes a running mean in place of the"
            " sum: what is long past is forgotten."
        ),
        settings=FADES,
        claim=_fades,
    ),
    "rmsprop": Lesson(
        title="RMSprop hovers",
        story="RMSprop divides each coordinate of the gradient by the size that it has had lately.",
        question="On a plain bowl, without noise and at a fixed rate of 0.1: what does it do at the minimum?",
        answers=("It comes to rest, as descent does", "It goes on hovering around it"),
        right=1,
        because=(
            r"A gradient over its own size is about ±1, however small it is: the step stays about $\eta$, and that is"
            " how far it hovers: at a small rate too little to be seen. It is RMSprop's strength on a plateau, and the"
            " reason to let its rate decay."
        ),
        settings=Settings(
            landscape=LANDSCAPES["bowl"](),
            racers=(
                racer("descent", optimizer=SGD(0.1), overrides=("learning_rate", "momentum")),
                racer("rmsprop", optimizer=RMSprop(0.1)),
            ),
        ),
        claim=lambda runs: [bool(run.path.outcome.hovers) for run in runs] == [False, True],
    ),
    "adam": Lesson(
        title="Adam",
        story=(
            "Adam keeps a running mean of the gradient, as momentum does, and one of its square, as RMSprop does, both"
            " from the first step and both corrected for their start at zero. It works well on most problems."
        ),
        question="Gradient descent is stuck in this local minimum, momentum gets out. And Adam, at a rate of 0.08?",
        answers=("It gets out: it has momentum as well", "It is stuck, too"),
        right=1,
        because=(
            r"It averages gradients, but it gathers no speed: here its steps are hardly longer than $\eta$. So its rate"
            " decides, not its name: at rates from 0.3 to 1 it gets out. Compare methods at their best before you"
            " choose, as Tune does."
        ),
        settings=STUCK.replace(racers=(racer("descent"), racer("momentum"), racer("adam"))),
        claim=lambda runs: kinds(runs) == ["local_minimum", "converged", "local_minimum"],
    ),
}
