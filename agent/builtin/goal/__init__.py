"""Dialogues with a goal: one item to decide on, found by asking, offering and being turned down."""
