"""A view taken home, and opened again."""
