"""Ordinals: 'the second', 'the first two', 'number 3', 'the last one'."""

from __future__ import annotations

from collections.abc import Sequence

_ORDINALS = {
    word: index
    for index, words in enumerate(
        (
            "first 1st",
            "second 2nd",
            "third 3rd",
            "fourth 4th",
            "fifth 5th",
            "sixth",
            "seventh",
            "eighth",
            "ninth",
        )
    )
    for word in words.split()
}
_SEVERAL = {"two": 2, "2": 2, "three": 3, "3": 3}


_NUMBERED = ("number", "nr", "no")
_COUNTED = "one two three four five six seven eight nine ten".split()


def _number(word: str) -> int | None:
    if word.isdigit():
        return int(word)
    return _COUNTED.index(word) + 1 if word in _COUNTED else None


def positions(words: Sequence[str], shown: int) -> list[int]:
    """Return the positions, from 0, that folded words point at in a list of `shown` items.

    A position may lie beyond the list.
    """
    for i, word in enumerate(words):
        if word in _NUMBERED and i + 1 < len(words) and (number := _number(words[i + 1])):
            return [number - 1]
        if word == "last" and shown and i and words[i - 1] == "the":
            return [shown - 1]
        if word == "first" and i + 1 < len(words) and words[i + 1] in _SEVERAL:
            return list(range(_SEVERAL[words[i + 1]]))
    return [_ORDINALS[word] for word in words if word in _ORDINALS]
