"""The counter: window, desk, store, sync, receipts."""
