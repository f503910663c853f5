"""The statistics of a build beside the paper's: table 1 of arXiv 2503.09382."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from bench.plans.cells import DOMAINS, PAPER, tally
from bench.plans.types import Plan

# Of the paper's table 1, below its cells. What its interactions count is not said; ours are below.
_REPORTED = {
    "movie": {"users": 6036, "items": 3247, "interactions": 29459},
    "book": {"users": 48535, "items": 50088, "interactions": 55424},
}


class Row(NamedTuple):
    """A row of the table: a count of a domain as it is here and as the paper reports it."""

    domain: str
    name: str
    conditions: str
    here: int
    paper: int


def statistics(plans: Iterable[Plan]) -> list[Row]:
    """Return the rows of table 1 for the domains that have plans.

    Users are those who ask; items all that occur as shown, mentioned or true; interactions the different
    pairs of a user and a true item they chose.
    """
    listed = list(plans)
    made = tally(listed)
    rows: list[Row] = []
    for domain in DOMAINS:
        own = [plan for plan in listed if plan.domain == domain]
        if own:
            counts = PAPER[domain].items()
            rows += [Row(domain, c.type, c.conditions, made[domain, c], paper) for c, paper in counts]
            rows.append(Row(domain, "queries", "", len(own), sum(PAPER[domain].values())))
            here = _extent(own)
            rows += [Row(domain, name, "", here[name], paper) for name, paper in _REPORTED[domain].items()]
    return rows


def _extent(plans: Sequence[Plan]) -> dict[str, int]:
    pairs = {(plan.user_id, item) for plan in plans for item in plan.truth_in_history}
    return {
        "users": len({plan.user_id for plan in plans} - {None}),
        "items": len({item for plan in plans for item in _items(plan)}),
        "interactions": len(pairs),
    }


def _items(plan: Plan) -> Iterable[str]:
    return (*plan.history, *plan.truth, *plan.ignore, *plan.seeds)


def as_markdown(rows: Sequence[Row]) -> str:
    """Return the table in Markdown, the paper's figures marked as reported."""
    head = "| domain | queries | conditions | here | paper (reported) |\n| --- | --- | --- | ---: | ---: |\n"
    lines = (
        f"| {row.domain} | {row.name} | {row.conditions or ' '} | {row.here:,} | {row.paper:,} |"
        for row in rows
    )
    return head + "\n".join(lines) + "\n"
