"""Parts of every page: its state, its widgets, and panels whose work takes long."""
