"""Many settings of one method at once."""
