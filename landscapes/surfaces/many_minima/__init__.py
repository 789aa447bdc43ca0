"""More than one place to end in."""
