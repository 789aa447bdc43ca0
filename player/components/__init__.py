"""The Python side of each component that is mounted on a page."""
