"""The plot of an item whose title is asked for: 'what's that film where a shark attacks a town?'."""

from __future__ import annotations

from collections.abc import Sequence

from agent.builtin.interpret.spans import Span, Use
from agent.builtin.lexicon.load import tables
from agent.builtin.lexicon.triggers import ITEM_NOUNS, PERSON_NOUNS
from agent.builtin.parse.chunks import Chunk
from agent.builtin.parse.phrases import Phrases, places_said

IDENTIFYING = Phrases(tables("themes")["identifying"])
_BEFORE_PLOT = 7
_ONE = ITEM_NOUNS | {"one"}
_LEADING = (["where"], ["with"], ["about"], ["when"])
_NAMING = frozenset(
    "called name title titled named keep keeps kept start starts begin begins try tries".split()
)
_SMALL = (
    frozenset(word for section in tables("function").values() for word in section) | PERSON_NOUNS | _NAMING
) - {"same", "half", "last", "first"}
_TELLING = (Use.THEME, Use.REMARK, Use.UNUSED)


def plot(spans: Sequence[Span], chunks: Sequence[Chunk]) -> tuple[str, ...]:
    """Return the words of a plot that is told to have its title named, () if none is."""
    tells = any(chunk.text in _ONE and _tells_plot(chunks, i) for i, chunk in enumerate(chunks))
    if not tells and not places_said(chunks, IDENTIFYING):
        return ()
    places = {chunk.start: place for place, chunk in enumerate(chunks)}
    told = [
        span
        for span in spans
        if span.use in _TELLING or chunks[places[span.start]].kind == "category"
        if span.text not in _NAMING
    ]
    told += [span for span in spans if _is_in_plot(chunks, places[span.start])]
    said = [word for span in told for word in span.text.casefold().split()]
    return tuple(dict.fromkeys(word for word in said if word not in ITEM_NOUNS and len(word) > 1))


def asks_for_title(chunks: Sequence[Chunk]) -> bool:
    """Tell whether the title is asked for whose plot is told: 'what's THE ONE WHERE a shark …'."""
    return any(chunk.text in _ONE and _is_one_asked(chunks, i) for i, chunk in enumerate(chunks))


def _is_one_asked(chunks: Sequence[Chunk], i: int) -> bool:
    before = [chunk.text for chunk in chunks[max(0, i - _BEFORE_PLOT) : i]]
    after = [chunk.text for chunk in chunks[i + 1 : i + 2]]
    asked = [word for word in before[:-1] if word not in ("is", "s", "was", "called", "again")]
    led = before[-1:] in (["the"], ["that"]) and asked[-1:] in (["what"], ["whats"])
    return led and after in _LEADING and chunks[i].text in _ONE


def _tells_plot(chunks: Sequence[Chunk], i: int) -> bool:
    """Tell whether an item is spoken of by its plot: 'there's a black and white MOVIE where'."""
    after = [chunk.text for chunk in chunks[i + 1 : i + 3]]
    led = after[:1] == ["where"] or after == ["in", "which"]
    before = {chunk.text for chunk in chunks[max(0, i - _BEFORE_PLOT) : i]}
    there = led and chunks[i].text in ITEM_NOUNS and bool(before & {"there", "theres"})
    return there or _is_one_asked(chunks, i)


def _is_in_plot(chunks: Sequence[Chunk], place: int) -> bool:
    """Tell whether a word stands after what leads to a plot: 'where it is the same DAY'."""
    if chunks[place].kind != "word" or chunks[place].text in _SMALL:
        return False
    here = [chunk.text for chunk in chunks[:place] if chunk.sentence == chunks[place].sentence]
    return "where" in here or "which" in here or "about" in here
