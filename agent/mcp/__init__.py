"""Usher for other agents, over the Model Context Protocol: `adapter` answers, `server` speaks it."""
