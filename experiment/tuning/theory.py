"""The theory of the tuning map, where it applies: stability edge, best settings, and the regime of each cell."""

from typing import Any

import numpy as np

from experiment.race.settings import Settings
from experiment.tuning.tuned import axes, noisy, optimizer_of
from optimizers import SGD
from optimizers.stability import stable_limit
from studies import TuningMap
from studies.quadratic import (
    REGIMES,
    Quadratic,
    best_settings,
    holds,
    quadratic,
    regime_along,
    seen_regime,
    stability_edge,
    together,
)

PLANE = {"learning_rate", "momentum"}
"""The two fields for which the theory can be drawn."""


def spoken_of(settings: Settings) -> tuple[SGD, Quadratic] | None:
    """The tuned racer's optimizer and the landscape's curvatures, where the theory applies to the map; else None.

    It applies to quadratics only, without noise and schedule, and to the two fields of PLANE.
    """
    landscape, optimizer = settings.landscape, optimizer_of(settings)
    curvatures = quadratic(landscape)
    if curvatures is None or not isinstance(optimizer, SGD) or set(axes(settings)) != PLANE:
        return None
    return (optimizer, curvatures) if holds(landscape, optimizer, noisy(settings)) else None


def theory(settings: Settings, plane: TuningMap) -> dict[str, Any] | None:
    """The stability edge on the map, its formula, and the best place; None where the theory does not apply."""
    speaks = spoken_of(settings)
    if speaks is None:
        return None
    optimizer, curvatures = speaks
    upright = axes(settings)[0] == "momentum"
    momenta = plane.x if upright else plane.y
    fine = np.linspace(momenta[0], momenta[-1], 129)
    ideal, limit = (
        best_settings(curvatures, nesterov=optimizer.nesterov),
        stable_limit(optimizer.replace(momentum=0.5), curvatures.largest),
    )
    rates = stability_edge(optimizer, curvatures, fine)
    points = zip(fine, rates, strict=True) if upright else zip(rates, fine, strict=True)
    place = [ideal.learning_rate, ideal.momentum]
    return {
        "edge": [list(map(float, point)) for point in points],
        "formula": limit[1] if limit else "",
        "best": place[::-1] if upright else place,
    }


def regimes(settings: Settings, plane: TuningMap) -> np.ndarray:
    """The regime of each cell as an index of REGIMES, (m, n) int.

    It follows from the eigenvalues where the theory applies, else from the turns of the computed path.
    """
    speaks = spoken_of(settings)
    if speaks is not None:
        optimizer, curvatures = speaks
        tried = optimizer.replace_unchecked(**dict(zip(axes(settings), np.meshgrid(plane.x, plane.y), strict=True)))
        return together(*(regime_along(tried, curvature) for curvature in curvatures))
    turns = np.zeros((*plane.kind.shape, 2)) if plane.turns is None else plane.turns
    by_path = seen_regime(turns, np.where(plane.steps >= 0, plane.steps, settings.steps))
    return np.where(plane.kind == "diverged", REGIMES.index("diverging"), by_path)
