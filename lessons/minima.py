"""Local minima, and what carries out of them."""

from experiment.pages.escape import DOUBLE_WELL, PRESETS, pair
from experiment.race.runs import Run
from experiment.race.settings import Racer, Settings, racer
from landscapes import LANDSCAPES
from lessons.lesson import Lesson, kinds
from optimizers import SGD


def _slower(runs: tuple[Run, ...]) -> bool:
    """Whether the first run arrives, and the second takes more than four times as many steps."""
    less, more = runs
    return kinds(runs)[0] == "converged" and more.path.outcome.step > 4 * less.path.outcome.step


def _swinging(name: str, momentum: float) -> Racer:
    return racer("momentum", name=name, optimizer=SGD(0.02, momentum=momentum), overrides=("momentum",))


MINIMA = {
    "stuck": Lesson(
        title="A local minimum",
        story="Two valleys with a ridge between them. The left one is deeper: the global minimum is there.",
        question="Gradient descent starts on the right. Where does it end?",
        answers=("In the left valley, the deeper one", "In the right valley", "On the ridge between them"),
        right=1,
        because=(
            "It goes down, and knows no more than the slope under its feet. In a local minimum every way leads up, so"
            " there it stays, however many steps it has."
        ),
        settings=pair(DOUBLE_WELL, 0.03, 0.8, racers=(racer("descent"),)),
        claim=lambda runs: kinds(runs) == ["local_minimum"],
    ),
    "momentum": Lesson(
        title="Momentum",
        story=(
            r"Momentum keeps a part $\beta$ of the last step: $v \leftarrow \beta v - \eta g$, then"
            r" $p \leftarrow p + v$. It is a velocity, like that of a heavy ball."
        ),
        question=r"The same start with $\beta = 0.8$. Where does it end?",
        answers=("In the right valley as well", "Over the ridge, in the deeper valley", "It never comes to rest"),
        right=1,
        because=(
            "The ball brought enough speed from the slope to pass the ridge. After that it had lost too much of it to"
            " come back: Escape shows that balance, its energy against the barrier."
        ),
        settings=PRESETS["stuck, and out"],
        claim=lambda runs: kinds(runs) == ["local_minimum", "converged"],
    ),
    "too_little": Lesson(
        title="Too little momentum",
        story=r"Once more the same start and learning rate, now with $\beta = 0.5$.",
        question="Does it get over the ridge?",
        answers=("Yes, only later", "No"),
        right=1,
        because=(
            "Momentum helps only if the speed suffices. No setting is right for every landscape; on Tune the whole"
            " plane of learning rate and momentum is one picture."
        ),
        settings=PRESETS["too little momentum"],
        claim=lambda runs: kinds(runs) == ["local_minimum", "local_minimum"],
    ),
    "too_much": Lesson(
        title="Too much momentum",
        story=r"A plain bowl. With $\beta = 0.6$ the ball is soon at rest in the middle.",
        question=r"What does $\beta = 0.97$ do?",
        answers=("It is there sooner still", "It swings back and forth for a long time", "It blows up"),
        right=1,
        because=(
            r"What carries over a ridge carries past the minimum as well, and the swings shrink by $\sqrt\beta$ a step"
            r" at best. The largest stable rate grows to $2(1+\beta)/\lambda$, but settling slows."
        ),
        settings=Settings(
            landscape=LANDSCAPES["bowl"](),
            racers=(_swinging("β = 0.6", 0.6), _swinging("β = 0.97", 0.97)),
            learning_rate=0.04,
        ),
        claim=_slower,
    ),
}
