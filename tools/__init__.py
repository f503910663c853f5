"""Actions on the knowledge graph: typed, with evidence. No language model, no user, no benchmark."""
