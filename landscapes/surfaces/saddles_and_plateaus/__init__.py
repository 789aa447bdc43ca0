"""Places that hold a descent up without being a minimum."""
