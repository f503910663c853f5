"""What the authors' files name, found in a catalogue: items, conditions, claims; and what was not found."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal, NamedTuple

from rapidfuzz.distance import OSA

from bench.official_rows import Told, relation_names
from bench.titles import Titles
from bench.types import QueryClaim, QueryCondition, QueryReference
from kg.graph import KnowledgeGraph
from kg.text import bare_label, name_key
from kg.types import ItemId

HISTORY = 40  # items of the source user that are shown, the latest ones
_TYPO = 2  # letters between a misspelled name and the true one


class Left(NamedTuple):
    """A query that is not in the benchmark, and why."""

    id: str
    reason: str


@dataclass(slots=True)
class Report:
    """What became of the files: titles by how they were found, what was not, and what was left out.

    `found` counts titles as often as they occur; `unresolved` has every title once with its reason,
    `unknown_values` every (relation, value) that the catalogue does not have.
    """

    queries: int = 0
    found: dict[str, int] = field(default_factory=dict)
    missing: int = 0
    unresolved: dict[str, str] = field(default_factory=dict)
    unknown_values: set[tuple[str, str]] = field(default_factory=set)
    left_out: list[Left] = field(default_factory=list)
    partial: list[str] = field(default_factory=list)

    @property
    def resolved(self) -> float:
        """Return the share of mentions of titles that were found; 1 if there are none."""
        found = sum(self.found.values())
        return found / (found + self.missing) if found + self.missing else 1.0

    def lines(self) -> list[str]:
        """Return the report as lines of text."""
        how = ", ".join(f"{name} {count}" for name, count in sorted(self.found.items()))
        yes = sum(self.found.values())
        said = [
            f"{self.queries} queries, {len(self.left_out)} left out, {len(self.partial)} with part of their"
            " truth",
            f"titles: {yes} of {yes + self.missing} found ({100 * self.resolved:.1f} %): {how}",
        ]
        said += [f"  not found: {title}: {reason}" for title, reason in sorted(self.unresolved.items())]
        said += [f"  not in the catalogue: {name}: {value}" for name, value in sorted(self.unknown_values)]
        return said + [f"  left out: {left.id}: {left.reason}" for left in self.left_out]


class Resolver:
    """Finds what a domain's records name; everything that is not found goes into `report`."""

    def __init__(self, graph: KnowledgeGraph, domain: str, report: Report) -> None:
        self.report = report
        self._graph = graph
        self._titles = Titles(graph, domain)

    @cached_property
    def _users(self) -> dict[str, int]:
        return {user.id: place for place, user in enumerate(self._graph.catalogue.users)}

    def items(self, titles: Iterable[str], ids: Sequence[str] = ()) -> list[str]:
        """Return the items that titles name, each once, in their order.

        An id is believed if its item has the title: ids may be those of another catalogue.
        """
        found: list[str] = []
        for place, title in enumerate(titles):
            given = ItemId(ids[place]) if place < len(ids) else None
            if given is not None and given in self._graph and self._titles.agrees(given, title):
                item, how = given, "id"
            else:
                match = self._titles.find(title)
                if match.item is None:
                    self.report.missing += 1
                    self.report.unresolved[title] = match.how
                    continue
                item, how = match.item, match.how
            self.report.found[how] = self.report.found.get(how, 0) + 1
            found.append(item)
        return list(dict.fromkeys(found))

    def condition(self, relation: str, value: str) -> QueryCondition | None:
        """Return a condition in the catalogue's words; None if it has no such relation.

        A value that it does not know is kept as it came and reported: nothing will be proved for it.
        """
        named = [name for name in relation_names(relation) if self._graph.has_relation(name)]
        label = bare_label(value.replace("_", " ").strip())
        for name in named:
            entities = self._graph.entities_named(label, name)
            if entities:
                return QueryCondition(relation=name, value=entities[0].label)
        if not named:
            return None
        self.report.unknown_values.add((named[0], label))
        return QueryCondition(relation=named[0], value=label)

    def references(self, hints: Sequence[Told]) -> list[QueryReference]:
        """Return the values that a text hints at, each with all its items."""
        found: dict[tuple[str, str], list[str]] = {}
        for hint in hints:
            meant = self.condition(hint.relation, hint.person)
            if meant is not None:
                found.setdefault((meant.relation, meant.value), []).extend(self.items(hint.items))
        return [QueryReference(relation=r, value=v, items=items) for (r, v), items in found.items()]

    def claim(self, wrong: Sequence[Told], shared: Sequence[str]) -> QueryClaim | None:
        """Return the first false claim with the items it is about; None if it cannot be judged.

        `shared` are the values of the conditions: who is claimed and asked for is anchored by value.
        """
        same = [
            told for told in wrong if (told.relation, told.person) == (wrong[0].relation, wrong[0].person)
        ]
        items = self.items(title for told in same for title in told.items)
        if not items:
            return None
        true = list(dict.fromkeys(name for told in same for name in told.original))
        stated = [self.condition(same[0].relation, name) for name in true]
        labels = [each.value for each in stated if each is not None]
        if not labels or len(labels) < len(true):
            return None
        claimed, relation = same[0].person, next(each.relation for each in stated if each is not None)
        anchor: Literal["item", "value", "typo"] = "item"
        if any(_misspelled(claimed, name) for name in true):
            anchor = "typo"
        elif name_key(claimed) in map(name_key, shared):
            anchor = "value"
        return QueryClaim(
            anchor=anchor,
            items=items,
            relation=relation,
            claimed=claimed,
            true=labels[0] if len(labels) == 1 else labels,
        )

    def history(self, user: str | None, truth: Sequence[str]) -> list[str]:
        """Return the latest choices of a user without the truth (eq. 6); none of a user who is unknown."""
        histories = self._graph.catalogue.histories
        if user is None or histories is None or user not in self._users:
            return []
        chosen = self._graph.ids(histories.of(self._users[user]).tolist())
        return [str(item) for item in chosen if item not in truth][-HISTORY:]


def _misspelled(claimed: str, name: str) -> bool:
    return claimed != name and OSA.distance(name_key(claimed), name_key(name)) <= _TYPO
