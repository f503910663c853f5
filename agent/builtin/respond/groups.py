"""What is said of people like the person who asks, or like whoever they ask for."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

OTHERWISE = "Say “not for people like me” to leave that out."
_OTHERWISE_FOR_OTHERS = "Say “not for people like that” to leave that out."


def group_chose(title: str, group: Mapping[str, str]) -> str:
    """Return that an item was offered because a group chooses it."""
    return f"{title}: people of that kind ({_group(group)}) choose it more than others do; that is no proof."


def by_group(group: dict[str, str], people: int, *, others: bool = False) -> str:
    """Return whose favourites these are, and how to do without; of `others` than the person who asks."""
    whose, otherwise = _like_whom(others=others)
    return (
        f"What people like {whose} ({_group(group)}: {people} here) choose more than others do. {otherwise}"
    )


def in_order_for(who: Mapping[str, Any], *, others: bool = False) -> str:
    """Return for whom items were put in order, and how to do without; by what they said before if empty."""
    said = _group({name: str(value) for name, value in who.items()}) or "as you said of yourself"
    whose, otherwise = _like_whom(others=others)
    return f"In the order people like {whose} ({said}) prefer. {otherwise}"


def _like_whom(*, others: bool) -> tuple[str, str]:
    return ("that", _OTHERWISE_FOR_OTHERS) if others else ("you", OTHERWISE)


def _group(group: Mapping[str, str]) -> str:
    gender = {"F": "women", "M": "men"}.get(group.get("gender", ""), group.get("gender", ""))
    age = f"aged {group['age']}" if group.get("age") else ""
    return ", ".join(part for part in (gender, age, group.get("occupation", "")) if part)
