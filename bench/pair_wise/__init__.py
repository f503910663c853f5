"""Pair-wise recommendation: would this person like this item (section 3.1 of arXiv 2503.05493)?"""
