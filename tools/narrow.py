"""narrow_down: what still satisfies a request of several turns, and which question would tell most."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from kg.graph import KnowledgeGraph, Positions
from kg.literals import Literals, among
from kg.types import YEAR, Condition, Kind, RelationName
from tools import args
from tools.knowledge import Knowledge
from tools.quality import best_first, counts_votes
from tools.types import Evidence, Hit, hit
from tools.wishes import barred

MOST = 20
_LABELS = 60  # a relation of more is no question: nobody has one of 900 actors in mind
_CHOICES = 6
_LOOKED_AT = 1_000  # items whose labels are counted, and of the best those that are put in order
_UNKNOWN = 0.5  # the fit of an item whose value is not known
_BINS = 3  # of numbers: low, middle, high
_ASKED = frozenset((Kind.CATEGORY, Kind.ORGANISATION, Kind.PLACE, Kind.LANGUAGE, Kind.NUMBER, Kind.FLAG))


@dataclass(frozen=True, slots=True)
class OpenSlot:
    """A relation to ask about: `gain` in bits of what an answer tells, and its commonest `values`."""

    relation: RelationName
    gain: float
    values: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Relaxation:
    """How many items satisfy everything but `without`, and the best of them."""

    without: tuple[Condition, ...]
    total: int
    best: Hit | None = None


@dataclass(frozen=True, slots=True)
class Narrowed:
    """What satisfies a request, best first; `total` counts all.

    `slots` are what may be asked, the most telling first; `relaxations`, where nothing satisfies everything,
    what leaves most when it is dropped, first.
    """

    items: tuple[Hit, ...]
    total: int
    evidence: tuple[Evidence, ...] = ()
    slots: tuple[OpenSlot, ...] = ()
    relaxations: tuple[Relaxation, ...] = ()


def narrow_down(
    knowledge: Knowledge,
    conditions: list[Condition],
    one_of: list[list[Condition]] | None = None,
    none_of: list[Condition] | None = None,
    inferred: list[Condition] | None = None,
    preferred: list[Condition] | None = None,
    exclude_items: list[str] | None = None,
    domain: str | None = None,
    exclude_known: bool = False,
    ask: bool = True,
) -> Narrowed:
    """Find what satisfies a request of several turns, best first, and which question would tell most.

    Items satisfy all conditions, one of each list in `one_of`, and none of `none_of`. `inferred` are
    conditions guessed from what was turned down: they hold where a value is known, and the further from
    their bound an item is, the sooner it comes. Items with more of `preferred` come before others. `slots`
    are relations to ask about, with the bits that an answer tells; none unless to `ask`. With
    `exclude_known` what the person has already is left out. Where nothing satisfies everything,
    `relaxations` say what would without a condition.
    """
    graph = knowledge.graph
    stated = _Stated(
        args.conditions(graph, conditions),
        [args.conditions(graph, group) for group in one_of or [] if group],
        args.conditions(graph, none_of or []),
        domain and args.domain(graph, domain),
    )
    guessed = args.conditions(graph, inferred or [])
    known = knowledge.asker.history if exclude_known else ()
    gone = graph.positions([*args.item_ids(graph, exclude_items or []), *known])
    gone = np.union1d(gone, barred(graph, knowledge.asker.wishes, stated.every))
    found = stated.find(graph, gone)
    kept = _guessed(graph, found, guessed)
    ranked = best_first(graph, kept)
    ranked = np.concatenate([_by_fit(graph, ranked[:_LOOKED_AT], guessed), ranked[_LOOKED_AT:]])
    liked = args.conditions(graph, preferred or [])
    if liked:
        fans = sum(among(ranked, graph.items_with(each)).astype(int) for each in liked)
        ranked = ranked[np.argsort(-np.asarray(fans), kind="stable")]
    said = {each.relation for each in stated.every}
    shown = graph.at(ranked[:MOST].tolist())
    return Narrowed(
        tuple(map(hit, shown)),
        len(kept),
        args.evidence(graph, [item.id for item in shown], stated.every),
        tuple(open_slots(graph, kept, said)) if ask else (),
        () if len(kept) else tuple(_relaxations(graph, stated, guessed, gone)),
    )


@dataclass(frozen=True, slots=True)
class _Stated:
    all_of: Sequence[Condition]
    one_of: Sequence[Sequence[Condition]]
    none_of: Sequence[Condition]
    domain: str | None

    @property
    def every(self) -> list[Condition]:
        """All conditions, the alternatives too."""
        return [*self.all_of, *(each for group in self.one_of for each in group)]

    def find(self, graph: KnowledgeGraph, gone: Positions) -> Positions:
        found = graph.find(self.all_of, self.none_of, domain=self.domain)
        for group in self.one_of:
            found = found[among(found, graph.find([], any_of=group))]
        return found[~np.isin(found, gone)] if len(gone) else found

    def without(self, dropped: Sequence[Condition]) -> _Stated:
        return _Stated(
            [each for each in self.all_of if each not in dropped],
            [group for group in self.one_of if tuple(group) != tuple(dropped)],
            [each for each in self.none_of if each not in dropped],
            self.domain,
        )


def _guessed(graph: KnowledgeGraph, found: Positions, guessed: Sequence[Condition]) -> Positions:
    """Return the items for which guessed conditions hold; where none is left, those of unknown value too."""
    held = found
    for condition in guessed:
        held = held[among(held, graph.items_with(condition))]
    if len(held):
        return held
    for condition in guessed:
        known = graph.known(condition.relation)
        found = found[among(found, graph.items_with(condition)) | ~among(found, known)]
    return found


def _by_fit(graph: KnowledgeGraph, ranked: Positions, guessed: Sequence[Condition]) -> Positions:
    """Return ranked items, those that are far beyond guessed bounds before those that are near them.

    A bound lies somewhere behind the value that was turned down; as far as is known, anywhere among the
    values that are left, so an item fits with the share of values that are nearer to what was turned down.
    """
    bounds = [each for each in guessed if each.op != "is"]
    if len(ranked) < 2 or not bounds:
        return ranked
    fit = 1 - np.arange(len(ranked)) / len(ranked)
    for condition in bounds:
        values = _values(graph, ranked, condition.relation)
        if values is None:
            continue
        sign = 1 if condition.op in ("<", "<=") else -1
        known = np.sort(sign * values[~np.isnan(values)])
        nearer = 1 - np.searchsorted(known, sign * values) / max(1, len(known))
        fit *= np.where(np.isnan(values), _UNKNOWN, nearer)
    return ranked[np.argsort(-fit, kind="stable")]


def _values(graph: KnowledgeGraph, positions: Positions, relation: str) -> npt.NDArray[np.float64] | None:
    """Return the lowest value of each item, or its place on a scale; NaN where it has none."""
    literals = graph.literals(relation)
    found = np.full(len(positions), np.nan)
    if literals is not None:
        for place, at in enumerate(positions.tolist()):
            held = literals.of_item(at)
            found[place] = held[0] if held else np.nan
        return found
    scale = graph.relation(relation).scale
    for rung, label in enumerate(scale):
        held_by = graph.items_with(Condition(RelationName(relation), label))
        found[among(positions, held_by) & np.isnan(found)] = rung
    return found if scale else None


# Which question tells most


def open_slots(graph: KnowledgeGraph, positions: Positions, said: set[RelationName]) -> list[OpenSlot]:
    """Return what may be asked of some items, the most telling first; ties by name.

    The gain is the entropy of the values: of labels by how many items have each, of numbers in thirds of
    the catalogue.
    """
    slots = [
        OpenSlot(each.name, gain, values)
        for each in graph.relations
        if each.name not in said and each.kind in _ASKED and not counts_votes(each.name)
        for gain, values in [_gain(graph, positions, each.name)]
        if gain > 0
    ]
    if YEAR not in said and not graph.has_relation(YEAR) and (years := graph.literals(YEAR)) is not None:
        gain = _gain_of_numbers(years, positions)
        slots += [OpenSlot(YEAR, gain)] if gain > 0 else []
    return sorted(slots, key=lambda each: (-each.gain, each.relation))


def _gain(
    graph: KnowledgeGraph, positions: Positions, relation: RelationName
) -> tuple[float, tuple[str, ...]]:
    literals = graph.literals(relation)
    if literals is not None and literals.kind is Kind.NUMBER:
        return _gain_of_numbers(literals, positions), ()
    if literals is not None:
        sets = [graph.items_with(Condition(relation, value)) for value in ("yes", "no")]
        return _entropy([int(among(positions, each).sum()) for each in sets]), ()
    labels = graph.label_counts(positions[:_LOOKED_AT], relation)
    if len(labels) > _LABELS:
        return 0.0, ()
    common = sorted(labels, key=lambda label: (-labels[label], label))[:_CHOICES]
    return _entropy(list(labels.values())), tuple(common)


def _gain_of_numbers(literals: Literals, positions: Positions) -> float:
    held = literals.values[among(literals.items, positions)]
    if len(held) < 2:
        return 0.0
    edges = np.quantile(literals.values, np.arange(1, _BINS) / _BINS)
    return _entropy(np.bincount(np.searchsorted(edges, held), minlength=_BINS).tolist())


def _entropy(counts: Sequence[int]) -> float:
    shares = np.asarray([count for count in counts if count], dtype=float)
    if len(shares) < 2:
        return 0.0
    shares /= shares.sum()
    return round(float(-(shares * np.log2(shares)).sum()), 6)


def _relaxations(
    graph: KnowledgeGraph, stated: _Stated, guessed: Sequence[Condition], gone: Positions
) -> list[Relaxation]:
    """Return what would be left without one condition, group or exclusion, most first."""
    single = [(each,) for each in (*stated.all_of, *stated.none_of, *guessed)]
    found = []
    for dropped in [*single, *(tuple(group) for group in stated.one_of)]:
        held = stated.without(dropped).find(graph, gone)
        for condition in guessed:
            if condition not in dropped:
                held = held[among(held, graph.items_with(condition))]
        if len(held):
            best = graph.at(best_first(graph, held)[:1].tolist())
            found.append(Relaxation(dropped, len(held), hit(best[0])))
    return sorted(found, key=lambda each: (-each.total, str(each.without[0])))
