"""CoT-Rec (Liu et al., SIGIR 2025) end to end: extraction of a taste, then retrieving and ranking with it."""
