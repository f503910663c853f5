"""Years told by a title: 'what he made before Seven Samurai', 'older than Jaws', 'since The Matrix'."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from agent.builtin.lexicon.load import tables, words
from agent.builtin.parse.ages import Age
from agent.builtin.parse.chunks import Chunk
from agent.builtin.parse.phrases import Phrases, said_before

_BEFORE = Phrases(tables("years")["before a title"])
_AFTER = Phrases(tables("years")["after a title"])
_BARE = words("years", "bare beside a title")
_IN_TURN = words("years", "one after the other")


_SPANS = frozenset("day night evening week weekend month year time".split())
_COMPARED = {"newer": True, "later": True, "older": False, "earlier": False}
_JOINTS = frozenset("and but also yet just , or is a bit".split())


def _second_halves(chunks: Sequence[Chunk]) -> Iterator[Age]:
    """Yield the bounds of a title that is compared with before: 'better rated than Circe and NEWER'."""
    titles = [i for i, chunk in enumerate(chunks) if chunk.kind == "title" and chunk.choices]
    if len(titles) != 1 or (year := chunks[titles[0]].choices[0].year) is None:
        return
    for i in range(titles[0] + 2, len(chunks)):
        if chunks[i].text not in _COMPARED:
            continue
        joined = all(chunk.text in _JOINTS for chunk in chunks[titles[0] + 1 : i])
        after = chunks[i + 1].text if i + 1 < len(chunks) else ""
        turned = _is_turned(chunks, titles[0], i)
        compared = chunks[titles[0] - 1].text == "·" or turned
        if joined and after != "than" and compared:
            newer = _COMPARED[chunks[i].text]
            yield Age(year + 1, None, (i,)) if newer else Age(None, year - 1, (i,))


def _is_turned(chunks: Sequence[Chunk], title: int, i: int) -> bool:
    """Tell whether a title is only turned from in time, and no more said: 'by who made HEAT, BUT OLDER'."""
    between = {chunk.text for chunk in chunks[title + 1 : i]}
    return bool(between & {"but", "just", "only"}) and all(a.kind == "mark" for a in chunks[i + 1 : i + 2])


def title_years(chunks: Sequence[Chunk]) -> Iterator[Age]:
    """Yield the bounds that titles set; 'what should I read after Dune?' sets none."""
    yield from _second_halves(chunks)
    for i, chunk in enumerate(chunks):
        year = chunk.choices[0].year if chunk.kind == "title" and chunk.choices else None
        if year is None:
            continue
        before, after = said_before(chunks, i, _BEFORE), said_before(chunks, i, _AFTER)
        length = max(before, after)
        bare = length == 1 and chunks[i - 1].text in _BARE
        if bare and i > 1 and chunks[i - 2].text in _SPANS:
            continue  # 'the month before X' tells when somebody saw it
        if not length or (bare and (_is_in_turn(chunks, i) or _opens(chunks, i - 1, i))):
            continue
        used = tuple(range(i - length, i + 1))
        yield Age(None, year - 1, used) if before > after else Age(year + 1, None, used)


def _opens(chunks: Sequence[Chunk], start: int, i: int) -> bool:
    """Tell whether a sentence begins with the title and goes on: 'After Ran I need more'."""
    begins = start == 0 or chunks[start - 1].kind == "mark"
    return begins and any(chunk.kind != "mark" for chunk in chunks[i + 1 :])


def _is_in_turn(chunks: Sequence[Chunk], i: int) -> bool:
    here = [chunk.text for chunk in chunks if chunk.sentence == chunks[i].sentence]
    return not _IN_TURN.isdisjoint(here)


def dates_title(chunks: Sequence[Chunk], place: int) -> bool:
    """Tell whether a number is the year of the title before it: 'Heat (1995)'."""
    if not chunks[place].text.isdecimal():
        return False
    before = [chunk for chunk in chunks[max(0, place - 2) : place] if chunk.kind != "mark"]
    return bool(before) and before[-1].kind == "title"
