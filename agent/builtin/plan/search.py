"""Finding items for several readings at once, and relaxing what nothing satisfies."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import islice, product
from typing import Any, NamedTuple

from agent.builtin.interpret.request import ItemMention, ParsedRequest
from agent.builtin.parse.chunks import Candidate
from agent.builtin.plan.alternatives import MAX_READINGS, Alternative, Disjunction, category_term, name_term
from agent.builtin.plan.compared import either_of, ruled_out, stated_comparisons, stated_sorts
from agent.builtin.plan.tool_session import Arguments, Call, ToolSession
from agent.builtin.respond import sentences as wording
from agent.builtin.respond.domains import nothing_of_domain, nouns_of
from kg.types import YEAR

_FALLBACK_K = 10
_SORTED = 50  # items of an order without any condition
_AS_LIKELY = 3  # a bearer of a name with a third of another's items may be meant as well

Stated = dict[str, str]  # a condition as a tool takes it


class Finding(NamedTuple):
    """What was found under which conditions; `rival` is another reading that is about as likely."""

    items: list[str]
    conditions: list[Stated]
    rival: Rival | None = None


class Rival(NamedTuple):
    """Another reading of one name, and how the name is read here and there."""

    items: list[str]
    conditions: list[Stated]
    here: Alternative
    there: Alternative


@dataclass(frozen=True, slots=True)
class SearchFilters:
    """What limits a search beside its conditions; `order` sorts by year, `sort` by other relations.

    `compared` are conditions on numbers, dates, flags and scales, each with its `op`; `units` those of their
    relations.
    """

    text: str
    none_of: tuple[Stated, ...] = ()
    any_of: tuple[Stated, ...] = ()
    exclude: tuple[str, ...] = ()
    years: tuple[int | None, int | None] = (None, None)
    domain: str | None = None
    order: str = ""
    not_years: tuple[int, int] | None = None
    compared: tuple[Stated, ...] = ()
    sort: tuple[dict[str, Any], ...] = ()
    units: tuple[tuple[str, str], ...] = ()

    @property
    def limits(self) -> bool:
        """Whether it finds something by itself, without conditions."""
        ruled = self.none_of or self.any_of or self.compared or self.sort
        return bool(ruled) or self.years != (None, None)

    @property
    def alternatives(self) -> tuple[Stated, ...]:
        """What items may be one of; not the years around a range that is ruled out."""
        return tuple(each for each in self.any_of if each["relation"] != YEAR)

    @property
    def year_order(self) -> list[dict[str, Any]]:
        """The order by year as an answer states it."""
        return [{"relation": str(YEAR), "descending": self.order == "latest"}] if self.order else []

    def without(self, items: Iterable[str]) -> SearchFilters:
        """Return the same limits, which leave these items out too."""
        return replace(self, exclude=tuple(dict.fromkeys((*self.exclude, *items))))

    def allows(self, year: int | None) -> bool:
        """Tell whether items of a year are not ruled out; those without a year are, if any are."""
        if self.not_years is None:
            return True
        return year is not None and not self.not_years[0] <= year <= self.not_years[1]


def _around(gone: tuple[int, int] | None) -> tuple[Stated, ...]:
    """Return the years before and after a range that is not wanted, as alternatives."""
    if gone is None:
        return ()
    ends = (("<=", gone[0] - 1), (">=", gone[1] + 1))
    return tuple({"relation": "year", "op": op, "value": str(year)} for op, year in ends)


def filters_of(reading: ParsedRequest, described: Sequence[str] = ()) -> SearchFilters:
    """Return the frame that a request sets; items named or described in it are not wanted."""
    none_of = [
        _ruled_out(name_term(w.roles, w.name, alone=True)) or category_term(w.name)[:1]
        for w in reading.none_of
    ]
    any_of = [name_term(w.roles, w.name)[:1] or category_term(w.name)[:1] for w in reading.any_of]
    either = either_of(reading.comparisons)
    around = () if any_of or either or reading.examples else _around(reading.not_years)
    return SearchFilters(
        reading.text,
        (
            *(alternative.condition for term in none_of for alternative in term),
            *ruled_out(reading.comparisons),
        ),
        (
            *(alternative.condition for term in any_of for alternative in term),
            *either,
            *around,
        ),
        tuple(
            dict.fromkeys(
                [c.id for title in reading.mentioned for c in title.choices if is_meant(title, c)]
                + list(described)
            )
        ),
        reading.years,
        reading.domain,
        reading.order,
        reading.not_years,
        stated_comparisons(reading.comparisons),
        stated_sorts(reading.sorts),
        tuple(dict.fromkeys((each.relation, each.unit) for each in reading.comparisons)),
    )


def _ruled_out(term: Disjunction) -> Disjunction:
    """Return whom a name rules out: in every role they have, where the request names none."""
    return tuple(a for a in term if a.value == term[0].value and (a.free or a == term[0]))


def is_named(title: ItemMention, choice: Candidate) -> bool:
    """Tell whether a named title is this item: its likeliest one, or another that is called exactly so."""
    return choice is title.choices[0] or (choice.match == "full" and title.choices[0].match == "full")


def is_meant(title: ItemMention, choice: Candidate) -> bool:
    """Tell whether a title names an item: it is called so, or begins so where the title is a series' name."""
    begins = choice.match == "prefix" and title.choices[0].match == "prefix"
    return begins or is_named(title, choice)


def find_each(
    several: Sequence[list[Disjunction]], filters: SearchFilters, session: ToolSession
) -> list[Finding]:
    """Find for several sets of terms in one turn; a set without terms finds by the frame alone."""
    ways = [
        sorted(islice(product(*terms), 4096), key=lambda way: sum(o.rank for o in way))[:MAX_READINGS]
        if terms or filters.limits
        else []
        for terms in several
    ]
    answers = iter(_ask_find([way for each in ways for way in each], filters, session))
    return [_best([(way, next(answers)) for way in each]) for each in ways]


def _best(tried: Sequence[tuple[tuple[Alternative, ...], list[str]]]) -> Finding:
    ranked = [
        (sum(o.rank for o in way), -len(found), index) for index, (way, found) in enumerate(tried) if found
    ]
    if not ranked:
        return Finding([], [])
    way, found = tried[min(ranked)[2]]
    rivals = (_rival(way, found, *tried[index]) for _, _, index in sorted(ranked))
    rival = next((each for each in rivals if each is not None), None)
    return Finding(found, [alternative.condition for alternative in _unique(way)], rival)


def _rival(
    way: tuple[Alternative, ...], found: list[str], other: tuple[Alternative, ...], items: list[str]
) -> Rival | None:
    """Return another way as a rival if it reads one name differently, as likely so, and finds other items."""
    differing = [(here, there) for here, there in zip(way, other, strict=True) if here != there]
    if len(differing) != 1:
        return None
    here, there = differing[0]
    bearers = here.relation == there.relation
    roles = here.value == there.value and here.free
    likely = bool(here.said) and there.weight * _AS_LIKELY >= here.weight
    apart = 2 * len(set(items) & set(found)) < min(len(items), len(found))
    if not (likely and apart and (bearers or roles)):
        return None
    return Rival(items, [alternative.condition for alternative in _unique(other)], here, there)


def _ask_find(
    ways: Sequence[tuple[Alternative, ...]], filters: SearchFilters, session: ToolSession
) -> list[list[str]]:
    answers = session.call_all([_find_call(way, filters, session) for way in ways])
    found = [
        [hit for hit in answer["items"] if filters.allows(hit.get("year"))] if answer else []
        for answer in answers
    ]
    if filters.order:
        sign = -1 if filters.order == "latest" else 1
        for hits in found:
            hits.sort(key=lambda hit: (hit["year"] is None, sign * (hit["year"] or 0)))
    return [[hit["id"] for hit in hits] for hits in found]


def _find_call(way: tuple[Alternative, ...], filters: SearchFilters, session: ToolSession) -> Call:
    return find_call([alternative.condition for alternative in _unique(way)], filters, session)


def find_call(conditions: Sequence[Stated], filters: SearchFilters, session: ToolSession) -> Call:
    """Return the call that finds what satisfies conditions within the limits of a search."""
    arguments: Arguments = {"conditions": [*conditions, *filters.compared]}
    if filters.exclude:
        arguments["exclude_items"] = list(filters.exclude)
    first, last = filters.years
    if first is not None:
        arguments["year_from"] = first
    if last is not None:
        arguments["year_to"] = last
    if filters.domain:
        arguments["domain"] = filters.domain
    if not session.has("find_items"):
        return Call("search_items", {"text": filters.text, "k": _FALLBACK_K, **arguments})
    if filters.none_of:
        arguments["none_of"] = list(filters.none_of)
    if filters.any_of:
        arguments["any_of"] = list(filters.any_of)
    if filters.sort:
        arguments["order"] = list(filters.sort)
        if (
            set(arguments) <= {"conditions", "order", "domain", "exclude_items"}
            and not arguments["conditions"]
        ):
            arguments["limit"] = _SORTED
    return Call("find_items", arguments)


def _unique(way: tuple[Alternative, ...]) -> list[Alternative]:
    return list({(alternative.relation, alternative.value): alternative for alternative in way}.values())


def relaxed(
    terms: list[Disjunction], filters: SearchFilters, session: ToolSession
) -> tuple[list[str], list[Stated], str]:
    """Nothing satisfies everything: drop a genre, else the term whose absence leaves the most, and say so."""
    wanted = [o.condition for t in terms for o in t[:1]]
    places = [c for c in filters.any_of if c["relation"] == "country"]
    nothing = nothing_here([*wanted, *places], filters)
    if filters.compared or (len(terms) < 2 and not (terms and places)):
        return [], [], nothing
    findings = find_each([[t for t in terms if t is not dropped] for dropped in terms], filters, session)
    found, dropped = max(
        zip(findings, terms, strict=True),
        key=lambda trial: (bool(trial[0].items) and _is_genre(trial[1]), len(trial[0].items)),
    )
    note = wording.relaxed(nothing, dropped[0].condition) if found.items else ""
    return found.items, found.conditions, note or nothing


def nothing_here(conditions: Sequence[Stated], filters: SearchFilters) -> str:
    """Return that nothing satisfies conditions within the limits of a search."""
    asked = [*conditions, *filters.compared]
    among = nouns_of(filters.domain)
    if among and any(each["relation"] in _OF_OTHERS.get(filters.domain or "", ()) for each in conditions):
        return nothing_of_domain(str(filters.domain), [each["value"] for each in conditions])
    return wording.nothing(
        asked,
        filters.years,
        other=bool(filters.exclude),
        units=dict(filters.units),
        among=among if any(each["relation"] == "genre" for each in conditions) else "",
        ruled=bool(filters.none_of),
        either=bool(filters.alternatives),
    )


_OF_OTHERS = {"book": ("actor", "director", "composer", "cinematographer"), "movie": ("author",)}


def _is_genre(term: Disjunction) -> bool:
    return any(alternative.relation == "genre" for alternative in term)
