"""The migrations of the store, run by `oirs_desktop.store.migrate`."""
