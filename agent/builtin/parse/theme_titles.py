"""Titles that are ordinary words as well: 'ghost stories' and 'films about trains' name no item.

What is written like any other words, and stands where a subject does, is a theme. Quoted, with a year, in
capitals of its own, or after what leads to a title ("like", "seen", "the cast of") it is a title.
"""

from __future__ import annotations

from collections.abc import Sequence

from agent.builtin.lexicon.load import tables, words
from agent.builtin.lexicon.triggers import ITEM_NOUNS
from kg.text import Token, fold, folded_words, tokens
from tools.english import common_words, is_everyday, lead
from tools.theme_wordings import worded_at

_MANY_ITEMS = lead("plural kind") - {"thing", "story"}
_ONE_ITEM = (lead("kind") | {"story", "tale", "comedy"}) - {"show"}
_SMALL = frozenset(tables("function")["articles"]) | words("asking", "quality") | {"of", "some", "lots"}
_TOLD = words("themes", "leads to subject")
_TOLD_OF_TITLES = words("themes", "before what is told of a title")
_HAVING = frozenset(("with", "of", "on", "in"))
_SETTING = frozenset(("set", "place", "happens", "happening"))
_STATES = frozenset("being feeling becoming getting having living going growing falling".split())
_OWNERS = ITEM_NOUNS | words("uses", "owns a theme")
_LEADS = lead("title") | lead("role") | words("themes", "leads to a title")
_ENDS = ".!?;:\n…"
_JOINED = 2  # words before "and" that tell what something is about, at least
_REACH = 8  # words to either side
_NEAR = 16  # characters in which the word before a name ends
_SPACE = 400  # characters that so many words have at most, but in texts that are no language


def is_theme(text: str, start: int, end: int) -> bool:
    """Tell whether what is also a title, `text[start:end]`, is said as the subject of items."""
    said = tokens(text[start:end])
    known = " ".join(fold(word.raw) for word in said) in words("themes", "phrases")
    led = folded_words(text[max(0, start - _NEAR) : start])[-1:]
    articled = led in (["the"], ["a"], ["an"])
    if not known and not articled and _is_in_capitals(text, start, said):
        return False
    before, after = _before(text, start), _after(text, end)
    if not said or _is_quoted(text, start, end) or _is_seen(after):
        return False
    of_event = articled and _is_told(before)  # 'comedies about the COLD WAR', 'about an AI'
    of_event = of_event or (known and after[:1] != [] and _is_plural(after[0]))
    if not of_event and _is_in_capitals(text, start, said):
        return False
    if _is_worded(text, start, end) or (
        fold(said[0].raw) == "about" and before[-1:] != [] and before[-1] in ITEM_NOUNS
    ):
        return True
    if before and before[-1] in _LEADS:
        return False
    if before and before[-1] in _SETTING and fold(said[0].raw) in _HAVING:  # 'set IN THE WOODS'
        return True
    if of_event:
        return True
    plain = all(is_everyday(fold(word.raw)) for word in said)
    if not plain:
        return (after[:1] != [] and after[0] in _MANY_ITEMS) or _is_told(before)
    if not before and not after and not _is_parted(text, start, end):
        return len(said) == 1 and _is_plural(fold(said[0].raw))  # the whole message
    return (
        _is_told(before)
        or _describes(before, after)
        or _is_listed(before, after)
        or (_is_plural(fold(said[-1].raw)) and _opens(before) and not after)
    )


def _is_worded(text: str, start: int, end: int) -> bool:
    """Tell whether it is part of a subject that says more: 'movies about A BOY and his horse'."""
    said = tokens(text[max(0, start - _SPACE) : end + _SPACE])
    shift = max(0, start - _SPACE)
    folded = [fold(word.raw) for word in said]
    for place, word in enumerate(said):
        length = worded_at(folded, place)[0] if shift + word.start < end else 0
        last = shift + said[place + length - 1].end if length else 0
        if last > start and (last > end or shift + word.start < start):
            return True
    return False


def _is_seen(after: Sequence[str]) -> bool:
    """Tell whether somebody tells that it was seen: 'strictly ballroom I SAW ALREADY'."""
    told = after[:1] in (["i"], ["we"], ["ive"], ["weve"])
    return told and bool({"saw", "seen", "watched", "know", "read"} & set(after[1:4]))


def _is_quoted(text: str, start: int, end: int) -> bool:
    """Tell whether something is written as a title: quoted, or with its year."""
    return text[max(0, start - 1) : start] in tuple('"“‘*_«') or text[end : end + 2].strip()[:1] == "("


def _is_in_capitals(text: str, start: int, said: Sequence[Token]) -> bool:
    """Tell whether something is written in capitals of its own, not only of where a sentence opens."""
    opens = not text[:start].strip(" \"'“(") or text[:start].rstrip()[-1:] in tuple(_ENDS)
    capitals = [word for word in said if not word.raw.islower() and not word.raw.isdecimal()]
    return any(word is not said[0] or not opens for word in capitals)


def _is_parted(text: str, start: int, end: int) -> bool:
    """Tell whether more is said in other sentences."""
    return bool(tokens(text[:start]) or tokens(text[end:]))


def _is_told(before: Sequence[str]) -> bool:
    """Tell whether it is what something is about: 'about TRAINS', 'set in a PRISON', 'a film with TWINS'."""
    said = list(before)
    idle = _SMALL | _STATES | words("function", "numbers")  # 'about BEING lonely', 'about THREE women'
    while said and (said[-1] in idle or (said[-1] not in common_words() and len(said) > 1)):
        if said[-1] in _HAVING:
            break
        said.pop()
    if not said:
        return False
    if said[-1] in ("and", "or"):  # 'about the stock market and GREED'
        return len(said) > _JOINED and _is_told(said[:-1])
    if said[-1] in ("in", "on", "at") and said[-2:-1] in (["set"], ["place"], ["happens"]):
        return True
    if said[-1] in _HAVING:  # 'about loneliness in a BIG CITY'
        return said[-2:-1] != [] and (said[-2] in _OWNERS or said[-2] == "but" or _is_told(said[:-2]))
    return said[-1] in _TOLD and not _TOLD_OF_TITLES & set(said[-3:-1])


def _describes(before: Sequence[str], after: Sequence[str]) -> bool:
    """Tell whether a noun for items follows: 'GHOST stories', 'a good HEIST movie'; not 'the Speed movie'."""
    if not after:
        return False
    if after[0] in _MANY_ITEMS or (after[0] in ("themed", "related") and len(after) > 1):
        return True
    if after[0] in _ONE_ITEM or after[1:2] == ["movie"] or after[1:2] == ["film"]:
        return not set(before[-2:]) & {"the", "that", "this", "his", "her", "their"}
    kinds = any(word in _MANY_ITEMS for word in after[1:3])
    return kinds and is_everyday(after[0]) and after[0] not in common_words()


def _is_listed(before: Sequence[str], after: Sequence[str]) -> bool:
    """Tell whether it is joined to a plain noun: 'trains and MURDER', 'MURDER and trains'."""
    beside = before[-2:-1] if before[-1:] in (["and"], ["or"]) else after[1:2] if after[:1] == ["and"] else []
    other = before[:-2] if before[-1:] in (["and"], ["or"]) else before
    bare = all(word in _SMALL for word in other)
    return bare and bool(beside) and _is_plural(beside[0]) and is_everyday(beside[0])


def _opens(before: Sequence[str]) -> bool:
    return all(word in _SMALL for word in before)


def _is_plural(word: str) -> bool:
    return len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is"))


def _before(text: str, start: int) -> list[str]:
    """Return the folded words before a place, in its sentence."""
    said = text[max(0, start - _SPACE) : start]
    place = max((said.rfind(mark) for mark in _ENDS), default=-1)
    return folded_words(said[place + 1 :])[-_REACH:]


def _after(text: str, end: int) -> list[str]:
    """Return the folded words after a place, with no mark between."""
    rest = text[end : end + _SPACE]
    marks = [place for mark in (*_ENDS, ",", "(", "-", "/") if (place := rest.find(mark)) >= 0]
    return folded_words(rest[: min(marks, default=len(rest))])[:_REACH]
