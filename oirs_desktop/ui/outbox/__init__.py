"""What waits to be sent, and the way by hand."""
