"""Settings to link and back: inverse to each other, and nothing in a link can break or run anything."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from experiment.link.link import from_query, to_query
from experiment.link.parse import FIELDS
from experiment.pages.playground import PRESETS
from experiment.race.methods import METHODS
from experiment.race.settings import (
    MAX_NAME_LENGTH,
    MAX_NOISE,
    MAX_RACERS,
    MAX_STEPS,
    MEASURES,
    SHARED,
    TOLERANCES,
    Racer,
    Settings,
    racer,
)
from landscapes import LANDSCAPES, from_formula
from landscapes.data.line import Line
from optimizers import SCHEDULES
from optimizers.optimizer import CLIPPING
from records import number_fields, switch_fields


def within(slid):
    return st.floats(slid.low, slid.high, allow_nan=False)


@st.composite
def records(draw, registry):
    """A record of any registered type with any values that its sliders allow."""
    record = registry[draw(st.sampled_from(list(registry)))]()
    changes = {name: draw(st.booleans()) for name in switch_fields(record)}
    for name, slid in number_fields(record).items():
        before = getattr(record, name)
        if name == "boundaries":
            changes[name] = tuple(sorted(draw(st.lists(within(slid), min_size=2, max_size=2, unique=True))))
        elif isinstance(before, tuple):
            changes[name] = tuple(draw(within(slid)) for _ in before)
        else:
            changes[name] = draw(within(slid))
    clip = draw(st.sampled_from(CLIPPING))  # at most one of them can be on
    return record.replace(**{name: value for name, value in changes.items() if name not in CLIPPING or name == clip})


def sizes(landscape):
    """A batch of fewer samples than there are, or all of them."""
    return st.none() | st.integers(1, min(63, landscape.sample_count - 1))


@st.composite
def racers(draw, landscape):
    method = draw(st.sampled_from(list(METHODS)))
    names = st.text(st.characters(codec="utf-8", exclude_categories=["C", "Z"]), min_size=1, max_size=MAX_NAME_LENGTH)
    optimizers = {method: lambda: METHODS[method].optimizer}
    return Racer(
        method,
        draw(names.filter(str.isprintable)),
        draw(records(optimizers)),
        tuple(field for field in SHARED if draw(st.booleans())),
        draw(records(SCHEDULES)),
        draw(sizes(landscape)),
    )


@st.composite
def any_settings(draw):
    points = st.tuples(st.floats(-1e6, 1e6), st.floats(-1e6, 1e6))
    landscape = draw(records(LANDSCAPES))
    return Settings(
        landscape=landscape,
        racers=tuple(draw(st.lists(racers(landscape), min_size=1, max_size=MAX_RACERS))),
        learning_rate=draw(st.floats(1e-4, 10)),
        momentum=draw(st.floats(0, 0.999)),
        decay_schedule=draw(records(SCHEDULES)),
        batch_size=draw(sizes(landscape)),
        noise=draw(st.floats(0, MAX_NOISE)),
        steps=draw(st.integers(1, MAX_STEPS)),
        seed=draw(st.integers(0, 2**32 - 1)),
        start=draw(st.none() | points),
        playhead=draw(st.none() | st.integers(0, MAX_STEPS)),
        axes=tuple(draw(st.lists(st.sampled_from(FIELDS), min_size=2, max_size=2, unique=True))),
        measure=draw(st.sampled_from(list(MEASURES))),
        tolerance=draw(st.floats(TOLERANCES[-1], TOLERANCES[0])),
        wide=draw(st.booleans()),
    )


@settings(deadline=None, max_examples=200)
@given(any_settings())
def test_a_link_is_the_settings(made):
    problems = []
    assert from_query(to_query(made), problems) == made
    assert problems == []


@pytest.mark.parametrize("share", [0.5, 0.9, 0.98])
def test_a_batch_of_more_rows_than_are_left_travels_as_all_of_them(share):
    """The race is the same, and whoever opens the link is not told of a wrong value."""
    own = racer("adam", overrides=("batch_size",), batch_size=150)
    made = Settings(landscape=Line(validation_split=share), racers=(racer("momentum"), own), batch_size=32)
    problems = []
    back = from_query(to_query(made), problems)
    assert problems == []
    assert [back.batch(each) for each in back.racers] == [made.batch(each) for each in made.racers]


@pytest.mark.parametrize("name", PRESETS)
def test_every_preset_travels(name):
    assert from_query(to_query(PRESETS[name])) == PRESETS[name]


def test_an_empty_link_is_the_default():
    assert from_query({}) == Settings()


WRONG = {
    "landscape": ("moon", "`landscape` must be one of bowl, "),
    "landscape.tilt": ("7", "`tilt` must be a number from -1 to 1. Received: 7."),
    "racers": ("adam,lbfgs", "`racers` must be one of descent"),
    "racer1.overrides": ("colour", "`overrides` must be one of learning_rate"),
    "racer1.name": ("x" * 99, "`name` must be 1 to 28 printable letters."),
    "learning_rate": ("-1", "`learning_rate` must be a number from 1e-06 to 10. Received: -1."),
    "momentum": ("nan", "`momentum` must be a number from 0 to 0.999. Received: nan."),
    "steps": ("1e3", "`steps` must be a whole number from 1 to 2000. Received: 1e3."),
    "seed": ("²", "`seed` must be a whole number"),
    "batch_size": ("64", "`batch_size` must be a whole number from 1 to 63. Received: 64."),
    "noise": ("inf", "`noise` must be a number from 0 to 20. Received: inf."),
    "start": ("1,2,3", "`start` must be 2 numbers with commas between. Received: 1,2,3."),
    "decay_schedule": ("cosy", "`decay_schedule` must be one of constant"),
    "racer1.nesterov": ("True", "`nesterov` must be one of yes, no. Received: True."),
    "axes": ("momentum,momentum", "`axes` must be two different fields with a comma between. Received: momentum,mom"),
    "measure": ("time", "`measure` must be one of steps, loss, minimum. Received: time."),
    "tolerance": ("0.5", "`tolerance` must be a number from 1e-09 to 0.1. Received: 0.5."),
    "wide": ("1", "`wide` must be one of yes, no. Received: 1."),
    "surprise": ("1", "`surprise` is not known. Received: surprise=1."),
}


@pytest.mark.parametrize("key", WRONG)
def test_a_wrong_value_is_explained_and_the_default_stands(key):
    text, told = WRONG[key]
    problems = []
    assert from_query({key: text}, problems) == Settings()
    assert len(problems) == 1
    assert told in problems[0]


def test_falling_boundaries_are_refused():
    problems = []
    query = {"decay_schedule": "piecewise", "decay_schedule.boundaries": "90,20"}
    assert from_query(query, problems).decay_schedule == SCHEDULES["piecewise"]()
    assert "`boundaries` must rise" in problems[0]


@settings(deadline=None, max_examples=300)
@given(st.dictionaries(st.sampled_from([*WRONG, "racer1.decay_schedule.values", "playhead"]), st.text(max_size=60)))
def test_no_text_breaks_a_link(query):
    made = from_query(query, [])
    assert from_query(to_query(made)) == made


def test_python_in_a_link_is_text():
    problems = []
    from_query({"learning_rate": "__import__('os').getpid()", "start": "().__class__,1"}, problems)
    assert len(problems) == 2


@pytest.mark.parametrize("domain", [((-3, 3), (-3, 3)), ((0.5, 4), (-1, 2.25))])
def test_a_formula_travels(domain):
    made = Settings(landscape=from_formula("sin(3x) cos(y) + 0.1 (x^2 + y^2)", domain), start=(1.0, 0.5))
    problems = []
    assert from_query(to_query(made), problems) == made
    assert problems == []


def test_a_formula_that_is_not_understood_is_explained():
    problems = []
    query = {"landscape": "own", "landscape.formula": "__import__('os')"}
    assert from_query(query, problems) == Settings()
    assert len(problems) == 1
