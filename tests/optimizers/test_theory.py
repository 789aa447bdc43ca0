"""What the papers prove about each method holds for the numbers: rates, edges, invariances, closed forms."""

import jax.numpy as jnp
import numpy as np
import pytest

from landscapes import LANDSCAPES, Landscape
from optimizers import OPTAX, SGD, Adagrad, Adam, RMSprop, descend
from optimizers.stability import stable_limit
from records import record, slider

BOWL = LANDSCAPES["bowl"]
METHODS = {
    "plain": SGD(),
    "momentum 0.5": SGD(momentum=0.5),
    "momentum 0.9": SGD(momentum=0.9),
    "nesterov 0.5": SGD(momentum=0.5, nesterov=True),
    "nesterov 0.9": SGD(momentum=0.9, nesterov=True),
    "optimistic": OPTAX["optimistic"](),
    "optimistic 0.3": OPTAX["optimistic"](alpha=0.7, beta=0.3),
}


@record
class ScaledBowl(Landscape):
    """A bowl with all its losses multiplied."""

    scale: float = slider(1.0, 0.001, 1000, above=0)
    domain = ((-3.0, 3.0), (-3.0, 3.0))
    start = (1.5, 2.6)
    minima = ((0.0, 0.0),)

    def __call__(self, xy):
        return self.scale * (5 * xy[0] ** 2 + xy[0] * xy[1] + xy[1] ** 2)


@pytest.mark.parametrize("rate", [0.01, 0.05, 0.1, 0.15])
def test_descent_contracts_by_one_minus_rate_times_curvature(rate):
    """Closed form on a quadratic: x_t = (1 − ηλ)^t x_0 (Goh, 2017)."""
    path = descend(BOWL(condition=10), SGD(rate), start=(1.5, 2.6), steps=60)
    factors = 1 - rate * np.array([10.0, 1.0])
    expected = np.array([1.5, 2.6]) * factors ** np.arange(61)[:, None]
    np.testing.assert_allclose(path.positions, expected, rtol=1e-12, atol=1e-15)


def test_momentum_follows_its_matrix_power():
    """On curvature λ, (velocity, x) is multiplied by [[β, −ηλ], [β, 1 − ηλ]] at each step (Goh, 2017)."""
    rate, beta, curvature = 0.03, 0.8, 10.0
    path = descend(BOWL(condition=curvature), SGD(rate, momentum=beta), start=(1.5, 2.6), steps=60)
    step = np.array([[beta, -rate * curvature], [beta, 1 - rate * curvature]])
    expected = [(np.linalg.matrix_power(step, t) @ [0.0, 1.5])[1] for t in range(61)]
    np.testing.assert_allclose(path.positions[:, 0], expected, rtol=0, atol=1e-14)


@pytest.mark.parametrize(
    ("optimizer", "limit", "formula"),
    [
        (SGD(), 2 / 5, "2/λ"),
        (SGD(momentum=0.9), 2 * 1.9 / 5, "2(1+β)/λ"),
        (SGD(momentum=0.9, nesterov=True), 2 * 1.9 / (2.8 * 5), "2(1+β)/((1+2β)λ)"),
        (OPTAX["optimistic"](), 2 / (3 * 5), "2/((α+2β)λ)"),
    ],
    ids=["plain", "momentum", "nesterov", "optimistic"],
)
def test_stable_limit_is_the_formula(optimizer, limit, formula):
    assert stable_limit(optimizer, 5.0) == (pytest.approx(limit, rel=1e-15), formula)


@pytest.mark.parametrize("method", METHODS.values(), ids=METHODS)
@pytest.mark.parametrize("curvature", [1, 10, 40])
def test_the_edge_from_both_sides(method, curvature):
    limit, _ = stable_limit(method, float(curvature))
    surface = BOWL(condition=curvature)
    below = descend(surface, method.replace(learning_rate=0.99 * limit), start=(1.5, 0), steps=4096)
    above = descend(surface, method.replace(learning_rate=1.01 * limit), start=(1.5, 0), steps=4096)
    assert below.losses[-1] < 1e-20 * below.losses[0]
    assert above.losses[-1] > 1e5 * above.losses[0]


@pytest.mark.parametrize("optimizer", [Adagrad(), RMSprop(), Adam()], ids=lambda optimizer: optimizer.title)
def test_no_limit_for_methods_that_divide_by_the_gradient(optimizer):
    assert stable_limit(optimizer, 5.0) is None


@pytest.mark.parametrize("curvature", [0.0, -2.0, float("nan")])
def test_no_limit_where_nothing_curves_up(curvature):
    assert stable_limit(SGD(), curvature) is None


@pytest.mark.parametrize(
    "optimizer",
    [
        Adam(0.05, epsilon=0),
        RMSprop(0.05, epsilon=0),
        Adagrad(0.05, epsilon=0, initial_accumulator_value=0),
    ],
    ids=lambda optimizer: optimizer.title,
)
def test_scale_of_the_loss_does_not_matter(optimizer):
    """At ε = 0; a power of four, so that every root and quotient rounds alike: equal bit for bit."""
    paths = [descend(ScaledBowl(scale), optimizer, steps=40).positions for scale in (1, 4, 256)]
    np.testing.assert_array_equal(paths[0], paths[1])
    np.testing.assert_array_equal(paths[0], paths[2])


def test_scale_of_the_loss_matters_to_descent():
    paths = [descend(ScaledBowl(scale), SGD(0.01), steps=40).positions for scale in (1, 4)]
    assert np.abs(paths[0] - paths[1]).max() > 0.1


def rotation_defect(optimizer, degrees=30):
    """How far the path in a turned bowl is from the turned path."""
    angle = np.deg2rad(degrees)
    turn = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    straight = descend(BOWL(rotation=0), optimizer, start=(1.5, 2.6), steps=100).positions
    turned = descend(BOWL(rotation=degrees), optimizer, start=turn @ [1.5, 2.6], steps=100).positions
    return np.abs(turned - straight @ turn.T).max()


@pytest.mark.parametrize("optimizer", METHODS.values(), ids=METHODS)
def test_descent_commutes_with_rotation(optimizer):
    assert rotation_defect(optimizer) < 1e-13


@pytest.mark.parametrize("optimizer", [Adagrad(0.1), RMSprop(0.05), Adam(0.05)], ids=lambda optimizer: optimizer.title)
def test_a_rate_for_each_coordinate_does_not(optimizer):
    assert rotation_defect(optimizer) > 0.05


def test_adagrad_steps_fade_as_one_over_root_t():
    """On a steady gradient of any size the t-th step is η/√t."""
    adagrad = Adagrad(epsilon=0, initial_accumulator_value=0)
    gradient, point = jnp.array([3.0, -0.02]), jnp.zeros(2)
    state = adagrad.init(point)
    for t in range(1, 50):
        new, state = adagrad.update(gradient, state, point, 0.1)
        np.testing.assert_allclose(new - point, [-0.1 / np.sqrt(t), 0.1 / np.sqrt(t)], rtol=1e-13)
        point = new


def test_adams_first_step_is_the_rate_whatever_the_gradient():
    path = descend(BOWL(condition=100), Adam(0.05, epsilon=0), start=(1.5, -2.6), steps=1)
    np.testing.assert_allclose(path.positions[1] - path.positions[0], [-0.05, 0.05], rtol=1e-12)


def test_amsgrad_never_forgets_the_largest_moment():
    path = descend(LANDSCAPES["rosenbrock"](), Adam(0.05, amsgrad=True), steps=200)
    largest = path.slots["max_second_moment"]
    assert (np.diff(largest, axis=0) >= 0).all()
    np.testing.assert_array_equal(largest, np.maximum.accumulate(path.slots["second_moment"]))
    assert (largest > path.slots["second_moment"]).any()


def test_an_update_is_elementwise():
    """The same rule serves a point and a network's weights: each entry moves as if alone."""
    for optimizer in (SGD(momentum=0.9), Adagrad(), RMSprop(centered=True), Adam()):
        weights, slopes = jnp.linspace(-1, 1, 7), jnp.linspace(2, -1, 7)
        moved, _ = optimizer.update(slopes, optimizer.init(weights), weights, 0.1)
        alone = [optimizer.update(g, optimizer.init(p), p, 0.1)[0] for p, g in zip(weights, slopes, strict=True)]
        np.testing.assert_allclose(moved, np.array(alone), rtol=1e-15)
