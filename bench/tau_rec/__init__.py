"""τ-Rec: dialogues with a simulated person who decides on one item, scored by pass^k (arXiv 2606.10156)."""
