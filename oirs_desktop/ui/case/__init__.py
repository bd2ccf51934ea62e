"""One case: its head, its acts, its history."""
