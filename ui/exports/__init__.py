"""Exports of a view, and opening its settings again."""
