"""Who gets out of a minimum: ensembles of seeds, energies, and the barriers around."""
