"""Basins: the minimum that each start leads to, and the difference between two racers."""
