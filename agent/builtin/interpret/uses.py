"""The account of a message: every word has one use, and what decided nothing is known as such.

A word of a mention, a constraint, a predicate or a closed class has its use by that; a content word has one
if it says who asks, gives an opinion, or belongs to a remark; else it is a theme word of what is asked for.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from functools import cache

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
    is_mood,
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
from agent.builtin.interpret.unknowable import is_unknowable, unknowable
from agent.builtin.interpret.wordings import places_of_wordings, use_in_wording
from agent.builtin.lexicon import opinions
from agent.builtin.lexicon.load import tables, words
from agent.builtin.lexicon.triggers import DOMAIN_NOUNS, ITEM_NOUNS, PERSON_NOUNS
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

_PHRASES = Phrases(tables("uses")["unknowable phrases"])
_EVER = Phrases(("of all time", "of all times", "ever made"))
_ANEW = Phrases(("scratch that", "scrap that", "ditch that", "strike that", "change of plan", "by heart"))
_PERSONS = PERSON_NOUNS - {"one", "ones"}
_SOMEBODY = frozenset("i we he she they my our his her their me us im ive id were".split())
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
    refused = frozenset[int]() if reading.own else refused_places(chunks)
    named = _also_named(chunks, _names_of(reading) if taken is None else taken)
    dated = any(each.years != (None, None) for each in reading.references)
    unmeasured = reading.unmeasured - (reading.audience.starts if reading.audience else set())
    run_down = ruling(chunks) if reading.none_of else set[int]()
    run_down |= {*belittling(chunks), *leaving(chunks)} if reading.none_of or reading.mentioned else set()
    measured = {*quantities(chunks), *places_of(_PHRASES, chunks)}
    told = places_of_phrases(chunks)
    worded_here = () if reading.own else places_of_wordings(chunks)
    subjects = set[int]() if reading.own else subject_places(chunks)
    idle = places_of_idle_phrases(chunks)
    anew = {p for p in places_of(_ANEW, chunks) if chunks[p].kind == "word"}
    anew |= set[int]() if reading.own else {p for study in studies(chunks) for p in study}
    vague = of_vague_times(chunks) if reading.years == (None, None) else frozenset()
    spans: list[Span] = []
    for place, chunk in enumerate(chunks):
        if chunk.kind != "mark":
            use = _use(chunk, named, dated=dated, asked=asked[place], profile=reading.profile.words)
            person = use == Use.WHO_ASKS or chunk.text in _PERSONS
            worded = use_in_wording(chunks, place, use) if asked[place] and worded_here else None
            lost = use == Use.UNUSED and chunk.text in words("unknowable", "unknowable")
            if (
                chunk.start in reading.measured
                or place in run_down
                or chunk.start in reading.timed
                or leads_to_date(chunks, place, reading.timed)
                or (chunk.start in reading.unmeasured and counts_items(chunks, place, reading.limit))
            ):
                use = Use.CONSTRAINT
            elif worded is not None:
                use = worded
            elif (
                chunk.start in unmeasured
                or (
                    place in measured and not (place in told or (reading.own and chunk.text in ("and", "or")))
                )
                or is_kind_of_maker(chunks, place)
                or is_said_of_hero(chunks, place)
                or place in vague
                or (use == Use.THEME and any(told(chunks, place) for told in _BESIDE))
            ):
                use = Use.UNUSED  # no stored number is compared, nor what makers are
            elif use == Use.PREDICATE and asked[place] and is_praised_work(chunks, place, reading):
                use = Use.UNUSED
            elif chunk.text in ("time", "times", "made") and place in places_of(_EVER, chunks):
                use = Use.FUNCTION
            elif place in anew and use in (Use.THEME, Use.REMARK, Use.UNUSED):
                use = Use.SMALL_TALK  # 'scratch that'
            elif place in idle or (place in subjects and use in _TAKEN and says_something(chunk)):
                use = Use.THEME
            elif _is_whom(chunks, place, reading) or (use == Use.THEME and is_when_wanted(chunks, place)):
                use = Use.WHO_ASKS
            elif names_role_beside(chunks, place, named):
                use = Use.CONSTRAINT
            elif dates_title(chunks, place):
                use = Use.MENTION
            elif is_work_told_of(chunks, place) or is_feast_of_films(chunks, place):
                use = Use.THEME
            elif is_allowed(chunks, place) or (chunk.kind == "category" and is_conceded(chunks, place)):
                use = Use.OPINION if use in (Use.THEME, Use.UNUSED) else use
            elif (
                is_only_degree(chunks, place)
                or _is_idle_number(chunk, reading, use, asked=asked[place])
                or is_unknowable(chunks, place, use, asked=asked[place])
            ):
                use = Use.UNUSED
            elif use == Use.PREDICATE and is_refused_deed(chunks, place):
                use = Use.THEME
            elif asked[place] and (
                ((person or lost) and is_subject(chunks, place))
                or (use == Use.ASKING and chunk.kind == "word" and is_setting(chunks, place))
                or (_is_idle_name(chunk, use) and is_told_of(chunks, place))
                or _is_of_phrase(chunks, place, use, told)
            ):
                use = Use.THEME  # 'a film about trains' is not for one
            elif use == Use.REMARK and (place in refused or is_refused_too(chunks, place)):
                use = Use.UNUSED
            elif tells_of_liking(chunks, place):
                use = Use.WHO_ASKS
            elif is_as_long_as(chunks, place) or (use == Use.THEME and is_lead(chunks, place)):
                use = Use.FUNCTION
            elif reading.order and chunk.text in words("uses", "ends of years"):
                use = Use.CONSTRAINT
            spans.append(Span(chunk.start, chunk.end, chunk.text, use))
    return with_own_words(spans, chunks, reading, asked) if reading.own else spans


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


def _use(chunk: Chunk, named: Collection[str], *, dated: bool, asked: bool, profile: Collection[str]) -> Use:
    if chunk.kind == "trigger":
        return Use.PREDICATE
    if chunk.kind == "word":
        return _use_of_word(chunk.text, dated=dated, asked=asked, profile=profile)
    if not chunk.choices:
        return Use.UNKNOWN
    if chunk.text in named:
        return Use.MENTION
    said = chunk.text.casefold().split()
    if not asked and (chunk.kind == "category" or is_place(chunk)):
        return Use.REMARK
    return _closed(said[0]) or Use.UNUSED if len(said) == 1 else Use.UNUSED


def _use_of_word(word: str, *, dated: bool, asked: bool, profile: Collection[str]) -> Use:
    if word in profile:
        return Use.WHO_ASKS
    if word[:1].isdecimal() and not (asked and word in unknowable()):  # 'a film in 4K'
        return Use.CONSTRAINT if dated or len(word) < _LONG_NUMBER else _theme(asked)
    if dated and word in _time_words():
        return Use.CONSTRAINT
    if asked and (word in words("unknowable", "plot") or is_mood(word)):
        return Use.THEME
    if word in words("unknowable", "services") or (asked and word in unknowable()):
        return Use.UNUSED
    return _closed(word) or _theme(asked)


_LONG_NUMBER = 3  # digits; a shorter number counts or is an age


def _theme(asked: bool) -> Use:
    return Use.THEME if asked else Use.REMARK


def _closed(word: str) -> Use | None:
    """Return the use of a word that belongs to a class, whatever stands around it."""
    return _classes().get(word)


@cache
def _time_words() -> frozenset[str]:
    said = [*tables("uses")["time"], *(phrase for section in tables("years").values() for phrase in section)]
    small = {word for section in tables("function").values() for word in section}
    return frozenset(word for phrase in said for word in phrase.split() if word not in small)


@cache
def _classes() -> dict[str, Use]:
    found: dict[str, Use] = {}
    layers: tuple[tuple[str, Use], ...] = (
        ("dialogue", Use.SMALL_TALK),
        ("occasion", Use.WHO_ASKS),
        ("asking", Use.ASKING),
        ("function", Use.FUNCTION),
    )
    for name, use in layers:
        for phrases in tables(name).values():
            found |= {word: use for phrase in phrases if " " not in phrase for word in [phrase]}
    for said in opinions.TRIGGERS:
        found |= {word: found.get(word, Use.OPINION) for word in said}
    found |= {word: found.get(word, Use.PREDICATE) for word in tables("uses")["leads to theme"]}
    nouns = ITEM_NOUNS | PERSON_NOUNS | frozenset().union(*DOMAIN_NOUNS.values())
    return found | {word: found.get(word, Use.ASKING) for word in nouns}


def _also_named(chunks: Sequence[Chunk], named: Collection[str]) -> set[str]:
    """Return names as written, with those that mean the same: 'all John Wayne, and I can't do WAYNE now'."""
    ids = {chunk.best_id for chunk in chunks if chunk.best_id and chunk.text in named}
    return {*named, *(chunk.text for chunk in chunks if chunk.best_id in ids)}


def _names_of(reading: ParsedRequest) -> set[str]:
    """Return the names that a reading took, as written."""
    stated = (*reading.wanted, *reading.none_of, *reading.any_of, *reading.likes)
    described = [each for reference in reading.references for each in reference.described_by]
    found = {each.name.text for each in (*stated, *described)} | {name.text for name in reading.categories}
    together = (name for pair in reading.none_together for name in pair)
    found |= {name.text for name in (*(claim.name for claim in reading.claims), *together)}
    return found | {title.text for title in reading.mentioned}
