"""Terms: the ways to read one part of a request as a condition, each with how unlikely it is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import islice, product

from agent.builtin.interpret.request import EntityMention, ParsedRequest, Reference
from agent.builtin.parse.chunks import WITHIN, Candidate
from agent.builtin.plan.tool_session import Call, ToolSession
from kg.types import TITLE

MAX_READINGS = 24
_MAX_DESCRIBED = 6
_BEHIND = frozenset(("producer", "editor", "distributor"))
_ASIDE = frozenset(("country", "language", "media_type", "cover_artist", "previous_work", "subsequent_work"))


@dataclass(frozen=True, slots=True)
class Alternative:
    """One way to read a term: a condition, and how unlikely this way is (0: as stated).

    Of a name: as it was `said`, the number of its items in this relation as `weight`, and whether the request
    leaves the relation `free`. `op` is how the value is compared, where it is.
    """

    relation: str
    value: str
    rank: int
    said: str = ""
    weight: int = 0
    free: bool = False
    op: str = ""

    @property
    def condition(self) -> dict[str, str]:
        """The condition as a tool's argument."""
        stated = {"relation": self.relation, "value": self.value}
        op = self.op or ("contains" if self.relation == TITLE else "")
        return stated | ({"op": op} if op else {})

    @classmethod
    def of(cls, condition: Mapping[str, str]) -> Alternative:
        """Return a condition as the only way to read a term."""
        return cls(condition["relation"], condition["value"], 0, op=condition.get("op", ""))


Disjunction = tuple[Alternative, ...]


def name_term(roles: Sequence[str], name: EntityMention, *, alone: bool = False) -> Disjunction:
    """Return the ways to read a name: in a stated role if it has one there, else in the roles it has.

    Where something is from is one of them if the name stands `alone`: 'French', not 'French subtitles'.
    """
    stated = [(role, choice) for role in roles for choice in name.choices if role in choice.roles]
    if set(roles) == {"writer", "author"}:  # 'what did X write': what they wrote more of
        stated.sort(key=lambda pair: -pair[1].roles[pair[0]])
    held = [(role, choice) for choice in name.choices[:4] for role in _telling(choice)[:3] if role != "genre"]
    pairs = stated or [pair for pair in held if pair[0] not in _ASIDE] or (held if alone else [])
    kept = {(role, choice.label): choice for role, choice in reversed(pairs)}
    return tuple(
        Alternative(
            role,
            label,
            rank,
            name.text,
            kept[role, label].roles[role],
            not roles,
            "contains" if kept[role, label].match == WITHIN else "",
        )
        for rank, (role, label) in enumerate(dict.fromkeys((role, c.label) for role, c in pairs))
    )


def _telling(choice: Candidate) -> list[str]:
    """Return the roles of somebody, those that a bare name rather means first: a director, no producer.

    Others come before only with more than twice the items; what a director wrote with half as many more.
    """
    weights = {role: n * (1 if role in _BEHIND else 2) for role, n in choice.roles.items()}
    directed, wrote = choice.roles.get("director", 0), choice.roles.get("writer", 0)
    if directed < wrote and 2 * wrote <= 3 * directed:
        weights["director"] = weights["writer"] + 1
    return sorted(choice.roles, key=lambda role: -weights[role])


def category_term(name: EntityMention) -> Disjunction:
    """Return the ways to read a category: all that are called so, none likelier than another."""
    labels = dict.fromkeys(choice.label for choice in name.choices)
    exact = [choice.label for choice in name.choices if choice.match == "full"]
    return tuple(
        Alternative("genre", label, 0) for label in (exact if len(labels) > MAX_READINGS else labels)
    )


def resolve(reading: ParsedRequest, session: ToolSession) -> tuple[list[Disjunction], list[str]]:
    """Resolve every reference with `resolve_reference`, all in one turn; without that tool they are lost.

    Returns the terms, and the items that were only described ('the film that N edited').
    """
    if not session.has("resolve_reference"):
        return [], []
    described = _described_items(reading.references, session)
    asked = [
        (ref, _reference_calls(ref, items)) for ref, items in zip(reading.references, described, strict=True)
    ]
    answers = iter(session.call_all([call for _, calls in asked for call in calls]))
    terms: list[Disjunction] = []
    for ref, calls in asked:
        found = [next(answers) for _ in calls]
        best = max(
            (len(f["items"]) and max((v["items"] for v in f["values"]), default=0) for f in found if f),
            default=0,
        )
        options = [
            Alternative(f["relation"], v["value"], rank)
            for rank, f in enumerate(found)
            if f
            for v in f["values"]
            if v["items"] == best
        ]
        terms += [_in_roles(options, roles) for roles in ref.wanted_as] or [tuple(options)]
    return terms, [items[0] for items in described if items]


def _in_roles(options: list[Alternative], roles: Sequence[str]) -> Disjunction:
    """Return who was found, wanted in other roles."""
    return tuple(
        Alternative(role, alternative.value, alternative.rank) for alternative in options for role in roles
    )


def _described_items(references: Sequence[Reference], session: ToolSession) -> list[list[str]]:
    """Find the items that are only described: 'the film that N edited'; none where titles are named."""
    described = [ref for ref in references if ref.described_by and session.has("find_items")]
    answers = iter(session.call_all([_description_call(ref) for ref in described]))
    found = [next(answers) if ref in described else None for ref in references]
    return [[hit["id"] for hit in hits["items"][:_MAX_DESCRIBED]] if hits else [] for hits in found]


def _description_call(reference: Reference) -> Call:
    terms = [name_term(wanted.roles, wanted.name) for wanted in reference.described_by]
    first, last = reference.years
    limits = {"year_from": first, "year_to": last}
    return Call(
        "find_items",
        {"conditions": [term[0].condition for term in terms if term]}
        | {name: year for name, year in limits.items() if year is not None},
    )


def _reference_calls(reference: Reference, described: Sequence[str]) -> list[Call]:
    """Return one call for every way to read the titles and every role, the likeliest first."""
    titles = [title.choices[:3] for title in reference.titles if title.choices]
    ways = islice(product(*titles), 6) if titles else ()
    items = [list(dict.fromkeys(choice.id for choice in way)) for way in ways] + [
        [item] for item in described
    ]
    return [
        Call("resolve_reference", {"items": ids, "relation": role})
        for ids in items
        for role in reference.roles
        if ids
    ]
