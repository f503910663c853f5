"""A turn from a title as it is plainly said: 'is there Jaws in space?' is 'like Jaws but in space'.

However a message says what should be other than in a title it names, one form of it is read.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from string import capwords

from agent.builtin.lexicon.load import tables, words
from agent.builtin.lexicon.triggers import ITEM_NOUNS
from agent.builtin.parse.chunks import Chunk
from agent.builtin.parse.phrases import Phrases, said_after
from kg.stems import raw
from tools.theme_cues import WITHOUT, cued_in

_TURNS = Phrases(tables("themes")["turns worded otherwise"])
_DEGREED = words("themes", "turns before what is other")
_BEGINS = words("themes", "begins what is other")
_WHOM = Phrases(tables("themes")["turns for whom"])
_LEADS = words("themes", "leads to a turn")
_POINTS = Phrases(tables("themes")["points at what was told"])
_PLACES = frozenset(("in", "on", "at", "with", "aboard", "under"))
_ASKS = frozenset(("there", "theres", "got", "any", "basically"))
_VERSION_OF = 2  # chunks: 'version of'
_TELLING = 3  # words that tell a subject surely
_NEAR = 3  # chunks of 'like that but'
_FIRST = re.compile(r"\W*(?P<title>[^.,;:!?]{3,40}?),? (?:but|except)\b(?! (?:i|we|my|not)\b)", re.IGNORECASE)
_ENDS = frozenset(".!?;")


def turned(text: str, chunks: Sequence[Chunk]) -> str:
    """Return a text in which what is other than in its one title stands behind 'like TITLE but'."""
    titles = [place for place, chunk in enumerate(chunks) if chunk.kind == "title" or _is_series(chunk)]
    if len({chunks[place].text for place in titles}) != 1:
        return text
    place = titles[-1]
    title = chunks[place]
    led = text[: title.start] if any(a.text == "like" for a in chunks[:place]) else "something like "
    if (start := _turn_after(chunks, place)) is not None and not _tells_more(text[title.end :]):
        return f"{led}{title.text} but {_wish(text, chunks, start)}"
    if (found := _pointed(chunks, place)) is not None:
        first, start = found
        named = any(a.kind in ("entity", "category") for a in chunks[:first])
        before = text[: chunks[first].start] if named else ""
        between = text[chunks[first + 1].end : chunks[start - 1].start] if start - first > _NEAR else ""
        return f"{before}something like {title.text}{between} but {_wish(text, chunks, start)}"
    if (kind_at := _version_of(chunks, place)) is not None:
        kind = text[chunks[kind_at].start : chunks[place - _VERSION_OF].start]
        return f"something like {title.text} but {kind}{text[title.end :]}"
    return text


def titled(text: str) -> str:
    """Return a text that turns from its first words as if these were a title: 'GLADIATOR but older'."""
    found = _FIRST.match(text)
    if found is None or _tells_more(text[found.end() :]):
        return text
    return f"something like {capwords(found['title'])} but {text[found.end() :].strip()}"


def _tells_more(said: str) -> bool:
    """Tell whether so much tells a subject that it says more than a title: 'sandals, chariots, togas'."""
    return any(len(each.places) >= _TELLING for each in cued_in(raw(said.casefold())))


def _is_series(chunk: Chunk) -> bool:
    return chunk.kind == "entity" and bool(chunk.choices) and set(chunk.choices[0].roles) == {"series"}


def _version_of(chunks: Sequence[Chunk], place: int) -> int | None:
    """Return where what kind of version of a title is wanted begins: 'a WESTERN version of Ran'."""
    said = [chunk.text for chunk in chunks[max(0, place - _VERSION_OF) : place]]
    if said != ["version", "of"]:
        return None
    return next((p for p in range(place - 3, -1, -1) if chunks[p].text in ("a", "an", "any", "the")), None)


def _turn_after(chunks: Sequence[Chunk], place: int) -> int | None:
    """Return where what is other begins behind a title that a message opens with."""
    before = [chunk.text for chunk in chunks[:place] if chunk.kind != "mark"]
    if not all(word in _LEADS | ITEM_NOUNS for word in before) or place + 2 >= len(chunks):
        return None
    after = place + 1 + (chunks[place + 1].text == ",")
    length = said_after(chunks, after, _TURNS)
    start = after + length
    if length and start < len(chunks) and _is_turn(chunks, after, start):
        return after if chunks[after].text == "for" else start
    asked = bool(_ASKS & set(before)) and chunks[after].text in _PLACES
    return after if asked and after == place + 1 else None


def _is_turn(chunks: Sequence[Chunk], after: int, start: int) -> bool:
    first, then = chunks[after].text, chunks[start].text
    if first == "for":
        return said_after(chunks, start, _WHOM) > 0
    if first in _DEGREED and start == after + 1:
        return then in _BEGINS or (then.endswith("er") and chunks[start].kind in ("word", "category"))
    return True


def _pointed(chunks: Sequence[Chunk], title: int) -> tuple[int, int] | None:
    """Return where 'like that' stands behind a title that was told, and where what is other begins."""
    for place in range(title + 1, len(chunks)):
        length = said_after(chunks, place, _POINTS)
        here = range(place + length, len(chunks) if length else 0)
        same = [p for p in here if chunks[p].sentence == chunks[place].sentence]
        turn = next((p for p in same if chunks[p].text in ("but", "only", "except", "just")), None)
        if turn is not None and turn + 1 < len(chunks):
            return place, turn + 1
    return None


def _wish(text: str, chunks: Sequence[Chunk], start: int) -> str:
    """Return what is other, as it was said, or the subject that it tells: 'straightforward'."""
    end = next((p for p in range(start, len(chunks)) if chunks[p].text in _ENDS), len(chunks))
    said = text[chunks[start].start : chunks[end - 1].end]
    told = cued_in(raw(said.casefold())) if "," not in said else []
    cued = " and ".join(each.subject for each in told if not each.subject.startswith(WITHOUT))
    return (cued or said) + text[chunks[end - 1].end :]
