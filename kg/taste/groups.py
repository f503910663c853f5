"""What groups of people choose more than others do (section 1.3.2 of arXiv 2503.09382)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import pairwise

import numpy as np
import numpy.typing as npt
from scipy import sparse

from kg.catalogue import Histories
from kg.taste.choices import matrix
from kg.taste.types import ATTRIBUTES, FloatArray, Group
from kg.types import User

_SMALL = 10  # people that the wider groups are worth beside those of a group
_KEPT = 4_000_000  # shares that are kept of the latest groups: many are wider than another


@dataclass(frozen=True)
class Groups:
    """The users of a catalogue by what is known of them, in the order of `chosen`, (n_users, n_items)."""

    users: Sequence[User]
    chosen: sparse.csr_array

    @cached_property
    def genders(self) -> list[str]:
        """The genders of users, by name."""
        return sorted({user.gender for user in self.users if user.gender})

    @cached_property
    def occupations(self) -> list[str]:
        """The occupations of users, by name."""
        return sorted({user.occupation for user in self.users if user.occupation})

    @cached_property
    def bands(self) -> dict[int, str]:
        """The age bands by their lower bound, and how they are said: 25 is "25-34", the last "56+"."""
        bounds = sorted({user.age for user in self.users if user.age is not None})
        said = {low: f"{low}-{high - 1}" if high - low > 1 else str(low) for low, high in pairwise(bounds)}
        if bounds:
            said[bounds[-1]] = f"{bounds[-1]}+"
            if len(bounds) > 1:
                said[bounds[0]] = f"under {bounds[1]}"
        return said

    def band(self, age: int) -> int | None:
        """Return the lower bound of the band that an age in years lies in; None without ages."""
        bounds = sorted(self.bands)
        return max((low for low in bounds if low <= age), default=bounds[0] if bounds else None)

    def size(self, group: Group) -> int:
        """Return how many people belong to a group."""
        return int(self._members(group).sum())

    def favourites(self, group: Group) -> FloatArray:
        """Return how much a group over-chooses every item, (n_items,) float32, higher is more.

        TF-IDF over users: the share of the group that chose an item times ln(all users / all who chose it).
        The share of a small group leans on those of the wider groups, as if `_SMALL` of their people
        belonged to it.
        """
        return np.asarray(self._shares(group) * self._rarity, dtype=np.float32)

    @cached_property
    def _rarity(self) -> npt.NDArray[np.float64]:
        everyone = np.bincount(self.chosen.indices, minlength=self.chosen.shape[1])
        return np.asarray(np.log(max(len(self.users), 1) / np.maximum(everyone, 1)))

    @cached_property
    def _shares(self) -> Callable[[Group], npt.NDArray[np.float64]]:
        return lru_cache(max(1, _KEPT // max(1, self.chosen.shape[1])))(self._counted)

    def _counted(self, group: Group) -> npt.NDArray[np.float64]:
        members = self._members(group)
        theirs = self.chosen[np.flatnonzero(members)].indices
        count = np.bincount(theirs, minlength=self.chosen.shape[1])
        if not group.wider:
            return count / max(int(members.sum()), 1)
        wider = np.mean([self._shares(each) for each in group.wider], axis=0)
        return np.asarray((count + _SMALL * wider) / (int(members.sum()) + _SMALL))

    def _members(self, group: Group) -> npt.NDArray[np.bool_]:
        fits = np.ones(len(self.users), dtype=bool)
        for name, values in self._known.items():
            wanted = getattr(group, name)
            fits &= values == wanted if wanted is not None else True
        return fits

    @cached_property
    def _known(self) -> dict[str, npt.NDArray[np.object_]]:
        """What is known of every user, by attribute: (n_users,) of str, int or None."""
        return {
            name: np.array([getattr(user, name) for user in self.users], dtype=object) for name in ATTRIBUTES
        }


def fit(histories: Histories, users: Sequence[User], n_items: int) -> Groups:
    """Keep who chose what beside who they are: `users` in the order of the histories."""
    return Groups(users, matrix(histories, n_items))
