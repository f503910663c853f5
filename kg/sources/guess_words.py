"""Names of the relations that a table's columns become, and words for them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from collections.abc import Mapping as Dict
from dataclasses import replace

from kg.relations import KINDS
from kg.sources import cells
from kg.sources.entries import relation_name
from kg.sources.guess_kinds import scale_of, usual_of
from kg.sources.guess_lists import further_separators, separator_of
from kg.sources.mapping import LITERALS, Mapping, Wording
from kg.sources.numbers import CLOCK, rate_of
from kg.sources.profile import Column
from kg.sources.said_as import as_written, counted_as, doing, every, with_unit
from kg.sources.usual import (
    Usual,
    domains,
    header_unit,
    header_words,
    headers,
    other_name,
    squashed,
    translated,
)
from kg.stems import plural, singular
from kg.types import Kind
from kg.units import dimension

_NAMED = frozenset(name for name, kind in KINDS.items() if kind not in LITERALS)  # known by their own words
_MEAN = frozenset(("average", "avg", "mean"))
_NUMBER_OF = re.compile(r"^(?:num|number of|no of|nb|count of) ")
_TOTAL = re.compile(r" (?:total|overall|in total)$")
_COUNT = re.compile(r"^(\w+?)s? count$")
_AND = re.compile(r"[\W_]+and[\W_]+|\s*&\s*")  # of two things that items are
_FLAG = re.compile(r"^(?:is|has|are|does|was) ")
_BY_ITSELF = frozenset(
    "data items item catalog catalogue list table train test dataset sample all full".split()
)
_NAMES_ONLY = frozenset(
    "ref reference sku code stock listing"
    " name title label item headline model brand product address adresse titel titre titulo nom nombre"
    " nome".split()
)  # headers that say nothing of what an item is
_OF_GOODS = frozenset(("model", "product", "item"))  # headers that are nouns for items all the same
_OF_ANYTHING = frozenset("total free left available used taken max min count number amount average".split())
_TELLING = frozenset(
    "new old used cheap best free small large big second hand local top my our short long early late fast"
    " slow light heavy quiet loud easy hard good great high low modern recent popular vintage".split()
)  # words before a noun that tell something of each item
_JOINING = frozenset("and or of the for in with".split())
_SMALL = frozenset("from to since until till at on in by of for with is has id name code key".split())
_MINUTE_IN_MS = 60_000
_LEAST_MINUTES, _MOST_MINUTES = 5, 600  # of films, games, recipes


def worded(
    facts: Sequence[tuple[Column, Kind]], given: Mapping
) -> tuple[dict[str, Wording], dict[str, str | None]]:
    """Return the wording of every relation and the header of its column, both by relation.

    A usual relation lends its words to one column only: the one whose header is the likeliest for it.
    """
    usual = {column.place: _usual(column, kind) for column, kind in facts}
    owners = _owners(facts, usual)
    names = {header or name: name for name, header in given.relations.items()}
    own = {relation_name(header): name for header, name in names.items()}
    films = any(each is not None and each.name == "director" for each in usual.values())
    wording: dict[str, Wording] = {}
    headers: dict[str, str | None] = {}
    nested: dict[str, Column] = {}
    for column, kind in facts:
        owned = usual[column.place] if owners.get(_key(usual[column.place])) is column else None
        name = own.get(relation_name(column.header)) or _name(column, owned, headers)
        headers[name] = column.header
        if "." in column.header.strip(".") and " " not in column.header:
            nested[name] = column
        unit = _unit(column, usual[column.place], films=films) if kind is Kind.NUMBER else ""
        wording[name] = _words(column, kind, owned, unit)
    for name, column in nested.items():
        said = [each for each in _parts_of(column) if each not in _called(wording, name)]
        wording[name] = replace(wording[name], agent=tuple(dict.fromkeys((*wording[name].agent, *said))))
    return wording, headers


def _parts_of(column: Column) -> list[str]:
    """Return what a column of an object is called besides: 'district' of venue.district, 'free seats'."""
    *heads, last = (header_words(part) for part in column.header.split("."))
    if not last or last in _SMALL:
        return []
    return [f"{last} {heads[-1]}", *([] if last in _OF_ANYTHING else [last])]


def _called(wording: Dict[str, Wording], name: str) -> set[str]:
    """Return what all relations but one are called."""
    others = ((other.replace("_", " "), *held.agent) for other, held in wording.items() if other != name)
    return {said for each in others for said in each}


def domain_of(
    names: Iterable[str], columns: Sequence[Column], wording: dict[str, Wording]
) -> tuple[str, tuple[str, ...]]:
    """Return what an item is in a word, and the nouns for it: as the file's or the catalogue's name says.

    Of a name that says two things, 'clocks_and_watches', an item is either. Where names say nothing,
    directors make films and authors books.
    """
    names = list(names)
    for name in names:
        parts = [part for part in _AND.split(name.casefold()) if part]
        several = [domain_of([part], (), {})[1] for part in parts] if len(parts) > 1 else []
        if several and all(several):
            held = {
                word for column in columns for text in column.texts for word in header_words(text).split()
            }
            nouns = dict.fromkeys(noun for nouns in several for noun in nouns)
            return Mapping().domain, tuple(noun for noun in nouns if not _tells_apart(noun, several, held))
        words = [each for each in re.split(r"[\W_\d]+", name.casefold()) if each and each not in _BY_ITSELF]
        for size in (2, 1):
            for start in range(len(words) - size, -1, -1):
                if found := domains().get(" ".join(words[start : start + size])):
                    return found[0], (*found[1:], *_of_two(words[: start + size]))
    if "director" in wording or "actor" in wording:
        return domains()["movies"][0], domains()["movies"][1:]
    if "author" in wording:
        return domains()["books"][0], domains()["books"][1:]
    heads = {each.words for each in columns[:1]}
    for word, found in domains().items():
        if word in heads or f"{word} name" in heads:
            return found[0], found[1:]
    return next((said for name in reversed(names) if (said := _noun(name))), (Mapping().domain, ()))


def _tells_apart(noun: str, several: Sequence[Sequence[str]], held: Iterable[str]) -> bool:
    """Tell whether a noun for one of the things that items are is part of labels here: 'carriage CLOCK'."""
    own = next(nouns for nouns in several if noun in nouns)
    return any(word.endswith(each) for each in own if " " not in each for word in held)


def with_title_noun(nouns: tuple[str, ...], header: str, *, first: bool = False) -> tuple[str, ...]:
    """Return the nouns for an item with what its titles' header calls it, first or last: 'Exhibition'."""
    word = header_words(header)
    last = word.rpartition(" ")[2]
    plain = re.fullmatch(r"([a-z]{3,} )?[a-z]{3,}", word) and (last not in _NAMES_ONLY or word in _OF_GOODS)
    if not plain or word.endswith("s") or word in headers("text"):
        return nouns
    own = (word, plural(word))
    return tuple(dict.fromkeys((*own, *nouns) if first else (*nouns, *own)))


def _noun(name: str) -> tuple[str, tuple[str, ...]] | None:
    """Return what one item is called and its nouns, where a name is a plural: 'vans' of vans.csv."""
    words = [each for each in re.split(r"[\W_\d]+", name.casefold()) if each and each not in _BY_ITSELF]
    if not words or not re.fullmatch(r"[a-z]{2,}[^s\W]s", words[-1]):
        return None
    many = words[-1]
    single = many[:-3] + "y" if many.endswith("ies") else many[:-1]
    single = re.sub(r"(ch|sh|ss|x|[^aeiouh]o)e$", r"\1", single)
    return single, (single, many, *_of_two(words))


def _of_two(words: Sequence[str]) -> tuple[str, ...]:
    """Return what an item is called in two words, where the second is a plural: 'car park' of car_parks."""
    first, last = words[-2:] if len(words) > 1 else ("", "")
    if (
        not first
        or first in _TELLING | _JOINING
        or not re.fullmatch(r"[a-z]{2,}", first)
        or not last.endswith("s")
    ):
        return ()
    return f"{first} {singular(last)}", f"{first} {last}"


def _usual(column: Column, kind: Kind) -> Usual | None:
    if kind is Kind.TEXT:
        return None
    return usual_of(column, kind if kind in LITERALS else Kind.OTHER)


def _key(usual: Usual | None) -> str:
    return f"{usual.kind.value} {usual.name}" if usual else ""


def _owners(facts: Sequence[tuple[Column, Kind]], usual: dict[int, Usual | None]) -> dict[str, Column]:
    """Return the column that has the words of each usual relation."""
    found: dict[str, list[tuple[int, float, int, Column]]] = {}
    for column, _ in facts:
        if known := usual[column.place]:
            heads = [squashed(each) for each in known.headers]
            said = squashed(column.words)
            rank = heads.index(said) if said in heads else len(heads)
            found.setdefault(_key(known), []).append((rank, -column.present, column.place, column))
    return {key: min(entries, key=lambda each: each[:3])[3] for key, entries in found.items()}


def _name(column: Column, owned: Usual | None, taken: Iterable[str]) -> str:
    """Return a name for a relation: a usual entity's, or the header's words without the unit."""
    words = _NUMBER_OF.sub("", _said(column, owned))
    words = f"average {owned.name}" if words in _MEAN and owned else words
    name = (
        owned.name if owned and owned.name in _NAMED else relation_name(words) or f"column_{column.place + 1}"
    )
    count, wanted = 1, name
    while name in taken:
        count += 1
        name = f"{wanted}_{count}"
    return name


def _said(column: Column, owned: Usual | None) -> str:
    """Return a header as a person would say it: 'minplayers' as 'min players', 'is vegan' as 'vegan'."""
    words = _FLAG.sub("", column.words) if column.are_flags else column.words
    known = owned.headers if owned and words not in owned.headers else ()
    return next((each for each in known if " " in each and squashed(each) == squashed(words)), words)


def _words(column: Column, kind: Kind, owned: Usual | None, unit: str) -> Wording:
    if kind is Kind.TEXT:
        return Wording(kind)
    said = dict(owned.words) if owned else {}
    header = _said(column, owned)
    if owned is None or owned.name not in _NAMED or kind in (*LITERALS, Kind.PLACE, Kind.CATEGORY):
        agents = (
            _spoken(header, owned),
            header,
            *as_written(column),
            other_name(column.header),
            *translated().get(header, ()),
            *said.get("agent", ()),
        )
        if kind is Kind.NUMBER and (counted := with_unit(column, header)):
            agents += (counted,)
        if kind is Kind.NUMBER:
            agents += (*every(header, unit), *counted_as(column))
        if kind is Kind.NUMBER and (rate := rate_of(column.texts)):
            agents += (f"{header} per {rate}",)
        said["agent"] = tuple(dict.fromkeys(each for each in agents if each and not _is_name(each, owned)))
    elif (last := header.rpartition(" ")[2]) and header != last and header not in owned.headers:
        said["agent"] = tuple(dict.fromkeys((*said.get("agent", ()), header, header.removesuffix("s"))))
    if kind is Kind.FLAG and (word := next((e for e in column.texts if e.casefold() in cells.SAID), "")):
        said["agent"] = (*said.get("agent", ()), f"{header} {word.casefold()}")
    if kind not in LITERALS and " " in header:
        said["agent"] = (*said.get("agent", ()), *doing(header.rpartition(" ")[2]))
    entity = kind not in LITERALS
    order = scale_of(column) if entity else ()
    mark = separator_of(column, kind) if entity and not order else ""
    ends = ("low", "high") if entity else ()  # of a scale, where a word is no label of it
    taken = {label.casefold() for label in order}
    for end in ends:
        said[end] = tuple(each for each in said.get(end, ()) if order and each not in taken)
    known = {cue: words for cue, words in said.items() if cue in Wording.__slots__}
    marks = (mark, *further_separators(column, mark)) if mark else ()
    return Wording(kind, **known, unit=unit, order=order, separators=marks)  # type: ignore[arg-type]


def _spoken(header: str, owned: Usual | None) -> str:
    """Return what a count or a mean is called: 'num pages' 'pages', 'vote count' 'votes'."""
    if header in _MEAN and owned:
        return f"average {owned.name}"
    return _TOTAL.sub("", _COUNT.sub(r"\1s", _NUMBER_OF.sub("", header)))


def _is_name(said: str, owned: Usual | None) -> bool:
    """Tell whether words only repeat a relation's name, which is known by itself."""
    return (
        owned is not None and owned.name in _NAMED and said.removesuffix("s") == owned.name.removesuffix("s")
    )


def _unit(column: Column, usual: Usual | None, *, films: bool) -> str:
    """Return the unit of a column: its header's, its cells', or the usual one if the numbers can be in it."""
    given = header_unit(column.header) or (
        column.number_form.unit if column.number_form.unit == CLOCK else ""
    )
    if given == "ms":
        return "min" if column.median > _MINUTE_IN_MS else "s"
    if given or column.number_form.unit or usual is None or not usual.unit or column.number_form.noun:
        return given or column.number_form.unit
    minutes = dimension(usual.unit) == "time" and usual.name != "acceleration"
    if minutes and not _LEAST_MINUTES <= column.median <= _MOST_MINUTES:
        return ""
    if minutes and usual.name == "duration" and "time" not in column.words and not films:
        return ""  # a length may be of a trail, a duration of a song in seconds
    return "" if usual.unit == "%" and column.median < 1 else usual.unit
