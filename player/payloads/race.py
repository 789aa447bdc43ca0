"""The race as bytes for the feed, which are sent at every move of a slider."""

import urllib.parse
from typing import cast

import numpy as np

from experiment.link.link import to_query
from experiment.pages import PAGES
from experiment.race.runs import RaceView, Run
from experiment.race.settings import Settings
from experiment.summary.sentence import sentence
from figures.styles import styles
from interop.write import keras_code
from optimizers import Optimizer, Schedule
from optimizers.stability import stability_threshold
from player.payloads.landscape import ten_digits
from player.wire.messages import Outcome, RaceAbout, RaceFacts, RacerAbout, RacerFacts
from player.wire.race import RacerArrays, pack


def packed_race(view: RaceView, *, query: dict[str, str] | None = None, fixed: str = "") -> bytes:
    """The race as bytes for the feed.

    Args:
        view: the race and its runs.
        query: the query for the address bar; that of the settings if None.
        fixed: the name of a race that can't be changed by hand, so that its start stays. Another name plays from the
            beginning.
    """
    settings = view.settings
    x, y = map(float, settings.resolved_start)
    about: RaceAbout = {
        "start": (x, y),
        "playhead": settings.playhead,
        "stamp": race_stamp(settings),
        "query": urllib.parse.urlencode(to_query(settings) if query is None else query),
        "sentence": race_summary(view),
        **cast(RaceFacts, PAGES[settings.page].race_facts(view)),
    }
    if fixed:
        about["fixed"] = fixed
    racers = [_racer_arrays(settings, run, *style) for run, style in zip(view.runs, styles(settings), strict=True)]
    return pack(racers, settings.landscape.domain, view.lowest, about)


def race_stamp(settings: Settings) -> str:
    """The stamp of a race. It differs between settings, except for the playhead."""
    return f"{hash(settings.replace(playhead=None)):x}"


def race_summary(view: RaceView) -> tuple[str, str]:
    """The sentence under the race, lead and rest. On a page with a question of its own, the answer comes first."""
    lead, rest = sentence(view.settings.landscape, view.runs)
    first = PAGES[view.settings.page].summary(view)
    return (first, f". {lead}{rest}") if first else (lead, rest)


def _racer_arrays(settings: Settings, run: Run, style: str, variant: int) -> RacerArrays:
    path, outcome, page = run.path, run.path.outcome, PAGES[settings.page]
    result: Outcome = {
        "kind": outcome.kind,
        "sentence": outcome.sentence,
        "loss": ten_digits(path.losses[-1]),
        "distance": None if run.distance is None else ten_digits(run.distance),
        "arrived": run.arrived,
        "evaluations": run.evaluations,
    }
    batch = settings.batch(run.racer)
    about: RacerAbout = {
        "name": run.racer.name,
        "style": style,
        "variant": variant,
        "size": batch.samples_a_step,
        "samples": batch.samples,
        "stability_threshold": stability_threshold(run.optimizer),
        "result": result,
        **cast(RacerFacts, page.run_facts(settings, run)),
    }
    if page.code:
        about["code"] = keras_code(run.optimizer)
    gradients = np.hypot(*np.vstack([path.gradients, path.final_gradient]).T)
    rates = path.learning_rates if path.steps else np.asarray([initial_rate(run.optimizer)])
    return RacerArrays(
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
