"""Entries, Merkle tree, checkpoints, keys: readable alone; knows nothing of claims."""
