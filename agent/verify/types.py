"""What a verification finds, as data."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

Verdict = Literal["proved", "contradicted", "unknown"]


@dataclass(frozen=True, slots=True)
class Met:
    """A condition of the request on one item, and what is stored there: `values`, none if unknown.

    Of conditions that must not hold (`denied`), "proved" means that something else is stored.
    """

    relation: str
    op: str
    value: str
    verdict: Verdict
    values: tuple[str, ...] = ()
    denied: bool = False


@dataclass(frozen=True, slots=True)
class Checked:
    """A recommended item that is known: as `said`, and the verdict of every condition.

    `verdict` is the worst of them. `offered` is False for what the catalogue knows only as a reference, and
    for what the request itself excludes.
    """

    id: str
    title: str
    year: int | None
    said: str
    verdict: Verdict
    conditions: tuple[Met, ...] = ()
    offered: bool = True


@dataclass(frozen=True, slots=True)
class CheckedClaim:
    """What an answer says of an item: proved, contradicted by what is `true`, or not known here."""

    item: str
    title: str
    relation: str
    claimed: str
    verdict: Verdict
    true: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Verification:
    """What holds of somebody's answer to a request.

    `unknown` are titles that are not in the catalogue. `ignored` are conditions of the request that no item
    of the answer was proved to meet. `unread` are words of the request that Usher could not use, so that
    nothing is said of them. `repaired` is an answer as `usher ask --json` gives it, of the items that hold
    and of Usher's own; None unless it was asked for.
    """

    request: str
    items: tuple[Checked, ...] = ()
    unknown: tuple[str, ...] = ()
    claims: tuple[CheckedClaim, ...] = ()
    ignored: tuple[Met, ...] = ()
    unread: tuple[str, ...] = ()
    repaired: dict[str, Any] | None = None

    @property
    def holds(self) -> bool:
        """Whether nothing in the answer is false, and every item is in the catalogue."""
        items = all(each.verdict != "contradicted" and each.offered for each in self.items)
        return items and not self.unknown and all(each.verdict != "contradicted" for each in self.claims)
