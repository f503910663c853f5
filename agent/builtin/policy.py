"""From a reading to an answer: check claims, resolve references, find, and say what was wrong.

Facts come only from tools. Where a name or role is ambiguous, all readings are tried in one turn and the
likeliest that finds something wins.
"""

from __future__ import annotations

from typing import Any

from agent.builtin.dialogue.acts import follow_up
from agent.builtin.dialogue.state import DialogueState
from agent.builtin.interpret.interpret import interpret
from agent.builtin.interpret.request import ParsedRequest
from agent.builtin.parse.chunks import Vocabulary, chunk_text
from agent.builtin.parse.spelling import is_respelled
from agent.builtin.plan.alternatives import category_term, name_term, resolve
from agent.builtin.plan.claims import check_claims, respelled
from agent.builtin.plan.preferences import by_taste, in_order, like_examples
from agent.builtin.plan.proposal import by_similarity, proposal, rival
from agent.builtin.plan.search import filters_of, find_each, relaxed
from agent.builtin.plan.tool_session import Arguments, ToolSession
from agent.builtin.respond import sentences as wording


def decide(
    text: str, session: ToolSession, vocabulary: Vocabulary, state: DialogueState | None = None
) -> Arguments:
    """Return the arguments of `recommend` for a request; `past` is what it may follow up on.

    Raises:
        Pending: tools must answer first.
    """
    if not session.has("link_entities"):
        return by_similarity(text, session, ParsedRequest(text), "")
    links = session.call("link_entities", text=text)
    if links is None:
        return proposal(note=wording.TOO_LONG)
    chunks = chunk_text(text, links, vocabulary)
    reading = interpret(text, chunks, vocabulary)
    answer = follow_up(chunks, reading, state, session)
    return answer if answer is not None else _request(reading, links, session)


def _request(reading: ParsedRequest, links: dict[str, Any], session: ToolSession) -> Arguments:
    """Answer a request that stands by itself."""
    checked = check_claims(reading, session)
    references, described = resolve(reading, session)
    filters = filters_of(reading, described)
    terms = [name_term(wanted.roles, wanted.name) for wanted in reading.wanted]
    terms += references + [category_term(name) for name in reading.categories]
    wanted = [c for c in checked if c.claim.asked] or ([] if any(references) else checked[:1])
    first = [t for t in (*terms, *(c.first for c in wanted)) if t]
    second = [t for t in (*terms, *(c.second for c in wanted)) if t]
    corrections = [c.correction for c in checked if c.correction] + respelled(reading, checked, session)
    unknown = wording.unknown_names(links["unlinked"])
    stated = reading.wanted or references or checked or filters.limits
    liked = reading.examples and not stated
    if liked and reading.categories:
        return like_examples(reading, first, filters, session)
    if liked or not (first or filters.limits):
        return by_taste(reading, session, unknown, corrections)
    best, other = find_each([first, second if any(c.second for c in wanted) else first], filters, session)
    if not best.items and other.items:
        best, other = other, best
    found, whose = in_order(best.items, reading, session)
    conditions, note = best.conditions, wording.read_as(_misspelt(reading, corrections))
    also = None
    if not found:
        found, conditions, note = relaxed(first, filters, session)
    elif other.items and other.conditions != conditions:
        label = wording.second_reading(other.conditions)
        also = {"label": label, "items": other.items, "conditions": other.conditions}
    elif best.rival is not None:
        also = rival(best.rival)
    if also is not None:
        also["items"] = also["items"][: reading.limit]
    said = " ".join(part for part in (note or unknown, whose) if part)
    return proposal(found[: reading.limit], conditions, corrections, said, also, filters)


def _misspelt(reading: ParsedRequest, corrections: list[dict[str, Any]]) -> list[tuple[str, str]]:
    """Return the wanted names that are misspelt and in no correction: as written, as read."""
    said = {correction["claimed"] for correction in corrections}
    odd = [w.name for w in reading.wanted if w.name.choices and is_respelled(w.name.text, w.name.choices[0])]
    return [(name.text, name.choices[0].label) for name in odd if name.text not in said]
