"""The last request with what a text adds to it, rules out, or puts in the place of what held."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from itertools import pairwise

from agent.builtin.dialogue import acts
from agent.builtin.dialogue.among_shown import among_shown
from agent.builtin.dialogue.fragments import PEOPLE
from agent.builtin.dialogue.renewed_search import find_again
from agent.builtin.dialogue.utterance import Utterance, bare_year
from agent.builtin.interpret.request import Constraint, ParsedRequest
from agent.builtin.lexicon.load import tables
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
    open_years = _without_dropped(act, utterance)
    reading = replace(reading, not_years=None) if open_years else reading
    against = [each for each in said.wanted if each.name.text in act.against]
    against += [Constraint(("genre",), name) for name in said.categories if name.text in act.against]
    own = filters_of(replace(reading, none_of=(*reading.none_of, *against)))
    past = utterance.state.filters
    instead = _held_role(utterance)
    terms = [
        name_term(wanted.roles or instead, wanted.name, alone=True)
        for wanted in reading.wanted
        if wanted.name.choices
    ]
    terms += [category_term(name) for name in reading.categories]
    gone = [c for c in (*utterance.state.conditions, *past.any_of) if c["relation"] in without]
    open_again = _dropped(act, utterance)
    none_of = (*(each for each in past.none_of if each not in open_again), *own.none_of, *gone)
    own = _either(utterance, own, terms)
    if past.alternatives and not own.alternatives:  # 'not the 80s' beside what may be one of several
        own = replace(own, any_of=())
    if own.any_of:
        terms = [term for term in terms if term[0].condition not in own.any_of]
    kept = _kept(act, utterance, [*terms, *_any_of(own)], [*none_of, *open_again], own.any_of)
    wanted = [alternative.condition for term in terms for alternative in term]
    wanted += _replaced(utterance, wanted)
    filters = replace(
        past,
        none_of=tuple(c for i, c in enumerate(none_of) if c not in wanted and c not in none_of[:i]),
        any_of=own.any_of or _either_kept(act, replace(past, years=own.years), terms, none_of),
        exclude=tuple(dict.fromkeys((*past.exclude, *own.exclude))),
        years=open_years or _years(utterance, reading, past),
        not_years=own.not_years or past.not_years,
        domain=own.domain or past.domain,
        order=own.order or ("" if own.sort else past.order),
        compared=_compared(_met(past.compared, compared), (*own.compared, *compared)),
        sort=own.sort or (() if own.order else past.sort),
        units=own.units or past.units,
    )
    answer = among_shown(find_again(utterance, kept, filters, terms), utterance)
    if answer is None or not (said.sorts and answer["items"]):
        return answer
    limits = (*filters.compared, *year_conditions(filters.years))
    proved = [each for each in answer["conditions"] if each not in limits]
    return cut(answer, said.sorts, find_call(proved, filters, utterance.session), utterance.session)


def _either_kept(
    act: acts.Refine, past: SearchFilters, terms: Sequence[Disjunction], none_of: Sequence[Stated]
) -> tuple[Stated, ...]:
    """Return the alternatives that go on to hold; what takes the place of one takes that of all.

    Years around a range that was ruled out hold until it is asked for.
    """
    replaced = {a.relation for term in terms for a in term} if act.instead else frozenset[str]()
    alternatives = tuple(c for c in past.alternatives if c not in none_of)
    kept = () if any(c["relation"] in replaced for c in alternatives) else alternatives
    chosen = [term[0].condition for term in terms if len(term) == 1]
    kept = () if any(c in kept for c in chosen) else kept  # 'just Meg Ryan', of two
    around = tuple(c for c in past.any_of if c not in past.alternatives)
    first, last = past.years
    asked = first is not None and last is not None and not any(_meets(c, first, last) for c in around)
    return kept if asked else (*kept, *around)


def _meets(bound: Stated, first: int, last: int) -> bool:
    """Tell whether some year of a range is within a bound."""
    year = int(bound["value"])
    return first <= year if bound["op"] == "<=" else last >= year


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
    past, kinds = utterance.state.filters, [c for c in utterance.state.conditions if c["relation"] == "genre"]
    several = {c["relation"] for c in past.alternatives}
    if _says_or(utterance) and len(several) == len(terms) == 1 and several & {a.relation for a in terms[0]}:
        new = next(a for a in terms[0] if a.relation in several)
        return replace(own, any_of=(*past.alternatives, new.condition))  # '*or* a third'
    held = {c["relation"]: c for c in utterance.state.conditions if c["relation"] != "genre"}
    held |= {"genre": kinds[0]} if len(kinds) == 1 and _says_or(utterance) else {}
    firsts = [term for term in terms if term and any(a.relation in held for a in term)]
    of_one = _adds(utterance) and any(a.relation in _OF_ONE for term in firsts for a in term)
    if not (_says_or(utterance) or of_one) or len(firsts) != 1:
        return own
    new = next(a for a in firsts[0] if a.relation in held)
    if new.condition in utterance.state.conditions:  # 'or just Hugh Grant', of two
        return own
    return replace(own, any_of=(held[new.relation], new.condition))


def _says_or(utterance: Utterance) -> bool:
    """Tell whether a text, or a part of it behind a mark, opens with 'or': 'too few … OR from Spain'."""
    pairs = pairwise(utterance.chunks)
    return utterance.words[0] == "or" or any(a.kind == "mark" and b.text == "or" for a, b in pairs)


def _held_role(utterance: Utterance) -> tuple[str, ...]:
    """Return the role of whom a correction takes the place of: 'a Carpenter film', then 'no wait, HUGHES'."""
    held = [c["relation"] for c in utterance.state.conditions if c["relation"] in PEOPLE]
    said = f" {' '.join(utterance.spoken)} "
    corrects = any(f" {phrase} " in said for phrase in tables("acts")["corrections"])
    return tuple(held) if corrects and len(held) == 1 else ()


def _replaced(utterance: Utterance, wanted: Sequence[Stated]) -> list[Stated]:
    """Return what others take the place of: 'Lynch, not Lean' after Lean's films rules out nothing."""
    slots = {condition["relation"] for condition in wanted}
    gone = {c["value"] for c in utterance.state.conditions if c["relation"] in slots}
    denied = filters_of(utterance.reading).none_of
    return [condition for condition in denied if condition["value"] in gone]


def _kept(
    act: acts.Refine,
    utterance: Utterance,
    terms: Sequence[Disjunction],
    none_of: Sequence[Stated],
    either_of: Sequence[Stated],
) -> list[Stated]:
    """Return the conditions that go on to hold beside new terms; none that is now one of several."""
    replaced = {a.relation for term in terms for a in term}
    if not act.instead:
        replaced &= frozenset() if _adds(utterance) else _OF_ONE
    whole = (
        bool(act.dropped) and utterance.has("just", "only") and any(t[0].relation in PEOPLE for t in terms)
    )
    kept = [c for c in utterance.state.conditions if c["relation"] not in replaced and not whole]
    one_of = [alternative.condition for term in terms if len(term) == 1 for alternative in term]
    either = _says_or(utterance)
    kept = [c for c in kept if c not in none_of and not (either and c in one_of)]
    asked = [a.condition for term in terms for a in term if a.condition in utterance.state.conditions]
    alone = _alone(utterance, [*one_of, *asked])
    return [c for c in kept if c not in either_of and c["relation"] not in alone]


def _alone(utterance: Utterance, said: Sequence[Stated]) -> frozenset[str]:
    """Return the relations of which only what is said goes on to hold: 'or JUST Hugh Grant', of two."""
    people = [c for c in said if c["relation"] in PEOPLE]
    held = utterance.state.conditions
    narrows = utterance.has("just", "only", "alone") and not utterance.says("of those")
    one = bool(people) and all(c in held for c in people)
    return frozenset(c["relation"] for c in people) if narrows and one else frozenset()


def _dropped(act: acts.Refine, utterance: Utterance) -> list[Stated]:
    """Return the conditions that are no longer asked for, whatever relation they held."""
    said = utterance.reading
    wanted = [w.name for w in (*said.wanted, *said.none_of)] + list(said.categories)
    choices = [choice for name in wanted if name.text in act.dropped for choice in name.choices]
    choices += [choice for c in utterance.chunks if c.text in act.dropped for choice in c.choices]
    gone = [{"relation": role, "value": choice.label} for choice in choices for role in choice.roles]
    return [each for i, each in enumerate(gone) if each not in gone[:i]]


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
        return _bound_corrected(utterance, past.years) or bare_year(utterance) or past.years
    gone = reading.not_years[0] <= first and last <= reading.not_years[1]
    return (None, None) if gone else past.years


def _bound_corrected(utterance: Utterance, past: Years) -> Years | None:
    """Return the one bound that held as it is corrected: 'actually make that 1990' after 'from 2000 on'."""
    year, (first, last) = bare_year(utterance), past
    corrects = (
        utterance.says("replacing") or utterance.says("corrections") or utterance.says("a better number")
    )
    if year is None or not corrects or (first is None) == (last is None) or utterance.has("from", "in"):
        return None
    return (year[0], None) if last is None else (None, year[0])


def _joins(utterance: Utterance) -> bool:
    """Tell whether what is said is another way to satisfy the request: 'or the 60s', 'and the 40s too'.

    'And in the 60s?' asks for these in place of others.
    """
    asks = "?" in utterance.reading.text and utterance.words[0] == "and"
    joining = utterance.words[0] in ("or", "and", "plus") and not asks
    return joining or utterance.has("too", "also", "as well")


def _joined(some: Years, others: Years) -> Years:
    """Return both ranges as one if they touch; else the first."""
    first, last, before, after = *some, *others
    if first is None or last is None or before is None or after is None:
        return some
    touch = first <= after + 1 and before <= last + 1
    return (min(first, before), max(last, after)) if touch else some
