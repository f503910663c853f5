"""Sentences that answer questions of fact."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from agent.phrasing import PASSIVE, listed

NOUNS = {
    "actor": "cast",
    "media_type": "format",
    "previous_work": "work before it",
    "subsequent_work": "sequel",
}
_DID = {name: passive.removesuffix(" by") for name, passive in PASSIVE.items()} | {
    "writer": "wrote",
    "author": "wrote",
    "actor": "is in the cast of",
}
_CAST = 4  # names of a cast in a sentence on everything
_PLURAL = (("was", "were"), ("is", "are"), ("has", "have"))
_NAMED = 3  # titles in a sentence on several
_CUT = 320  # characters of a description in a sentence
UNKNOWABLE = {
    "where": "where {title} can be watched, read or bought",
    "tickets": "what is shown where, and sells no tickets",
    "awards": "what {title} has won",
    "ratings": "how {title} is rated or reviewed",
    "length": "how long {title} is",
    "money": "what {title} cost or earned",
    "language": "in which versions {title} can be had",
    "future": "what is planned or still to come",
    "remakes": "which title is a remake of which",
    "suitability": "for whom {title} is suitable",
    "characters": "who plays which part in {title}",
}
_SAID = {name: f"was {passive} {{names}}" for name, passive in PASSIVE.items()} | {
    "year": "came out in {names}",
    "genre": "is listed under {names}",
    "series": "is part of {names}",
    "previous_work": "comes after {names}",
    "subsequent_work": "is followed by {names}",
    "country": "is from {names}",
    "language": "is in {names}",
    "actor": "has {names} in its cast",
}
_LEADING = {"actor": "with", "genre": "listed under", "country": "from", "language": "in"}
_SERIES = frozenset("series saga trilogy cycle chronicles quartet sequence".split())
WHICH = "Which title do you mean?"
NO_TASTE = "I have no taste of my own."
NO_JUDGEMENT = "How good it is, or for whom, the catalogue cannot say."


def noun(relation: str) -> str:
    """Return what a relation is called in a sentence."""
    return NOUNS.get(relation, relation.replace("_", " "))


def value(title: str, relation: str, labels: Sequence[str]) -> str:
    """Return what an item has on a relation."""
    if not labels:
        return f"The catalogue lists no {noun(relation)} for {title}."
    if relation == "actor":
        return f"The cast of {title} listed here: {listed(labels)}."
    return f"{title} {said(relation, labels)}."


def said(relation: str, labels: Sequence[str]) -> str:
    """Return what is said of an item on a relation, without its title and the full stop."""
    names = listed([series(label) for label in labels] if relation == "series" else labels)
    return _SAID.get(relation, "has {names} as {noun}").format(names=names, noun=noun(relation))


def series(label: str) -> str:
    """Return how a series is called in a sentence."""
    named = label.removeprefix("The ")
    return label if set(label.casefold().split()) & _SERIES else f"the {named} series"


def of_several(note: str, titles: Sequence[str]) -> str:
    """Return what is said of a title, of several: 'X, Y and 3 more were directed by N'."""
    if not titles[1:]:
        return note.replace("{}", titles[0])
    rest = len(titles) - _NAMED
    names = [*titles[:_NAMED], f"{rest} more"] if rest > 1 else titles
    said = (
        note.replace("{} was", "{} were", 1).replace("{} is ", "{} are ", 1).replace("{} has ", "{} have ", 1)
    )
    return said.replace("{}", listed(names))


def yes(title: str, relation: str, labels: Sequence[str]) -> str:
    """Return that something asked is so."""
    return f"Yes, {title} {said(relation, labels)}."


def no(title: str, relation: str, labels: Sequence[str], asked: str) -> str:
    """Return that something asked is not so, and what is."""
    if relation == "actor":
        return f"No, {asked} is not in the cast of {title} listed here: {listed(labels)}."
    return f"No, {title} {said(relation, labels)}, not {asked}."


def cannot_tell(title: str, relation: str, asked: str) -> str:
    """Return that a yes or no cannot be told."""
    return f"The catalogue lists no {noun(relation)} for {title}, so it cannot say about {asked}."


def about(title: str, text: str) -> str:
    """Return what an item is about."""
    return f"{title}: {short(text)}" if text else f"The catalogue holds no description of {title}."


def short(text: str) -> str:
    """Return the first sentences of a text, about as many as one reads at a glance."""
    if len(text) <= _CUT:
        return text
    first = text[:_CUT]
    end = max(first.rfind(mark) for mark in (". ", "! ", "? "))
    return first[: end + 1] if end > 0 else first.rsplit(" ", 1)[0] + " …"


def told(described: Mapping[str, Any], title: str, *, fully: bool = False) -> str:
    """Return what is known of an item in a sentence: maker, year, kind; all of it if `fully`."""
    known = described["relations"]
    maker = next((name for name in ("author", "director", "writer") if known.get(name)), None)
    parts = [f"{PASSIVE[maker]} {listed(known[maker])}"] if maker else []
    parts += [f"listed under {listed(known['genre'])}"] if known.get("genre") else []
    if fully:
        parts += [f"with {listed(_some(known['actor']))}"] if known.get("actor") else []
        parts += (
            [f"part of {listed([series(each) for each in known['series']])}"] if known.get("series") else []
        )
        parts += [f"published by {listed(known['publisher'])}"] if known.get("publisher") else []
    noun = {"movie": "film", "book": "book"}.get(described["domain"], "title")
    dated = f"{title} ({described['year']})" if described["year"] else title
    whole = title if f"({described['year']})" in title else dated
    return " ".join([f"{whole} is a {noun}", *([", ".join(parts)] if parts else [])]) + "."


def _some(names: Sequence[str]) -> list[str]:
    return [*names[:_CAST], "others"] if len(names) > _CAST else list(names)


def unknown(names: Sequence[str]) -> str:
    """Return that names name nothing here."""
    return f"I can't find {' or '.join(f'“{name}”' for name in names)} in this catalogue."


def unknowable(topic: str, title: str) -> str:
    """Return that something is not in the catalogue."""
    if topic == "doing":
        return "I only recommend and look things up: I cannot play, order or lend anything."
    if topic == "people":
        return "The catalogue holds nothing about people's lives."
    if topic == "characters" and not title:
        return "The catalogue does not say who plays which part; it lists casts only."
    if topic == "setting":
        return f"The catalogue holds no such detail of {title or 'it'}."
    return f"The catalogue does not say {UNKNOWABLE[topic].format(title=title or 'it')}."


def counted(
    total: int,
    noun: str,
    conditions: Sequence[Mapping[str, str]],
    years: tuple[int | None, int | None],
) -> str:
    """Return how many items there are under conditions."""
    stated = [_stated(c["relation"], c["value"]) for c in conditions]
    if years != (None, None):
        stated.append(_in_years(*years))
    one = {"stories": "story"}.get(noun, noun.removesuffix("s"))
    what = " ".join([one if total == 1 else noun, *stated])
    return f"The catalogue has {total or 'no'} {what}."


def _stated(relation: str, label: str) -> str:
    if relation in PASSIVE:
        return f"{PASSIVE[relation]} {label}"
    if relation == "series":
        return f"in {series(label)}"
    return f"{_LEADING.get(relation, 'of')} {label}"


def _in_years(first: int | None, last: int | None) -> str:
    if first and last:
        return f"from {first}" if first == last else f"from {first} to {last}"
    return f"since {first}" if first else f"until {last}"


def called(name: str, titles: Sequence[str]) -> str:
    """Return which titles have a name in them."""
    return f"By the name “{name}” I find {listed(titles)}."


def compared(first: str, than: Sequence[str], *, latest: bool) -> str:
    """Return which of several is the older or the newer one."""
    if len(than) == 1:
        return f"{first} is {'newer' if latest else 'older'} than {than[0]}."
    return f"{first} is the {'newest' if latest else 'oldest'} of them."


def of_one_year(titles: Sequence[str], year: int) -> str:
    """Return that several items are from the same year."""
    return f"{listed(titles)} are both from {year}."


def shared(titles: Sequence[str], relation: str, labels: Sequence[str]) -> str:
    """Return what several items have in common."""
    if not labels:
        return f"{listed(titles)} have no {noun(relation)} in common that the catalogue lists."
    if relation == "actor":
        return (
            f"Both in {listed(titles)}: {listed(labels)}."
            if len(titles) == 2
            else f"In all of them: {listed(labels)}."
        )
    return f"{listed(titles)} have {listed(labels)} as {noun(relation)} in common."


def other_form(domain: str, asked: Sequence[str], found: Sequence[str]) -> str:
    """Return what is here as a film too, or as a book."""
    what = {"movie": "film", "book": "book"}.get(domain, "title")
    if found:
        return f"Here as a {what}: {listed(found)}."
    return f"I know of no {what} of {listed(asked[:_CAST])} in this catalogue."


def same(titles: Sequence[str], relation: str, held: Sequence[Sequence[str]], common: Sequence[str]) -> str:
    """Return whether several items have somebody in one role."""
    if common:
        return f"Yes, {listed(titles)} have {listed(common)} as {noun(relation)}."
    each = [f"{title} {said(relation, names)}" for title, names in zip(titles, held, strict=True)]
    return f"No, {listed(each)}."


Step = tuple[str, str, str]  # an item, a relation, and who or what the item has


def in_common(first: str, second: str, ways: Sequence[Sequence[Step]]) -> str:
    """Return what two things share, or what one is to the other."""
    if len(ways[0]) == 1:
        told = [f"{noun(relation)} of {name}" for name, relation, _ in (way[0] for way in ways)]
        return f"{ways[0][0][2]} is {listed(told)}."
    return f"{first} and {second} have in common: {listed([_had(way) for way in ways])}."


def connected(first: str, second: str, way: Sequence[Step]) -> str:
    """Return through whom two things are connected, item by item."""
    if not way:
        return f"Nothing here connects {first} with {second} within six facts."
    items = dict.fromkeys(name for name, _, _ in way)
    chain = [f"{item} has {listed([_had([step]) for step in way if step[0] == item])}" for item in items]
    return f"{first} is connected with {second}: {'; '.join(chain)}."


def _had(way: Sequence[Step]) -> str:
    """Return who or what items have, and as what: 'Al Pacino (cast)'."""
    return f"{way[0][2]} ({' and '.join(dict.fromkeys(noun(relation) for _, relation, _ in way))})"


def person(name: str, roles: Mapping[str, int], titles: Sequence[str]) -> str:
    """Return what somebody did in how many items, and the best known of what they did most."""
    done = [
        f"{_DID.get(role, 'worked on')} {n} {'title' if n == 1 else 'titles'}" for role, n in roles.items()
    ]
    known = f", among them {listed(titles)}" if titles else ""
    return f"In this catalogue {name} {listed(done)}{known}."


def neighbours(names: Sequence[str], label: str, title: str, *, after: bool) -> str:
    """Return what came after or before an item in its series."""
    where = "after" if after else "before"
    if not names:
        return f"The catalogue lists nothing {where} {title} in {series(label)}."
    return f"In {series(label)}, {listed(names)} came {where} {title}."


def listed_here(title: str, *, there: bool) -> str:
    """Return whether a title is among those that were found last."""
    return f"{'Yes' if there else 'No'}, {title} is {'' if there else 'not '}among those I found."
