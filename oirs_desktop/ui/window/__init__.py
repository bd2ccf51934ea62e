"""The window around the pages, and how it lives."""
