"""The authors' published queries read as they are: titles and names resolved to a catalogue.

`read` never fails for what a catalogue lacks: titles that name nothing in it are reported with the reason,
and a query is left out only where it could not be scored. `python -m bench.official DIR` prints the report.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Annotated, Literal

import typer

from agent.terminal import run_app
from bench.dataset import conditions
from bench.official_resolve import Left, Report, Resolver
from bench.official_rows import (
    FILES,
    Asked,
    ConditionRow,
    GroupRow,
    InterestRow,
    rows,
)
from bench.types import Profile, Query, QueryType
from kg.errors import DataError
from kg.graph import KnowledgeGraph
from kg.store import open_catalogue

Domain = Literal["movie", "book"]
ROWS: dict[QueryType, type[InterestRow | GroupRow]] = {"interest": InterestRow, "demographic": GroupRow}
DOMAINS: tuple[Domain, ...] = ("movie", "book")


def read(folder: Path, graph: KnowledgeGraph) -> tuple[list[Query], Report]:
    """Return the queries of the published files that the catalogue can hold, and the report.

    The files lie in `folder`, in `folder/movie` and `folder/book`, or below `folder/dataset`; domains that
    the catalogue does not have are passed over. A wording is a query: a record with a direct and a
    situational description makes two. `ground_truth` is what the file lists, which is the source user's part
    of the truth (see `with_kg_truth`); the history is the source user's in the catalogue without it (eq. 6).

    Raises:
        DataError: there is no such file for the catalogue's domains, a file is damaged, or an id comes twice.
    """
    report = Report()
    queries: list[Query] = []
    paths = list(files(folder, graph))
    if not paths:
        raise DataError(
            f"none of {', '.join(FILES.values())} for {' or '.join(graph.domains)}",
            path=folder,
            remedy="Give the authors' `dataset` folder, or the folder of one domain.",
        )
    resolvers = {domain: Resolver(graph, domain, report) for domain in dict.fromkeys(p[0] for p in paths)}
    for domain, kind, path in paths:
        reader = _Reader(resolvers[domain], domain, kind)
        queries += [query for query in reader.read(path) if query.ground_truth]
    twice = next((key for key, count in Counter(query.id for query in queries).items() if count > 1), None)
    if twice is not None:
        remedy = "Give every record of every file a data_idx of its own, or numbers."
        raise DataError(f"two queries have the id {twice!r}", path=folder, remedy=remedy)
    report.queries = len(queries)
    return queries, report


def with_kg_truth(query: Query, graph: KnowledgeGraph) -> Query:
    """Return the query with all items that satisfy its conditions as truth (eq. 7), taken off the history.

    What the file lists stays true and becomes `ground_truth_in_history`. Queries without conditions stay.
    """
    if not query.conditions:
        return query
    proved = graph.ids(graph.find(conditions(query), domain=query.domain))
    truth = [item for item in dict.fromkeys((*query.ground_truth, *proved)) if item not in query.ignore]
    history = [item for item in query.history if item not in truth]
    return query.model_copy(update={"ground_truth": truth, "history": history})


def files(folder: Path, graph: KnowledgeGraph) -> Iterator[tuple[Domain, QueryType, Path]]:
    """Yield the published files in `folder` for the catalogue's domains, in the order of `FILES`.

    Raises:
        DataError: there is no such folder.
    """
    if not folder.is_dir():
        raise DataError(
            "there is no such folder", path=folder, remedy="Give the folder of the authors' files."
        )
    for domain in DOMAINS:
        if domain in graph.domains:
            places = [folder / "dataset" / domain, folder / domain]
            if folder.name == domain or len(graph.domains) == 1:
                places.append(folder)
            for kind, name in FILES.items():
                path = next((place / name for place in places if (place / name).is_file()), None)
                if path is not None:
                    yield domain, kind, path


class _Reader:
    """Turns the records of one file into queries."""

    def __init__(self, resolver: Resolver, domain: Domain, kind: QueryType) -> None:
        self._resolver = resolver
        self._report = resolver.report
        self._domain = domain
        self._kind = kind

    def read(self, path: Path) -> Iterator[Query]:
        row: type[ConditionRow | InterestRow | GroupRow] = ROWS.get(self._kind, ConditionRow)
        seen: dict[str, int] = {}
        for number, record in rows(path, row):
            key = record.data_idx if record.data_idx is not None else str(number)
            if key in seen:
                problem = f"record {number}: data_idx {key!r} was already used by record {seen[key]}"
                raise DataError(problem, path=path, remedy="Give every record a data_idx of its own.")
            seen[key] = number
            # What `official_write` wrote has an id of ours for a number.
            stem = f"rb-{self._domain}-{self._kind}-{key}" if key.isdigit() else key
            if isinstance(record, ConditionRow):
                yield from self._conditioned(record, stem)
            elif isinstance(record, InterestRow):
                yield from self._interests(record, stem)
            elif isinstance(record, GroupRow):
                profile = Profile(**record.profile)
                for key, asked in _numbered(record.asked, stem):
                    yield self._query(key, asked.query, self._true(key, asked.subset), profile=profile)

    def _interests(self, record: InterestRow, stem: str) -> Iterator[Query]:
        common, preceding = self._resolver.items(record.common), self._resolver.items(record.before)
        for key, asked in _numbered(record.asked, stem):
            truth = self._true(key, asked.subset)
            # The common items are what is asked for; only where none of them is true do they come before it.
            before = preceding or ([] if set(common) & set(truth) else common)
            before = [item for item in before if item not in truth]
            query = self._query(key, asked.query, truth, history=before, ignore=before)
            sharing = len(record.source_users) or record.n_source_users
            yield query.model_copy(update={"shared_by": sharing})

    def _conditioned(self, record: ConditionRow, stem: str) -> Iterator[Query]:
        texts = {"direct": record.direct, "situational": record.situational, "": record.query}
        worded = {form: text for form, text in texts.items() if text.strip()}
        several = len(worded) > 1 or stem.startswith("rb-")
        asked = {(f"{stem}-{form}" if several and form else stem): text for form, text in worded.items()}
        stated = [self._resolver.condition(*pair) for pair in record.shared]
        claim = self._resolver.claim(record.wrong, [value for _, value in record.shared])
        strange = [pair[0] for pair, kept in zip(record.shared, stated, strict=True) if kept is None]
        reason = ""
        if not asked:
            reason = "there is no query text"
        elif strange:
            reason = f"the catalogue has no relation {strange[0]!r}"
        elif self._kind == "misinformed" and claim is None:
            reason = "its false claim names no item of the catalogue, or no relation that it has"
        if reason:
            self._report.left_out.append(Left(stem, reason))
            return
        truth = self._true(stem, record.subset, record.subset_ids)
        hints = self._resolver.references(record.hints)
        named = [*(claim.items if claim else ()), *(item for hint in hints for item in hint.items)]
        ignore = [item for item in dict.fromkeys(named) if item not in truth]
        for key, text in asked.items():
            query = self._query(
                key, text, truth, ignore=ignore, history=self._resolver.history(record.source_user, truth)
            )
            update = {
                "n_conditions": record.condition_num or len(stated),
                "conditions": stated,
                "references": hints,
                "claim": claim,
                "user_id": record.source_user,
                "ground_truth_in_history": truth,
            }
            yield query.model_copy(update=update)

    def _query(
        self,
        key: str,
        text: str,
        truth: list[str],
        *,
        history: Sequence[str] = (),
        ignore: Sequence[str] = (),
        profile: Profile | None = None,
    ) -> Query:
        return Query(
            id=key,
            domain=self._domain,
            type=self._kind,
            query=text.strip(),
            ground_truth=truth,
            history=list(history),
            ignore=list(ignore),
            profile=profile,
        )

    def _true(self, key: str, titles: Sequence[str], ids: Sequence[str] = ()) -> list[str]:
        """Return the true items in the file's order; say so if they are not all there."""
        before = self._report.missing
        found = self._resolver.items(titles, ids)
        if not found:
            self._report.left_out.append(Left(key, "none of its true items is in the catalogue"))
        elif self._report.missing > before:
            self._report.partial.append(key)
        return found


def _numbered(asked: Sequence[Asked], stem: str) -> Iterator[tuple[str, Asked]]:
    for number, each in enumerate(asked, 1):
        yield (f"{stem}-{number}" if len(asked) > 1 or stem.startswith("rb-") else stem), each


app = typer.Typer(add_completion=False, rich_markup_mode=None)


@app.command()
def main(
    folder: Annotated[Path, typer.Argument(help="the authors' `dataset` folder, or that of one domain")],
    catalogue: Annotated[str, typer.Option(help="the catalogue to find their titles in")] = "ml-1m",
    data: Annotated[Path | None, typer.Option(help="the folder that holds raw sources")] = None,
    out: Annotated[Path | None, typer.Option(help="write the queries to this file, in our format")] = None,
) -> None:
    """Say what of the authors' files a catalogue holds.

    Example:

      python -m bench.official RecBenchPlus/dataset --data DIR
    """
    queries, report = read(folder, open_catalogue(catalogue, data).graph)
    typer.echo("\n".join(report.lines()))
    if out is not None:
        lines = (query.model_dump_json() + "\n" for query in queries)
        out.write_text("".join(lines), encoding="utf-8")


if __name__ == "__main__":
    run_app(app)
