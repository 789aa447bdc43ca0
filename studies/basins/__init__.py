"""Where each start leads, and where two racers differ."""
