"""Wishes that stand over requests: which words say one, and what they wish."""
