"""What is set for a race, and what it ran."""
