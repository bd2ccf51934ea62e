"""A new attention on one page."""
