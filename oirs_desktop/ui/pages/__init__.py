"""The other pages: the counter, search, pending work, the day's close, settings, help."""
