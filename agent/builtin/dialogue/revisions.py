"""Carrying out dialogue acts: the last request revised, and asked of the tools again."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise
from typing import Any

from agent.builtin.dialogue import acts
from agent.builtin.dialogue.asked_items import MAKERS, labels
from agent.builtin.dialogue.comparing import search_beyond
from agent.builtin.dialogue.ends import end_of
from agent.builtin.dialogue.fragments import PEOPLE
from agent.builtin.dialogue.likeness import like_but, like_named, more_like
from agent.builtin.dialogue.people import in_any_role, makers_of, whom
from agent.builtin.dialogue.refinement import refine, substitute
from agent.builtin.dialogue.renewed_search import MANY, find_again, others_found
from agent.builtin.dialogue.revised_request import revised
from agent.builtin.dialogue.shifts import shift_fame, shift_years
from agent.builtin.dialogue.utterance import Utterance, places_of, title_of
from agent.builtin.dialogue.works import dated
from agent.builtin.lexicon.load import words
from agent.builtin.plan.alternatives import Alternative, Disjunction, category_term, name_term
from agent.builtin.plan.proposal import proposal
from agent.builtin.plan.search import filters_of
from agent.builtin.plan.tool_session import Arguments, Call
from agent.builtin.respond import sentences
from agent.builtin.respond.domains import nothing_of_domain


def carry_out(act: acts.Act, utterance: Utterance) -> Arguments | None:
    """Return the answer to an act; None if it makes no sense here, so that the text is read as a request."""
    doing: dict[type, Callable[[Any, Utterance], Arguments | None]] = {
        acts.More: _more,
        acts.Pick: _pick,
        acts.Reject: _reject,
        acts.Accept: _accept,
        acts.ShiftYears: shift_years,
        acts.ShiftFame: shift_fame,
        acts.MoreLike: more_like,
        acts.LikeBut: like_but,
        acts.LikeNamed: like_named,
        acts.Drop: _drop,
        acts.ChangeRole: _change_role,
        acts.SamePerson: _same_person,
        acts.EndOf: end_of,
        acts.Together: _together,
        acts.SwitchDomain: _switch_domain,
        acts.Substitute: substitute,
        acts.Refine: refine,
        acts.Others: _others,
        acts.Without: _without,
        acts.Allow: _allow,
        acts.Permit: _permit,
        acts.CompareShown: search_beyond,
        acts.Vary: _vary,
    }
    return doing[type(act)](act, utterance)


def _more(act: acts.More, utterance: Utterance) -> Arguments | None:
    answer = others_found(utterance)
    if answer is None or not answer["items"]:
        return proposal(act="decline", note=sentences.NO_MORE)
    each = utterance.says("by different makers")
    unused = [
        f"different {word}" for before, word in pairwise(utterance.words) if each and before == "different"
    ]
    return answer | {"items": answer["items"][: act.count], "unused": unused}


def _pick(_: acts.Pick, utterance: Utterance) -> Arguments | None:
    state, filters = utterance.state, utterance.state.filters
    first = [item for item in state.items if item not in filters.exclude][:1]
    if not first:
        return proposal(act="decline", note=sentences.NO_MORE)
    by_fame = not (filters.order or filters.sort or state.similarity)
    note = sentences.first_of(title_of(utterance, first[0]), by_fame=by_fame)
    return proposal(first, state.conditions, note=note, filters=filters, basis=state.basis)


def _reject(act: acts.Reject, utterance: Utterance) -> Arguments | None:
    gone = utterance.state.seen if act.more else ()
    answer = find_again(
        utterance, utterance.state.conditions, utterance.state.filters.without(act.items), gone=gone
    )
    if act.more and (answer is None or not answer["items"]):  # what was shown and not turned down is left
        answer = find_again(utterance, utterance.state.conditions, utterance.state.filters.without(act.items))
    if answer is None or not answer["items"]:
        return proposal(act="decline", note=sentences.NO_MORE)
    felt = [after for before, after in pairwise(utterance.words) if before == "too"]
    return answer | {"unused": [word for word in felt if word not in words("acts", "not felt")]}


def _accept(act: acts.Accept, utterance: Utterance) -> Arguments:
    title = title_of(utterance, act.item) if act.item is not None else ""
    return proposal(act="acknowledge", note=sentences.enjoy(title))


def _drop(act: acts.Drop, utterance: Utterance) -> Arguments | None:
    filters = utterance.state.filters
    if act.years:
        filters = replace(filters, years=(None, None))
    kept = [c for c in utterance.state.conditions if c["relation"] not in act.relations]
    filters = replace(
        filters,
        none_of=tuple(c for c in filters.none_of if c["relation"] not in act.relations),
        compared=tuple(c for c in filters.compared if c["relation"] not in act.relations),
    )
    changed = bool(kept) or filters != utterance.state.filters
    return find_again(utterance, kept, filters) if changed else None


def _change_role(act: acts.ChangeRole, utterance: Utterance) -> Arguments | None:
    if any(c["relation"] in act.roles for c in utterance.state.conditions):  # as it was read already
        return find_again(utterance, utterance.state.conditions, utterance.state.filters)
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
    state = utterance.state
    counted = next((state.shown[p] for p in places_of(utterance) if p < len(state.shown)), None)
    roles = act.roles or (MAKERS if counted else ())  # 'the SECOND. What else is there by the author?'
    meant = [] if act.named or counted else whom(utterance, roles)
    if len(meant) > 1:
        return proposal(act="ask", question=sentences.which_of([p.label for p in meant]))
    terms: list[Disjunction] = [(Alternative(p.relation, p.label, 0),) for p in meant]
    focus = counted or state.focus or state.one_named or next(iter(state.items), None)
    if not terms and roles and focus is not None:
        terms = makers_of(focus, roles, utterance)
    terms += [category_term(name) for name in utterance.reading.categories]
    terms += [name_term(w.roles, w.name) for w in in_any_role(utterance).reading.wanted]
    if not terms:
        return proposal(act="ask", question=sentences.WHOM)
    if not all(terms):
        return None
    own = dated(filters_of(utterance.reading), focus, utterance)
    if act.adds and state.conditions:
        return find_again(utterance, state.conditions, state.filters, terms)
    gone = [focus] if focus else []
    others = {"neither", "else", "other", "others", "besides", "apart"} & set(utterance.words)
    gone += state.together if others else ()
    stated = {(c["relation"], c["value"]) for c in state.conditions}
    if any((p.relation, p.label) in stated for p in meant):
        gone = list(state.shown)
    known = (*state.filters.exclude, *own.exclude, *state.named, *gone)
    afresh = replace(utterance, state=replace(state, similarity=None))
    answer = find_again(afresh, [], replace(own, exclude=known), terms)
    return answer and answer | {"items": answer["items"][: act.count]}


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
    other = replace(utterance.state.filters, domain=act.domain)
    found = find_again(utterance, rest, other, [term for term in terms if term])
    if found is None or found["items"]:
        return found
    return found | {"note": nothing_of_domain(act.domain, [c["value"] for c in rest])}


def _others(act: acts.Others, utterance: Utterance) -> Arguments | None:
    """Rule out what held on some relations: 'by another Japanese writer'; else who made what was named."""
    held = {c["relation"] for c in (*utterance.state.conditions, *utterance.state.filters.any_of)}
    if utterance.says("likeness") and held <= act.relations and not act.against:
        return _like_shown_by_others(act, utterance)
    if not (act.relations & held or act.against):
        if utterance.reading.none_of:  # 'not Miyazaki, someone else' after a list by nobody
            return revised(acts.Refine(), utterance)
        makers = act.relations & frozenset(MAKERS) if act.relations == PEOPLE else act.relations
        return _by_others(makers - {"writer"} or makers, utterance)
    return revised(acts.Refine(against=act.against), utterance, without=act.relations)


def _like_shown_by_others(act: acts.Others, utterance: Utterance) -> Arguments | None:
    """Find what is like those shown, by none of whom they were asked for: 'SIMILAR, by somebody else'."""
    state = utterance.state
    gone = tuple(c for c in state.conditions if c["relation"] in act.relations)
    near = more_like(acts.MoreLike(state.shown), utterance)
    if near is None or not near["items"]:
        return near
    filters = replace(state.filters, none_of=(*state.filters.none_of, *gone))
    allowed = find_again(utterance, [], filters, gone=state.seen)
    fit = set(allowed["items"]) if allowed else set()
    items = [item for item in near["items"] if item in fit]
    return near | {"items": items, "none_of": list(filters.none_of)} if items else allowed


def _by_others(relations: frozenset[str], utterance: Utterance) -> Arguments | None:
    """Find what is like the titles named before, by none of their makers."""
    named = utterance.session.call_all(
        [Call("describe_item", {"item": item}) for item in utterance.state.named[:MANY]]
    )
    gone = tuple(
        {"relation": relation, "value": label}
        for each in named
        for relation in sorted(relations)
        for label in (labels(each, relation) if each else ())
    )
    past = utterance.state.filters
    filters = replace(past, none_of=(*past.none_of, *(c for i, c in enumerate(gone) if c not in gone[:i])))
    return find_again(utterance, utterance.state.conditions, filters) if gone else None


def _without(act: acts.Without, utterance: Utterance) -> Arguments | None:
    gone = tuple({"relation": relation, "value": value} for relation, value in act.values)
    kept = [condition for condition in utterance.state.conditions if condition not in gone]
    past = utterance.state.filters
    return find_again(utterance, kept, replace(past, none_of=(*past.none_of, *gone)))


def _allow(act: acts.Allow, utterance: Utterance) -> Arguments | None:
    past = utterance.state.filters
    kept = tuple(c for c in past.none_of if c["value"] not in act.values)
    wanted = [c for c in past.none_of if c not in kept][:1] if act.wanted else []
    return find_again(utterance, [*utterance.state.conditions, *wanted], replace(past, none_of=kept))


def _together(act: acts.Together, utterance: Utterance) -> Arguments | None:
    """Find with both of two people, or with neither, beside what holds of other roles."""
    if not act.values:
        return proposal(act="ask", question=sentences.WHOM)
    two = [{"relation": relation, "value": value} for relation, value in act.values]
    roles = {each["relation"] for each in two}
    past, kept = (
        utterance.state.filters,
        [c for c in utterance.state.conditions if c["relation"] not in roles],
    )
    if act.denied:
        return find_again(utterance, kept, replace(past, none_of=(*past.none_of, *two)))
    none_of = tuple(c for c in past.none_of if c not in two)
    return find_again(utterance, [*kept, *two], replace(past, none_of=none_of))


def _permit(_: acts.Permit, utterance: Utterance) -> Arguments:
    """Return that nothing is left out for it; a bound that it lifts no longer holds."""
    past, said = utterance.state.filters, utterance.reading
    first, last = past.years
    open_at = (
        (None if "older" in utterance.words else first),
        (None if "newer" in utterance.words else last),
    )
    beyond = said.years not in ((None, None), past.years) and past.years != (None, None)
    wider = (None, None) if beyond else open_at
    found = (
        find_again(
            utterance, utterance.state.conditions, replace(past, years=wider), gone=utterance.state.seen
        )
        if wider != past.years
        else None
    )
    return found or proposal(act="acknowledge", note=sentences.LEFT_OPEN)


def _vary(_: acts.Vary, utterance: Utterance) -> Arguments | None:
    """Show others of the same: what they should be more or less of is said to be unused."""
    answer = others_found(utterance)
    unused = [name.text for name in utterance.reading.categories]
    unused += [word for word in utterance.words if word in words("occasion", "company")]
    unused += [word for before, word in pairwise(utterance.words) if before == "too"]
    if answer is None or not answer["items"]:
        answer = find_again(utterance, utterance.state.conditions, utterance.state.filters)
    if answer is None or not answer["items"]:
        return proposal(act="ask", question=sentences.WHAT_INSTEAD, unused=unused)
    return answer | {"unused": unused}
