"""The tools that a language model is offered in a turn: those that are still useful after what was looked up.

Tools fall into few groups, so that most requests begin with the same tools, which a server can keep. A tool
that is not offered is still run if it is called.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from langchain_core.messages import AnyMessage

from agent.builtin.interpret.message import understood
from agent.builtin.parse.vocabulary import Vocabulary
from agent.messages import answered_calls, is_lookup, this_turn
from agent.state import Context
from tools.toolsets import OF_DIALOGUES

_ALWAYS = frozenset(("find_items", "search_items", "recommend")) | OF_DIALOGUES
_OF_NAMES = frozenset(("link_entities", "check_fact"))
_OF_REFERENCES = frozenset(("resolve_reference",))
_OF_FACTS = frozenset(("describe_item", "find_connection"))
_OF_TASTE = frozenset(("similar_items",))
_OF_GROUPS = frozenset(("group_favourites",))
_OF_PERSON = frozenset(("similar_items", "group_favourites", "rank_for_user"))


def offered(context: Context, messages: Sequence[AnyMessage]) -> frozenset[str]:
    """Return the names of the tools that a model is offered after what was looked up for a turn.

    All that are on, where nothing was looked up.
    """
    every = frozenset(context.tools)
    turn = this_turn(messages)
    looked = [call for call in answered_calls([m for m in turn if is_lookup(m)]) if not call.refused]
    if not looked or context.knowledge is None:
        return every
    links, text = looked[0].content, str(looked[0].arguments["text"])
    wanted = _ALWAYS | _useful(text, json.loads(links), Vocabulary.of_graph(context.knowledge.graph))
    return every & (wanted | _OF_PERSON if context.knowledge.asker else wanted)


def _useful(text: str, links: dict[str, Any], vocabulary: Vocabulary) -> frozenset[str]:
    """Return the tools that a request may need beside those of every request."""
    said = understood(text, links, vocabulary)
    reading = said.reading
    stated = (reading.wanted, reading.references, reading.claims, reading.categories, reading.comparisons)
    items = any(each["kind"] == "item" for m in links["mentions"] for each in m["candidates"])
    open_, liked = not any(stated), bool(reading.examples)
    groups = (
        (_OF_NAMES, bool(links["unlinked"]) and not (open_ or liked)),  # else they are words of a theme
        (_OF_REFERENCES, items and not (open_ or liked or reading.references)),
        (_OF_FACTS, bool(said.questions)),
        (_OF_TASTE, liked or (open_ and items)),
        (_OF_GROUPS, bool(reading.profile or reading.audience) or (open_ and not liked)),
    )
    return frozenset().union(*(group for group, useful in groups if useful))
