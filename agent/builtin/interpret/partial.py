"""What has been settled of a request so far, and what names and titles in it have in common."""

from __future__ import annotations

from dataclasses import dataclass, field

from agent.builtin.parse.arguments import Predicate
from agent.builtin.parse.chunks import Chunk


@dataclass
class PartialRequest:
    """What has been settled so far, by positions of atoms.

    A claim says whether more is wanted of its titles; `recast` maps a reference to the roles in which who is
    found is wanted; `told` are references to whatever satisfies conditions; `stated` are roles in which a
    name is wanted in so many words; `places` says where a reference is made.
    """

    wanted: list[tuple[tuple[str, ...], int]] = field(default_factory=list)
    references: list[tuple[tuple[str, ...], tuple[int, ...]]] = field(default_factory=list)
    claims: list[tuple[tuple[str, ...], int, tuple[int, ...], bool]] = field(default_factory=list)
    open_roles: list[str] = field(default_factory=list)
    none_of: list[tuple[tuple[str, ...], int]] = field(default_factory=list)
    recast: dict[tuple[tuple[str, ...], tuple[int, ...]], list[tuple[str, ...]]] = field(default_factory=dict)
    told: list[tuple[tuple[str, ...], Predicate]] = field(default_factory=list)
    stated: list[tuple[tuple[str, ...], str]] = field(default_factory=list)
    places: dict[tuple[tuple[str, ...], tuple[int, ...]], int] = field(default_factory=dict)


def overlap(left: tuple[str, ...], right: tuple[str, ...]) -> tuple[str, ...]:
    """Return the roles of `left` that are in `right` too, in their order."""
    return tuple(role for role in left if role in right)


def items_of(chunks: list[Chunk], run: tuple[int, ...]) -> set[str]:
    """Return the items that titles most likely mean: two mentions of one film are one."""
    return {choice.id for k in run for choice in chunks[k].choices[:1]}


def opens(chunks: list[Chunk], i: int) -> bool:
    """Tell whether a name is one word at the start of a sentence: 'Witches, custody battles, yes please!'."""
    kinds = {role for choice in chunks[i].choices for role in choice.roles}
    return kinds == {"series"} and " " not in chunks[i].text and (i == 0 or chunks[i - 1].text == ".")
