"""The sentence on the page agrees with the numbers of the runs, whatever is raced."""

import re

import numpy as np
import pytest

from experiment.race.runs import race
from experiment.race.settings import Settings, racer
from experiment.summary.sentence import sentence
from landscapes import LANDSCAPES, from_formula
from optimizers import SGD, Adam, RMSprop

SURFACES = {
    slug: LANDSCAPES[slug] for slug in ("double_well", "saddle", "drop_wave", "easom", "beale", "bowl", "rastrigin")
}
SURFACES |= {text: (lambda text=text: from_formula(text)) for text in ("x^2", "abs(x) + abs(y)", "(x^2 + y^2 - 1)^2")}
SAYS = {
    "diverged": r"diverged",
    "stuck": r"stuck",
    "held up": r"held up at a saddle",
    "arrived": r"reached|was first at|carried over",
    "swings": r"hovers? |still swings? ",
    "moving": r"still on the way|Nobody has settled",
}


def groups(runs):
    """Which of the things that can be said is true of at least one racer."""
    found = set()
    for run in runs:
        outcome = run.path.outcome
        if outcome.hovers:
            found.add("swings")
        elif outcome.kind in ("diverged", "still_moving"):
            found.add({"diverged": "diverged", "still_moving": "moving"}[outcome.kind])
        elif outcome.kind == "saddle":
            found.add("held up")
        elif outcome.leaves is None and outcome.kind in ("converged", "local_minimum"):
            found.add({"converged": "arrived", "local_minimum": "stuck"}[outcome.kind])
    return found


def random_race(name, seed):
    surface, draw = SURFACES[name](), np.random.default_rng(seed)
    rates = surface.learning_rate * 10.0 ** draw.uniform(-2, 1.2, 3)
    racers = (
        racer(
            "momentum", name="One", optimizer=SGD(rates[0], momentum=float(draw.choice([0, 0.9]))), overrides=OVERRIDES
        ),
        racer("rmsprop", name="Two", optimizer=RMSprop(rates[1])),
        racer("adam", name="Three", optimizer=Adam(rates[2])),
    )
    start = tuple(float(draw.uniform(low, high)) for low, high in surface.domain)
    noise = {"noise": 1.0, "batch_size": 4} if draw.random() < 0.3 else {}
    return Settings(landscape=surface, racers=racers, start=start, **noise)


OVERRIDES = ("learning_rate", "momentum")


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("name", SURFACES)
def test_only_what_is_true_of_somebody_is_said(name, seed):
    settings = random_race(name, seed)
    runs = race(settings)
    text = "".join(sentence(settings.landscape, runs))
    true = groups(runs)
    for group, words in SAYS.items():
        assert group in true or not re.search(words, text), (group, text)
    assert "global" not in text or settings.landscape.lowest == "everywhere"
    assert text.endswith(".")
    assert not re.search(r"\bnan\b|\binf\b|  ", text)


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("name", SURFACES)
def test_within_is_within(name, seed):
    """What one racer alone is said to be within holds of its path."""
    settings = random_race(name, seed)
    for run in race(settings):
        outcome = run.path.outcome
        if outcome.hovers and not outcome.dies_out:
            away = np.hypot(*(run.path.positions[outcome.step :] - outcome.place).T)
            assert away.max() <= outcome.hovers
            text = "".join(sentence(settings.landscape, [run]))
            assert f"within {outcome.hovers:.2g} of it" in text
            assert ("so far" in text) == outcome.so_far


@pytest.mark.parametrize("size", [0.1, 10.0, 1000.0])
def test_two_racers_are_in_the_same_minimum_only_if_they_are(size):
    """By a part of the map's diagonal: of four wells on a map of any size, two are the lowest and two are not."""
    domain = ((-size, size), (-size, size))
    wells = f"((x/{size})^2 - 0.04)^2 + ((y/{size})^2 - 0.04)^2 + 0.002x/{size}"
    surface = from_formula(wells, domain=domain)

    def ran(name, *start):
        slow = racer("momentum", name=name, optimizer=SGD(size**2 * 0.2, momentum=0.9), overrides=OVERRIDES)
        return race(Settings(landscape=surface, racers=(slow,), start=start, steps=1000))[0]

    here, beside, there = ran("A", 0.25 * size, size / 4), ran("B", size / 4, 0.2 * size), ran("C", size / 4, -size / 4)
    assert {run.path.outcome.kind for run in (here, beside, there)} == {"local_minimum"}
    assert "the same local minimum" in "".join(sentence(surface, [here, beside]))
    assert "stuck in local minima" in "".join(sentence(surface, [here, there]))
