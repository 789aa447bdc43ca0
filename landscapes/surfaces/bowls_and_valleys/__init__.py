"""One minimum, and more or less trouble on the way to it."""
