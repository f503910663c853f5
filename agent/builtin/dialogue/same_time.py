"""Years that only the conversation tells: 'from the same decade', 'anything of that year'."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

from agent.builtin.dialogue.state import DialogueState, focus_of
from agent.builtin.interpret.request import ParsedRequest
from agent.builtin.lexicon.load import words
from agent.builtin.parse.chunks import Chunk
from agent.builtin.plan.tool_session import ToolSession

_SAME = frozenset("same that".split())
_THOSE_YEARS = {(a, b) for a in ("those", "these", "same") for b in ("years", "decades", "times", "days")}
_STEPS = {"after": 1, "before": -1, "later": 1, "earlier": -1}
_LED_STEPS = {"next": 1, "following": 1, "previous": -1, "preceding": -1}
_NEAR = 2  # words before the noun that lead to it


def with_same_time(
    chunks: list[Chunk], reading: ParsedRequest, state: DialogueState, session: ToolSession
) -> ParsedRequest:
    """Return a reading with the years of the item talked about, where it asks for the same decade or year."""
    if reading.years != (None, None) or reading.mentioned or not session.has("describe_item"):
        return reading
    if (shifted := _with_next_year(chunks, reading, state)) is not None:
        return shifted
    if (shown := _with_years_shown(chunks, reading, state)) is not None:
        return shown
    places = [i for i, c in enumerate(chunks) if c.text in words("acts", "spans of time")]
    said = [i for i in places if i and chunks[i - 1].text in _SAME]
    item = focus_of(state)
    if not said or item is None or not _is_dated(chunks, said[0]):
        return reading
    described = session.call("describe_item", item=item)
    year = described["year"] if described else None
    if not year:
        return reading
    first = year if chunks[said[0]].text == "year" else year - year % 10
    last = year if chunks[said[0]].text == "year" else first + 9
    timed = {c.start for c in chunks[max(0, said[0] - _NEAR) : said[0] + 1]}
    return replace(reading, years=(first, last), timed=reading.timed | timed)


def _with_years_shown(
    chunks: list[Chunk], reading: ParsedRequest, state: DialogueState
) -> ParsedRequest | None:
    """Return a reading with the years asked for last, else those of what was shown: 'from THOSE YEARS'."""
    place = next((i for i, (a, b) in enumerate(pairwise(chunks)) if (a.text, b.text) in _THOSE_YEARS), None)
    asked = state.filters.years
    if place is None or not (state.years or asked != (None, None)):
        return None
    years = asked if asked != (None, None) else (state.years[0], state.years[-1])
    timed = {c.start for c in chunks[max(0, place - 1) : place + 2]}
    return replace(reading, years=years, timed=reading.timed | timed)


def _with_next_year(
    chunks: list[Chunk], reading: ParsedRequest, state: DialogueState
) -> ParsedRequest | None:
    """Return a reading with the year after or before the one asked for last: 'how about THE YEAR AFTER?'."""
    first, last = state.filters.years
    if first is None or first != last:
        return None
    for i, chunk in enumerate(chunks):
        before = chunks[i - 1].text if i else ""
        after = chunks[i + 1].text if i + 1 < len(chunks) else ""
        ends = i + 2 >= len(chunks) or chunks[i + 2].kind == "mark"
        step = (ends and _STEPS.get(after)) or _LED_STEPS.get(before)
        if chunk.text == "year" and step:
            timed = {c.start for c in chunks[max(0, i - 1) : i + 1 + (after in _STEPS)]}
            return replace(reading, years=(first + step, first + step), timed=reading.timed | timed)
    return None


def _is_dated(chunks: list[Chunk], place: int) -> bool:
    """Tell whether items are asked for by a time: 'FROM the same decade', 'same YEAR please'."""
    before = {c.text for c in chunks[max(0, place - _NEAR - 2) : place]}
    return bool(before & {"from", "of", "in", "same", "around", "published", "released", "out", "made"})
