"""What every page needs: its state, its widgets, panels whose work takes long."""
