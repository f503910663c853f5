"""Years that an item of the conversation bounds: 'nothing NEWER THAN THAT', 'something FROM BEFORE IT'."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from agent.builtin.dialogue.state import DialogueState
from agent.builtin.interpret.request import ParsedRequest
from agent.builtin.parse.chunks import Chunk
from agent.builtin.parse.ordinals import positions
from agent.builtin.plan.proposal import Years
from agent.builtin.plan.tool_session import ToolSession

_NOT = r"nothing|not|no|none|never|nor|isnt|arent|dont want anything|cant be|shouldnt be|mustnt be"
_BESIDE = r"(?: (?:that|thats|s|is|are|be|any|anything|much|a lot|made|from|come|came|out|or|the))*"
_LATER, _EARLIER = "newer|later|younger|more recent|more modern", "older|earlier|less recent"
_ITEM = (
    r"(?:(?:that|this|the) (?:one|film|movie|book|novel)|that|this|it(?: came out| was made)?"
    r"|the (?:\w+) (?:one|film|movie|book)|the (?:first|second|third|fourth|fifth|last))"
)
_THAN = re.compile(
    rf"\b(?:(?P<no>{_NOT}){_BESIDE} )?(?P<way>{_LATER}|{_EARLIER})"
    rf" than (?P<item>{_ITEM})(?= |$)"
)
_BARE = re.compile(
    r"(?:(?:ok|okay|and|so|well|then|any|anything|something|some|got|show me|only) )*"
    rf"(?P<way>{_LATER}|{_EARLIER})"
    r"(?: (?:ones|one|films|movies|books|stuff|please|then))*"
)
_LED = (
    "from|made|released|out|shot|published|written|something|anything|ones|films|movies|books|only|just|but"
    "|nothing|not|none"
)
_FROM = re.compile(
    rf"\b(?P<led>{_LED}) (?:(?P<not>not) )?(?P<way>before|after) (?P<item>{_ITEM})"
    r"(?= (?:please|then|though|too)|$)"
)


def bound_said(said: Sequence[str], *, dated: bool = False) -> re.Match[str] | None:
    """Return where words compare the age of items with that of one that was shown or told of.

    Where the year of one was `dated` just before, they need not say so: 'older ones then'.
    """
    text = " ".join(said)
    return _THAN.search(text) or _FROM.search(text) or (_BARE.fullmatch(text) if dated else None)


def with_item_bound(
    chunks: Sequence[Chunk], reading: ParsedRequest, state: DialogueState, session: ToolSession
) -> ParsedRequest:
    """Return a reading with the years before or after an item that a pronoun or an ordinal means."""
    places = [(word, i) for i, c in enumerate(chunks) for word in c.text.casefold().split()]
    said = [word for word, _ in places]
    dated = state.told == ("year",) and len(state.facts) == 1
    match = bound_said(said, dated=dated)
    item = _item(match.groupdict().get("item") or "that", state) if match is not None else None
    if match is None or item is None or reading.comparisons or reading.mentioned:
        return reading
    described = session.call("describe_item", item=item)
    year = described["year"] if described else None
    if not year:
        return reading
    first, last = match.string[: match.start()].count(" "), match.string[: match.end()].count(" ")
    timed = {chunks[i].start for _, i in places[first : last + 1]}
    return replace(reading, years=_years(match, year, state.filters.years), timed=reading.timed | timed)


def _item(said: str, state: DialogueState) -> str | None:
    """Return the item that is meant: counted, else the one told of since a list was shown."""
    counted = positions(said.split(), len(state.shown))
    if counted:
        return state.shown[counted[0]] if counted[0] < len(state.shown) else None
    if len(said.split()) == len("the second one".split()):
        return None  # 'the german one'
    return state.focus or state.one_named


def _years(match: re.Match[str], year: int, past: Years) -> Years:
    """Return the years within a bound; the other end that held goes on to hold where both can."""
    named = match.groupdict()
    denied = bool(named.get("no") or named.get("not") or named.get("led") in ("nothing", "not", "none"))
    newer = match.group("way") in (*_LATER.split("|"), "after")
    first, last = past
    if newer != denied:
        low = year if denied else year + 1
        return low, (last if last is not None and last >= low else None)
    high = year if denied else year - 1
    return (first if first is not None and first <= high else None), high
