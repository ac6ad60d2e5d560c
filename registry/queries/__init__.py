"""Reads of the registry: plural nouns, filtered by whoever asks."""
