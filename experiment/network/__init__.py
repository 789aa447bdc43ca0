"""The page on a real network: its settings, its trainings, and the sentences on them."""
