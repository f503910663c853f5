"""Spans of a message with their uses, and the phrases that they make."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from enum import StrEnum
from typing import NamedTuple

from agent.builtin.lexicon.load import tables

MAX_RUN = 4  # words of one unused phrase


class Use(StrEnum):
    """What a word is for."""

    MENTION = "mention"
    PREDICATE = "predicate"
    CONSTRAINT = "constraint"
    ASKING = "asking"
    WHO_ASKS = "who asks"
    OPINION = "opinion"
    SMALL_TALK = "small talk"
    FUNCTION = "function"
    REMARK = "remark"
    THEME = "theme"
    UNKNOWN = "unknown"
    UNUSED = "unused"


class Span(NamedTuple):
    """A part of a message, `text == whole[start:end]` but for case, and its use."""

    start: int
    end: int
    text: str
    use: Use


def runs(spans: Sequence[Span], use: Use, without: Collection[str] = ()) -> Iterator[str]:
    """Yield the parts of a message that have a use: neighbouring words together, each part once.

    Words of `without` are left out.
    """
    seen: set[str] = set()
    run: list[str] = []
    end = 0
    for span in [*spans, None]:
        fits = span is not None and span.use == use and span.text not in without
        beside = span is not None and span.start - end < 2
        end = span.end if span is not None else end
        if run and not (fits and beside and len(run) < MAX_RUN):
            phrase = " ".join(run)
            if phrase not in seen:
                seen.add(phrase)
                yield phrase
            run = []
        if fits and span is not None:
            run.append(span.text)


def asked_for(spans: Sequence[Span]) -> list[Span]:
    """Return the spans of a text in which nothing is a story: what is told is asked for."""
    return [span._replace(use=Use.UNUSED) if span.use == Use.REMARK else span for span in spans]


def dropping_aside(spans: Sequence[Span]) -> list[Span]:
    """Return the spans of a text whose words of dropping are used: 'FORGET russians, a comic novel'."""
    said = {word for phrase in tables("acts")["dropping a name"] for word in phrase.split()}
    return [span._replace(use=Use.FUNCTION) if span.text in said else span for span in spans]


def only_untold(spans: Sequence[Span]) -> bool:
    """Tell whether a message is nothing but a phrase that no fact tells of: 'TRUE STORY'."""
    uses = [span.use for span in spans if span.use != Use.FUNCTION]
    return len(uses) > 1 and set(uses) == {Use.UNUSED}
