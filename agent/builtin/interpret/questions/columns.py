"""Questions of a named item by the name of a column of one's own table: 'when do I SOW X?'."""

from __future__ import annotations

from agent.builtin.interpret.questions.clauses import Clause
from agent.builtin.interpret.questions.subject import subject_of
from agent.builtin.interpret.questions.types import FactQuestion
from kg.relations import KINDS

_FEW = 2  # words that ask nothing of an item


def of_column(clause: Clause) -> FactQuestion | None:
    """Return what is asked of a named item by the name of a column of one's own: 'WHEN do I SOW X?'."""
    if clause.words[:1] not in (("when",), ("where",), ("how",)) or len(clause) < _FEW:
        return None
    subject, said = subject_of(clause.since(1)), clause.roles()
    own = len(said) == 1 and len(said[0]) == 1 and said[0][0] not in KINDS
    return FactQuestion("value", subject, said) if own and len(subject.titles) == 1 else None
