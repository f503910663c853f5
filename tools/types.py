"""What tools take and return. Every result carries evidence that can be checked against the graph."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

from kg.graph import KnowledgeGraph
from kg.taste.model import Taste
from kg.types import Condition, EntityId, Item, ItemId, RelationName
from kg.vectors import Retriever
from tools.words import WordIndex

Verdict = Literal["supported", "contradicted", "unknown"]
Act = Literal["recommend", "inform", "ask", "acknowledge", "decline"]
Basis = Literal["proved", "taste", "text", "popular"]


@dataclass(frozen=True, slots=True)
class Asker:
    """Who asks, as far as it is known: what they chose, oldest first, and what they said of themselves.

    `likes` and `dislikes` are among what they chose. `age` is in years.
    """

    history: tuple[ItemId, ...] = ()
    likes: frozenset[ItemId] = frozenset()
    dislikes: frozenset[ItemId] = frozenset()
    gender: str | None = None
    age: int | None = None
    occupation: str | None = None

    @property
    def has_profile(self) -> bool:
        """Whether anything but choices is known."""
        return (self.gender, self.age, self.occupation) != (None, None, None)

    def __bool__(self) -> bool:
        """Tell whether anything is known."""
        return bool(self.history) or self.has_profile


class Knowledge:
    """What tools act on: a graph, a text index and what was learned of taste, opened when first used.

    `asker` is the person on whose behalf tools are called.
    """

    def __init__(
        self,
        graph: KnowledgeGraph,
        open_index: Callable[[], Retriever],
        taste: Taste | None = None,
        asker: Asker = Asker(),
    ):
        self.graph = graph
        self.taste = taste or Taste(graph.catalogue)
        self.asker = asker
        self._open_index = open_index
        self._first: Knowledge | None = None

    @cached_property
    def index(self) -> Retriever:
        """Return the text index, built or opened now if it was not yet."""
        return self._open_index()

    @cached_property
    def words(self) -> WordIndex:
        """Return the words of titles and descriptions, counted now if they were not yet."""
        return self._first.words if self._first is not None else WordIndex(self.graph)

    def asked_by(self, asker: Asker) -> Knowledge:
        """Return the same knowledge, with nothing opened twice, on behalf of a person."""
        known = Knowledge(self.graph, lambda: self.index, self.taste, asker)
        known._first = self
        return known


@dataclass(frozen=True, slots=True)
class Evidence:
    """An edge of the graph: `item` has the entity called `label` as its `relation`."""

    item: ItemId
    relation: RelationName
    entity: EntityId
    label: str


@dataclass(frozen=True, slots=True)
class Candidate:
    """What a mention may mean: an item (`year`, no roles) or an entity with its roles (relation -> items)."""

    id: str
    label: str
    kind: Literal["item", "entity"]
    match: str
    score: float
    year: int | None = None
    roles: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Mention:
    """A part of a text, `text == whole[start:end]`, and what it may mean, best first."""

    start: int
    end: int
    text: str
    candidates: tuple[Candidate, ...]


@dataclass(frozen=True, slots=True)
class Unlinked:
    """A part of a text that looks like a name and names nothing here; `nearest` are names like it."""

    start: int
    end: int
    text: str
    nearest: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Links:
    """What `link_entities` found, in the order of the text; mentions do not overlap."""

    mentions: tuple[Mention, ...]
    unlinked: tuple[Unlinked, ...]
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class FactCheck:
    """What the graph says of a claim; `misspelling_of` is the true value that the claimed one misspells."""

    item: ItemId
    relation: RelationName
    value: str
    verdict: Verdict
    true_values: tuple[str, ...]
    misspelling_of: str | None
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class Shared:
    """A value with the number of the given items that have it."""

    value: str
    items: int


@dataclass(frozen=True, slots=True)
class Resolution:
    """What the given items have in common on a relation: values of all of them, or of as many as possible."""

    relation: RelationName
    items: tuple[ItemId, ...]
    values: tuple[Shared, ...]
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class Described:
    """What is known of an item: its labels by relation, and what it is about as `description`.

    `lacks` are the relations of the catalogue on which nothing is known of it.
    """

    id: ItemId
    title: str
    year: int | None
    domain: str
    relations: Mapping[RelationName, tuple[str, ...]]
    description: str
    lacks: tuple[RelationName, ...]
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class Hit:
    """A found item. `score` is a similarity (higher is closer), None where items were found by facts."""

    id: ItemId
    title: str
    year: int | None
    score: float | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """Found items, best first; `total` counts beyond the limit; `evidence` proves the conditions.

    `missing` are the words looked for that no item found has.
    """

    items: tuple[Hit, ...]
    total: int
    evidence: tuple[Evidence, ...]
    missing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Followed:
    """So many `people` chose `item` within five steps after `after`."""

    item: ItemId
    after: ItemId
    people: int


@dataclass(frozen=True, slots=True)
class Similar:
    """Items like others, best first, found by people's choices or by the facts they share, as `by` says."""

    items: tuple[Hit, ...]
    by: Literal["choices", "facts"]
    reasons: tuple[Followed, ...]
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class Favourites:
    """What a group of so many `people` over-chooses, best first; `group` is how it is called here."""

    items: tuple[Hit, ...]
    group: Mapping[str, str]
    people: int
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class Ranked:
    """The same items in another order, best first, and what decided it."""

    items: tuple[ItemId, ...]
    by: Literal["choices", "group", "nothing known"]
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class Correction:
    """A false claim and the truth: of `items`, not `claimed` but `true` are the `relation`."""

    items: list[str]
    relation: str
    claimed: str
    true: list[str]


@dataclass(frozen=True, slots=True)
class SecondReading:
    """Another way to read the request, offered beside the answer and not counted as it.

    `question`, if nothing in the request decides between the two: a short question whose answers are the two
    `choices`, the answer's reading first. Where somebody is there to be asked, it is asked.
    """

    label: str
    items: list[str]
    conditions: list[Condition]
    question: str = ""
    choices: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Fact:
    """An answer to a question of fact: the `values` that `item` has on `relation`, none where it has none.

    Relations are those of the catalogue, `year`, or `description`. `verdict` answers a question that asks
    for yes or no about the value `asked`; None where that is not known, or not what was asked.
    """

    item: str
    relation: str
    values: list[str]
    verdict: Literal["yes", "no"] | None = None
    asked: str = ""


@dataclass(frozen=True, slots=True)
class Question:
    """One short question to the person, the slot that its answer fills, and answers to choose from."""

    text: str
    slot: str = ""
    choices: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Order:
    """Items come by a relation, `year` among them, ascending unless `descending`."""

    relation: str
    descending: bool = False


@dataclass(frozen=True, slots=True)
class Proposal:
    """What a model wants to answer; the guard has still to prove it.

    `act` and `basis` may be left to the guard. `unknown` are words of the message that name nothing here,
    `unused` those that decided nothing.
    """

    items: tuple[str, ...]
    conditions: tuple[Condition, ...]
    corrections: tuple[Correction, ...]
    note: str
    also: SecondReading | None
    any_of: tuple[Condition, ...] = ()
    none_of: tuple[Condition, ...] = ()
    act: Act | None = None
    basis: Basis | None = None
    facts: tuple[Fact, ...] = ()
    unknown: tuple[str, ...] = ()
    unused: tuple[str, ...] = ()
    question: Question | None = None
    order: tuple[Order, ...] = ()
    evidence: tuple[Evidence, ...] = ()


def hit(item: Item, score: float | None = None) -> Hit:
    """Return an item as it is shown to a model."""
    return Hit(item.id, item.title, item.year, score)
