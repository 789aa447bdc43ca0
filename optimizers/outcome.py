"""The outcomes of descents that stayed finite: what is around their end, and whether the motion dies out.

`judged` serves one path and many. The sentences are made from its verdict.
"""

import dataclasses
import math
from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np

from caching import cached
from landscapes.landscape import Landscape, diagonal
from landscapes.minima import ARRIVED, SETTLED, is_jump, is_kink, is_lowest, known_minima
from landscapes.stationary import lowest_nearby
from landscapes.surroundings import FLOOR, MINIMUM, PLAIN, SHAPES, SLOPE, Surroundings, surroundings
from optimizers.divergence import loss_bound
from optimizers.optimizer import Optimizer
from optimizers.stability import sharpness, stable_limit, steps_grow
from optimizers.trailing_window import EIGHTH, HALF, WindowStats, window_stats
from optimizers.trajectory import Outcome

HOVERING = 0.15
"""The largest swing around a point of a path that still belongs to it, as a part of the diagonal."""

TINY = 1e-4
"""A mean step shorter than this, as a part of the diagonal, is called very small."""

GENTLE = 1e-5
"""A gradient too small to move a path: over the whole diagonal it loses less than this part of the map's height."""

STILL = 1e-6
"""A path that moves less than this part of the diagonal is at rest."""

FADED = 0.05
"""A learning rate that has fallen below this part of its highest is called faded."""

FARTHEST_SPREADS = 3.0
"""The radius of a noisy path in units of its spread. Of a normal cloud, one point in 8000 is further out."""

MOVING, SADDLE_END, MAXIMUM_END, PLAIN_END, LOCAL, CONVERGED, DIVERGED = range(7)
KINDS = np.array(["still_moving", "saddle", "maximum", "plain", "local_minimum", "converged", "diverged"])
"""The kinds of an `Outcome`, at the indices above."""


class Verdict(NamedTuple):
    """The verdict on n paths: `kind` (n,), indices of KINDS; `place` (n, 2), where each is; `shape` (n,), what is
    around that place, as indices of SHAPES.
    """

    kind: np.ndarray
    place: np.ndarray
    shape: np.ndarray


def judged(landscape: Landscape, eighth: WindowStats, half: WindowStats | None) -> Verdict:
    """The verdict on n paths that stayed finite.

    The window's mean is compared with the stationary point that Newton's method leads to from it. A path that is near
    to it and does not swing far has settled there, whatever is around it. A path that goes back and forth around a
    place that does not move belongs to the minimum anywhere between its turns. That may be at a kink, where no gradient
    leads.

    For noisy paths the last half is tried first. It is judged by its spread, which does not grow with the number of
    steps as the widest swing does.

    Args:
        landscape: the loss that was descended.
        eighth: the statistics of each path's last eighth, arrays over n.
        half: those of the last half if the paths are noisy, else None.
    """
    size, count = diagonal(landscape), len(eighth.swing)
    place, shape = np.array(eighth.centre), np.full(count, SLOPE)
    loss, open_ = np.full(count, math.inf), np.full(count, True)

    def settle(which: np.ndarray, there: Any, what: Any, level: Any) -> None:
        place[which], shape[which], loss[which], open_[which] = there[which], what[which], level[which], False

    if half is not None:
        around = surroundings(landscape, half.centre)
        # the mean of correlated noise is off by up to one spread
        held = (2 * half.spread <= HOVERING * size) & (
            _distance(around.place, half.centre) <= SETTLED * size + half.spread
        )
        settle(held & (around.shape <= FLOOR), around.place, around.shape, around.loss)
    # noise does not rest on a saddle, a maximum or a plain: it only passes there
    possible = SLOPE if half is None else PLAIN
    # net as long as the way: it only goes straight on, through the neighbourhood of the point
    passing = (eighth.net > 2 * ARRIVED * size) & (eighth.net > 0.99 * eighth.travelled)
    here = open_ & ~passing & (eighth.swing <= HOVERING * size)
    # back and forth several times around a place that does not move: then a minimum is anywhere between
    steady = (eighth.travelled >= 4 * eighth.swing) & (eighth.drift <= eighth.swing / 4)
    if here.any():
        around = surroundings(landscape, eighth.centre)
        # a path on its straight way to a point is one whole swing from it at least
        away = _distance(around.place, eighth.centre)
        near = away <= SETTLED * size + eighth.swing / 4
        near |= steady & (away <= SETTLED * size + eighth.swing) & (around.shape <= FLOOR) & (half is None)
        # within the arrival distance and all but standing still, as under a rate that has faded: it is there
        faded = (away + eighth.swing <= ARRIVED * size) & (eighth.net <= 0.1 * ARRIVED * size)
        near |= faded & (around.shape <= FLOOR)
        settle(here & near & (around.shape < possible), around.place, around.shape, around.loss)
        # where nothing pulls, a stationary point may be far away, or everywhere
        quiet = here & open_ & (eighth.swing <= 0.02 * ARRIVED * size)
        quiet &= (around.steep <= GENTLE) & (possible == SLOPE)
        if quiet.any():
            here_itself = surroundings(landscape, eighth.centre, move=False)
            # beside a jump nothing pulls either, but one side may be as low as it gets
            level = np.where(here_itself.shape == SLOPE, PLAIN, here_itself.shape)
            settle(quiet, eighth.centre, level, here_itself.loss)
    kinks = _minima_without_slope(landscape) if (here & open_).any() else np.empty((0, 2))
    if len(kinks):
        at_kinks = _around_kinks(landscape)
        away = np.stack([_distance(kink, eighth.centre) for kink in kinks])
        nearest, distance = np.argmin(away, axis=0), away.min(axis=0)
        caught = distance <= SETTLED * size + np.where(steady, 1.0, 0.25) * eighth.swing
        settle(here & open_ & caught, kinks[nearest], at_kinks.shape[nearest], at_kinks.loss[nearest])
    here &= open_ & steady
    if half is None and here.any() and landscape.hides_kinks:
        # across a kink that is level along, as of |x|, no minimum is listed: look for the lowest place in between
        lowest_there = np.array(eighth.centre)
        lowest_there[here] = lowest_nearby(landscape, eighth.centre[here], eighth.swing[here])
        around = surroundings(landscape, lowest_there, move=False)
        near = _distance(lowest_there, eighth.centre) <= SETTLED * size + eighth.swing
        settle(here & near & (around.shape <= FLOOR), lowest_there, around.shape, around.loss)
    lowest = is_lowest(landscape, loss)
    # a plain that is as low as anything known is a flat optimum
    shape = np.where((shape == PLAIN) & lowest, FLOOR, shape)
    ends = np.array([LOCAL, LOCAL, PLAIN_END, MAXIMUM_END, SADDLE_END, MOVING])
    return Verdict(np.where((shape <= FLOOR) & lowest, CONVERGED, ends[shape]), place, shape)


def _distance(points: np.ndarray, centre: np.ndarray) -> np.ndarray:
    with np.errstate(all="ignore"):
        return np.nan_to_num(np.hypot(*(points - centre).T), nan=math.inf)


def _minima_without_slope(landscape: Landscape) -> np.ndarray:
    """The minima (k, 2) that may be at a kink, for a landscape that has some and for a typed formula, which may."""
    if landscape.smooth and landscape.lowest != "as found":
        return np.empty((0, 2))
    return known_minima(landscape)


@cached(64)
def _around_kinks(landscape: Landscape) -> Surroundings:
    """The surroundings of `_minima_without_slope`: each is a minimum, or a floor where the best fit is not unique."""
    around = surroundings(landscape, _minima_without_slope(landscape), move=False)
    return around._replace(shape=np.where(np.isin(around.shape, (FLOOR, PLAIN)), FLOOR, MINIMUM))


def settled(
    landscape: Landscape,
    optimizer: Optimizer,
    positions: np.ndarray,
    losses: np.ndarray,
    rates: np.ndarray,
    noisy: bool,
    continued: Callable[[], np.ndarray],
) -> Outcome:
    """The outcome of a run that stayed finite.

    Args:
        landscape, optimizer: the loss that was descended, and the method.
        positions: (steps + 1, 2).
        losses: (steps + 1,).
        rates: (steps,).
        noisy: whether batches add noise to the path.
        continued: returns the positions of the same run with more steps. It is called where a claim depends on what the
            motion does next: whether a swing dies out, and whether a rate is too large to rest for good.
    """
    steps, size = len(positions) - 1, diagonal(landscape)
    eighth, half = _stats(positions, EIGHTH), _stats(positions, HALF) if noisy else None
    kinds, places, shapes = judged(landscape, eighth, half)
    kind, place, shape = int(kinds[0]), places[0], int(shapes[0])
    # at rest where the loss slopes: something else balances the gradient
    if kind == MOVING and pulled(optimizer) and eighth.travelled[0] <= STILL * size:
        since = _since(distances(positions, positions[-1]), ARRIVED * size)
        where = "a place where weight decay or regularization balances the slope"
        sentence = f"Rests since step {since} at {where}: no minimum of the loss itself."
        return Outcome("still_moving", since, sentence, 0.0, SHAPES[SLOPE], where)
    if kind == MOVING and eighth.travelled[0] <= STILL * size and rates[-1] <= FADED * rates.max():
        since = _since(distances(positions, positions[-1]), STILL * size)
        where = "a place where the learning rate has faded"
        sentence = (
            f"Rests since step {since} on a slope: the learning rate has fallen to {outward(float(rates[-1])):.2g}."
        )
        return Outcome("still_moving", since, sentence, 0.0, SHAPES[SLOPE], where)
    if kind == MOVING:
        return Outcome("still_moving", steps, _moving_sentence(landscape, positions, losses, rates))
    # from here on the run has a place; what is open is how it stays there
    arrived, away = ARRIVED * size, distances(positions, place)
    window = max(8, steps // EIGHTH)
    if noisy:
        # under a falling rate the radius is that of the end
        falling = rates[-1] < 0.99 * rates[steps // 2]
        spread = float((eighth if falling or half is None else half).spread[0])
        # at a constant rate the cloud begins when the path first is within one spread of the place
        came = len(away) - window if falling else int(np.argmax(away <= spread))
        radius = max(FARTHEST_SPREADS * spread, float(away[came:].max()))
    else:
        radius = float(away[-window:].max())
    # a small swing within the arrival distance counts as rest at a round minimum; across a kink it never ends
    may_be_at_kink = not noisy and not landscape.smooth
    at_kink = may_be_at_kink and bool(len(known_minima(landscape))) and _hovers_for_ever(eighth, size)
    if (
        may_be_at_kink
        and not at_kink
        and radius <= arrived
        and eighth.swing[0] > STILL * size
        and is_kink(landscape, place)
    ):
        at_kink = _hovers_for_ever(_stats(continued(), EIGHTH), size)
    # a swing within the arrival distance counts as rest, except across a kink
    hovers = outward(radius) if radius > arrived or at_kink else 0.0
    since = _since(away, hovers * (1 + 1e-9) or arrived)
    where = _where(landscape, kind, shape, place)
    end = Outcome(str(KINDS[kind]), since, "", hovers, SHAPES[shape], where, (float(place[0]), float(place[1])))
    if is_jump(landscape, positions[-1]):  # rounding decides on which side of the jump a longer run ends
        return _with_sentence(dataclasses.replace(end, so_far=True))
    # nothing holds it along the floor, so no radius would stay true
    if noisy and shape == FLOOR:
        return _with_sentence(dataclasses.replace(end, hovers=0.0, wanders=True))
    limit = stable_limit(optimizer, sharpness(landscape, place)) if steps_grow(optimizer) and shape <= FLOOR else None
    if noisy:
        # only of steps in proportion to the gradient, well below the limit, is one run's spread that of all
        is_by_rate = limit is not None and rates[-1] < 0.75 * limit[0] and radius <= HOVERING * size
        # and only over many times as many steps as the path takes to forget where it was
        if limit is not None and is_by_rate:
            momentum = min(float(getattr(optimizer, "momentum", 0.0)), 0.999)
            memory = 1 / (1 - momentum) + limit[0] / (2 * max(float(rates[-1]), 1e-300))
            is_by_rate = steps / HALF >= 10 * memory
        return _with_sentence(dataclasses.replace(end, so_far=not is_by_rate))
    # stable for good, so no longer run is needed
    if not hovers and limit is not None and rates[-1] < limit[0]:
        return _with_sentence(end)  # at a minimum such steps fade with the slope
    later = distances(continued(), place)
    rest = later[steps + 1 :]
    # the run is as long as a run can be, so there is no longer one to ask
    if not len(rest):
        return _with_sentence(dataclasses.replace(end, so_far=True))
    # compare the last quarter of the further steps with the one before
    quarter = max(1, len(rest) // 4)
    last, before = rest[-quarter:].max(), rest[-2 * quarter : -quarter].max(initial=0.0)
    # at a kink a swing may be wide from the way there alone, and then stay as it is
    bursts = rest.max() > max(1.2 * radius, arrived)
    if hovers and last <= 0.7 * radius and not bursts and not (at_kink and last > 0.95 * before):
        return _with_sentence(dataclasses.replace(end, dies_out=True), steps)
    if hovers:
        # neither fading nor growing: the longer run gives the better radius
        widest = float(later[since:].max())
        if widest <= max(1.5 * radius, 0.5 * HOVERING * size):
            # a method that scales its own steps and has swung wider since may do so again
            unsure = at_kink and not steps_grow(optimizer) and widest > 1.1 * radius
            return _with_sentence(dataclasses.replace(end, hovers=outward(widest), so_far=unsure))
        return _with_sentence(dataclasses.replace(end, so_far=True))
    # it rested, but at a rate that may be too large to stay
    left = np.flatnonzero(rest > arrived)
    if len(left):
        return _with_sentence(dataclasses.replace(end, leaves=steps + 1 + int(left[0])))
    return _with_sentence(end)


PULLS = ("weight_decay", "l2", "l1_regularization_strength", "l2_regularization_strength")
"""Fields by which a method pulls the parameters away from where the loss alone would lead."""


def pulled(optimizer: Optimizer) -> bool:
    """Whether decay or regularization also moves the parameters, so that they may rest where the loss slopes."""
    return any(float(getattr(optimizer, name, 0.0) or 0.0) > 0 for name in PULLS)


def _stats(positions: np.ndarray, part: int) -> WindowStats:
    """The statistics of the last `part`-th of one path, as arrays over n = 1."""
    steps = len(positions) - 1
    # the same window as `window_stats` counts, cut out beforehand
    first = max(0, steps + 1 - max(8, steps // part))
    stats = window_stats(positions[first:], np.arange(first, steps + 1), steps, part)
    return WindowStats(*(np.asarray(value)[None] for value in stats))


def _hovers_for_ever(window: WindowStats, size: float) -> bool:
    """Whether a path goes back and forth at its end, however little. Across a kink it does so for ever."""
    swing = float(window.swing[0])
    return swing > STILL * size and float(window.travelled[0]) >= 4 * swing and float(window.drift[0]) <= swing / 4


def _since(away: np.ndarray, reach: float) -> int:
    """The first step from which on `away` (n,) stays within `reach`."""
    outside = np.flatnonzero(away > reach)
    return int(outside[-1]) + 1 if len(outside) else 0


def outward(value: float) -> float:
    """`value` rounded up to two digits, so that "within" it is true."""
    if not 0 < value < math.inf:
        return value
    unit = 10.0 ** (math.floor(math.log10(value)) - 1)
    # the 1e-12 keeps rounding from lifting an exact 2.5 to 2.6
    return float(f"{math.ceil(value / unit * (1 - 1e-12)) * unit:.2g}")


def distances(points: np.ndarray, xy: Any) -> np.ndarray:
    """The distance of each of `points` (n, 2) from `xy` (2,): an array (n,)."""
    x, y = points[:, 0] - xy[0], points[:, 1] - xy[1]
    return np.sqrt(x * x + y * y)


def _where(landscape: Landscape, kind: int, shape: int, place: np.ndarray) -> str:
    """The name of a place in a sentence. It says "global" only where that is known."""
    if shape not in (MINIMUM, FLOOR):
        return f"a {SHAPES[shape]}"
    if kind == LOCAL:
        return "a local minimum" if shape == MINIMUM else "a level floor above the lowest point known"
    if shape == FLOOR:
        return "a level floor, as low as the lowest point known"
    if not all(low <= at <= high for at, (low, high) in zip(place, landscape.domain, strict=True)):
        return "a minimum off the map, no higher than any point known on it"
    best = landscape.global_minima
    if landscape.lowest == "everywhere":
        return "the global minimum" if len(best) == 1 else "a global minimum"
    return "the lowest minimum found on this map" if len(best) < 2 else "one of the lowest minima found on this map"


def _with_sentence(end: Outcome, steps: int = 0) -> Outcome:
    """The outcome with its sentence; `steps` is the length of the run, for a swing that dies out."""
    where, since = end.where, end.step
    if end.dies_out:
        text = (
            f"Still swinging around {where} after {steps} steps, by less and less: in the end within {end.hovers:.2g}."
        )
    elif end.wanders:
        text = f"Wanders along {where} from step {since}, as the noise has it."
    elif end.hovers:
        so_far = "so far " if end.so_far else ""
        text = f"Hovers around {where} from step {since}, {so_far}within {end.hovers:.2g} of it."
    elif end.kind == "converged":
        text = f"Reached {where} at step {since}."
    elif end.kind == "local_minimum":
        text = f"Stuck {'on' if 'floor' in where else 'in'} {where} since step {since}."
    elif end.kind == "saddle":
        text = f"Held up at {where} since step {since}."
    elif end.kind == "maximum":
        text = f"Rests on {where} since step {since}: exactly there the slope is zero."
    else:
        text = f"Rests on {where} since step {since}: the slope there is too small to move it."
    if end.so_far and not end.hovers:
        text = f"{text.rstrip('.')}, so far."
    if end.leaves is not None:
        text = f"{text.rstrip('.')}, but not for good: {_leaving(end)}."
    return dataclasses.replace(end, sentence=text)


def _leaving(end: Outcome) -> str:
    if end.shape in ("minimum", "level floor"):
        return f"the learning rate is too large to rest there, and a longer run is thrown out at step {end.leaves}"
    return f"a longer run leaves it by step {end.leaves}"


def _moving_sentence(landscape: Landscape, positions: np.ndarray, losses: np.ndarray, rates: np.ndarray) -> str:
    steps = len(losses) - 1
    window = max(2, steps // EIGHTH)
    last, before = losses[-window:], losses[-2 * window : -window]
    if losses[-1] > losses[0] + loss_bound(losses[0]):
        return f"Still moving after {steps} steps: it was thrown far out, and has not come back yet."
    # clearly above the start, whatever the sign of the loss
    if losses[-1] > 2 * abs(losses[0]) + losses[0]:
        rising = len(before) and last.mean() > before.mean() and last[-1] >= last.mean()
        return (
            f"Still climbing after {steps} steps: the loss is above where it began."
            if rising
            else f"Still moving after {steps} steps: the loss is above where it began."
        )
    if not np.ptp(positions, axis=0).any():
        return f"Does not move in {steps} steps: each of them is zero."
    travelled = np.abs(np.diff(positions[-max(8, steps // EIGHTH) :], axis=0)).sum()
    if travelled / min(steps, max(8, steps // EIGHTH)) / diagonal(landscape) < TINY:
        if rates[-1] <= FADED * rates.max():
            share = f"{outward(100 * float(rates[-1] / rates.max())):.2g} % of its highest"
            return f"Hardly moves any more after {steps} steps: the learning rate has fallen to {share}."
        return f"Still on the way after {steps} steps, in very small ones."
    return f"Still moving after {steps} steps."
