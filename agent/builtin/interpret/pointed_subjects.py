"""What 'about that' points at: 'he is doing a project on THE MOON LANDING, any films about that?'."""

from __future__ import annotations

from collections.abc import Sequence

from agent.builtin.lexicon.load import tables, words
from agent.builtin.parse.chunks import Chunk
from agent.builtin.parse.told_subjects import studies
from tools.theme_lines import asking_words

_POINTING = frozenset("that this it them those these".split())
_LEADS = frozenset("on about into".split()) | words("themes", "leads to subject")
_ENDS = words("themes", "ends a subject") | {"next", "this", "for", "at"}
_LETTERS = 3  # of a word that says something


def pointed_places(chunks: Sequence[Chunk]) -> list[int]:
    """Return the places of the words that a later 'about that' means; none where none does."""
    pointing = (i for i in range(2, len(chunks)) if _points(chunks, i))
    at = next(pointing, None)
    if at is None:
        return _studied(chunks)
    mark = next((k for k in range(at - 1, -1, -1) if chunks[k].kind == "mark"), 0)
    lead = next((k for k in range(mark - 1, -1, -1) if chunks[k].text in _LEADS), None)
    if lead is None or any(chunk.kind == "mark" for chunk in chunks[lead:mark]):
        return []
    return _telling(chunks, range(lead + 1, mark))


def _telling(chunks: Sequence[Chunk], told: range) -> list[int]:
    """Return the places of words that say something."""
    small = asking_words() | {word for section in tables("function").values() for word in section}
    words_told = (k for k in told if chunks[k].kind == "word")
    return [k for k in words_told if len(chunks[k].text) >= _LETTERS and chunks[k].text not in small]


def _studied(chunks: Sequence[Chunk]) -> list[int]:
    """Return the places of what somebody works on, where it is told before a wish: 'an essay on EXILE'."""
    for study in studies(chunks):
        after = range(study.stop, len(chunks))
        ends = (k for k in after if chunks[k].kind == "mark" or chunks[k].text in _ENDS)
        if found := _telling(chunks, range(study.stop, next(ends, len(chunks)))):
            return found
    return []


def _points(chunks: Sequence[Chunk], i: int) -> bool:
    ends = i + 1 == len(chunks) or chunks[i + 1].kind == "mark"
    return ends and chunks[i].text in _POINTING and chunks[i - 1].text in ("about", "on")
