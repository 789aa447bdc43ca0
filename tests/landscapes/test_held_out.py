"""Rows held out: every row is on one side, scaled by what is trained on, and its loss is the mean over its rows."""

import math

import numpy as np
import pytest

from landscapes import losses_at
from landscapes.data.line import Line
from landscapes.data.losses import REGRESSION
from landscapes.data.split import MIN_TRAINING_ROWS, split
from landscapes.landscape import losses_along
from tests.landscapes.test_data import LINES, ONE, own

SHARES = (0.01, 0.2, 0.5, 0.9, 0.98)


def points(table):
    """The rows of a table with one feature, sorted."""
    return sorted(zip(table.x[:, 0].tolist(), table.y.tolist(), strict=True))


@pytest.mark.parametrize("slug", LINES)
def test_every_row_is_trained_on_or_held_out(slug):
    table = Line(data=slug).table
    before = points(table)
    for share in SHARES:
        training, held = split(table, share)
        assert training.rows == max(MIN_TRAINING_ROWS, int(table.rows * (1 - share)))  # Keras's count
        assert sorted(points(training) + points(held)) == points(table)
        assert len(set(training.x[:, 0])) > 1
        assert not set(points(training)) - set(before), "more is held out of what was trained on"
        before = points(training)


def test_nothing_is_held_out_at_first():
    table = Line().table
    assert split(table, 0.0) == (table, None)
    assert Line().validation is None


@pytest.mark.parametrize("count", [3, 4, 5])
def test_a_small_table_keeps_two_rows_that_differ(count):
    table = own(np.array([[1.0]] * (count - 1) + [[2.0]]), np.arange(count, dtype=float))
    training, held = split(table, 0.98)
    assert (training.rows, held.rows) == (2, count - 2)
    assert set(training.x[:, 0]) == {1.0, 2.0}


@pytest.mark.parametrize("loss", REGRESSION)
@pytest.mark.parametrize("standardise", [True, False])
def test_both_losses_are_means_over_their_rows(loss, standardise):
    surface = Line(data="galton", loss=loss, standardise=standardise, validation_split=0.3)
    training, held = split(surface.table, 0.3)
    centre, deviation = (training.x.mean(), training.x.std()) if standardise else (0.0, 1.0)
    w, b = 3.1, 60.0
    for half, rows in ((surface, training), (surface.validation, held)):
        errors = w * (rows.x[:, 0] - centre) / deviation + b - rows.y
        by_hand = math.fsum(map(ONE[loss], errors)) / rows.rows
        assert losses_at(half, [(w, b)])[0] == pytest.approx(by_hand, rel=1e-12)


@pytest.mark.parametrize("loss", REGRESSION)
@pytest.mark.parametrize("slug", LINES)
@pytest.mark.parametrize("share", SHARES)
def test_the_minimum_is_that_of_the_rows_trained_on(slug, loss, share):
    surface = Line(data=slug, loss=loss, validation_split=share)
    (best,) = surface.minima
    around = [np.array(best) + 1e-3 * surface.scale * np.array([math.cos(a), math.sin(a)]) for a in range(7)]
    lowest = losses_at(surface, [best])[0]
    assert lowest <= losses_at(surface, around).min() + 1e-9 * surface.scale
    assert all(low < value < high for value, (low, high) in zip(best, surface.domain, strict=True))
    if surface.sample_count == MIN_TRAINING_ROWS and loss == "mse":
        assert lowest < 1e-20 * surface.scale**2, "a line goes through any two points"


def test_one_s_own_rows_are_all_kept():
    x = np.arange(8.0)[:, None]
    surface = Line.through(own(x, x[:, 0] ** 2), validation_split=0.5)
    assert (surface.sample_count, surface.validation.sample_count, surface.table.rows) == (4, 4, 8)
    assert surface.replace(validation_split=0.0) == Line.through(own(x, x[:, 0] ** 2))


def test_more_held_out_is_another_landscape():
    assert Line(validation_split=0.5) != Line(validation_split=0.6)
    assert Line(validation_split=0.5) == Line(validation_split=0.5)
    for wrong in (-0.1, 1.0, math.nan):
        with pytest.raises(ValueError, match="`validation_split` must be"):
            Line(validation_split=wrong)


@pytest.mark.parametrize("length", [1, 2, 255, 256, 257, 1001])
def test_the_losses_along_a_path(length):
    surface = Line()
    positions = np.random.default_rng(0).normal(size=(length, 2))
    np.testing.assert_array_equal(losses_along(surface, positions), losses_at(surface, positions))
