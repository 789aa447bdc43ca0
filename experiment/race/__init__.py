"""The settings of a race, and its runs."""
