"""Dates of a title, of a life, of a story, that say nothing of what is wanted; and those pointed at."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from agent.builtin.lexicon.load import words
from agent.builtin.lexicon.triggers import ITEM_NOUNS
from agent.builtin.parse.ages import Age
from agent.builtin.parse.chunks import Chunk
from agent.builtin.parse.dates import Date, dates
from agent.builtin.parse.name_evidence import is_place_or_event

_PERSONAL = words("years", "personal")
_SET = words("years", "set")
_GROUPS = frozenset("society club festival cinema theatre theater class course screening".split())
_EDITIONS = frozenset("one version remake original adaptation film movie".split())
_SOMETHING = words("years", "something")
_OWN = frozenset("my his her our their your".split())
_FROM_MY = (["from", "my"], ["from", "our"], ["of", "my"], ["of", "our"])
_IN_THEIR = (["in", "there"], ["in", "the"], ["in", "thier"])  # 'they are in THERE seventies'
_BEING = frozenset("is are was be both all hes shes theyre theyve s re turning".split())
_JOINING = ("or", "to", "and")
_POINTING = frozenset("that this same exact very".split())
_COMPANY = 6  # chunks from who is spoken of to their age
_STORY = frozenset(("about", "."))
_BIRTH = frozenset(("born", "birth"))


def is_item(chunk: Chunk) -> bool:
    """Tell whether a chunk is a noun for items or a kind of them."""
    return chunk.kind == "category" or (chunk.kind == "word" and chunk.text in ITEM_NOUNS)


def is_edition(chunks: Sequence[Chunk], date: Date) -> bool:
    """Tell whether a year tells one item from its namesakes: 'the 1954 version', 'the 1997 film Titanic'.

    Not where any of that year will do: 'A 1999 movie, but not Fight Club'.
    """
    titled = any(a.kind == "title" for a in chunks)
    led = any(a.kind in ("title", "entity") for a in chunks[date.end + 1 : date.end + 2])
    anyone = bool(_INDEFINITE & {a.text for a in chunks[max(0, date.start - 1) : date.start]})
    return led or (titled and not anyone and chunks[date.end].text in _EDITIONS)


_INDEFINITE = frozenset("a an any some another".split())
_ALIKE = frozenset(("like", "to", "as", "loved", "liked", "saw", "watched"))


def is_of_title(chunks: Sequence[Chunk], date: Date) -> bool:
    """Tell whether a year only says which item is meant: 'Titanic (1997)', 'Papillon, the 1973 one'."""
    near = chunks[max(0, date.start - 3) : date.start]
    if any(a.kind == "title" for a in near) and all(
        a.kind in ("title", "mark") or a.text == "the" for a in near[-2:]
    ):
        return True
    liked = [a.text for a in chunks[max(0, date.start - 4) : date.start]]
    if len(liked) > 2 and liked[-1] in ("from", "of") and near[-2].kind in ("title", "entity"):
        unnamed = near[-2].kind == "title" or not near[-2].choices
        if unnamed and chunks[date.start - 3].text in _ALIKE:
            return True  # "a comedy like Zorg from 2011"
    aside = chunks[max(0, date.start - 5) : date.start]
    if any(a.kind == "title" and b.text == "(" for a, b in pairwise(aside)):
        return True  # "(the one of 1997)"
    opened = bool(near) and near[-1].kind == "mark" and near[-1].text == "("
    closed = date.end >= len(chunks) or chunks[date.end].text == ")"
    return opened and closed and not (len(near) > 1 and is_item(near[-2]))


def is_age(chunks: Sequence[Chunk], date: Date) -> bool:
    """Tell whether a decade is one of somebody's life: 'in my late 40s', 'her late 20s or early 30s'."""
    start = date.start
    if start > 1 and chunks[start - 1].text in _JOINING and chunks[start - 2].text.endswith(("ies", "0s")):
        start -= 2
    near = chunks[max(0, start - 2) : start]
    aged = any(a.text in ("us", "were", "im") for a in chunks[max(0, start - _COMPANY) : start])
    if [a.text for a in near][-1:] == ["in"] or [a.text for a in near] in _IN_THEIR:
        said = {a.text for a in chunks[max(0, start - _COMPANY) : start]}
        aged = aged or bool(said & _BEING and said & words("clauses", "somebody"))
    of_all = any(a.text in ("all", "both", "mostly", "in") for a in near)  # 'five of us, ALL MID TWENTIES'
    return not date.exact and (
        any(a.text in _OWN for a in near) or (aged and of_all and _is_bare(chunks, date))
    )


def _is_bare(chunks: Sequence[Chunk], date: Date) -> bool:
    """Tell whether no noun for items stands behind a date."""
    return not any(is_item(chunk) for chunk in chunks[date.end : date.end + 2])


def is_personal(chunks: Sequence[Chunk], start: int) -> bool:
    """Tell whether a time is somebody's or a story's: 'I grew up in the 80s', 'set in 1942'."""
    if _opens_with_place(chunks, start):
        return True
    spoken = False
    for j in range(start - 1, max(-1, start - 7), -1):
        if chunks[j].kind not in ("word", "trigger") or is_item(chunks[j]) or chunks[j].text in _SOMETHING:
            return False
        apart = (
            chunks[start].text in ("from", "since", "after") and start - j > 1
        )  # "about spies from the 60s"
        if chunks[j].kind == "word" and chunks[j].text in _GROUPS:
            return True  # "I saw it at a film society in 1981"
        if chunks[j].text == "old" and j and chunks[j - 1].text == "too":
            continue  # "not too old, like from 1990"
        if {"old", "school"} == {chunks[j].text, chunks[j - 1 if chunks[j].text == "school" else j + 1].text}:
            continue  # "old-school 70s thrillers"
        if chunks[j].text == "about" and j and chunks[j - 1].text in ("what", "how"):
            return False  # "what about from the fifties?"
        if [a.text for a in chunks[max(0, j - 2) : j]] in _FROM_MY:
            return False  # "something from my childhood in the 70s"
        if chunks[j].text in _PERSONAL or (chunks[j].text in _SET and start - j <= 3 and not apart):
            return True
        spoken = spoken or chunks[j].text in ("i", "ive", "we", "weve")
    return False


def _opens_with_place(chunks: Sequence[Chunk], start: int) -> bool:
    """Tell whether a time stands behind a place that opens a message: 'PARIS in the twenties, artists'."""
    place = start == 1 or (start > 1 and chunks[start - 2].text in _STORY)
    return place and chunks[start].text in ("in", "during") and is_place_or_event(chunks[start - 1].text)


def pointed_years(chunks: Sequence[Chunk]) -> Iterator[Age]:
    """Yield the year of somebody's birth where it is asked for: 'born in 1967 … from that same year'."""
    pointed = tuple(i for i, chunk in enumerate(chunks) if chunk.text == "year" and _is_pointed(chunks, i))
    if not pointed:
        return
    born = [
        date
        for date in dates(chunks)
        if date.exact and any(a.text in _BIRTH for a in chunks[max(0, date.start - 4) : date.start])
    ]
    if len(born) == 1:
        yield Age(born[0].first, born[0].last, (*range(born[0].start, born[0].end), *pointed))


def _is_pointed(chunks: Sequence[Chunk], i: int) -> bool:
    """Tell whether 'year' means one that is told: 'that exact YEAR', 'the YEAR I was born'."""
    said = [a.text for a in chunks[max(0, i - 3) : i]]
    led = said[-1:] != [] and (said[-1] in _POINTING or said[-2:-1] in (["that"], ["same"]))
    told = [a.text for a in chunks[i + 1 : i + 4]]
    return led or (bool(_BIRTH & set(told)) and told[1:2] == ["was"]) or bool(_BIRTH & set(said))
