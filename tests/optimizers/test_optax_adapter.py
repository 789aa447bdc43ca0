"""What the adapter takes from optax is optax: the same paths, and nothing of ours in between."""

import operator
import random
from collections import Counter

import jax
import jax.numpy as jnp
import numpy as np
import optax
import pytest
from test_optax_parity import STEPS, optax_path

from landscapes import LANDSCAPES
from optimizers import OPTAX, ExponentialDecay, descend
from records import number_fields, switch_fields

RATES = {"lars": 5.0, "optimistic": 0.002, "prodigy": 1.0}
"""Learning rates where 0.05 is too slow or too fast."""

OTHERS = {
    "b1": 0.8,
    "b2": 0.97,
    "b3": 0.95,
    "beta": 0.6,
    "alpha": 0.7,
    "momentum": 0.7,
    "eps": 2e-3,
    "threshold": 8.0,
    "trust_coefficient": 0.003,
    "min_norm": 1.0,
    "estim_lr_coef": 2.0,
    "weight_decay": 0.05,
}
"""A value for every number that can be slid, none of them anybody's default."""

every_method = pytest.mark.parametrize("slug", OPTAX)


def plain(slug):
    return OPTAX[slug](learning_rate=RATES.get(slug, 0.05))


def own_fields(optimizer):
    """The fields that are optax's arguments: all but clipping and L2, which every optimizer has here."""
    return {name: slid for name, slid in number_fields(optimizer).items() if name not in optimizer.common}


def changed(slug):
    """The method with every number but its rate elsewhere, and every switch turned."""
    made = plain(slug)
    numbers = {name: OTHERS[name] for name in own_fields(made) if name != "learning_rate"}
    return made.replace(**numbers, **{name: not getattr(made, name) for name in switch_fields(made)})


def theirs(optimizer):
    """Optax's own object with the same arguments, as a learner would make it."""
    numbers = {name: float(getattr(optimizer, name)) for name in own_fields(optimizer)}
    switches = {name: getattr(optimizer, name) for name in switch_fields(optimizer)}
    return operator.attrgetter(optimizer.optax_name)(optax)(**numbers, **switches)


@pytest.mark.parametrize("made", [plain, changed])
@every_method
def test_the_path_is_optaxs(slug, made):
    surface, optimizer = LANDSCAPES["himmelblau"](), made(slug)
    path = descend(surface, optimizer, steps=STEPS).positions
    expected = optax_path(surface, theirs(optimizer), STEPS)
    assert np.ptp(expected, axis=0).max() > 0.01
    np.testing.assert_allclose(path, expected, rtol=0, atol=1e-12 * np.abs(expected).max())


@every_method
def test_every_number_makes_a_difference(slug):
    surface, optimizer = LANDSCAPES["himmelblau"](), plain(slug)
    moved = descend(surface, optimizer, steps=STEPS).positions
    for name in own_fields(optimizer):
        other = optimizer.replace(**{name: OTHERS.get(name, 0.001)})
        assert not np.array_equal(descend(surface, other, steps=STEPS).positions, moved), name


@pytest.mark.parametrize("slug", [slug for slug in OPTAX if slug != "sm3"])  # which takes no schedule in optax
def test_a_schedule_is_followed_as_optax_follows_it(slug):
    surface, rate = LANDSCAPES["himmelblau"](), RATES.get(slug, 0.05)
    path = descend(surface, OPTAX[slug](learning_rate=ExponentialDecay(rate, 20, 0.5)), steps=STEPS).positions
    make = operator.attrgetter(OPTAX[slug].optax_name)(optax)
    expected = optax_path(surface, make(learning_rate=lambda count: rate * 0.5 ** (count.astype(float) / 20)), STEPS)
    np.testing.assert_allclose(path, expected, rtol=0, atol=1e-11 * np.abs(expected).max())


@every_method
def test_defaults_are_optaxs(slug):
    made = OPTAX[slug]()
    left = operator.attrgetter(made.optax_name)(optax)(learning_rate=float(made.learning_rate))
    surface = LANDSCAPES["bowl"]()
    expected = optax_path(surface, left, 20)
    path = descend(surface, made, steps=20).positions
    np.testing.assert_allclose(path, expected, rtol=0, atol=1e-12 * np.abs(expected).max())


@every_method
def test_stacked_records_walk_as_each_does_alone(slug):
    rates = RATES.get(slug, 0.05) * np.array([0.5, 1.0])
    alone = [
        plain(slug).replace_unchecked(learning_rate=None),
        changed(slug).replace(**switches_of(slug)).replace_unchecked(learning_rate=None),
    ]
    stacked = jax.tree.map(lambda *leaves: jnp.stack(leaves), *alone)
    slope = jax.grad(lambda xy: LANDSCAPES["himmelblau"]()(xy))

    def walked(optimizer, rate):
        def step(carry, _):
            xy, state = carry
            return optimizer.update(slope(xy), state, xy, rate), None

        start = jnp.array([-0.4, -0.6])
        return jax.lax.scan(step, (start, optimizer.init(start)), length=20)[0][0]

    together = jax.jit(jax.vmap(walked))(stacked, rates)
    for optimizer, rate, end in zip(alone, rates, together, strict=True):
        np.testing.assert_allclose(end, jax.jit(walked)(optimizer, rate), rtol=1e-10)


def switches_of(slug):
    return {name: getattr(OPTAX[slug](), name) for name in switch_fields(OPTAX[slug])}


@every_method
def test_the_state_has_names_and_counts_exactly(slug):
    optimizer = plain(slug)
    params = jnp.ones(7)
    state = optimizer.init(params)
    names = state._asdict()
    assert not {"mu", "nu", "m", "v", "n", "g", "t", "ema", "trace"} & set(names)
    for _ in range(3):
        params, state = optimizer.update(jnp.linspace(1.0, 2.0, 7), state, params, 0.01)
    assert params.shape == (7,)
    if "count" in names:
        assert state.count == 3
        assert state.count.dtype == jnp.int32


def test_a_count_survives_the_longest_run():
    """The loop carries one flat float64 array; at 16384 steps an integer in it is still exact."""
    path = descend(LANDSCAPES["bowl"](), OPTAX["radam"](learning_rate=0.001), steps=16384)
    expected = optax_path(LANDSCAPES["bowl"](), optax.radam(0.001), 16384)
    assert np.abs(path.positions - expected).max() <= 1e-12 * np.abs(expected).max()


def test_classes_have_names_of_their_own_and_records_compare_by_value():
    assert max(Counter(cls.__name__ for cls in OPTAX.values()).values()) == 1
    assert OPTAX["yogi"](0.1) == OPTAX["yogi"](0.1)
    assert hash(OPTAX["yogi"](0.1)) == hash(OPTAX["yogi"](0.1))
    assert OPTAX["yogi"](0.1) != OPTAX["adabelief"](0.1)


def test_arguments_are_called_as_in_optax():
    for cls in OPTAX.values():
        draw = random.Random(0)
        numbers = {name: draw.uniform(slid.low, slid.high) for name, slid in own_fields(cls).items()}
        assert isinstance(operator.attrgetter(cls.optax_name)(optax)(**numbers), optax.GradientTransformation)
