"""What a message does in a conversation: state, acts, revisions, questions of fact."""
