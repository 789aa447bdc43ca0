"""Panels on one racer: an update taken apart, and its program."""
