"""Effective rates: what a method makes of its learning rate, read off its own steps."""

import numpy as np
import pytest

from landscapes import LANDSCAPES
from optimizers import (
    OPTAX,
    SGD,
    Adadelta,
    Adagrad,
    Adam,
    Adamax,
    AdamW,
    ExponentialDecay,
    Ftrl,
    Nadam,
    RMSprop,
    descend,
)
from optimizers.explain.effective import divides, effective_rates, stops
from optimizers.methods.nadam import momenta

SURFACE = LANDSCAPES["beale"]()


def steps_of(path):
    return np.diff(path.positions, axis=0)


@pytest.mark.parametrize(
    "optimizer",
    [
        SGD(0.001),
        SGD(ExponentialDecay(0.001, 20, 0.5)),
        Adagrad(0.2),
        RMSprop(0.01),
        RMSprop(0.01, centered=True),
        Adadelta(1.0, epsilon=1e-3),
        Ftrl(0.2, initial_accumulator_value=0),
    ],
    ids=str,
)
def test_a_step_is_the_effective_rate_times_the_gradient(optimizer):
    path = descend(SURFACE, optimizer, steps=80)
    np.testing.assert_allclose(
        -effective_rates(optimizer, path) * path.gradients, steps_of(path), rtol=1e-7, atol=1e-12
    )


@pytest.mark.parametrize(
    "optimizer",
    [Adam(0.05), Adam(0.05, amsgrad=True), AdamW(0.05, weight_decay=0), Adamax(ExponentialDecay(0.05, 20, 0.5))],
    ids=str,
)
def test_adams_step_is_its_effective_rate_times_the_mean_gradient(optimizer):
    path = descend(SURFACE, optimizer, steps=80)
    expected = -effective_rates(optimizer, path) * path.slots["first_moment"][1:]
    np.testing.assert_allclose(expected, steps_of(path), rtol=1e-7, atol=1e-12)


def test_nadams_step_is_its_effective_rate_times_the_gradient_that_it_looks_ahead_to():
    optimizer = Nadam(0.05)
    path = descend(SURFACE, optimizer, steps=80)
    mu, mean = momenta(optimizer, 81), path.slots["first_moment"][1:]
    carried = (mu[1:] / (1 - np.cumprod(mu)[1:]))[:, None] * mean
    ahead = carried + ((1 - mu[:-1]) / (1 - np.cumprod(mu)[:-1]))[:, None] * path.gradients
    np.testing.assert_allclose(-effective_rates(optimizer, path) * ahead, steps_of(path), rtol=1e-7, atol=1e-12)


@pytest.mark.parametrize("optimizer", [Ftrl(0.5, -0.8, 2.0, beta=0.3, l2_regularization_strength=0.2)], ids=str)
def test_what_ftrl_divides_by_takes_its_sum_to_the_point(optimizer):
    path = descend(SURFACE, optimizer, steps=40)
    expected = -effective_rates(optimizer, path) * path.slots["linear"][1:]
    np.testing.assert_allclose(expected, path.positions[1:], rtol=1e-9)


def test_what_is_not_known_to_divide_has_the_rate_itself():
    optimizer = OPTAX["yogi"](0.05)
    assert not divides(optimizer)
    assert (effective_rates(optimizer, descend(SURFACE, optimizer, steps=20)) == 0.05).all()


def test_adagrads_rates_only_fall_and_on_a_steady_gradient_as_one_over_the_root_of_time():
    ravine = LANDSCAPES["ravine"](kappa=3.0)  # its slope is 1 along x, however near the floor
    optimizer = Adagrad(0.01)
    rates = effective_rates(optimizer, descend(ravine, optimizer, steps=200))[:, 0]
    assert (np.diff(rates) < 0).all()
    np.testing.assert_allclose(rates, 0.01 / np.sqrt(0.1 + np.arange(1, 201)), rtol=1e-5)


def test_rmsprops_rate_does_not_fade_on_a_steady_gradient():
    ravine = LANDSCAPES["ravine"](kappa=3.0)
    optimizer = RMSprop(0.01)
    rates = effective_rates(optimizer, descend(ravine, optimizer, steps=200))[:, 0]
    np.testing.assert_allclose(rates[-50:], 0.01, rtol=1e-4)


def test_adagrad_stops_where_its_steps_are_short_and_descent_that_has_arrived_does_not():
    fading = descend(SURFACE, Adagrad(0.05), steps=1000)
    lengths = np.hypot(*steps_of(fading).T)
    step = stops(fading, 0.002)
    assert step is not None
    assert (lengths[step:] < 0.002).all()
    assert lengths[step - 1] >= 0.002
    assert stops(descend(LANDSCAPES["bowl"](), SGD(0.3), steps=200), 0.002) is None
