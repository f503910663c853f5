"""What the MCP tools answer, as typed data; it knows nothing of the protocol, and is tested without it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Literal, TypeVar
from urllib.parse import quote

from pydantic import BaseModel, ConfigDict, Field

from agent.assistant import Step
from agent.phrasing import listed, printable
from agent.serving.answers import UsherAnswer
from agent.serving.refused import Refused
from agent.serving.served import MODEL, Served
from agent.verify.checking import verify
from agent.verify.wording import as_data
from kg.errors import DataError, UsageError
from kg.types import Condition, ItemId, Op, RelationName
from tools.check import check_fact
from tools.describe import describe_item
from tools.errors import ToolError
from tools.find import find_items
from tools.knowledge import Knowledge
from tools.link import link_entities
from tools.types import Order

MOST = 50  # items of a list
_SURE = 0.5
T = TypeVar("T")


class Refusal(Exception):  # noqa: N818 - said to a model, not a fault of ours
    """Why something was not done, in words that a model can act on."""


class Stated(BaseModel):
    """A condition: `relation` holds for `value`; numbers, dates, years and scales can be compared by `op`."""

    model_config = ConfigDict(extra="forbid")

    relation: str = Field(description="as `catalogues` lists them, e.g. director; year is one too")
    value: str
    op: Literal["is", ">=", "<=", ">", "<"] = "is"

    def condition(self) -> Condition:
        """Return it as the graph compares it."""
        return Condition(RelationName(self.relation), self.value, self.op)


class Sorted(BaseModel):
    """An order by a number, a date or the year."""

    model_config = ConfigDict(extra="forbid")

    relation: str
    descending: bool = False


class FoundItem(BaseModel):
    """An item of a list."""

    id: str
    title: str
    year: int | None


class FoundItems(BaseModel):
    """Items that satisfy all conditions, best known first; `total` counts all, `said` is it in words."""

    said: str
    total: int
    items: list[FoundItem]


class Explained(BaseModel):
    """What is stored of an item: `facts` by relation, one text, and where to read it as a resource."""

    id: str
    title: str
    year: int | None
    about: str
    facts: dict[str, list[str]]
    resource: str


class CheckedFact(BaseModel):
    """Whether a fact is "supported", "contradicted" by what is `true`, or "unknown"."""

    id: str
    title: str
    relation: str
    value: str
    verdict: str
    true: list[str]


class RelationTold(BaseModel):
    """A relation of a catalogue: its name, kind and unit."""

    name: str
    kind: str
    unit: str


class CatalogueTold(BaseModel):
    """A catalogue that can be asked; relations of those that are open."""

    name: str
    items: int | None = None
    relations: list[RelationTold] = []


class Catalogues(BaseModel):
    """The catalogues that are here; the first is meant where none is named."""

    catalogues: list[CatalogueTold]


class Verified(BaseModel):
    """A verification of somebody's answer, as docs/verify.md explains it."""

    model_config = ConfigDict(extra="allow")

    holds: bool
    text: str
    items: list[dict[str, Any]]
    unknown: list[str]
    claims: list[dict[str, Any]]


class ToolAdapter:
    """Answers the tools from the catalogues of a server."""

    def __init__(self, served: Served):
        self._served = served

    def ask(
        self,
        request: str,
        user: str | None = None,
        catalogue: str | None = None,
        on_step: Callable[[Step], None] | None = None,
    ) -> UsherAnswer:
        """Answer a request in a person's own words: recommendations with proofs, or a fact."""
        model = self._model(catalogue)
        asker = self._served.asker(model, user)
        assistant = self._served.assistant(model)
        return UsherAnswer.model_validate(assistant.after({}, request, on_step, asker=asker)["answer"])

    def find(
        self,
        conditions: list[Stated],
        none_of: list[Stated] | None = None,
        any_of: list[Stated] | None = None,
        order: list[Sorted] | None = None,
        limit: int = 10,
        catalogue: str | None = None,
    ) -> FoundItems:
        """Find items by stored facts."""
        found = find_items(
            self._knowledge(catalogue),
            [each.condition() for each in conditions],
            [each.condition() for each in none_of or []],
            [each.condition() for each in any_of or []],
            order=[Order(RelationName(each.relation), each.descending) for each in order or []],
            limit=min(limit, MOST),
        )
        items = [FoundItem(id=e.id, title=printable(e.title), year=e.year) for e in found.items]
        said = f"{found.total} satisfy that" + (f"; the first {len(items)} are listed." if items else ".")
        return FoundItems(said=said if found.total else "Nothing found.", total=found.total, items=items)

    def explain(self, item: str, catalogue: str | None = None) -> Explained:
        """Tell what is stored of an item."""
        knowledge, name = self._knowledge(catalogue), self._name(catalogue)
        told = describe_item(knowledge, self.item(knowledge, item))
        facts = {str(relation): list(map(printable, labels)) for relation, labels in told.relations.items()}
        return Explained(
            id=told.id,
            title=printable(told.title),
            year=told.year,
            about=printable(told.description),
            facts=facts,
            resource=resource_of(name, told.id),
        )

    def check(
        self, item: str, relation: str, value: str, op: Op = "is", catalogue: str | None = None
    ) -> CheckedFact:
        """Tell whether a fact is stored."""
        knowledge = self._knowledge(catalogue)
        key = self.item(knowledge, item)
        told = check_fact(knowledge, key, relation, value, op)
        title, true = knowledge.graph.item(told.item).title, list(map(printable, told.true_values))
        said = {"relation": relation, "value": value, "verdict": told.verdict, "true": true}
        return CheckedFact.model_validate({"id": key, "title": printable(title), **said})

    def verify(
        self, request: str, answer: str, repair: bool = False, catalogue: str | None = None
    ) -> Verified:
        """Check somebody's recommendation against a request."""
        assistant = self._served.assistant(self._model(catalogue))
        return Verified.model_validate(as_data(verify(assistant, request, answer, repair=repair)))

    def catalogues(self) -> Catalogues:
        """List the catalogues that can be asked, with the relations of the one that is open."""
        names = [each.partition("/")[2] for each in self._served.ids() if "/" in each]
        default = self._served.default
        told = [CatalogueTold(name=each) for each in names if each != default]
        graph = self._served.assistant(MODEL).graph
        relations = [
            RelationTold(name=str(each.name), kind=str(each.kind), unit=each.unit) for each in graph.relations
        ]
        own = CatalogueTold(name=default, items=len(graph.offered), relations=relations)
        return Catalogues(catalogues=[own, *told])

    def _model(self, catalogue: str | None) -> str:
        return self._served.canonical(f"{MODEL}/{catalogue}" if catalogue else None)

    def _name(self, catalogue: str | None) -> str:
        return catalogue or self._served.default

    def _knowledge(self, catalogue: str | None) -> Knowledge:
        return self._served.assistant(self._model(catalogue)).knowledge

    def item(self, knowledge: Knowledge, item: str) -> str:
        """Return the id of an item given by id or title.

        Raises:
            Refusal: nothing here, or several things, are called so.
        """
        if item in knowledge.graph:
            return item
        mentions = link_entities(knowledge, item).mentions
        found = [c for m in mentions for c in m.candidates if c.kind == "item" and c.score >= _SURE]
        best = [each for each in found if each.score >= max(e.score for e in found)]
        if len(best) == 1:
            return best[0].id
        if not best:
            raise Refusal(f"no item here is called {item!r}; give an id, or ask `find` for one.")
        dated = [each for each in best if f"({knowledge.graph.item(ItemId(each.id)).year})" in item]
        if len(dated) == 1:
            return dated[0].id
        names = listed([f"{each.label} ({each.id})" for each in best[:5]], "or")
        raise Refusal(f"{item!r} may be {names}; give the id.")


def resource_of(catalogue: str, key: str) -> str:
    """Return the URI of an item: its id is quoted, because templates match no slash."""
    return f"usher://items/{quote(catalogue, safe='')}/{quote(key, safe='')}"


def said_of(call: Callable[[], T]) -> T:
    """Return what a call returns; every error it may end with becomes a refusal.

    Raises:
        Refusal: what was asked for cannot be done.
    """
    try:
        return call()
    except (ToolError, UsageError, DataError, Refused) as error:
        raise Refusal(str(error)) from error
