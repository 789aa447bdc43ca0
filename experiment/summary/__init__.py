"""What is said of a race, made from its numbers."""
