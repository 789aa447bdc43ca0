"""The page about a real network: what is set, what comes of it, and what is said."""
