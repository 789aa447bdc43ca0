"""What runs once for a server, and work beside the script."""
