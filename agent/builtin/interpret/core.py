"""The core of a message: the subjects that it tells, by what happens in them or by phrases for them.

Words of a story around a wish hide what it is about; a subject that is known does not need them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set
from functools import lru_cache
from itertools import groupby
from typing import NamedTuple

from agent.builtin.lexicon.load import words
from agent.builtin.parse.chunks import Chunk
from agent.builtin.parse.clause_roles import Role, clause_roles
from agent.builtin.parse.identity import Same
from agent.builtin.parse.negation import is_negated
from kg.stems import stem
from tools.moods import Mood, mood_at
from tools.theme_cues import WITHOUT, cued_in
from tools.theme_words import taken_apart

_KEPT = 8  # rows of chunks; a message is read in a few forms, one after the other
_DENYING = words("negation", "denying")
_DENIALS = _DENYING | {"never", "nothing", "nobody", "hardly", "barely", "neither", "only"}
_LIVED = (Role.PAST, Role.LIFE, Role.WONDERS)
_NO = frozenset(("no", "not", "without"))
_TONES = words("unknowable", "tone")
_IDLE = frozenset(("light", "short", "thriller", "thrillers"))  # said of other things, or kinds
_AUDIENCES = frozenset(("for", "with", "year", "years", "young", "small", "little"))
_NEAR = 3  # words from what somebody did to the item
_MESSAGES = words("stories", "messages")  # 'a WEIRD request'


class Core(NamedTuple):
    """The subjects of a message, those that are not wanted, and the words that tell them.

    Beside them stand `moods` of the same sentences. What is `refused` stands right behind a denial.
    """

    wanted: tuple[str, ...] = ()
    denied: tuple[str, ...] = ()
    words: frozenset[str] = frozenset()
    moods: tuple[str, ...] = ()
    refused: frozenset[str] = frozenset()


def core_of(chunks: Sequence[Chunk]) -> Core:
    """Return the subjects that the sentences of a message tell by what happens in them."""
    return _core_of(Same(chunks))


@lru_cache(maxsize=_KEPT)
def _core_of(message: Same) -> Core:
    chunks = message.value
    wanted: dict[str, None] = {}
    denied: dict[str, None] = {}
    moods: dict[str, None] = {}
    telling: set[str] = set()
    for said in _telling(chunks):
        cued = cued_in([word for word, _ in said])
        for subject, at in cued:
            places = [said[each][1] for each in at]
            if _is_turned(chunks, places) or _is_refused_later(chunks, places):
                continue
            refused = subject.startswith(WITHOUT) or _is_refused(chunks, places[0])
            (denied if refused else wanted)[subject.removeprefix(WITHOUT)] = None
            telling |= {said[each][0] for each in at}
        known = {each for subject in cued for each in subject.places}
        meant = {mood for each in wanted for mood in taken_apart(each).moods}
        for here in _moods([word for word, _ in said], known, meant):
            if not is_negated(chunks, said[here.start][1]):
                phrase = [said[each][0] for each in here]
                moods[" ".join(phrase)] = None
                telling |= {*phrase}
    for each in [each for each in wanted if any(f" {each}" in other for other in wanted)]:
        del wanted[each]  # 'teacher' beside 'inspiring teacher'
    behind = (a.text for i, a in enumerate(chunks) if {b.text for b in chunks[max(0, i - 2) : i]} & _NO)
    return Core(tuple(wanted), tuple(denied), frozenset(telling), tuple(moods), frozenset(behind))


def _moods(said: Sequence[str], known: Set[int], meant: Set[Mood]) -> Iterator[range]:
    """Yield where a sentence names a mood that subjects do not mean; not for whom it is.

    Of the words that tell these only those for tones name one: 'vampires but LONELY and SAD'.
    """
    stems = [stem(word) for word in said]
    place = 0
    while place < len(said):
        length, mood = mood_at(said, stems, place)
        here = range(place, place + length)
        about_it = said[here.stop : here.stop + 1] and said[here.stop] in _MESSAGES
        audience = said[place] in _AUDIENCES or about_it or said[place] in _IDLE
        free = known.isdisjoint(here) or (said[place] in _TONES and mood is not None and bool(mood.kinds))
        if mood is not None and free and mood not in meant and not audience:
            yield here
        place += length


def _telling(chunks: Sequence[Chunk]) -> Sequence[list[tuple[str, int]]]:
    """Return the sentences that tell a subject: of several those in which something is asked for.

    What only tells of somebody's life tells a subject where something else asks.
    """
    told = [said for said in _sentences(chunks) if cued_in([word for word, _ in said])]
    parts = clause_roles(chunks)
    asks = {place for part in parts if part.role == Role.ASKS for place in part.places}
    lived = {place for part in parts if part.role in _LIVED for place in part.places}
    asked = [said for said in told if any(place in asks for _, place in said)]
    if not asked and any(_tells_of_an_item(chunks, said) for said in _sentences(chunks)):
        return []
    open_ones = [said for said in told if any(place not in lived for _, place in said)]
    return asked or open_ones or (told if asks else [])


def _tells_of_an_item(chunks: Sequence[Chunk], said: Sequence[tuple[str, int]]) -> bool:
    """Tell whether a sentence tells what somebody saw, or how it was: 'WATCHED Ted', 'Ted MADE ME …'."""
    named = [i for i, (word, place) in enumerate(said) if word == "·" and _is_item(chunks[place])]
    text = [word for word, _ in said]
    before = {word for i in named for word in text[max(0, i - _NEAR) : i]}
    behind = {word for i in named for word in text[i + 1 : i + 2]}
    return bool(before & words("stories", "experienced") or behind & words("stories", "done by an item"))


def _is_item(chunk: Chunk) -> bool:
    return chunk.kind == "title" or (chunk.kind == "entity" and not chunk.choices)


def _sentences(chunks: Sequence[Chunk]) -> Iterator[list[tuple[str, int]]]:
    """Yield the words of each sentence with the chunks that they are of; names are no words."""
    numbered = ((place, chunk) for place, chunk in enumerate(chunks) if chunk.kind != "mark")
    for _, sentence in groupby(numbered, lambda each: each[1].sentence):
        yield [(word, place) for place, chunk in sentence for word in _words(chunk)]


def _words(chunk: Chunk) -> Sequence[str]:
    named = chunk.kind in ("title", "entity") and not chunk.text.islower()
    return ("·",) if named else chunk.text.casefold().split()


def _is_turned(chunks: Sequence[Chunk], places: Sequence[int]) -> bool:
    """Tell whether a denial elsewhere turns what tells a subject: 'NEITHER of us wants to cry'."""
    told = any(chunks[p].text in _DENIALS or chunks[p].text.endswith("nt") for p in places)
    turned = all(is_negated(chunks, place) for place in places)
    return turned and not (told or _is_refused(chunks, places[0]))


def _is_refused_later(chunks: Sequence[Chunk], places: Sequence[int]) -> bool:
    """Tell whether part of what tells a subject is not wanted: 'something Japanese, NO SWORDS'."""
    return not _is_refused(chunks, places[0]) and any(
        chunks[place - 1].text in ("no", "without") and is_negated(chunks, place)
        for place in places[1:]
        if place - 1 not in places
    )


def _is_refused(chunks: Sequence[Chunk], place: int) -> bool:
    """Tell whether what tells a subject is denied where it begins: 'NO bank robberies with a plan'."""
    before = chunks[place - 1].text if place else ""
    return before in _DENYING and is_negated(chunks, place)
