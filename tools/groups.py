"""group_favourites: what people of an age, a gender, an occupation over-choose."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from kg.graph import Years
from kg.taste.types import FloatArray, Group
from kg.types import Condition
from tools import args
from tools.candidates import Allowed, best_hits, check_k
from tools.errors import ToolError, nearest
from tools.knowledge import Asker, Knowledge
from tools.theme import BESIDE_GROUP, relative, theme
from tools.types import Favourites

if TYPE_CHECKING:
    from kg.taste.groups import Groups


def group_favourites(
    knowledge: Knowledge,
    gender: str | None = None,
    age: int | None = None,
    occupation: str | None = None,
    text: str = "",
    conditions: list[Condition] | None = None,
    exclude_items: list[str] | None = None,
    year_from: int | None = None,
    year_to: int | None = None,
    domain: str | None = None,
    k: int = 10,
) -> Favourites:
    """Find the `k` items that a group of people chooses more than others do, best first. That is not proof.

    `gender` is "F" or "M", `age` in years; give only what the person said, never what you infer.

    `occupation` is one that this catalogue knows. Without any of them, what the person is known to have said
    is taken. `text` is the theme in the person's words. With conditions, years or a domain, only items that
    satisfy them are returned, with the proving edges. `group` is who was taken, `people` how many they are.
    """
    graph = knowledge.graph
    check_k(k)
    groups = knowledge.taste.groups
    group = named_group(knowledge, Asker(gender=gender, age=age, occupation=occupation))
    allowed = Allowed(
        conditions or [], Years(year_from, year_to), domain, exclude_items or [], knowledge.asker.wishes
    )
    allowed = allowed.without(knowledge.asker.history)
    positions = allowed.positions(graph)
    scores = relative(groups.favourites(group))
    if text.strip():
        scores = scores + BESIDE_GROUP * theme(knowledge, text).scores
    hits = best_hits(graph, scores, positions, k)
    evidence = args.evidence(graph, [each.id for each in hits], allowed.conditions)
    return Favourites(tuple(hits), _called(groups, group), groups.size(group), evidence)


def named_group(knowledge: Knowledge, who: Asker) -> Group:
    """Return the group of what was said, or if nothing was, of what is known of the person who asks.

    Raises:
        ToolError: nothing is known, or the catalogue does not know people like that.
    """
    groups = knowledge.taste.groups
    who = who if who.has_profile else known_part(knowledge, knowledge.asker)
    if not who.has_profile:
        raise ToolError("give a gender, an age or an occupation; nothing of the kind is known of the person.")
    if who.gender is not None and who.gender not in groups.genders:
        raise ToolError(f"gender is {who.gender[:40]!r}; this catalogue knows {_listed(groups.genders)}.")
    if who.occupation is not None and who.occupation not in groups.occupations:
        raise ToolError(
            f"nobody in this catalogue is known as {who.occupation[:80]!r}; it knows"
            f" {_listed(groups.occupations)}.{nearest(who.occupation, groups.occupations)}"
        )
    band = groups.band(who.age) if who.age is not None else None
    if who.age is not None and (band is None or who.age < 0):
        raise ToolError(f"age is {who.age}; this catalogue knows {_listed(list(groups.bands.values()))}.")
    group = Group(who.gender, band, who.occupation)
    if not groups.size(group):
        raise ToolError(f"nobody in this catalogue is {_called(groups, group)}; leave something out.")
    return group


def known_part(knowledge: Knowledge, who: Asker) -> Asker:
    """Return somebody without what the catalogue's people are not, so that the rest can still count."""
    groups = knowledge.taste.groups
    gender = who.gender if who.gender in groups.genders else None
    occupation = who.occupation if who.occupation in groups.occupations else None
    band = groups.band(who.age) if who.age is not None and who.age >= 0 else None
    for group in (Group(gender, band, occupation), Group(gender, band)):
        if groups.size(group):
            age = who.age if group.age is not None else None
            return replace(who, gender=group.gender, age=age, occupation=group.occupation)
    return replace(who, gender=gender, age=None, occupation=None)


def shares(knowledge: Knowledge, who: Asker) -> FloatArray:
    """Return how much the group of somebody over-chooses every item, (n_items,) float32.

    Raises:
        ToolError: as `named_group`.
    """
    return knowledge.taste.groups.favourites(named_group(knowledge, who))


def _called(groups: Groups, group: Group) -> dict[str, str]:
    said = {"gender": group.gender, "occupation": group.occupation}
    if group.age is not None:
        said["age"] = groups.bands[group.age]
    return {name: value for name, value in said.items() if value is not None}


def _listed(known: list[str]) -> str:
    return ", ".join(known) if known else "none"
