"""Which links are no names where they stand: a country, a town, a given name of an unknown title, a slip."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from itertools import pairwise

from agent.builtin.lexicon.load import tables, words
from agent.builtin.lexicon.triggers import ITEM_NOUNS
from agent.builtin.parse.chunks import Candidate, Chunk
from kg.text import fold, folded_words, tokens
from tools.english import common_words, is_everyday, lead
from tools.shape import CALENDAR
from tools.theme_words import subject_words

_PLACES = ("countries", "of countries", "towns", "regions")
_KNOWN = 3  # items of somebody who is meant by a surname alone
_REGION = 12  # characters beside a name that may be the rest of a place
_WEAK = frozenset(("surname", "spelling"))
_LED_BY = words("places", "leads to a person")
_PLACE_ROLES = frozenset(("country", "language"))
_OWNED = re.compile(r"['’]s((?: [A-Z][\w'’-]*)+)")
_CAPITAL = re.compile(r"(?<=[a-z,] )([A-Z][a-z]+) $")
_BEGINS_TITLE = re.compile(
    r"(?:^|[^\w.?!] ?|\w )((?:The|A|An)(?: [A-Z][\w'’-]*)+ (?:on|of|in|at|to|from|with|under|behind|for) )$"
)
_JUDGED = re.compile(r" (?:was|is|felt) (?!a |an |the |there|it )")
_BEFORE_TITLE = frozenset("to of tried finished started with".split())
_TAKING = frozenset("read reading watch watching listen".split())
_LIKED = frozenset(
    "loves loved love adores adored devoured finished into obsessed read reading enjoyed through".split()
)
_WHAT_ELSE = (
    ("what", "else"),
    ("what", "next"),
    ("whats", "next"),
    ("what", "now"),
    ("s", "next"),
    ("now", "what"),
)
_OF_SERIES = frozenset("series rest them it saga order first last more part parts book volume".split())
_WHOLE_WORKS = frozenset("book books novel novels read reads".split())
_PHRASES = frozenset(tables("uses")["unknowable phrases"])


def is_place_instead(text: str, start: int, end: int, choice: Candidate) -> bool:
    """Tell whether a name that is a place's is one: 'one of them is POLISH', 'set in Paris or LONDON'."""
    said = fold(text[start:end])
    if said not in _places() or _PLACE_ROLES & set(choice.roles):
        return False
    whole = choice.match not in _WEAK
    before = folded_words(text[max(0, start - 40) : start])
    led = bool(before) and before[-1] in _LED_BY
    if said in words("places", "of countries"):
        return not whole and not led
    joined = before[-1:] in (["or"], ["and"]) and before[-2:-1] != [] and before[-2] in _places()
    return joined or (not whole and not led and text[end : end + 2] not in ("'s", "’s"))


def is_place_of_story(text: str, start: int, end: int, choice: Candidate) -> bool:
    """Tell whether a place only begins the title of an item: 'immigrants in NEW YORK'."""
    if choice.match != "prefix":
        return False
    before = folded_words(text[max(0, start - 8) : start])
    return before[-1:] == ["in"] and fold(text[start:end]) in _places()


def is_feast(text: str, start: int, end: int) -> bool:
    """Tell whether a day that is also a title is when something is to be watched: 'a film FOR HALLOWEEN'."""
    if fold(text[start:end]) not in words("places", "events"):
        return False
    before = folded_words(text[max(0, start - 12) : start])[-1:]
    return before in (["for"], ["at"], ["this"], ["on"], ["every"], ["next"], ["around"])


def is_in_region(text: str, start: int, end: int, choices: Sequence[Candidate]) -> bool:
    """Tell whether what is like a name is a place of several words, or part of one: 'set in NEW YORK'."""
    if any(each.match not in _WEAK | {"prefix", "short"} for each in choices):
        return False
    said = f" {fold(text[max(0, start - _REGION) : end + _REGION])} "
    here = [word for word in fold(text[start:end]).split() if word not in _fillers()]
    near = (place for place in words("places", "regions") if f" {place} " in said)
    return any(bool(here) and set(here) <= set(place.split()) for place in near)


def is_place_or_event(said: str) -> bool:
    """Tell whether a capitalised run that is not linked is where or when a story is: 'New Zealand'."""
    name = fold(said).removeprefix("the ")
    return name in _places() or name in words("places", "events") or _is_event(name.split())


def _is_event(said: Sequence[str]) -> bool:
    """Tell whether words name what happened, by whom it was of: 'American Civil War'."""
    first, last = words("places", "begins an event") | lead("proper"), words("places", "kinds of events")
    return len(said) > 1 and said[0] in first and said[-1] in last


def is_end_of_event(text: str, start: int, end: int) -> bool:
    """Tell whether what is also a title ends the name of what happened: 'American CIVIL WAR'."""
    if fold(text[start:end]).rpartition(" ")[2] not in words("places", "kinds of events"):
        return False
    before = tokens(text[max(0, start - 16) : start])
    quoted = text[max(0, start - 1) : start] in tuple('"“‘*_«')
    return bool(before) and not quoted and _is_event([fold(before[-1].raw), *fold(text[start:end]).split()])


def is_of_event(text: str, start: int, end: int, choice: Candidate) -> bool:
    """Tell whether a place only names what happened there: 'the VIETNAM war', not 'French war films'."""
    after = tokens(text[end : end + 24])
    before = tokens(text[max(0, start - 8) : start])
    happened = bool(after) and fold(after[0].raw) in words("places", "kinds of events")
    items = len(after) > 1 and fold(after[1].raw) in ITEM_NOUNS
    the = bool(before) and fold(before[-1].raw) == "the"
    noun = "country" in choice.roles and fold(text[start:end]) == fold(choice.label)
    return happened and (noun or (the and not items))


def is_spot(text: str, start: int, end: int) -> bool:
    """Tell whether words in small letters, also a title, are where one reads: 'to read ON THE BEACH'."""
    if not text[start:end].islower():
        return False
    said = folded_words(text[start:end])
    before = folded_words(text[max(0, start - 12) : start])
    spot = said[:1] in (["on"], ["at"], ["in"]) and said[-1] in words("occasion", "occasion")
    return spot and before[-1:] != [] and before[-1] in _TAKING


def is_plain_word(text: str, start: int, end: int, choices: Sequence[Candidate]) -> bool:
    """Tell whether an ordinary word in small letters that names a series is only a word: 'a ROBOT'."""
    said = text[start:end]
    short = said in subject_words() and all(each.match == "short" for each in choices)  # 'VAMPIRE films'
    if " " in said or not said.islower() or not (short or is_everyday(said)):
        return False
    if not choices or any(set(each.roles) != {"series"} for each in choices):
        return False
    after = folded_words(text[end : end + 24])[:1]
    before = folded_words(text[max(0, start - 24) : start])
    led = {"series", "saga", "franchise", "any", "called", "every", "all"} & {*before[-2:], *after}
    return not led and (short or not (after and after[0] in ITEM_NOUNS)) and bool(before or after)


def is_called_series(text: str, end: int, choices: Sequence[Candidate]) -> bool:
    """Tell whether a name that is a kind and a series is said to be the series: 'the DRAGONLANCE saga'."""
    if not any("series" in each.roles for each in choices):
        return False
    return folded_words(text[end : end + 16])[:1] in (["series"], ["saga"], ["trilogy"], ["cycle"])


def is_likened_series(text: str, start: int, end: int, choices: Sequence[Candidate]) -> bool:
    """Tell whether items should be like those of a series, and none of it: 'LIKE harry potter but darker'."""
    if not choices or any(set(each.roles) != {"series"} for each in choices):
        return False
    before = folded_words(text[max(0, start - 16) : start])
    likened = before[-1:] == ["like"] or before[-2:] == ["similar", "to"]
    asks = not {"i", "we", "you", "would", "id", "dont", "really", "also"} & set(before[-2:])
    return (likened and asks) or _is_series_done(before, text[end:])


def _is_series_done(before: Sequence[str], after: str) -> bool:
    """Tell whether something else is asked for after a series: 'she loves HARRY POTTER, what else?'."""
    liked = bool(_LIKED & set(before[-3:]))
    said = folded_words(after)
    other = any(pair in _WHAT_ELSE for pair in pairwise(said))
    return liked and other and not _OF_SERIES & set(said)


def is_slip(said: str, choice: Candidate) -> bool:
    """Tell whether words that are like a name are only words: 'alexa UM', 'paris OR'."""
    if choice.match != "spelling":
        return False
    if "," in said and "," not in choice.label:
        return True  # two parts of a sentence are no title
    if " " not in said:
        return fold(said) in _places()  # 'the MEDITERRANEAN' is no 'Mediterraneo'
    own = set(folded_words(choice.label))
    return bool(set(folded_words(said)) & (_fillers() - own))


def is_circumstance(said: str) -> bool:
    """Tell whether words in small letters only say where, when and with whom: 'we are HOME ALONE'."""
    spoken = said.split()
    return said.islower() and len(spoken) > 1 and set(spoken) <= _circumstances()


def is_maker_of_many(said: str) -> bool:
    """Tell whether a name is a company's or a service's, whoever is called so too: 'the MARVEL films'."""
    return fold(said) in words("unknowable", "services")


def is_written_as_title(text: str, start: int, end: int, choice: Candidate) -> bool:
    """Tell whether a whole title stands in capitals inside a sentence: 'thanks to PARASITE'.

    Nor is one at the beginning of a sentence of which it is said how it was: 'OLDBOY was brilliant'.
    """
    said = fold(text[start:end])
    if choice.match != "full" or not text[start : start + 1].isupper():
        return False
    if (
        said in common_words()
        or said in _given_names()
        or said in _places()
        or said in CALENDAR
        or text[:end].isupper()
    ):
        return False
    inside = text[start - 1 : start] == " " and text[start - 2 : start - 1].islower()
    before = folded_words(text[max(0, start - 24) : start])[-1:]
    judged = _JUDGED.match(text, end) is not None
    return judged or (inside and bool(before) and before[0] in _BEFORE_TITLE)


def is_small_word(said: str) -> bool:
    """Tell whether what looks like a name is a word such as "we've"."""
    return fold(said) in _fillers()


@cache
def _circumstances() -> frozenset[str]:
    return frozenset((*tables("occasion")["occasion"], "alone", "together", "out", "in", "at"))


def is_titled_run(text: str, start: int, end: int, choices: Sequence[Candidate]) -> bool:
    """Tell whether what is only like somebody's name is a title that is not here: 'THE LAST WALTZ'."""
    led = text[max(0, start - 4) : start] == "The " and text[start : start + 1].isupper()
    several = " " in text[start:end]
    return led and several and bool(choices) and all(each.match == "spelling" for each in choices)


def is_length(said: str) -> bool:
    """Tell whether words say how long a work is, and no form: 'a SHORT NOVEL', not 'short stories'."""
    first, _, noun = fold(said).partition(" ")
    return first == "short" and noun in _WHOLE_WORKS


def is_manner(said: str) -> bool:
    """Tell whether words in small letters say how items are made, not which: 'in black and white'."""
    return said.islower() and said.replace("-", " ") in _PHRASES


def as_unknown_title(text: str, name: Chunk, names: Sequence[Chunk]) -> Chunk:
    """Return a name that is part of an unknown title as that: 'GREGORY'S GIRL', 'PAPER MOON'."""
    start = _start_of_run(text, name, names) or _start_of_title(text, name, names)
    if start >= 0:
        return replace(name, kind="entity", text=text[start : name.end], start=start, choices=())
    owned = _OWNED.match(text, name.end)
    weak = name.kind == "entity" and name.choices and name.choices[0].match == "surname"
    if not owned or not weak or fold(name.text) not in _given_names():
        return name
    linked = any(owned.start() <= each.start < owned.end() for each in names)
    if linked or ITEM_NOUNS & set(folded_words(owned.group(1))):
        return name
    return replace(name, text=text[name.start : owned.end()], end=owned.end(), choices=())


def _start_of_title(text: str, name: Chunk, names: Sequence[Chunk]) -> int:
    """Return where a longer title begins that a title only ends: 'THE GIRL ON the Train'; -1 for none."""
    inside = name.kind == "title" and text[name.start : name.start + 4] == "the "
    before = _BEGINS_TITLE.search(text, 0, name.start) if inside else None
    if before is None:
        return -1
    linked = any(
        each is not name and each.start < name.start and before.start(1) < each.end for each in names
    )
    return -1 if linked else before.start(1)


def _start_of_run(text: str, name: Chunk, names: Sequence[Chunk]) -> int:
    """Return where an ordinary word with a capital stands before a surname: 'like PAPER Moon'; 0 for none."""
    weak = name.kind == "entity" and name.choices and name.choices[0].match == "surname"
    before = _CAPITAL.search(text, 0, name.start) if weak and text[name.start].isupper() else None
    if before is None:
        return 0
    word = fold(before.group(1))
    over = (each for each in names if each.start < before.end(1) <= each.end)
    linked = any(each.kind != "title" or each.start != before.start(1) for each in over)
    called = word in _given_names() or word in words("places", "of countries") or word in _LED_BY
    works = sum(name.choices[0].roles.values())
    called = called or (word in words("places", "before a surname") and works >= _KNOWN)
    ordinary = is_everyday(word) and word not in ITEM_NOUNS | _fillers()
    return before.start(1) if ordinary and not (linked or called) else 0


@cache
def _places() -> frozenset[str]:
    return frozenset(said for section in _PLACES for said in tables("places")[section])


@cache
def _given_names() -> frozenset[str]:
    return frozenset(name for section in tables("given_names").values() for name in section)


@cache
def _fillers() -> frozenset[str]:
    small = ("articles", "pronouns", "auxiliaries", "prepositions", "conjunctions", "adverbs")
    return frozenset(word for name in small for word in tables("function")[name])
