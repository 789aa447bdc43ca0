"""Arrays in, Plotly figures out; and the one place where colours, dashes and fonts are designed."""
