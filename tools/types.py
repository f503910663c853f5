"""What tools return. Every result carries evidence that can be checked against the graph."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from kg.types import EntityId, Item, ItemId, Op, RelationName

Verdict = Literal["supported", "contradicted", "unknown"]


@dataclass(frozen=True, slots=True)
class Evidence:
    """A fact of the graph: `item` has as its `relation` the entity `label`, or a literal (`entity` None)."""

    item: ItemId
    relation: RelationName
    entity: EntityId | None
    label: str


@dataclass(frozen=True, slots=True)
class Order:
    """Items come by numbers, dates, years or a scale, from low to high unless `descending`."""

    relation: str
    descending: bool = False


@dataclass(frozen=True, slots=True)
class Candidate:
    """What a mention may mean: an item (`year`, no roles) or an entity with its roles (relation -> items).

    `domain` is an item's, in a catalogue of several.
    """

    id: str
    label: str
    kind: Literal["item", "entity"]
    match: str
    score: float
    year: int | None = None
    roles: Mapping[str, int] = field(default_factory=dict)
    domain: str | None = None


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
    """What `link_entities` found, in the order of the text; mentions do not overlap.

    `only_known` are those of the candidates that are known here but not in the catalogue.
    """

    mentions: tuple[Mention, ...]
    unlinked: tuple[Unlinked, ...]
    evidence: tuple[Evidence, ...] = ()
    only_known: tuple[ItemId, ...] = ()


@dataclass(frozen=True, slots=True)
class FactCheck:
    """What the graph says of a claim, that a value of `item` is `op` the claimed one.

    `misspelling_of` is the true value that the claimed one misspells.
    """

    item: ItemId
    relation: RelationName
    value: str
    verdict: Verdict
    true_values: tuple[str, ...]
    misspelling_of: str | None
    evidence: tuple[Evidence, ...]
    op: Op = "is"


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


@dataclass(slots=True)  # a request finds thousands, and frozen ones take three times as long to make
class Hit:
    """A found item. `score` is how well it suits (higher is better), None where items were found by facts."""

    id: ItemId
    title: str
    year: int | None
    score: float | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """Found items, best first; `total` counts beyond the limit; `evidence` proves the conditions.

    `missing` are the words looked for that no item found has; `unknown` counts the items that satisfy all
    else and were left out because a value that is compared or ordered by is not known.

    Where items were looked for by words, `coverage` is the largest share of the words' idf mass that the
    text of one item in the catalogue covers, 0 to 1, and `unheard` are the words that no text here has. A
    threshold may be laid on `coverage`, on no score of an item: that compares with others of the answer.
    `about` is the largest share of what was asked that the tags of one item tell, 0 to 1: where it is not
    low, items whose tags tell far less have the score 0. None: no tags, or too much was asked. If several
    `things` were asked for, `together` counts the items about all of them, which come first; if these are
    few, items about one of the things follow.
    """

    items: tuple[Hit, ...]
    total: int
    evidence: tuple[Evidence, ...]
    missing: tuple[str, ...] = ()
    unknown: int = 0
    coverage: float | None = None
    unheard: tuple[str, ...] = ()
    about: float | None = None
    things: tuple[str, ...] = ()
    together: int = 0


@dataclass(frozen=True, slots=True)
class Followed:
    """So many `people` chose `item` within five steps after `after`."""

    item: ItemId
    after: ItemId
    people: int


@dataclass(frozen=True, slots=True)
class Similar:
    """Items like others, best first, found by people's choices or by the facts they share, as `by` says.

    Beside a wish and where tags tell, the first so many are `near`: much like those named, and with more of
    what is wished than these; the others are not. None where nothing tells which are.
    """

    items: tuple[Hit, ...]
    by: Literal["choices", "facts"]
    reasons: tuple[Followed, ...]
    evidence: tuple[Evidence, ...]
    near: int | None = None


@dataclass(frozen=True, slots=True)
class Favourites:
    """What a group of so many `people` over-chooses, best first; `group` is how it is called here."""

    items: tuple[Hit, ...]
    group: Mapping[str, str]
    people: int
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class Step:
    """A fact on a way between two things: the item called `name` has `label` as its `relation`."""

    item: ItemId
    name: str
    relation: RelationName
    label: str


@dataclass(frozen=True, slots=True)
class Connection:
    """How two things hang together: `ways`, each of facts in order, the shortest first."""

    first: str
    second: str
    ways: tuple[tuple[Step, ...], ...]
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class Ranked:
    """The same items in another order, best first, and what decided it."""

    items: tuple[ItemId, ...]
    by: Literal["choices", "group", "nothing known"]
    evidence: tuple[Evidence, ...] = ()


def hit(item: Item, score: float | None = None) -> Hit:
    """Return an item as it is shown to a model."""
    return Hit(item.id, item.title, item.year, score)
