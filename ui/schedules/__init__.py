"""What the page on schedules adds."""
