"""Batches, residuals, and what a low loss is worth."""

from experiment.pages.batches import FIRST, PRESETS, THREE
from experiment.race.runs import Run
from experiment.summary.cost import steps_down
from experiment.summary.validation import validation_columns
from lessons.lesson import Lesson, kinds, lowest

ROWS = FIRST.landscape.sample_count
MAE = PRESETS["MAE hovers"]
HELD_OUT = PRESETS["zero loss is not the goal"]


def _cheapest_first(runs: tuple[Run, ...]) -> bool:
    """Whether most of the way down takes fewer sample gradients for each smaller batch."""
    steps = [steps_down(run, lowest(FIRST)) or run.path.steps for run in runs]
    costs = [FIRST.batch(run.racer).evaluations(count) for run, count in zip(runs, steps, strict=True)]
    return costs[0] > costs[1] > costs[2]


def _turned(runs: tuple[Run, ...]) -> bool:
    """Whether the loss on the rows held out ends far above its lowest value."""
    losses = validation_columns(HELD_OUT.landscape, runs[0])["validation"]
    return losses[-1] > 1.5 * losses.min() and losses[-1] > 100 * runs[0].path.losses[-1]


def _lowers_the_intercept(runs: tuple[Run, ...]) -> bool:
    """Whether predictions are too high on average at the start, and the first step lowers b."""
    start, after = runs[0].path.positions[:2]
    rows, count = FIRST.landscape.samples, FIRST.landscape.sample_count
    residuals = (rows.rows @ start - rows.targets)[:count]
    return residuals.mean() > 0 and after[1] < start[1]


DATA = {
    "forward": Lesson(
        title="Forward and backward pass",
        story=(
            r"One iteration: the forward pass predicts every row, $\hat y = w x + b$; what it misses by are the"
            r" residuals $e = \hat y - y$. The backward pass finds the slope of their mean square by $w$ and by $b$,"
            " and the update steps against it."
        ),
        question="At the start the predictions are too high on the whole. Which way does the first step take b?",
        answers=("Up", "Down", "It stays, since only w has a slope"),
        right=1,
        because=(
            r"The slope by $b$ is twice the mean residual, here above 0, so the step against it lowers $b$; that by $w$"
            " weighs each residual with its x. Batches opens one iteration up, number by number."
        ),
        settings=FIRST.replace(racers=THREE[:1], steps=40),
        claim=_lowers_the_intercept,
    ),
    "batches": Lesson(
        title="Batches",
        story=(
            f"A line through {ROWS} eruptions of Old Faithful: slope and intercept are the parameters. The full batch"
            f" averages the gradients of all {ROWS} rows for one step, the mini-batch those of 32, and SGD in the"
            " strict sense takes a single one."
        ),
        question="Who comes most of the way down for the fewest gradients of a row?",
        answers=("The full batch", "The mini-batch", "The single row"),
        right=2,
        because=(
            "One row tells roughly where down is, at a fraction of the cost. But its path fluctuates and never rests:"
            " the loss curve by gradient shows both. Mini-batches are the usual compromise."
        ),
        settings=FIRST,
        claim=_cheapest_first,
    ),
    "absolute": Lesson(
        title="The mean absolute error",
        story=(
            r"A residual is what a prediction misses by, $e = \hat y - y$. MAE is the mean of $|e|$: a miss of −30"
            " counts 30. These points lie exactly on a line."
        ),
        question="Does descent at a fixed rate come to rest on that line?",
        answers=("Yes: no residual is left there", "No: it hovers beside it"),
        right=1,
        because=(
            "The gradient of an absolute error is its sign, as large close by as far away, so the steps do not shrink."
            " The smaller the rate, the closer it hovers. With squared errors the steps shrink by themselves; with MAE"
            " let the rate decay."
        ),
        settings=MAE.replace(racers=THREE[:1]),
        claim=lambda runs: kinds(runs) == ["converged"] and runs[0].path.outcome.hovers > 0.1,
    ),
}

GOAL = {
    "held_out": Lesson(
        title="Zero loss is not the goal",
        story=(
            "A line is fitted to three of sixty points, and goes very nearly through them. The other 57 are held out:"
            " no step looks at them. The three were chosen to make a point; with most other threes it is less plain."
        ),
        question="How well does the last line do on the rows held out?",
        answers=("As well as on the three", "Worse than a line on the way there", "Better than any line before"),
        right=1,
        because=(
            "What counts is the loss on rows that nobody has seen yet. With few rows the training loss can be driven to"
            " nothing by fitting chance. Whether that happens depends on the rows: hold some out, as Keras's"
            " `validation_split` does, look, and stop where their loss is lowest."
        ),
        settings=HELD_OUT,
        claim=_turned,
        charts=("validation",),
    ),
}
