"""Losses on data, row by row in plain Python; best fits against the textbook and against scipy."""

import csv
import math
from pathlib import Path

import jax
import numpy as np
import pytest
import scipy.optimize

from landscapes import LANDSCAPES, losses_at, stationary_points
from landscapes.data.best_fit import least_absolute, least_huber, least_squares, most_likely
from landscapes.data.line import CHOICES, Line
from landscapes.data.losses import REGRESSION
from landscapes.data.samples import MIN_PADDED_ROWS
from landscapes.data.tables import TABLES, Table, table

FOLDER = Path(__file__).parents[2] / "landscapes" / "data" / "tables"
LINES = [slug for slug in CHOICES if slug != "own"]
POINT = (0.7, -1.3)

ONE = {
    "mse": lambda error: error**2,
    "mae": abs,
    "huber": lambda error: 0.5 * error**2 if abs(error) <= 1 else abs(error) - 0.5,
}


def read(slug):
    """A table as plain rows of floats, read by the csv module."""
    with (FOLDER / f"{slug}.csv").open(encoding="utf-8") as file:
        return [tuple(map(float, row)) for row in list(csv.reader(file))[1:]]


def own(x, y, classes=None):
    """A table of somebody's own."""
    features = tuple(f"x{i}" for i in range(x.shape[1]))
    return Table("own", "Own", "Own.", "Own", features, "y", x, y, classes)


@pytest.mark.parametrize("loss", REGRESSION)
@pytest.mark.parametrize("slug", [slug for slug in LINES if slug in TABLES])
def test_the_loss_of_a_line_is_the_mean_over_the_rows(slug, loss):
    w, b = POINT
    rows = read(slug)
    by_hand = math.fsum(ONE[loss](w * x + b - y) for x, y in rows) / len(rows)
    surface = Line(data=slug, loss=loss, standardise=False)
    assert losses_at(surface, [POINT])[0] == pytest.approx(by_hand, rel=1e-13)
    assert surface.sample_count == len(rows)


def test_the_loss_of_a_classifier_is_minus_the_mean_log_probability():
    rows = read("penguins")
    x, y, _ = (math.fsum(column) / len(rows) for column in zip(*rows, strict=True))
    surface = LANDSCAPES["classifier"](standardise=False)

    def surprise(first, second, kind):
        probability = 1 / (1 + math.exp(-(0.3 * (first - x) + 0.002 * (second - y))))
        return -math.log(probability if kind else 1 - probability)

    by_hand = math.fsum(surprise(*row) for row in rows) / len(rows)
    assert losses_at(surface, [(0.3, 0.002)])[0] == pytest.approx(by_hand, rel=1e-12)


def test_the_loss_with_a_rare_feature():
    surface = LANDSCAPES["rare_feature"](share=0.1)
    rows = surface.samples.table
    assert (rows.x[:, 1] != 0).sum() == 20
    by_hand = math.fsum((0.7 * a - 1.3 * b - y) ** 2 for (a, b), y in zip(rows.x, rows.y, strict=True)) / rows.rows
    assert losses_at(surface, [POINT])[0] == pytest.approx(by_hand, rel=1e-13)


@pytest.mark.parametrize("loss", REGRESSION)
@pytest.mark.parametrize("slug", LINES)
def test_a_line_costs_the_same_however_the_feature_is_scaled(slug, loss):
    standard, raw = (Line(data=slug, loss=loss, standardise=standardise) for standardise in (True, False))
    for one, other in (("minima", "minima"), ("start", "start")):
        points = [np.ravel(getattr(surface, name)) for surface, name in ((standard, one), (raw, other))]
        losses = [losses_at(surface, [point])[0] for surface, point in zip((standard, raw), points, strict=True)]
        assert losses[0] == pytest.approx(losses[1], rel=2e-2 if one == "start" else 1e-9)


def test_a_standardised_feature_makes_a_round_bowl_and_a_raw_one_a_ravine():
    """Hessian 2·I, whatever the data; for x of mean m and deviation s, κ is about (m² + 1)²/s²."""
    for slug in LINES:
        (point,) = stationary_points(Line(data=slug))
        np.testing.assert_allclose(point.eigenvalues, 2, rtol=1e-12)
    (ravine,) = stationary_points(Line(data="galton", standardise=False))
    assert ravine.eigenvalues[1] / ravine.eigenvalues[0] > 1e6


@pytest.mark.parametrize("slug", [slug for slug in LINES if slug in TABLES])
def test_least_squares_is_the_closed_form(slug):
    """w = cov(x, y)/var(x), b = ȳ − w·x̄ (Legendre, 1805)."""
    x, y = np.transpose(read(slug))
    w = ((x - x.mean()) * (y - y.mean())).sum() / ((x - x.mean()) ** 2).sum()
    surface = Line(data=slug, standardise=False)
    np.testing.assert_allclose(surface.minima, [(w, y.mean() - w * x.mean())], rtol=1e-10)


@pytest.mark.parametrize("slug", LINES)
def test_least_absolute_is_the_linear_program(slug):
    """Minimise Σ(up + down) with w·x + b + up − down = y; the least loss is unique, though its place may not be."""
    surface = Line(data=slug, loss="mae", scatter=2.0)
    rows, targets = surface.standard_rows(), surface.samples.targets[: surface.sample_count]
    count = len(rows)
    equal = np.hstack([rows, np.eye(count), -np.eye(count)])
    bounds = [(None, None)] * 2 + [(0, None)] * (2 * count)
    least = scipy.optimize.linprog(np.r_[0, 0, np.ones(2 * count)], A_eq=equal, b_eq=targets, bounds=bounds).fun
    assert losses_at(surface, surface.minima)[0] == pytest.approx(least / count, rel=1e-9)


@pytest.mark.parametrize("seed", range(20))
def test_best_fits_of_random_data_cannot_be_improved(seed):
    """Nowhere around is the loss lower; and none of them is the start."""
    draw = np.random.default_rng(seed)
    rows = np.column_stack([draw.normal(size=30), np.ones(30)])
    targets = rows @ draw.normal(size=2) + draw.standard_cauchy(30)
    fits = {"mse": least_squares(rows, targets), "mae": least_absolute(rows, targets)}
    fits["huber"] = least_huber(rows, targets, 1.0)
    for loss, best in fits.items():
        mean = lambda theta, one=ONE[loss]: np.mean([one(error) for error in rows @ theta - targets])  # noqa: E731
        around = [best + 1e-4 * np.array([math.cos(angle), math.sin(angle)]) for angle in np.linspace(0, 6.2, 40)]
        assert mean(best) <= min(map(mean, around)) + 1e-12


def test_the_most_likely_classifier_is_where_its_slope_is_zero():
    surface = LANDSCAPES["classifier"]()
    slope = jax.grad(surface)(np.array(surface.minima[0]))
    np.testing.assert_allclose(slope, 0, atol=1e-12)


def test_classes_that_a_line_parts_have_no_best_classifier():
    with pytest.raises(ValueError, match="parts the two classes without a miss"):
        most_likely(np.array([[-1.0, 0], [-2.0, 1], [1.0, 0], [2.0, -1]]), np.array([0.0, 0, 1, 1]))


def test_a_table_of_ones_own():
    x = np.array([[1.0], [2.0], [4.0], [7.0]])
    surface = Line.through(own(x, np.array([3.0, 5.0, 9.0, 15.0])), standardise=False)
    np.testing.assert_allclose(surface.minima, [(2, 1)], atol=1e-12)
    assert surface.replace(standardise=True).samples.table is surface.samples.table
    with pytest.raises(ValueError, match="a link does not hold the data"):
        Line(data="own")


def test_padding_is_never_seen():
    """Eleven rows in sixty-four places: what stands in the others cannot matter."""
    surface = Line(data="anscombe_1")
    assert (len(surface.samples.present), surface.sample_count) == (MIN_PADDED_ROWS, 11)
    assert float(surface(POINT)) == pytest.approx(np.asarray(surface.sample_losses(POINT))[:11].mean(), rel=1e-14)


def test_equal_by_content_and_other_data_are_another_landscape():
    assert Line(data="galton") == Line(data="galton")
    assert hash(Line(scatter=1.0)) == hash(Line(scatter=1.0))
    assert Line(data="made_up", scatter=1.0) != Line(data="made_up", scatter=1.1)
    assert Line(data="anscombe_1") != Line(data="anscombe_3")
    assert Line() != Line(loss="mae")


def test_the_made_up_points_lie_as_far_off_their_line_as_was_asked():
    exact = Line(data="made_up", scatter=0.0, standardise=False)
    np.testing.assert_allclose(exact.minima, [(2, 1)], atol=1e-12)
    assert losses_at(exact, exact.minima)[0] == pytest.approx(0, abs=1e-20)
    assert table("old_faithful").rows == 272
