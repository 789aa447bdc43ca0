"""From an experiment to the player: the plane as a map, and the trainings as a race that can't be changed by hand."""

import urllib.parse
from functools import lru_cache
from typing import cast

import numpy as np

from experiment.network.experiment import Experiment
from experiment.network.query import to_query
from experiment.network.runs import Run, ground, runs
from experiment.network.words import network_summary, training_summary
from figures.contour import contour, heights
from figures.theme import palette
from player.wire.messages import Domain, LandscapePayload, Outcome, Palette, RaceAbout, RacerAbout
from player.wire.race import RacerArrays, pack

AXES = {"pca": ("PC 1", "PC 2"), "random": ("random 1", "random 2")}


@lru_cache(maxsize=8)
def landscape_payload(experiment: Experiment) -> LandscapePayload:
    """The plane for the map: one and the same dict for the same experiment, so that nothing is sent twice."""
    plane = ground(experiment)
    level = heights(plane.z)
    return {
        "id": f"network {hash(experiment)}",
        "title": "A network's loss",
        "figure": contour(plane.x, plane.y, plane.z).to_json(),
        "domain": _domain(plane.x, plane.y),
        "axes": AXES[experiment.directions],
        "loss": None,
        "low": level.low,
        "scale": level.scale,
        "points": [],
        "palette": cast(Palette, palette()),
    }


def _domain(x: np.ndarray, y: np.ndarray) -> Domain:
    return (float(x[0]), float(x[-1])), (float(y[0]), float(y[-1]))


def packed(experiment: Experiment) -> bytes:
    """The trainings as bytes for the feed."""
    plane, query = ground(experiment), urllib.parse.urlencode(to_query(experiment))
    racers = [_racer_arrays(experiment, run, path) for run, path in zip(runs(experiment), plane.paths, strict=True)]
    floor = min(float(run.training.losses.min()) for run in runs(experiment))
    x, y = map(float, plane.paths[0][0])
    about: RaceAbout = {
        "start": (x, y),
        "playhead": None,
        "stamp": f"{hash(experiment):x}",
        "query": query,
        "sentence": network_summary(experiment),
        "fixed": f"network {query}",
    }
    return pack(racers, landscape_payload(experiment)["domain"], min(floor, 0.0), about)


def _racer_arrays(experiment: Experiment, run: Run, path: np.ndarray) -> RacerArrays:
    training, size = run.training, experiment.size or int(experiment.rows)
    steps = len(training.losses) - 1
    result: Outcome = {
        "kind": "diverged" if run.diverged else "still_moving",
        "sentence": training_summary(run),
        "loss": float(f"{training.losses[-1]:.10g}"),
        "distance": None,
        "arrived": None,
        "evaluations": steps * min(size, int(experiment.rows)),
    }
    about: RacerAbout = {
        "name": run.name,
        "style": run.style,
        "variant": 0,
        "size": min(size, int(experiment.rows)),
        "samples": int(experiment.rows),
        "stability_threshold": None,
        "marks": [(run.lowest, "lowest held out")] if run.turned and not run.diverged else [],
        "result": result,
    }
    rates = training.learning_rates if steps else np.ones(1)
    return RacerArrays(
        positions=path,
        losses=training.losses,
        gradient_norms=training.gradient_norms,
        learning_rates=np.append(rates, rates[-1])[: steps + 1],
        about=about,
        columns={"validation": training.validation, "training": training.losses},
    )
