"""A language model that decides what the built-in reading left open, in one reply (decision 13)."""
