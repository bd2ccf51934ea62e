"""What both sides agree on: the law of the counter, the event bytes, the wire."""
