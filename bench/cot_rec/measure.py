"""Tables 1 and 2 of CoT-Rec: retrievers by Hit@10 and nDCG@10, rankers by nDCG@10 and MAPB."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean
from typing import NamedTuple

import numpy as np

from bench.cot_rec.extraction import Kept
from bench.cot_rec.ranker import Ranker, Shown
from bench.cot_rec.retriever import (
    IMPROVED,
    PLAIN,
    ROWS,
    Encode,
    ItemVector,
    Parts,
    UserVector,
    Weighed,
    bases,
    candidates,
    choose,
    parts,
    places,
    random_vectors,
)
from bench.metrics.position_bias import placements, rank_of, sample_bias
from bench.next_item.ranks import K, ndcg, recall
from bench.next_item.split import Case
from kg.graph import KnowledgeGraph
from kg.taste.types import FloatArray, Scorer
from kg.types import ItemId

RetrieverRow = tuple[UserVector, ItemVector]
RETRIEVERS: Mapping[str, RetrieverRow] = {"CRM": PLAIN, "CRM++": IMPROVED}  # table 2


@dataclass(frozen=True, slots=True)
class Material:
    """What is measured on: catalogue, fitted recommender, what was extracted, and how texts are encoded."""

    graph: KnowledgeGraph
    scorer: Scorer
    kept: Kept
    encode: Encode


class People(NamedTuple):
    """The users of one repeat: their validation and their test, and what they are called."""

    validation: Sequence[Case]
    test: Sequence[Case]
    names: Sequence[str]


class Retrieval(NamedTuple):
    """A row of table 1: nDCG@10 and Hit@10, with the weights that were chosen and the cases they score."""

    hit: float
    ndcg: float
    weighed: Weighed
    test: Sequence[Parts]


class Ranking(NamedTuple):
    """A row of table 2; `mapb` is None where nothing is put in order, or no candidate is the next choice."""

    ndcg: float
    mapb: float | None
    n: int  # people whose next choice is a candidate: MAPB is of these
    unheard: int = 0  # lists of which no letter was heard with a probability


def retrievers(material: Material, people: People, seed: int) -> dict[RetrieverRow, Retrieval]:
    """Return every row of table 1. A preference is extracted of what is before the validation."""
    graph, kept = material.graph, material.kept
    ids = [item.id for item in graph.catalogue.items[: graph.catalogue.offered]]
    captions = [graph.item(key).name for key in ids]
    described = [f"{name}. {kept.description(key)}" for name, key in zip(captions, ids, strict=True)]
    texts = [
        kept.taste(name, [ids[at] for at in case.known.tolist()]).text
        for name, case in zip(people.names, people.validation, strict=True)
    ]
    items: dict[ItemVector, FloatArray | None] = {
        "random": None,
        "caption": material.encode(captions),
        "description": material.encode(described),
    }
    users: dict[UserVector, FloatArray | None] = {"none": None, "preference": material.encode(texts)}
    own = [bases(material.scorer, cases) for cases in (people.validation, people.test)]
    found = {}
    for row in ROWS:
        vectors = items[row[1]]
        told = users.get(row[0])
        if row[0] == "random" and vectors is not None:
            told = _sized(random_vectors(len(people.names), seed), vectors.shape[1])
        found[row] = _retrieval(people, own, vectors, told)
    return found


def rankings(
    material: Material,
    people: People,
    retrieved: Mapping[RetrieverRow, Retrieval],
    rankers: Mapping[str, Ranker | None],
    tick: Callable[[], None] = lambda: None,
) -> dict[tuple[str, str], Ranking]:
    """Return every row of table 2: (retriever, ranker) -> scores; a ranker that is None leaves the order."""
    ids = [item.id for item in material.graph.catalogue.items]
    found = {}
    for name, row in RETRIEVERS.items():
        cases = [
            (Shown(user, [ids[at] for at in each.case.known.tolist()]), ids[each.case.target], listed)
            for user, each in zip(people.names, retrieved[row].test, strict=True)
            for listed in ([ids[at] for at in candidates(each, retrieved[row].weighed, K)],)
        ]
        for ranked, ranker in rankers.items():
            found[name, ranked] = _ranking(ranker, cases)
            tick()
    return found


def _retrieval(
    people: People, own: Sequence[list[FloatArray]], items: FloatArray | None, users: FloatArray | None
) -> Retrieval:
    told = None if users is None else list(users)
    validation = list(parts(people.validation, own[0], items, told))
    test = list(parts(people.test, own[1], items, told))
    weighed = choose(validation, latest=items is not None, user=items is not None and users is not None)
    ranked = places(test, weighed)
    return Retrieval(fmean(map(recall, ranked)), fmean(map(ndcg, ranked)), weighed, test)


def _ranking(ranker: Ranker | None, cases: Sequence[tuple[Shown, ItemId, Sequence[ItemId]]]) -> Ranking:
    scores, biases = [], []
    before = getattr(ranker, "unheard", 0)
    for shown, target, listed in cases:
        if target not in listed:
            scores.append(0.0)
            continue
        ordered = listed if ranker is None else ranker.order(shown, listed)
        scores.append(ndcg(rank_of(target, ordered, listed)))
        if ranker is not None:
            others = [item for item in listed if item != target]
            turns = placements(others, target)
            biases.append(
                sample_bias([rank_of(target, ranker.order(shown, _ids(each)), each) for each in turns])
            )
    held = sum(target in listed for _, target, listed in cases)
    unheard = getattr(ranker, "unheard", 0) - before
    return Ranking(fmean(scores), fmean(biases) if biases else None, held, unheard)


def _ids(listed: Sequence[str]) -> list[ItemId]:
    return [ItemId(item) for item in listed]


def _sized(vectors: FloatArray, dim: int) -> FloatArray:
    """Return vectors cut, or filled with zeros, to a dimension."""
    whole = np.zeros((len(vectors), dim), dtype=np.float32)
    whole[:, : min(dim, vectors.shape[1])] = vectors[:, :dim]
    return whole
