"""Requests that stand by themselves: from what was understood to a proposal, by tools only."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from agent.builtin.interpret.counted_parts import is_one_each
from agent.builtin.interpret.request import ParsedRequest
from agent.builtin.interpret.theme import Theme
from agent.builtin.parse.spelling import is_respelled
from agent.builtin.plan.alternatives import Alternative, Disjunction, category_term, name_term, resolve
from agent.builtin.plan.claims import check_claims, respelled
from agent.builtin.plan.compared import cut, how_meant, softened, with_unsorted
from agent.builtin.plan.either import some_of_each
from agent.builtin.plan.liked_first import liked_first
from agent.builtin.plan.milder import spared_last
from agent.builtin.plan.namesakes import which_was_meant
from agent.builtin.plan.nearest_kinds import with_nearest_kinds
from agent.builtin.plan.preferences import at_one_end, best_known, by_taste, in_order, like_examples
from agent.builtin.plan.proposal import proposal, rival
from agent.builtin.plan.search import SearchFilters, filters_of, find_call, find_each, relaxed
from agent.builtin.plan.several import interleaved
from agent.builtin.plan.themes import FEW, by_theme, speaking_of, untold
from agent.builtin.plan.tool_session import Arguments, Call, ToolSession
from agent.builtin.respond import facts, sentences
from agent.builtin.respond.quantities import none_known, not_known
from kg.categories import HEAD_NOUNS

_SHOWN = 20
_CHILDREN = "children"


def answer_request(
    reading: ParsedRequest,
    session: ToolSession,
    *,
    theme: Theme = Theme(),
    asks: bool = True,
    gone: Sequence[str] = (),
) -> Arguments | None:
    """Answer a request; `theme` is what is left of it, which no fact is compared with.

    What of the theme decided nothing is `unused`; what is `gone` was shown or talked about and is not asked
    for again.

    Returns None where nothing is asked for: no condition, no example, no theme, and no word of asking.
    """
    checked = check_claims(reading, session)
    reading = _with_titles_of_asides(reading)
    references, described = resolve(reading, session)
    filters = filters_of(reading, [*described, *gone])
    if len(reading.any_of) > 1 and is_one_each(reading.text):
        reading = replace(reading, limit=len(reading.any_of))
    terms = [name_term(wanted.roles, wanted.name) for wanted in reading.wanted]
    terms += references + [category_term(name) for name in reading.categories]
    told = [c for c in checked if not c.claim.aside]
    wanted = [c for c in told if c.claim.asked] or ([] if any(references) else told[:1])
    first = [t for t in (*terms, *(c.first for c in wanted)) if t]
    second = [t for t in (*terms, *(c.second for c in wanted)) if t]
    corrections = [c.correction for c in checked if c.correction] + respelled(reading, checked, session)
    alone = replace(filters, compared=()) if reading.examples else filters
    liked = reading.examples and not (_people(reading) or references or told)
    if liked and (reading.categories or reading.wanted or filters.compared or alone.limits):
        return like_examples(reading, first, filters, session, theme) | {"corrections": corrections}
    lost = _not_listed(reading, references)
    if not (first or filters.limits):
        if lost:
            return proposal(act="decline", note=" ".join(lost)) | {"corrections": corrections}
        answer = _without_conditions(reading, session, theme, asks=asks, gone=gone)
        return answer and answer | {"corrections": corrections}
    ways = [first, second if any(c.second for c in wanted) else first]
    found = _found(ways, filters, reading, session, corrections)
    kept, sorts, how = softened(reading.comparisons)
    if len(sorts) == 1 and not found["items"]:
        softer = replace(reading, comparisons=kept, sorts=(*reading.sorts, *sorts))
        other = answer_request(softer, session, theme=theme, asks=asks, gone=gone)
        if other is not None and other["items"] and other["conditions"]:
            return other | {"note": " ".join(filter(None, (how, other["note"])))}
    if filters.sort and not found["items"]:
        other = answer_request(replace(reading, sorts=()), session, theme=theme, asks=asks, gone=gone)
        if other is not None and other["items"] and other["conditions"]:
            note = " ".join(filter(None, (none_known(reading.sorts[0].relation), other["note"])))
            lost = [*other.get("unused", ()), *(sort.text for sort in reading.sorts if sort.text)]
            return other | {"note": note, "unused": lost, "basis": "popular"}
    if (
        _lacks_kind(found, reading)
        and (other := _without_kinds_elsewhere(reading, session, theme, gone)) is not None
    ):
        return other
    kinds_only = not (reading.wanted or references or checked)
    few = kinds_only and not filters.compared and not reading.own
    if reading.audience and reading.audience.child and not (theme.wanted or reading.order or reading.sorts):
        for_them = Theme(rest=(_CHILDREN,), phrase=f"for {_CHILDREN}")
        found = by_theme(found, for_them, session, kinds_only=False)
    plain, proved = found, not reading.own
    if reading.texts or reading.own:
        only, where = kinds_only or reading.own, reading.domain
        found = by_theme(found, theme, session, kinds_only=only, few=few, plain=proved, domain=where)
    else:
        found = untold(found, theme)
    if reading.own and theme and found["items"] and set(found["items"]) == set(plain["items"]):
        found = {"basis": "popular"} | found  # any word may say what items of one's own table have
    if not (reading.order or reading.sorts):
        found = spared_last(found, reading, session)
    found = liked_first(_measured(found, reading, filters, session), reading, filters, session)
    meant = which_was_meant(reading, found["conditions"], session) if found["items"] else ""
    note = " ".join(filter(None, (*lost, meant, found.get("note", ""))))
    basis = {"basis": "popular"} if lost and found["items"] else {}  # not all that was asked is proved
    return found | {"items": found["items"][: reading.limit], "note": note} | basis


def _people(reading: ParsedRequest) -> bool:
    """Tell whether a request names more than where items are from."""
    return any(not each.roles or set(each.roles) - {"country", "language"} for each in reading.wanted)


def _lacks_kind(found: Arguments, reading: ParsedRequest) -> bool:
    """Tell whether nothing was found, or only without a kind that was asked for."""
    kinds = [[option.condition for option in category_term(name)] for name in reading.categories]
    stated = found["conditions"]
    return not found["items"] or any(all(kind not in stated for kind in each) for each in kinds)


def _without_kinds_elsewhere(
    reading: ParsedRequest, session: ToolSession, theme: Theme, gone: Sequence[str]
) -> Arguments | None:
    """Answer a request with kinds that nothing of its domain has as words of its theme: 'a FUNNY book'.

    None where every kind is one of the domain.
    """
    if not (reading.domain and reading.categories and session.has("find_items")):
        return None
    terms = [category_term(name) for name in reading.categories]
    asked: list[Arguments] = [
        {"conditions": [option.condition], "domain": reading.domain, "limit": 1}
        for term in terms
        for option in term
    ]
    answers = iter(session.call_all([Call("find_items", arguments) for arguments in asked]))
    known = [[next(answers) for _ in term] for term in terms]
    here = [any(answer and answer["items"] for answer in each) for each in known]
    if all(here):
        return None
    if (nearest := with_nearest_kinds(reading, here, session)) is not None:
        other = answer_request(nearest[0], session, theme=theme, gone=gone)
        if other is not None and other["items"]:
            return other | {"note": " ".join(filter(None, (nearest[1], other["note"]))), "basis": "popular"}
    kept = tuple(name for name, known in zip(reading.categories, here, strict=True) if known)
    lost = [name.text for name, known in zip(reading.categories, here, strict=True) if not known]
    said = tuple(" ".join(_without_noun(text.split())) for text in lost)
    phrase = " ".join((*said, *(word for word in theme.phrase.split() if word not in said)))
    wider = theme._replace(rest=tuple(dict.fromkeys((*theme.rest, *said))), phrase=phrase)
    return answer_request(replace(reading, categories=kept), session, theme=wider, gone=gone)


def _without_noun(said: Sequence[str]) -> Sequence[str]:
    """Return the words of a kind without a noun for items that ends them: 'WAR novels'."""
    return said[:-1] if len(said) > 1 and said[-1].casefold() in HEAD_NOUNS else said


def _with_titles_of_asides(reading: ParsedRequest) -> ParsedRequest:
    """Return a request with the titles of which something was said by the way as examples."""
    titles = [title for claim in reading.claims if claim.aside for title in claim.titles]
    return replace(reading, examples=(*reading.examples, *titles)) if titles else reading


def _not_listed(reading: ParsedRequest, terms: Sequence[Disjunction]) -> list[str]:
    """Return sentences for references that led to nobody: 'the cinematographer of X', of whom none is listed.

    `terms` are those of the references, in their order; none where nothing resolves them.
    """
    found, lost = iter(terms), list[str]()
    for reference in reading.references if terms else ():
        own = [next(found, ()) for _ in reference.wanted_as or ((),)]
        if not any(own) and reference.titles and reference.titles[0].choices:
            title = reference.titles[0].choices[0].label
            lost.append(facts.value(title, reference.roles[0], []))
    return lost


def _measured(
    found: Arguments, reading: ParsedRequest, filters: SearchFilters, session: ToolSession
) -> Arguments:
    """Return an answer that says how comparisons were meant, what is not known of, and ties of an order."""
    compared = [each["relation"] for each in (*filters.compared, *filters.sort)]
    if not compared or not found["items"] or not session.has("find_items"):
        return found
    own = [
        each for each in found["conditions"] if each["relation"] != "year" and each not in filters.compared
    ]
    call = find_call(own, filters, session)
    answered = session.call(call.name, **call.arguments)
    unknown = answered.get("unknown", 0) if answered else 0
    found, last = with_unsorted(found, reading.sorts, call, session) if unknown else (found, "")
    notes = [*dict.fromkeys(how_meant(reading.comparisons)), last or not_known(unknown, compared)]
    found = cut(found, reading.sorts, call, session)
    return found | {"note": " ".join(filter(None, (found["note"], *notes)))}


def _without_conditions(
    reading: ParsedRequest, session: ToolSession, theme: Theme, *, asks: bool, gone: Sequence[str]
) -> Arguments | None:
    """Answer by taste where an example or a person is known, by words, else with what is best known."""
    unknown = any(not each.name.choices for each in reading.wanted)
    if theme and reading.profile.others and not reading.examples:
        answer = speaking_of(theme, reading, session, gone)
        if answer is not None and len(answer["items"]) > FEW:
            return answer  # what somebody else likes tells more than who they are
    if reading.examples or reading.profile or (session.knows_person and not unknown and (asks or theme)):
        answer = by_taste(reading, session, theme, gone)
        if answer is not None:
            return answer
    if unknown:
        clear = theme if theme.wanted else Theme()
        return speaking_of(clear, reading, session, gone) or proposal(act="decline", unused=theme.words)
    if reading.order and asks:
        return at_one_end(reading, session)
    if theme:
        return speaking_of(theme, reading, session, gone) or _nothing_about(theme)
    return best_known(reading, session) if asks else None


def _nothing_about(theme: Theme) -> Arguments:
    lost = list(theme.words)
    return proposal(act="decline", note=sentences.not_spoken_of(lost, lost), unused=lost)


def _found(
    ways: Sequence[list[Disjunction]],
    filters: SearchFilters,
    reading: ParsedRequest,
    session: ToolSession,
    corrections: list[dict[str, Any]],
) -> Arguments:
    """Find what satisfies the conditions, in the likelier and the other way; relax them if nothing does."""
    best, other = find_each(ways, filters, session)
    if not best.items and other.items:
        best, other = other, best
    found, whose = in_order(best.items, reading, session)
    conditions, note = best.conditions, sentences.read_as(_misspelt(reading, corrections))
    also = None
    if not found and (either := some_of_each(ways[0], filters, session)) is not None:
        rest, within = either
        answer = _found([rest, rest], within, reading, session, corrections)
        if answer["items"]:
            asked = [term[0].condition for term in ways[0]]
            apart = sentences.none_of_all(asked, filters.years)
            return answer | {"note": " ".join(filter(None, (apart, answer["note"]))), "basis": "popular"}
    less = not found
    if less:
        found, conditions, note = relaxed(ways[0], filters, session)
    elif other.items and other.conditions != conditions:
        label = sentences.second_reading(other.conditions)
        also = {"label": label, "items": other.items, "conditions": other.conditions}
    elif best.rival is not None:
        also = rival(best.rival)
    if also is not None:
        also["items"] = also["items"][: reading.limit]
    if len(filters.alternatives) > 1 and best.items and not filters.sort:
        found = _some_of_each(found, ways[0], filters, session)
    said = " ".join(part for part in (note, whose) if part)
    sorted_by = {"relation": "year", "descending": filters.order == "latest"}
    order = [sorted_by] if filters.order and found and len(filters.alternatives) < 2 else []
    answer = proposal(found, conditions, corrections, said, also, filters, order=order)
    return answer | {"basis": "popular"} if less and found and reading.own else answer


def _some_of_each(
    found: list[str], terms: list[Disjunction], filters: SearchFilters, session: ToolSession
) -> list[str]:
    """Return found items so that every alternative has its turn: 'westerns and musicals'."""
    each = [[*terms, (Alternative.of(c),)] for c in filters.any_of]
    findings = find_each(each, replace(filters, any_of=()), session)
    known = set(found)
    return interleaved([[item for item in finding.items if item in known] for finding in findings])


def _misspelt(reading: ParsedRequest, corrections: list[dict[str, Any]]) -> list[tuple[str, str]]:
    """Return the wanted names that are misspelt and in no correction: as written, as read."""
    said = {correction["claimed"] for correction in corrections}
    odd = [w.name for w in reading.wanted if w.name.choices and is_respelled(w.name.text, w.name.choices[0])]
    return [(name.text, name.choices[0].label) for name in odd if name.text not in said]
