"""How a line that was begun may go on: commands, and titles and names of the catalogue."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from functools import cached_property

import numpy as np

from kg.graph import KnowledgeGraph

_MOST = 50_000  # titles, the best known of them, and as many names
_LEAST = 2  # letters
_ARTICLE = re.compile(r"(?:the|an?) ", re.IGNORECASE)
_LAST = "\U0010ffff"


class Completion:
    """Completes lines of a chat: `commands` are its commands with what may come after each."""

    def __init__(self, graph: KnowledgeGraph, commands: dict[str, Sequence[str]]):
        self.graph = graph
        self.commands = commands

    def __call__(self, line: str) -> list[str]:
        """Return the whole lines that a line may become, in alphabetical order."""
        if line.startswith("/") and (found := self._of_commands(line)):
            return found
        starts = [m.end() for m in re.finditer(r"(?:^|(?<=[\s\"“(]))", line)]
        for start in starts:
            if len(begun := line[start:]) >= _LEAST and (found := self._named(begun)):
                return [line[:start] + each for each in found]
        return []

    def _of_commands(self, line: str) -> list[str]:
        """Return the commands that begin so, or what may come after one."""
        if " " not in line:
            named = sorted(name for name in self.commands if name.startswith(line))
            return [f"{name} " if self.commands[name] else name for name in named]
        name, _, begun = line.partition(" ")
        return [f"{name} {word}" for word in self.commands.get(name, ()) if word.startswith(begun)]

    def _named(self, begun: str) -> list[str]:
        """Return the titles and names that begin so, in any case of letters."""
        wanted = begun.casefold()
        low = bisect_left(self._names, (wanted, ""))
        high = bisect_left(self._names, (wanted + _LAST, ""))
        return list(dict.fromkeys(name for _, name in self._names[low:high]))

    @cached_property
    def _names(self) -> list[tuple[str, str]]:
        """Titles and names with the form they are found by, sorted by it; made when first asked for."""
        graph = self.graph
        best = graph.by_popularity(np.arange(graph.catalogue.offered, dtype=np.int32), _MOST)
        titles = (each.title for each in graph.at(best.tolist()))
        labels = (each.label for each in graph.catalogue.entities[:_MOST])
        return sorted({(form.casefold(), form) for form in _forms([*titles, *labels])})


def _forms(names: Iterable[str]) -> Iterable[str]:
    """Yield names as they can be typed, with their article and without."""
    for name in names:
        if name.isprintable():
            yield name
            if article := _ARTICLE.match(name):
                yield name[article.end() :]
