"""Ordinals: 'the second', 'the first two', 'number 3', 'the last one', 'your top pick', 'the latter'."""

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


_NUMBERED = ("number", "numbers", "nr", "nrs", "no", "nos")
_JOINTS = ("and", "or", "plus")
_AFTER_NUMBERS = frozenset("are look looks sound sounds already weve ive i we have".split())
_COUNTED = "one two three four five six seven eight nine ten".split()
_POINTING = ("the", "that", "this", "your", "very")
# What is shown may be called so: 'your top *suggestion*', 'the bottom *one*'.
NOUNS_OF_SHOWN = frozenset("suggestion recommendation pick choice option result entry tip".split())
_SHOWN = NOUNS_OF_SHOWN | frozenset("one film movie book novel title of on in there".split())
_RANKED = frozenset("most recent newer older earlier later best".split())
_AFTER_PRONOUN = frozenset("one was is s and but or please then by from in with tonight though".split())


def _number(word: str) -> int | None:
    if word.isdecimal():
        return int(word)
    return _COUNTED.index(word) + 1 if word in _COUNTED else None


def positions(words: Sequence[str], shown: int) -> list[int]:
    """Return the positions, from 0, that folded words point at in a list of `shown` items.

    A position may lie beyond the list.
    """
    for i, word in enumerate(words):
        if word in _NUMBERED and i + 1 < len(words) and (number := _number(words[i + 1])):
            return [number - 1, *_joined(words, i + 2)]
        if word.isdecimal() and (others := _joined(words, i + 1)) and _counts_none(words, i):
            return [place for place in (int(word) - 1, *others) if place < shown]
        if shown and (ends := _at_an_end(words, i, shown)):
            return ends
        if word in ("first", "top") and i + 1 < len(words) and words[i + 1] in _SEVERAL:
            return list(range(_SEVERAL[words[i + 1]]))
    return [_ORDINALS[word] for i, word in enumerate(words) if word in _ORDINALS and not _orders(words, i)]


def _joined(words: Sequence[str], i: int) -> list[int]:
    """Return the positions that are joined to one before `i`: 'numbers 1 AND 3', 'number 1 AND NUMBER 3'."""
    found: list[int] = []
    while i + 1 < len(words) and words[i] in _JOINTS:
        i += 1 + (words[i + 1] in _NUMBERED)
        number = _number(words[i]) if i < len(words) else None
        if not number:
            break
        found.append(number - 1)
        i += 1
    return found


def _counts_none(words: Sequence[str], i: int) -> bool:
    """Tell whether numbers that are joined count nothing: '1 and 3', not '2 or 3 films'."""
    end = i + 1
    while end + 1 < len(words) and words[end] in _JOINTS and words[end + 1].isdecimal():
        end += 2
    return int(words[i]) > 0 and (end == len(words) or words[end] in _AFTER_PRONOUN | _AFTER_NUMBERS)


def _orders(words: Sequence[str], i: int) -> bool:
    """Tell whether 'first' says in which order items come: 'newest first', 'most recent ones first'."""
    before = words[i - 2 : i] if i > 1 else words[:i]
    ranked = any(word.endswith("est") or word in _RANKED for word in before)
    return words[i] == "first" and ranked and not set(before) & {"the", "in"}


def _at_an_end(words: Sequence[str], i: int, shown: int) -> list[int]:
    """Return what words point at from an end of the list: 'the last two', 'the latter', 'your top pick'."""
    word, before, after = words[i], words[i - 1] if i else "", words[i + 1] if i + 1 < len(words) else ""
    if word == "last" and before in ("to", "second", "but") and {"second", "next"} & set(words[:i]):
        return [max(0, shown - 2)]
    if before not in _POINTING:
        return []
    if word == "last" and after in _SEVERAL:
        return list(range(max(0, shown - _SEVERAL[after]), shown))
    if word in ("former", "latter") and (not after or after in _AFTER_PRONOUN):
        return [0 if word == "former" else shown - 1]
    if word in ("top", "bottom") and (not after or after in _SHOWN):
        return [0 if word == "top" else shown - 1]
    if word == "middle" and shown % 2 and after in _SHOWN:
        return [shown // 2]
    return [shown - 1] if word == "last" else []
