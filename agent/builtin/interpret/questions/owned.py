"""Whether an item is somebody's, or in the last list: 'is Notorious one of hers', 'is Heat among those'."""

from __future__ import annotations

from agent.builtin.interpret.questions.clauses import Clause
from agent.builtin.interpret.questions.subject import subject_of
from agent.builtin.interpret.questions.types import FactQuestion
from agent.builtin.interpret.questions.value import MAKERS


def is_of_somebody(clause: Clause) -> FactQuestion | None:
    """Read 'is Notorious one of hers', 'was that really his?': whether it is of whoever was spoken of."""
    owner = next((i for i in range(1, len(clause)) if clause.words[i] in _OWNERS), None)
    if owner is None or set(clause.words[owner + 1 :]) - _AFTER_OWNER or clause.names("entity", "category"):
        return None
    subject = subject_of(clause.since(1, owner))
    if subject.slot or not subject.is_item:
        return None
    return FactQuestion("yes_no", subject, (MAKERS,), anaphor=True)


def is_listed(clause: Clause) -> FactQuestion | None:
    """Read 'is True Lies one of those', 'was Heat among them?': whether a title is in the last list."""
    place = next((i for i in range(2, len(clause)) if clause.at("among those shown", i)), None)
    if place is None or not clause.names("title") or not clause.at("is"):
        return None
    subject = subject_of(clause.since(1, place))
    whole = place + clause.at("among those shown", place) == len(clause)
    return FactQuestion("listed", subject) if whole and subject.titles and not subject.people else None


_OWNERS = ("his", "hers", "theirs")
_AFTER_OWNER = frozenset("too also as well then again either films movies books novels ones".split())
