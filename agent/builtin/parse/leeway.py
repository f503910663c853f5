"""How far a date or number may be off: 'from 1985, GIVE OR TAKE three years', 'plus or minus 2'."""

from __future__ import annotations

from collections.abc import Sequence

from agent.builtin.lexicon.load import tables, words
from agent.builtin.parse.chunks import Chunk
from agent.builtin.parse.phrases import Phrases, said_after
from kg.text import NUMBER_WORDS

_LEADS = Phrases(tables("years")["leeway"])
_YEARS = words("years", "units of leeway")
_VAGUE = {"few": 3, "couple": 2, "a": 1, "one": 1}
_SKIPPED = frozenset(("a", "an", "about", "maybe", "of"))
_MOST = 50  # years; more is no leeway


def leeway(chunks: Sequence[Chunk], end: int) -> tuple[int, frozenset[int]]:
    """Return by how many years a date that ends before `end` may be off, and the chunks that say so."""
    start = end + (end < len(chunks) and chunks[end].text in (",", "(", "-"))
    length = said_after(chunks, start, _LEADS)
    place = start + length
    while length and place < len(chunks) and chunks[place].text in _SKIPPED - {"a"}:
        place += 1
    if length and place + 1 < len(chunks) and chunks[place].text == "a":
        place += chunks[place + 1].text not in _YEARS  # 'a FEW years', but 'A year'
    count = _count(chunks[place].text) if length and place < len(chunks) else 0
    if not 0 < count <= _MOST:
        return 0, frozenset()
    rest = place + 1 + (place + 1 < len(chunks) and chunks[place + 1].text == "of")
    dated = rest < len(chunks) and chunks[rest].text in _YEARS
    ends = rest >= len(chunks) or chunks[rest].kind == "mark"
    if not (dated or ends):
        return 0, frozenset()
    return count, frozenset(range(start, rest + dated))


def _count(word: str) -> int:
    said = NUMBER_WORDS.get(word, word)
    return int(said) if said.isdecimal() else _VAGUE.get(word, 0)
