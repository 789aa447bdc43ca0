"""Points that come in fours or eights, because a surface is the same on the other side of an axis."""

from landscapes.landscape import Point


def mirrored(*points: Point, exchanged: bool = False) -> tuple[Point, ...]:
    """The points (±x, ±y) of each point (x, y), none twice. With `exchanged`, also (±y, ±x).

    >>> mirrored((1.0, 0.0), exchanged=True)
    ((1.0, 0.0), (-1.0, 0.0), (0.0, 1.0), (0.0, -1.0))
    """
    both = [pair for x, y in points for pair in (((x, y), (y, x)) if exchanged else ((x, y),))]
    # adding 0.0 turns −0.0 into 0.0, as a page should show it
    return tuple(dict.fromkeys((i * x + 0.0, j * y + 0.0) for x, y in both for i in (1, -1) for j in (1, -1)))
