"""The marks on the learning-rate slider: the theory's numbers, at the minimum that each path heads for."""

import pytest

from experiment.race.limits import limits, marks, note
from experiment.race.runs import race, race_view
from experiment.race.settings import Settings, racer
from landscapes import LANDSCAPES
from optimizers.stability import sharpness

SGD_RACERS = tuple(racer(method) for method in ("descent", "momentum", "nesterov"))
BOWL = LANDSCAPES["bowl"](condition=8.0)


def shown(**changes):
    settings = Settings(**{"landscape": BOWL, "racers": SGD_RACERS, "learning_rate": 0.05, **changes})
    view = race_view(settings)
    found = limits(view)
    return found, note(view, found)


@pytest.mark.parametrize("beta", [0.5, 0.9])
def test_the_limits_on_a_bowl_are_the_theorys(beta):
    found, said = shown(momentum=beta)
    expected = [2 / 8, 2 * (1 + beta) / 8, 2 * (1 + beta) / ((1 + 2 * beta) * 8)]
    assert [limit.rate for limit in found] == pytest.approx(expected)
    assert [limit.formula for limit in found] == ["2/λ", "2(1+β)/λ", "2(1+β)/((1+2β)λ)"]
    assert said == ""


@pytest.mark.parametrize("share", [0.99, 1.01])
@pytest.mark.parametrize("runner", SGD_RACERS, ids=lambda runner: runner.method)
def test_the_mark_tells_apart_what_settles_and_what_blows_up(runner, share):
    (limit,), _ = shown(racers=(runner,))
    at = Settings(landscape=BOWL, racers=(runner,), learning_rate=share * limit.rate, steps=2000)
    (run,) = race(at)
    assert (run.path.outcome.kind == "converged") == (share < 1)
    assert (run.path.outcome.kind == "diverged") == (share > 1)


def test_each_path_has_the_limit_of_its_own_valley():
    well = LANDSCAPES["double_well"]()
    found, _ = shown(landscape=well, racers=SGD_RACERS[:2], learning_rate=0.03)
    deep, shallow = (sharpness(well, xy) for xy in well.minima)
    assert [limit.rate for limit in found] == pytest.approx([2 / shallow, 3.8 / deep])


def test_methods_without_a_limit_say_so():
    found, said = shown(racers=(racer("adam", overrides=()),))
    assert found == []
    assert said == "no fixed limit: these methods scale their own steps"


def test_a_surface_without_a_minimum_says_so():
    found, said = shown(landscape=LANDSCAPES["monkey_saddle"](floor=0.0), racers=SGD_RACERS[:1])
    assert (found, said) == ([], "no limit: no minimum is known")


def test_racers_set_apart_have_no_mark():
    found, said = shown(racers=(racer("descent", overrides=("learning_rate", "momentum")),))
    assert (found, said) == ([], "")


def test_equal_limits_are_marked_once():
    variants = (racer("descent"), racer("descent", name="Twin"))
    assert len(marks(shown(racers=variants)[0])) == 1


def test_a_kink_says_so():
    found, said = shown(landscape=LANDSCAPES["ravine"](), racers=SGD_RACERS, learning_rate=0.01)
    assert (found, said) == ([], "no limit at a kink: the slope does not fade there")


def test_on_ackley_only_the_dents_have_a_limit():
    """Its global minimum is a kink, where momentum ends; plain descent ends in a dent, which is curved."""
    surface = LANDSCAPES["ackley"]()
    found, _ = shown(landscape=surface, learning_rate=surface.learning_rate, momentum=0.9)
    assert [limit.method for limit in found] == ["descent", "nesterov"]
