"""Three maps side by side: where each start leads one racer, where it leads another, and where the two differ."""

from collections.abc import Callable

from player.components.served import component, serve

_view = component("basins")
_feed = component("basins_feed")


def basins_view(packed: bytes, *, on_settled: Callable[[], None] = lambda: None, key: str = "basins") -> None:
    """Three maps of basins with their legends and read-out. A hand on a map moves the start by way of the feed.

    Args:
        packed: what `pack_basins` or `waiting` made, or nothing.
        on_settled: called when the settings have come to rest and the maps that belong to them are still missing.
        key: the mount's name on the page.
    """
    serve()
    _view(key=key, data=packed, on_settled_change=on_settled)


def basins_feed(packed: bytes, *, key: str = "basins_feed") -> None:
    """Brings coarse maps while a slider moves; shows nothing itself.

    Args:
        packed: what `pack_basins` made, or `waiting`: then the maps shown are marked as behind.
        key: the mount's name on the page.
    """
    _feed(key=key, data=packed)
