"""Metrics: pure functions of an answer and its truth, one small file each, with the hard cases decided."""
