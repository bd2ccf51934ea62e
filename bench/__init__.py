"""Figures of the product, each against the floor that the same machine gave in the same run."""
