"""One of those shown by what it is most of: 'how long is THE OLDEST ONE?', "I'll take the shorter one"."""

from __future__ import annotations

import re
from typing import Any, NamedTuple

from agent.builtin.dialogue.asked_items import labels
from agent.builtin.dialogue.comparing import measured_as_shown
from agent.builtin.dialogue.state import DialogueState
from agent.builtin.interpret.message import understood
from agent.builtin.lexicon.load import words
from agent.builtin.parse.vocabulary import Vocabulary
from agent.builtin.plan.tool_session import Call, ToolSession
from kg.text import NUMBER_WORDS, ORDINALS, fold, tokens

_ONE = re.compile(
    r"\bthe ((?:most |least )?[a-z]+) (?:one|film|movie|book|"
    r"of (?:the )?(?:them|those|these|two|three|four|five|[2-9]|lot))\b",
    re.IGNORECASE,
)
_NUMBERED = re.compile(
    r"(?:\b(?:the )?(?:number|nr\.?)\s?|#)(\d)\b(?!\s*(?:,|and|or|to|-|–|&|\d)\b)", re.IGNORECASE
)
_SEVERAL = re.compile(
    r",?\s*\b(?:out )?(?:of|between|among) (?:the|these|those|them)(?: last)?"
    r"(?: (two|three|four|five|[2-9]))?\b,?",
    re.IGNORECASE,
)
_PLACES = tuple(ORDINALS)[:9]
_NOTHING: dict[str, Any] = {"mentions": [], "unlinked": []}
_TWO = 2
_ASKED = {"year": "what year is", "running_time": "how long is", "pages": "how many pages has"}


class End(NamedTuple):
    """The higher or lower end of those shown on a relation."""

    relation: str
    higher: bool


def with_ends_counted(
    text: str, state: DialogueState | None, session: ToolSession, vocabulary: Vocabulary
) -> str:
    """Return a text in which one of those shown is counted where it is told by an extreme or its number.

    What only asks which one is the longer, or the newest, asks for its length or year.
    """
    if state is None or not session.has("describe_item"):
        return text
    text = _NUMBERED.sub(lambda said: _by_ordinal(said, len(state.shown)), text)
    several = _SEVERAL.search(text)
    if several and (named := _with_several_named(text, several, state, session, vocabulary)):
        return named
    found = _ONE.search(text)
    if found is None or len(state.shown) < _TWO:
        return text
    rest = {fold(token.raw) for token in tokens(f"{text[: found.start()]} {text[found.end() :]}")}
    if rest & words("acts", "no end of those shown"):
        return text  # 'I meant the older one', of two of one title
    end = _end_of(found.group(1).casefold(), state, session, vocabulary)
    place = _place_of(end, state, session) if end else None
    if end is None or place is None:
        return text
    alone = rest <= words("acts", "beside an end alone")
    if alone and not rest & words("acts", "asking which"):
        return text  # 'the cheapest of those', 'which came first', 'AND THE LATEST ONE?'
    if alone and rest & words("acts", "asking which"):
        return f"{_ASKED[end.relation]} the {_PLACES[place]} one?" if end.relation in _ASKED else text
    return f"{text[: found.start()]}the {_PLACES[place]} one{text[found.end() :]}"


def _by_ordinal(said: re.Match[str], shown: int) -> str:
    """Return which of those shown a number is of: 'is NUMBER 3 long' is 'is THE THIRD ONE long'."""
    place = int(said.group(1)) - 1
    return f"the {_PLACES[place]} one" if 0 <= place < min(shown, len(_PLACES)) else said.group()


def _with_several_named(
    text: str, several: re.Match[str], state: DialogueState, session: ToolSession, vocabulary: Vocabulary
) -> str:
    """Return a question of several that were told of or shown, with their titles behind it; else ''."""
    rest = f"{text[: several.start()]} {text[several.end() :]}".strip(" ,.?!:")
    said = [fold(token.raw) for token in tokens(rest)]
    asks = words("acts", "asking which") & set(said)
    alone = several.group(1) and words("acts", "beside an end alone").issuperset(said[:-1])
    first = {"first", "last"} & set(said)
    ends = first or any(_end_of(word, state, session, vocabulary) for word in said)
    if not ends or not (asks or alone):
        return ""
    told = (several.group(1) or "").casefold()
    told = NUMBER_WORDS.get(told, told)
    number = int(told) if told.isdecimal() else None
    of_told = tuple(reversed(state.one_by_one))
    pools: list[tuple[str, ...]] = [state.shown] if number or len(state.shown) == _TWO else []
    pools += [of_told[-number:] if number else of_told, state.together]
    meant = next((pool for pool in pools if len(pool) == (number or max(len(pool), _TWO))), ())
    if state.items and meant != state.shown and not number:
        return ""
    described = session.call_all([Call("describe_item", {"item": item}) for item in meant])
    titles = [f"{each['title']} ({each['year']})" for each in described if each and each["year"]]
    asked = rest if asks else f"which is {rest}"  # 'the oldest of the three'
    return f"{asked}: {', '.join(titles[:-1])} or {titles[-1]}?" if len(titles) > 1 else ""


def _end_of(word: str, state: DialogueState, session: ToolSession, vocabulary: Vocabulary) -> End | None:
    """Return the end that a word means: 'older', 'most recent', 'shortest'."""
    said = word.split()[-1]
    if said in words("questions", "orders of time") - {*_PLACES, "last"}:
        return End("year", said not in words("questions", "earliest"))
    one = f"the {word} one"
    reading = understood(one, _NOTHING, vocabulary).reading
    if (own := measured_as_shown(reading, state, session, vocabulary)) is not None:
        reading = understood(one, _NOTHING, own).reading
    if reading.sorts:
        return End(reading.sorts[0].relation, reading.sorts[0].descending)
    return End(reading.shifts[0].relation, not reading.shifts[0].lower) if reading.shifts else None


def _place_of(end: End, state: DialogueState, session: ToolSession) -> int | None:
    """Return the place of the one of those shown at an end; None where two have the same value."""
    calls = [Call("describe_item", {"item": item}) for item in state.shown]
    held = [labels(each, end.relation) if each else [] for each in session.call_all(calls)]
    valued = [(float(each[0]), place) for place, each in enumerate(held) if each and _is_number(each[0])]
    ordered = sorted(valued, key=lambda pair: (-pair[0] if end.higher else pair[0], pair[1]))
    if len(ordered) < _TWO or ordered[0][0] == ordered[1][0] or ordered[0][1] >= len(_PLACES):
        return None
    return ordered[0][1]


def _is_number(label: str) -> bool:
    return label.replace(".", "", 1).isdecimal()
