"""From a parsed request to a proposal, by tools only."""
