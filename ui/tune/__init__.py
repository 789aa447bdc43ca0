"""Panels of the page on tuning."""
