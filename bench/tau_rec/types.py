"""What a goal dialogue is made of: a task's constraints, a shop's items, what was said, a dialogue."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from kg.policy import Policy
from kg.types import Kind

Op = Literal["contains", "not_contains", "contains_any", "in", "not_in", "==", "!=", ">=", "<=", ">", "<"]
Reveal = Literal["volunteer", "on_ask", "hidden"]
Value = str | float | bool
_LISTED = frozenset(("contains_any", "in", "not_in"))
_COMPARED = frozenset((">=", "<=", ">", "<"))


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Constraint(_Strict):
    """A hard wish: `field` of an item is `op` to `value`. A list of values for contains_any, in, not_in."""

    field: str
    op: Op
    value: bool | float | str | list[str]

    @model_validator(mode="after")
    def _fits(self) -> Constraint:
        if (self.op in _LISTED) != isinstance(self.value, list):
            expected = "a list of labels" if self.op in _LISTED else "one value"
            raise ValueError(f"{self.field} {self.op} {self.value!r}: expected {expected}")
        if self.op in _COMPARED and (isinstance(self.value, bool | str | list)):
            raise ValueError(f"{self.field} {self.op} {self.value!r}: expected a number")
        return self

    @property
    def labels(self) -> tuple[str, ...]:
        """The values as labels, one or several; whole numbers without a point."""
        if isinstance(self.value, list):
            return tuple(self.value)
        return (f"{self.value:.12g}" if isinstance(self.value, float) else str(self.value),)


class Revealed(_Strict):
    """A constraint, and when the person says it."""

    constraint: Constraint
    reveal: Reveal


class UserHistory(_Strict):
    """What somebody has, oldest first, and what they thought of it."""

    watched: list[str] = Field(default_factory=list)
    ratings: dict[str, float] = Field(default_factory=dict)


class Task(BaseModel):
    """A person's goal in the form of the published files; keys that they do not have are ignored."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    id: str
    constraints: list[Revealed] = Field(min_length=1)
    persona: str = ""
    soft_preferences: list[str] = Field(default_factory=list)
    policy_flags: list[str] = Field(default_factory=list)
    no_valid_recommendation: bool = False
    complexity: str = ""
    reveal_difficulty: str = ""
    user_id: str = ""
    user_history: dict[str, UserHistory] = Field(default_factory=dict)
    user_services: list[str] = Field(default_factory=list)

    @property
    def known(self) -> tuple[str, ...]:
        """The ids of what the person has seen or bought."""
        return tuple(self.user_history.get(self.user_id, UserHistory()).watched)


@dataclass(frozen=True, slots=True)
class FieldType:
    """A field of a shop's items. `scale` orders the labels of a category, `nouns` are its names in speech."""

    name: str
    kind: Kind
    unit: str = ""
    scale: tuple[str, ...] = ()
    nouns: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Thing:
    """An item as the benchmark knows it: field -> values, none where the source does not tell."""

    id: str
    title: str
    values: Mapping[str, tuple[Value, ...]]
    popularity: float = 0.0


@dataclass(frozen=True, slots=True)
class Shop:
    """All items, most popular first, what their fields are, and the policies that hold.

    `noun` is what an item is, in a word; `wording` names the file of words for its fields; `main` is the
    field that a request begins with ("a comedy film").
    """

    things: Sequence[Thing]
    fields: Mapping[str, FieldType]
    policy: Policy
    noun: str = "film"
    wording: str = "general"
    main: str = ""
    by_id: Mapping[str, Thing] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "by_id", {thing.id: thing for thing in self.things})


class Offer(_Strict):
    """An item of an answer, with what the system disclosed with it."""

    id: str
    title: str = ""
    notices: list[str] = Field(default_factory=list)


class Question(_Strict):
    """What a system asked: `slot` is the relation it asked about, empty where it does not say so."""

    text: str
    slot: str = ""
    choices: list[str] = Field(default_factory=list)


class Reply(_Strict):
    """A message of the system under test; `cpu_ms` is what it took. `error` is set if it crashed."""

    act: str
    text: str = ""
    items: list[Offer] = Field(default_factory=list)
    question: Question | None = None
    cpu_ms: float = 0.0
    error: str | None = None

    @property
    def offers(self) -> bool:
        """Whether the message commits to an item; items told of in an answer of fact are no offer."""
        return bool(self.items) and self.act != "inform"


Stop = Literal["accepted", "abstention", "gave up"]


class Utterance(_Strict):
    """A message of the person with what it does, as data.

    `tells` are places of constraints in the task that were said; `hint` is the place of the one that a
    rejection hints at. `confirms` and `refuses` are labels the system asked about. `averse` says that the
    persona's dislike was told. `stop` ends the dialogue.
    """

    text: str
    tells: list[int] = Field(default_factory=list)
    hint: int | None = None
    rejects: str | None = None
    confirms: list[str] = Field(default_factory=list)
    refuses: list[str] = Field(default_factory=list)
    averse: bool = False
    stop: Stop | None = None


class Exchange(_Strict):
    """What the person said and what the system answered."""

    said: Utterance
    reply: Reply


class Dialogue(_Strict):
    """A line of `dialogues.jsonl`: one trial of a task. `last` is the person's last word."""

    task: str
    trial: int
    manner: str = "plain"
    exchanges: list[Exchange]
    last: Utterance
