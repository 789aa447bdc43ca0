"""Plotly figures made from arrays; and the only place where colours, dashes and fonts are defined."""
