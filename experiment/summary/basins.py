"""Basins in words: the names of the minima, and one sentence on where two racers get."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from caching import cached
from experiment.race.settings import Settings
from experiment.words import listed, percent
from landscapes import Landscape, losses_at
from landscapes.landscape import diagonal
from landscapes.minima import SAME
from studies import DIVERGED, Basins, known_minima
from studies.basins.basin_difference import difference, is_best


@cached(64)
def lowest_minima(landscape: Landscape) -> np.ndarray:
    """Whether each of the known minima is global, or, where none is listed, among the lowest found: (k,) bool."""
    minima = known_minima(landscape)
    if not len(minima):
        return np.zeros(0, dtype=bool)
    if landscape.global_minima:
        gaps = minima[:, None] - np.asarray(landscape.global_minima)
        return (np.hypot(gaps[..., 0], gaps[..., 1]) < SAME * diagonal(landscape)).any(axis=1)
    losses = losses_at(landscape, minima)
    return losses <= losses.min() + 1e-6 * max(np.ptp(losses), abs(losses.min()), 1e-300)


def goal(landscape: Landscape) -> str:
    """The name of the best minima in a sentence."""
    one = lowest_minima(landscape).sum() == 1
    if landscape.global_minima and landscape.lowest == "everywhere":
        return "the global minimum" if one else "a global minimum"
    return "the lowest minimum found" if one else "one of the lowest minima found"


def minima_labels(landscape: Landscape) -> list[dict[str, Any]]:
    """The known minima for the maps: of each its place, its label, and whether it is one of the best."""
    lead = "global minimum" if landscape.global_minima and landscape.lowest == "everywhere" else "lowest minimum found"
    alone = lowest_minima(landscape).sum() == 1
    return [
        {
            "xy": [float(f"{x:.7g}"), float(f"{y:.7g}")],
            "label": lead if top and alone else f"{lead if top else 'local minimum'} {_place(x, y)}",
            "best": bool(top),
        }
        for (x, y), top in zip(known_minima(landscape), lowest_minima(landscape), strict=True)
    ]


def _place(x: float, y: float) -> str:
    return f"({round(x, 2) + 0:g}, {round(y, 2) + 0:g})".replace("-", "−")


def basins_sentence(settings: Settings, one: Basins, other: Basins) -> str:
    """One sentence on two racers: how often each reaches the best minimum, how often only one does, and diverges."""
    names = [racer.name for racer in settings.racers[:2]]
    top = lowest_minima(settings.landscape)
    if not len(top):
        return "No minimum is known here, so no start leads to one."
    there = [is_best(map.index, top) for map in (one, other)]
    ends = difference(one.index, other.index, top)
    alone = [(ends == end).mean() for end in (1, 0)]
    clauses = [
        _reaching(names, [reached.mean() for reached in there], not any(alone), goal(settings.landscape)),
        _alone(names, alone) if min(mask.any() for mask in there) else "",
        _at_different_ones((one.index != other.index)[there[0] & there[1]].sum() / ends.size),
        _diverging(names, [(map.index == DIVERGED).mean() for map in (one, other)]),
    ]
    return "; ".join(clause for clause in clauses if clause) + "."


def _reaching(names: Sequence[str], shares: Sequence[float], same: bool, what: str) -> str:
    if not any(shares):
        return f"Neither {names[0]} nor {names[1]} reaches {what} from any start on this map"
    if same:
        from_all = shares[0] == 1
        whence = "every start" if from_all else f"the same {percent(shares[0])} of the starts"
        return f"{listed(names)} reach {what} from {whence}"
    first = int(shares[1] >= shares[0])
    last = 1 - first
    return f"{names[first]} reaches {what} from {percent(shares[first])} of the starts, {names[last]} from " + (
        percent(shares[last]) if shares[last] else "none"
    )


def _alone(names: Sequence[str], shares: Sequence[float]) -> str:
    pairs = sorted(zip(shares, names, strict=True), reverse=True)
    return ", ".join(f"from {percent(share)} only {name} gets there" for share, name in pairs if share)


def _at_different_ones(share: float) -> str:
    return f"from {percent(share)} they reach different ones" if share else ""


def _diverging(names: Sequence[str], shares: Sequence[float]) -> str:
    if shares[0] and all(share == 1 for share in shares):
        return "both diverge from everywhere"
    return ", ".join(
        f"{name} diverges from {percent(share)}" for name, share in zip(names, shares, strict=True) if share
    )
