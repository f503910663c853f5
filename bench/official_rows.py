"""The authors' published files as they are: the fields of a record, and their names for relations and groups.

Fields that are not listed are passed over: the files are not ours, and later releases may say more. Books
say `book…` where films say `movie…`.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any, TypeVar

from pydantic import AliasChoices, BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from bench.types import QueryType
from kg.errors import DataError
from kg.text import fold

FILES: dict[QueryType, str] = {
    "explicit": "ExplicitQuery.json",
    "implicit": "ImplicitQuery.json",
    "misinformed": "MisinformedQuery.json",
    "interest": "InterestBasedQuery.json",
    "demographic": "UserBasedQuery.json",
}
FETCH = "Fetch the file again from the authors' repository; docs/recbench.md names the fields."

# What their relations may be called here, the likeliest first; spelling as in `_relation_key`.
RELATIONS: dict[str, tuple[str, ...]] = {
    "starring": ("actor",),
    "stars": ("actor",),
    "cast": ("actor",),
    "actedin": ("actor",),
    "actedby": ("actor",),
    "directedby": ("director",),
    "musiccomposer": ("composer",),
    "music": ("composer",),
    "musicby": ("composer",),
    "composedby": ("composer",),
    "cinematography": ("cinematographer",),
    "cinematographyby": ("cinematographer",),
    "writtenby": ("author", "writer"),
    "producedby": ("producer",),
    "editing": ("editor",),
    "editedby": ("editor",),
    "distributedby": ("distributor",),
    "hasgenre": ("genre",),
    "incategory": ("genre",),
    "category": ("genre",),
    "belongsto": ("series", "genre"),
    "hastopic": ("topic", "genre"),
    "publishedby": ("publisher",),
}
THEIR_BOOK_RELATIONS = {
    "author": "WRITTEN_BY",
    "genre": "IN_CATEGORY",
    "series": "BELONGS_TO",
    "topic": "HAS_TOPIC",
}
GENDERS = {"Female": "F", "Male": "M"}


def _listed(value: Any) -> Any:
    return value if isinstance(value, list) else [value]


Names = Annotated[list[str], BeforeValidator(_listed)]


class _Row(BaseModel):
    # Ids are numbers in some files and strings in others.
    model_config = ConfigDict(extra="ignore", frozen=True, coerce_numbers_to_str=True)


class Told(_Row):
    """What a text says of an item: `person` as its `relation`; where it is wrong, `original` is true."""

    items: Names = Field(validation_alias=AliasChoices("movie", "book"))
    relation: str
    person: str
    original: Names = Field(default_factory=list, validation_alias="original person")


class ConditionRow(_Row):
    """A record of the three condition-based files: one set of conditions in up to two wordings."""

    data_idx: str | None = None
    source_user: str | None = None
    condition_num: int | None = None
    subset: list[str] = Field(validation_alias=AliasChoices("movieSubset", "bookSubset"))
    subset_ids: list[str] = Field(
        default_factory=list, validation_alias=AliasChoices("movieSubsetId", "bookSubsetId")
    )
    shared: list[tuple[str, str]] = Field(validation_alias="sharedRelationships")
    direct: str = Field("", validation_alias="direct_description_query")
    situational: str = Field("", validation_alias="situational_description_query")
    query: str = ""
    hints: list[Told] = Field(default_factory=list, validation_alias="multihop_info")
    wrong: list[Told] = Field(default_factory=list, validation_alias="misinformed")


class Asked(_Row):
    """One query of a profile-based record with its true titles."""

    query: str
    subset: list[str] = Field(validation_alias=AliasChoices("movie subset", "book subset"))


class InterestRow(_Row):
    """A record of the interest-based file: items that many users chose one after another.

    `before` is our addition: what they chose just before; so is `n_source_users`, where users are not named.
    """

    data_idx: str | None = None
    source_users: list[str] = Field(default_factory=list)
    n_source_users: int | None = Field(None, validation_alias="Number of source users")
    common: list[str] = Field(
        validation_alias=AliasChoices("Shared consecutive movies", "Shared consecutive books")
    )
    before: list[str] = Field(
        default_factory=list, validation_alias=AliasChoices("Preceding movies", "Preceding books")
    )
    asked: list[Asked] = Field(validation_alias="query & ground true")


class GroupRow(_Row):
    """A record of the demographics-based file: `group` has a value for every part of `group_type`."""

    data_idx: str | None = None
    group_type: str
    group: Names
    asked: list[Asked] = Field(validation_alias="query & ground true")

    @property
    def profile(self) -> dict[str, str]:
        """The group as a `Profile` has it; of parts that it does not know, nothing."""
        said = dict(zip(self.group_type.split("_"), self.group, strict=False))
        said["gender"] = GENDERS.get(said.get("gender", ""), said.get("gender", ""))
        return {name: said[name] for name in ("gender", "age", "occupation") if said.get(name)}


Row = TypeVar("Row", bound=_Row)


def rows(path: Path, row: type[Row]) -> Iterator[tuple[int, Row]]:
    """Yield the records of a file with their numbers, from 1.

    Raises:
        DataError: not UTF-8, not JSON, no list of objects, or a field is missing or of another kind; the
            message names the record and its `data_idx`.
    """
    try:
        records = json.loads(path.read_bytes().decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise DataError(f"not UTF-8 (byte {error.start})", path=path, remedy=FETCH) from None
    except json.JSONDecodeError as error:
        problem = f"not JSON ({error.msg} at column {error.colno}), so it is cut off or no data file"
        raise DataError(problem, path=path, line=error.lineno, remedy=FETCH) from None
    if not isinstance(records, list) or not records:
        problem = (
            "the list is empty" if records == [] else f"a list of records was expected, not {_kind(records)}"
        )
        raise DataError(problem, path=path, remedy=FETCH)
    for number, record in enumerate(records, 1):
        yield number, _parse(record, row, path, number)


def _parse(record: Any, row: type[Row], path: Path, number: int) -> Row:
    where = f"record {number}"
    if not isinstance(record, dict):
        raise DataError(f"{where} is {_kind(record)}, not an object", path=path, remedy=FETCH)
    if "data_idx" in record:
        where += f" (data_idx {record['data_idx']!r})"
    try:
        return row.model_validate(record)
    except ValidationError as error:
        problems = "; ".join(
            f"{'.'.join(map(str, e['loc']))}: {e['msg']}" for e in error.errors(include_url=False)[:3]
        )
        raise DataError(f"{where}: {problems}", path=path, remedy=FETCH) from None


def relation_names(theirs: str) -> tuple[str, ...]:
    """Return what a relation of theirs may be called here, the likeliest first: `WRITTEN_BY` -> `author`."""
    key = "".join(fold(part) for part in theirs.replace("_", " ").replace("-", " ").split())
    own = theirs.strip().casefold().replace(" ", "_")
    return tuple(dict.fromkeys((own, *RELATIONS.get(key, ()))))


def _kind(value: Any) -> str:
    return {dict: "an object", list: "a list", str: "text", type(None): "null"}.get(type(value), "a number")
