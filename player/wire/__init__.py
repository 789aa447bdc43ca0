"""How numbers travel to the browser."""
