"""Landscapes by formula, in families."""
