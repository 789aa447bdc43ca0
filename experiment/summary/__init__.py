"""Sentences on a race, made from its numbers."""
