"""The controls beside the map."""
