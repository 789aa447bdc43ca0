"""Over, or back: what becomes of a ball on each hill that it climbs."""

import numpy as np


def passes_and_turns(losses: np.ndarray, basins: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Steps at which a ball has just come into another basin, and those at which it stood highest and turned back.

    Between two dips of the loss lies one climb. If the basin changes on it, it is a pass, otherwise a turn. Places
    that belong to no basin (negative in `basins`) are passed over.

    Args:
        losses: (n + 1,) along the path.
        basins: (n + 1,) int.

    >>> loss = np.array([2.0, 1.0, 2.0, 1.0, 0.0, 3.0, 0.0])
    >>> [steps.tolist() for steps in passes_and_turns(loss, np.array([0, 0, 0, 1, 1, 1, 1]))]
    [[3], [5]]
    """
    known = np.flatnonzero(basins >= 0)
    passes = known[1:][basins[known][1:] != basins[known][:-1]]
    rises = np.diff(losses) > 0
    tops = 1 + np.flatnonzero(rises[:-1] & ~rises[1:])
    dips = 1 + np.flatnonzero(~rises[:-1] & rises[1:])
    return passes, np.array([top for top in tops if not _is_passed(top, dips, passes, len(losses))], dtype=int)


def _is_passed(top: int, dips: np.ndarray, passes: np.ndarray, count: int) -> bool:
    """Whether a pass lies between the dips before and after the top."""
    place = np.searchsorted(dips, top)
    before = dips[place - 1] if place else 0
    after = dips[place] if place < len(dips) else count
    return bool(((before < passes) & (passes <= after)).any())
