"""What the settings make of a race: who follows the shared values, and what the table says."""

import numpy as np
import pytest

from experiment.link.link import from_query
from experiment.pages.playground import PRESETS
from experiment.race.runs import race
from experiment.race.settings import Settings, racer
from experiment.summary.sentence import sentence
from landscapes import LANDSCAPES
from landscapes.minima import arrival_distance
from optimizers import SGD, Adam, ExponentialDecay, descend


def test_a_shared_value_acts_on_every_racer_that_has_the_field():
    shared = Settings(racers=(racer("momentum"), racer("adam", overrides=())), learning_rate=0.5, momentum=0.3)
    momentum, adam = (shared.optimizer(runner) for runner in shared.racers)
    assert (momentum.learning_rate, momentum.momentum) == (0.5, 0.3)
    assert adam == Adam(learning_rate=0.5)


def test_what_is_set_apart_is_left_alone():
    own = racer("momentum", optimizer=SGD(0.2, momentum=0.5), overrides=("learning_rate", "momentum", "batch_size"))
    shared = Settings(racers=(own,), learning_rate=0.5, momentum=0.3, batch_size=4, noise=1.0)
    assert shared.optimizer(own) == SGD(0.2, momentum=0.5)
    assert shared.batch(own).size is None


def test_a_shared_schedule_starts_at_each_racers_own_rate():
    shared = Settings(racers=(racer("adam"),), decay_schedule=ExponentialDecay(1.0, 20, 0.5))
    assert shared.optimizer(shared.racers[0]).learning_rate == ExponentialDecay(0.08, 20, 0.5)


def test_the_race_is_descend():
    shown = Settings(landscape=LANDSCAPES["himmelblau"](), learning_rate=0.01, batch_size=8, noise=3.0, seed=5)
    for run in race(shown):
        alone = descend(
            shown.landscape,
            shown.optimizer(run.racer),
            start=shown.resolved_start,
            steps=200,
            batch=shown.batch(run.racer),
        )
        np.testing.assert_array_equal(run.path.positions, alone.positions)


def test_what_did_not_change_is_not_run_again():
    before = race(Settings())
    after = race(Settings(learning_rate=0.05))
    same = [one.path is other.path for one, other in zip(before, after, strict=True)]
    assert same == [False, False, False, True, True, True]  # Adagrad, RMSprop and Adam keep rates of their own


def test_another_name_runs_nothing_again():
    before = Settings()
    renamed = before.with_racer(0, before.racers[0].replace(name="Somebody else"))
    assert race(renamed)[0].path is race(before)[0].path
    assert race(renamed)[0].racer.name == "Somebody else"


def test_arrival_is_the_step_from_which_on_it_is_near():
    settings = Settings(landscape=LANDSCAPES["bowl"](), racers=(racer("descent"),), learning_rate=0.1)
    (run,) = race(settings)
    distances = np.hypot(*run.path.positions.T)
    near = arrival_distance(settings.landscape)
    assert (distances[run.arrived :] <= near).all()
    assert distances[run.arrived - 1] > near
    assert run.distance == pytest.approx(distances[-1])
    assert run.evaluations == 200 * 64


def said(settings):
    return "".join(sentence(settings.landscape, race(settings)))


SEEN = {
    "too small": "are still on the way after 200 steps.",
    "too large": "Gradient descent diverged at step 34: the learning rate 0.28 is above the limit 2/λ = 0.25",
    "stuck in a local minimum": "are stuck in the same local minimum by step",
    "momentum escapes": "Gradient descent is stuck in a local minimum since step 60; ",
    "saddle": "Gradient descent is held up at a saddle",
    "noise": "Mini-batch of 8 and Single samples hover around a global minimum, within",
    "Adagrad fades": "Adagrad is still on the way after 600 steps.",
}


@pytest.mark.parametrize("name", SEEN)
def test_the_sentence_of_a_preset(name):
    assert SEEN[name] in said(PRESETS[name])


def test_momentum_carries_over_the_barrier_when_the_path_says_so():
    shown = PRESETS["momentum escapes"]
    assert "carried over the barrier at steps" in said(shown)
    assert "carried over" not in said(shown.replace(momentum=0.0))


def test_zigzag_turns_at_nearly_every_step():
    shown = PRESETS["zigzag in a ravine"]
    (descent, *_) = race(shown)
    steps = np.diff(descent.path.positions[:20], axis=0)
    assert (np.sum(steps[1:] * steps[:-1], axis=1) < 0).mean() > 0.9


def test_noise_hovers_more_the_smaller_the_batch():
    full, batch, single = race(PRESETS["noise"])
    tails = [np.std(run.path.losses[-50:]) for run in (full, batch, single)]
    assert tails[0] < tails[1] < tails[2]


def test_a_race_of_nobody_settled_says_so():
    assert "Nobody has settled after 10 steps" in said(Settings(steps=10, learning_rate=1e-4))


def test_a_run_that_leaves_at_once_still_makes_a_sentence():
    shown = from_query({"landscape": "rosenbrock", "landscape.b": "200", "learning_rate": "10", "start": "9e5,-9e5"})
    assert "diverged" in said(shown)
