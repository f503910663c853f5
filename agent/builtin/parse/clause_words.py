"""Words of a clause without those that tell neither what happened nor what is wished for."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

_NONE = frozenset(("none", "nothing"))
_NARRATED = (("told", "by"), ("told", "from"), ("told", "through"), ("narrated", "by"))


def without_memory(said: Sequence[str]) -> Sequence[str]:
    """Return words without that nothing comes to mind: 'under two hours, NONE THAT I REMEMBER'."""
    for i, word in enumerate(said):
        if word in _NONE:
            behind = [each for each in said[i + 1 : i + 3] if each != "that"]
            if behind[:1] in (["i"], ["we"]):
                return said[:i]
    return said


def without_narration(said: Sequence[str]) -> Sequence[str]:
    """Return words without how items are told: 'a book set in the war, TOLD BY a child'."""
    places = {i for i, pair in enumerate(pairwise(said)) if pair in _NARRATED and said[i + 2 : i + 3]}
    return [word for i, word in enumerate(said) if not {i, i - 1} & places] if places else said
