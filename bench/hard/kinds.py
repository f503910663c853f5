"""The kinds of hard requests: what is asked, in which words, and what the graph says is true."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from bench.hard.facts import MOST, Facts
from bench.types import QueryClaim, QueryCondition, QueryReference, QueryType
from kg.types import Item

Kind = Literal["hops", "two-claims", "negation", "outside", "quantity", "theme"]
Slots = Mapping[str, str]
_FEWEST = 3  # items of a person from which some are left out
_NEAR = (3, 5, 8)  # years
_NUMBERS = {2: "two", 3: "three", 4: "four"}


@dataclass(frozen=True)
class Hard:
    """A hard request before it has words: `section` of the word file, its slots, and what is true."""

    kind: Kind
    type: QueryType
    section: str
    slots: Slots
    truth: Sequence[Item]
    mentioned: Sequence[Item] = ()
    conditions: Sequence[tuple[str, str]] = ()  # only where they are all there is to satisfy
    references: Sequence[QueryReference] = ()
    claims: Sequence[QueryClaim] = field(default_factory=tuple)
    hidden: Sequence[str] = ()  # what the text must not say

    @property
    def stated(self) -> list[QueryCondition]:
        """The conditions as a query holds them."""
        return [QueryCondition(relation=relation, value=value) for relation, value in self.conditions]


def hops(facts: Facts) -> Iterator[Hard]:
    """Yield three steps: an item, its person, their only other item of a year, its person."""
    for first in facts.shuffled(facts.offered):
        for role in facts.rng.sample(facts.roles, len(facts.roles)):
            person = facts.the(role, first)
            step = _only_of_a_year(facts, role, person, first) if person else None
            other = facts.rng.choice([each for each in facts.roles if each != role] or [role])
            wanted = facts.the(other, step) if step is not None else None
            if person is None or step is None or wanted is None or wanted == person:
                continue
            truth = facts.true(other, wanted, first, step)
            if 0 < len(truth) <= MOST:
                slots = {"A": first.title, "year": str(step.year), "role": role, "other": other}
                yield Hard(
                    *("hops", "implicit", "hops", slots, truth, (first, step)),
                    conditions=((other, wanted),),
                    hidden=(person, wanted, step.title),
                )
                break


def two_claims(facts: Facts) -> Iterator[Hard]:
    """Yield two false claims about two items; wanted is more by the one who truly has the first role."""
    items = facts.shuffled(facts.offered)
    for first, second in zip(items, items, strict=False):
        role, other = facts.rng.choice(facts.roles), facts.rng.choice(facts.roles)
        claims = [_claim(facts, each, item) for each, item in ((role, first), (other, second))]
        if claims[0] is None or claims[1] is None:
            continue
        wanted = str(claims[0].true)
        truth = facts.true(role, wanted, first, second)
        if 0 < len(truth) <= MOST:
            slots = {"A": first.title, "B": second.title, "role": role, "other": other}
            slots |= {"W": claims[0].claimed, "W2": claims[1].claimed}
            yield Hard(
                *("two-claims", "misinformed", "claims", slots, truth, (first, second)),
                conditions=((role, wanted),),
                claims=(claims[0], claims[1]),
                hidden=(wanted, str(claims[1].true)),
            )


def negation(facts: Facts) -> Iterator[Hard]:
    """Yield somebody's items but those of somebody else and those of a genre, in clauses of their own."""
    for role, person, theirs in _people(facts):
        others = sorted(
            {
                (each, label)
                for item in theirs
                for each in facts.roles
                for label in facts.graph.labels(item.id, each)
            }
        )
        for each, label in facts.rng.sample(others, len(others)):
            left = [item for item in theirs if label not in facts.graph.labels(item.id, each)]
            genres = sorted({genre for item in left for genre in facts.genres(item)})
            genre = next((g for g in genres if 0 < sum(g in facts.genres(i) for i in left) < len(left)), None)
            if label == person or genre is None or not 0 < len(left) < len(theirs):
                continue
            truth = [item for item in left if genre not in facts.genres(item)]
            slots = {"V": person, "role": role, "X": label, "other": each, "genre": genre}
            yield Hard("negation", "explicit", "negation", slots, truth)
            break


def outside(facts: Facts) -> Iterator[Hard]:
    """Yield what is by whoever made an item that is known and not recommended."""
    for item in facts.shuffled(facts.outside):
        role = facts.rng.choice(facts.roles)
        person = facts.the(role, item)
        truth = facts.true(role, person) if person else []
        if person and 0 < len(truth) <= MOST:
            slots = {"A": item.name, "role": role}
            yield Hard(
                *("outside", "implicit", "outside", slots, truth, (item,)),
                conditions=((role, person),),
                references=(QueryReference(relation=role, value=person, items=[item.id]),),
                hidden=(person,),
            )


def quantity(facts: Facts) -> Iterator[Hard]:
    """Yield somebody's items of a span of years around another item, or their latest or earliest few."""
    anchors = [item for item in facts.offered if item.year]
    for number, (role, person, theirs) in enumerate(_people(facts)):
        dated = [item for item in theirs if item.year]
        made = (_latest if number % 2 else _around)(facts, role, person, dated, anchors)
        if len(dated) == len(theirs) and made is not None:
            yield made


def theme(facts: Facts, paraphrased: Callable[[str], bool]) -> Iterator[Hard]:
    """Yield somebody's items of a genre that is only paraphrased; `paraphrased` tells which have words."""
    for role, person, theirs in _people(facts):
        genres = sorted({genre for item in theirs for genre in facts.genres(item) if paraphrased(genre)})
        for genre in facts.rng.sample(genres, len(genres)):
            truth = [item for item in theirs if genre in facts.genres(item)]
            if len(truth) < len(theirs):
                slots = {"V": person, "role": role, "genre": genre}
                yield Hard(
                    *("theme", "explicit", "theme", slots, truth),
                    conditions=((role, person), ("genre", genre)),
                    hidden=(genre,),
                )
                break


def _people(facts: Facts) -> Iterator[tuple[str, str, list[Item]]]:
    """Yield people with a role and all their items that may be recommended, in random order, once."""
    seen: set[tuple[str, str]] = set()
    for item in facts.shuffled(facts.offered):
        role = facts.rng.choice(facts.roles)
        person = facts.the(role, item)
        if person and (role, person) not in seen and " " in person:
            seen.add((role, person))
            theirs = facts.true(role, person)
            if _FEWEST <= len(theirs) <= MOST:
                yield role, person, theirs


def _only_of_a_year(facts: Facts, role: str, person: str, first: Item) -> Item | None:
    """Return an item of somebody's that is their only one of its year, and not the first."""
    theirs = [item for item in facts.all_of(role, person) if item.year]
    years = [item.year for item in theirs]
    alone = [item for item in theirs if years.count(item.year) == 1 and item.id != first.id]
    return facts.rng.choice(alone) if alone else None


def _claim(facts: Facts, role: str, item: Item) -> QueryClaim | None:
    true, wrong = facts.the(role, item), facts.stranger(role, item)
    if true is None or wrong is None:
        return None
    return QueryClaim(anchor="item", items=[item.id], relation=role, claimed=wrong, true=true)


def _around(
    facts: Facts, role: str, person: str, theirs: Sequence[Item], anchors: Sequence[Item]
) -> Hard | None:
    for anchor, within in (
        ((facts.rng.choice(anchors), n) for n in _NEAR for _ in range(4)) if anchors else ()
    ):
        if anchor in theirs:
            continue
        truth = [item for item in theirs if abs((item.year or 0) - (anchor.year or 0)) <= within]
        if 0 < len(truth) < len(theirs):
            slots = {"V": person, "role": role, "A": anchor.title, "n": str(within)}
            return Hard("quantity", "explicit", "around", slots, truth, (anchor,))
    return None


def _latest(
    facts: Facts, role: str, person: str, theirs: Sequence[Item], anchors: Sequence[Item]
) -> Hard | None:
    section = facts.rng.choice(("latest", "earliest"))
    ordered = sorted(theirs, key=lambda item: item.year or 0, reverse=section == "latest")
    for count in facts.rng.sample(sorted(_NUMBERS), len(_NUMBERS)):
        if count < len(ordered) and ordered[count - 1].year != ordered[count].year:
            slots = {"V": person, "role": role, "n": _NUMBERS[count]}
            return Hard("quantity", "explicit", section, slots, ordered[:count])
    return None
