"""Reading τ-Rec's published files: `catalog.json` and `tasks/task_NNN.json`, unchanged."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError

from bench.tau_rec.types import FieldType, Shop, Task, Thing, Value
from kg.errors import DataError
from kg.policy import Policy
from kg.types import Kind, RelationName

CATALOGUE = "catalog.json"
TASKS = "tasks"
_REMEDY = (
    "Give the folder of github.com/nbharaths/tau-rec that holds catalog.json and tasks/ with --data DIR."
)
_RATINGS = ("G", "PG", "PG-13", "R", "NC-17")
FIELDS: Mapping[str, FieldType] = {
    each.name: each
    for each in (
        FieldType("genres", Kind.CATEGORY, nouns=("genre", "kind")),
        FieldType("runtime", Kind.NUMBER, "minutes", nouns=("length", "running time")),
        FieldType("rating", Kind.NUMBER, nouns=("rating", "score")),
        FieldType("content_rating", Kind.CATEGORY, scale=_RATINGS, nouns=("age rating", "content rating")),
        FieldType("streaming_services", Kind.CATEGORY, nouns=("streaming service", "service")),
        FieldType("director", Kind.PERSON, nouns=("director",)),
        FieldType("cast", Kind.PERSON, nouns=("actor",)),
        FieldType("sponsored", Kind.FLAG, nouns=("sponsored",)),
    )
}
# policy.md, as data
POLICY = Policy(
    exclude_known=True,
    available=RelationName("streaming_services"),
    ask=(RelationName("streaming_services"),),
    disclose={RelationName("sponsored"): "promoted"},
    confirm={RelationName("content_rating"): ("R", "NC-17")},
    one_at_a_time=True,
)
_Row = TypeVar("_Row", bound=BaseModel)


class _Film(BaseModel):
    """A film of `catalog.json`; what tasks do not ask about is not read."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    id: str
    title: str
    runtime: int
    genres: list[str]
    cast: list[str] = []
    director: str = ""
    rating: float
    vote_count: int
    streaming_services: list[str]
    sponsored: bool
    content_rating: str


def read_tasks(folder: Path, shop: Shop) -> list[Task]:
    """Return the tasks of a τ-Rec folder, by file name.

    Raises:
        DataError: no tasks, a file that is not a task, a field or film that the catalogue does not have.
    """
    paths = sorted((folder / TASKS).glob("*.json"))
    if not paths:
        raise DataError("there are no tasks", path=folder / TASKS, remedy=_REMEDY)
    tasks = [_read(path, TypeAdapter(Task)) for path in paths]
    for task, path in zip(tasks, paths, strict=True):
        _check(task, shop, path)
    return tasks


def read_shop(folder: Path) -> Shop:
    """Return the films of a τ-Rec folder with the policies of its `policy.md`.

    Raises:
        DataError: `catalog.json` is missing, or not a list of films.
    """
    films = _read(folder / CATALOGUE, TypeAdapter(list[_Film]))
    if not films:
        raise DataError("no films in it", path=folder / CATALOGUE, remedy=_REMEDY)
    ranked = sorted(films, key=lambda film: (-film.vote_count, film.id))
    return Shop([_thing(film) for film in ranked], FIELDS, POLICY, "film", "films", "genres")


def _thing(film: _Film) -> Thing:
    told: Mapping[str, Any] = film.model_dump()
    values = {name: _values(told[name]) for name in FIELDS}
    return Thing(film.id, film.title, values, film.vote_count)


def _values(told: Any) -> tuple[Value, ...]:
    if isinstance(told, list):
        return tuple(told)
    return () if told == "" else (told,)


def _check(task: Task, shop: Shop, path: Path) -> None:
    for revealed in task.constraints:
        if (name := revealed.constraint.field) not in shop.fields:
            known = ", ".join(shop.fields)
            raise DataError(f"no field {name!r} to constrain", path=path, remedy=f"Expected one of {known}.")
    for item in task.known:
        if item not in shop.by_id:
            raise DataError(f"the film {item!r} is not in {CATALOGUE}", path=path, remedy=_REMEDY)


def _read(path: Path, form: TypeAdapter[Any]) -> Any:
    try:
        return form.validate_python(json.loads(path.read_text(encoding="utf-8")))
    except FileNotFoundError:
        raise DataError("there is no such file", path=path, remedy=_REMEDY) from None
    except (UnicodeDecodeError, json.JSONDecodeError) as error:
        raise DataError(f"not JSON in UTF-8 ({error})", path=path, remedy=_REMEDY) from None
    except ValidationError as error:
        problems = "; ".join(
            f"{'.'.join(map(str, each['loc'])) or 'file'}: {each['msg']}"
            for each in error.errors(include_url=False)[:3]
        )
        raise DataError(problems, path=path, remedy=_REMEDY) from None
