"""The first and the last that somebody made: 'his first one', 'and her latest?'."""

from __future__ import annotations

from dataclasses import replace

from agent.builtin.dialogue.acts import EndOf
from agent.builtin.dialogue.people import whom
from agent.builtin.dialogue.renewed_search import find_again
from agent.builtin.dialogue.utterance import Utterance, title_of
from agent.builtin.lexicon.load import words
from agent.builtin.lexicon.triggers import ITEM_NOUNS
from agent.builtin.plan.proposal import proposal
from agent.builtin.plan.search import SearchFilters
from agent.builtin.plan.tool_session import Arguments
from agent.builtin.respond import sentences

_OWNERS = ("his", "her", "their")
_KNOWN = ("best known", "famous one", "famous film", "famous book", "popular one", "famous", "popular")
_FIRST, _LAST = ("first", "debut", "earliest", "oldest"), ("last", "latest", "newest", "recent")


def end_of_work(utterance: Utterance) -> EndOf | None:
    """'his first one', 'what was her latest?', 'and their last film'."""
    said, reading = utterance.words, utterance.reading
    if (done := _done_at_an_end(utterance)) is not None:
        return done
    owner = next((i for i, word in enumerate(said) if word in _OWNERS), None)
    if owner is None or reading.wanted or reading.mentioned or reading.categories or reading.none_of:
        return None
    rest = [word for word in said[owner + 1 :] if word not in words("acts", "beside an end")]
    led = set(said[:owner]) <= words("acts", "before an end")
    known = " ".join(rest[:2]) in _KNOWN or rest[:1] == ["biggest"]
    ends = rest[:1] != [] and rest[0] in (*_FIRST, *_LAST)
    after = rest[2:] if known and rest[0] != "biggest" else rest[1:]
    if not (led and (known or ends)) or not set(after) <= ITEM_NOUNS | {"one"}:
        return None
    return EndOf("" if known else "latest" if rest[0] in _LAST else "earliest")


def _done_at_an_end(utterance: Utterance) -> EndOf | None:
    """Return the end that is asked for by what was done: 'which did she WRITE LAST'."""
    said, reading = utterance.words, utterance.reading
    rest = [word for word in said if word not in words("acts", "beside an end")]
    asks = len(rest) > _LEAST and rest[0] in ("which", "what") and rest[-1] in ("first", "last")
    made = bool(words("acts", "making") & set(rest)) and bool({"he", "she", "they"} & set(rest))
    if not (asks and made) or reading.wanted or reading.mentioned or reading.categories:
        return None
    return EndOf("latest" if rest[-1] == "last" else "earliest")


_LEAST = 3  # words of such a question


def end_of(act: EndOf, utterance: Utterance) -> Arguments | None:
    """Find the first or the last that whoever is meant made, of what was asked for if it was of them."""
    state = utterance.state
    meant = whom(utterance, ())
    if len(meant) != 1:
        question = sentences.which_of([p.label for p in meant]) if meant else sentences.WHOM
        return proposal(act="ask", question=question)
    stated = {"relation": meant[0].relation, "value": meant[0].label}
    held = any(each["value"] == meant[0].label for each in state.conditions)
    filters = (
        replace(state.filters, order=act.order, exclude=()) if held else SearchFilters("", order=act.order)
    )
    afresh = replace(utterance, state=replace(state, similarity=None))
    answer = find_again(afresh, state.conditions if held else [stated], filters)
    if not (answer and answer["items"]):
        return answer
    first = answer["items"][:1]
    note = "" if act.order else sentences.first_of(title_of(utterance, first[0]), by_fame=True)
    return answer | {"items": first, "note": " ".join(filter(None, (answer["note"], note)))}
