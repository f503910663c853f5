"""What the clauses of a message do: ask, like, dislike, tell, or wonder aloud."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple

from agent.builtin.lexicon.load import tables, words
from agent.builtin.parse.chunks import Chunk
from agent.builtin.parse.clauses import clauses, is_untried
from agent.builtin.parse.identity import Same
from agent.builtin.parse.phrases import Phrases, places_said, said_after

_KEPT = 8  # rows of chunks; a message is read in a few forms, one after the other
_WISHES = Phrases(tables("tellings")["phrases of wishing"])
_WONDERING = Phrases(tables("tellings")["wondering"])
_SEEN_BEFORE = Phrases(tables("tellings")["seen before"])
_NEAR = 4  # words of a clause among which its verb stands


class Role(StrEnum):
    """What a clause does."""

    ASKS = "asks"
    LIKES = "likes"
    DISLIKES = "dislikes"
    PAST = "past"
    LIFE = "life"
    WONDERS = "wonders"
    OPEN = "open"


class Part(NamedTuple):
    """A clause, by its places, and what it does."""

    places: range
    role: Role


def clause_roles(chunks: Sequence[Chunk]) -> Sequence[Part]:
    """Return the clauses of a message and what each does."""
    return _clause_roles(Same(chunks))


@lru_cache(maxsize=_KEPT)
def _clause_roles(message: Same) -> tuple[Part, ...]:
    return tuple(Part(each, _role(message.value, each)) for each in clauses(message.value))


def _role(chunks: Sequence[Chunk], clause: range) -> Role:
    here = [chunk for chunk in chunks[clause.start : clause.stop] if chunk.kind != "mark"]
    start = next((k for k, a in enumerate(here) if a.text not in words("tellings", "leading")), len(here))
    owner = start > 0 and here[start - 1].text in words("tellings", "owners")
    said = [chunk.text.casefold() if chunk.kind in ("word", "trigger") else "·" for chunk in here]
    first = said[start] if start < len(said) else ""
    spoken = {word for chunk in here if chunk.kind != "title" for word in chunk.text.casefold().split()}
    if any(said_after(here, k, _WONDERING) for k in range(min(start + 1, len(here)))):
        return Role.WONDERS
    person = owner or first in words("tellings", "somebody")
    if is_untried(here):
        return Role.ASKS
    if any(said_after(here, k, _SEEN_BEFORE) for k in range(min(start + 1, len(here)))):
        return Role.PAST
    if not words("tellings", "wishing").isdisjoint(spoken) or places_said(here, _WISHES):
        return Role.ASKS
    if person:
        return _of_person(said[start:])
    if first in words("tellings", "elided") and "·" not in said[start + 1 : start + 2]:
        return Role.PAST
    return Role.OPEN


def _of_person(said: Sequence[str]) -> Role:
    """Return what a clause does that tells of somebody and wishes for nothing."""
    spoken, lead = set(said), set(said[: _NEAR + 1])
    likes = not words("tellings", "liking").isdisjoint(spoken)
    if not words("tellings", "disliking").isdisjoint(spoken):
        return Role.DISLIKES
    if likes:
        return Role.DISLIKES if words("tellings", "never") & lead else Role.LIKES
    if words("tellings", "wishing aloud") & lead and "·" in said:
        return Role.OPEN  # 'she SAID Barrymore'
    if words("tellings", "past") & lead or _is_perfect(said):
        return Role.PAST
    return Role.LIFE


def _is_perfect(said: Sequence[str]) -> bool:
    """Tell whether somebody has done something: "I'VE already SEEN", 'he HAS READ'."""
    near = said[: _NEAR + 1]
    place = next((k for k, word in enumerate(near) if word in words("tellings", "perfect")), -1)
    return place >= 0 and not words("tellings", "over").isdisjoint(near[place + 1 :])
