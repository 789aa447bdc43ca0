"""A handle lies on its curve and goes where a hand drags it, or as near as the sliders allow."""

import math

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from optimizers import SCHEDULES, Constant, CosineDecayRestarts, PiecewiseConstantDecay, PolynomialDecay
from records import number_fields, switch_fields

every_schedule = pytest.mark.parametrize("slug", SCHEDULES)
WILD = st.sampled_from([0.0, -1.0, -1e9, 1e9, 1e300, -1e300, 5e-324, 0.5]) | st.floats(-1e9, 1e9)


def on_slider(slid):
    ends = math.log(slid.low) if slid.log else slid.low, math.log(slid.high) if slid.log else slid.high
    inside = st.floats(*ends, allow_nan=False).map(math.exp if slid.log else float)
    return inside.map(lambda value: min(max(value, slid.low), slid.high))


@st.composite
def schedules(draw, slug):
    """Any schedule that sliders can make."""
    schedule = SCHEDULES[slug]()
    changes = {name: draw(st.booleans()) for name in switch_fields(schedule)}
    for name, slid in number_fields(schedule).items():
        changes[name] = draw(on_slider(slid))
        if name == "boundaries":
            changes[name] = tuple(sorted(draw(st.lists(on_slider(slid), min_size=3, max_size=3, unique=True))))
        elif name == "values":
            changes[name] = tuple(draw(on_slider(slid)) for _ in range(4))
    return schedule.replace(**changes)


def well_inside(schedule, index, draw):
    """A place that handle `index` can reach: within the sliders, and not past its neighbours."""
    share = draw(st.floats(0.05, 0.95))
    if isinstance(schedule, PolynomialDecay) and index == 1:
        return handle_step(schedule, 1), between_ends(schedule, 0.5 ** (0.3 + 3.6 * share))
    if isinstance(schedule, CosineDecayRestarts) and index > 0:
        return restart_target(schedule, index, share, draw)
    if isinstance(schedule, PiecewiseConstantDecay):
        return piecewise_target(schedule, index, share, draw)
    rate = 1e-3 * 1e3**share if index == 0 or "warm-up" in words(schedule, index) else fraction_of(schedule, share)
    before = schedule.handles[index - 1][0] if index and "warm-up" in words(schedule, index - 1) else 0
    return (before + 2 + 900 * draw(st.floats(0, 1)) if index else 0.0), rate


def handle_step(schedule, index):
    return schedule.handles[index][0]


def words(schedule, index):
    return schedule.handle_words[index]


def between_ends(schedule, left):
    end = schedule.end_learning_rate
    return end + (schedule.initial_learning_rate - end) * left


def fraction_of(schedule, share):
    """What every decay can fall to, except that an end rate has a slider of its own."""
    return 1e-4 + share * 0.9 if isinstance(schedule, PolynomialDecay) else schedule.initial * (0.1 + 0.85 * share)


def restart_target(schedule, index, share, draw):
    assume(schedule.alpha < 0.99)
    first = schedule.first_decay_steps
    if index == 2:
        return first * (1 + 1.01 + 2.9 * share), schedule.handles[2][1]
    peak = schedule.alpha + (1 - schedule.alpha) * (0.06 + 0.9 * share)
    return 2 + 900 * draw(st.floats(0, 1)), schedule.initial_learning_rate * peak


def piecewise_target(schedule, index, share, draw):
    rate = 1e-5 * 1e5 * share + 1e-5
    if index == 0:
        return 0.0, rate
    low = schedule.boundaries[index - 2] + 1 if index > 1 else 1.0
    high = schedule.boundaries[index] - 1 if index < len(schedule.boundaries) else 999.0
    assume(high > low)
    return 1 + low + (high - low) * draw(st.floats(0.01, 0.99)), rate


@every_schedule
@settings(deadline=None, max_examples=60)
@given(data=st.data())
def test_handles_lie_on_the_curve(slug, data):
    schedule = data.draw(schedules(slug))
    steps, rates = np.array(schedule.handles).T
    assert [float(schedule(step)) for step in steps] == pytest.approx(rates, rel=1e-9, abs=1e-15)
    assert len(schedule.handle_words) == len(schedule.handles)


@every_schedule
@settings(deadline=None, max_examples=120)
@given(data=st.data())
def test_a_handle_goes_where_it_is_dragged(slug, data):
    schedule = data.draw(schedules(slug))
    index = data.draw(st.integers(0, len(schedule.handles) - 1))
    step, rate = well_inside(schedule, index, data.draw)
    if isinstance(schedule, CosineDecayRestarts) and index == 1:
        assume(schedule.t_mul == 1 or schedule.t_mul > 1.001)  # Keras's logarithms lose their digits in between
    moved = schedule.dragged(index, step, rate)
    if isinstance(schedule, CosineDecayRestarts) and index == 2:
        rate = moved.handles[2][1]  # it moves along one axis
    if isinstance(schedule, PolynomialDecay) and index == 1:
        assume(abs(schedule.initial_learning_rate / schedule.end_learning_rate - 1) > 1e-6)
    assert moved.handles[index] == pytest.approx((step, rate), rel=1e-6)


@every_schedule
@settings(deadline=None, max_examples=60)
@given(data=st.data())
def test_a_handle_that_is_dragged_to_where_it_is_changes_nothing(slug, data):
    schedule = data.draw(schedules(slug))
    for index, (step, rate) in enumerate(schedule.handles):
        assert schedule.dragged(index, step, rate) == schedule


@every_schedule
@settings(deadline=None, max_examples=120)
@given(data=st.data())
def test_wild_places_are_held_inside_the_sliders(slug, data):
    schedule = data.draw(schedules(slug))
    index = data.draw(st.integers(0, len(schedule.handles) - 1))
    moved = schedule.dragged(index, data.draw(WILD), data.draw(WILD))
    for name, slid in number_fields(moved).items():
        values = np.atleast_1d(getattr(moved, name))
        assert ((slid.low <= values) & (values <= slid.high)).all(), name
        assert moved.replace(**{name: getattr(moved, name)}) == moved
    assert np.isfinite(moved.handles).all()


@every_schedule
def test_the_first_handle_is_the_rate_at_step_0(slug):
    schedule = SCHEDULES[slug]()
    assert schedule.handles[0] == (0.0, pytest.approx(float(schedule(0.0))))
    assert schedule.handle_words[0] == "initial rate"


def test_a_drop_keeps_to_its_place_among_the_others():
    schedule = PiecewiseConstantDecay((50, 100), (0.1, 0.01, 0.001))
    assert schedule.dragged(1, 500, 0.02).boundaries == (99, 100)
    assert schedule.dragged(2, 3, 0.02).boundaries == (50, 51)
    crowded = PiecewiseConstantDecay((50, 50.5, 51), (0.1, 0.01, 0.001, 0.0001))
    assert crowded.dragged(2, 70, 0.02).boundaries == crowded.boundaries


def test_a_peak_takes_the_start_of_its_warm_up_along():
    schedule = SCHEDULES["warmup_cosine"](0.001, 100, 0.0, 0.01, 20).dragged(1, 40, 0.1)
    assert (schedule.warmup_steps, schedule.warmup_target) == (40, 0.1)
    assert schedule.initial_learning_rate == pytest.approx(0.01)


def test_a_level_line_has_no_power():
    level = PolynomialDecay(0.1, 100, 0.1)
    assert level.dragged(1, 50, 0.05) == level


@pytest.mark.parametrize("index", [-1, 1, 0.5])
def test_an_unknown_handle_is_an_error(index):
    with pytest.raises(ValueError, match=r"`index` must be the number of a handle, 0 to 0\. Received: "):
        Constant().dragged(index, 0, 0.1)


@pytest.mark.parametrize("place", [(math.nan, 0.1), (0, math.inf)])
def test_a_place_that_is_not_finite_is_an_error(place):
    with pytest.raises(ValueError, match=r"A handle is dragged to a finite step and rate\. Received: "):
        Constant().dragged(0, *place)
