"""From predicates to a parsed request: constraints, references, claims, opinions, who asks."""
