"""Years in a request: 'before 1990', 'from the eighties', '1950–1965', 'the nineteenth century'."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import takewhile

from agent.builtin.lexicon.triggers import ITEM_NOUNS
from agent.builtin.parse.chunks import Chunk

Range = tuple[int | None, int | None]
_DECADES = {
    word: 1900 + 10 * number
    for number, word in enumerate(
        "twenties thirties forties fifties sixties seventies eighties nineties".split(), 2
    )
} | {"noughties": 2000, "aughts": 2000}
_CENTURIES = {
    word: number
    for number, words in (
        (18, "eighteenth 18th"),
        (19, "nineteenth 19th"),
        (20, "twentieth 20th"),
        (21, "21st"),
    )
    for word in words.split()
}
_DECADE = re.compile(r"(?:(19|20)?(\d)0)s")
_BEFORE = frozenset(("before", "pre", "until"))
_AFTER = frozenset(("after", "post"))
_SINCE = frozenset(("since",))
_NONE = frozenset("no not nothing none".split())
_PARTS = frozenset("early mid middle late".split())
_OWN = frozenset("my his her our their your".split())
_OPEN = frozenset(("on", "onward", "onwards", "later"))
_MADE = frozenset(("made", "released", "out", "published", "produced", "written", "shot"))
_IN = frozenset(("in", "of", "from", "during"))


def year_range(chunks: Sequence[Chunk]) -> Range:
    """Return the inclusive range of years a request asks for; (None, None) if it names none."""
    firsts: list[int] = []
    lasts: list[int] = []
    whole: list[tuple[int, int]] = []
    for i, first, last in _spans(chunks):
        before = _words_before(chunks, i)
        following = [a.text for a in takewhile(lambda a: a.kind == "word", chunks[i + 1 : i + 3])]
        if (before[-2:] == ["earlier", "than"] and _NONE & set(before)) or (
            before[-1:] and before[-1] in _SINCE
        ):
            firsts.append(first)
        elif (before[-2:] in (["later", "than"], ["newer", "than"]) and _NONE & set(before)) or before[
            -2:
        ] == ["up", "to"]:
            lasts.append(last)
        elif before[-1:] and before[-1] in _BEFORE:
            lasts.append(first - 1)
        elif before[-1:] and before[-1] in _AFTER:
            firsts.append(last + 1)
        elif (following[:1] and following[0] in _OPEN) or following[:2] == ["and", "later"]:
            firsts.append(first)
        elif last > first or _dates_items(chunks, i, before):
            whole.append((first, last))
    if whole:
        firsts.append(min(first for first, _ in whole))
        lasts.append(max(last for _, last in whole))
    return (max(firsts) if firsts else None), (min(lasts) if lasts else None)


def _dates_items(chunks: Sequence[Chunk], i: int, before: Sequence[str]) -> bool:
    """Tell whether a single year says when items came out: 'films made in 1942', not 'I saw it in 1981'."""
    if not before or before[-1] not in _IN | {"to", "and", "or"}:
        return False
    near = chunks[max(0, i - 5) : i - 1]
    return any(a.kind == "category" or a.text in ITEM_NOUNS or a.text in _MADE for a in near)


def _spans(chunks: Sequence[Chunk]) -> Iterator[tuple[int, int, int]]:
    """Yield `(position, first year, last year)` of every year, decade, century and pair of years."""
    i = 0
    while i < len(chunks):
        found = _span(chunks, i)
        if found is not None:
            first, last, used = found
            yield i, first, last
            i += used
        else:
            i += 1


def _span(chunks: Sequence[Chunk], i: int) -> tuple[int, int, int] | None:
    chunk = chunks[i]
    if chunk.kind != "word" or (i and chunks[i - 1].kind == "title"):
        return None
    if chunk.text in _DECADES and any(a.text in _OWN for a in chunks[max(0, i - 2) : i]):
        return None  # "my whole twenties"
    if _is_age(chunks, i):
        return None
    if (decade := _decade(chunk.text)) is not None:
        return decade, decade + 9, 1
    if chunk.text in _CENTURIES and i + 1 < len(chunks) and chunks[i + 1].text == "century":
        return (_CENTURIES[chunk.text] - 1) * 100, _CENTURIES[chunk.text] * 100 - 1, 2
    if (year := _year(chunk)) is None or _of_title(chunks, i):
        return None
    for j in (i + 1, i + 2):
        if (
            j < len(chunks)
            and (other := _year(chunks[j])) is not None
            and other > year
            and _spanning(chunks, i, j)
        ):
            return year, other, j - i + 1
    return year, year, 1


def _is_age(chunks: Sequence[Chunk], i: int) -> bool:
    """Tell whether a decade is one of somebody's life: 'in my late 40s', 'someone in their 30s'."""
    before = [a.text for a in chunks[max(0, i - 3) : i]]
    if before and before[-1] in _PARTS:
        before.pop()
    return len(before) > 1 and before[-1] in _OWN and before[-2] in ("in", "into")


def _spanning(chunks: Sequence[Chunk], i: int, j: int) -> bool:
    """Tell whether two years stand for the years between them: '2008–2014', 'between 1950 and 1960'."""
    if j == i + 1:
        return chunks[j].start - chunks[i].end <= 3
    between = chunks[i + 1].text
    return between in ("to", "-", "until", "till") or (
        between == "and" and "between" in _words_before(chunks, i)
    )


def _of_title(chunks: Sequence[Chunk], i: int) -> bool:
    """Tell whether a year only says which film is meant: 'Titanic (1997)', 'Papillon, the 1973 one'."""
    near = chunks[max(0, i - 3) : i]
    return any(a.kind == "title" for a in near) and all(
        a.kind in ("title", "mark") or a.text == "the" for a in near[-2:]
    )


def _words_before(chunks: Sequence[Chunk], i: int) -> list[str]:
    words = [a.text for a in chunks[max(0, i - 4) : i] if a.kind in ("word", "cue")]
    return [word for word in words if word not in ("the", "late", "early", "year", "years", "nineteen")]


def _year(chunk: Chunk) -> int | None:
    fits = (
        chunk.kind == "word"
        and len(chunk.text) == 4
        and chunk.text.isdigit()
        and 1500 <= int(chunk.text) <= 2035
    )
    return int(chunk.text) if fits else None


def _decade(word: str) -> int | None:
    if word in _DECADES:
        return _DECADES[word]
    match = _DECADE.fullmatch(word)
    if not match:
        return None
    century = int(match[1] or ("20" if match[2] in "01" else "19"))
    return century * 100 + int(match[2]) * 10
