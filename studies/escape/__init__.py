"""Escapes from a minimum: ensembles of seeds, energies, and barriers."""
