"""`/v1/proof`: the stored facts that prove conditions of items, as a list and as a picture."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from agent.http.errors import ErrorBody
from agent.phrasing import printable, said
from agent.proof_picture import MOST, Tie, picture
from agent.serving.refused import Refused
from agent.serving.served import Served
from kg.graph import KnowledgeGraph
from kg.types import Condition, ItemId, RelationName

if TYPE_CHECKING:
    from fastapi import FastAPI

_ERRORS: dict[int | str, dict[str, Any]] = {status: {"model": ErrorBody} for status in (400, 404)}


class _Sent(BaseModel):
    model_config = ConfigDict(extra="forbid")


class ConditionSent(_Sent):
    """A condition as answers give it; `excluded`: none of the items has it, and what they have is shown."""

    relation: str = Field(max_length=200)
    op: Literal["is", ">=", "<=", ">", "<", "contains"] = "is"
    value: str | int | float
    excluded: bool = False


class ProofRequest(_Sent):
    """Items by id, and conditions. `references` are items that the request named and that lead to a value."""

    items: list[str] = Field(min_length=1, max_length=MOST)
    conditions: list[ConditionSent] = Field(min_length=1, max_length=20)
    references: list[str] = Field([], max_length=MOST)
    model: str | None = None


class Edge(BaseModel):
    """A stored fact of an item."""

    item: str
    title: str
    relation: str
    label: str


class Proof(BaseModel):
    """The facts, items in the order in which they came; `picture` is an SVG of them."""

    edges: list[Edge]
    picture: str


def proof(graph: KnowledgeGraph, asked: ProofRequest) -> dict[str, Any]:
    """Return what proves conditions of items, as plain data.

    Raises:
        Refused: an item or a relation is not there.
    """
    edges, ties = [], []
    for key in dict.fromkeys((*asked.references, *asked.items)):
        if key not in graph:
            raise Refused(f"no item has the id {key[:80]!r}", param="items", code="item_not_found")
        title = printable(graph.item(ItemId(key)).name)
        for relation, label in _facts(graph, ItemId(key), asked.conditions):
            shown = printable(label)
            edges.append(Edge(item=key, title=title, relation=relation, label=shown))
            ties.append(Tie(key, title, printable(said(relation)), shown, key in asked.references))
    return Proof(edges=edges, picture=picture(ties)).model_dump()


def _facts(graph: KnowledgeGraph, item: ItemId, conditions: list[ConditionSent]) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    for each in conditions:
        stated = Condition(RelationName(each.relation), str(each.value), each.op)
        is_there = graph.has_relation(each.relation) or graph.literals(each.relation) is not None
        if not is_there and not graph.is_of_title(stated):
            known = f"no relation is called {each.relation[:80]!r}"
            raise Refused(known, param="conditions", code="relation_not_found")
        if each.excluded:
            found += [(each.relation, label) for label in graph.labels(item, each.relation)]
        else:
            found += [(str(relation), label) for relation, label in graph.proved(item, stated)]
    return list(dict.fromkeys(found))


def add_proofs(app: FastAPI, served: Served) -> None:
    """Serve the proofs of answers."""

    @app.post("/v1/proof", response_model=Proof, responses=_ERRORS)
    def proofs(asked: ProofRequest) -> Any:
        return proof(served.assistant(served.canonical(asked.model)).graph, asked)
