"""Terms: the ways to read one part of a request as a condition, each with how unlikely it is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice, product

from agent.builtin.desk import Call, Desk
from agent.builtin.reading import Name, Reading, Reference

MAX_READINGS = 24
_ASIDE = frozenset(("country", "language", "media_type", "cover_artist", "previous_work", "subsequent_work"))


@dataclass(frozen=True, slots=True)
class Option:
    """One way to read a term: a condition, and how unlikely this way is (0: as stated)."""

    relation: str
    value: str
    rank: int

    @property
    def condition(self) -> dict[str, str]:
        """The condition as a tool's argument."""
        return {"relation": self.relation, "value": self.value}


Term = tuple[Option, ...]


def name_term(roles: Sequence[str], name: Name) -> Term:
    """Return the ways to read a name: in a stated role if it has one there, else in the roles it has."""
    stated = [(role, choice) for role in roles for choice in name.choices if role in choice.roles]
    if stated:
        pairs = [(role, choice.label) for role, choice in stated]
    else:
        pairs = [
            (role, choice.label)
            for choice in name.choices[:4]
            for role in list(choice.roles)[:3]
            if role not in _ASIDE and role != "genre"
        ]
    return tuple(Option(role, label, rank) for rank, (role, label) in enumerate(dict.fromkeys(pairs)))


def category_term(name: Name) -> Term:
    """Return the ways to read a category: all that are called so, none likelier than another."""
    labels = dict.fromkeys(choice.label for choice in name.choices)
    exact = [choice.label for choice in name.choices if choice.match == "full"]
    return tuple(Option("genre", label, 0) for label in (exact if len(labels) > MAX_READINGS else labels))


def resolve(reading: Reading, desk: Desk) -> list[Term]:
    """Resolve every reference with `resolve_reference`, all in one turn; without that tool they are lost."""
    if not desk.has("resolve_reference"):
        return []
    terms = []
    asked = [(ref, _reference_calls(ref)) for ref in reading.references]
    answers = iter(desk.ask_all([call for _, calls in asked for call in calls]))
    for _, calls in asked:
        found = [next(answers) for _ in calls]
        best = max(
            (len(f["items"]) and max((v["items"] for v in f["values"]), default=0) for f in found if f),
            default=0,
        )
        options = [
            Option(f["relation"], v["value"], rank)
            for rank, f in enumerate(found)
            if f
            for v in f["values"]
            if v["items"] == best
        ]
        terms.append(tuple(options))
    return terms


def _reference_calls(reference: Reference) -> list[Call]:
    """Return one call for every role and every way to read the titles, the likeliest first."""
    titles = [title.choices[:3] for title in reference.titles if title.choices]
    ways = islice(product(*titles), 6) if titles else ()
    items = [list(dict.fromkeys(choice.id for choice in way)) for way in ways]
    return [
        Call("resolve_reference", {"items": ids, "relation": role})
        for role in reference.roles
        for ids in items
        if ids
    ]
