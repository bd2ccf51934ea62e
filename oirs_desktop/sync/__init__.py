"""The conversation with the centre: no Qt here, and HTTP in one file only."""
