"""An answer as a page shows it: the lines of its text that are no items, conditions and cards in words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from agent.answer_json import CARDS
from agent.answer_text import parts
from agent.cards import Shelf, kinds_said
from agent.condition_phrases import Stated, Words, is_attribute, phrase
from kg.graph import KnowledgeGraph

_LINES = frozenset(("correction", "aside", "note", "heading", "question"))
_GROUPS = ("conditions", "any_of", "none_of")


def view(answer: Mapping[str, Any], graph: KnowledgeGraph) -> dict[str, Any]:
    """Return `lines`, `conditions` and `cards` (docs/api.md); cards of the first items only."""
    lines = [(line[0].role, "".join(part.text for part in line).rstrip()) for line in parts(answer, graph)]
    words = Words.of(graph)
    return {
        "lines": [
            {"role": role, "text": text}
            for role, text in lines
            if role in _LINES and not (role == "question" and text.startswith(" "))
        ],
        "conditions": [
            {**each, "group": group, "words": _words(Stated.of(each), words)}
            for group in _GROUPS
            for each in answer[group]
        ],
        "cards": _cards(answer, graph),
        "also": _cards(answer["also"], graph) if answer["also"] else [],
    }


def _cards(answer: Mapping[str, Any], graph: KnowledgeGraph) -> list[dict[str, str]]:
    if not answer["items"]:
        return []
    shelf, cards = Shelf({"order": (), **answer}, graph), []
    for line in answer["items"][:CARDS]:
        made, kinds = shelf.made(line), shelf.kinds(line)
        told = {
            "maker": shelf.maker(made),
            "kinds": kinds_said(kinds),
            "proof": shelf.proof(line, made + kinds),
        }
        cards.append({"id": line["id"], **told, "about": shelf.about(line)})
    return cards


def _words(stated: Stated, words: Words) -> str:
    return stated.value.lower() if is_attribute(stated, words) else phrase([stated], words)
