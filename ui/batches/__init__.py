"""What the page on batches adds."""
