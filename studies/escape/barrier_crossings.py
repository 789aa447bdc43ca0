"""For each hill that a path climbs: whether it crosses into another basin or turns back."""

import numpy as np

ROUNDING = 1e-9
"""The least climb, as a part of the range of the path's losses."""


def passes_and_turns(losses: np.ndarray, basins: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The steps at which a path has just come into another basin, (p,), and those at which it turned back, (q,).

    Between two dips of the loss lies one climb. If the basin changes on it, the climb is a pass; otherwise it is a turn
    at its highest point. Places in no basin (negative in `basins`) are skipped.

    Args:
        losses: (n + 1,), along the path.
        basins: (n + 1,) int, the index of the basin at each point.

    >>> loss = np.array([2.0, 1.0, 2.0, 1.0, 0.0, 3.0, 0.0])
    >>> [steps.tolist() for steps in passes_and_turns(loss, np.array([0, 0, 0, 1, 1, 1, 1]))]
    [[3], [5]]
    """
    known = np.flatnonzero(basins >= 0)
    # between two known places the basin may change only once, however long the unknown stretch
    passes = known[1:][basins[known][1:] != basins[known][:-1]]
    rises = np.diff(losses) > 0
    tops = 1 + np.flatnonzero(rises[:-1] & ~rises[1:])
    dips = 1 + np.flatnonzero(~rises[:-1] & rises[1:])
    ends = np.concatenate([[0], dips, [len(losses) - 1]])
    # each top with the dip before and behind it
    climbs = [(top, *ends[np.searchsorted(ends, top) + np.array([-1, 0])]) for top in tops]
    least = ROUNDING * np.ptp(losses)
    turns = [
        top
        for top, before, after in climbs
        if losses[top] - losses[before] > least and not ((before < passes) & (passes <= after)).any()
    ]
    return passes, np.array(turns, dtype=int)
