"""What orders, compares, dates or counts and led to nothing: it is said to be unused, never passed over."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from itertools import pairwise

from agent.builtin.interpret.compared import Draft, Phrase
from agent.builtin.interpret.untied import untied
from agent.builtin.interpret.waits import is_wait
from agent.builtin.lexicon.load import tables, words
from agent.builtin.parse.calendar import time_at
from agent.builtin.parse.clauses import asked_clauses
from agent.builtin.parse.logic import limit
from agent.builtin.parse.numbers import RATES
from kg.stems import singular
from kg.text import NUMBER_WORDS
from kg.types import Kind

_JUDGING = frozenset("best worst better worse more most less least last first latest long time".split())
_OF_PEOPLE = frozenset("my our his her their your us these those other the both all of".split())
_BOUNDS = frozenset(("at least", "at most", "more than", "less than", "better than", "worse than"))
_BEYOND = frozenset(
    f"{joint} {word}"
    for joint in ("or", "and")
    for word in ("better", "worse", "above", "below", "higher", "lower")
)
_ALONE = frozenset("only exclusively solely".split())
_LEADING = frozenset("on in with by from for about".split())
_EVERY = frozenset("each every per".split())
_SEASONS = frozenset("spring summer autumn fall winter".split())
_TIMES = (
    frozenset(
        "day weekend weekends weekday weekdays morning mornings afternoon afternoons evening evenings night"
        " nights week holiday holidays".split()
    )
    | _SEASONS
)
_SOON = frozenset("today tomorrow tonight".split())
_NO_COUNT = frozenset("of us me people persons adults kids children friends or and to weeks days".split())


def read_unused_measures(draft: Draft, text: str, start: int) -> None:
    """Note as lost what no condition and no order came of, where a person's own table is asked.

    `start` is where the text begins in that of the lexemes.
    """
    if not draft.measures.own or draft.asked is not None or draft.claims:
        return
    draft.lost |= {i for span in _groups(draft) for i in span} | set(_moods(draft))
    draft.lost |= set(_only(draft)) | set(_bounds(draft)) | set(_beyond(draft)) | set(untied(draft))
    compounds = _compounds(draft, text, start)
    asked = asked_clauses(draft.chunks)
    shifted = {word for each in draft.shifts for word in each.text.split()}
    for span in [
        *_degrees(draft),
        *_times(draft),
        *_counts(draft),
        *_denied(draft),
        *_occasions(draft),
        *compounds,
    ]:
        said = draft.words(span.start, span.stop)
        told = all(draft.said[i].place >= 0 and asked[draft.said[i].place] for i in span)
        named = any(draft.said[i].named for i in span)
        if told and not named and draft.taken.isdisjoint(span) and not shifted & set(said):
            draft.lost |= set(span)


def _occasions(draft: Draft) -> Iterator[range]:
    """Yield times that say which items are meant: 'WEEKEND classes', 'open in WINTER'."""
    names = {word for each in draft.measures.every for word in each.name.split("_")} & _TIMES
    waits = any(each.kind == Kind.DATE or is_wait(each) for each in draft.measures.every)
    for i, each in enumerate(draft.said):
        place = draft.said[i + 1].place if i + 1 < len(draft.said) else -1
        noun = place >= 0 and draft.chunks[place].text == "items"
        told = singular(each.text) in names or (waits and each.text in _SOON)
        season = each.text in _SEASONS and draft.words(i - 1, i) in (["in"], ["for"])
        if told or season or (noun and each.text in _told_times()):
            yield range(i, i + 1)


def _bounds(draft: Draft) -> Iterator[int]:
    """Yield bounds of labels that are on no scale: 'AT LEAST mid'."""
    for i in range(len(draft.said) - 2):
        two = range(i, i + 2)
        named = draft.said[i + 2].named and i + 2 not in draft.taken
        if named and draft.text(i, i + 2) in _BOUNDS and draft.taken.isdisjoint(two):
            yield from two


def _beyond(draft: Draft) -> Iterator[int]:
    """Yield what is beyond a label that is on no scale: 'in good condition OR BETTER'."""
    for i in range(1, len(draft.said) - 1):
        two = range(i, i + 2)
        named = any(each.named for each in draft.said[max(0, i - 2) : i])
        if named and draft.text(i, i + 2) in _BEYOND and draft.taken.isdisjoint(two):
            yield from two


def _only(draft: Draft) -> Iterator[int]:
    """Yield that nothing else than one label is to be in a list: 'ONLY on Castaway', 'white ONLY'."""
    for i, each in enumerate(draft.said):
        before, after = draft.words(i - 1, i), draft.words(i + 1, i + 2)
        led = (
            bool(after) and after[0] in _LEADING | words("measures", "joining") and _is_in_list(draft, i + 2)
        )
        own = (not before or not before[0].isalpha()) and _is_in_list(draft, i + 1)
        led = led or (own and not "".join(draft.words(_past_names(draft, i + 2), i + 6)[:1]).isalpha())
        ended = not after or not after[0].isalpha() or (_is_noun(draft, i + 1) and _ends_at(draft, i + 2))
        if each.text in _ALONE and (led or (ended and bool(before) and _is_in_list(draft, i - 1))):
            yield i


def _is_noun(draft: Draft, i: int) -> bool:
    place = draft.said[i].place if i < len(draft.said) else -1
    return place >= 0 and draft.chunks[place].text == "items"


def _ends_at(draft: Draft, i: int) -> bool:
    """Tell whether a noun for items ends a phrase at a lexeme: 'app only CAR PARKS in Hexley'."""
    while _is_noun(draft, i):
        i += 1
    return i >= len(draft.said) or not draft.said[i].text.isalpha() or draft.said[i].text in _small()


def _past_names(draft: Draft, i: int) -> int:
    """Return the place past the name of a relation and what joins it to a label: "goat'S MILK"."""
    names = {word for said in draft.measures.other for word in said}
    while i < len(draft.said) and (draft.said[i].text in ("s", "nothing") or draft.said[i].text in names):
        i += 1 if draft.said[i].text != "nothing" else len(draft.said)
    return i


def _is_in_list(draft: Draft, i: int) -> bool:
    place = draft.said[i].place if i < len(draft.said) else -1
    choices = draft.chunks[place].choices if place >= 0 else ()
    return any(not draft.measures.lists.isdisjoint(choice.roles) for choice in choices)


def _moods(draft: Draft) -> Iterator[int]:
    """Yield words for who asks that are said of items: 'a QUIET flat', 'small or QUIET ones'."""
    named = {i for i, each in enumerate(draft.said) if each.named}
    for i, each in enumerate(draft.said):
        place = draft.said[i + 1].place if i + 1 < len(draft.said) else -1
        noun = place not in (-1, each.place) and draft.chunks[place].text in ("items", "ones")
        joined = "or" in (*draft.words(i - 1, i), *draft.words(i + 1, i + 2))
        told = words("occasion", "occasion") | words("occasion", "company")
        owned = bool(_OF_PEOPLE & set(draft.words(i - 1, i)))  # 'our OLD phone broke'
        if each.text in told and (noun or joined) and not owned and i not in draft.taken | named:
            yield i


def _groups(draft: Draft) -> Iterator[range]:
    """Yield that something is asked of every group of items: 'the cheapest IN EACH AREA', 'PER TOPIC'."""
    names = {singular(word) for said in draft.measures.other for word in said}
    names |= {singular(word) for each in draft.measures.every for word in each.name.split("_")}
    for i, each in enumerate(draft.said[:-1]):
        if each.text in _EVERY and singular(draft.said[i + 1].text) in names - RATES:
            yield range(i - (draft.words(i - 1, i) in (["in"], ["for"], ["of"], ["from"])), i + 2)


@cache
def _told_times() -> frozenset[str]:
    said = (word for phrases in tables("occasion").values() for phrase in phrases for word in phrase.split())
    return frozenset(said) & _TIMES


def _denied(draft: Draft) -> Iterator[range]:
    """Yield that there should be none of what is a list here: 'NO EXTRAS at all'."""
    for i, each in enumerate(draft.said):
        denying = each.text in ("no", "without", "zero", "not")
        if not denying or (each.text == "not" and draft.words(i + 1, i + 2) == ["in"]):
            continue
        named = (tuple(draft.words(i + 1, i + 1 + n)) for n in (3, 2, 1))
        end = i + 1 + len(next((said for said in named if said in draft.measures.other), ()))
        if end > i + 1 and not (end < len(draft.said) and draft.said[end].named):
            yield range(i, end)


def _compounds(draft: Draft, text: str, start: int) -> list[range]:
    """Return the words that are joined by a hyphen: 'ONE-WAY routes', of which each alone says nothing."""
    found = []
    for i, (one, other) in enumerate(pairwise(draft.said)):
        joint = text[one.end - start : other.start - start]
        told = {one.text, other.text} <= _small() | words("asking", "consume")
        if joint in ("-", "‐", "–") and one.text.isalpha() and other.text.isalpha() and told:
            found.append(range(i, i + 2))
    return found


@cache
def _small() -> frozenset[str]:
    return frozenset(word for said in tables("function").values() for word in said)


def _degrees(draft: Draft) -> Iterator[range]:
    """Yield the ends of measures that were not read: 'the STEEPEST'."""
    for phrase in draft.free():
        said = draft.words(phrase.first, phrase.end)
        judged = len(said) == 1 and said[0] in _JUDGING
        if phrase.measures("lowest", "highest") and not judged and not _is_of_years(draft, phrase):
            yield range(phrase.first, phrase.end)


def _is_of_years(draft: Draft, phrase: Phrase) -> bool:
    """Tell whether the years of items tell an end, which are read elsewhere: 'the OLDEST'."""
    said = draft.text(phrase.first, phrase.end)
    return draft.measures.has_years and said in tables("uses")["ends of years"]


def _times(draft: Draft) -> Iterator[range]:
    """Yield the times that were not read: 'in OCTOBER', 'LAST YEAR'."""
    if not any(each.kind == Kind.DATE for each in draft.measures.every):
        return
    for i in range(len(draft.said)):
        time = time_at(draft.said, i) if not draft.said[i].named else None
        if time is None or draft.said[i].text == "the" or (time.is_of_years and not time.relative):
            continue
        yield range(i, time.end)


def _counts(draft: Draft) -> Iterator[range]:
    """Yield numbers in words that count nothing that was read: 'with THREE strings'."""
    count = limit(draft.chunks)
    for i, each in enumerate(draft.said):
        number = NUMBER_WORDS.get(each.text, "")
        if not number.isdecimal() or number in ("0", "1") or int(number) == count:
            continue
        before, after = draft.words(i - 1, i), draft.words(i + 1, i + 2)
        if _OF_PEOPLE & set(before) or _NO_COUNT & {*before, *after}:
            continue
        yield range(i, i + 1)
