"""Usher for other agents, over the Model Context Protocol: `desk` answers, `server` speaks the protocol."""
