"""What is known of relation names: what their values are, their units and scales.

A catalogue may use any relation names; those not listed here are of kind `other`.
"""

from __future__ import annotations

from kg.types import Kind, Relation, RelationName

KINDS: dict[str, Kind] = {
    "director": Kind.PERSON,
    "actor": Kind.PERSON,
    "composer": Kind.PERSON,
    "cinematographer": Kind.PERSON,
    "writer": Kind.PERSON,
    "producer": Kind.PERSON,
    "editor": Kind.PERSON,
    "author": Kind.PERSON,
    "cover_artist": Kind.PERSON,
    "distributor": Kind.ORGANISATION,
    "publisher": Kind.ORGANISATION,
    "genre": Kind.CATEGORY,
    "media_type": Kind.CATEGORY,
    "age_rating": Kind.CATEGORY,
    "language": Kind.LANGUAGE,
    "series": Kind.SERIES,
    "country": Kind.PLACE,
    "previous_work": Kind.WORK,
    "subsequent_work": Kind.WORK,
    "rating": Kind.NUMBER,
    "votes": Kind.NUMBER,
    "price": Kind.NUMBER,
    "running_time": Kind.NUMBER,
    "pages": Kind.NUMBER,
    "release_date": Kind.DATE,
    "award": Kind.CATEGORY,
    "subject": Kind.OTHER,
}
OPEN = frozenset({"actor", "award", "subject"})  # some of many are stored: who is not among them may be one
UNITS = {"running_time": "min", "pages": "pages"}
SCALES = {"age_rating": ("G", "PG", "PG-13", "R", "NC-17")}


def relation(name: str) -> Relation:
    """Return the relation called `name` with its kind, unit and scale."""
    kind = KINDS.get(name, Kind.OTHER)
    return Relation(RelationName(name), kind, UNITS.get(name, ""), SCALES.get(name, ()))
