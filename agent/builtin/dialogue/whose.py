"""One of two people's wishes that were told together: 'she wants romance, I want action', 'NOW MINE'."""

from __future__ import annotations

import re
from collections.abc import Sequence

from agent.builtin.dialogue.small_talk import spoken
from agent.builtin.lexicon.load import words

_LEADS = words("acts", "before whose wish")
_MINE = {
    ("mine",),
    ("for", "me"),
    ("one", "for", "me"),
    ("something", "for", "me"),
    ("my", "one"),
    ("my", "pick"),
}
_THEIRS = {(word,) for word in ("hers", "his", "theirs")} | {
    (*led, "for", whom) for led in ((), ("one",), ("something",)) for whom in ("her", "him", "them")
}
_PARTS = re.compile(r"[,;.!?:]+|\b(?:and|but|while|whereas)\b")
_OTHERS = words("occasion", "company") | {"she", "he", "they", "shes", "hes"}
_ONESELF = frozenset("i im id ive ill me".split())
_VERBS = words("acts", "verbs of wishing")


def wish_of_one(said: Sequence[str], texts: Sequence[str]) -> str:
    """Return what a text asks of two people's wishes told before: that of who asks or the other's, or ''."""
    mine = _is_of_oneself(said)
    for text in reversed(texts if mine is not None else ()):
        own, other = _parts_of(text)
        if own and other:
            return own if mine else other
    return ""


def _is_of_oneself(said: Sequence[str]) -> bool | None:
    """Tell whether a text asks for one's own wish, or for another's; None if it says more."""
    rest = list(said)
    while rest and rest[0] in _LEADS:
        rest = rest[1:]
    while rest and rest[-1] in _LEADS:
        rest = rest[:-1]
    if tuple(rest) in _MINE:
        return True
    return False if tuple(rest) in _THEIRS else None


def _parts_of(text: str) -> tuple[str, str]:
    """Return what who asks wishes for in a text, and what somebody else does."""
    found = {True: "", False: ""}
    for part in _PARTS.split(text):
        said = spoken(part)
        place = next((i for i, word in enumerate(said) if word in _VERBS), -1)
        subject = set(said[:place]) if place > 0 else set()
        if subject & _OTHERS:
            found[False] = found[False] or _wished(said[place + 1 :])
        elif subject & _ONESELF or (place == 0 and said[:1] == ("im",)):
            found[True] = found[True] or _wished(said[place + 1 :])
    return found[True], found[False]


def _wished(said: Sequence[str]) -> str:
    """Return what is wished for, without whom it makes of somebody: 'a horror GUY'."""
    kept = said[:-1] if said[1:] and said[-1] in _FANS else said
    return " ".join(kept)


_FANS = frozenset("guy girl man woman person fan lover type nut buff".split())
