"""Names and kinds added to the last request, or put in the place of what held."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from agent.builtin.dialogue import acts
from agent.builtin.dialogue.asked_items import MAKERS
from agent.builtin.dialogue.fragments import dropped_names, is_place, without_dropped
from agent.builtin.dialogue.people import in_any_role
from agent.builtin.dialogue.renewed_search import find_again
from agent.builtin.dialogue.revised_request import revised
from agent.builtin.dialogue.utterance import Utterance
from agent.builtin.interpret.request import EntityMention
from agent.builtin.interpret.spans import Span
from agent.builtin.lexicon.load import tables
from agent.builtin.plan.alternatives import Disjunction, category_term, name_term
from agent.builtin.plan.proposal import proposal
from agent.builtin.plan.search import SearchFilters, Stated, filters_of
from agent.builtin.plan.tool_session import Arguments
from agent.builtin.respond import sentences


def substitute(_: acts.Substitute, utterance: Utterance) -> Arguments | None:
    """Put a name or kind in the place of the one that held its relation."""
    names = [*utterance.reading.wanted, *utterance.reading.any_of]
    if not names:
        rest = [c for c in utterance.state.conditions if c["relation"] != "genre"]
        said = utterance.reading.years
        filters = replace(past := utterance.state.filters, years=past.years if said == (None, None) else said)
        kinds = [*utterance.reading.categories, *_kinds_told(utterance)]
        return find_again(utterance, rest, filters, [category_term(n) for n in kinds])
    given_up = _given_up(utterance)
    rest = list(utterance.state.conditions)
    terms: list[Disjunction] = []
    for wanted in (each for each in names if each.name.text not in given_up):
        term = name_term(wanted.roles, wanted.name) or category_term(wanted.name)
        held = {a.relation for a in term}
        alike = [c for c in rest if c["relation"] in held]
        replaced = next((c for c in alike if c["value"] in given_up), next(iter(alike), None))
        if replaced is None:
            held_so_far = rest or utterance.state.filters.limits
            return refine(acts.Refine(), utterance) if held_so_far else None
        rest = [c for c in rest if c is not replaced]
        meant = utterance.has("meant", "mean") and not wanted.roles  # 'no, I meant X': in whatever role
        makers = replaced["relation"] in MAKERS and not wanted.roles
        alike_roles = MAKERS if makers else (replaced["relation"],)
        terms.append(term if meant else tuple(a for a in term if a.relation in alike_roles))
    years = (
        utterance.reading.years if utterance.reading.years != (None, None) else utterance.state.filters.years
    )
    domain = utterance.reading.domain or utterance.state.filters.domain
    filters = replace(
        utterance.state.filters, years=years, exclude=(), any_of=_unlike(utterance, terms), domain=domain
    )
    terms += [category_term(n) for n in utterance.reading.categories]
    answer = find_again(utterance, rest, filters, terms)
    if answer is None or answer["items"] or not rest:
        return answer
    alone = find_again(utterance, [], SearchFilters("", domain=filters.domain), terms)
    return alone | {"note": str(answer["note"])} if alone and alone["items"] else answer


def _kinds_told(utterance: Utterance) -> list[EntityMention]:
    """Return the kinds that are what items are about: 'a comedy ABOUT WAR instead'."""
    known = {name.text for name in utterance.reading.categories}
    return [
        EntityMention(b.text, b.choices)
        for a, b in pairwise(utterance.chunks)
        if a.text == "about" and b.kind == "category" and b.text not in known and b.choices
    ]


def _unlike(utterance: Utterance, terms: Sequence[Disjunction]) -> tuple[Stated, ...]:
    """Return the alternatives that held, of other relations than what is put in a place."""
    held, placed = utterance.state.filters.any_of, {a.relation for term in terms for a in term}
    return () if placed & {each["relation"] for each in held} else held


def _given_up(utterance: Utterance) -> frozenset[str]:
    """Return the names that another takes the place of, in every form: 'Bergman INSTEAD OF BACALL'."""
    reading, dropped = utterance.reading, set(dropped_names(utterance))
    names = [*(w.name for w in (*reading.wanted, *reading.any_of)), *reading.categories]
    gone = [name for name in names if name.text in dropped] + [w.name for w in reading.none_of]
    return frozenset(form for name in gone for form in (name.text, *(c.label for c in name.choices)))


def refine(act: acts.Refine, utterance: Utterance) -> Arguments | None:
    """Add conditions, or put them in the place of their like, by what is said or where nothing has both."""
    answer = _with_none_gone(revised(act, utterance), utterance)
    if answer is not None and not answer["items"] and utterance.says("of those"):
        answer = revised(act, _with_shown(utterance))
    reading = utterance.reading
    if answer is not None and not answer["items"]:
        answer = revised(act, in_any_role(utterance)) or answer
    found = answer is None or answer["items"] or utterance.has(*tables("acts")["of those"])
    if found or act.against or act.dropped or not (reading.wanted or reading.categories or reading.any_of):
        return answer
    in_place = None if act.instead else revised(replace(act, instead=True), utterance)
    if in_place is not None and in_place["items"]:
        return in_place
    own = any(each.name.choices and not is_place(each.name) for each in reading.wanted)
    return None if (own or act.instead) and not filters_of(reading).limits else answer


def _with_none_gone(answer: Arguments | None, utterance: Utterance) -> Arguments | None:
    """Return an answer that says so where none shown is listed as what is ruled out: 'not THE MEMOIR'."""
    kinds = [c["value"] for c in filters_of(utterance.reading).none_of if c["relation"] == "genre"]
    named = {each.name.text for each in utterance.reading.none_of}
    one = any(a == "the" and b in named for a, b in pairwise(utterance.words))
    if answer is None or not (kinds and one) or not set(utterance.state.shown) <= set(answer["items"]):
        return answer
    return answer | {"note": " ".join(filter(None, (answer["note"], sentences.none_listed(kinds))))}


def without_all_dropped(
    act: acts.Refine, utterance: Utterance, spans: Sequence[Span]
) -> tuple[Sequence[Span], Utterance]:
    """Return a text after which nothing holds, if all is dropped: 'FORGET POIROT, she likes gardens'."""
    if not act.dropped:
        return spans, utterance
    left, kept = without_dropped(utterance, spans)
    return left, replace(kept, state=replace(utterance.state, conditions=(), similarity=None))


def said_apart(act: acts.Refine, utterance: Utterance, answer: Arguments | None) -> Arguments | None:
    """Return an answer to what is named by itself, with that nothing of it fits what held before."""
    if answer is None and act.dropped:
        return proposal(act="ask", question=sentences.WHAT_KIND)
    held = utterance.state.conditions or utterance.state.filters.limits or utterance.state.filters.domain
    if not (answer and answer.get("items") and held) or answer.get("act", "recommend") != "recommend":
        return answer
    both = revised(act, utterance)
    nothing = str(both["note"]) if both and not both["items"] else ""
    kinds = [c["value"] for c in utterance.state.conditions]
    only_kinds = all(c["relation"] == "genre" for c in utterance.state.conditions)
    if nothing and kinds and only_kinds and not utterance.state.filters.limits and answer["conditions"]:
        nothing = sentences.none_listed(kinds)  # what is listed of a kind may lack some
    return answer | {"note": " ".join(filter(None, (nothing, answer.get("note", ""))))}


def _with_shown(utterance: Utterance) -> Utterance:
    """Return a text for which what was shown counts again: 'which of THESE', after all that there is."""
    past = utterance.state.filters
    kept = tuple(item for item in past.exclude if item not in utterance.state.items)
    return replace(utterance, state=replace(utterance.state, filters=replace(past, exclude=kept)))
