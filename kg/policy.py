"""What a shop holds itself to when it recommends: data of a catalogue, enforced for every model."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from kg.types import Condition, RelationName

MAX_QUESTIONS = 3


@dataclass(frozen=True, slots=True)
class Policy:
    """The rules of a catalogue; an empty policy asks for nothing.

    `exclude_known`: never what the person has seen or bought. `available`: an item must have, in this
    relation, a label that the person has too (a streaming service). `ask`: relations to ask about before the
    first offer, where nothing was said of them; at most `max_questions` messages ask. `disclose`: flag ->
    sentence said with an item whose flag is set. `confirm`: relation -> labels that are asked about in an
    earlier message than an offer which has one of them. `always`: conditions that every item satisfies.
    """

    exclude_known: bool = False
    available: RelationName | None = None
    ask: tuple[RelationName, ...] = ()
    max_questions: int = MAX_QUESTIONS
    disclose: Mapping[RelationName, str] = field(default_factory=dict)
    confirm: Mapping[RelationName, tuple[str, ...]] = field(default_factory=dict)
    one_at_a_time: bool = False
    always: tuple[Condition, ...] = ()

    def __bool__(self) -> bool:
        """Tell whether anything is asked for."""
        rules = self.exclude_known or self.available or self.ask or self.disclose or self.confirm
        return bool(rules or self.one_at_a_time or self.always)
