"""A draft: what the built-in model proposes, and what of its message is uncertain."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any

from agent.builtin.interpret.message import understood
from agent.builtin.parse.clauses import asked_clauses
from agent.builtin.parse.vocabulary import Vocabulary
from agent.messages import Answered
from agent.one_call.types import Draft
from kg.graph import KnowledgeGraph
from kg.types import Kind

_LINK = "link_entities"
_POINTING = frozenset("he she they him her them his hers their theirs".split())  # to a name said before


def draft_of(proposal: dict[str, Any], calls: Sequence[Answered], graph: KnowledgeGraph) -> Draft:
    """Return the draft of a turn, by its proposal and its answered calls."""
    linked = next((call for call in calls if call.name == _LINK and not call.refused), None)
    links = json.loads(linked.content) if linked else {"mentions": [], "unlinked": []}
    text = str(linked.arguments["text"]) if linked else ""
    aside = tuple(dict.fromkeys(_told_aside(text, links, Vocabulary.of_graph(graph)))) if linked else ()
    kinds = frozenset(str(each.name) for each in graph.relations if each.kind == Kind.CATEGORY)
    return Draft(proposal, calls, links, aside, kinds)


def _told_aside(text: str, links: dict[str, Any], vocabulary: Vocabulary) -> Iterator[tuple[str, str]]:
    """Yield wanted names, as said and their labels, whose role nobody says, where nothing is asked for."""
    said = understood(text, links, vocabulary)
    asked = asked_clauses(said.chunks)
    pointed = [place for place, chunk in enumerate(said.chunks) if asked[place] and chunk.text in _POINTING]
    for wanted in said.reading.wanted:
        places = [place for place, chunk in enumerate(said.chunks) if chunk.text == wanted.name.text]
        meant_again = bool(places) and any(place > places[0] for place in pointed)
        if not wanted.roles and places and not meant_again and not any(asked[place] for place in places):
            yield from ((wanted.name.text, choice.label) for choice in wanted.name.choices)
