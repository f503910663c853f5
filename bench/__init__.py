"""Measurement: the RecBench+ benchmark.

Runs systems, compares with the right answers, reports. Only `usher` imports it.
"""
