"""Demographic plans: groups of users by attribute permutations and what they over-choose (section 1.3.2)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain, combinations, pairwise, zip_longest
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from bench.plans.conditions import named, style
from bench.plans.material import IntArray, Material
from bench.plans.types import Plan
from bench.types import Profile, QueryCondition
from kg.types import User

GROUPS = 10  # the largest of every combination of attributes, as in the authors' files
LEAST = 5  # users a group must have
TOP = 10
_FEWEST = 2  # favourites that must share a genre to be asked for together
_ATTRIBUTES = ("age", "gender", "occupation")


class Group(NamedTuple):
    """Users who have some attributes in common: `users` is (u,) bool."""

    profile: Profile
    users: npt.NDArray[np.bool_]


def demographics(material: Material) -> Iterator[Plan]:
    """Yield demographic plans: every group's favourites, then by genre, groups in turn."""
    rng = material.rng("demographic")
    users = list(material.catalogue.users)
    plans = [_of_group(material, group, rng.spawn(1)[0]) for group in groups(users)]
    yield from (plan for plan in chain.from_iterable(zip_longest(*plans)) if plan is not None)


def _of_group(material: Material, group: Group, rng: np.random.Generator) -> Iterator[Plan]:
    best = favourites(material, group.users)[:TOP]
    if not len(best):
        return
    yield _plan(material, group, best, (), rng)
    for value, items in _by_genre(material, best):
        stated = QueryCondition(relation=value[0], value=value[1])
        yield _plan(material, group, items, (stated,), rng)


def _plan(
    material: Material,
    group: Group,
    items: IntArray,
    conditions: tuple[QueryCondition, ...],
    rng: np.random.Generator,
) -> Plan:
    return Plan(
        id="",
        domain=material.domain,
        type="demographic",
        conditions=conditions,
        profile=group.profile,
        truth=named(material, items),
        style=style(rng),
    )


def _by_genre(material: Material, best: IntArray) -> list[tuple[tuple[str, str], IntArray]]:
    """Return the genres that some but not all favourites share, with these: most of them first."""
    held = sorted({value for item in best.tolist() for value in _genres(material, item)})
    sharing = [(value, best[[value in _genres(material, item) for item in best.tolist()]]) for value in held]
    kept = [(material.values[v], items) for v, items in sharing if _FEWEST <= len(items) < len(best)]
    return sorted(kept, key=lambda pair: (-len(pair[1]), pair[0]))


def _genres(material: Material, item: int) -> frozenset[int]:
    row = material.facts.indices[material.facts.indptr[item] : material.facts.indptr[item + 1]].tolist()
    return frozenset(v for v in row if material.values[v].relation == "genre" and material.asked[v])


def groups(users: Sequence[User]) -> list[Group]:
    """Return the largest groups of every combination of age, gender and occupation.

    Combinations in the order of the authors' files (single, pairs, all three), groups by size, ties by name.
    """
    bands = age_bands([user.age for user in users if user.age is not None])
    columns = {
        "age": np.array(
            [bands.get(user.age, "") if user.age is not None else "" for user in users], dtype=object
        ),
        "gender": np.array([user.gender or "" for user in users], dtype=object),
        "occupation": np.array([user.occupation or "" for user in users], dtype=object),
    }
    found: list[Group] = []
    for names in chain.from_iterable(combinations(_ATTRIBUTES, size) for size in (1, 2, 3)):
        rows = list(zip(*(columns[name].tolist() for name in names), strict=True))
        sizes = {row: rows.count(row) for row in set(rows) if all(row)}
        largest = sorted((row for row in sizes if sizes[row] >= LEAST), key=lambda row: (-sizes[row], row))
        for row in largest[:GROUPS]:
            profile = Profile(**dict(zip(names, row, strict=True)))
            found.append(Group(profile, np.array([each == row for each in rows], dtype=bool)))
    return found


def age_bands(ages: Sequence[int]) -> dict[int, str]:
    """Return how each age is said: 25 is `25-34` and 1 is `Under 18` where few ages stand for bands."""
    bounds = sorted(set(ages))
    if len(bounds) > 12 or len(bounds) < 2:
        return {age: str(age) for age in bounds}
    said = {low: f"{low}-{high - 1}" for low, high in pairwise(bounds)}
    said[bounds[-1]] = f"{bounds[-1]}+"
    if bounds[0] <= 1:
        said[bounds[0]] = f"Under {bounds[1]}"
    return said


def favourites(material: Material, users: npt.NDArray[np.bool_]) -> IntArray:
    """Return what a group over-chooses: positions, best first, ties by position.

    TF-IDF over users: the share of the group that chose an item times ln(all users / all who chose it), which
    gives the figures in the authors' files but for their log.
    """
    everyone = np.asarray(material.choices.sum(axis=0)).ravel()
    group = np.asarray(material.choices[np.flatnonzero(users)].sum(axis=0)).ravel()
    weight = np.log(len(users) / np.maximum(everyone, 1))
    score = group / max(int(users.sum()), 1) * weight
    order = np.argsort(-score, kind="stable")
    found: IntArray = order[score[order] > 0]
    return found
