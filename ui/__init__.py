"""Controls, links and words made from the records."""
