"""The central server: one ledger for all offices."""
