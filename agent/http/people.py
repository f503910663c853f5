"""`/v1/people/NAME`: what is remembered of somebody, as `/me` of the chat shows and changes it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Annotated, Any, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field

from agent.http.errors import ErrorBody
from agent.memory import conversations, erase_all, thread_of
from agent.people import MAX_NAME, People
from agent.perception import describe
from agent.person import Person, Profile, chosen, forgotten, wishing
from agent.phrasing import printable
from agent.serving.refused import UNREACHABLE, Refused
from agent.serving.served import Served
from agent.titles_said import named, only
from agent.typed import place
from agent.wishes_said import in_words
from kg.errors import DataError, UnreachableError, UnwritableError, UsageError
from kg.graph import KnowledgeGraph
from kg.types import ItemId

if TYPE_CHECKING:
    from fastapi import FastAPI

T = TypeVar("T")
_VOICES = {"like": "likes", "dislike": "dislikes", "seen": "seen"}
_ERRORS: dict[int | str, dict[str, Any]] = {status: {"model": ErrorBody} for status in (400, 404, 409)}
_Word = Annotated[str, Field(min_length=1, max_length=MAX_NAME)]


class _Sent(BaseModel):
    model_config = ConfigDict(extra="forbid")


class Opinion(_Sent):
    """What somebody says of an item, by its id or its title; `forget` takes back what was said."""

    opinion: Literal["like", "dislike", "seen", "forget"]
    item: str | None = Field(None, max_length=500)
    title: str | None = Field(None, max_length=500)


class ProfileSent(_Sent):
    """What somebody says of themselves; null takes a field out, and what is left out stays."""

    gender: _Word | None = None
    age: Annotated[int, Field(gt=0, lt=130)] | None = None
    occupation: _Word | None = None


class Remembered(BaseModel):
    """Everything that is remembered of somebody in a catalogue; lists are oldest first."""

    person: str
    catalogue: str
    text: str = Field(description="their taste in words; empty where nothing tells")
    likes: list[dict[str, str]] = Field(description="each with `id` and `title`")
    dislikes: list[dict[str, str]]
    seen: list[dict[str, str]] = Field(description="everything chosen, also what was liked or disliked")
    profile: dict[str, str | int | None]
    wishes: list[str] = Field(description="what they wish of every answer, in the order of their numbers")


def told(people: People, person: Person) -> dict[str, Any]:
    """Return what is remembered of a person as plain data."""
    graph, said = people.graph, person.profile
    return Remembered(
        person=person.id,
        catalogue=people.catalogue,
        text=printable(describe(person, graph)),
        likes=_titled(graph, person.likes),
        dislikes=_titled(graph, person.dislikes),
        seen=_titled(graph, person.seen),
        profile={"gender": said.gender, "age": said.age, "occupation": said.occupation},
        wishes=[printable(in_words(each, graph)) for each in person.wishes],
    ).model_dump()


def _titled(graph: KnowledgeGraph, items: Sequence[ItemId]) -> list[dict[str, str]]:
    return [{"id": i, "title": printable(graph.item(i).name if i in graph else i)} for i in items]


def add_people(app: FastAPI, served: Served) -> None:
    """Serve what is remembered of people, and let them change and delete it."""
    from fastapi.responses import Response

    def of(model: str | None) -> tuple[People, str]:
        name = served.canonical(model)
        return served.people(name), name

    @app.get("/v1/people/{person}", response_model=Remembered, responses=_ERRORS)
    def shown(person: str, model: str | None = None) -> Any:
        people, _ = of(model)
        return told(people, _tried(lambda: people.load(person)))

    @app.get("/v1/people/{person}/export", responses=_ERRORS)
    def exported(person: str, model: str | None = None) -> Any:
        people, _ = of(model)
        return Response(people.export(_tried(lambda: people.load(person))), media_type="application/json")

    @app.post("/v1/people/{person}/items", response_model=Remembered, responses=_ERRORS)
    def voiced(person: str, said: Opinion, model: str | None = None) -> Any:
        people, name = of(model)
        item = _item(served, name, said)
        if said.opinion == "forget":
            return told(people, _changed(people, person, lambda p: forgotten(p, [item], people.graph)))
        choice = {_VOICES[said.opinion]: (item,)}
        return told(people, _changed(people, person, lambda p: chosen(p, people.graph, **choice)))

    @app.patch("/v1/people/{person}/profile", response_model=Remembered, responses=_ERRORS)
    def profile(person: str, said: ProfileSent, model: str | None = None) -> Any:
        people, _ = of(model)
        fields = said.model_dump(exclude_unset=True)
        if hidden := next((each for each in fields.values() if not str(each).isprintable()), None):
            raise Refused(f"{hidden!r} has characters that cannot be shown", code="not_printable")
        return told(people, _changed(people, person, lambda p: _profiled(p, fields)))

    @app.delete("/v1/people/{person}/wishes/{number}", response_model=Remembered, responses=_ERRORS)
    def withdrawn(person: str, number: int, model: str | None = None) -> Any:
        people, _ = of(model)
        return told(people, _changed(people, person, lambda p: _without(p, number)))

    @app.delete("/v1/people/{person}", responses=_ERRORS)
    def deleted(person: str) -> dict[str, Any]:
        people, _ = of(None)
        return _tried(lambda: _delete(served, people, person))


def _tried(act: Callable[[], T]) -> T:
    """Return what an act returns; what it refuses is an error of the protocol."""
    try:
        return act()
    except UsageError as error:
        raise Refused(str(error), code="not_possible") from error
    except UnreachableError as error:
        raise Refused(str(error), code=UNREACHABLE) from error
    except UnwritableError as error:
        raise Refused(str(error), code="not_writable") from error
    except DataError as error:
        raise Refused(str(error), code="memory_damaged") from error


def _changed(people: People, person: str, change: Callable[[Person], Person]) -> Person:
    return _tried(lambda: people.change(person, change))


def _item(served: Served, model: str, said: Opinion) -> ItemId:
    assistant = served.assistant(model)
    if (said.item is None) == (said.title is None):
        raise Refused("give either item (an id) or title", param="item", code="no_item")
    if said.title is not None:
        title = said.title
        return _tried(lambda: only(assistant.graph, named(assistant, title), title))
    item = ItemId(str(said.item))
    if item not in assistant.graph and said.opinion != "forget":
        raise Refused(f"no item has the id {item[:80]!r}", param="item", code="item_not_found")
    return item


def _profiled(person: Person, fields: dict[str, Any]) -> Person:
    now = person.profile
    return replace(
        person,
        profile=Profile(
            fields.get("gender", now.gender),
            fields.get("age", now.age),
            fields.get("occupation", now.occupation),
        ),
    )


def _without(person: Person, number: int) -> Person:
    if not 1 <= number <= len(person.wishes):
        there = f"1 to {len(person.wishes)}" if person.wishes else "none"
        raise Refused(f"there is no wish {number}; there are {there}", code="wish_not_found")
    return wishing(person, [], [person.wishes[number - 1]])


def _delete(served: Served, people: People, person: str) -> dict[str, Any]:
    """Delete a person in every catalogue, with the chat's conversations and typed lines."""
    kept = people.catalogues(person)
    people.load(person)
    people.delete(person)
    served.forget_states()
    place(person).unlink(missing_ok=True)
    with conversations(database=served.database) as saver:
        try:
            erase_all(saver, person, thread_of(people.catalogue, person))
        except UsageError as error:
            raise Refused(str(error), code="in_use") from error
    return {"person": person, "deleted": True, "catalogues": kept}
