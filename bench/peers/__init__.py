"""Our own counter and centre as one more peer of the common scenario (`docs/benchmarks.md`, Peers)."""
