"""The rules of the counter in plain Python, the same over SQLite and PostgreSQL."""
