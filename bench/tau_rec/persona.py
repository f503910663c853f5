"""What a persona's prose makes the person do: a dislike that comes out at the first rejection."""

from __future__ import annotations

import re

from bench.tau_rec.types import Constraint, Shop, Task

_DISLIKE = re.compile(r"(?i)\bdislikes?\s+(?P<what>[\w-]+(?:\s[\w-]+)?)")
_FIRST_REJECTION = re.compile(r"(?i)\bon your first rejection\b")
_WHO = re.compile(r"^You are (?P<who>(?:an?|someone|visiting)\b[^.]*)\.")
_SECOND_PERSON = {"you": "I", "your": "my", "yours": "mine", "yourself": "myself", "you're": "I'm"}


def aversion(task: Task, shop: Shop) -> Constraint | None:
    """Return the dislike that a persona states at its first rejection, as a constraint; None without one."""
    if not _FIRST_REJECTION.search(task.persona):
        return None
    labels = {
        str(value).casefold(): (name, str(value))
        for thing in shop.things
        for name in ("genres", "genre")
        for value in thing.values.get(name, ())
    }
    for found in _DISLIKE.finditer(task.persona):
        words = found["what"].casefold()
        for each in (words, words.split()[0]):
            if each in labels:
                name, label = labels[each]
                return Constraint(field=name, op="not_contains", value=label)
    return None


def introduction(task: Task) -> str:
    """Return who the person is in their own words, from the persona's first sentence; else nothing."""
    found = _WHO.match(task.persona)
    if found is None:
        return ""
    words = [_SECOND_PERSON.get(word.casefold(), word) for word in found["who"].split()]
    return f"I'm {' '.join(words)}."
