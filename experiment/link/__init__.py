"""The address of a view: settings to a query and back."""
