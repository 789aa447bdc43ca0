"""The race as the feed is sent it, at every move of a hand."""

import urllib.parse

import numpy as np

from experiment.link.link import to_query
from experiment.pages import PAGES
from experiment.race.runs import Run, lowest_loss, race
from experiment.race.settings import Settings
from experiment.summary.sentence import sentence
from figures.looks import looks
from interop.write import keras_code
from optimizers import Optimizer, Schedule
from optimizers.stability import edge
from player.payloads.landscape import ten_digits
from player.wire.race import Lane, pack


def packed_race(settings: Settings, *, query: dict[str, str] | None = None, fixed: str = "") -> bytes:
    """The race as the feed is sent it.

    Args:
        settings: what is raced.
        query: what the address bar shows, if it is not the settings.
        fixed: names a race that no hand changes: its start stays where it is, and another name begins to play anew.
    """
    runs = race(settings)
    lowest = lowest_loss(settings.landscape)
    reached = min(float(run.path.losses.min()) for run in runs)
    floor = reached if lowest is None else min(lowest, reached)
    about = {
        "start": list(map(float, settings.begin)),
        "playhead": settings.playhead,
        "stamp": stamp(settings),
        "query": urllib.parse.urlencode(to_query(settings) if query is None else query),
        **({"fixed": fixed} if fixed else {}),
        "sentence": said(settings, runs, floor),
        **PAGES[settings.page].race_facts(settings),
    }
    lanes = [_lane(settings, run, *look) for run, look in zip(runs, looks(settings), strict=True)]
    return pack(lanes, settings.landscape.domain, floor, about)


def stamp(settings: Settings) -> str:
    """What tells one race from another, the playhead left out of account."""
    return f"{hash(settings.replace(playhead=None)):x}"


def said(settings: Settings, runs: tuple[Run, ...], lowest: float) -> tuple[str, str]:
    """The sentence under the race, lead and rest; a page with a question of its own answers it first."""
    lead, rest = sentence(settings.landscape, runs)
    first = PAGES[settings.page].summary(settings, runs, lowest)
    return (first, f". {lead}{rest}") if first else (lead, rest)


def _lane(settings: Settings, run: Run, look: str, twin: int) -> Lane:
    path, outcome, page = run.path, run.path.outcome, PAGES[settings.page]
    result = {
        "kind": outcome.kind,
        "sentence": outcome.sentence,
        "loss": ten_digits(path.losses[-1]),
        "distance": None if run.distance is None else ten_digits(run.distance),
        "arrived": run.arrived,
        "evaluations": run.evaluations,
    }
    batch = settings.batch(run.racer)
    about = {
        "name": run.racer.name,
        "look": look,
        "twin": twin,
        "size": batch.samples_a_step,
        "samples": batch.samples,
        "edge": edge(run.optimizer),
        "result": result,
        **page.run_facts(settings, run),
        **({"code": keras_code(run.optimizer)} if page.code else {}),
    }
    gradients = np.hypot(*np.vstack([path.gradients, path.final_gradient]).T)
    rates = path.learning_rates if path.steps else np.asarray([initial_rate(run.optimizer)])
    return Lane(
        positions=path.positions,
        losses=path.losses,
        gradient_norms=np.nan_to_num(gradients),
        learning_rates=np.append(rates, rates[-1])[: path.steps + 1],
        about=about,
        columns=page.columns(settings.landscape, run),
    )


def initial_rate(optimizer: Optimizer) -> float:
    """The learning rate at step 0, whether the field holds a number or a schedule."""
    rate = optimizer.learning_rate
    return float(rate(0.0) if isinstance(rate, Schedule) else rate)
