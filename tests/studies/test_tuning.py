"""A cell of the tuning map is what `descend` does with its settings; the map of a quadratic is what theory says."""

import dataclasses

import numpy as np
import pytest

from landscapes import LANDSCAPES, from_formula
from landscapes.minima import arrival_distance
from optimizers import OPTIMIZERS, SCHEDULES, SGD, Adagrad, Adam, Batch, ExponentialDecay, RMSprop, descend
from optimizers.batch import batch_of
from studies import CancelledError, tuning_map
from studies.sweeps import sweep
from studies.sweeps.fields import BATCH_SIZE, put, tunable, value
from studies.sweeps.tuning import level_of

DRAWN = 25
DECAY = ExponentialDecay(0.02, 100, 0.5)
RATES = np.geomspace(1e-4, 0.3, 32)
CALM = np.geomspace(1e-4, 0.02, 32)

CASES = {
    "rate and momentum on a bowl": ("bowl", SGD(), ("learning_rate", "momentum"), {}, None),
    "on a valley": ("rosenbrock", SGD(), ("learning_rate", "momentum"), {}, None),
    "with many minima": ("rastrigin", SGD(), ("learning_rate", "momentum"), {"x": CALM}, None),
    "with a saddle": ("double_well", SGD(nesterov=True), ("momentum", "learning_rate"), {"y": CALM}, None),
    "at a kink": ("ackley", SGD(), ("learning_rate", "momentum"), {"x": CALM}, None),
    "off a cliff": ("beale", Adagrad(), ("learning_rate", "initial_accumulator_value"), {"x": RATES}, None),
    "Adam": ("himmelblau", Adam(), ("learning_rate", "beta_1"), {"x": CALM, "y": np.linspace(0.5, 0.95, 32)}, None),
    "AMSGrad’s memories": ("beale", Adam(0.02, amsgrad=True), ("beta_1", "beta_2"), {"x": [0.5, 0.9]}, None),
    "RMSprop": ("bowl", RMSprop(), ("learning_rate", "rho"), {"x": CALM, "y": [0.8, 0.9, 0.99]}, None),
    "a schedule’s rate": ("himmelblau", SGD(DECAY, momentum=0.5), ("decay_rate", "decay_steps"), {}, None),
    "where a schedule begins": ("beale", SGD(DECAY), ("learning_rate", "decay_rate"), {"x": CALM}, None),
    "noise": ("double_well", SGD(), ("learning_rate", "momentum"), {"x": CALM}, Batch(8, 3.0, seed=5)),
    "rows of data": ("line", SGD(), ("learning_rate", "momentum"), {"x": RATES, "y": [0.0, 0.5, 0.9]}, Batch(16)),
    "batch size in noise": ("himmelblau", SGD(), ("learning_rate", BATCH_SIZE), {"x": CALM}, Batch(8, 2.0)),
    "batch size on data": ("line", SGD(), ("learning_rate", BATCH_SIZE), {"x": CALM}, None),
}


def by_hand(surface, optimizer, batch, settings, steps):
    """`descend` with the settings of one cell."""
    batch = batch_of(surface, batch)
    for name, number in settings.items():
        if name == BATCH_SIZE:
            batch = dataclasses.replace(batch, size=int(number))
        else:
            optimizer = put(optimizer, name, float(number))
    return descend(surface, optimizer, steps=steps, batch=batch)


def arrival(path, level):
    """From which step on a path stays at or below a level, −1 if it never does."""
    above = np.flatnonzero(path.losses > level)
    if path.outcome.kind == "diverged" or (len(above) and above[-1] == path.steps):
        return -1
    return int(above[-1]) + 1 if len(above) else 0


SHORT = {f"{name}, few steps": (case, 30) for name, case in CASES.items() if name in ("noise", "AMSGrad’s memories")}
RUNS = {name: (case, 300) for name, case in CASES.items()} | SHORT


@pytest.mark.parametrize(("case", "steps"), RUNS.values(), ids=RUNS)
def test_a_cell_is_what_descend_does(case, steps):
    slug, optimizer, names, given, batch = case
    surface = LANDSCAPES[slug]()
    map = tuning_map(surface, optimizer, *names, **given, resolution=32, steps=steps, batch=batch, turns=True)
    draw = np.random.default_rng(steps)
    for _ in range(DRAWN):
        row, column = draw.integers(len(map.y)), draw.integers(len(map.x))
        settings = dict(zip(names, (map.x[column], map.y[row]), strict=True))
        path = by_hand(surface, optimizer, batch, settings, steps)
        assert map.kind[row, column] == path.outcome.kind, settings
        assert map.loss[row, column] == pytest.approx(path.losses[-1], rel=1e-6, abs=1e-12), settings
        assert map.steps[row, column] == arrival(path, map.level), settings
        if map.kind[row, column] in ("converged", "local_minimum") and not path.outcome.hovers:
            away = np.hypot(*(map.minima[map.index[row, column]] - path.positions[-1]))
            assert away <= arrival_distance(surface), settings
        else:
            assert map.index[row, column] == -1 or map.kind[row, column] != "diverged"


def test_the_maps_show_more_than_one_kind():
    slug, optimizer, names, given, batch = CASES["with a saddle"]
    map = tuning_map(LANDSCAPES[slug](), optimizer, *names, **given, resolution=32, steps=300, batch=batch)
    assert {"converged", "local_minimum", "still_moving"} <= set(map.kind.ravel())


def test_turns_are_counted_as_the_path_turns():
    bowl = LANDSCAPES["bowl"]()
    map = tuning_map(bowl, SGD(), "learning_rate", "momentum", x=CALM, y=[0.0, 0.9], steps=200, turns=True)
    path = descend(bowl, SGD(CALM[20], momentum=0.9), steps=200)
    last = map.steps[1, 20]
    ways = np.diff(path.positions[: last + 1], axis=0)
    assert map.turns[1, 20].tolist() == (ways[1:] * ways[:-1] < 0).sum(axis=0).tolist()
    assert map.turns[0].sum() == 0
    assert tuning_map(bowl, SGD(), "learning_rate", "momentum", x=CALM, y=[0.9]).turns is None


def test_it_takes_the_given_start_and_tolerance():
    bowl = LANDSCAPES["bowl"]()
    far = tuning_map(bowl, SGD(), "learning_rate", "momentum", x=[0.01], y=[0.0], start=(3, 3), tolerance=1e-6)
    path = descend(bowl, SGD(0.01), start=(3, 3), steps=500)
    assert far.level == pytest.approx(1e-6 * path.losses[0])
    assert far.steps[0, 0] == arrival(path, far.level)


def test_where_no_minimum_is_known_nothing_counts_as_there():
    slope = from_formula("x + y")
    map = tuning_map(slope, SGD(), "learning_rate", "momentum", x=[0.01, 0.1], y=[0.0], steps=50)
    assert map.level == -np.inf
    assert (map.steps == -1).all()
    assert level_of(slope, (0.0, 0.0), 0.1) == -np.inf


def test_the_whole_slider_is_tried_where_no_values_are_given():
    map = tuning_map(LANDSCAPES["bowl"](), SGD(), "learning_rate", "momentum", resolution=5, steps=10)
    assert map.x.tolist() == pytest.approx([1e-4, 10 ** (-2.75), 10**-1.5, 10**-0.25, 10])
    assert map.y.tolist() == pytest.approx([0, 0.24975, 0.4995, 0.74925, 0.999])
    assert map.loss.shape == map.steps.shape == map.kind.shape == (5, 5)
    assert map.steps.dtype == map.index.dtype == int


@pytest.mark.parametrize("slug", OPTIMIZERS)
def test_every_number_of_every_optimizer_can_be_tuned(slug):
    optimizer, bowl = OPTIMIZERS[slug](learning_rate=0.01), LANDSCAPES["bowl"]()
    names = [name for name in tunable(optimizer) if name != "learning_rate"]
    name = names[len(slug) % len(names)]
    low, high = tunable(optimizer)[name].low, tunable(optimizer)[name].high
    map = tuning_map(bowl, optimizer, "learning_rate", name, x=[0.001, 0.01], y=[low, high], steps=20)
    path = descend(bowl, put(put(optimizer, "learning_rate", 0.01), name, high), steps=20)
    assert map.loss[1, 1] == pytest.approx(path.losses[-1], rel=1e-6)


@pytest.mark.parametrize("slug", [slug for slug in SCHEDULES if slug != "constant"])
def test_every_number_of_every_schedule_can_be_tuned(slug):
    schedule, bowl = SCHEDULES[slug]().starting_at(0.02), LANDSCAPES["bowl"]()
    for name, slid in tunable(SGD(schedule)).items():
        if name == "momentum":
            continue
        numbers = [slid.low, min(slid.high, 0.02 if name == "learning_rate" else 40.0)]
        map = tuning_map(bowl, SGD(schedule), name, "momentum", x=numbers, y=[0.5], steps=60)
        tried = put(SGD(schedule, momentum=0.5), name, numbers[1])
        assert value(tried, None, name) == pytest.approx(numbers[1])
        assert map.loss[0, 1] == pytest.approx(descend(bowl, tried, steps=60).losses[-1], rel=1e-6), name


WRONG = {
    "an unknown field": (("learning_rate", "beta_3"), {}, "must be one of learning_rate, momentum, batch_size"),
    "one field twice": (("momentum", "momentum"), {}, "two different fields"),
    "a value that is not allowed": (("learning_rate", "momentum"), {"y": [0.5, 1.0]}, "`momentum` must be"),
    "not a number": (("learning_rate", "momentum"), {"x": [0.1, float("nan")]}, "`learning_rate` must be"),
    "no list": (("learning_rate", "momentum"), {"x": 0.1}, "1 to 256 numbers"),
    "a word": (("learning_rate", "momentum"), {"x": ["much"]}, "1 to 256 numbers"),
    "half a sample": (("learning_rate", BATCH_SIZE), {"y": [1, 2.5]}, "`size` must be"),
    "a tolerance of all": (("learning_rate", "momentum"), {"tolerance": 1}, "above 0 and below 1"),
    "too fine": (("learning_rate", "momentum"), {"resolution": 300}, "2 to 256"),
    "no steps": (("learning_rate", "momentum"), {"steps": 0}, "`steps` must be"),
    "a start nowhere": (("learning_rate", "momentum"), {"start": (1e200, 0)}, "`start` must be"),
}


@pytest.mark.parametrize(("names", "given", "words"), WRONG.values(), ids=WRONG)
def test_wrong_arguments_are_explained(names, given, words):
    with pytest.raises(ValueError, match=words):
        tuning_map(LANDSCAPES["bowl"](), SGD(), *names, **given)


def test_it_tells_how_far_it_is_and_can_be_given_up():
    heard = []
    bowl = LANDSCAPES["bowl"]()
    tuning_map(bowl, SGD(), "learning_rate", "momentum", steps=20, progress=heard.append)
    assert heard == [0.25, 0.5, 0.75, 1.0]
    with pytest.raises(CancelledError):
        tuning_map(bowl, SGD(), "learning_rate", "momentum", steps=20, cancelled=lambda: True)


def test_other_numbers_compile_nothing():
    """What runs on threads of its own is counted where it is kept."""
    bowl = LANDSCAPES["bowl"]()
    tuning_map(bowl, SGD(), "learning_rate", "momentum", steps=300)
    before = sweep._chunk._cache_size()
    tuning_map(LANDSCAPES["bowl"](condition=3.0), SGD(), "learning_rate", "momentum", resolution=48, steps=310)
    tuning_map(bowl, SGD(), "learning_rate", "momentum", steps=300, start=(1, 1), tolerance=0.01)
    assert sweep._chunk._cache_size() == before
