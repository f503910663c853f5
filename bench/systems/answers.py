"""Anybody's answers, read from a file: `{"id", "items": […]}` or `{"id", "titles": […]}` a line."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

from bench import jsonl
from bench.types import Answer, Query
from kg.errors import DataError
from kg.forms import Form
from kg.graph import KnowledgeGraph
from kg.text import name_key, split_title


class Answers:
    """Looks answers up by query id. A query the file does not answer counts as answered with nothing."""

    def __init__(self, path: Path, graph: KnowledgeGraph, ids: Collection[str], k: int | None = None):
        self.graph = graph
        self.k = k
        self.by_id: dict[str, Answer] = {}
        for number, row in jsonl.read(path, Answer):
            if row.id in self.by_id:
                raise DataError(
                    f"a second answer to {row.id!r}", path=path, line=number, remedy="Keep one of them."
                )
            if row.id not in ids:
                problem = f"no query has the id {row.id!r}"
                raise DataError(
                    problem, path=path, line=number, remedy="Score it with the queries it answers."
                )
            self.by_id[row.id] = row

    def answer(self, query: Query) -> Answer:
        """Return the answer in the file, titles matched to the catalogue."""
        found = self.by_id.get(query.id) or Answer(id=query.id)
        if found.items or not found.titles:
            return found
        matched = [(title, self._match(title, query.domain)) for title in found.titles[: self.k]]
        return found.model_copy(
            update={
                "items": [item for _, item in matched if item],
                "unmatched": [title for title, item in matched if not item],
            }
        )

    def _match(self, title: str, domain: str) -> str | None:
        """Return the item of a title.

        It has the same normal form, and the same year where the title gives one that fits.
        """
        apart = split_title(title)
        refs = self.graph.names.lookup([name_key(apart.title)])[0]
        items = [self.graph.catalogue.items[r.code] for r in refs if r.is_item and r.form <= Form.ALIAS]
        fit = [item for item in items if item.domain == domain and self.graph.offers(item.id)]
        if apart.year is not None:
            fit = [item for item in fit if item.year is None or abs(item.year - apart.year) <= 1]
        return fit[0].id if fit else None
