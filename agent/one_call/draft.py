"""A draft: what the built-in model proposes, and what of its message is uncertain."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any

from agent.builtin.interpret.message import Message, understood
from agent.builtin.parse.clauses import asked_clauses
from agent.builtin.parse.negation import is_negated
from agent.builtin.parse.vocabulary import Vocabulary
from agent.messages import Answered
from agent.one_call.types import Draft
from kg.graph import KnowledgeGraph
from kg.text import name_key
from kg.types import Kind

_LINK = "link_entities"
_ORDERING = frozenset(("similar_items", "rank_for_user", "search_items", "group_favourites"))
_POINTING = frozenset("he she they him her them his hers their theirs".split())  # to a name said before


def draft_of(proposal: dict[str, Any], calls: Sequence[Answered], graph: KnowledgeGraph) -> Draft:
    """Return the draft of a turn, by its proposal and its answered calls."""
    kinds = frozenset(str(each.name) for each in graph.relations if each.kind == Kind.CATEGORY)
    ordered = bool(proposal.get("order")) or any(_orders(call, proposal["items"]) for call in calls)
    linked = next((call for call in calls if call.name == _LINK and not call.refused), None)
    if linked is None:
        return Draft(proposal, calls, {"mentions": [], "unlinked": []}, kinds=kinds, ordered=ordered)
    links = json.loads(linked.content)
    message = understood(str(linked.arguments["text"]), links, Vocabulary.of_graph(graph))
    aside = tuple(dict.fromkeys(_told_aside(message)))
    denied = (i for i in range(len(message.chunks)) if is_negated(message.chunks, i))
    ruled_out = frozenset(name_key(message.chunks[i].text) for i in denied)
    return Draft(proposal, calls, links, aside, kinds, ruled_out, ordered)


def _orders(call: Answered, items: Sequence[str]) -> bool:
    """Tell whether a call put items in an order that is more than how well they are known."""
    if call.name not in _ORDERING or call.refused:
        return False
    found = json.loads(call.content).get("items", ())
    return not set(items).isdisjoint(each if isinstance(each, str) else each["id"] for each in found)


def _told_aside(said: Message) -> Iterator[tuple[str, str]]:
    """Yield wanted names, as said and their labels, whose role nobody says, in a sentence that only tells.

    Another sentence asks: a name beside what is asked for is part of that.
    """
    asked = asked_clauses(said.chunks)
    asking = {chunk.sentence for place, chunk in enumerate(said.chunks) if asked[place]}
    pointed = [place for place, chunk in enumerate(said.chunks) if asked[place] and chunk.text in _POINTING]
    for wanted in said.reading.wanted:
        places = [place for place, chunk in enumerate(said.chunks) if chunk.text == wanted.name.text]
        meant_again = bool(places) and any(place > places[0] for place in pointed)
        told = asking and asking.isdisjoint(said.chunks[place].sentence for place in places)
        if not wanted.roles and places and not meant_again and told:
            yield from ((wanted.name.text, choice.label) for choice in wanted.name.choices)
