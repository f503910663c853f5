"""From text and links to chunks and predicates: what the words of a message say, nothing looked up."""
