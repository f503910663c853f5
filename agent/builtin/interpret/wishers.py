"""Who wishes for what: where a clause begins in which somebody else than before wants something."""

from __future__ import annotations

from collections.abc import Sequence

from agent.builtin.lexicon.load import words
from agent.builtin.parse.chunks import Chunk

_WISHES = words("parts", "wishes of others")
_SOMEBODY = words("occasion", "company")
_OWNERS = words("parts", "owners")
_JOINTS = words("parts", "joints")
_REACH = 7  # chunks from where such a clause begins to what is wished for


def wish_before(chunks: Sequence[Chunk], i: int) -> int:
    """Return where the clause begins in which somebody wishes for what stands at `i`; -1 if none does.

    'MY SON needs a', 'and FOR MY WIFE a'.
    """
    if i and chunks[i].kind == "mark":
        return -1
    for start in range(i - 1, max(-1, i - 1 - _REACH), -1):
        if chunks[start].kind == "mark":
            return -1
        opens = start == 0 or chunks[start - 1].kind == "mark" or chunks[start - 1].text in _JOINTS
        if opens and _is_wish(chunks[start:i]):
            return start
    return -1


def _is_wish(said: Sequence[Chunk]) -> bool:
    """Tell whether words say that somebody of a person's own wants something, or that it is for them."""
    texts = [chunk.text for chunk in said if chunk.text not in _JOINTS]
    if texts[:1] == ["for"]:
        return len(texts) > 2 and texts[1] in _OWNERS and _names_somebody(texts[-1:])
    owned = texts[:1] and texts[0] in _OWNERS and _names_somebody(texts[1:])
    return bool(owned) and texts[-1] in _WISHES


def _names_somebody(texts: Sequence[str]) -> bool:
    return bool(set(texts) & _SOMEBODY)
