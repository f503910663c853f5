"""A measure: a relation that can be compared, with what it measures and the words for it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from agent.builtin.lexicon.load import words
from agent.builtin.lexicon.units import MONEY, Unit, unit_called
from kg.literals import Literals
from kg.types import YEAR, Kind
from kg.values import shown

Form = Literal["name", "verb", "low", "high", "lower", "higher", "lowest", "highest", "label"]
End = Literal["low", "high"]
Words = tuple[str, ...]
_TIMES = {"nights": "days", "days": "days", "weeks": "weeks", "months": "months"}  # by what they are called
_RATED = re.compile(  # what somebody is paid for a time: 'personal_trainer_per_hour', not 'classes_per_week'
    r"(?:.*_)?[a-z]*[^s_]_per_(?:hour|day|night|week|month|year|session|lesson|visit)"
)
_FOR_TIME = re.compile(r"(?:.*_)?(?:hourly|daily|nightly|weekly|monthly)_(?:rate|price|cost|fee|charge)")
_OUT_OF = (5.0, 10.0, 100.0)


@dataclass(frozen=True, slots=True)
class Measure:
    """A relation that can be compared: a number, a date, a flag, or a category with a `scale`.

    `topics` are what it measures ("price"), by its name and unit; `own` its words in the catalogue's wording.
    `extra`: money for something beside the items, where another measure is what these cost. `limitless`: some
    items have no limit here, which `literals` leave out.
    """

    name: str
    kind: Kind
    unit: str = ""
    scale: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    own: Mapping[str, Sequence[str]] = field(default_factory=dict, compare=False)
    literals: Literals | None = field(default=None, compare=False, repr=False)
    extra: bool = False
    limitless: bool = False

    @property
    def said_unit(self) -> Unit | None:
        """What its numbers are counted in; None if that is not known. Nights are counted as days."""
        counted = _TIMES.get(self.name, "") if self.kind == Kind.NUMBER else ""
        return unit_called(self.unit or counted) if self.unit or counted else None

    @property
    def is_money(self) -> bool:
        """Whether any currency fits, or its own one."""
        unit = self.said_unit
        rated = self.kind == Kind.NUMBER and not self.unit and _RATED.fullmatch(self.name) is not None
        return "price" in self.topics or rated or (unit is not None and unit.dimension in MONEY)

    @property
    def is_beside_price(self) -> bool:
        """Whether it is paid beside what an item costs: a deposit, extra costs."""
        return self.extra or not words("measures", "beside a price").isdisjoint(self.name.split("_"))

    @property
    def out_of(self) -> float:
        """What its values are out of, such as 5 stars; 0 if it is no rating."""
        if "rating" not in self.topics:
            return 0.0
        top = float(self.literals.values.max(initial=0)) if self.literals is not None else 0.0
        return next((most for most in _OUT_OF if top <= most), 0.0)

    def third(self, end: End) -> str | None:
        """Return the value that bounds the lowest ("low") or highest third; None if nothing is known."""
        held = self.literals
        if held is None or not len(held.values):
            return None
        place = (len(held.values) - 1) // 3
        at = held.order[place if end == "low" else len(held.values) - 1 - place]
        return shown(held.kind, held.values[at])


def is_paid_for_time(name: str) -> bool:
    """Tell whether a name is of what is paid for a time, in whichever money: 'hourly_rate'."""
    return _FOR_TIME.fullmatch(name) is not None


YEAR_OF_ITEMS = Measure(str(YEAR), Kind.NUMBER, topics=("released",))  # is only sorted by; read elsewhere
