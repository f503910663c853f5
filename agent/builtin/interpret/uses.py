"""The account of a message: every word has one use, and what decided nothing is known as such.

A word of a mention, a constraint, a predicate or a closed class has its use by that; a content word has one
if it says who asks, gives an opinion, or belongs to a remark; else it is a theme word of what is asked for.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import NamedTuple

from agent.builtin.interpret.asides import (
    is_aged,
    is_allowed,
    is_as_long_as,
    is_feast_of_films,
    is_kind_of_maker,
    is_of_subtitles,
    is_praised_work,
    is_refused_too,
    is_said_of_hero,
    is_told_of_whom,
    is_when_wanted,
    is_wondered,
    is_work_told_of,
    leads_to_date,
    of_vague_times,
    tells_of_liking,
)
from agent.builtin.interpret.kept_kinds import is_only_degree
from agent.builtin.interpret.own_words import with_own_words
from agent.builtin.interpret.refused import refused_places
from agent.builtin.interpret.relation_words import is_lead, names_role_beside
from agent.builtin.interpret.request import ParsedRequest
from agent.builtin.interpret.spans import Span, Use
from agent.builtin.interpret.subjects import (
    is_in_named_subject,
    is_of_named_pair,
    is_refused_deed,
    is_setting,
    is_subject,
    is_subject_of_noun,
    is_told_of,
    is_toned,
    places_of,
    places_of_idle_phrases,
    places_of_phrases,
)
from agent.builtin.interpret.unknowable import is_unknowable
from agent.builtin.interpret.word_uses import names_of, names_used, use_of
from agent.builtin.interpret.wordings import places_of_wordings, use_in_wording
from agent.builtin.lexicon import opinions
from agent.builtin.lexicon.load import tables, words
from agent.builtin.lexicon.triggers import PERSON_NOUNS
from agent.builtin.parse.chunks import Chunk
from agent.builtin.parse.clauses import asked_clauses
from agent.builtin.parse.dated_titles import dates_title
from agent.builtin.parse.left_out import leaving, ruling
from agent.builtin.parse.logic import counts_items, is_conceded
from agent.builtin.parse.origins import is_place
from agent.builtin.parse.phrases import Phrases
from agent.builtin.parse.quantities import quantities
from agent.builtin.parse.surfeit import belittling
from agent.builtin.parse.told_subjects import says_something, studies, subject_places

_PHRASES, _ANEW = (Phrases(tables("uses")[name]) for name in ("unknowable phrases", "takes back"))
_EVER = Phrases(("of all time", "of all times", "ever made"))
_SOMEBODY = frozenset("i we he she they my our his her their me us im ive id were".split())
_JUDGING = frozenset("is was were are s much been making make makes poking poke having have had".split())
_PRAISING = frozenset("a great good such so really very quite pretty just".split())
_HAVING = frozenset("have has having with".split())
_BESIDE = (is_of_subtitles, is_aged, is_wondered, is_told_of_whom)
_TAKEN = (Use.PREDICATE, Use.ASKING, Use.SMALL_TALK, Use.OPINION, Use.REMARK, Use.UNUSED, Use.WHO_ASKS)


def account(
    chunks: Sequence[Chunk],
    reading: ParsedRequest,
    *,
    taken: Collection[str] | None = None,
    whole: bool = False,
) -> list[Span]:
    """Return the use of every word or name of a message, in its order.

    `taken` are the texts of the names that the answer took, as written; by default those that the reading
    took. Where the `whole` message asks, none of its clauses is a story.
    """
    asked = [True] * len(chunks) if whole else _asked(chunks, own=reading.own)
    named = names_used(chunks, names_of(reading) if taken is None else taken)
    message = _Message(chunks, reading, named, asked, _places(chunks, reading))
    spans = [
        Span(chunk.start, chunk.end, chunk.text, _use_at(message, place))
        for place, chunk in enumerate(chunks)
        if chunk.kind != "mark"
    ]
    return with_own_words(spans, chunks, reading, asked) if reading.own else spans


class _Places(NamedTuple):
    """Positions of the words of a message that stand in a phrase, by what the phrase does."""

    refused: Collection[int]
    run_down: Collection[int]
    measured: Collection[int]
    told: Collection[int]
    worded: Collection[int]
    subjects: Collection[int]
    idle: Collection[int]
    anew: Collection[int]
    vague: Collection[int]
    ever: Collection[int]


class _Message(NamedTuple):
    """A message as it is accounted for: its names that are used, and which of its words are `asked`."""

    chunks: Sequence[Chunk]
    reading: ParsedRequest
    named: Collection[str]
    asked: Sequence[bool]
    places: _Places


def _places(chunks: Sequence[Chunk], reading: ParsedRequest) -> _Places:
    own = reading.own
    run_down = ruling(chunks) if reading.none_of else set[int]()
    run_down |= {*belittling(chunks), *leaving(chunks)} if reading.none_of or reading.mentioned else set()
    anew = {p for p in places_of(_ANEW, chunks) if chunks[p].kind == "word"}
    anew |= set[int]() if own else {p for study in studies(chunks) for p in study}
    return _Places(
        refused=frozenset[int]() if own else refused_places(chunks),
        run_down=run_down,
        measured={*quantities(chunks), *places_of(_PHRASES, chunks)},
        told=places_of_phrases(chunks),
        worded=() if own else places_of_wordings(chunks),
        subjects=set[int]() if own else subject_places(chunks),
        idle=places_of_idle_phrases(chunks),
        anew=anew,
        vague=of_vague_times(chunks) if reading.years == (None, None) else frozenset(),
        ever=places_of(_EVER, chunks),
    )


def _use_at(message: _Message, place: int) -> Use:
    """Return the use of what stands at a position: what tells it by others first, then what it is."""
    chunk, reading, asked = message.chunks[place], message.reading, message.asked[place]
    dated = any(each.years != (None, None) for each in reading.references)
    use = use_of(chunk, message.named, dated=dated, asked=asked, profile=reading.profile.words)
    for told in (_counted, _judged, _worded, _uncarried, _in_phrase, _beside_names, _unread, _subject, _left):
        found = told(message, place, use)
        if found is not None:
            return found
    return use


def _counted(message: _Message, place: int, use: Use) -> Use | None:
    """Tell what bounds, dates, counts or rules out items."""
    chunks, reading, start = message.chunks, message.reading, message.chunks[place].start
    counts = start in reading.unmeasured and counts_items(chunks, place, reading.limit)
    said = start in reading.measured or start in reading.timed or place in message.places.run_down
    return Use.CONSTRAINT if said or counts or leads_to_date(chunks, place, reading.timed) else None


def _judged(message: _Message, place: int, use: Use) -> Use | None:
    """Tell what is said of a title, and asked of none: 'Heat WAS great FUN'."""
    if use != Use.THEME or (message.chunks[place].text,) not in opinions.TRIGGERS:
        return None
    said = (chunk.text for chunk in reversed(message.chunks[:place]) if chunk.text not in _PRAISING)
    return Use.OPINION if next(said, "") in _JUDGING else None


def _worded(message: _Message, place: int, use: Use) -> Use | None:
    """Tell what stands in the wording of a subject."""
    if not (message.asked[place] and message.places.worded):
        return None
    return use_in_wording(message.chunks, place, use)


def _uncarried(message: _Message, place: int, use: Use) -> Use | None:
    """Tell numbers that no stored one is compared with, and what makers and heroes are."""
    chunks, reading, places = message.chunks, message.reading, message.places
    text, start = chunks[place].text, chunks[place].start
    unmeasured = reading.unmeasured - (reading.audience.starts if reading.audience else set())
    joins = reading.own and text in ("and", "or")
    number = place in places.measured and not (place in places.told or joins)
    beside = use == Use.THEME and any(told(chunks, place) for told in _BESIDE)
    unread = start in unmeasured or number or beside or place in places.vague
    unread = unread or is_kind_of_maker(chunks, place) or is_said_of_hero(chunks, place)
    praised = use == Use.PREDICATE and message.asked[place] and is_praised_work(chunks, place, reading)
    return Use.UNUSED if unread or praised else None


def _in_phrase(message: _Message, place: int, use: Use) -> Use | None:
    """Tell what stands in a phrase that says how far, begins anew, or names a subject."""
    chunk, places = message.chunks[place], message.places
    if place in places.ever and chunk.text in ("time", "times", "made"):
        return Use.FUNCTION
    if place in places.anew and use in (Use.THEME, Use.REMARK, Use.UNUSED):
        return Use.SMALL_TALK  # 'scratch that'
    if place in places.idle or (place in places.subjects and use in _TAKEN and says_something(chunk)):
        return Use.THEME
    return None


def _beside_names(message: _Message, place: int, use: Use) -> Use | None:
    """Tell for whom it is, what a role or a title has beside it, and what is allowed."""
    chunks, reading = message.chunks, message.reading
    if _is_whom(chunks, place, reading) or (use == Use.THEME and is_when_wanted(chunks, place)):
        return Use.WHO_ASKS
    if names_role_beside(chunks, place, message.named):
        return Use.CONSTRAINT
    if dates_title(chunks, place):
        return Use.MENTION
    if is_work_told_of(chunks, place) or is_feast_of_films(chunks, place):
        return Use.THEME
    conceded = chunks[place].kind == "category" and is_conceded(chunks, place)
    if conceded or is_allowed(chunks, place):
        return Use.OPINION if use in (Use.THEME, Use.UNUSED) else use
    return None


def _unread(message: _Message, place: int, use: Use) -> Use | None:
    """Tell what no fact or description can know."""
    chunks, asked = message.chunks, message.asked[place]
    idle = _is_idle_number(chunks[place], message.reading, use, asked=asked)
    unread = is_only_degree(chunks, place) or idle or is_unknowable(chunks, place, use, asked=asked)
    return Use.UNUSED if unread else None


def _subject(message: _Message, place: int, use: Use) -> Use | None:
    """Tell what says what items are about: 'a film about TRAINS' is not for one."""
    chunks, chunk = message.chunks, message.chunks[place]
    if use == Use.PREDICATE and is_refused_deed(chunks, place):
        return Use.THEME
    if not message.asked[place]:
        return None
    person = use == Use.WHO_ASKS or chunk.text in PERSON_NOUNS - {"one", "ones"}
    lost = use == Use.UNUSED and chunk.text in words("unknowable", "unknowable")
    set_there = use == Use.ASKING and chunk.kind == "word" and is_setting(chunks, place)
    told = _is_idle_name(chunk, use) and is_told_of(chunks, place)
    about = (person or lost) and is_subject(chunks, place)
    named = about or set_there or told or _is_of_phrase(chunks, place, use, message.places.told)
    return Use.THEME if named else None


def _left(message: _Message, place: int, use: Use) -> Use | None:
    """Tell what is left: what is refused or liked in passing, and words that only lead to others."""
    chunks, reading = message.chunks, message.reading
    if use == Use.REMARK and (place in message.places.refused or is_refused_too(chunks, place)):
        return Use.UNUSED
    if tells_of_liking(chunks, place):
        return Use.WHO_ASKS
    if is_as_long_as(chunks, place) or (use == Use.THEME and is_lead(chunks, place)):
        return Use.FUNCTION
    ends = reading.order and chunks[place].text in words("uses", "ends of years")
    return Use.CONSTRAINT if ends else None


def _asked(chunks: Sequence[Chunk], *, own: bool) -> list[bool]:
    """Tell of every chunk whether it is part of what is asked for.

    Of a person's `own` table what items should have is, where nobody is spoken of: '… and HAVE A WATERFALL'.
    """
    asked = list(asked_clauses(chunks))
    if not own:
        return asked
    told = {chunk.sentence for chunk in chunks if chunk.text in _SOMEBODY}
    having = {chunk.sentence for chunk in chunks if chunk.text == "items" or chunk.choices} - told
    for place in range(2, len(chunks)):
        had = chunks[place - 2].text in _HAVING and chunks[place - 1].text in ("a", "an", "some")
        asked[place] |= had and chunks[place].sentence in having
    return asked


def _is_whom(chunks: Sequence[Chunk], place: int, reading: ParsedRequest) -> bool:
    told = reading.audience is not None and chunks[place].start in reading.audience.starts
    return told and chunks[place].kind == "word" and not is_of_named_pair(chunks, place)


def _is_idle_name(chunk: Chunk, use: Use) -> bool:
    """Tell whether a kind or a country is no condition: 'something about the VIETNAM WAR'."""
    return use == Use.UNUSED and (chunk.kind == "category" or is_place(chunk))


def _is_of_phrase(chunks: Sequence[Chunk], place: int, use: Use, told: Collection[int]) -> bool:
    """Tell whether a word is part of a subject: 'ROCK and ROLL', 'TEEN comedies', 'FEEL-good'."""
    named = chunks[place].kind == "category" and use != Use.MENTION
    said = named and (use == Use.UNUSED or is_in_named_subject(chunks, place))  # 'COLD WAR thrillers'
    if not (said or chunks[place].kind in ("word", "trigger")) or (place in told and use == Use.FUNCTION):
        return False
    if use == Use.WHO_ASKS and is_in_named_subject(chunks, place) and not is_of_named_pair(chunks, place):
        return False  # 'for MY FATHER AND SON'
    return place in told or is_subject_of_noun(chunks, place) or is_toned(chunks, place)


def _is_idle_number(chunk: Chunk, reading: ParsedRequest, use: Use, *, asked: bool) -> bool:
    """Tell whether a number of what is asked for says nothing that was read: 'film noir 44'."""
    if use != Use.CONSTRAINT or chunk.kind != "word" or not chunk.text.isdecimal():
        return False
    return asked and reading.limit != int(chunk.text)
