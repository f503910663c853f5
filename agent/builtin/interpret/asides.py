"""Words that are only said to be no obstacle, and what people do on items as what these are about."""

from __future__ import annotations

from collections.abc import Sequence

from agent.builtin.lexicon.load import tables
from agent.builtin.parse.chunks import Chunk


def is_allowed(chunks: Sequence[Chunk], place: int) -> bool:
    """Tell whether a word is only said to be no obstacle: 'MELANCHOLY is fine', 'FOREIGN is okay'."""
    after = [chunk.text for chunk in chunks[place + 1 : place + 4]]
    allowed = bool(set(tables("lists")["allowing"]) & set(after[1:]))
    opens = place == 0 or chunks[place - 1].kind == "mark"
    return opens and allowed and after[:1] in (["is"], ["are"], ["s"])


def is_work_told_of(chunks: Sequence[Chunk], place: int) -> bool:
    """Tell whether what people do on items is what these are about: 'a documentary about MUSIC'."""
    works = any(entry.kind == "work" for entry in chunks[place].entries)
    after = [chunk.text for chunk in chunks[place + 1 : place + 2]]
    return (
        works and place > 0 and chunks[place - 1].text == "about" and after not in (["of"], ["for"], ["by"])
    )
