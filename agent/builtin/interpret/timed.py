"""Dates: 'tasted since 2015', 'released last spring', 'in the last two years', on a relation of dates."""

from __future__ import annotations

from agent.builtin.interpret.compared import Draft


def read_times(draft: Draft) -> None:
    """Note the conditions on dates."""
