"""What a client's developer asks for in system messages: read as a policy, and said where it is not read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from agent.assistant import Assistant, Turn
from agent.conversation import Said
from agent.phrasing import flat
from agent.policy_wishes import policy_of
from kg.policy import Policy
from tools.knowledge import Knowledge

_NAMED = 3  # sentences that were not read are named
_CHARACTERS = 80  # of a sentence


def followed(assistant: Assistant, text: str) -> tuple[Assistant, Sequence[str]]:
    """Return who keeps to what a text asks for, and the sentences that were not read."""
    if not text.strip():
        return assistant, ()
    policy, unread = _read(text, assistant.knowledge)
    return assistant.under(policy), unread


def with_unread(turn: Turn, unread: Sequence[str]) -> Turn:
    """Return a turn whose answer says, in its note, which instructions were not read."""
    if not unread:
        return turn
    answer, said = turn.answer, _sentence(unread)
    note = " ".join(filter(None, (said, answer["note"])))
    return replace(turn, answer={**answer, "note": note, "text": f"{said}\n{answer['text']}"})


def without_unread(said: Sequence[Said], unread: Sequence[str]) -> list[Said]:
    """Return messages in which Usher's words are those of the answer alone."""
    before = f"{_sentence(unread)}\n" if unread else ""
    return [each._replace(text=each.text.removeprefix(before)) for each in said]


def _sentence(unread: Sequence[str]) -> str:
    named = ", ".join(f"“{_short(each)}”" for each in unread[:_NAMED])
    more = f" and {len(unread) - _NAMED} more" if len(unread) > _NAMED else ""
    return f"I couldn't use these instructions: {named}{more}."


@lru_cache(maxsize=64)
def _read(text: str, knowledge: Knowledge) -> tuple[Policy, tuple[str, ...]]:
    policy, unread = policy_of(text, knowledge)
    return policy, tuple(unread)


def _short(text: str) -> str:
    plain = flat(text)
    return plain if len(plain) <= _CHARACTERS else f"{plain[: _CHARACTERS - 1]}…"
