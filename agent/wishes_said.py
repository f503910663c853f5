"""Standing wishes in words: what is noted, what holds, what a request overrode."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from agent.answer import OfWish
from agent.condition_phrases import Stated, Words, phrase
from agent.headings import heading
from agent.phrasing import flat, listed
from kg.graph import KnowledgeGraph
from kg.types import ItemId, Kind
from tools.wishes import ITEM, SEQUEL, Wish

_BRIEF = "for this conversation"
_ONLY = f"{_BRIEF} only, as nothing is kept of you beyond it"
_KINDS = frozenset((Kind.CATEGORY,))


def in_words(wish: Wish, graph: KnowledgeGraph) -> str:
    """Return a wish as a phrase: 'no western', 'only films under 120 min', 'less horror'."""
    words = Words.of(graph)
    if not wish.conditions:
        return f"only {words.noun([wish.domain or ''])}"
    stated = [Stated(str(c.relation), flat(c.value), c.op) for c in wish.conditions]
    if wish.force == "only":
        noun = words.noun([wish.domain] if wish.domain else graph.domains)
        many = len(stated) > 1
        return f"only {heading([] if many else stated, stated if many else [], [], noun=noun, words=words)}"
    first, last = stated[0], stated[-1]
    if first.relation == ITEM:
        key = ItemId(first.value)
        return f"not {graph.item(key).title if key in graph else first.value}"
    if wish.force == "both":
        return f"no {heading(stated, [], [], noun=words.noun(graph.domains), words=words)}"
    if first.relation == SEQUEL:
        return f"{'fewer' if wish.force == 'less' else 'no'} sequels"
    if all(c.relation == "year" for c in wish.conditions) and first != last:
        return f"nothing from {first.value} to {last.value}"
    if words.kinds.get(first.relation) in _KINDS and first.op == "is":
        return f"{'less' if wish.force == 'less' else 'no'} {listed([s.value.lower() for s in stated], 'or')}"
    return f"{'less' if wish.force == 'less' else 'nothing'} {phrase(stated, words, 'or')}"


def as_data(of: OfWish, graph: KnowledgeGraph) -> dict[str, Any]:
    """Return what is said of a wish as plain data; docs/answers.md explains the fields."""
    text = in_words(of.wish, graph) if of.wish else flat(of.words)
    data: dict[str, Any] = {"state": of.state, "text": text}
    if of.wish is not None:
        held = of.wish.as_data()
        data |= {name: held[name] for name in ("force", "conditions", "domain")}
        data |= {"always": of.always, "meant": "always" if of.wish.always else "conversation"}
    return data | ({"left_out": of.left_out} if of.left_out is not None else {})


def sentence(of: Sequence[OfWish], graph: KnowledgeGraph) -> str:
    """Return what is said of wishes."""
    return of_wishes([as_data(each, graph) for each in of])


def of_wishes(told: Sequence[Mapping[str, Any]]) -> str:
    """Return what is said of wishes that are plain data; "" for none."""
    noted = _of(told, "noted")
    lasting = [each for each in noted if each["always"]]
    brief = [each for each in noted if not each["always"] and each["meant"] != "always"]
    only_here = [each for each in noted if not each["always"] and each["meant"] == "always"]
    parts = [
        f"Noted, from now on: {_texts(lasting)}." if lasting else "",
        f"Noted, {_BRIEF}: {_texts(brief)}." if brief else "",
        f"Noted, {_ONLY}: {_texts(only_here)}." if only_here else "",
    ]
    if gone := _of(told, "withdrawn"):
        parts.append(f"No longer kept to: {_texts(gone)}.")
    if unread := _of(told, "unread"):
        quoted = listed([f"“{each['text']}”" for each in unread], "or")
        parts.append(f"I can't keep to {quoted}: no fact in this catalogue tells it.")
    if held := _of(told, "held"):
        parts.append(f"As you asked before: {'; '.join(map(_held, held))}.")
    if over := _of(told, "overridden"):
        parts.append(f"You said before: {_texts(over)}. You ask for it now, so it is here.")
    return " ".join(filter(None, parts))


def _held(told: Mapping[str, Any]) -> str:
    left = told.get("left_out")
    return f"{told['text']} ({left} left out)" if left else str(told["text"])


def _of(told: Sequence[Mapping[str, Any]], state: str) -> list[Mapping[str, Any]]:
    return [each for each in told if each["state"] == state]


def _texts(told: Sequence[Mapping[str, Any]]) -> str:
    return "; ".join(dict.fromkeys(str(each["text"]) for each in told))
