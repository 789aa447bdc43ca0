"""The tuning map: a plane of two settings, coloured by how the descent goes, on which a hand drags."""

from collections.abc import Callable

from player.components.served import component, serve

_view = component("tuning")
_feed = component("tuning_feed")


def tuning_view(packed: bytes, *, on_settled: Callable[[], None] = lambda: None, key: str = "tuning") -> None:
    """The map with its legend and read-out. A hand on it moves the settings by way of the feed.

    Args:
        packed: what `pack_plane` or `waiting` made.
        on_settled: called when the settings have come to rest and the map that belongs to them is still missing.
        key: the mount's name on the page.
    """
    serve()
    _view(key=key, data=packed, on_settled_change=on_settled)


def tuning_feed(packed: bytes, *, key: str = "tuning_feed") -> None:
    """Brings the map that belongs to the present settings, or word that it is under way; shows nothing itself."""
    _feed(key=key, data=packed)
