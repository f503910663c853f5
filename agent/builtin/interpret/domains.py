"""Which domain a request names: films or books."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from agent.builtin.lexicon.triggers import CONSUMING, DOMAIN_HINTS, DOMAIN_NOUNS, NOT_OF_DOMAIN
from agent.builtin.parse.chunks import Chunk

_BASED = 3  # chunks from 'based' to what an item is based on: 'a film BASED ON A BOOK'


def domain_said(chunks: Sequence[Chunk], domains: tuple[str, ...]) -> str | None:
    """Return the one domain that is said, None if there is no other or more than one is."""
    if len(domains) < 2:
        return None
    denied = {i + 1 for i, a in enumerate(chunks) if a.kind == "word" and a.text in NOT_OF_DOMAIN}
    led = {i: [a.text for a in chunks[i - 1 : i + 1]] for i in denied}
    denied |= {i + 1 for i, two in led.items() if two in (["not", "the"], ["not", "to"])}  # 'not TO WATCH'
    denied |= {i for i in range(len(chunks)) if "based" in (a.text for a in chunks[max(0, i - _BASED) : i])}
    nouns = frozenset().union(*DOMAIN_NOUNS.values())  # of "PICTURE book" the second
    denied |= {i for i, two in enumerate(pairwise(a.text for a in chunks)) if nouns.issuperset(two)}
    said = {a.text for i, a in enumerate(chunks) if a.kind in ("word", "trigger") and i not in denied}
    on_paper = ("on", "paper") in pairwise(a.text for a in chunks)
    named = [a for a in chunks if a.kind == "category" or (a.kind == "trigger" and " " in a.text)]
    said |= {word for a in named for word in a.text.casefold().split()}  # 'the KIND OF BOOK where'
    said |= ({"film"} if {"biopic", "biopics"} & said else set()) | ({"book"} if on_paper else set())
    own = {each: DOMAIN_NOUNS.get(each, frozenset({each, f"{each}s"})) for each in domains}
    fits = [each for each in domains if said & own[each]]
    sure = [each for each in fits if said & own[each] - CONSUMING]  # 'too tired to WATCH, a short BOOK'
    fits = sure if len(sure) == 1 else fits or [d for d in own if said & DOMAIN_HINTS.get(d, frozenset())]
    return fits[0] if len(fits) == 1 else None
