"""Landscapes from a typed formula, which is read word by word and never run."""
