"""What a part of a message wishes, as conditions on facts."""

from __future__ import annotations

from agent.builtin.interpret.message import Message
from agent.builtin.interpret.request import ParsedRequest
from agent.builtin.interpret.spans import Use
from agent.builtin.plan.alternatives import category_term, name_term
from agent.builtin.plan.proposal import year_conditions
from agent.builtin.plan.search import Stated, filters_of
from agent.builtin.plan.together import phrases_ruled_out
from kg.types import YEAR, Condition, RelationName
from tools.wishes import Wish

_ONLY = frozenset(("only", "just"))
_CONTENT = (Use.THEME, Use.UNUSED, Use.UNKNOWN)


def wishes_in(message: Message, *, always: bool) -> list[Wish]:
    """Return the wishes that words state: what is ruled out, and what alone is wanted.

    None if they have words that no fact tells: 'no *black-and-white* westerns' is not 'no westerns'.
    """
    if any(span.use in _CONTENT for span in message.spans):
        return []
    reading = message.reading
    filters = filters_of(reading)
    gone = [[_condition(each)] for each in filters.none_of]
    if reading.not_years is not None:
        first, last = reading.not_years
        gone.append([Condition(YEAR, str(year)) for year in range(first, last + 1)])
    both = [
        Wish(tuple(_condition(each) for each in phrase), "both", always)
        for phrase in phrases_ruled_out(reading)
    ]
    found = [Wish(tuple(each), "none", always) for each in gone] + both
    wanted = _wanted(message)
    if found and wanted and not _ONLY & set(reading.text.lower().split()):
        return _together(gone, wanted, always=always)
    only = [Wish(tuple(group), "only", always, reading.domain) for group in wanted]
    if not (found or only) and reading.domain is not None:
        only = [Wish((), "only", always, reading.domain)]
    return list(dict.fromkeys([*found, *only]))


def _together(gone: list[list[Condition]], wanted: list[list[Condition]], *, always: bool) -> list[Wish]:
    """Return the wish for nothing that is both: 'no westerns by John Ford'; none where that compares."""
    every = [each for group in (*gone, *(group[:1] for group in wanted)) for each in group]
    compares = any(each.op != "is" for each in every)
    return [] if compares or len(gone) > 1 else [Wish(tuple(every), "both", always)]


def asked_for(message: Message) -> list[Condition]:
    """Return the conditions that a message states of what it wants."""
    return [each for group in _wanted(message) for each in group]


def _wanted(message: Message) -> list[list[Condition]]:
    """Return groups of conditions; one of each group holds of what is wanted."""
    filters = filters_of(message.reading)
    wanted = [*_named(message.reading), *([list(filters.any_of)] if filters.any_of else [])]
    wanted += [[each] for each in (*filters.compared, *year_conditions(filters.years))]
    return [[_condition(each) for each in group] for group in wanted]


def _named(reading: ParsedRequest) -> list[list[Stated]]:
    """Return the conditions of every name: one of them holds of what is wanted."""
    terms = [name_term(each.roles, each.name, alone=True) for each in reading.wanted if each.name.choices]
    terms += [category_term(name) for name in reading.categories]
    return [[a.condition for a in term if a.value == term[0].value] for term in terms if term]


def _condition(stated: Stated) -> Condition:
    relation, value = RelationName(stated["relation"]), stated["value"]
    return Condition(relation, value, stated.get("op", "is"))  # type: ignore[arg-type]
