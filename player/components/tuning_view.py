"""The tuning map: a plane of two settings, coloured by how the descent ends, on which one can drag."""

from collections.abc import Callable

from player.components.served import component, serve

_view = component("tuning")
_feed = component("tuning_feed")


def tuning_view(packed: bytes, *, on_settled: Callable[[], None] = lambda: None, key: str = "tuning") -> None:
    """Mount the map with its legend and read-out. Dragging on it changes the settings through the feed.

    Args:
        packed: the bytes of `pack_plane` or `waiting`.
        on_settled: called when the settings have come to rest and their map is still missing.
        key: the mount's name on the page.
    """
    serve()
    _view(key=key, data=packed, on_settled_change=on_settled)


def tuning_feed(packed: bytes, *, key: str = "tuning_feed") -> None:
    """Send the map of the present settings, or that it is under way. It shows nothing itself."""
    _feed(key=key, data=packed)
