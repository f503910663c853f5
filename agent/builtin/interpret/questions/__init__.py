"""Reading questions of fact: clauses, what they are about, and what they ask of it."""
