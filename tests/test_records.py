"""Controls, links and compiled programs rest on these records, so a wrong number must stop here, in plain words."""

import dataclasses

import jax
import jax.numpy as jnp
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from landscapes import LANDSCAPES
from optimizers import OPTIMIZERS, SCHEDULES, SGD, Adam, ExponentialDecay
from records import Allowed, Record, choice_fields, number_fields, record, slider, switch, switch_fields

RECORDS = {**LANDSCAPES, **OPTIMIZERS, **SCHEDULES}
every_record = pytest.mark.parametrize("cls", RECORDS.values(), ids=RECORDS)


@record
class Knob(Record):
    """One field of each sort."""

    level: float = slider(0.5, 0, 1, at_least=0, below=1, symbol="k", help="How much", advice="Try 0.5.")
    count: float = slider(3, 1, 9, at_least=1, at_most=9, integer=True, help="How many")
    ends: tuple[float, ...] = slider((1.0, 2.0), 0, 5, above=0, help="Where")
    loud: bool = switch(False, help="Louder")


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"level": 1}, "`level` must be at least 0 and below 1. Received: 1. Try 0.5."),
        ({"level": -0.1}, "`level` must be at least 0 and below 1. Received: -0.1. Try 0.5."),
        ({"level": "0.5"}, "`level` must be at least 0 and below 1. Received: '0.5'. Try 0.5."),
        ({"level": True}, "`level` must be at least 0 and below 1. Received: True. Try 0.5."),
        ({"level": None}, "`level` must be at least 0 and below 1. Received: None. Try 0.5."),
        ({"level": float("nan")}, "`level` must be at least 0 and below 1. Received: nan. Try 0.5."),
        ({"count": 2.5}, "`count` must be a whole number, at least 1 and at most 9. Received: 2.5."),
        ({"count": 10**400}, f"`count` must be a whole number, at least 1 and at most 9. Received: {10**400}."),
        ({"ends": (1, 0)}, "`ends` must be above 0. Received: 0."),
        ({"loud": 1}, "`loud` must be True or False. Received: 1."),
        ({"loud": "yes"}, "`loud` must be True or False. Received: 'yes'."),
    ],
    ids=lambda value: str(value)[:30],
)
def test_errors_say_what_is_allowed(wrong, words):
    with pytest.raises(ValueError) as error:  # noqa: PT011 (the whole message is compared)
        Knob(**wrong)
    assert str(error.value) == words


def test_replace_is_checked_too():
    assert Knob().replace(level=0.25) == Knob(level=0.25)
    with pytest.raises(ValueError, match="`level` must be"):
        Knob().replace(level=7)
    with pytest.raises(TypeError):
        Knob().replace(nothing=1)


def test_replace_checks_values_that_must_fit_together():
    with pytest.raises(ValueError, match="one entry more"):
        SCHEDULES["piecewise"]().replace(boundaries=(5, 10, 15))


def test_put_changes_a_copy_and_checks_nothing():
    knob = Knob()
    assert knob.replace_unchecked(level=7).level == 7
    assert knob == Knob()


def test_numbers_become_float64():
    knob = Knob(level=np.float32(0.25), count=4, ends=[1, 2])
    assert [type(value) for value in (knob.level, knob.count, *knob.ends)] == [np.float64] * 4
    assert knob.ends == (1, 2)
    assert Knob(loud=np.True_).loud is True


def test_records_are_frozen_and_compare_by_value():
    with pytest.raises(dataclasses.FrozenInstanceError):
        Knob().level = 0.1
    assert hash(Knob(level=0.25)) == hash(Knob(level=np.float64(0.25)))
    assert Knob(level=0.25) != Knob(level=0.5)


def test_numbers_are_leaves_and_switches_are_not():
    leaves, tree = jax.tree.flatten(Knob())
    assert leaves == [0.5, 3, 1, 2]
    assert jax.tree.unflatten(tree, leaves) == Knob()
    assert tree != jax.tree.structure(Knob(loud=True))


def test_leaves_have_names():
    paths = [jax.tree_util.keystr(path) for path, _ in jax.tree_util.tree_leaves_with_path(Adam(ExponentialDecay()))]
    assert paths[:2] == [".learning_rate.initial_learning_rate", ".learning_rate.decay_steps"]


def test_a_stack_of_records_goes_through_vmap():
    bowls = [LANDSCAPES["bowl"](condition=condition) for condition in (1, 4, 9)]
    stacked = jax.tree.map(lambda *leaves: jnp.stack(leaves), *bowls)
    losses = jax.vmap(lambda bowl: bowl(jnp.array([1.0, 2.0])))(stacked)
    assert losses.tolist() == [2.5, 4.0, 6.5]


def test_a_record_survives_jit():
    doubled = jax.jit(lambda knob: knob.replace(level=knob.level * 2))(Knob(level=0.25))
    assert (float(doubled.level), doubled.loud) == (0.5, False)


def test_a_schedule_may_stand_for_a_rate():
    schedule = ExponentialDecay()
    assert SGD(learning_rate=schedule).learning_rate is schedule


@given(st.floats())
def test_allowed_is_what_the_slider_takes(value):
    if Allowed(at_least=0, below=1).holds(value):
        assert Knob(level=value).level == value
    else:
        with pytest.raises(ValueError, match="`level` must be"):
            Knob(level=value)


@pytest.mark.parametrize(
    ("allowed", "words"),
    [
        (Allowed(), "a finite number"),
        (Allowed(above=0), "above 0"),
        (Allowed(at_least=1, at_most=9.5), "at least 1 and at most 9.5"),
    ],
    ids=lambda value: str(value)[:30],
)
def test_bounds_in_words(allowed, words):
    assert allowed.words() == words


@every_record
def test_every_field_can_be_seen_and_is_explained(cls):
    shown = {**number_fields(cls), **switch_fields(cls), **choice_fields(cls)}
    assert {*shown} == {field.name for field in dataclasses.fields(cls) if "derived" not in field.metadata}
    for control in shown.values():
        assert control.help
        assert not control.help[0].islower()
        assert not control.help.endswith(".")


@every_record
def test_sliders_have_a_symbol_and_a_range(cls):
    for name, slid in number_fields(cls).items():
        assert slid.symbol, name
        assert slid.low < slid.high
        assert 0 < slid.step <= slid.high - slid.low
        assert slid.low > 0 or not slid.log


@every_record
def test_defaults_are_on_the_slider(cls):
    for name, slid in number_fields(cls).items():
        for value in np.atleast_1d(getattr(cls(), name)):
            assert slid.low <= value <= slid.high, name
            assert slid.allowed.holds(value), name


@every_record
def test_the_ends_of_every_slider_are_allowed(cls):
    for name, slid in number_fields(cls).items():
        if not isinstance(getattr(cls(), name), tuple):
            assert getattr(cls().replace(**{name: slid.low}), name) == slid.low
            assert getattr(cls().replace(**{name: slid.high}), name) == slid.high


@every_record
def test_symbols_are_not_used_twice(cls):
    symbols = [slid.symbol for slid in number_fields(cls).values()]
    assert len(symbols) == len(set(symbols))


@pytest.mark.parametrize("wrong", [[1e-3], (0.9,), (), []], ids=str)
def test_a_list_where_one_number_belongs_is_refused(wrong):
    for field in ("learning_rate", "momentum"):
        with pytest.raises(ValueError, match=f"`{field}` must be"):
            SGD(**{field: wrong})
