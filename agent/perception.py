"""A person's taste in words, and why one item is for them: sentences made of facts of the graph.

After the item perception analysis of CoT-Rec (section 4.1.2, see `agent.interests`), where a model writes a
review in the person's name. Here nothing is imagined: a sentence names what they chose and the fact that
joins it with the item, or there is no sentence.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from agent.interests import DECADE, WORD, Interests, Weights, members
from agent.person import Person, has_long_term, latest
from agent.phrasing import PASSIVE, listed
from kg.graph import KnowledgeGraph, Positions
from kg.types import Entity, ItemId, Kind

_NAMED = 3  # titles in a sentence
_PHRASES = 2
_TELLING = 0.2  # rarity; a fact that a quarter of the catalogue has tells nothing of a taste
_LEAST = 2  # items that make a taste
_TENTH = 10  # of the items, so many must have what a taste is told by
_NOUNS = {"movie": "films", "book": "books"}
_ACTIVE = {"written by": "wrote"}
_DRAWING = frozenset("director author series actor writer".split())  # the names that others count half of
_NAMING = (Kind.PERSON, Kind.SERIES, Kind.WORK)  # what joins two items by itself; a genre joins many
_SAID_FIRST = (DECADE, "country")  # after a noun: "thriller films from the 1970s directed by …"

# A taste


def describe(person: Person, graph: KnowledgeGraph) -> str:
    """Return a person's taste in words; '' if nothing is known of it.

    'Lately: thriller films from the 1970s directed by Sidney Lumet; for long: horror films. Not for you: …'
    """
    against = tuple(w._replace(weight=-w.weight) for w in person.long_term)
    avoided = [item for item in person.dislikes if item in graph]
    disliked = frozenset(avoided)
    sought = [item for item in person.seen if item in graph and item not in disliked]
    wanted = frozenset(sought)
    now = [choice.item for choice in latest(person) if choice.item in wanted]
    lately = _tastes(now, person.short_term, graph)
    ever = _tastes(sought, person.long_term, graph)
    many = has_long_term(person)
    parts = (
        f"Lately: {lately}; for long: {ever}." if many and lately else "",
        f"For long: {ever}." if many and ever and not lately else "",
        f"So far: {lately}." if lately and not many else "",
        f"Not for you: {_tastes(avoided, against, graph)}." if avoided else "",
    )
    return " ".join(part for part in parts if part)


def _tastes(items: Sequence[ItemId], weights: Weights, graph: KnowledgeGraph) -> str:
    """Return what items have in common in words, or the latest of them where that is nothing; '' for none."""
    left = np.unique(graph.positions(items))
    least = max(_LEAST, len(left) // _TENTH)
    phrases: list[str] = []
    while len(phrases) < _PHRASES:
        parts, covered = _shared(left, weights, graph, least)
        if not parts:
            break
        phrases.append(_phrase(parts, covered, graph))
        left = np.setdiff1d(left, covered)
    return ", and ".join(phrases) or _titles(items, graph)


def _shared(
    items: Positions, weights: Weights, graph: KnowledgeGraph, least: int
) -> tuple[dict[str, str], Positions]:
    """Return what the strongest weights say of at least `least` of the items together, and of which.

    At most a genre, a decade, a country and one name.
    """
    rarity = Interests(graph).rarity
    parts: dict[str, str] = {}
    covered = items
    for relation, label, weight in weights:
        telling = relation == "genre" or rarity(relation, label) >= _TELLING
        taken = _slot(relation) in map(_slot, parts)
        if weight <= 0 or relation == WORD or taken or not telling:
            continue
        having = np.intersect1d(covered, members(graph, relation, label))
        if len(having) >= max(least, len(covered) // 2 if parts else 0):
            parts[relation] = label
            covered = having
    return parts, covered


def _slot(relation: str) -> str:
    return relation if relation in (*_SAID_FIRST, "genre") else "name"


def _phrase(parts: dict[str, str], covered: Positions, graph: KnowledgeGraph) -> str:
    domains = dict.fromkeys(graph.item(item).domain for item in graph.ids(covered))
    nouns = listed([_NOUNS.get(domain, f"{domain}s") for domain in domains])
    said = [f"{parts['genre'].lower()} {nouns}" if "genre" in parts else nouns]
    ordered = sorted(parts, key=lambda relation: (*_SAID_FIRST, relation).index(relation))
    return " ".join(said + [_said(relation, parts[relation]) for relation in ordered if relation != "genre"])


def _said(relation: str, label: str) -> str:
    """Return a fact as it is said after a noun: 'directed by X', 'with Y', 'from the 1970s'."""
    if relation in PASSIVE:
        return f"{PASSIVE[relation]} {label}"
    if relation == DECADE:
        return f"from the {label}"
    leading = {"actor": "with", "country": "from", "series": "of the series"}
    words = leading.get(relation) or f"of the {relation.replace('_', ' ')}"
    return f"{words} {label}"


# An item for a person


def perceive(person: Person, item: ItemId, graph: KnowledgeGraph) -> str:
    """Return one sentence why an item is for a person, from facts; '' if nothing honest can be said.

    'You liked Jaws and Duel, both directed by Steven Spielberg, who directed this too.' What was liked goes
    before what was only chosen. A fact that is shared with as much that they disliked says nothing.
    """
    if item not in graph or item in person.dislikes:
        return ""
    avoided = graph.positions(person.dislikes)
    liked = graph.positions(each for each in person.likes if each != item)
    chosen = graph.positions(each for each in person.seen if each != item)
    chosen = chosen[~np.isin(chosen, np.concatenate([avoided, liked]))]
    for verb, pool in (("liked", liked), ("chose", chosen)):
        ties = sorted(_ties(item, pool, avoided, graph), key=lambda tie: tie[:4])
        if ties:
            _, _, relation, _, entity, sharing = ties[0]
            return _reason(verb, graph.ids(sharing), relation, entity, graph)
    return ""


_Tie = tuple[bool, float, str, str, Entity, list[int]]


def _ties(item: ItemId, pool: Positions, avoided: Positions, graph: KnowledgeGraph) -> Iterator[_Tie]:
    """Yield what joins an item with the pool, for sorting the best first."""
    if not len(pool):
        return
    rarity = Interests(graph).rarity
    for relation, entities in graph.facts(item).items():
        naming = graph.relation(relation).kind in _NAMING
        for entity in entities:
            sharing = _sharing(entity, relation, pool, graph)
            if not sharing:
                continue
            against = _sharing(entity, relation, avoided, graph)
            telling = rarity(relation, entity.label)
            enough = len(sharing) > len(against) and len(sharing) >= (1 if naming else _LEAST)
            if enough and telling >= _TELLING:
                strength = (len(sharing) - len(against)) * telling * (1 if relation in _DRAWING else 0.5)
                yield not naming, -strength, relation, entity.id, entity, sharing


def _sharing(entity: Entity, relation: str, pool: Positions, graph: KnowledgeGraph) -> list[int]:
    """Return those of the pool, in its order, that have the entity and not only a namesake of it."""
    if not len(pool):
        return []
    found = [int(place) for place in pool[np.isin(pool, members(graph, relation, entity.label))]]
    if len(graph.entities_named(entity.label, relation)) < 2:
        return found
    return [place for place in found if entity in graph.values(graph.catalogue.items[place].id, relation)]


def _reason(verb: str, items: Sequence[ItemId], relation: str, entity: Entity, graph: KnowledgeGraph) -> str:
    all_of = {1: "", 2: "both "}.get(len(items), "all ")
    chose = f"You {verb} {_titles(items, graph)}, {all_of}{_said(relation, entity.label)}"
    who = "which" if graph.relation(relation).kind is Kind.ORGANISATION else "who"
    if relation == "actor":
        return f"{chose}, who is in this too."
    if relation in PASSIVE:
        said = PASSIVE[relation]
        return f"{chose}, {who} {_ACTIVE.get(said, said.removesuffix(' by'))} this too."
    return f"{chose}, as this is."


def _titles(items: Sequence[ItemId], graph: KnowledgeGraph) -> str:
    """Return titles in a sentence, the latest of many: 'A and B', 'A, B and 5 more'."""
    titles = [graph.item(item).title for item in items]
    if len(titles) > _NAMED:
        titles = [*titles[-1:-_NAMED:-1], f"{len(titles) - _NAMED + 1} more"]
    return listed(titles)
