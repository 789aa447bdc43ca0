"""One update taken apart, and what a method makes of the learning rate."""
