"""Carrying out dialogue acts: the last request revised, and asked of the tools again."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise
from typing import Any

from agent.builtin.dialogue import acts
from agent.builtin.dialogue.renewed_search import MANY, find_again, others_found
from agent.builtin.dialogue.state import SHOWN
from agent.builtin.dialogue.utterance import Utterance, title_of
from agent.builtin.interpret.request import ParsedRequest
from agent.builtin.lexicon.load import words
from agent.builtin.plan.alternatives import Alternative, Disjunction, category_term, name_term
from agent.builtin.plan.proposal import proposal
from agent.builtin.plan.search import SearchFilters, filters_of
from agent.builtin.plan.tool_session import Arguments, Call
from agent.builtin.respond import sentences


def carry_out(act: acts.Act, utterance: Utterance) -> Arguments | None:
    """Return the answer to an act; None if it makes no sense here, so that the text is read as a request."""
    doing: dict[type, Callable[[Any, Utterance], Arguments | None]] = {
        acts.More: _more,
        acts.Pick: _pick,
        acts.Reject: _reject,
        acts.Accept: _accept,
        acts.ShiftYears: _shift_years,
        acts.ShiftFame: _shift_fame,
        acts.MoreLike: _more_like,
        acts.Drop: _drop,
        acts.ChangeRole: _change_role,
        acts.SamePerson: _same_person,
        acts.SwitchDomain: _switch_domain,
        acts.Substitute: _substitute,
        acts.Refine: _refine,
        acts.Vary: _vary,
    }
    return doing[type(act)](act, utterance)


def _more(act: acts.More, utterance: Utterance) -> Arguments | None:
    answer = others_found(utterance)
    if answer is None or not answer["items"]:
        return proposal(act="decline", note=sentences.NO_MORE)
    return answer | {"items": answer["items"][: act.count]}


def _pick(_: acts.Pick, utterance: Utterance) -> Arguments | None:
    first = utterance.state.items[:1]
    note = sentences.first_of(title_of(utterance, first[0]))
    filters = utterance.state.filters
    return proposal(
        first, utterance.state.conditions, note=note, filters=filters, basis=utterance.state.basis
    )


def _reject(act: acts.Reject, utterance: Utterance) -> Arguments | None:
    gone = utterance.state.seen if act.more else ()
    answer = find_again(
        utterance, utterance.state.conditions, utterance.state.filters.without(act.items), gone=gone
    )
    if answer is None or not answer["items"]:
        return proposal(act="decline", note=sentences.NO_MORE)
    return answer


def _accept(act: acts.Accept, utterance: Utterance) -> Arguments:
    title = title_of(utterance, act.item) if act.item is not None else ""
    return proposal(act="acknowledge", note=sentences.enjoy(title))


def _shift_years(act: acts.ShiftYears, utterance: Utterance) -> Arguments | None:
    years = utterance.state.years
    if not years:
        return proposal(act="decline", note=sentences.NO_YEARS)
    middle = years[len(years) // 2] if act.newer else years[(len(years) - 1) // 2]
    first, last = utterance.state.filters.years
    bounds = (middle + 1, last) if act.newer else (first, middle - 1)
    answer = find_again(utterance, utterance.state.conditions, replace(utterance.state.filters, years=bounds))
    if answer is None or answer["items"]:
        return answer
    return proposal(act="decline", note=sentences.nothing_shifted(newer=act.newer))


def _shift_fame(act: acts.ShiftFame, utterance: Utterance) -> Arguments | None:
    answer = others_found(utterance)
    if answer is None or not answer["items"]:
        return proposal(act="decline", note=sentences.NO_MORE)
    items = answer["items"]
    return answer | {"items": items[len(items) // 2 :], "note": sentences.LESSER} if act.lesser else answer


def _more_like(act: acts.MoreLike, utterance: Utterance) -> Arguments | None:
    title = title_of(utterance, act.item)
    excluded = list(utterance.state.filters.without([act.item]).exclude)
    if utterance.session.has("similar_items"):
        found = utterance.session.call("similar_items", items=[act.item], k=MANY, exclude_items=excluded)
        if found and found["items"]:
            items = [hit["id"] for hit in found["items"]]
            return proposal(items, note=sentences.like(title, found["by"]), basis="taste")
    if not utterance.session.has("search_items"):
        return None
    genres = utterance.session.call("resolve_reference", items=[act.item], relation="genre")
    labels = [value["value"] for value in genres["values"]] if genres else []
    found = utterance.session.call(
        "search_items", text=" ".join([title, *labels]), k=SHOWN, exclude_items=excluded
    )
    return proposal(
        [hit["id"] for hit in found["items"]], note=sentences.like(title, "descriptions"), basis="text"
    )


def _drop(act: acts.Drop, utterance: Utterance) -> Arguments | None:
    filters = utterance.state.filters
    if act.years:
        filters = replace(filters, years=(None, None))
    kept = [c for c in utterance.state.conditions if c["relation"] not in act.relations]
    filters = replace(
        filters, none_of=tuple(c for c in filters.none_of if c["relation"] not in act.relations)
    )
    changed = bool(kept) or filters != utterance.state.filters
    return find_again(utterance, kept, filters) if changed else None


def _change_role(act: acts.ChangeRole, utterance: Utterance) -> Arguments | None:
    for role in act.roles:
        for condition in utterance.state.conditions:
            if condition["relation"] not in (role, "genre", "country"):
                swapped = [{"relation": role, "value": condition["value"]}]
                rest = [c for c in utterance.state.conditions if c is not condition]
                if answer := find_again(utterance, [*rest, *swapped], utterance.state.filters):
                    return answer
    return None


def _same_person(act: acts.SamePerson, utterance: Utterance) -> Arguments | None:
    """Answer 'more by that same composer': the one named last in that role, else the item's in focus."""
    state, roles = utterance.state, act.roles
    meant = [p for p in state.people if not roles or p.relation in roles][:1]
    terms: list[Disjunction] = [(Alternative(p.relation, p.label, 0),) for p in meant]
    focus = state.focus or state.one_named or next(iter(state.items), None)
    if not terms and roles and focus is not None:
        answer = utterance.session.call("resolve_reference", items=[focus], relation=roles[0])
        terms = [tuple(Alternative(roles[0], v["value"], 0) for v in answer["values"])] if answer else []
    terms += [category_term(name) for name in utterance.reading.categories]
    terms += [name_term(w.roles, w.name) for w in utterance.reading.wanted]
    if not terms:
        return proposal(act="ask", question=sentences.WHOM)
    if not all(terms):
        return None
    own = filters_of(utterance.reading)
    gone = [focus] if focus is not None else []
    stated = {(c["relation"], c["value"]) for c in state.conditions}
    if any((p.relation, p.label) in stated for p in meant):
        gone = list(state.shown)
    return find_again(utterance, [], replace(own, exclude=(*own.exclude, *state.named, *gone)), terms)


def _switch_domain(act: acts.SwitchDomain, utterance: Utterance) -> Arguments | None:
    """Ask the last request of another domain, where a genre may go by another of its names."""
    genres = [c for c in utterance.state.conditions if c["relation"] == "genre"]
    linked = utterance.session.call_all([Call("link_entities", {"text": c["value"]}) for c in genres])
    terms: list[Disjunction] = [
        tuple(
            Alternative("genre", candidate["label"], 0)
            for mention in (links or {"mentions": ()})["mentions"]
            for candidate in mention["candidates"]
            if "genre" in candidate["roles"]
        )
        for links in linked
    ]
    rest = [c for c in utterance.state.conditions if c["relation"] != "genre"]
    return find_again(
        utterance, rest, replace(utterance.state.filters, domain=act.domain), [term for term in terms if term]
    )


def _substitute(_: acts.Substitute, utterance: Utterance) -> Arguments | None:
    """Put a name or kind in the place of the one that held its relation."""
    names = [*utterance.reading.wanted, *utterance.reading.any_of]
    if not names:
        rest = [c for c in utterance.state.conditions if c["relation"] != "genre"]
        return find_again(
            utterance, rest, utterance.state.filters, [category_term(n) for n in utterance.reading.categories]
        )
    rest = list(utterance.state.conditions)
    terms: list[Disjunction] = []
    for wanted in names:
        term = name_term(wanted.roles, wanted.name) or category_term(wanted.name)
        held = {a.relation for a in term}
        replaced = next((c for c in rest if c["relation"] in held), None)
        if replaced is None:
            return None if not rest else _refine(acts.Refine(), utterance)
        rest = [c for c in rest if c is not replaced]
        terms.append(tuple(a for a in term if a.relation == replaced["relation"]))
    years = (
        utterance.reading.years if utterance.reading.years != (None, None) else utterance.state.filters.years
    )
    filters = replace(utterance.state.filters, years=years, exclude=(), any_of=())
    return find_again(
        utterance, rest, filters, [*terms, *(category_term(n) for n in utterance.reading.categories)]
    )


def _refine(_: acts.Refine, utterance: Utterance) -> Arguments | None:
    """Add conditions; 'by Lean' is a request of its own if nothing of his is left of the last one."""
    reading, past = utterance.reading, utterance.state.filters
    own = filters_of(reading)
    terms = [name_term(w.roles, w.name) for w in reading.wanted]
    terms += [category_term(name) for name in reading.categories]
    filters = replace(
        past,
        none_of=(*past.none_of, *own.none_of),
        any_of=own.any_of or past.any_of,
        years=_revised_years(reading, past, _bare_year(utterance)),
        not_years=own.not_years,
        domain=own.domain or past.domain,
        order=own.order,
    )
    unknown = [w for w in reading.wanted if not w.name.choices]
    if unknown:
        terms = [term for term in terms if term]
        if not (terms or own.limits):
            return find_again(utterance, utterance.state.conditions, past)
    answer = find_again(utterance, utterance.state.conditions, filters, terms)
    alone = reading.wanted and not own.limits and answer is not None and not answer["items"]
    return _in_place(utterance) if alone else answer


def _bare_year(utterance: Utterance) -> tuple[int, int] | None:
    """Return the year that stands alone in a follow-up: 'same but 1996'."""
    years = [int(word) for word in utterance.words if re.fullmatch(r"(19|20)\d\d", word)]
    return (years[0], years[0]) if len(years) == 1 else None


def _in_place(utterance: Utterance) -> Arguments | None:
    """Answer 'no, by Hitchcock': in the place of who held that relation, if that finds any."""
    held = {c["relation"] for c in utterance.state.conditions}
    terms = [name_term(w.roles, w.name) for w in utterance.reading.wanted]
    if not all(held & {a.relation for a in term} for term in terms):
        return None
    answer = _substitute(acts.Substitute(), utterance)
    return answer if answer is not None and answer["items"] else None


def _revised_years(
    reading: ParsedRequest, past: SearchFilters, bare: tuple[int, int] | None
) -> tuple[int | None, int | None]:
    """Return the years that hold after a refinement: a range that is ruled out is no longer asked for."""
    if reading.years != (None, None):
        return reading.years
    first, last = past.years
    if reading.not_years is None or first is None or last is None:
        return bare or past.years
    gone = reading.not_years[0] <= first and last <= reading.not_years[1]
    return (None, None) if gone else past.years


def _vary(_: acts.Vary, utterance: Utterance) -> Arguments | None:
    """Show others of the same: what they should be more or less of is said to be unused."""
    answer = others_found(utterance)
    unused = [name.text for name in utterance.reading.categories]
    unused += [word for word in utterance.words if word in words("occasion", "company")]
    unused += [word for before, word in pairwise(utterance.words) if before == "too"]
    if answer is None or not answer["items"]:
        return proposal(act="ask", question=sentences.WHAT_INSTEAD, unused=unused)
    return answer | {"unused": unused}
