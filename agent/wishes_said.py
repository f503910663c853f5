"""Standing wishes in words: what is noted, what holds, what a request overrode."""

from __future__ import annotations

from collections.abc import Sequence

from agent.phrasing import flat, listed, said
from agent.quantity_text import with_unit
from kg.graph import KnowledgeGraph
from kg.types import YEAR, Condition
from tools.wishes import SEQUEL, Wish

_OPS = {">=": "at least", "<=": "at most", ">": "over", "<": "under"}


def in_words(wish: Wish, graph: KnowledgeGraph) -> str:
    """Return a wish as a phrase: 'no Western', 'running time at most 120 min'."""
    first, last = wish.conditions[0], wish.conditions[-1]
    if first.relation == SEQUEL:
        return "no sequels"
    if wish.unwanted and first.relation == YEAR and first != last:
        return f"nothing from {first.value} to {last.value}"
    told = listed(list(dict.fromkeys(_told(each, graph) for each in wish.conditions)), "or")
    if wish.unwanted:
        return f"no {told}"
    return told if first.op != "is" else f"only {told}"


def _told(condition: Condition, graph: KnowledgeGraph) -> str:
    if condition.op == "is":
        return flat(condition.value)
    value = with_unit(flat(condition.value), graph.relation(condition.relation).unit)
    return f"{said(condition.relation)} {_OPS.get(condition.op, condition.op)} {value}"


def all_in_words(wishes: Sequence[Wish], graph: KnowledgeGraph) -> str:
    """Return wishes as a list, each phrase once."""
    return "; ".join(dict.fromkeys(in_words(wish, graph) for wish in wishes))


def noted(added: Sequence[Wish], graph: KnowledgeGraph, *, keeps: bool) -> str:
    """Return that wishes are noted, and how long they hold."""
    lasting = [wish for wish in added if wish.always]
    brief = [wish for wish in added if not wish.always]
    parts = []
    if lasting:
        where = "from now on" if keeps else "for this conversation, the only one I can keep it for"
        parts.append(f"Noted, {where}: {all_in_words(lasting, graph)}.")
    if brief:
        parts.append(f"Noted, for this conversation: {all_in_words(brief, graph)}.")
    return " ".join(parts)


def withdrawn(gone: Sequence[Wish], graph: KnowledgeGraph) -> str:
    """Return that wishes no longer hold."""
    return f"No longer held to: {all_in_words(gone, graph)}." if gone else ""


def unread(words: Sequence[str]) -> str:
    """Return that no fact tells what is wished."""
    quoted = [f"“{flat(each)}”" for each in words]
    return f"I can't hold to {listed(quoted)}: no fact here tells it." if words else ""


def held(wishes: Sequence[Wish], graph: KnowledgeGraph) -> str:
    """Return that wishes left something out."""
    return f"Kept to what you said before: {all_in_words(wishes, graph)}." if wishes else ""


def overridden(wishes: Sequence[Wish], graph: KnowledgeGraph) -> str:
    """Return that a request asked for what wishes leave out."""
    if not wishes:
        return ""
    return f"You said {all_in_words(wishes, graph)}; this asks for it, so that does not count here."
