"""All that is learned from the histories of a catalogue, each part when it is first asked for.

What follows what (`kg.taste.sequence`) is kept beside the catalogue; the rest needs no fitting.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import cached_property, partial
from pathlib import Path

import numpy as np
from scipy import sparse

from kg import catalogue as catalogues
from kg.catalogue import Catalogue, Histories
from kg.engines import HERE, Engine
from kg.kept import kept
from kg.taste import company, content, groups, sequence
from kg.taste.choices import only
from kg.taste.company import Company
from kg.taste.content import Content
from kg.taste.groups import Groups
from kg.taste.sequence import Successors

VERSION = 1  # raised whenever the same histories give other numbers
_FILE = "taste.json"


class Taste:
    """What people of a catalogue choose: what follows what, what goes together, what groups prefer.

    With `users` (positions), it is learned from these and nobody else, and kept in memory only. Other
    processes of an `engine` open the catalogue in `folder`.
    """

    def __init__(
        self,
        catalogue: Catalogue,
        folder: Path | None = None,
        users: Sequence[int] | None = None,
        engine: Engine = HERE,
    ):
        self._catalogue = catalogue
        self._engine, self._opened = engine, partial(_histories, folder)
        self._folder = None if folder is None or users is not None else folder / f"taste-{VERSION}"
        self._users = range(len(catalogue.users)) if users is None else users
        everybody = catalogue.histories or Histories.pack([[] for _ in catalogue.users])
        self._histories = everybody if users is None else only(everybody, users)

    def __bool__(self) -> bool:
        """Tell whether there is anything to learn from."""
        return len(self._histories.items) > 0

    @cached_property
    def successors(self) -> Successors:
        """What follows what; read if it is kept, else learned and kept."""
        if self._folder is None:
            return sequence.fit(self._histories, len(self._catalogue.items))
        n_items = len(self._catalogue.items)
        return kept(
            self._folder,
            lambda begun: _save(self._counted(n_items), begun),
            lambda folder: _load(folder, n_items),
        )

    def _counted(self, n_items: int) -> Successors:
        opened = None if self._engine is HERE else self._opened
        return sequence.fit(self._histories, n_items, engine=self._engine, opened=opened)

    @cached_property
    def company(self) -> Company:
        """What is chosen by the same people."""
        return company.fit(self._histories, len(self._catalogue.items))

    @cached_property
    def content(self) -> Content:
        """What items share by their facts."""
        return content.fit(self._catalogue)

    @cached_property
    def groups(self) -> Groups:
        """What people of an age, a gender, an occupation choose."""
        users = [self._catalogue.users[place] for place in self._users]
        return groups.fit(self._histories, users, len(self._catalogue.items))


def _histories(folder: Path | None) -> Histories:
    """Return the histories of the catalogue in a folder, for a process of its own."""
    found = None if folder is None else catalogues.load(folder).histories
    return found or Histories.pack([])


def _save(found: Successors, folder: Path) -> None:
    np.save(folder / "starts.npy", found.weight.indptr)
    np.save(folder / "after.npy", found.weight.indices)
    np.save(folder / "weight.npy", found.weight.data)
    np.save(folder / "people.npy", found.people.data)
    np.save(folder / "chosen.npy", found.chosen)
    said = {"version": VERSION, "within": sequence.WITHIN, "kept": sequence.KEPT, "items": len(found.chosen)}
    (folder / _FILE).write_text(json.dumps(said) + "\n", encoding="utf-8")


def _load(folder: Path, n_items: int) -> Successors:
    names = ("starts", "after", "weight", "people", "chosen")
    starts, after, weight, people, chosen = (np.load(folder / f"{name}.npy") for name in names)
    if len(chosen) != n_items:
        raise ValueError(f"it knows {len(chosen)} items, the catalogue has {n_items}")
    shape = (n_items, n_items)
    return Successors(
        sparse.csr_array((weight, after, starts), shape=shape),
        sparse.csr_array((people, after, starts), shape=shape),
        chosen,
    )
