"""The gallery of landscapes."""
