"""Comparisons and orders as tools take them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from agent.builtin.interpret.compared import Comparison, Sort


def stated_comparisons(comparisons: Iterable[Comparison]) -> tuple[dict[str, str], ...]:
    """Return comparisons as conditions, each with its `op`; those without a value yet are left out."""
    return tuple(
        {"relation": each.relation, "op": each.op, "value": each.value} for each in comparisons if each.value
    )


def stated_sorts(sorts: Iterable[Sort]) -> tuple[dict[str, Any], ...]:
    """Return orders as tools take them."""
    return tuple({"relation": each.relation, "descending": each.descending} for each in sorts)
