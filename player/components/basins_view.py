"""Three maps side by side: the basins of one racer, those of another, and where the two differ."""

from collections.abc import Callable

from player.components.served import component, serve

_view = component("basins")
_feed = component("basins_feed")


def basins_view(packed: bytes, *, on_settled: Callable[[], None] = lambda: None, key: str = "basins") -> None:
    """Mount three maps of basins with their legends and read-out. Dragging on a map moves the start through the feed.

    Args:
        packed: the bytes of `pack_basins` or `waiting`, or none.
        on_settled: called when the settings have come to rest and their maps are still missing.
        key: the mount's name on the page.
    """
    serve()
    _view(key=key, data=packed, on_settled_change=on_settled)


def basins_feed(packed: bytes, *, key: str = "basins_feed") -> None:
    """Send coarse maps to the browser while a slider moves. It shows nothing itself.

    Args:
        packed: the bytes of `pack_basins`; or of `waiting`, which marks the maps as out of date.
        key: the mount's name on the page.
    """
    _feed(key=key, data=packed)
