"""What is mounted on a page: the Python side of each component."""
