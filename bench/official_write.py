"""Our queries as the authors publish theirs, so that their tools can read what we build.

Their files have no place for item ids of books and of profile-based queries, for what is ignored, and for
histories other than the source user's whole one: these are found again by `bench.official.read` from titles
and the catalogue. Two fields are ours: `bookSubsetId`, and `Preceding movies` of interest queries.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from bench.official_rows import FILES, GENDERS, THEIR_BOOK_RELATIONS
from bench.types import Query
from kg.errors import UsageError
from kg.graph import KnowledgeGraph
from kg.types import ItemId

_FORM = re.compile(r"^(?P<stem>rb-[a-z]+-[a-z]+-\d+)(?:-(?P<form>direct|situational|\d+))?$")
_GENDERS = {ours: theirs for theirs, ours in GENDERS.items()}


def write(folder: Path, queries: Sequence[Query], graph: KnowledgeGraph) -> list[Path]:
    """Write queries as `folder/movie/ExplicitQuery.json` and so on; return the files in order.

    `movieSubset` is the source user's part of the truth where a query has one, else the whole truth, as in
    the published files. Queries that `official.read` made of one record become one record again; others keep
    their id as `data_idx`.

    Raises:
        UsageError: an item is not in the catalogue.
    """
    records: defaultdict[Path, dict[str, list[tuple[str, Query]]]] = defaultdict(dict)
    for query in queries:
        match = _FORM.match(query.id)
        stem, form = (match["stem"], match["form"] or "") if match else (query.id, "")
        path = folder / query.domain / FILES[query.type]
        records[path].setdefault(stem, []).append((form, query))
    for path, stems in records.items():
        rows = [_record(stem, worded, graph) for stem, worded in stems.items()]
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(rows, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    return sorted(records)


def _record(stem: str, worded: Sequence[tuple[str, Query]], graph: KnowledgeGraph) -> dict[str, Any]:
    first = worded[0][1]
    index = stem.rpartition("-")[2]
    key: int | str = int(index) if _FORM.match(stem) else stem
    if first.type == "interest":
        return {"data_idx": key, **_interest(worded, graph)}
    if first.type == "demographic":
        return {"data_idx": key, **_group(worded, graph)}
    return {**_conditioned(worded, graph), "data_idx": key}


def _conditioned(worded: Sequence[tuple[str, Query]], graph: KnowledgeGraph) -> dict[str, Any]:
    query = worded[0][1]
    item, truth = query.domain, query.ground_truth_in_history or query.ground_truth
    record: dict[str, Any] = {
        "source_user": query.user_id,
        "condition_num": query.n_conditions or len(query.conditions),
        f"{item}Count": len(truth),
        f"{item}Subset": _names(truth, graph),
        f"{item}SubsetId": [int(each) if each.isdigit() else each for each in truth],
        "sharedRelationships": [[_relation(query, each.relation), each.value] for each in query.conditions],
    }
    if query.references:
        record["multihop_info"] = [
            {item: name, "relation": _relation(query, each.relation), "person": each.value}
            for each in query.references
            for name in _names(each.items, graph)
        ]
    if query.claim is not None:
        true = sorted(query.claim.truths)
        record["misinformed"] = [
            {
                item: name,
                "relation": _relation(query, query.claim.relation),
                "person": query.claim.claimed,
                "original person": true[0] if len(true) == 1 else true,
            }
            for name in _names(query.claim.items, graph)
        ]
        return {**record, "query": query.query}
    texts = {form or "direct": each.query for form, each in worded}
    return {
        **record,
        **{f"{form}_description_query": texts.get(form, "") for form in ("direct", "situational")},
    }


def _interest(worded: Sequence[tuple[str, Query]], graph: KnowledgeGraph) -> dict[str, Any]:
    query = worded[0][1]
    common = dict.fromkeys(item for _, each in worded for item in each.ground_truth)
    record: dict[str, Any] = {f"Shared consecutive {query.domain}s": _names(common, graph)}
    if query.history:
        record[f"Preceding {query.domain}s"] = _names(query.history, graph)
    if query.shared_by:
        record["Number of source users"] = query.shared_by  # who they are, our queries do not hold
    return {**record, "source_users": [], "query & ground true": _asked(worded, graph)}


def _group(worded: Sequence[tuple[str, Query]], graph: KnowledgeGraph) -> dict[str, Any]:
    query = worded[0][1]
    profile = query.profile.model_dump(exclude_none=True) if query.profile else {}
    parts = {name: str(profile[name]) for name in ("age", "gender", "occupation") if name in profile}
    group = [_GENDERS.get(value, value) if name == "gender" else value for name, value in parts.items()]
    return {
        "group_type": "_".join(parts),
        "group": group[0] if len(group) == 1 else group,
        f"top_10_{query.domain}s": [],
        "summary": "",
        "query & ground true": _asked(worded, graph),
    }


def _asked(worded: Sequence[tuple[str, Query]], graph: KnowledgeGraph) -> list[dict[str, Any]]:
    return [
        {"reason": "", "query": each.query, f"{each.domain} subset": _names(each.ground_truth, graph)}
        for _, each in worded
    ]


def _relation(query: Query, name: str) -> str:
    return THEIR_BOOK_RELATIONS.get(name, name.upper()) if query.domain == "book" else name


def _names(items: Iterable[str], graph: KnowledgeGraph) -> list[str]:
    listed = list(items)
    strange = [item for item in listed if item not in graph]
    if strange:
        raise UsageError(f"item {strange[0]!r} is not in the catalogue {graph.catalogue.name!r}.")
    return [graph.item(ItemId(item)).name for item in listed]
