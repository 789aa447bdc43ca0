"""The data behind a landscape, beside the map: its picture, and the order in which batches go through its rows."""

from typing import Any

from player.components.served import component, serve

_data = component("data")
_picks = component("picks")


def data_view(data: dict[str, Any], *, key: str = "data") -> None:
    """The rows of a table with every racer's line through them, at the playhead.

    Args:
        data: `kind`, "line", "rare" or "classes"; `x` and `y`, the columns (n,) that go across and up; `rows`, two
            lists (n,) of what the parameters are multiplied by, so that a prediction is a1·p1 + a2·p2, for "line" and
            "rare" a1 being linear in x, for "classes" a1 in x and a2 in y; `targets` (n,); `groups`, 0 or 1 for each
            row (the rare feature, the class), or None; `names` of `x`, `y` and the two `groups` (or None);
            `parameters`, the names of the two. The same data again sends nothing.
        key: the mount's name on the page.
    """
    serve()
    _data(key=key, data=data)


def picks_view(packed: bytes, *, key: str = "picks") -> None:
    """Brings the order of the rows, so that the browser knows every step's batch; shows nothing.

    Args:
        packed: what `pack_orders` made.
        key: the mount's name on the page.
    """
    _picks(key=key, data=packed)
