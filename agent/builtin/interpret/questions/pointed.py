"""A wish behind a question that points back at its title: 'and anything SIMILAR?', 'something SHORTER?'."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from agent.builtin.lexicon.load import words
from agent.builtin.lexicon.triggers import ITEM_NOUNS
from agent.builtin.parse.chunks import Chunk

_IT = frozenset("it that this them those these".split())
_OF = frozenset("of in along".split())
_SAME = frozenset("the same that this those these a".split())
_POLITE = frozenset("please too also thanks then instead perhaps maybe as well".split())
_ANYTHING = ITEM_NOUNS | frozenset("anything something more others films movies books novels".split())


def with_title(rest: Sequence[Chunk], title: Chunk) -> list[Chunk] | None:
    """Return a wish with the title in place of the words that end it and point back; None if none do."""
    end = len(rest)
    while end and (rest[end - 1].kind == "mark" or rest[end - 1].text in _POLITE):
        end -= 1
    if not end:
        return None
    said = [chunk.text for chunk in rest[:end]]
    if said[-2:-1] == ["similar"] and _is_noun(said[-1:]):  # 'give me SIMILAR FILMS'
        like = replace(rest[end - 2], kind="word", text="like", choices=(), entries=())
        return [*rest[: end - 2], rest[end - 1], like, title, *rest[end:]]
    if (place := _alike_at(said)) is not None:
        like = replace(rest[place], kind="word", text="like", choices=(), entries=())
        return [*rest[:place], like, title, *rest[end:]]
    if said[-1] in words("questions", "compared with a title") and _is_noun(said[-2:-1]):
        than = replace(rest[end - 1], kind="word", text="than", choices=(), entries=())
        return [*rest[:end], than, title, *rest[end:]]
    return None


def _alike_at(said: Sequence[str]) -> int | None:
    """Return where the words begin that say that something is like what was named."""
    sorts = words("questions", "sorts")
    if said[-1] in ("similar", "alike", "comparable") and _is_noun(said[-2:-1]):
        return len(said) - 1
    if said[-1] in _IT and said[-2:-1] == ["like"]:
        return len(said) - 2
    if said[-1] in _IT and said[-3:-1] == ["similar", "to"]:
        return len(said) - 3
    if said[-1] in sorts and said[-2:-1] and said[-2] in _SAME:
        return next((i for i in range(len(said) - 2, max(-1, len(said) - 5), -1) if said[i] in _OF), None)
    return None


def _is_noun(said: Sequence[str]) -> bool:
    return bool(said) and said[0] in _ANYTHING
