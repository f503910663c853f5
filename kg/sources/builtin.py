"""The catalogue that ships with Usher: `kg/builtin/*.txt`, written by hand.

`films.txt` and `books.txt` hold one record an item, `names.txt` other names of people, `people.txt` invented
viewers and readers. The format is the record jar: records separated by an empty line, `key: value; value`
lines, '#' for comments. A `theme` is text to search, never a fact: it stands in a sentence after `about`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import get_close_matches
from pathlib import Path

from kg.builder import Builder
from kg.catalogue import Catalogue, Histories
from kg.errors import DataError
from kg.relations import SCALES
from kg.sources import files as raw
from kg.sources.tags import with_sentence
from kg.text import bare_label, fold, tokens
from kg.types import Entity, EntityId, Item, ItemId, User

HERE = Path(__file__).parent.parent / "builtin"
DOMAINS = {"films.txt": "movie", "books.txt": "book"}
GENRES = {
    "movie": frozenset(
        (
            "Action, Adventure, Animation, Comedy, Crime, Documentary, Drama, Family, Fantasy, Film-Noir,"
            " History, Horror, Music, Musical, Mystery, Romance, Sci-Fi, Thriller, War, Western"
        ).split(", ")
    ),
    "book": frozenset(
        (
            "Adventure, Biography, Children's literature, Economics, Essays, Fantasy, Gothic fiction,"
            " Historical novel, History, Horror, Literary fiction, Memoir, Mystery, Philosophy,"
            " Popular science, Psychology, Romance, Satire, Science fiction, Short stories, Thriller, Travel,"
            " Young adult"
        ).split(", ")
    ),
}
AGES = (1, 18, 25, 35, 45, 50, 56)  # lower bounds of the bands, as in MovieLens
_ITEM_KEYS = frozenset(("title", "aka", "year", "about", "theme"))
_RELATIONS = frozenset(
    (
        "director actor composer cinematographer writer producer editor genre country series author publisher"
        " language age_rating"
    ).split()
)
_NOT_PEOPLE = frozenset(("genre", "country", "series", "publisher", "language", "age_rating"))
_NUMBERS = frozenset(("running_time", "pages"))
_NAMES, _PEOPLE = "names.txt", "people.txt"
_KEYS = {
    _NAMES: frozenset(("name", "aka")),
    _PEOPLE: frozenset(("name", "age", "gender", "occupation", "history")),
}
_WHOLE = frozenset(("title", "about", "name", "occupation"))  # never split at a semicolon
_KEEP = "The records before and after it show what one holds."
_INSTALL = "The package is incomplete: install it again."
_LINE = re.compile(r"(?P<key>[a-z_]+): (?P<values>\S.*)$")

Record = dict[str, list[str]]


def files(folder: Path) -> list[Path]:
    """Return the data files in `folder`: items, then names and people where there are any."""
    items = [raw.need(folder / name, _INSTALL) for name in DOMAINS]
    return [*items, *(path for name in (_NAMES, _PEOPLE) if (path := folder / name).exists())]


def read(folder: Path = HERE) -> Catalogue:
    """Read the built-in catalogue; films come before books, both in the order of their files.

    Raises:
        DataError: a record is not what it should be; file, line and what was expected are named.
    """
    builder = Builder()
    paths = {path.name: path for path in files(folder)}
    for name, domain in DOMAINS.items():
        for number, record in records(paths[name]):
            _add(builder, record, domain, paths[name], number)
    if _NAMES in paths:
        _add_names(builder, paths[_NAMES])
    users, histories = _people(builder, paths[_PEOPLE]) if _PEOPLE in paths else ([], None)
    return builder.finish("builtin", "Usher", "1", users=users, histories=histories)


def records(path: Path) -> Iterator[tuple[int, Record]]:
    """Yield `(line number, {key: values})` for every record of a file; its name decides which keys it has."""
    keys = _KEYS.get(path.name, _ITEM_KEYS | _RELATIONS | _NUMBERS)
    record: Record = {}
    start = 0
    previous = 0
    for number, line in raw.lines(path, complete=True):
        if line.startswith("#"):
            continue
        if record and number > previous + 1:
            yield start, record
            record = {}
        start = start if record else number
        previous = number
        match = _LINE.match(line)
        if not match or match["key"] in record or match["key"] not in keys:
            raise DataError(
                f"{line[:60]!r} is not `key: value; value` with a new key",
                path=path,
                line=number,
                remedy=f"Keys: {', '.join(sorted(keys))}.",
            )
        values = match["values"]
        record[match["key"]] = [values] if match["key"] in _WHOLE else values.split("; ")
    if not record:
        raise DataError("the file is empty", path=path, remedy=_INSTALL)
    yield start, record


def slug(name: str) -> str:
    """Return a name as part of an id: 'Amélie' -> 'amelie'."""
    return "-".join(fold(token.raw) for token in tokens(name.replace("'s", "s").replace("’s", "s")))


def entity(relation: str, value: str) -> Entity:
    """Return the entity that `value` names: people keep one id whatever they did on an item.

    A qualifier in brackets tells two people of one name apart: 'Graham Greene (actor)' has an id of its own
    and the label 'Graham Greene'.
    """
    own = relation if relation in _NOT_PEOPLE else "person"
    return Entity(EntityId(f"{own}/{slug(value)}"), bare_label(value))


def _add(builder: Builder, record: Record, domain: str, path: Path, number: int) -> None:
    try:
        title, year, about = record["title"][0], int(record["year"][0]), record["about"][0]
    except (KeyError, ValueError) as error:
        raise DataError(
            f"a record needs title, year and about ({error})", path=path, line=number, remedy=_KEEP
        ) from None
    for name, labels in (("genre", sorted(GENRES[domain])), ("age_rating", SCALES["age_rating"])):
        if strange := sorted(set(record.get(name, ())) - set(labels)):
            said = f"unknown {name} {strange[0]!r} of {title!r}"
            raise DataError(said, path=path, line=number, remedy=f"Known: {', '.join(labels)}.")
    key = ItemId(f"{domain}/{slug(title)}-{year}")
    text = with_sentence(about, record["theme"]) if "theme" in record else about
    try:
        builder.add_item(Item(key, title, year, domain, tuple(record.get("aka", ()))), text)
    except DataError as error:
        raise DataError(str(error), path=path, line=number) from None
    for name in record.keys() & _RELATIONS:
        for value in record[name]:
            builder.add_fact(key, name, entity(name, value))
    for name in record.keys() & _NUMBERS:
        builder.add_value(key, name, _number(record, name, path, number))


def _number(record: Record, name: str, path: Path, number: int) -> int:
    said = "; ".join(record[name])
    if not said.isascii() or not said.isdecimal() or not int(said):
        raise DataError(
            f"{name} is {said!r}, expected one whole number above 0",
            path=path,
            line=number,
            remedy=f"Write it without its unit, as in `{name}: 120`.",
        )
    return int(said)


def _add_names(builder: Builder, path: Path) -> None:
    """Give people of the catalogue the other names they are known by."""
    for number, record in records(path):
        if record.keys() != _KEYS[_NAMES]:
            raise DataError("a record needs name and aka", path=path, line=number, remedy=_KEEP)
        name = record["name"][0]
        person = entity("person", name)
        if person.id not in builder.entities:
            remedy = _nearest(name, (each.label for each in builder.entities.values()))
            raise DataError(f"nobody is called {name!r}", path=path, line=number, remedy=remedy)
        builder.entities[person.id] = Entity(person.id, person.label, tuple(record["aka"]))


def _people(builder: Builder, path: Path) -> tuple[list[User], Histories]:
    """Read the invented viewers and readers; a person's id is their name's slug."""
    at = {item.name: position for position, item in enumerate(builder.items.values())}
    users: dict[str, User] = {}
    chosen: list[list[int]] = []
    for number, record in records(path):
        user = _person(record, path, number)
        if user.id in users:
            raise DataError(
                f"the person {user.id!r} occurs twice",
                path=path,
                line=number,
                remedy="Give them another name.",
            )
        if unknown := [name for name in record["history"] if name not in at]:
            raise DataError(
                f"{user.id!r} chose {unknown[0]!r}, which is not in the catalogue",
                path=path,
                line=number,
                remedy=_nearest(unknown[0], at),
            )
        users[user.id] = user
        chosen.append([at[name] for name in record["history"]])
    return list(users.values()), Histories.pack(chosen)


def _person(record: Record, path: Path, number: int) -> User:
    if missing := sorted(_KEYS[_PEOPLE] - record.keys()):
        raise DataError(f"a person needs {', '.join(missing)}", path=path, line=number, remedy=_KEEP)
    age, gender = record["age"][0], record["gender"][0]
    if age not in map(str, AGES) or gender not in ("F", "M"):
        raise DataError(
            f"age {age!r} and gender {gender!r}, expected the lower bound of a band and F or M",
            path=path,
            line=number,
            remedy=f"Bands: {', '.join(map(str, AGES))}.",
        )
    return User(slug(record["name"][0]), gender, int(age), record["occupation"][0])


def _nearest(name: str, known: Iterator[str] | dict[str, int]) -> str:
    close = get_close_matches(name, sorted(set(known)), n=1)
    return f"Did you mean {close[0]!r}?" if close else "Add it to the films, the books or the names first."
