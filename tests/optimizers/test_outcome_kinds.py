"""How a run ended, in kinds and in words: each kind of place, each kind of motion, and nothing that is not known."""

import re

import numpy as np
import pytest

from landscapes import LANDSCAPES, from_formula, read_table
from landscapes.data.line import Line
from landscapes.landscape import diagonal
from optimizers import OPTIMIZERS, SCHEDULES, SGD, Adagrad, Adam, Batch, ExponentialDecay, RMSprop, descend
from optimizers.outcome import KINDS
from optimizers.stability import stable_limit
from studies import tuning_map

FLOOR_BELOW = "a level floor, as low as the lowest point known"


def ended(surface, optimizer, **arguments):
    surface = from_formula(surface) if isinstance(surface, str) and surface not in LANDSCAPES else surface
    surface = LANDSCAPES[surface]() if isinstance(surface, str) else surface
    return descend(surface, optimizer, **arguments).outcome


@pytest.mark.parametrize(
    ("text", "start"),
    [("(2x + y - 3)^2", (0, 0)), ("x^2", (2, 1)), ("(x^2 + y^2 - 1)^2", (1.5, 1)), ("(x - y)^2", (-2, 2.5))],
)
@pytest.mark.parametrize("optimizer", [SGD(0.05), SGD(0.02, momentum=0.8), Adam(0.05)], ids=["SGD", "momentum", "Adam"])
def test_a_floor_as_low_as_any_point_is_reached(text, start, optimizer):
    outcome = ended(text, optimizer, start=start, steps=600)
    assert (outcome.kind, outcome.shape, outcome.where) == ("converged", "level floor", FLOOR_BELOW)
    assert "saddle" not in outcome.sentence


@pytest.mark.parametrize("text", ["x^4 + y^4", "x^4 + y^2", "x^6 + y^4", "x^4 + (x + y)^2"])
def test_a_start_on_a_degenerate_minimum_is_at_it(text):
    outcome = ended(text, SGD(0.05), start=(0, 0))
    assert (outcome.kind, outcome.step) == ("converged", 0)
    assert outcome.sentence == "Reached the lowest minimum found on this map at step 0."


@pytest.mark.parametrize(("text", "start"), [("cos(x) + cos(y)", (0, 0)), ("-x^4 - y^4", (0, 0)), ("-x^2", (0, 1))])
def test_a_maximum_is_one(text, start):
    outcome = ended(text, SGD(0.05), start=start)
    assert outcome.kind == outcome.shape == "maximum"
    assert outcome.sentence == "Rests on a maximum since step 0: exactly there the slope is zero."


@pytest.mark.parametrize(
    "optimizer", [SGD(0.005), SGD(0.005, momentum=0.5), Adam(0.005)], ids=["SGD", "momentum", "Adam"]
)
def test_in_a_ring_everybody_is_on_the_same_kind_of_floor(optimizer):
    outcome = ended("drop_wave", optimizer)
    assert (outcome.kind, outcome.shape) == ("local_minimum", "level floor")
    assert outcome.sentence.startswith("Stuck on a level floor above the lowest point known since step ")


@pytest.mark.parametrize(("slug", "start"), [("easom", (-9, -9)), ("easom", (-8, 9)), ("michalewicz", (0.3, 0.3))])
def test_where_nothing_pulls_is_a_plain(slug, start):
    outcome = ended(slug, SGD(0.1), start=start)
    assert outcome.kind == outcome.shape == "plain"
    assert outcome.sentence.startswith("Rests on a plain since step 0: the slope there is too small")


def test_small_steps_on_a_slope_are_no_plain():
    assert ended("himmelblau", SGD(1e-9), steps=50).sentence == "Still on the way after 50 steps, in very small ones."


def test_a_saddle_has_something_lower_on_two_sides():
    outcome = ended("saddle", SGD(0.1), start=(1.6, 0), steps=100)
    assert (outcome.kind, outcome.sentence) == ("saddle", f"Held up at a saddle since step {outcome.step}.")


def test_a_saddle_that_a_longer_run_leaves_is_said_so():
    outcome = ended("saddle", SGD(0.025), start=(1.6, 1e-7), steps=200)
    assert outcome.kind == "saddle"
    step = int(re.search(r"but not for good: a longer run leaves it by step (\d+)", outcome.sentence)[1])
    path = descend(LANDSCAPES["saddle"](), SGD(0.025), start=(1.6, 1e-7), steps=step)
    away = np.hypot(*(path.positions - outcome.place).T)
    assert away[-2] < 0.005 * diagonal(LANDSCAPES["saddle"]()) < away[-1]


@pytest.mark.parametrize(
    ("optimizer", "steps"),
    [(SGD(0.022, momentum=0.97), 100), (SGD(0.1, momentum=0.97), 100), (SGD(0.01, momentum=0.98), 150)],
)
def test_a_swing_that_dies_out_is_no_hovering(optimizer, steps):
    outcome = ended("bowl", optimizer, steps=steps)
    assert outcome.dies_out
    assert outcome.sentence.startswith(
        f"Still swinging around the global minimum after {steps} steps, by less and less"
    )
    assert ended("bowl", optimizer, steps=20 * steps).sentence.startswith("Reached the global minimum")


@pytest.mark.parametrize("steps", [120, 400, 4000])
@pytest.mark.parametrize(
    ("surface", "optimizer"),
    [
        (Line(loss="mae"), SGD(0.7)),
        ("abs(x) + abs(y)", SGD(0.03)),
        ("abs(x - 1) + 2 abs(y)", SGD(0.05)),
        ("sqrt(x^2 + y^2)", SGD(0.1)),
    ],
    ids=["MAE", "two kinks", "two slopes", "a cone"],
)
def test_beside_a_kink_it_hovers_for_ever(surface, optimizer, steps):
    outcome = ended(surface, optimizer, steps=steps)
    assert outcome.kind == "converged"
    if steps > 120:
        assert outcome.sentence.startswith("Hovers around ")
        assert outcome.hovers > 0


@pytest.mark.parametrize(
    ("surface", "optimizer", "start"),
    [
        ("double_well", SGD(0.34), (0.62, -1.729)),
        ("double_well", SGD(0.33), (0.9, 0.5)),
        (Line(loss="mae"), SGD(0.7), None),
        (Line(loss="mae"), SGD(0.5), None),
    ],
    ids=["two-cycle", "another two-cycle", "MAE", "MAE, slower"],
)
def test_hovering_does_not_depend_on_how_long_one_looks(surface, optimizer, start):
    """Also not on whether the number of steps is odd."""
    outcomes = [ended(surface, optimizer, start=start, steps=steps) for steps in (167, 200, 333, 500, 4000)]
    assert len({outcome.kind for outcome in outcomes}) == 1
    assert all(outcome.sentence.startswith("Hovers around ") for outcome in outcomes)


@pytest.mark.parametrize("rows", ["0,0\n0,1\n1,0\n1,1\n", "-1,0\n1,0\n-1,1\n1,3\n"], ids=["square", "trapezium"])
@pytest.mark.parametrize("rate", [0.01, 0.03])
def test_a_best_fit_that_is_not_the_only_one_is_a_floor(rows, rate):
    outcome = ended(Line.through(read_table(rows), loss="mae"), SGD(rate), steps=1000)
    assert (outcome.kind, outcome.where) == ("converged", FLOOR_BELOW)


@pytest.mark.parametrize("start", [(1, 0.5), (-2, 1), (0.3, 2)])
def test_a_mean_beside_a_kink_is_no_local_minimum(start):
    """No slope leads anywhere there, so it is not where Newton's method ends."""
    falling = SGD(ExponentialDecay(0.1, 30, 0.8))
    assert ended("abs(x) + abs(y)", falling, start=start, steps=500).kind == "converged"


@pytest.mark.parametrize("seed", range(10))
@pytest.mark.parametrize("steps", [200, 1000, 16384])
def test_with_noise_hovering_does_not_depend_on_how_long_one_looks(steps, seed):
    outcome = ended("bowl", SGD(0.11), steps=steps, batch=Batch(2, 3.0, seed))
    assert outcome.sentence.startswith("Hovers around the global minimum from step ")
    assert 0.8 < outcome.hovers < 2.2


def test_under_a_falling_rate_the_radius_is_that_of_the_end():
    for seed in range(6):
        falling = SGD(ExponentialDecay(0.1, 100, 0.5))
        path = descend(LANDSCAPES["bowl"](), falling, steps=300, batch=Batch(2, 3.0, seed))
        away = np.hypot(*path.positions.T)
        assert away[-38:].max() <= path.outcome.hovers < away[150:].max() * 1.2
        assert path.outcome.hovers < 0.8


@pytest.mark.parametrize("start", [(1.8, 1), (1.4, -0.5), (1.0, 0.1)])
def test_global_is_not_said_where_a_lower_place_is_known(start):
    surface = from_formula("(x + 1.5)^4 ((x - 1.5)^2 + 0.1) + y^2")
    outcome = ended(surface, SGD(0.005), start=start, steps=4000)
    assert (outcome.kind, outcome.sentence) == ("local_minimum", f"Stuck in a local minimum since step {outcome.step}.")


@pytest.mark.parametrize(
    "text", ["(x^2 + y - 11)^2 + (x + y^2 - 7)^2", "x^2 + y^2", "sin(3x) cos(y) + 0.1 (x^2 + y^2)"]
)
def test_of_a_typed_formula_nobody_knows_a_global_minimum(text):
    surface = from_formula(text)
    outcome = ended(surface, SGD(0.005), start=np.add(surface.minima[0], 0.05), steps=2000)
    assert outcome.kind == "converged"
    assert "found on this map" in outcome.sentence
    assert "global" not in outcome.sentence


def test_a_lower_place_off_the_map_is_not_called_stuck():
    outcome = ended("mccormick", SGD(0.05), start=(-3.5, -5.5))
    assert outcome.kind == "converged"
    assert outcome.sentence.startswith("Reached a minimum off the map, no higher than any point known on it at step ")


def test_two_wells_close_by_on_a_small_map_are_two():
    """Distances are parts of the map's diagonal: 0.03 apart on a map of ±0.1."""
    surface = from_formula(
        "10000 (x^2 - 0.000225)^2 + y^2 + 0.01x", domain=((-0.1, 0.1), (-0.1, 0.1)), start=(0.05, 0.05)
    )
    left, right = (ended(surface, SGD(0.02), start=(x, 0.02), steps=3000) for x in (-0.03, 0.03))
    assert [left.kind, right.kind] == ["converged", "local_minimum"]
    assert left.place[0] < 0 < right.place[0]


@pytest.mark.parametrize(
    ("slug", "optimizer"),
    [("double_well", Adam(0.5)), ("double_well", Adam(1.0)), ("himmelblau", RMSprop(1.0)), ("beale", Adam(0.8))],
)
def test_a_rate_too_large_to_rest_is_said_so(slug, optimizer):
    outcome = ended(slug, optimizer, steps=300)
    if outcome.place is None:
        return
    longer = descend(LANDSCAPES[slug](), optimizer, steps=4000)
    away = np.hypot(*(longer.positions[outcome.step :] - outcome.place).T).max()
    stated = max(outcome.hovers, 0.005 * diagonal(LANDSCAPES[slug]()))
    named = outcome.so_far or outcome.leaves is not None
    assert named == (away > 1.001 * stated)


def test_adagrad_at_rest_is_not_said_to_leave():
    outcome = ended("bowl", Adagrad(1.0), steps=2000)
    assert outcome.sentence == f"Reached the global minimum at step {outcome.step}."


def test_still_climbing_is_said_only_while_it_climbs():
    up = ended("x^4 + y^4", SGD(0.001, momentum=0.999), start=(2, 2), steps=25)
    assert "climbing" not in up.sentence


@pytest.mark.parametrize(
    ("slug", "optimizer", "steps"), [("bowl", RMSprop(0.3), 300), ("rosenbrock", RMSprop(0.1), 900)]
)
def test_what_is_said_to_be_within_is(slug, optimizer, steps):
    """Rounded outwards, to two digits."""
    path = descend(LANDSCAPES[slug](), optimizer, steps=steps)
    said = re.search(r"within (\S+) of it", path.outcome.sentence)
    if said:
        away = np.hypot(*(path.positions[path.outcome.step :] - path.outcome.place).T)
        assert away.max() <= float(said[1].rstrip("."))


@pytest.mark.parametrize(
    "optimizer",
    [SGD(0.01, weight_decay=5.0), SGD(0.01, l2=3.0), SGD(0.005, momentum=0.5, weight_decay=20.0)],
    ids=["weight decay", "L2", "momentum"],
)
def test_a_rest_on_a_slope_is_not_called_moving(optimizer):
    path = descend(LANDSCAPES["himmelblau"](), optimizer, steps=2000)
    assert np.hypot(*path.final_gradient) > 1
    assert np.abs(np.diff(path.positions[-200:], axis=0)).max() < 1e-8
    assert path.outcome.sentence.startswith("Rests since step ")
    assert path.outcome.sentence.endswith("balances the slope: no minimum of the loss itself.")


@pytest.mark.parametrize("l2", [0.0, 0.5, 4.0])
def test_l2_adds_to_the_curvature(l2):
    bowl = LANDSCAPES["bowl"](condition=10)
    limit, formula = stable_limit(SGD(l2=l2), 10.0)
    assert formula == (f"2/(λ + {l2:.3g})" if l2 else "2/λ")
    below, above = (descend(bowl, SGD(limit * factor, l2=l2), steps=2000).outcome.kind for factor in (0.98, 1.03))
    assert [below, above] == ["converged", "diverged"]


@pytest.mark.parametrize("clipping", [{"clipnorm": 1.0}, {"clipvalue": 0.5}, {"global_clipnorm": 2.0}], ids=str)
def test_a_clipped_run_is_not_thrown_out(clipping):
    """No limit is named, and none is passed: clipped steps cannot grow."""
    clipped = SGD(2.0, **clipping)
    assert stable_limit(clipped, 10.0) is None
    assert descend(LANDSCAPES["bowl"](), clipped, steps=2000).outcome.kind != "diverged"
    assert descend(LANDSCAPES["bowl"](), SGD(2.0), steps=2000).outcome.kind == "diverged"


ENDS = {
    "converged": ("bowl", SGD(0.1), None),
    "local_minimum": ("double_well", SGD(0.04), None),
    "saddle": ("saddle", SGD(0.1), (1.6, 0)),
    "maximum": ("cos(x) + cos(y)", SGD(0.01), (0, 0)),
    "plain": ("easom", SGD(0.1), (-9, -9)),
    "still_moving": ("rosenbrock", SGD(1e-4), None),
    "diverged": ("bowl", SGD(1.0), None),
}


def test_every_kind_of_end_occurs_and_no_other():
    for kind, (surface, optimizer, start) in ENDS.items():
        assert ended(surface, optimizer, start=start, steps=100).kind == kind
    assert set(KINDS) == set(ENDS)


@pytest.mark.parametrize(("slug", "optimizer", "start"), ENDS.values(), ids=ENDS)
def test_a_map_of_settings_gives_the_same_kinds(slug, optimizer, start):
    """One procedure for one path and for many."""
    surface = LANDSCAPES[slug]() if slug in LANDSCAPES else from_formula(slug)
    rate = float(optimizer.learning_rate)
    found = tuning_map(surface, SGD(), "learning_rate", "momentum", x=[rate], y=[0.0, 0.9], steps=100, start=start)
    for momentum, kind in zip((0.0, 0.9), found.kind[:, 0], strict=True):
        assert descend(surface, SGD(rate, momentum=momentum), start=start, steps=100).outcome.kind == kind


@pytest.mark.parametrize(
    ("text", "optimizer"),
    [
        ("abs(y)", SGD(0.03)),
        ("abs(y)", SGD(0.7)),
        ("abs(y)", OPTIMIZERS["rmsprop"](0.01)),
        ("abs(x - y)", SGD(0.7)),
        ("abs(x - y)", OPTIMIZERS["adam"](0.05)),
        ("relu(x) + abs(y)", SGD(0.03)),
        ("relu(x - 1) + 2*abs(y)", SGD(0.7)),
    ],
    ids=str,
)
@pytest.mark.parametrize("steps", [400, 2000])
def test_a_swing_across_a_kink_that_is_level_along_hovers(text, optimizer, steps):
    outcome = descend(from_formula(text), optimizer, start=(2.96, -2.8), steps=steps).outcome
    assert (outcome.kind, outcome.shape) == ("converged", "level floor")
    assert outcome.hovers > 0
    assert outcome.step <= steps


FADED = {
    "a cosine": SGD(SCHEDULES["cosine"](0.01, decay_steps=20)),
    "a polynomial": SGD(SCHEDULES["polynomial"](0.001, 50, 0.0)),
    "Adagrad's": OPTIMIZERS["adagrad"](SCHEDULES["cosine"](0.0013, decay_steps=100)),
    "an exponential": SGD(SCHEDULES["exponential"](0.01, decay_steps=20, decay_rate=0.5)),
}


@pytest.mark.parametrize(
    ("rate", "slug"),
    [
        *((rate, "bowl") for rate in FADED),
        ("Adagrad's", "rosenbrock"),
        ("Adagrad's", "himmelblau"),
        ("a polynomial", "himmelblau"),
    ],
)
def test_a_rate_that_has_faded_on_a_slope_is_the_reason(rate, slug):
    surface = LANDSCAPES[slug]()
    path = descend(surface, FADED[rate], steps=600, start=(1.7, 1.1))
    outcome = path.outcome
    assert outcome.kind == "still_moving"
    assert "the learning rate has fallen to" in outcome.sentence
    if outcome.sentence.startswith("Rests"):
        moved = np.hypot(*(path.positions[outcome.step :] - path.positions[-1]).T)
        assert moved.max() <= 1e-5 * diagonal(surface)


JUMPS = ["sign(x)*0.1 + x^2 + y^2", "floor(2x)*0.2 + x^2 + y^2"]


@pytest.mark.parametrize("text", JUMPS)
@pytest.mark.parametrize("start", [(-1.0, 1.0), (1.0, 1.0), (-0.4, 0.8)])
def test_beside_a_jump_an_end_is_said_to_be_so_far(text, start):
    surface = from_formula(text)
    for steps in (200, 2000):
        outcome = descend(surface, SGD(0.05), start=start, steps=steps).outcome
        assert outcome.so_far or outcome.kind == "still_moving"
        assert "so far" in outcome.sentence or outcome.kind == "still_moving"


@pytest.mark.parametrize(
    ("text", "optimizer"),
    [("cos(2x)*cos(2y)", OPTIMIZERS["ftrl"](3.0)), ("sin(20x)*0.05 + x^2 + y^2", SGD(0.01, momentum=0.9))],
)
def test_on_a_smooth_formula_what_dies_out_does_not_hover(text, optimizer):
    for steps in (60, 100, 200):
        outcome = descend(from_formula(text), optimizer, steps=steps).outcome
        assert not outcome.hovers or outcome.dies_out or outcome.so_far
    assert not descend(from_formula(text), optimizer, steps=2000).outcome.hovers
