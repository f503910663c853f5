"""New requests in a conversation: those for a kind keep to books after books; some fit nothing before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from agent.builtin.dialogue.fragments import is_place
from agent.builtin.dialogue.utterance import Utterance
from agent.builtin.interpret.spans import Span
from agent.builtin.lexicon.load import words
from agent.builtin.plan.tool_session import Arguments
from agent.builtin.request_answers import request


def in_domain_before(utterance: Utterance, spans: Sequence[Span]) -> Arguments | None:
    """Return the answer to a request within the domain asked for last; to it alone where that has none."""
    reading, domain = utterance.reading, utterance.state.filters.domain
    others = any(not is_place(each.name) for each in reading.wanted)
    kinds = bool(reading.categories or reading.any_of or reading.wanted)
    if not (utterance.state.items and domain and kinds) or reading.domain or reading.mentioned or others:
        return request(utterance, spans)
    within = request(replace(utterance, reading=replace(reading, domain=domain)), spans)
    if within and within["items"]:
        proved = {each["relation"] for each in within["conditions"]}
        if "genre" in proved or not reading.categories:
            return within  # not 'comedies from the 1980s' after books, of which none is a comedy
    return request(utterance, spans)


def afresh(followed: Arguments, utterance: Utterance, spans: Sequence[Span]) -> Arguments | None:
    """Return the answer to 'something sad' by itself, where it fits nothing that was asked for before.

    None where it does not open a request, or something that fits both was found.
    """
    opens = utterance.words[:1] and utterance.words[0] in words("clauses", "opens another wish")
    same = [*followed.get("items", ())] == [*utterance.state.items]
    if not opens or not (followed.get("act") == "decline" or (same and followed.get("unused"))):
        return None
    alone = in_domain_before(utterance, spans)
    return alone if alone and alone["items"] and not alone.get("unused") else None
