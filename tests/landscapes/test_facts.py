"""What a landscape says of itself is true, at every setting: a wrong fact teaches a wrong thing."""

import jax
import numpy as np
import pytest
from settings import SETTINGS

from landscapes import FAMILIES, LANDSCAPES, grid, losses_at
from optimizers import SGD, descend

surfaces = pytest.mark.parametrize("surface", SETTINGS.values(), ids=SETTINGS)
with_minima = pytest.mark.parametrize(
    "surface",
    [surface for surface in SETTINGS.values() if surface.minima],
    ids=[name for name, surface in SETTINGS.items() if surface.minima],
)
with_smooth_minima = pytest.mark.parametrize(
    "surface",
    [surface for surface in SETTINGS.values() if surface.minima and surface.smooth],
    ids=[name for name, surface in SETTINGS.items() if surface.minima and surface.smooth],
)
with_saddles = pytest.mark.parametrize(
    "surface",
    [surface for surface in SETTINGS.values() if surface.saddles],
    ids=[name for name, surface in SETTINGS.items() if surface.saddles],
)


@jax.jit
def curvatures(surface, points):
    """Gradients (n, 2) and Hessians (n, 2, 2) at points (n, 2)."""
    return jax.vmap(lambda xy: (jax.grad(surface)(xy), jax.hessian(surface)(xy)))(points)


def checked(surface, points):
    """Hessian eigenvalues (n, 2), ascending, of points that are stationary and stated to 1e-6."""
    gradients, hessians = map(np.asarray, curvatures(surface, np.array(points)))
    newton = np.linalg.solve(hessians, gradients[..., None])[..., 0]
    assert np.abs(gradients).max() < 1e-6
    assert np.abs(newton).max() < 1e-6
    return np.linalg.eigvalsh(hessians)


@pytest.mark.parametrize("slug", LANDSCAPES)
def test_story_is_told(slug):
    surface = LANDSCAPES[slug]()
    for fact in (surface.title, surface.formula, surface.story, surface.source):
        assert fact
        assert fact == fact.strip()
    assert surface.story.endswith(".")
    assert surface.source[-4:].isdigit()


def test_families_follow_one_another():
    families = [FAMILIES.index(landscape.family) for landscape in LANDSCAPES.values()]
    assert families == sorted(families)


def test_titles_are_told_apart():
    assert len({landscape.title for landscape in LANDSCAPES.values()}) == len(LANDSCAPES)


@pytest.mark.parametrize("slug", LANDSCAPES)
def test_start_is_in_the_domain(slug):
    surface = LANDSCAPES[slug]()
    for coordinate, (low, high) in zip(surface.start, surface.domain, strict=True):
        assert low < coordinate < high


@pytest.mark.parametrize("slug", LANDSCAPES)
def test_facts_by_default_are_in_the_domain(slug):
    surface = LANDSCAPES[slug]()
    low, high = np.transpose(surface.domain)
    for point in (*surface.minima, *surface.saddles):
        assert (low <= np.array(point)).all()
        assert (np.array(point) <= high).all()


def test_only_the_bottomless_fall_has_no_minimum():
    without = [name for name, surface in SETTINGS.items() if not surface.minima]
    assert without == ["monkey_saddle-floor=0"]


@with_smooth_minima
def test_minima_are_minima(surface):
    assert (checked(surface, surface.minima) > 0).all()


@with_minima
@pytest.mark.parametrize("part", [1e-5, 1e-4, 1e-3])
def test_all_around_a_minimum_the_loss_is_higher(surface, part):
    """At kinks too, where no curvature says so; but a least absolute fit may be one of many (a median is)."""
    angles = np.linspace(0, 2 * np.pi, 16, endpoint=False)
    ring = part * np.ptp(surface.domain[0]) * np.column_stack([np.cos(angles), np.sin(angles)])
    around = losses_at(surface, np.array(surface.minima)[:, None] + ring).reshape(-1, len(ring))
    lowest = losses_at(surface, surface.minima)[:, None]
    many = surface.convex and not surface.smooth
    assert (around >= lowest * (1 - 1e-14) if many else around > lowest).all()


@pytest.mark.parametrize("slug", LANDSCAPES)
def test_slopes_are_numbers_wherever_a_map_or_a_list_points(slug):
    """Roots and absolute values have points without a slope; a gradient there must not be NaN."""
    surface = LANDSCAPES[slug]()
    x, y, _ = grid(surface, 41)
    points = [*np.stack(np.meshgrid(x, y), axis=-1).reshape(-1, 2), *surface.minima, *surface.saddles, (0, 0), (0, 1)]
    for numbers in curvatures(surface, np.array(points)):
        assert np.isfinite(numbers).all()


@with_saddles
def test_saddles_go_up_one_way_and_down_the_other(surface):
    low, high = checked(surface, surface.saddles).T
    assert (low < 0).all()
    assert (high > 0).all()


@surfaces
def test_no_point_is_listed_twice(surface):
    points = np.array([*surface.minima, *surface.saddles]).reshape(-1, 2)
    distances = np.hypot(*(points[:, None] - points[None]).transpose(2, 0, 1)) + 10 * np.eye(len(points))
    assert (distances > 1e-3).all()


@with_minima
def test_global_minima_come_first_and_none_is_lower(surface):
    lowest = surface.global_minima
    assert lowest
    assert lowest == surface.minima[: len(lowest)]
    losses = losses_at(surface, surface.minima)
    assert np.ptp(losses[: len(lowest)]) < 1e-8
    assert (losses[len(lowest) :] > losses[0] + 1e-8).all()


@with_minima
def test_nothing_on_the_map_is_below_the_global_minimum(surface):
    lowest = losses_at(surface, surface.global_minima).min()
    assert grid(surface, 201)[2].min() >= lowest - 1e-9 * (1 + abs(lowest))


def test_without_minima_there_is_no_global_one():
    assert LANDSCAPES["monkey_saddle"](floor=0).global_minima == ()


def test_equal_wells_are_both_global():
    assert len(LANDSCAPES["double_well"](tilt=0).global_minima) == 2
    assert [np.sign(LANDSCAPES["double_well"](tilt=tilt).minima[0][0]) for tilt in (0.3, -0.3)] == [-1, 1]


def test_the_tilt_can_leave_a_single_well():
    surface = LANDSCAPES["double_well"](barrier=0.1, tilt=1)
    assert (len(surface.minima), surface.saddles) == (1, ())


def test_the_monkey_saddles_centre_has_no_curvature_at_all():
    gradients, hessians = curvatures(LANDSCAPES["monkey_saddle"](), np.zeros((1, 2)))
    assert not np.any(gradients)
    assert not np.any(hessians)


@pytest.mark.parametrize("momentum", [0, 0.9])
@pytest.mark.parametrize("slug", LANDSCAPES)
def test_the_story_does_not_blow_up(slug, momentum):
    surface = LANDSCAPES[slug]()
    path = descend(surface, SGD(surface.learning_rate, momentum=momentum), steps=1000)
    assert path.outcome.kind != "diverged"
    assert path.losses.min() < path.losses[0]


def test_the_cliff_throws_plain_descent_off_the_map():
    surface = LANDSCAPES["cliff"]()
    assert descend(surface, SGD(surface.learning_rate)).positions[:, 0].min() < surface.domain[0][0]


@pytest.mark.parametrize(
    "slug", ["double_well", "three_hump_camel", "goldstein_price", "six_hump_camel", "wells", "levy"]
)
def test_momentum_leaves_the_valley_that_holds_plain_descent(slug):
    surface = LANDSCAPES[slug]()
    kinds = [descend(surface, SGD(surface.learning_rate, momentum=beta), steps=300).outcome.kind for beta in (0, 0.9)]
    assert kinds == ["local_minimum", "converged"]


def test_a_fixed_step_never_rests_at_a_kink():
    surface = LANDSCAPES["ravine"]()
    path = descend(surface, SGD(surface.learning_rate), steps=1000)
    assert np.abs(path.gradients[-1]).tolist() == [1, surface.kappa]
    assert path.losses[-1] > 0.01


def test_rastrigin_has_a_hundred_and_twenty_wrong_answers():
    surface = LANDSCAPES["rastrigin"]()
    assert (len(surface.minima), len(surface.global_minima)) == (121, 1)
