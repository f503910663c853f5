"""Requests that a perfect reader still finds hard, in words that neither reader nor grammar has."""
