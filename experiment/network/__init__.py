"""The page on a real network: what is set, what it trained, and what is said of it."""
