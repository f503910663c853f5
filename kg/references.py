"""Items that are known and never recommended: those of another catalogue, joined at the end of one.

They are named, checked and referred to; what is found are the catalogue's own items alone.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace

import numpy as np

from kg import text
from kg.catalogue import Catalogue
from kg.forms import Form, item_forms
from kg.literals import Literals
from kg.types import Entity, EntityId, Item, ItemId, Kind

_APART = 1  # years between what two sources say of one item


def joined(catalogue: Catalogue, other: Catalogue) -> Catalogue:
    """Return a catalogue with those items of another as references that it does not have itself.

    They come with what the catalogue has relations for. Entities are one where they are called alike and
    stand in relations of one kind; of a category only labels come that the catalogue knows. What is new has
    the other's name before its id and stands after all there was.
    """
    mine = _Own(catalogue)
    domains = {item.domain for item in catalogue.items}
    shared = _shared_relations(catalogue, other)
    facts = np.asarray(other.edges)
    kept = [n for n, item in enumerate(other.items) if item.domain in domains and not mine.has(item)]
    at = {place: len(catalogue.items) + number for number, place in enumerate(kept)}
    told = [
        (at[item], shared[relation], mine.entity(shared[relation], other.entities[entity], other.name))
        for item, relation, entity in facts.tolist()
        if item in at and relation in shared
    ]
    new = sorted({each for _, _, each in told if isinstance(each, Entity)}, key=lambda each: each.id)
    place_of = {each.id: len(catalogue.entities) + number for number, each in enumerate(new)}
    edges = sorted(
        {
            (item, code, place_of[each.id] if isinstance(each, Entity) else each)
            for item, code, each in told
            if each is not None
        }
    )
    items = [_renamed(other.items[place], other.name) for place in kept]
    texts = {
        renamed.id: said
        for place, renamed in zip(kept, items, strict=True)
        if (said := other.texts.get(other.items[place].id))
    }
    return replace(
        catalogue,
        items=[*catalogue.items, *items],
        entities=[*catalogue.entities, *new],
        edges=np.concatenate((catalogue.edges, np.array(edges, dtype=np.int32).reshape(-1, 3))),
        texts={**catalogue.texts, **texts},
        literals=_joined_literals(catalogue, other, at),
        references=catalogue.references + len(items),
    )


def alone(catalogue: Catalogue) -> Catalogue:
    """Return a catalogue without its references: what it was before they joined."""
    if not catalogue.references:
        return catalogue
    edges = catalogue.offered_edges
    theirs = np.setdiff1d(catalogue.edges[len(edges) :, 2], edges[:, 2])
    own = int(theirs.min(initial=len(catalogue.entities)))
    items = catalogue.items[: catalogue.offered]
    return replace(
        catalogue,
        items=items,
        entities=catalogue.entities[:own],
        edges=edges,
        texts={item.id: said for item in items if (said := catalogue.texts.get(item.id))},
        literals={name: each.below(catalogue.offered) for name, each in catalogue.literals.items()},
        references=0,
    )


def _renamed(item: Item, source: str) -> Item:
    return replace(item, id=ItemId(f"{source}:{item.id}"))


def _shared_relations(catalogue: Catalogue, other: Catalogue) -> dict[int, int]:
    """Return the other's relations that the catalogue has too, as one kind: position there -> here."""
    here = {(each.name, each.kind): code for code, each in enumerate(catalogue.relations)}
    codes = ((code, here.get((each.name, each.kind))) for code, each in enumerate(other.relations))
    return {there: code for there, code in codes if code is not None}


def _joined_literals(catalogue: Catalogue, other: Catalogue, at: dict[int, int]) -> dict[str, Literals]:
    units = {each.name: (each.kind, each.unit) for each in other.relations}
    found = dict(catalogue.literals)
    for relation in catalogue.relations:
        mine, theirs = found.get(relation.name), other.literals.get(relation.name)
        if mine is None or theirs is None or units[relation.name] != (relation.kind, relation.unit):
            continue
        pairs = zip(theirs.items.tolist(), theirs.values.tolist(), strict=True)
        new = [(at[item], value) for item, value in pairs if item in at]
        found[relation.name] = Literals.of(
            relation.kind,
            [*mine.items.tolist(), *(item for item, _ in new)],
            [*mine.values.tolist(), *(value for _, value in new)],
        )
    return found


class _Own:
    """What a catalogue has: items by the forms of their titles, entities by name and kind."""

    def __init__(self, catalogue: Catalogue):
        self._relations = catalogue.relations
        self._items: defaultdict[str, list[tuple[Item, bool]]] = defaultdict(list)
        for item in catalogue.items:
            for key, whole in _titles(item).items():
                self._items[key].append((item, whole))
        self._by_name = _documented(catalogue)

    def has(self, item: Item) -> bool:
        """Tell whether an item is one of these: called alike and of about the same year.

        One of them may be shortened: 'Star Wars' for 'Star Wars: Episode IV', not one part for another.
        """
        return any(
            (whole or whole_here) and _is_beside(item, mine)
            for key, whole in _titles(item).items()
            for mine, whole_here in self._items.get(key, ())
        )

    def entity(self, relation: int, entity: Entity, source: str) -> int | Entity | None:
        """Return the place of the entity that another one is, or that as a new one; no new categories."""
        told = self._relations[relation]
        for name in (entity.label, *entity.aliases):
            key = text.name_key(name)
            for where in (told.name, told.kind):
                if (place := self._by_name.get((where, key))) is not None:
                    return place
        return None if told.kind is Kind.CATEGORY else replace(entity, id=EntityId(f"{source}:{entity.id}"))


def _documented(catalogue: Catalogue) -> dict[tuple[str, str], int]:
    """Return who is called so, the best documented of several: (relation or kind, name) -> place."""
    edges = np.asarray(catalogue.edges)
    facts = np.bincount(edges[:, 2], minlength=len(catalogue.entities)).tolist()
    found: dict[tuple[str, str], int] = {}
    pairs = np.unique(edges[:, 1:], axis=0).tolist()
    names = [text.name_key(entity.label) for entity in catalogue.entities]
    ids = [entity.id for entity in catalogue.entities]
    for relation, place in sorted(pairs, key=lambda pair: (-facts[pair[1]], ids[pair[1]], pair[0])):
        told = catalogue.relations[relation]
        for where in (told.name, told.kind):
            found.setdefault((where, names[place]), place)
    return found


def _titles(item: Item) -> dict[str, bool]:
    """Return how an item is called, and whether so in full."""
    found: dict[str, bool] = {}
    for key, form in item_forms(item):
        if key and form <= Form.SHORT:
            found[key] = found.get(key, False) or form <= Form.ALIAS
    return found


def _is_beside(item: Item, other: Item) -> bool:
    if item.domain != other.domain:
        return False
    return item.year is None or other.year is None or abs(item.year - other.year) <= _APART
