"""Reading run folders back: which queries they answered, over which catalogue, and what the answers score."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from bench import dataset, execute, jsonl
from bench.score import Row, judge, score, table
from bench.types import VERSION, Answer, Query, Truth
from kg import catalogue as catalogues
from kg import names
from kg.errors import DataError, UsageError
from kg.folders import file_hash
from kg.graph import KnowledgeGraph
from kg.store import home, open_catalogue

_SAME = ("queries", "n_queries", "catalogue")
Values = Mapping[str, Mapping[str, float]]


@dataclass(frozen=True, slots=True)
class Run:
    """A run as it is scored now. `values` holds the metrics of every query: query id -> metric -> value.

    `stored` tells whether `scores.json` of the folder holds the same table, in the metrics that both have;
    None if there is no such file. `usage` is what its model calls used, where it asked a server.
    """

    label: str
    folder: Path
    what: Mapping[str, Any]
    times: Mapping[str, Any]
    answers: Mapping[str, Answer]
    rows: Sequence[Row]
    values: Values
    stored: bool | None
    usage: Mapping[str, Any] | None = None

    @property
    def history(self) -> bool:
        """Whether the system was shown the person's history."""
        return bool(self.what.get("with_history") or self.what.get("history"))


@dataclass(frozen=True, slots=True)
class Runs:
    """Runs over the same queries and catalogue, in the order they were named."""

    queries: Sequence[Query]
    graph: KnowledgeGraph
    runs: Sequence[Run]
    truth: Truth = "kg"

    @property
    def domain(self) -> str:
        """The domain of most queries: "movie" or "book"."""
        return Counter(query.domain for query in self.queries).most_common(1)[0][0]

    @property
    def k(self) -> int | None:
        """How many items the runs were asked for; None where they differ."""
        asked = {run.what.get("k") for run in self.runs}
        return asked.pop() if len(asked) == 1 else None


def read(
    folders: Sequence[Path],
    queries: Sequence[Path] = (),
    data: Path | None = None,
    truth: Truth = "kg",
) -> Runs:
    """Read and score run folders; nothing is asked again.

    Args:
        folders: run folders, as `bench.run` leaves them.
        queries: the files that were asked; needed only for folders that do not keep their queries, and
            checked to be those where given.
        data: the raw sources, should the catalogue not be built here yet.
        truth: what counts as right; queries without a truth of this kind are left out.

    Raises:
        DataError: not a run folder, one of another format, or one whose queries or catalogue are not here.
        UsageError: the runs did not answer the same queries over the same catalogue.
    """
    manifests = [_manifest(folder) for folder in folders]
    for folder, manifest in zip(folders[1:], manifests[1:], strict=True):
        _comparable(folders[0], manifests[0]["what"], folder, manifest["what"])
    what = manifests[0]["what"]
    graph = _graph(folders[0], str(what["catalogue"]), data)
    kept = folders[0] / execute.QUERIES
    files = [kept] if kept.is_file() and not queries else _files(folders[0], what["queries"], queries)
    every = dataset.read(files, graph)[: what["n_queries"]]
    asked = [query for query in every if query.has(truth)]
    if not asked:
        raise UsageError(f"no query of {folders[0]} has a truth of the kind {truth!r}.")
    left_out = {query.id for query in every} - {query.id for query in asked}
    labels = _labels(folders, [manifest["what"] for manifest in manifests])
    found = [
        _run(label, folder, manifest, Runs(asked, graph, (), truth), left_out)
        for label, folder, manifest in zip(labels, folders, manifests, strict=True)
    ]
    return Runs(asked, graph, found, truth)


def _manifest(folder: Path) -> dict[str, Any]:
    path = folder / execute.MANIFEST
    remedy = "Give a folder that `python -m bench.run --out` made."
    if not path.is_file():
        raise DataError("not a run folder: it has no run.json", path=folder, remedy=remedy)
    try:
        manifest: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        missing = [key for key in _SAME if key not in manifest["what"]]
    except (ValueError, KeyError, TypeError):
        raise DataError("not a run's manifest", path=path, remedy=remedy) from None
    task = manifest["what"].get("task")
    if missing and task:
        raise DataError(
            f"a run of the task {task}, which answers no queries",
            path=path,
            remedy=f"bench.report compares runs over queries; what {task} found is in {execute.SCORES}"
            " beside it.",
        )
    if missing:
        raise DataError(f"the manifest does not say {', '.join(missing)}", path=path, remedy=remedy)
    version = manifest["what"].get("benchmark", 1)  # the first version did not say so
    if version != VERSION:
        raise DataError(
            f"this run is of version {version!r} of the benchmark, this is version {VERSION}:"
            " the same answers score otherwise",
            path=path,
            remedy="Report it with the version that made it (its commit is in run.json), or run it again.",
        )
    return manifest


def _comparable(first: Path, one: Mapping[str, Any], second: Path, other: Mapping[str, Any]) -> None:
    for key in _SAME:
        if one[key] != other[key]:
            raise UsageError(
                f"{first} and {second} cannot stand in one table: {key} is {one[key]!r} in the first"
                f" and {other[key]!r} in the second.\n  Report them apart, or run one of them again."
            )


def _graph(folder: Path, name: str, data: Path | None) -> KnowledgeGraph:
    built = home() / "catalogues" / name
    if built.is_dir():
        return KnowledgeGraph(catalogues.load(built), names.load(built))
    opened = open_catalogue(name.rpartition("-")[0] or name, data)
    if opened.folder.name != name:
        raise DataError(
            f"this run was made with the catalogue {name!r}; here it is {opened.folder.name!r}, made of"
            " other sources or by another version of the code",
            path=folder / execute.MANIFEST,
            remedy="Set USHER_HOME to where that catalogue lies, or run it again.",
        )
    return opened.graph


def _files(folder: Path, asked: Sequence[Sequence[str]], given: Sequence[Path]) -> list[Path]:
    """Return the files that were asked, found by their content."""
    missing = [path for path in given if not path.is_file()]
    if missing:
        raise DataError("there is no such file", path=missing[0], remedy="Check --queries.")
    here = {file_hash(path)[:16]: path for path in (*dataset.DEFAULT, *given)}
    for name, key in asked:
        if key not in here:
            others = ", ".join(f"{path.name} ({file_hash(path)[:16]})" for path in given)
            raise DataError(
                f"this run answered {name!r} ({key}), "
                + (f"another version of the benchmark than {others}" if given else "which is not at hand"),
                path=folder / execute.MANIFEST,
                remedy="Name the very file that was asked with --queries, or run it again.",
            )
    return [here[key] for _, key in asked]


def _run(
    label: str, folder: Path, manifest: Mapping[str, Any], about: Runs, left_out: Collection[str]
) -> Run:
    path, asked, graph = folder / execute.ANSWERS, about.queries, about.graph
    rows_read = jsonl.read(path, Answer)  # a retry stands below its crash
    given = {answer.id: answer for _, answer in rows_read if answer.id not in left_out}
    known = {query.id for query in asked}
    strange = sorted(given.keys() - known)
    if strange:
        raise DataError(
            f"an answer to {strange[0]!r}, which is not among the queries",
            path=path,
            remedy="The folder mixes runs; run it again with --fresh.",
        )
    rows = score(asked, given.values(), graph, about.truth)
    values = {
        query.id: judge(query, given.get(query.id) or Answer(id=query.id), graph, which=about.truth)
        for query in asked
    }
    stored = _stored(folder / execute.SCORES, rows, about.truth)
    times, usage = manifest.get("times", {}), manifest.get("usage")
    return Run(label, folder, manifest["what"], times, given, rows, values, stored, usage)


def _stored(path: Path, rows: Sequence[Row], truth: Truth) -> bool | None:
    if not path.is_file():
        return None
    try:
        then = json.loads(path.read_text(encoding="utf-8"))
        if any(row.get("truth", "kg") != truth for row in then):
            return None
        now = json.loads(json.dumps(table(rows, truth)))
        pairs = list(zip(then, now, strict=True))
        return all(old[key] == new[key] for old, new in pairs for key in old.keys() & new.keys())
    except (ValueError, TypeError, AttributeError):
        return False


def _labels(folders: Sequence[Path], whats: Sequence[Mapping[str, Any]]) -> list[str]:
    """Return a name for every run: what it is, and its folder where that does not tell runs apart."""
    plain = [_label(what) for what in whats]
    doubled = {label for label, n in Counter(plain).items() if n > 1}
    named = [
        f"{label} ({folder.resolve().name})" if label in doubled else label
        for label, folder in zip(plain, folders, strict=True)
    ]
    seen = Counter(named)
    return [f"{label} #{place}" if seen[label] > 1 else label for place, label in enumerate(named, 1)]


def _label(what: Mapping[str, Any]) -> str:
    said = [str(what.get("system") or "agent")]
    tools = what.get("ablation") or what.get("tools")
    if said == ["agent"] and tools and tools != "full":
        said.append(str(tools))
    if said[0] in ("agent", "llm") and what.get("model") not in (None, "builtin"):
        said.append(str(what["model"]))
    if what.get("prompt"):
        said.append(f"{what['prompt']}'s prompt")
    if what.get("k"):
        said.append(f"k={what['k']}")
    if what.get("with_history") or what.get("history"):
        said.append("with history")
    return ", ".join(said)


def relabelled(runs: Runs, labels: Sequence[str]) -> Runs:
    """Return the runs under other names.

    Raises:
        UsageError: not one name a run, or a name twice.
    """
    if len(labels) != len(runs.runs) or len(set(labels)) != len(labels):
        raise UsageError(
            f"{len(runs.runs)} runs need as many different names with --label; got {list(labels)!r}."
        )
    named = [replace(run, label=label) for run, label in zip(runs.runs, labels, strict=True)]
    return replace(runs, runs=named)
