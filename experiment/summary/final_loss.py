"""Which schedule settles lowest, by the mean loss over the last quarter of the steps."""

from experiment.race.runs import RaceView, Run
from experiment.words import brief, listed


def last_quarter(run: Run, lowest: float) -> float:
    """The mean height of a run's loss above `lowest` over the last quarter of its steps."""
    return float(run.path.losses[-max(run.path.steps // 4, 1) :].mean()) - lowest


def final_loss_summary(view: RaceView) -> str:
    """One sentence on which racer ends lowest, and how high each ends; "" if fewer than two did not diverge."""
    lowest, through = view.lowest, [run for run in view.runs if run.path.outcome.kind != "diverged"]
    if len(through) < 2:
        return ""
    order = sorted(through, key=lambda run: last_quarter(run, lowest))
    lead = f"{order[0].racer.name} settles lowest, {brief(last_quarter(order[0], lowest))} above the minimum on average"
    others = listed([f"{run.racer.name} at {brief(last_quarter(run, lowest))}" for run in order[1:]])
    return f"{lead} over the last quarter of the steps; {others}"
