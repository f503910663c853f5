"""The field `usher` of a reply, typed: docs/answers.md says what its fields hold. New ones may come."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from tools.proposal import Act, Basis


class _Typed(BaseModel):
    model_config = ConfigDict(extra="allow")


class AnsweredCondition(_Typed):
    """A condition that holds for every item; the value of a number or the year is a number."""

    relation: str
    op: Literal["is", ">=", "<=", ">", "<"]
    value: str | int | float


class AnsweredOrder(_Typed):
    """By what the items come."""

    relation: str
    descending: bool


class AnsweredItem(_Typed):
    """An item with some facts for a card, and the (relation, label) that prove it."""

    id: str
    title: str
    year: int | None
    about: str
    facts: dict[str, list[str]]
    proof: list[tuple[str, str]]
    notices: list[str]


class AnsweredFact(_Typed):
    """An answer to a question of fact."""

    item: str
    title: str
    relation: str
    values: list[str | int | float]
    asked: str | None
    verdict: Literal["yes", "no"] | None


class AnsweredCorrection(_Typed):
    """What was claimed of items, and what is true."""

    items: list[str]
    relation: str
    claimed: str
    true: list[str]


class AnsweredQuestion(_Typed):
    """A question to the person."""

    text: str
    slot: str
    choices: list[str]


class AnsweredAlso(_Typed):
    """A second reading."""

    label: str
    items: list[AnsweredItem]
    conditions: list[AnsweredCondition]
    question: str
    choices: list[str]


class AnsweredWish(_Typed):
    """What is said of a wish that stands over requests; a wish that no fact tells has its words alone."""

    state: Literal["noted", "withdrawn", "held", "overridden", "unread"]
    text: str
    force: Literal["none", "both", "only", "less"] | None = None
    conditions: list[AnsweredCondition] | None = None
    domain: str | None = None
    always: bool | None = None
    meant: Literal["always", "conversation"] | None = None
    left_out: int | None = None


class AnsweredFallback(_Typed):
    """How a language model failed that the built-in one answers for, in a word and as it was said."""

    why: str
    reason: str


class UsherAnswer(_Typed):
    """An answer as data: what `usher ask --json` prints."""

    act: Act
    text: str = Field(description="the whole answer in words")
    items: list[AnsweredItem] = Field(description="best first")
    basis: Basis | None
    conditions: list[AnsweredCondition]
    any_of: list[AnsweredCondition]
    none_of: list[AnsweredCondition]
    order: list[AnsweredOrder]
    facts: list[AnsweredFact]
    corrections: list[AnsweredCorrection]
    unknown: list[str]
    unused: list[str]
    only_known: list[str]
    question: AnsweredQuestion | None
    also: AnsweredAlso | None
    note: str
    wishes: list[AnsweredWish]
    removed: list[str]
    fallback: AnsweredFallback | None = None
