"""The course on its page."""
