"""What a shop holds itself to when it recommends: data of a catalogue, enforced for every model."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

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

    def __or__(self, other: Policy) -> Policy:
        """Return the rules of both; where they speak of the same, those of `other`."""
        return Policy(
            self.exclude_known or other.exclude_known,
            other.available or self.available,
            tuple(dict.fromkeys((*self.ask, *other.ask))),
            self.max_questions if other.max_questions == MAX_QUESTIONS else other.max_questions,
            {**self.disclose, **other.disclose},
            {
                name: tuple(dict.fromkeys((*self.confirm.get(name, ()), *other.confirm.get(name, ()))))
                for name in (*self.confirm, *(name for name in other.confirm if name not in self.confirm))
            },
            self.one_at_a_time or other.one_at_a_time,
            tuple(dict.fromkeys((*self.always, *other.always))),
        )

    def notes(self) -> dict[str, Any]:
        """Return this as plain data for a manifest; what is not asked for is left out."""
        said = {name: value for name, value in asdict(self).items() if value != _NOTHING[name]}
        return {name: list(value) if isinstance(value, tuple) else value for name, value in said.items()}

    @classmethod
    def of(cls, notes: Mapping[str, Any]) -> Policy:
        """Return the policy that a manifest's notes tell of."""
        told = dict(notes)
        for name in ("ask", "always"):
            told[name] = tuple(told.get(name, ()))
        told["always"] = tuple(Condition(**each) for each in told["always"])
        told["confirm"] = {name: tuple(labels) for name, labels in told.get("confirm", {}).items()}
        return cls(**told)


_NOTHING: Mapping[str, Any] = asdict(Policy())
