"""From settings to the data that is sent to the components."""
