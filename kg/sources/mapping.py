"""What is what in a person's own tables, and how their relations are called in speech.

A mapping comes from a TOML file or from flags. Nothing here opens a table.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from kg.errors import DataError, UsageError
from kg.policy import Policy
from kg.relations import relation
from kg.sources.entries import as_table, as_word, as_words, near, relation_name
from kg.sources.policies import as_policy
from kg.types import Kind

LITERALS = frozenset((Kind.NUMBER, Kind.DATE, Kind.FLAG, Kind.TEXT))

SEPARATORS = ("; ", "|")
_CUES = ("agent", "verb", "work", "place", "preposition")
_LISTS = (*_CUES, "low", "high", "order")
_SINGLE = ("unit", "format")
_ITEM = "item item_id itemid product product_id sku movie_id movieid book_id bookid asin isbn id"
_USER = "user user_id userid customer customer_id reader viewer"
# Table -> what is needed of it -> headers it is known by; a mapping overrules them.
ROLES: dict[str, dict[str, tuple[str, ...]]] = {
    table: {role: tuple(headers.split()) for role, headers in roles.items()}
    for table, roles in {
        "items": {
            "id": f"id {_ITEM} code key",
            "title": "title name label item_name product_name",
            "year": "year vintage release_year publication_year",
            "text": "text description about summary plot overview notes",
            "aliases": "aliases alias aka also_known_as other_titles",
            "domain": "domain",
        },
        "relations": {
            "item": f"{_ITEM} title name",
            "relation": "relation property predicate attribute",
            "value": "value entity object",
        },
        "interactions": {
            "user": _USER,
            "item": f"{_ITEM} title name",
            "time": "timestamp time date datetime order position created_at",
        },
        "users": {
            "id": f"id {_USER}",
            "gender": "gender sex",
            "age": "age",
            "occupation": "occupation job profession",
        },
    }.items()
}
NEEDED = {
    "items": ("title",),
    "relations": ("item",),
    "interactions": ("user", "item"),
    "users": ("id",),
}


@dataclass(frozen=True, slots=True)
class Wording:
    """What one relation is and how it is called in speech; words in the order in which they are likely.

    `agent`: "the region of X"; `verb`: "grown in Rioja"; `work`: "Y's score for X"; `place`: "Y in the cast";
    `preposition`: "from Rioja"; `low` and `high`: "cheap", "expensive". `unit` is that of its numbers,
    `order` its labels from low to high, `format` that of its dates; `separators` part the values of a cell.
    """

    kind: Kind
    agent: tuple[str, ...] = ()
    verb: tuple[str, ...] = ()
    work: tuple[str, ...] = ()
    place: tuple[str, ...] = ()
    preposition: tuple[str, ...] = ()
    unit: str = ""
    low: tuple[str, ...] = ()
    high: tuple[str, ...] = ()
    order: tuple[str, ...] = ()
    format: str = ""
    separators: tuple[str, ...] = ()

    def notes(self) -> dict[str, Any]:
        """Return this as plain data for a manifest; what only reading needs is left out."""
        told: dict[str, Any] = {"kind": self.kind.value}
        told |= {cue: list(getattr(self, cue)) for cue in _CUES}
        if self.unit:
            told["unit"] = self.unit
        return told | {cue: list(said) for cue in ("low", "high") if (said := getattr(self, cue))}


@dataclass(frozen=True, slots=True)
class Mapping:
    """Which columns hold what.

    `columns` has table -> role -> header where it is not a usual one, empty where there is no such column;
    `relations` has relation -> header of its column among the items, None for one that is there under the
    relation's own name or not at all; `more` the headers of a relation's further columns. With `guess`, what
    is not said of the items is guessed from their table. `policy` is what recommendations keep to.
    """

    columns: dict[str, dict[str, str]] = field(default_factory=dict)
    relations: dict[str, str | None] = field(default_factory=dict)
    wording: dict[str, Wording] = field(default_factory=dict)
    domain: str = "item"
    nouns: tuple[str, ...] = ()
    separators: tuple[str, ...] = SEPARATORS
    more: dict[str, tuple[str, ...]] = field(default_factory=dict)
    guess: bool = False
    policy: Policy = field(default_factory=Policy)

    def __post_init__(self) -> None:
        headers = [header for header in self.relations.values() if header]
        headers += [header for said in self.more.values() for header in said]
        if twice := [header for header in headers if headers.count(header) > 1]:
            raise UsageError(f"two relations have the column {twice[0]!r}: expected one relation a column.")

    @property
    def headers(self) -> frozenset[str]:
        """The columns of items that this names."""
        held = (*self.columns.get("items", {}).values(), *self.relations.values())
        return frozenset(header for header in held if header)

    @classmethod
    def load(cls, path: Path) -> Mapping:
        """Read a mapping from a TOML file.

        Raises:
            DataError: the file is missing or not TOML.
            UsageError: an unknown key, or a value of another type than expected; the key is named.
        """
        try:
            return cls.parse(tomllib.loads(path.read_bytes().decode("utf-8-sig")))
        except OSError as error:
            remedy = "Give the path of a TOML file; docs/your-catalogue.md shows one."
            raise DataError(f"cannot be read ({error.strerror})", path=path, remedy=remedy) from None
        except UsageError as error:
            raise UsageError(f"{path}: {error}") from None
        except (ValueError, RecursionError) as error:
            raise DataError(f"not TOML ({error})", path=path, remedy="Save it as UTF-8 TOML.") from None

    @classmethod
    def parse(cls, tree: dict[str, Any]) -> Mapping:
        """Check a TOML tree and return its mapping.

        Raises:
            UsageError: as for `load`.
        """
        top = as_table(tree, "", ("catalogue", "columns", "relations", "policy"))
        catalogue = as_table(top.get("catalogue", {}), "catalogue", ("domain", "nouns", "separators"))
        columns = {
            table: _headers(table, value)
            for table, value in as_table(top.get("columns", {}), "columns", ROLES).items()
        }
        relations: dict[str, str | None] = {}
        wording: dict[str, Wording] = {}
        more: dict[str, tuple[str, ...]] = {}
        for given, value in as_table(top.get("relations", {}), "relations", None).items():
            key, name = f"relations.{given}", relation_name(given)
            if not name or name in relations:
                raise UsageError(f"{key}: expected a relation's name, once, of letters or digits.")
            entry = as_table(value, key, ("column", "kind", *_LISTS, *_SINGLE, "separators"))
            relations[name], more[name] = _columns(entry.get("column"), f"{key}.column")
            wording[name] = _wording(entry, name, key)
        return cls(
            columns,
            relations,
            wording,
            as_word(catalogue.get("domain", "item"), "catalogue.domain"),
            as_words(catalogue.get("nouns", []), "catalogue.nouns"),
            _separators(catalogue.get("separators", list(SEPARATORS)), "catalogue.separators"),
            {name: headers for name, headers in more.items() if headers},
            guess=not (columns.get("items") or relations),
            policy=as_policy(top.get("policy", {})),
        )

    @classmethod
    def of(
        cls, columns: dict[str, str] | None = None, *, relations: Iterable[str] = (), domain: str = "item"
    ) -> Mapping:
        """Return a mapping from flags.

        Args:
            columns: role -> header of the items ("id": "sku"), or table.role -> header ("users.id": "who").
            relations: the columns of the items that are relations: a header, or "relation=header".
            domain: what an item is, in one word.

        Raises:
            UsageError: an unknown role or table.
        """
        held: dict[str, dict[str, str]] = {}
        for given, header in (columns or {}).items():
            table, _, role = given.rpartition(".")
            table = table or "items"
            if table not in ROLES or role not in ROLES[table]:
                known = [*ROLES["items"], *(f"{t}.{r}" for t in ROLES if t != "items" for r in ROLES[t])]
                raise UsageError.unknown("column role", given, known)
            held.setdefault(table, {})[role] = as_word(header, given)
        named: dict[str, str | None] = {}
        for each in relations:
            given, sign, header = each.partition("=")
            if not (name := relation_name(given)):
                raise UsageError(f"relation {each!r}: expected a column's header, or relation=header.")
            named[name] = as_word(header if sign else given, each)
        return cls(held, named, domain=as_word(domain, "domain"))

    def notes(self) -> dict[str, Any]:
        """Return the wording as plain data for a manifest: nouns of the items, wording by relation."""
        return {
            "nouns": list(self.nouns),
            "relations": {name: self.wording[name].notes() for name in sorted(self.wording)},
        }


def _headers(table: str, value: object) -> dict[str, str]:
    key = f"columns.{table}"
    return {
        role: "" if each is False else as_word(each, f"{key}.{role}")
        for role, each in as_table(value, key, ROLES[table]).items()
    }


def _columns(value: object, key: str) -> tuple[str | None, tuple[str, ...]]:
    """Return the header of a relation's column, if it is named, and those of further ones."""
    if value is None:
        return None, ()
    first, *more = as_words(value, key) if isinstance(value, list) and value else (as_word(value, key),)
    return first, tuple(more)


def _wording(entry: dict[str, Any], name: str, key: str) -> Wording:
    """Return what a [relations.NAME] says."""
    given = {each: as_words(entry[each], f"{key}.{each}") for each in _LISTS if each in entry}
    single = {each: as_word(entry[each], f"{key}.{each}") for each in _SINGLE if each in entry}
    kind = _kind(entry.get("kind", _implied(entry)), name, f"{key}.kind")
    if "order" in given and kind in LITERALS:
        raise UsageError(f"{key}.order orders labels, but its kind is {kind.value}; expected a category.")
    if "unit" in single and kind is not Kind.NUMBER:
        raise UsageError(f'{key}.unit is of numbers, but its kind is {kind.value}; expected kind = "number".')
    if "format" in single and kind is not Kind.DATE:
        raise UsageError(f'{key}.format is of dates, but its kind is {kind.value}; expected kind = "date".')
    apart = _separators(entry["separators"], f"{key}.separators") if "separators" in entry else ()
    return Wording(kind, **given, **single, separators=apart)  # type: ignore[arg-type]


def _implied(entry: dict[str, Any]) -> str | None:
    """Return the kind that the other keys of a relation imply."""
    if "unit" in entry:
        return "number"
    return "date" if "format" in entry else "category" if "order" in entry else None


def _kind(value: object, name: str, key: str) -> Kind:
    if value is None:
        return relation(name).kind
    if value not in (kinds := [kind.value for kind in Kind]):
        raise UsageError(f"{key} is {value!r}, expected one of {', '.join(kinds)}{near(str(value), kinds)}")
    return Kind(str(value))


def _separators(value: object, key: str) -> tuple[str, ...]:
    as_words(value, key)
    return tuple(str(each) for each in value) if isinstance(value, list) else ()
