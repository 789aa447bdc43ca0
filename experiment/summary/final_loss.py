"""Which schedule settles lowest, said from the runs: the mean loss over the last quarter of the steps."""

from experiment.race.runs import RaceView, Run
from experiment.words import brief, listed


def last_quarter(run: Run, lowest: float) -> float:
    """The mean height of the loss above the lowest over the last quarter of a run's steps."""
    return float(run.path.losses[-max(run.path.steps // 4, 1) :].mean()) - lowest


def final_loss_summary(view: RaceView) -> str:
    """Who ends lowest, and at what height everybody ends; nothing if fewer than two got through."""
    lowest, through = view.lowest, [run for run in view.runs if run.path.outcome.kind != "diverged"]
    if len(through) < 2:
        return ""
    order = sorted(through, key=lambda run: last_quarter(run, lowest))
    lead = f"{order[0].racer.name} settles lowest, {brief(last_quarter(order[0], lowest))} above the minimum on average"
    others = listed([f"{run.racer.name} at {brief(last_quarter(run, lowest))}" for run in order[1:]])
    return f"{lead} over the last quarter of the steps; {others}"
