"""What both sides must agree on: domain rules, event bytes, wire messages."""
