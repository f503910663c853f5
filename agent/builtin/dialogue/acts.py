"""Follow-ups: requests that only make sense after an earlier one, and small talk.

A full new request is none of these and starts afresh.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from agent.builtin.dialogue import revisions as changes
from agent.builtin.dialogue.questions import question, why
from agent.builtin.dialogue.state import SHORT, DialogueState, Utterance, places_of
from agent.builtin.interpret.request import ParsedRequest
from agent.builtin.parse.chunks import Chunk
from agent.builtin.plan.proposal import proposal
from agent.builtin.plan.tool_session import Arguments, ToolSession
from agent.builtin.respond import sentences as wording

_THANKS = frozenset("thanks thank thankyou cheers ta merci".split())
_POLITE = frozenset(
    "you thats great lovely perfect that so much very awesome ok okay cool nice good a lot is for the help it"
    " was s".split()
)
_FILLERS = frozenset("ok okay so well hello hi hey right great please".split())
_ASKS = frozenset("who whos when why what which".split())


def follow_up(
    chunks: Sequence[Chunk], reading: ParsedRequest, state: DialogueState | None, session: ToolSession
) -> Arguments | None:
    """Return an answer if the text follows up on `past` or makes conversation; None if it is a request."""
    words = tuple(word for chunk in chunks if chunk.kind != "mark" for word in chunk.text.casefold().split())
    while len(words) > 1 and (words[0] in _FILLERS or (words[0] in ("and", "but") and words[1] in _ASKS)):
        words = words[1:]
    said = Utterance(chunks, reading, state or DialogueState(), words, session)
    rules: tuple[Callable[[Utterance], Arguments | None], ...] = (_conversation, question)
    if state is None:
        rules += (_nothing_yet,)
    else:
        rules += (
            why,
            changes.like_one,
            changes.not_that,
            changes.without,
            changes.other_role,
            changes.again,
            changes.instead,
            changes.same_as,
            changes.refine,
        )
    for rule in rules:
        if (answer := rule(said)) is not None:
            return answer
    return None


def _conversation(said: Utterance) -> Arguments | None:
    """'who are you', 'thanks', 'start over'."""
    if said.has(
        "who am i talking to",
        "who are you",
        "who is this",
        "are you human",
        "are you real",
        "talking to a person",
        "what are you",
        "what can you do",
        "whats your name",
    ):
        return proposal(note=wording.ABOUT)
    if _THANKS & set(said.words) and set(said.words) <= _THANKS | _POLITE:
        return proposal(note=wording.WELCOME)
    if said.has(
        "start over",
        "start again",
        "new search",
        "forget everything",
        "forget all that",
        "new topic",
        "start afresh",
    ):
        return proposal(note=wording.STARTED_OVER)
    return None


def _nothing_yet(said: Utterance) -> Arguments | None:
    """'not the second one' before anything was shown."""
    points = said.words[:1] == ("not",) or said.words[:1] in (("who",), ("when",), ("why",))
    if (changes.DROP & set(said.words[:1]) and len(said.words) <= SHORT // 2) or (
        points and places_of(said) and len(said.words) <= SHORT
    ):
        return proposal(note=wording.NOTHING_YET)
    return None
