"""Theory against computation, on the one surface where theory knows everything."""

import numpy as np
import pytest

from landscapes import LANDSCAPES, from_formula
from optimizers import SGD, Adam, ExponentialDecay, descend
from studies import tuning_map
from studies.quadratic import ALONG, REGIMES, best_settings, holds, quadratic, regime_along, stability_edge, together

BOWL = LANDSCAPES["bowl"](condition=10.0, rotation=20.0)
MOMENTA = np.linspace(0, 0.999, 64)
RATES = np.geomspace(1e-2, 1, 64)


@pytest.mark.parametrize("nesterov", [False, True], ids=["momentum", "Nesterov"])
def test_the_edge_agrees_with_the_computed_region_to_one_cell(nesterov):
    map = tuning_map(BOWL, SGD(nesterov=nesterov), "learning_rate", "momentum", x=RATES, y=MOMENTA, steps=500)
    limits = stability_edge(SGD(nesterov=nesterov), quadratic(BOWL), MOMENTA)
    for row, limit in enumerate(limits):
        computed = int(np.argmax(map.kind[row] == "diverged"))
        assert map.kind[row, computed] == "diverged"
        assert (map.kind[row, computed:] == "diverged").all()
        assert abs(computed - np.searchsorted(RATES, limit)) <= 1


@pytest.mark.parametrize("nesterov", [False, True], ids=["momentum", "Nesterov"])
def test_the_best_settings_agree_with_the_computed_best_cell_to_one_cell(nesterov):
    """After so many steps that the slowest mode is all that is left."""
    ideal = best_settings(quadratic(BOWL), nesterov=nesterov)
    rates = np.linspace(0.5, 1.5, 64) * ideal.learning_rate
    momenta = np.linspace(0, 0.9, 64)
    map = tuning_map(BOWL, SGD(nesterov=nesterov), "learning_rate", "momentum", x=rates, y=momenta, steps=450)
    row, column = np.unravel_index(np.argmin(map.loss), map.loss.shape)
    assert map.loss[row, column] > 0, "it fell below what a float holds"
    assert abs(column - np.searchsorted(rates, ideal.learning_rate)) <= 1
    assert abs(row - np.searchsorted(momenta, ideal.momentum)) <= 1


@pytest.mark.parametrize("nesterov", [False, True], ids=["momentum", "Nesterov"])
def test_with_the_best_settings_the_path_nears_as_the_theory_says(nesterov):
    """The distance falls by √β* at each step; with Nesterov's by 1 − 2/√(3κ + 1). The loss falls by its square."""
    largest, smallest = quadratic(BOWL)
    ideal = best_settings(quadratic(BOWL), nesterov=nesterov)
    path = descend(BOWL, SGD(ideal.learning_rate, ideal.momentum, nesterov=nesterov), steps=300)
    factor = (path.losses[300] / path.losses[200]) ** (1 / 200)
    expected = 1 - 2 / np.sqrt(3 * largest / smallest + 1) if nesterov else np.sqrt(ideal.momentum)
    assert factor == pytest.approx(expected, abs=0.01)


def test_what_is_quadratic():
    assert quadratic(LANDSCAPES["bowl"](condition=7.0)) == pytest.approx((7.0, 1.0))
    assert quadratic(from_formula("3*x**2 + x*y + y**2 - x")) == pytest.approx(
        tuple(np.linalg.eigvalsh([[6, 1], [1, 2]])[::-1])
    )
    assert quadratic(LANDSCAPES["line"]()) is not None
    for other in (LANDSCAPES["rosenbrock"](), from_formula("x**2 - y**2"), from_formula("x**2"), from_formula("x + y")):
        assert quadratic(other) is None


def test_where_the_theory_holds():
    assert holds(BOWL, SGD(momentum=0.9), noisy=False)
    assert not holds(BOWL, SGD(), noisy=True)
    assert not holds(BOWL, SGD(ExponentialDecay()), noisy=False)
    assert not holds(BOWL, Adam(), noisy=False)
    assert not holds(LANDSCAPES["rosenbrock"](), SGD(), noisy=False)


SETTINGS = {
    "monotone": SGD(0.05),
    "rippling": SGD(0.02, momentum=0.9),
    "one coordinate oscillating": SGD(0.15),
    "both coordinates oscillating": SGD(1.3),
    "diverging": SGD(0.21),
}


@pytest.mark.parametrize("name", SETTINGS)
def test_a_regime_is_what_the_path_does(name):
    """Along each axis of a bowl whose axes are the coordinates."""
    flat = 0.9 if name == "both coordinates oscillating" else 1.0
    bowl = from_formula(f"0.5*({1.4 if flat == 0.9 else 10}*x**2 + {flat}*y**2)")
    optimizer = SETTINGS[name]
    bends = quadratic(bowl)
    along = [regime_along(optimizer, bend) for bend in bends]
    assert REGIMES[int(together(*along))] == name
    path = descend(bowl, optimizer, start=(1.5, 2.6), steps=300)
    for axis, regime in enumerate(along):
        signs = np.sign(path.positions[:30, axis])
        flips = (signs[1:] != signs[:-1]).sum()
        expected = {"monotone": flips == 0, "oscillating": flips == 29, "rippling": 0 < flips < 20}
        assert expected.get(ALONG[int(regime)], path.outcome.kind == "diverged")
