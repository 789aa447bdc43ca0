"""The racer that is tuned: its map, the theory of it, and the comparison of all methods."""
