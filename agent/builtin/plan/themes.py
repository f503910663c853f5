"""Items that descriptions say to be about something: found by it, narrowed to it, or left out for it."""

from __future__ import annotations

from collections.abc import Sequence

from agent.builtin.interpret.request import ParsedRequest
from agent.builtin.lexicon.themes import related
from agent.builtin.plan.proposal import proposal
from agent.builtin.plan.tool_session import Arguments, ToolSession
from agent.builtin.respond import sentences

_SHOWN = 20
_MOST = 200  # items that such a tool may return
_LIKELY = 10  # items that a plot may be of

Groups = Sequence[Sequence[str]]


def speaking_of(theme: Groups, reading: ParsedRequest, session: ToolSession) -> Arguments | None:
    """Return the items whose descriptions have the words of a theme; None if none has one."""
    if not session.has("search_items"):
        return None
    said = {_query(group): group for group in theme}
    found = session.call("search_items", text="", words=list(said), k=_SHOWN, **_frame(reading))
    if not (found and found["items"]):
        return None
    items = [hit["id"] for hit in found["items"]][: reading.limit]
    unused = [word for query in found["missing"] for word in said[query]]
    used = [word for group in theme for word in group if word not in unused]
    return proposal(items, note=sentences.found_by(used), basis="text", unused=unused)


def narrowed(answer: Arguments, theme: Groups, session: ToolSession) -> Arguments | None:
    """Return an answer with only those of its items that speak of a theme; None if none does."""
    if not (theme and answer["items"] and session.has("search_items")):
        return None
    said = {_query(group): group for group in theme}
    found = session.call("search_items", text="", words=list(said), k=_MOST, conditions=answer["conditions"])
    about = {hit["id"] for hit in found["items"]} if found else set()
    items = [item for item in answer["items"] if item in about]
    if not items:
        return None
    unused = [word for query in found["missing"] for word in said[query]]
    used = [word for group in theme for word in group if word not in unused]
    note = " ".join(part for part in (answer["note"], sentences.speaking_of(used)) if part)
    return answer | {"items": items, "note": note, "unused": [*answer.get("unused", ()), *unused]}


def is_by_theme(answer: Arguments) -> bool:
    """Tell whether the items of an answer were found by what descriptions say, or narrowed to that."""
    return bool(answer["items"]) and (answer.get("basis") == "text" or sentences.BY_THEME in answer["note"])


def barred_by(words: Sequence[str], session: ToolSession) -> list[str]:
    """Return the items that speak of what is not wanted."""
    if not (words and session.has("search_items")):
        return []
    found = session.call("search_items", text="", words=[_query(words)], k=_MOST)
    return [hit["id"] for hit in found["items"]] if found else []


def of_plot(words: Sequence[str], reading: ParsedRequest, session: ToolSession) -> Arguments | None:
    """Return the items that a plot told in these words may be of; None if too little of it is known."""
    if not (words and session.has("search_items")):
        return None
    found = session.call("search_items", text="", words=list(words), k=_LIKELY, **_frame(reading))
    if not found or not found["items"] or found["total"] > _LIKELY:
        return None
    return proposal([hit["id"] for hit in found["items"]], basis="text", unused=found["missing"])


def _query(group: Sequence[str]) -> str:
    return "|".join(dict.fromkeys(form for word in group for form in related(word)))


def _frame(reading: ParsedRequest) -> Arguments:
    named = list(dict.fromkeys(c.id for title in reading.mentioned for c in title.choices[:1]))
    domain = {"domain": reading.domain} if reading.domain else {}
    return domain | ({"exclude_items": named} if named else {})
