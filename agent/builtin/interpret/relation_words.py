"""Words that only say of which relation a value beside them is: 'white FLOWERS', 'fast GROWING'."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from agent.builtin.parse.chunks import Chunk

_STEM = 4  # letters that a word shares with a relation's name


def names_role_beside(chunks: Sequence[Chunk], place: int, named: Collection[str]) -> bool:
    """Tell whether a word says of which relation a value beside it is: 'white FLOWERS', 'fast GROWING'.

    `named` are the texts of the names that have a use.
    """
    word = chunks[place]
    if word.kind != "word" or len(word.text) < _STEM:
        return False
    for beside in (place - 1, place + 1):
        near = chunks[beside] if 0 <= beside < len(chunks) else None
        if (
            near is None
            or near.text not in named
            or near.kind not in ("entity", "category")
            or not near.choices
        ):
            continue
        told = {part for choice in near.choices for role in choice.roles for part in role.split("_")}
        if any(len(part) >= _STEM and part[:_STEM] == word.text[:_STEM] for part in told):
            return True
    return False
