"""The last request with what a text adds to it, rules out, or puts in the place of what held."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

from agent.builtin.dialogue import acts
from agent.builtin.dialogue.renewed_search import find_again
from agent.builtin.dialogue.utterance import Utterance, bare_year
from agent.builtin.interpret.request import Constraint, ParsedRequest
from agent.builtin.plan.alternatives import Alternative, Disjunction, category_term, name_term
from agent.builtin.plan.compared import cut
from agent.builtin.plan.proposal import Years, year_conditions
from agent.builtin.plan.search import SearchFilters, Stated, filters_of, find_call
from agent.builtin.plan.tool_session import Arguments

_OF_ONE = frozenset(("country", "language", "series", "publisher"))  # an item is asked for by one of each


def revised(
    act: acts.Refine,
    utterance: Utterance,
    *,
    without: Collection[str] = (),
    compared: Sequence[Stated] = (),
) -> Arguments | None:
    """Search for the last request as a text revises it; what held on relations of `without` is ruled out.

    `compared` are further comparisons; each takes the place of one on the same side.
    """
    said = utterance.reading
    reading = replace(
        said,
        wanted=tuple(w for w in said.wanted if w.name.text not in act.against | act.dropped),
        categories=tuple(n for n in said.categories if n.text not in act.against | act.dropped),
        none_of=tuple(w for w in said.none_of if w.name.text not in act.dropped),
    )
    against = [each for each in said.wanted if each.name.text in act.against]
    against += [Constraint(("genre",), name) for name in said.categories if name.text in act.against]
    own = filters_of(replace(reading, none_of=(*reading.none_of, *against)))
    past = utterance.state.filters
    terms = [
        name_term(wanted.roles, wanted.name, alone=True) for wanted in reading.wanted if wanted.name.choices
    ]
    terms += [category_term(name) for name in reading.categories]
    gone = [c for c in (*utterance.state.conditions, *past.any_of) if c["relation"] in without]
    open_again = _dropped(act, said)
    none_of = (*(each for each in past.none_of if each not in open_again), *own.none_of, *gone)
    own = _either(utterance, own, terms)
    if own.any_of:
        terms = [term for term in terms if term[0].condition not in own.any_of]
    kept = _kept(act, utterance, [*terms, *_any_of(own)], [*none_of, *open_again])
    wanted = [alternative.condition for term in terms for alternative in term]
    wanted += _replaced(utterance, wanted)
    filters = replace(
        past,
        none_of=tuple(c for i, c in enumerate(none_of) if c not in wanted and c not in none_of[:i]),
        any_of=own.any_of or tuple(c for c in past.any_of if c not in none_of and not act.instead),
        exclude=tuple(dict.fromkeys((*past.exclude, *own.exclude))),
        years=_without_dropped(act, utterance) or _years(utterance, reading, past),
        not_years=own.not_years,
        domain=own.domain or past.domain,
        order=own.order,
        compared=_compared(_met(past.compared, compared), (*own.compared, *compared)),
        sort=own.sort or past.sort,
        units=own.units or past.units,
    )
    answer = find_again(utterance, kept, filters, terms)
    if answer is None or not (said.sorts and answer["items"]):
        return answer
    limits = (*filters.compared, *year_conditions(filters.years))
    proved = [each for each in answer["conditions"] if each not in limits]
    return cut(answer, said.sorts, find_call(proved, filters, utterance.session), utterance.session)


def _met(past: Sequence[Stated], beyond: Sequence[Stated]) -> list[Stated]:
    """Return the comparisons that may hold beside one that goes beyond what was shown: 'longer' again."""
    return [each for each in past if not any(_excludes(other, each) for other in beyond)]


def _excludes(other: Stated, each: Stated) -> bool:
    """Tell whether two bounds on a relation leave nothing between them."""
    if other["relation"] != each["relation"] or other["op"][0] == each["op"][0]:
        return False
    try:
        low, high = sorted((other, each), key=lambda bound: bound["op"][0] != ">")
        return float(low["value"]) >= float(high["value"])
    except ValueError:
        return True


def _compared(past: Sequence[Stated], own: Sequence[Stated]) -> tuple[Stated, ...]:
    """Return the comparisons that hold after a revision: one bound on a side of a relation."""
    sides = {(each["relation"], each["op"][0]) for each in own}
    exact = {relation for relation, side in sides if side == "i"}
    kept = (
        each
        for each in past
        if each["relation"] not in exact and (each["relation"], each["op"][0]) not in sides
        if not (each["op"] == "is" and each["relation"] in {relation for relation, _ in sides})
    )
    every = (*kept, *own)
    return tuple(each for i, each in enumerate(every) if each not in every[:i])


def _either(utterance: Utterance, own: SearchFilters, terms: Sequence[Disjunction]) -> SearchFilters:
    """Let a name that 'or' leads to be one of two: 'dramas with Al Pacino', '*or* Robert De Niro'."""
    held = {c["relation"]: c for c in utterance.state.conditions if c["relation"] != "genre"}
    firsts = [term for term in terms if term and any(a.relation in held for a in term)]
    of_one = _adds(utterance) and any(a.relation in _OF_ONE for term in firsts for a in term)
    if not (utterance.words[0] == "or" or of_one) or len(firsts) != 1:
        return own
    new = next(a for a in firsts[0] if a.relation in held)
    return replace(own, any_of=(held[new.relation], new.condition))


def _replaced(utterance: Utterance, wanted: Sequence[Stated]) -> list[Stated]:
    """Return what others take the place of: 'Lynch, not Lean' after Lean's films rules out nothing."""
    slots = {condition["relation"] for condition in wanted}
    gone = {c["value"] for c in utterance.state.conditions if c["relation"] in slots}
    denied = filters_of(utterance.reading).none_of
    return [condition for condition in denied if condition["value"] in gone]


def _kept(
    act: acts.Refine, utterance: Utterance, terms: Sequence[Disjunction], none_of: Sequence[Stated]
) -> list[Stated]:
    """Return the conditions that go on to hold beside new terms."""
    replaced = {a.relation for term in terms for a in term}
    if not act.instead:
        replaced &= frozenset() if _adds(utterance) else _OF_ONE
    kept = [c for c in utterance.state.conditions if c["relation"] not in replaced]
    one_of = [alternative.condition for term in terms if len(term) == 1 for alternative in term]
    either = utterance.words[0] == "or"
    return [c for c in kept if c not in none_of and not (either and c in one_of)]


def _dropped(act: acts.Refine, said: ParsedRequest) -> list[Stated]:
    """Return the conditions that are no longer asked for, whatever relation they held."""
    wanted = [w.name for w in (*said.wanted, *said.none_of)] + list(said.categories)
    names = [name for name in wanted if name.text in act.dropped]
    return [
        {"relation": role, "value": choice.label}
        for name in names
        for choice in name.choices
        for role in choice.roles
    ]


def _without_dropped(act: acts.Refine, utterance: Utterance) -> tuple[None, None] | None:
    """Return no years where those that a text names are dropped: 'forget the 90s'."""
    timed = [c.text for c in utterance.chunks if c.start in utterance.reading.timed]
    return (None, None) if act.dropped & set(timed) else None


def _adds(utterance: Utterance) -> bool:
    return utterance.has("also", "and also", "too", "as well", "both")


def _any_of(own: SearchFilters) -> list[Disjunction]:
    """Return alternatives of which one must hold, as terms: a kind of them replaces the kind that held."""
    return [(Alternative.of(condition),) for condition in own.any_of]


def _years(utterance: Utterance, reading: ParsedRequest, past: SearchFilters) -> Years:
    """Return the years that hold after a refinement: a range that is ruled out is no longer asked for."""
    if reading.years != (None, None):
        return _joined(reading.years, past.years) if _joins(utterance) else reading.years
    first, last = past.years
    if reading.not_years is None or first is None or last is None:
        return bare_year(utterance) or past.years
    gone = reading.not_years[0] <= first and last <= reading.not_years[1]
    return (None, None) if gone else past.years


def _joins(utterance: Utterance) -> bool:
    """Tell whether what is said is another way to satisfy the request: 'or the 60s', 'and the 40s too'."""
    return utterance.words[0] in ("or", "and", "plus") or utterance.has("too", "also", "as well")


def _joined(some: Years, others: Years) -> Years:
    """Return both ranges as one if they touch; else the first."""
    first, last, before, after = *some, *others
    if first is None or last is None or before is None or after is None:
        return some
    touch = first <= after + 1 and before <= last + 1
    return (min(first, before), max(last, after)) if touch else some
