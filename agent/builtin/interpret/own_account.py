"""The account of a request for items of a person's own table: small words that are no filler there.

What such a table tells is told by its columns. A word of a closed class that elsewhere only joins others may
say what its items are: 'SECOND HAND', 'that are WORKING', 'clocks that GO'. Where nothing was read from it,
it is unused, and said.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from itertools import zip_longest

from agent.builtin.interpret.spans import Span, Use
from agent.builtin.lexicon.load import tables, words
from agent.builtin.parse.chunks import Chunk

_SMALL = frozenset((Use.FUNCTION, Use.ASKING, Use.OPINION, Use.SMALL_TALK, Use.PREDICATE))
_DOING = frozenset("go goes going run runs running work works working open opening functioning".split())
_THAT = frozenset("that which who still actually really properly fully currently".split())
_BEING = frozenset("is are be being".split())
_LEADS_ON = frozenset("to for of as".split())
_JOINTS = frozenset("and or but with without".split())
_OF_AGES = frozenset("year years yr yrs month months old olds yo".split())
_LISTING = frozenset("or and nor with without no not".split())
_TOLD = frozenset((Use.REMARK, Use.ASKING, Use.OPINION, Use.SMALL_TALK))
_SPEAKERS = frozenset("i im ive we weve were he she they hes shes theyre".split())
_LIMITING = frozenset(
    "cant cannot couldnt wont never allergic intolerant afraid scared hate hates unable".split()
)
_IDLE = frozenset(
    "decide wait find think remember see tell say make choose seem believe help get go be do".split()
)
_ITEMS = frozenset("items ones stuff things".split())


def clause_ends(chunks: Sequence[Chunk]) -> frozenset[int]:
    """Return the offsets at which what a clause says ends: at a mark, a joint, the end."""
    last = (
        chunk.end
        for chunk, after in zip_longest(chunks, chunks[1:])
        if after is None or after.kind == "mark" or after.text in _JOINTS
    )
    return frozenset(last)


def with_unread(spans: Sequence[Span], ends: Collection[int]) -> list[Span]:
    """Return the uses of words with those as unused that may say what items are, and led to nothing.

    `ends`: the offsets at which what a clause says ends.
    """
    unread = {*_compounds(spans), *_deeds(spans, ends), *_states(spans), *_talk_beside_names(spans)}
    limits = set(_limits_told(spans, ends))
    ages = set(_ages(spans))
    return [
        span._replace(use=Use.UNUSED)
        if (i in unread and span.use in _SMALL) or (i in limits and span.use in _TOLD) or i in ages
        else span
        for i, span in enumerate(spans)
    ]


def _talk_beside_names(spans: Sequence[Span]) -> Iterator[int]:
    """Yield words of small talk that are joined to what items are called: 'pop or ROCK', 'no SORRY'."""
    for i, span in enumerate(spans):
        beside = [*spans[max(0, i - 2) : i], *spans[i + 1 : i + 3]]
        joined = any(each.text in _LISTING for each in (*spans[max(0, i - 1) : i], *spans[i + 1 : i + 2]))
        named = any(each.use == Use.MENTION for each in beside)
        if (
            span.use == Use.SMALL_TALK
            and joined
            and named
            and span.text not in words("measures", "politeness")
        ):
            yield i


def _ages(spans: Sequence[Span]) -> Iterator[int]:
    """Yield an age of whom items are for that no column tells: 'for A 9 YEAR OLD'."""
    for i, span in enumerate(spans):
        if span.use == Use.WHO_ASKS and span.text[:1].isdecimal():
            end = next((k for k in range(i + 1, len(spans)) if spans[k].text not in _OF_AGES), len(spans))
            yield from range(i, end)


def _limits_told(spans: Sequence[Span], ends: Collection[int]) -> Iterator[int]:
    """Yield what the asker cannot do, have or bear: 'I CAN'T READ MUSIC', "we're ALLERGIC to NUTS"."""
    limited = speaks = False
    for i, span in enumerate(spans):
        speaks = speaks or span.text in _SPEAKERS
        limited = limited or (speaks and span.text in _LIMITING)
        if limited and span.text not in _LIMITING | _IDLE:
            yield i
        if span.end in ends:
            limited = speaks = False


def _compounds(spans: Sequence[Span]) -> Iterator[int]:
    """Yield small words that together say how an item is: 'SECOND HAND', 'OUT OF ORDER'."""
    said = [span.text for span in spans]
    for phrase in tables("measures")["states of items"]:
        spoken = phrase.split()
        for i in range(len(said) - len(spoken) + 1):
            if said[i : i + len(spoken)] == spoken:
                yield from range(i, i + len(spoken))


def _deeds(spans: Sequence[Span], ends: Collection[int]) -> Iterator[int]:
    """Yield what items do, where nothing follows that it leads to: 'clocks that GO', 'that are WORKING'."""
    for i, span in enumerate(spans):
        ended = span.end in ends
        before = [each.text for each in spans[max(0, i - 2) : i]]
        being = before[-1:] != [] and before[-1] in _BEING and (before[:-1] == [] or before[0] in _THAT)
        if span.text in _DOING and ended and before and (before[-1] in _THAT or being):
            yield i


def _states(spans: Sequence[Span]) -> Iterator[int]:
    """Yield single words that say how items are before a name or a noun for them: 'USED Kitewell bikes'."""
    for i, span in enumerate(spans):
        after = spans[i + 1] if i + 1 < len(spans) else None
        named = after is not None and (after.use == Use.MENTION or after.text in _ITEMS)
        led = after is not None and after.text in _LEADS_ON
        if span.text in words("measures", "states of items before") and named and not led:
            yield i
