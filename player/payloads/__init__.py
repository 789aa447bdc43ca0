"""From settings to what the components are sent."""
