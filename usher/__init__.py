"""Usher as a library: what docs/library.md documents, typed, and nothing else.

    from usher import Assistant

    answer = Assistant().ask("films with the same cinematographer as Jaws")
    print(answer.text)

Names are imported when they are first used, so that `import usher` costs nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from usher import rooms

rooms.check()

if TYPE_CHECKING:
    from agent.assistant import Step
    from agent.conversation import Said
    from agent.llm.errors import Unanswered
    from agent.serving.answers import (
        AnsweredAlso,
        AnsweredCondition,
        AnsweredCorrection,
        AnsweredFact,
        AnsweredItem,
        AnsweredOrder,
        AnsweredQuestion,
        AnsweredWish,
    )
    from agent.verify.types import Checked, CheckedClaim, Met, Verification
    from kg.errors import DataError, UsageError
    from usher.assistant import Answer, Assistant, Conversation, catalogues
    from usher.rooms import ForeignPackageError

_HOMES = {
    "agent.assistant": ("Step",),
    "agent.conversation": ("Said",),
    "agent.serving.answers": (
        *("AnsweredAlso", "AnsweredCondition", "AnsweredCorrection", "AnsweredFact", "AnsweredItem"),
        *("AnsweredOrder", "AnsweredQuestion", "AnsweredWish"),
    ),
    "agent.llm.errors": ("Unanswered",),
    "agent.verify.types": ("Checked", "CheckedClaim", "Met", "Verification"),
    "kg.errors": ("DataError", "UsageError"),
    "usher.assistant": ("Answer", "Assistant", "Conversation", "catalogues"),
    "usher.rooms": ("ForeignPackageError",),
}
_HOME = {name: home for home, names in _HOMES.items() for name in names}

__all__ = [
    "Answer",
    "AnsweredAlso",
    "AnsweredCondition",
    "AnsweredCorrection",
    "AnsweredFact",
    "AnsweredItem",
    "AnsweredOrder",
    "AnsweredQuestion",
    "AnsweredWish",
    "Assistant",
    "Checked",
    "CheckedClaim",
    "Conversation",
    "DataError",
    "ForeignPackageError",
    "Met",
    "Said",
    "Step",
    "Unanswered",
    "UsageError",
    "Verification",
    "catalogues",
]


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(f"module 'usher' has no attribute {name!r}; it has {', '.join(__all__)}")
    return getattr(import_module(_HOME[name]), name)


def __dir__() -> list[str]:
    return sorted(__all__)
