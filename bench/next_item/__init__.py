"""Next item: everybody's last choice is hidden, and systems rank all items for it."""
