"""A language model taught on the benchmark: rows of the fit half, adapters, and replies to be scored.

Rewards, rows and manifests need no more than the benchmark; torch and what stands on it (the extra `train`)
are imported where a model is loaded.
"""
