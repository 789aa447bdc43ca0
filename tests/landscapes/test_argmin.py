"""Losses, slopes and curvatures against argmin's test functions: Rust, derivatives by hand, nothing shared with us."""

import argmin_testfunctions_py as argmin
import jax
import numpy as np
import pytest

from landscapes import LANDSCAPES, losses_at

THEIRS = {
    "rosenbrock": "rosenbrock",
    "beale": "beale",
    "booth": "booth",
    "matyas": "matyas",
    "mccormick": "mccormick",
    "goldstein_price": "goldsteinprice",
    "easom": "easom",
    "himmelblau": "himmelblau",
    "three_hump_camel": "threehumpcamel",
    "styblinski_tang": "styblinski_tang",
    "rastrigin": "rastrigin",
    "ackley": "ackley",
    "eggholder": "eggholder",
    "bukin": "bukin_n6",
    "cross_in_tray": "cross_in_tray",
    "holder_table": "holder_table",
    "schaffer": "schaffer_n2",
}
"""Not Levy: argmin's differs from the published function (Surjanovic and Bingham, 2013)."""


@pytest.mark.parametrize("slug", THEIRS)
def test_the_same_function_as_argmins(slug):
    surface, name = LANDSCAPES[slug](), THEIRS[slug]
    low, high = np.transpose(surface.domain)
    points = np.random.default_rng(0).uniform(low, high, (200, 2))
    pairs = {
        name: losses_at(surface, points),
        f"{name}_derivative": jax.vmap(jax.grad(surface))(points),
        f"{name}_hessian": jax.vmap(jax.hessian(surface))(points),
    }
    for function, ours in pairs.items():
        theirs = np.array([getattr(argmin, function)(list(xy)) for xy in points])
        np.testing.assert_allclose(ours, theirs, rtol=1e-9, atol=1e-12 * np.abs(theirs).max())
