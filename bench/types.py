"""What a benchmark is made of: queries with their truth, and answers."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

VERSION = 1  # of the benchmark; raised whenever the same answers to the same queries score otherwise

QueryType = Literal["explicit", "implicit", "misinformed", "interest", "demographic"]
TYPES: tuple[QueryType, ...] = ("explicit", "implicit", "misinformed", "interest", "demographic")

Truth = Literal["kg", "history"]
TRUTHS: tuple[Truth, ...] = ("kg", "history")

PromptName = Literal["usher", "paper"]  # of a language model alone: ours, or what the paper's appendix A asks
PROMPTS: tuple[PromptName, ...] = ("usher", "paper")


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class QueryCondition(_Strict):
    """A condition of a query: labels, as in `kg.types.Condition`."""

    relation: str
    value: str


class QueryReference(_Strict):
    """A value that the text only hints at, by items that determine it."""

    relation: str
    value: str
    items: list[str]


class QueryClaim(_Strict):
    """The false claim of a misinformed query. `true` is one label or several."""

    anchor: Literal["item", "value", "typo"]
    items: list[str]
    relation: str
    claimed: str
    true: str | list[str]

    @property
    def truths(self) -> frozenset[str]:
        """The true labels."""
        return frozenset([self.true] if isinstance(self.true, str) else self.true)


class Profile(_Strict):
    """Who asks, where a query says so."""

    gender: str | None = None
    age: int | str | None = None
    occupation: str | None = None


class Query(_Strict):
    """A request with its truth. `ignore` counts neither for nor against.

    `shared_by` is f(s) of an interest query: how many users chose its true items one after another. `kind`
    says what makes a query of the hard split hard; `also_claimed` are further false claims, beside `claim`.
    """

    id: str
    domain: Literal["movie", "book"]
    type: QueryType
    query: str
    n_conditions: int | None = None
    conditions: list[QueryCondition] = Field(default_factory=list)
    references: list[QueryReference] = Field(default_factory=list)
    claim: QueryClaim | None = None
    user_id: str | None = None
    history: list[str] = Field(default_factory=list)
    profile: Profile | None = None
    ground_truth: list[str]
    ground_truth_in_history: list[str] = Field(default_factory=list)
    ignore: list[str] = Field(default_factory=list)
    shared_by: int | None = Field(default=None, ge=1)
    kind: str | None = None
    also_claimed: list[QueryClaim] = Field(default_factory=list)

    def truth(self, which: Truth) -> list[str]:
        """Return what is right: all items that satisfy, or those of them that the source user chose.

        Interest and demographic queries have one truth, the mined set.
        """
        return self.ground_truth_in_history if which == "history" and self.conditions else self.ground_truth

    def has(self, which: Truth) -> bool:
        """Tell whether the query can be scored under a truth; nobody's history may hold what it asks for."""
        return which == "kg" or bool(self.truth(which))

    @property
    def claims(self) -> list[QueryClaim]:
        """Every false claim."""
        return [*([self.claim] if self.claim else ()), *self.also_claimed]

    @property
    def items(self) -> set[str]:
        """Every item id that the query names anywhere."""
        claimed = [item for claim in self.claims for item in claim.items]
        hinted = [item for reference in self.references for item in reference.items]
        return {
            *self.history,
            *self.ground_truth,
            *self.ground_truth_in_history,
            *self.ignore,
            *claimed,
            *hinted,
        }


class AnswerCorrection(_Strict):
    """A correction as a system said it."""

    items: list[str] = Field(default_factory=list)
    relation: str
    claimed: str
    true: list[str]


class AnswerFact(_Strict):
    """A fact that a system told in answer to a question, see `tools.proposal.Fact`."""

    item: str
    title: str = ""
    relation: str
    values: list[str] = Field(default_factory=list)
    verdict: Literal["yes", "no"] | None = None
    asked: str = ""


class AnswerStep(_Strict):
    """A tool call of an agent on its way to an answer; `result` is the beginning of what came back."""

    tool: str
    arguments: dict[str, Any]
    result: str
    refused: bool = False


class Answer(_Strict):
    """A line of `answers.jsonl`: what a system said to one query. `error` is set if it crashed.

    `items` are catalogue ids, best first; `titles` that name nothing in the catalogue are in `unmatched`.
    `trace` holds the steps of systems that take any. Systems that say so tell the `act` of an answer, on what
    basis items were chosen, facts, and words of the query that they do not know or did not use. `fallback`
    says how a language model failed that the built-in one answered for. A language model alone tells the
    tokens it was sent and wrote, of `tokens`, and why it stopped: "stop", or "length"
    where its reply was cut.
    """

    id: str
    items: list[str] = Field(default_factory=list)
    titles: list[str] = Field(default_factory=list)
    corrections: list[AnswerCorrection] = Field(default_factory=list)
    also: list[str] = Field(default_factory=list)
    unmatched: list[str] = Field(default_factory=list)
    act: str | None = None
    basis: str | None = None
    facts: list[AnswerFact] = Field(default_factory=list)
    unknown: list[str] = Field(default_factory=list)
    unused: list[str] = Field(default_factory=list)
    steps: int = 0
    trace: list[AnswerStep] = Field(default_factory=list)
    latency_ms: float = 0.0
    calls: int = 0
    tokens: int = 0
    tokens_in: int = 0
    tokens_out: int = 0
    finish_reason: str | None = None
    fallback: str | None = None
    error: str | None = None
