"""The racer that is tuned: its map, what theory knows of it, and the comparison of all methods."""
