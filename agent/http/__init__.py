"""Usher over HTTP: what the chat-completions protocol asks, what it answers, and what it refuses."""
