"""Panels of the page on escapes."""
