"""The components of our own: the player and the live slider, Python side and JavaScript."""

from player.feed import feed
from player.live_slider import live_slider
from player.mounts import anatomy_view, copy_link, map_view, sentence_view, side_view
from player.packing import Lane, pack

__all__ = ["Lane", "anatomy_view", "copy_link", "feed", "live_slider", "map_view", "pack", "sentence_view", "side_view"]
