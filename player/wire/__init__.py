"""The formats in which data is sent to the browser."""
