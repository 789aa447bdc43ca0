"""The page on a real network: its settings, its trainings and the digits that it misreads."""
