"""Uses of words where a person's own table is asked: its columns are what requests are about.

A word that elsewhere says who asks or how good things are may be what its items have; and a verb that only
joins a condition to the items says nothing more.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from agent.builtin.interpret.own_account import clause_ends, with_unread
from agent.builtin.interpret.request import ParsedRequest
from agent.builtin.interpret.spans import Span, Use, runs
from agent.builtin.lexicon.load import words
from agent.builtin.parse.chunks import Chunk
from kg.stems import is_alike
from kg.text import NUMBER_WORDS

_BESIDE = frozenset((Use.FUNCTION, Use.ASKING))
_REACH = 4
_OWNERS = frozenset("my our his her their your".split())
_FOR_ME = frozenset("for with this next by a".split())
_NOUNS = frozenset(("items", "that", "which", "ones", "something", "anything", "only", "never", "always"))
_OPEN = frozenset((Use.THEME, Use.UNUSED, Use.ASKING, Use.REMARK, Use.WHO_ASKS))
_ON = frozenset(("on", "in", "at"))
_YEARS, _OLD = frozenset(("year", "years")), frozenset(("old", "olds"))
_RELATIVE = frozenset(("that", "which", "who"))
_BEING_SO = (
    ["that", "are"],
    ["that", "is"],
    ["which", "are"],
    ["which", "is"],
    ["are", "still"],
    ["that", "still"],
)
_JOINTS = frozenset(("and", "but", "please", ","))
_MOST = frozenset("most least fewest more fewer many".split())
_SPEAKERS = frozenset("i im ive id we weve were my our me us he she they his her their you your".split())
_OF_ITEMS = frozenset("used half whole inside outside together alone".split())  # 'no USED ones'
_DOING = frozenset(("doing", "done"))  # "that need DOING up"
_ITEMS = frozenset("items ones stuff things".split())
_ASKS = frozenset("no not without which what where how".split())
_WHETHER = frozenset("do does can could will would is are has have when who".split())  # begin a question
_TELLING = frozenset((Use.FUNCTION, Use.WHO_ASKS, Use.SMALL_TALK, Use.OPINION, Use.ASKING))


def with_own_words(
    spans: Sequence[Span], chunks: Sequence[Chunk], reading: ParsedRequest, asked: Sequence[bool]
) -> list[Span]:
    """Return the uses of words of a request for items of a person's own table.

    `asked` tells of every chunk whether it is part of what is asked for.
    """
    found = list(spans)
    by_start = {chunk.start: chunk for chunk in chunks}
    starts = {chunk.start for chunk, told in zip(chunks, asked, strict=True) if told}
    named = _related(found, by_start, reading)
    related = {word for relation in named for word in relation.split("_")}
    speaks = not _SPEAKERS.isdisjoint(span.text for span in spans)
    for i, span in enumerate(found):
        chunk = by_start.get(span.start)
        if _is_idle_amount(span, reading) or (span.use == Use.WHO_ASKS and _is_of_age(found, i)):
            found[i] = span._replace(use=Use.UNUSED)
        elif span.use in _OPEN and _tells_having(found, i):
            found[i] = span._replace(use=Use.ASKING)
        elif span.use == Use.PREDICATE and chunk is not None and _is_idle(chunk, named, reading):
            found[i] = span._replace(use=Use.UNUSED)
        elif span.use in _OPEN and _joins(found, i, related):
            found[i] = span._replace(use=Use.PREDICATE)
        elif span.use == Use.REMARK and not speaks:
            found[i] = span._replace(use=Use.UNUSED)  # 'that have nothing WRONG'
        elif span.use in _TELLING and _may_tell(found, i, asked=span.start in starts):
            found[i] = span._replace(use=Use.UNUSED)
    return with_unread(found, clause_ends(chunks))


def _is_of_age(spans: Sequence[Span], i: int) -> bool:
    """Tell whether a word tells an age of somebody that no column carries: 'good with a 9 YEAR OLD'."""
    near = spans[max(0, i - 2) : i + 3]
    old = any(
        one.text in _YEARS and other.text in _OLD and one.use != Use.CONSTRAINT  # 'at least 40 YEARS old'
        for one, other in pairwise(near)
    )
    return old and (
        spans[i].text in _YEARS | _OLD or spans[i].text.isdecimal() or spans[i].text in NUMBER_WORDS
    )


def _tells_having(spans: Sequence[Span], i: int) -> bool:
    """Tell whether a word only says that there are items to be had: 'you SELL', 'on your LIST'."""
    if spans[i].text not in words("measures", "having items"):
        return False
    before = [each.text for each in spans[max(0, i - 2) : i]]
    return before[-1:] in (["you"], ["we"]) or (
        len(before) == len(("in", "the")) and before[0] in _ON and before[1] in ("the", "your", "this")
    )


def _is_idle_amount(span: Span, reading: ParsedRequest) -> bool:
    """Tell whether figures with letters decided nothing: 'a 5K for 10 euros', where nothing is so long."""
    mixed = span.text[:1].isdecimal() and not span.text.isdecimal() and span.text.isalnum()
    return mixed and span.use == Use.CONSTRAINT and span.start not in reading.measured | reading.timed


def _related(spans: Sequence[Span], by_start: dict[int, Chunk], reading: ParsedRequest) -> set[str]:
    """Return the relations that conditions or orders are of."""
    named = {each.relation for each in reading.comparisons} | {each.relation for each in reading.sorts}
    for span in spans:
        chunk = by_start.get(span.start)
        if span.use == Use.MENTION and chunk is not None:
            named |= chunk.held_roles
    return named


def _is_idle(chunk: Chunk, named: set[str], reading: ParsedRequest) -> bool:
    """Tell whether a relation is named of which nothing is asked that was read: 'flats with BALCONY'."""
    led = bool(reading.references or reading.claims or reading.open_roles)
    if chunk.text in words("function", "prepositions"):
        return False  # a column that is called 'For'
    return chunk.kind == "trigger" and bool(chunk.roles) and not led and named.isdisjoint(chunk.roles)


def _joins(spans: Sequence[Span], i: int, related: set[str]) -> bool:
    """Tell whether a verb only joins a condition to items: 'that RUN on weekdays', 'OPENING in May'."""
    word = spans[i].text
    if i and spans[i - 1].text in ("no", "without"):
        return False  # 'no USED ones'
    if _ends_telling(spans, i):
        return False
    return _has_condition_beside(spans, i) and (
        word in words("measures", "joining") or any(is_alike(word, name) for name in related)
    )


def _ends_telling(spans: Sequence[Span], i: int) -> bool:
    """Tell whether a verb ends what is told of items, and so joins nothing: 'clocks that are WORKING'."""
    before = [each.text for each in spans[max(0, i - 2) : i]]
    after = spans[i + 1].text if i + 1 < len(spans) else ""
    relative = before[-1:] != [] and (before[-1] in _RELATIVE or before in _BEING_SO)
    return relative and (not after or after in _JOINTS) and spans[i].text in words("measures", "joining")


def _has_condition_beside(spans: Sequence[Span], i: int) -> bool:
    for way in (range(i + 1, min(i + _REACH, len(spans))), range(i - 1, max(-1, i - _REACH), -1)):
        for j in way:
            if spans[j].use in (Use.MENTION, Use.CONSTRAINT):
                return True
            if spans[j].use == Use.UNUSED and j > i:
                return False  # 'BUILT before 2000', of which nothing came
            if spans[j].use not in _BESIDE:
                break
    return False


def _may_tell(spans: Sequence[Span], i: int, *, asked: bool) -> bool:
    """Tell whether a word may say what items have: 'QUIET flats', 'for KIDS', 'that never CLOSE'."""
    span, before = spans[i], spans[i - 1].text if i else ""
    if span.text in words("measures", "politeness"):
        return False
    if span.use == Use.FUNCTION:
        after = spans[i + 1].text if i + 1 < len(spans) else ""
        if _ends_telling(spans, i) and span.text not in ("has", "have", "having"):
            return True  # 'clocks that GO'
        return (span.text in _DOING and after in ("", "up")) or (span.text in _OF_ITEMS and after in _ITEMS)
    if span.use == Use.WHO_ASKS and asked and span.text in words("measures", "things of occasions"):
        led = {each.text for each in spans[max(0, i - _REACH) : i]}
        return led.isdisjoint(_FOR_ME - {"by", "a"})
    if span.use == Use.ASKING:
        if asked and span.text in words("measures", "adjectives of items"):
            return True
        if asked and span.text in words("measures", "verbs of items"):
            return not _has_condition_beside(spans, i)
        if before in _ON:
            return True  # 'on SHOW'
        behind = (
            before in _NOUNS and i > 1 and span.text in words("asking", "verbs") | words("asking", "consume")
        )
        return behind or (span.text in words("measures", "telling of items") and before not in _NOUNS)
    if before in _MOST and span.use == Use.WHO_ASKS:
        return True  # 'the most PEOPLE'
    after = spans[i + 1].text if i + 1 < len(spans) else ""
    asker = i > 0 and spans[i - 1].use == Use.WHO_ASKS and before not in ("for", "with")
    counted = i > 0 and spans[i - 1].use == Use.CONSTRAINT
    if span.use == Use.WHO_ASKS and (after == "of" or asker or counted):
        return False  # 'a FAMILY of four', '8 months OLD'
    if span.use == Use.WHO_ASKS and span.text in words("measures", "of groups"):
        return True
    if span.text == "friendly" and i and spans[i - 1].use == Use.UNUSED:
        return True
    if not asked:
        return False
    if span.use == Use.SMALL_TALK:
        return before in _NOUNS
    owned = not _OWNERS.isdisjoint(each.text for each in spans[max(0, i - _REACH) : i])
    told = span.text in words("occasion", "occasion") | words("occasion", "company")
    return (
        told
        and span.use == Use.WHO_ASKS
        and not (owned or before in _FOR_ME or span.text in words("measures", "of the asker"))
    )


def lost_of_own(reading: ParsedRequest, said: Sequence[str], spans: Sequence[Span]) -> list[str]:
    """Return what was asked of a person's own table and not read: never a remark, 'no activities at all'."""
    asks = bool(said[:1]) and said[0] in _ASKS | _WHETHER
    asks = asks or reading.text.rstrip().endswith("?")
    if not reading.own or not (reading.unmeasured or asks):
        return []
    lost = [each for use in (Use.UNUSED, Use.THEME, Use.REMARK) for each in runs(spans, use)]
    lost = lost or [each for use in (Use.OPINION, Use.SMALL_TALK) for each in runs(spans, use)]
    asked = asks and not lost and (said[0] in _WHETHER or reading.text.rstrip().endswith("?"))
    told = (Use.MENTION, Use.WHO_ASKS, Use.ASKING) if asked else ()
    return lost or [each for use in told for each in runs(spans, use)]
