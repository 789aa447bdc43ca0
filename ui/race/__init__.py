"""Panels about one racer: an update taken apart, and its program."""
