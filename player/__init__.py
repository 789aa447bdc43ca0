"""The components of this project, such as the player and the live slider, in Python and JavaScript."""

from player.components.basins_view import basins_feed, basins_view
from player.components.data_view import batch_rows_view, data_view
from player.components.feed import feed
from player.components.live_slider import live_slider
from player.components.mounts import (
    anatomy_view,
    copy_link,
    energy_view,
    exports_view,
    idle_callback,
    map_view,
    sentence_view,
    side_view,
)
from player.components.rate_editor import rate_editor
from player.components.tuning_view import tuning_feed, tuning_view
from player.wire.orders import pack_orders
from player.wire.race import RacerArrays, pack

__all__ = [
    "RacerArrays",
    "anatomy_view",
    "basins_feed",
    "basins_view",
    "batch_rows_view",
    "copy_link",
    "data_view",
    "energy_view",
    "exports_view",
    "feed",
    "idle_callback",
    "live_slider",
    "map_view",
    "pack",
    "pack_orders",
    "rate_editor",
    "sentence_view",
    "side_view",
    "tuning_feed",
    "tuning_view",
]
