"""What is of several kinds, or with two people, at once, where only that is ruled out: 'no rom-coms'."""

from __future__ import annotations

import re

from agent.builtin.interpret.request import EntityMention, ParsedRequest
from agent.builtin.plan.alternatives import Disjunction, category_term, name_term
from agent.builtin.plan.search import Stated
from agent.builtin.plan.tool_session import Call, ToolSession
from agent.builtin.respond.likes import listed_under_all

_TWO = 2
_NOT_BOTH = re.compile(
    r"\b(?:not|never|without) (?:both|together|the two|the pair|in the same|at once|at the same time)\b",
    re.IGNORECASE,
)


def _term(name: EntityMention) -> Disjunction:
    """Return how a kind or a name of such a phrase is meant."""
    return category_term(name) if "genre" in name.choices[0].roles else name_term((), name, alone=True)


def phrases_ruled_out(reading: ParsedRequest) -> list[list[Stated]]:
    """Return what is ruled out as one, each phrase as its conditions: 'no COMEDIES with X'."""
    found = [[_term(name)[0].condition for name in pair] for pair in reading.none_together]
    if len(reading.any_of) == _TWO and _NOT_BOTH.search(reading.text):
        found.append([name_term(each.roles, each.name)[0].condition for each in reading.any_of])
    return found


def of_all_kinds(reading: ParsedRequest, session: ToolSession) -> tuple[list[str], str]:
    """Return the items that are of all kinds of a ruled out phrase, and a sentence that they are left out."""
    terms = phrases_ruled_out(reading)
    if not terms or not session.has("find_items"):
        return [], ""
    found = session.call_all([Call("find_items", {"conditions": each}) for each in terms])
    items = [hit["id"] for hits in found if hits for hit in hits["items"]]
    return list(dict.fromkeys(items)), listed_under_all([[each["value"] for each in term] for term in terms])
