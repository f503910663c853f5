"""What the planners hand to the writers."""

from __future__ import annotations

from dataclasses import dataclass

from bench.types import Profile, QueryClaim, QueryCondition, QueryReference, QueryType


@dataclass(frozen=True, slots=True)
class Plan:
    """A query before it has words: what is asked, by whom, and what is true."""

    id: str
    domain: str  # "movie" | "book"
    type: QueryType
    conditions: tuple[QueryCondition, ...] = ()
    references: tuple[QueryReference, ...] = ()  # implicit: value hinted at by items
    claim: QueryClaim | None = None  # misinformed
    user_id: str | None = None
    history: tuple[str, ...] = ()  # masked, chronological
    profile: Profile | None = None
    truth: tuple[str, ...] = ()  # all items that satisfy (eq. 7), or the mined set
    truth_in_history: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    seeds: tuple[str, ...] = ()  # interest: items just before the common ones
    shared_by: int | None = None  # interest: f(s) of eq. 8, users who chose the common ones one after another
    style: str = "direct"  # "direct" | "situational"
