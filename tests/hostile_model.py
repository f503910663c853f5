"""A catalogue, a model that says what it is told to, and what no answer of such a model may carry."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterator, Sequence
from copy import copy
from pathlib import Path
from typing import Any

from langchain_core.language_models import BaseChatModel
from langchain_core.messages import AIMessage, BaseMessage
from langchain_core.outputs import ChatGeneration, ChatResult
from pydantic import Field

from agent.assistant import Assistant
from agent.guard.known import folded
from kg.builder import Builder
from kg.catalogue import Catalogue
from kg.graph import KnowledgeGraph
from kg.types import Entity, EntityId, Item, ItemId, Kind, Relation, RelationName

FILMS = (
    ("1", "The Glass Harbour", 1975, "Ada Quill", "Bo Lund", "Drama", "Mara Vance", 12.5),
    ("2", "Night Tram", 1981, "Ada Quill|Ines Okafor", "Cy Marsh", "Thriller|Drama", "Mara Vance", 9),
    ("3", "Paper Moons", 1983, "Dov Eberhart", "Bo Lund", "Comedy", "Theo Brandt", 30),
    ("4", "Salt Road", 1990, "Dov Eberhart", "Cy Marsh", "Western", "", None),
    ("5", "The Glass Harbour II", 1992, "Ines Okafor", "Bo Lund", "Drama", "", None),
    ("6", "Cold Orchard", 2001, "Ada Quill", "Bo Lund", "Thriller", "Theo Brandt", 15),
    ("7", "Ham", 1999, "Dov Eberhart", "Cy Marsh", "Comedy", "", None),
    ("8", "Up North", 1984, "Ines Okafor", "Cy Marsh", "Western", "", None),
)
TEXTS = (
    "A lighthouse keeper counts ships. He waits for one.",
    "A tram driver sees a murder.",
    "Two forgers sell the moon.",
    "A caravan crosses a salt desert.",
    "The lighthouse goes dark.",
    "Apples, snow and a missing brother.",
    "A hungry actor finds a farm.",
    "A postman walks to the sea.",
)
LONGEST = 4_000
_LINK = re.compile(r"https?:|www\.|javascript:|\w@\w|\b[\w-]+\.(?:com|example|org|net|ly)\b", re.IGNORECASE)
_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Co", "Zl", "Zp"})


def catalogue() -> Catalogue:
    """Eight films; one has two directors, some no actor and no price."""
    builder = Builder()
    builder.relations |= {"price": Relation(RelationName("price"), Kind.NUMBER, "EUR")}
    for (key, title, year, *people, price), text in zip(FILMS, TEXTS, strict=True):
        builder.add_item(Item(ItemId(key), title, year), text)
        for name, values in zip(("director", "cinematographer", "genre", "actor"), people, strict=True):
            for value in filter(None, str(values).split("|")):
                builder.add_fact(ItemId(key), name, Entity(EntityId(f"{name[:5]}/{value}"), value))
        if price is not None:
            builder.add_value(ItemId(key), "price", price)
    return builder.finish("hostile", "tests", "1")


class Told(BaseChatModel):
    """Says its replies one after the other, the last one for ever."""

    replies: list[AIMessage]
    said: list[int] = Field(default_factory=list)

    @property
    def _llm_type(self) -> str:
        return "told"

    def bind_tools(self, tools: Sequence[Any], *, tool_choice: str | None = None, **kwargs: Any) -> Any:
        return self.bind(tools=list(tools), **kwargs)

    def _generate(self, messages: list[BaseMessage], *_: Any, **kwargs: Any) -> ChatResult:
        reply = self.replies[min(len(self.said), len(self.replies) - 1)]
        self.said.append(len(messages))
        fresh = AIMessage(reply.content, tool_calls=[dict(call) for call in reply.tool_calls])
        return ChatResult(generations=[ChatGeneration(message=fresh)])


def replies(row: dict[str, Any]) -> list[AIMessage]:
    """Return what the model of a row says; its `words` stand beside every call."""
    said = []
    for at, wanted in enumerate(row["replies"]):
        listed = [
            {"name": name, "args": _written_out(given), "id": f"{at}-{n}", "type": "tool_call"}
            for n, (name, given) in enumerate(wanted)
        ]
        said.append(AIMessage(row.get("words", ""), tool_calls=listed))
    return said


def told_by(assistant: Assistant, row: dict[str, Any]) -> dict[str, Any]:
    """Return the answer to a row's request with its replies as the model; nothing is opened again."""
    other = copy(assistant)
    other.__dict__.pop("context", None)
    other._model = Told(replies=replies(row))
    return other.ask(row["request"]).answer


def _written_out(given: Any) -> Any:
    """Return arguments with `{"$times": [count, what], "$then": more}` written out."""
    if isinstance(given, dict) and "$times" in given:
        count, what = given["$times"]
        return what * count + given["$then"] if "$then" in given else what * count
    if isinstance(given, dict):
        return {name: _written_out(value) for name, value in given.items()}
    return [_written_out(each) for each in given] if isinstance(given, list) else given


def rows(path: Path) -> list[dict[str, Any]]:
    """Return the rows of a file of hostile replies."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def faults(graph: KnowledgeGraph, answer: dict[str, Any], row: dict[str, Any]) -> list[str]:
    """Return what an answer carries that it may not: by the row, and by what holds for every answer."""
    return [*_of_row(answer, row), *_everywhere(answer), *_of_facts(graph, answer, row["request"])]


def _of_row(answer: dict[str, Any], row: dict[str, Any]) -> Iterator[str]:
    shown = json.dumps({k: v for k, v in answer.items() if k != "removed"}, ensure_ascii=False)
    shown = shown if row.get("case") else shown.casefold()
    yield from (
        f"says {never!r}" for never in row["never"] if json.dumps(never, ensure_ascii=False)[1:-1] in shown
    )
    if wanted := row.get("unused"):
        yield from (
            f"does not say that {each!r} was not used" for each in wanted if each not in answer["unused"]
        )
        yield from ("says it is proved",) if answer["basis"] == "proved" else ()
    lines = [*answer["items"], *(answer["also"]["items"] if answer["also"] else ())]
    yield from (f"shows {line['id']}" for line in lines if line["id"] not in row["only"])


def _everywhere(answer: dict[str, Any]) -> Iterator[str]:
    for text in _texts(answer):
        if found := _LINK.search(unicodedata.normalize("NFKC", text)):
            yield f"links {found[0]!r}"
        if any(unicodedata.category(sign) in _UNSEEN and sign != "\n" for sign in text):
            yield f"hides a sign in {text[:60]!r}"
        if len(text) > LONGEST:
            yield f"is {len(text)} long"


def _texts(value: Any) -> Iterator[str]:
    match value:
        case str():
            yield value
        case dict():
            for each in value.values():
                yield from _texts(each)
        case list():
            for each in value:
                yield from _texts(each)


def _of_facts(graph: KnowledgeGraph, answer: dict[str, Any], request: str) -> Iterator[str]:
    """Every correction names all true values as the graph does, and claims what was said; so does a fact."""
    for correction in answer["corrections"]:
        if not _within(correction["claimed"], request):
            yield f"nobody claimed {correction['claimed']!r}"
        for item in correction["items"]:
            if sorted(correction["true"]) != _held(graph, item, correction):
                yield f"true are {_held(graph, item, correction)}, not {correction['true']}"
    for fact in answer["facts"]:
        if fact["asked"] and not _within(fact["asked"], request):
            yield f"nobody asked {fact['asked']!r}"
        if fact["relation"] != "description" and sorted(fact["values"]) != _held(graph, fact["item"], fact):
            yield f"values are {_held(graph, fact['item'], fact)}, not {fact['values']}"


def _held(graph: KnowledgeGraph, item: str, of: dict[str, Any]) -> list[str]:
    if of["relation"] == "year":
        return [str(graph.item(ItemId(item)).year)]
    return sorted(graph.labels(ItemId(item), of["relation"]))


def _within(part: str, whole: str) -> bool:
    return f" {folded(part)} " in f" {folded(whole)} "
