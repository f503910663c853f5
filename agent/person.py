"""A person as remembered: what they liked, disliked and saw, and the preferences that follow from it.

Everything here is a pure function of what was said or chosen; where it is kept is `agent.people`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from agent.builtin.lexicon.profiles import GENDERS
from agent.interests import BATCH, CHOSEN, DISLIKED, LIKED, Choice, Interests, Weights, batches
from kg.graph import KnowledgeGraph
from kg.types import ItemId
from tools.knowledge import Asker
from tools.wishes import Wish

WISHES = 100  # that are remembered of a person


@dataclass(frozen=True, slots=True)
class Profile:
    """What a person said of themselves; None where they said nothing. It is never inferred."""

    gender: str | None = None
    age: int | None = None
    occupation: str | None = None


@dataclass(frozen=True, slots=True)
class Person:
    """What is remembered of somebody.

    `seen` is everything chosen, oldest first: what was liked or disliked was seen as well. `likes` and
    `dislikes` are in the same order and have nothing in common. `wishes` stand over requests, oldest first.
    """

    id: str
    likes: tuple[ItemId, ...] = ()
    dislikes: tuple[ItemId, ...] = ()
    seen: tuple[ItemId, ...] = ()
    short_term: Weights = ()
    long_term: Weights = ()
    profile: Profile = Profile()
    wishes: tuple[Wish, ...] = ()

    @property
    def excluded(self) -> frozenset[ItemId]:
        """What is not to be recommended unless it is asked for: seen or disliked."""
        return frozenset(self.seen) | frozenset(self.dislikes)

    @property
    def asker(self) -> Asker:
        """What tools are told of them."""
        said = self.profile
        liked = frozenset(self.likes), frozenset(self.dislikes)
        gender = GENDERS.get(said.gender.casefold(), said.gender) if said.gender else None
        return Asker(self.seen, *liked, gender, said.age, said.occupation, self.wishes)

    @property
    def is_empty(self) -> bool:
        """Tell whether nothing is known of them."""
        return not (self.seen or self.wishes) and self.profile == Profile()


def choices(person: Person) -> list[Choice]:
    """Return what a person chose, oldest first, with what each choice counts."""
    liked, disliked = frozenset(person.likes), frozenset(person.dislikes)
    return [
        Choice(item, LIKED if item in liked else DISLIKED if item in disliked else CHOSEN)
        for item in person.seen
    ]


def latest(person: Person) -> list[Choice]:
    """Return the latest batch of choices, which the short-term interest comes from."""
    return list(batches(choices(person))[-1]) if person.seen else []


def has_long_term(person: Person) -> bool:
    """Tell whether there is more than one batch, so that the long term may differ from the short."""
    return len(person.seen) > BATCH


def chosen(
    person: Person,
    graph: KnowledgeGraph,
    *,
    likes: Sequence[ItemId] = (),
    dislikes: Sequence[ItemId] = (),
    seen: Sequence[ItemId] = (),
) -> Person:
    """Return the person after more choices.

    An opinion is a choice made now, whenever the item was seen; it replaces an earlier opinion. To have seen
    something again changes nothing.
    """
    disliked, known = frozenset(dislikes), frozenset(person.seen)
    likes = [item for item in likes if item not in disliked]
    voiced = {*likes, *dislikes}
    fresh = [item for item in seen if item not in voiced and item not in known]
    return _preferring(
        replace(
            person,
            likes=_ending(person.likes, likes, dislikes),
            dislikes=_ending(person.dislikes, dislikes, likes),
            seen=_ending(person.seen, [*fresh, *likes, *dislikes]),
        ),
        graph,
    )


def forgotten(person: Person, items: Iterable[ItemId], graph: KnowledgeGraph) -> Person:
    """Return the person as if they had never chosen these items."""
    gone = tuple(items)
    return _preferring(
        replace(
            person,
            likes=_ending(person.likes, (), gone),
            dislikes=_ending(person.dislikes, (), gone),
            seen=_ending(person.seen, (), gone),
        ),
        graph,
    )


def wishing(person: Person, added: Sequence[Wish], withdrawn: Sequence[Wish]) -> Person:
    """Return the person with wishes added and withdrawn; the last `WISHES` are kept."""
    gone = {each.key for each in (*added, *withdrawn)}
    kept = [each for each in person.wishes if each.key not in gone]
    return replace(person, wishes=(*kept, *added)[-WISHES:])


def with_history(key: str, history: Iterable[ItemId], graph: KnowledgeGraph) -> Person:
    """Return a person of whom a log of choices is known, oldest first; a repeat counts where it is last."""
    return _preferring(Person(key, seen=_ending((), list(history))), graph)


def _ending(
    items: Sequence[ItemId], added: Sequence[ItemId], gone: Sequence[ItemId] = ()
) -> tuple[ItemId, ...]:
    """Return items without repeats and without `gone`, `added` at the end."""
    last = tuple(dict.fromkeys(reversed([*items, *added])))[::-1]
    without = frozenset(gone)
    return tuple(item for item in last if item not in without)


def _preferring(person: Person, graph: KnowledgeGraph) -> Person:
    short, long = Interests(graph).preference(choices(person))
    return replace(person, short_term=short, long_term=long)
