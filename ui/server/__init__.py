"""What runs once for each server, and long work beside the script."""
