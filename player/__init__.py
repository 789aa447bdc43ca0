"""The components of our own: the player and the live slider, Python side and JavaScript."""

from player.basins_view import basins_feed, basins_view
from player.data_view import data_view, pack_orders, picks_view
from player.feed import feed
from player.live_slider import live_slider
from player.mounts import (
    anatomy_view,
    copy_link,
    energy_view,
    exports_view,
    map_view,
    sentence_view,
    settled_view,
    side_view,
)
from player.packing import Lane, pack
from player.rate_editor import rate_editor
from player.tuning_view import tuning_feed, tuning_view

__all__ = [
    "Lane",
    "anatomy_view",
    "basins_feed",
    "basins_view",
    "copy_link",
    "data_view",
    "energy_view",
    "exports_view",
    "feed",
    "live_slider",
    "map_view",
    "pack",
    "pack_orders",
    "picks_view",
    "rate_editor",
    "sentence_view",
    "settled_view",
    "side_view",
    "tuning_feed",
    "tuning_view",
]
