"""A small grammar in plain text: sections of alternatives, read once, expanded at random.

A file holds sections `== name`; every other line is an alternative, with a weight in front if it is not 1
(`3* text`), `#` lines are comments. Inside an alternative `{name}` is a slot or another section, `{.name}` a
section of the relation spoken of, `<a|b|>` a choice, `[films/film]` the plural or the singular.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

from kg.errors import DataError

_FOLDER = Path(__file__).parent / "words"
_WEIGHT = re.compile(r"(\d+)\* ")
_LOOKS = {"{": "}", "<": ">", "[": "]"}

Slot = str | Callable[[], str]


class Alternative(NamedTuple):
    """One way to say a section: `place` names it in traces."""

    place: str
    weight: int
    template: str


@cache
def sections(folder: Path = _FOLDER) -> Mapping[str, Sequence[Alternative]]:
    """Return every section of every word file of a folder."""
    found: dict[str, list[Alternative]] = {}
    for path in sorted(folder.glob("*.txt")):
        if path.name == "genres.txt":
            continue
        name = ""
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            if line.startswith("== "):
                name = f"{path.stem}.{line[3:].strip()}"
                found.setdefault(name, [])
            elif line.strip() and not line.startswith("#"):
                if not name:
                    raise DataError("words before the first section", path=path, line=number)
                weight = _WEIGHT.match(line)
                text = line[weight.end() :] if weight else line
                place = f"{name}#{len(found[name])}"
                found[name].append(Alternative(place, int(weight[1]) if weight else 1, text.rstrip("\n")))
    return found


def alternatives(name: str, folder: Path = _FOLDER) -> Sequence[Alternative]:
    """Return the alternatives of a section, none if there is no such section."""
    return sections(folder).get(name, ())


class Expander:
    """Expands templates with one source of chance, for one domain; `trace` notes what was chosen."""

    def __init__(
        self,
        domain: str,
        rng: random.Random,
        slots: Mapping[str, Slot] | None = None,
        folder: Path = _FOLDER,
    ):
        self.domain, self.rng, self.folder = domain, rng, folder
        self.slots: dict[str, Slot] = dict(slots or {})
        self.trace: list[str] = []
        self.singular = False
        self.relation: tuple[str, ...] = ()

    def choose(self, names: Iterable[str], accept: Callable[[str], bool] = lambda _: True) -> str | None:
        """Return the template of one alternative out of some sections; None if none is acceptable."""
        found = [each for name in names for each in alternatives(name, self.folder) if accept(each.template)]
        if not found:
            return None
        chosen = self.rng.choices(found, [each.weight for each in found])[0]
        self.trace.append(chosen.place)
        return chosen.template

    def say(self, *names: str, **slots: Slot) -> str:
        """Return an alternative of some sections, expanded.

        Raises:
            LookupError: there is none.
        """
        template = self.choose(names)
        if template is None:
            raise LookupError(f"no words for {', '.join(names)}")
        return self.fill(template, **slots)

    def fill(self, template: str, **slots: Slot) -> str:
        """Return a template expanded, with `slots` besides those that always hold."""
        before = self.slots
        self.slots = {**before, **slots}
        try:
            return "".join(self._parts(template))
        finally:
            self.slots = before

    def _parts(self, template: str) -> Iterable[str]:
        at = 0
        while at < len(template):
            close = _LOOKS.get(template[at])
            if close is None:
                yield template[at]
                at += 1
                continue
            end = _matching(template, at)
            inside = template[at + 1 : end]
            if close == "}":
                yield self._slot(inside.removesuffix("+"))
            elif close == "]":
                yield from self._parts(inside.split("/")[self.singular])
            else:
                yield from self._parts(self.rng.choice(_choices(inside)))
            at = end + 1

    def _slot(self, name: str) -> str:
        if name in self.slots:
            value = self.slots[name]
            return value if isinstance(value, str) else value()
        if name.startswith("."):
            return self.say(*(f"roles.{each}{name}" for each in self.relation))
        return self.say(*(f"{stem}.{name}{where}" for stem in _COMMON for where in ("", f"@{self.domain}")))


_COMMON = ("ask", "scenes")


def _matching(template: str, at: int) -> int:
    """Return where the bracket that opens at `at` closes."""
    depth, close = 0, _LOOKS[template[at]]
    for place in range(at, len(template)):
        depth += (template[place] == template[at]) - (template[place] == close)
        if depth == 0:
            return place
    raise DataError(f"a bracket is not closed in {template!r}")


def _choices(inside: str) -> list[str]:
    """Split at the bars that are not inside brackets."""
    parts, depth = [""], 0
    for letter in inside:
        depth += (letter in _LOOKS) - (letter in _LOOKS.values())
        if letter == "|" and depth == 0:
            parts.append("")
        else:
            parts[-1] += letter
    return parts
