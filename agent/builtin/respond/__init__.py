"""The sentences the built-in model says: a leaf."""
