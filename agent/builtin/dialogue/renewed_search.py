"""The last search asked of the tools again: under other conditions, or for what was not shown yet."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from typing import Any

from agent.builtin.dialogue.state import SimilarityQuery
from agent.builtin.dialogue.utterance import Utterance
from agent.builtin.plan.alternatives import Alternative, Disjunction
from agent.builtin.plan.proposal import proposal
from agent.builtin.plan.search import SearchFilters, Stated, find_each, nothing_here
from agent.builtin.plan.tool_session import Arguments, Call, ToolSession
from agent.builtin.plan.unwanted import barred_by
from agent.builtin.respond import sentences

_TO_SIFT = 200  # items that a tool of likeness may return
MANY = 20


def find_again(
    utterance: Utterance,
    conditions: Sequence[Stated],
    filters: SearchFilters,
    terms: Sequence[Disjunction] = (),
    *,
    gone: Collection[str] = (),
) -> Arguments | None:
    """Find with stated conditions and new terms, without what is `gone`; say so if nothing is left.

    None with nothing to go by.
    """
    similarity = utterance.state.similarity
    if similarity is not None and list(conditions) == list(utterance.state.conditions) and all(terms):
        return _similar_again(utterance, similarity, terms, filters.without(gone))
    fixed: list[Disjunction] = [(Alternative.of(c),) for c in conditions]
    every = [*fixed, *terms]
    if not every and not filters.limits:
        return _best_known(utterance, filters, gone) if utterance.state.basis == "popular" else None
    found, proved, _ = find_each([every], filters, utterance.session)[0]
    left = [item for item in found if item not in gone]
    if left:
        order = filters.year_order
        return proposal(left[: utterance.reading.limit], proved, filters=filters, order=order)
    asked = [alternative.condition for term in every for alternative in term[:1]]
    return proposal(act="decline", note=nothing_here(asked, filters))


def others_found(utterance: Utterance) -> Arguments | None:
    """Find under the same conditions what the person has not seen in this conversation."""
    return find_again(
        utterance, utterance.state.conditions, utterance.state.filters, gone=utterance.state.seen
    )


def once_shown(utterance: Utterance) -> Arguments | None:
    """Return the last list again, as it was: of what was found by likeness no search says how many."""
    state = utterance.state
    if state.similarity is None:
        return find_again(utterance, state.conditions, state.filters)
    return proposal(state.items, state.conditions, filters=state.filters, basis=state.basis)


def without_theme(utterance: Utterance, denied: Sequence[str]) -> Arguments | None:
    """Find again without what descriptions say to be about something: 'no prison ones'; None if none is."""
    barred = barred_by(denied, utterance.session)
    if not set(barred) & set(utterance.state.items):
        return None
    state = utterance.state
    answer = find_again(utterance, state.conditions, state.filters.without(barred))
    if answer is None or not answer["items"]:
        return proposal(act="decline", note=f"{sentences.left_out(denied)} {sentences.ALL_LEFT_OUT}")
    return answer | {"note": " ".join(filter(None, (answer["note"], sentences.left_out(denied))))}


def by_year(items: Sequence[str], years: Mapping[str, int | None], order: str) -> list[str]:
    """Return items by year, those without one last."""
    sign = -1 if order == "latest" else 1
    return sorted(items, key=lambda item: (years.get(item) is None, sign * (years.get(item) or 0)))


def _best_known(utterance: Utterance, filters: SearchFilters, gone: Collection[str]) -> Arguments | None:
    domain = {"domain": filters.domain} if filters.domain else {}
    asked = {"conditions": [], "limit": MANY, "exclude_items": [*filters.exclude, *gone]}
    found = utterance.session.call("find_items", **asked, **domain)
    return proposal([hit["id"] for hit in found["items"]], basis="popular") if found else None


def _wished_kind(utterance: Utterance, similarity: SimilarityQuery) -> Stated | None:
    """Return the kind that items were to have more of than those named: beside other conditions it is one."""
    wish = similarity.call.arguments.get("but")
    linked = utterance.session.call("link_entities", text=wish) if wish else None
    found = [each for mention in linked["mentions"] for each in mention["candidates"]] if linked else []
    is_kind = any(each["label"] == wish and "genre" in each["roles"] for each in found)
    return {"relation": "genre", "value": str(wish)} if is_kind else None


def _nearest_first(having: Any, near: Any) -> Any:
    """Return what speaks of something in the order of what comes nearest to it."""
    places = {hit["id"]: place for place, hit in enumerate(near["items"])} if near else {}
    hits = sorted(having["items"], key=lambda hit: places.get(hit["id"], len(places)))
    return having | {"items": hits}


def _in_order(items: Sequence[str], filters: SearchFilters, session: ToolSession) -> list[str]:
    """Return those of some items that have a value to be put in order by, in that order."""
    domain = {"domain": filters.domain} if filters.domain else {}
    every = session.call("find_items", conditions=[], year_from=0, order=list(filters.sort), **domain)
    return [hit["id"] for hit in every["items"] if hit["id"] in items] if every else list(items)


def _without_text(
    utterance: Utterance, terms: Sequence[Disjunction], filters: SearchFilters
) -> Arguments | None:
    """Find what is left without what descriptions were to say, where nothing of that is left."""
    afresh = replace(utterance, state=replace(utterance.state, similarity=None))
    return find_again(afresh, utterance.state.conditions, filters, terms)


def _noted(answer: Arguments, note: str) -> Arguments:
    return answer | {"note": " ".join(filter(None, (note, answer["note"])))}


def _similar_again(
    utterance: Utterance, similarity: SimilarityQuery, terms: Sequence[Disjunction], filters: SearchFilters
) -> Arguments | None:
    """Ask a tool of likeness again under more conditions; what it then offers satisfies them."""
    before: list[Stated] = similarity.call.arguments.get("conditions", [])
    added = [*(t[0].condition for t in terms), *filters.compared]
    conditions = before + [each for each in added if each not in before]
    years = {"year_from": filters.years[0], "year_to": filters.years[1]}
    wished = _wished_kind(utterance, similarity) if added or any(years.values()) else None
    if wished is not None and wished not in conditions:
        conditions = [wished, *conditions]
    asked = similarity.call.arguments | {"conditions": conditions, "exclude_items": list(filters.exclude)}
    asked |= years | {"domain": filters.domain} | ({"but": None} if wished else {})
    ruled = bool(filters.none_of or filters.any_of)
    asked["k"] = _TO_SIFT if ruled else MANY
    asked = {name: value for name, value in asked.items() if value is not None}
    found = None
    text = asked.get("text") if similarity.call.name == "search_items" else ""
    if similarity.words and text and not asked.get("words"):
        spoken = asked | {"words": list(similarity.words), "k": _TO_SIFT}
        near, having = utterance.session.call_all(
            [Call(similarity.call.name, asked | {"k": _TO_SIFT}), Call(similarity.call.name, spoken)]
        )
        heard = having is not None and not having["unheard"]
        found, asked = (_nearest_first(having, near), spoken) if heard else (None, asked)
    found = found or utterance.session.call(similarity.call.name, **asked)
    if found is None:
        return None
    items = [hit["id"] for hit in found["items"]]
    said = {query: query.split("|")[0] for query in asked.get("words", ())}
    heard_of = [word for query, word in said.items() if query not in found["missing"]]
    speak = sentences.found_by([text] if text and (not said or len(heard_of) == len(said) > 1) else heard_of)
    if not speak and (wish := asked.get("but")) and wished is None:
        speak = sentences.nearest_first([wish])
    if filters.order:
        years = {hit["id"]: hit.get("year") for hit in found["items"]}
        items = by_year(items, years, filters.order)
    if ruled:
        fit = set(find_each([list(terms)], filters, utterance.session)[0].items)
        items = [item for item in items if item in fit]
    if filters.sort and utterance.session.has("find_items"):
        found_before = [item for item in items if item in utterance.state.items]
        items = _in_order(found_before if found_before[1:] else items, filters, utterance.session)
    items = items[:MANY]
    if not items:
        nothing = (
            sentences.not_spoken_of([text], [])
            if text
            else nothing_here(conditions, replace(filters, domain=asked.get("domain"), compared=()))
        )
        kept = _without_text(utterance, terms, filters) if text and ruled else None
        return _noted(kept, nothing) if kept and kept["items"] else proposal(act="decline", note=nothing)
    missing = [word for query, word in said.items() if query in found["missing"]]
    return proposal(
        items[: utterance.reading.limit],
        conditions,
        note=speak,
        filters=filters,
        basis=utterance.state.basis,
        unused=missing,
        order=filters.year_order,
    )
