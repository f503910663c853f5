"""Changes of the last request: without something, with more, of someone else, near one of its items."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from agent.builtin.dialogue.state import (
    SHORT,
    SimilarityQuery,
    Utterance,
    focus_of,
    places_of,
    pointed_at,
    title_of,
)
from agent.builtin.lexicon.triggers import DOMAIN_NOUNS, ITEM_NOUNS
from agent.builtin.plan.alternatives import Alternative, Disjunction, category_term, name_term
from agent.builtin.plan.proposal import proposal
from agent.builtin.plan.search import SearchFilters, filters_of, find_each
from agent.builtin.plan.tool_session import Arguments, Call
from agent.builtin.respond import sentences as wording

_SHOWN = 20
_TO_SIFT = 200  # items that such a tool may return
_OPENERS = frozenset(
    "only just but and also make with without from before after no not in preferably ideally or".split()
)
_MADE = frozenset("by starring directed written scored shot produced edited".split())
DROP = frozenset("forget drop ignore nevermind".split())


def like_one(said: Utterance) -> Arguments | None:
    """'more like the second one', 'something similar to the first'."""
    if not said.has("like", "similar to") or said.reading.wanted or len(said.words) > SHORT:
        return None
    places = places_of(said)
    pointing = said.has("like it", "like that", "like that one", "like this one", "similar to it")
    if said.reading.mentioned or not (places or pointing):
        return None
    item = pointed_at(said)
    if item is None or not said.session.has("search_items"):
        return None
    genres = said.session.call("resolve_reference", items=[item], relation="genre")
    labels = [value["value"] for value in genres["values"]] if genres else []
    found = said.session.call(
        "search_items", text=" ".join([title_of(said, item), *labels]), k=10, exclude_items=[item]
    )
    return proposal([hit["id"] for hit in found["items"]], note=wording.like(title_of(said, item)))


def not_that(said: Utterance) -> Arguments | None:
    """'not that one', "I've seen the first two", 'not the second'."""
    turned_down = said.words[:1] == ("not",) or said.has("seen", "already know", "skip", "anything but")
    if not turned_down or len(said.words) > SHORT or said.reading.wanted:
        return None
    gone = [said.state.items[p] for p in places_of(said) if p < len(said.state.items)]
    named = [title.choices[0].id for title in said.reading.mentioned if title.choices]
    if named and not gone:
        gone = named if set(named) <= set(said.state.items) else []
    elif not gone and said.has("that one", "that", "it", "this one"):
        focus = said.state.focus or next(iter(said.state.items), None)
        gone = [focus] if focus else []
    if not gone:
        return None
    filters = replace(said.state.filters, exclude=(*said.state.filters.exclude, *gone))
    return _find(said, said.state.conditions, filters)


def without(said: Utterance) -> Arguments | None:
    """'forget the genre', 'never mind the director', 'drop the year'."""
    if not (DROP & set(said.words[:2]) or said.has("never mind", "doesnt matter", "leave out")):
        return None
    roles = {role for chunk in said.chunks if chunk.kind == "cue" for role in chunk.roles}
    roles |= {c["relation"] for c in said.state.conditions if c["relation"] in said.words}
    filters = said.state.filters
    if said.has("year", "years", "decade", "date", "dates"):
        filters = replace(filters, years=(None, None))
    kept = [c for c in said.state.conditions if c["relation"] not in roles]
    filters = replace(filters, none_of=tuple(c for c in filters.none_of if c["relation"] not in roles))
    changed = len(kept) < len(said.state.conditions) or filters != said.state.filters
    return _find(said, kept, filters) if changed else None


def other_role(said: Utterance) -> Arguments | None:
    """'what if I meant the actor?', 'I meant as a director'."""
    cues = [chunk for chunk in said.chunks if chunk.kind == "cue"]
    if not said.has("meant", "mean", "as an actor", "as a director") or not cues or said.reading.wanted:
        return None
    for role in cues[0].roles:
        for condition in said.state.conditions:
            if condition["relation"] not in (role, "genre", "country"):
                swapped = [{"relation": role, "value": condition["value"]}]
                rest = [c for c in said.state.conditions if c is not condition]
                if answer := _find(said, [*rest, *swapped], said.state.filters):
                    return answer
    return None


def again(said: Utterance) -> Arguments | None:
    """'more', 'any others?', 'what else?'."""
    asked = set(said.words) <= frozenset(
        "more please any others other what else anything some ones next got show me give"
        " the rest see id like".split()
    )
    if not said.words or not asked:
        return None
    if said.state.similarity is not None:
        filters = replace(said.state.filters, exclude=(*said.state.filters.exclude, *said.state.items))
        return _find(said, said.state.conditions, filters)
    return _find(said, said.state.conditions, said.state.filters)


def instead(said: Utterance) -> Arguments | None:
    """'what about Hitchcock?', 'and Kubrick?', 'what about books?'."""
    opened = said.text.startswith(("what about", "how about", "and ", "or ", "same for"))
    if not opened or len(said.words) > SHORT or said.reading.references or said.reading.claims:
        return None
    domains = [name for name, nouns in DOMAIN_NOUNS.items() if said.words[-1] in nouns]
    if domains and not said.reading.wanted and not said.reading.categories:
        return _other_domain(said, domains[0])
    if (
        len(said.reading.wanted) == 1
        and not said.reading.wanted[0].roles
        and not said.has("with", "and with")
    ):
        term = name_term((), said.reading.wanted[0].name)
        roles = {role for c in said.reading.wanted[0].name.choices for role in c.roles}
        for condition in said.state.conditions:
            if condition["relation"] in roles:
                rest = [c for c in said.state.conditions if c is not condition]
                return _find(
                    said,
                    [*rest, {"relation": condition["relation"], "value": term[0].value}],
                    said.state.filters,
                )
    if (
        len(said.reading.categories) == 1
        and not said.reading.wanted
        and said.text.startswith(("what", "how"))
    ):
        rest = [c for c in said.state.conditions if c["relation"] != "genre"]
        return _find(said, rest, said.state.filters, [category_term(said.reading.categories[0])])
    return None


def _other_domain(said: Utterance, domain: str) -> Arguments | None:
    """Ask the last request of another domain, where a genre may go by another of its names."""
    genres = [c for c in said.state.conditions if c["relation"] == "genre"]
    linked = said.session.call_all([Call("link_entities", {"text": c["value"]}) for c in genres])
    terms: list[Disjunction] = [
        tuple(
            Alternative("genre", candidate["label"], 0)
            for mention in (links or {"mentions": ()})["mentions"]
            for candidate in mention["candidates"]
            if "genre" in candidate["roles"]
        )
        for links in linked
    ]
    rest = [c for c in said.state.conditions if c["relation"] != "genre"]
    return _find(said, rest, replace(said.state.filters, domain=domain), [term for term in terms if term])


def same_as(said: Utterance) -> Arguments | None:
    """'more by that same composer': the one of the last request, else of the item last talked about."""
    roles = said.reading.open_roles
    if not roles:
        return None
    stated = [c for c in said.state.conditions if c["relation"] in roles]
    terms: list[Disjunction] = [(Alternative(c["relation"], c["value"], 0),) for c in stated[:1]]
    if not terms and (focus := focus_of(said.state)) is not None:
        answer = said.session.call("resolve_reference", items=[focus], relation=roles[0])
        terms = [tuple(Alternative(roles[0], v["value"], 0) for v in answer["values"])] if answer else []
    terms += [category_term(name) for name in said.reading.categories]
    terms += [name_term(w.roles, w.name) for w in said.reading.wanted]
    own = filters_of(said.reading)
    exclude = (*own.exclude, *said.state.named, *(said.state.items[:1] if not stated else ()))
    return _find(said, [], replace(own, exclude=exclude), terms) if terms and all(terms) else None


def refine(said: Utterance) -> Arguments | None:
    """'only from the 90s', 'just the comedies', 'but no westerns', 'and with Harrison Ford in it', 'by Lean'.

    'by Lean' is a request of its own if nothing of his is left of the last one.
    """
    reading = said.reading
    if reading.references or reading.claims or reading.mentioned or not said.words:
        return None
    own = filters_of(reading)
    terms = [name_term(w.roles, w.name) for w in reading.wanted] + [
        category_term(n) for n in reading.categories
    ]
    if not (terms or own.limits or (own.domain and not reading.profile)):
        return None  # who says who they are asks anew
    opens = said.words[0] in _OPENERS
    stands = bool(reading.categories) and not said.has(
        "ones"
    )  # 'three comedies please' is a request of its own
    fragment = (
        not stands
        and len(said.words) <= SHORT
        and not reading.wanted
        and not (set(said.words) & ITEM_NOUNS - {"ones", "one"})
    )
    made = said.words[0] in _MADE and len(said.words) <= SHORT and not set(said.words) & ITEM_NOUNS
    if not ((opens and len(said.words) <= 2 * SHORT) or fragment or made):
        return None
    state = said.state.filters
    filters = replace(
        state,
        none_of=(*state.none_of, *own.none_of),
        any_of=own.any_of or state.any_of,
        years=own.years if own.years != (None, None) else state.years,
        domain=own.domain or state.domain,
    )
    answer = _find(said, said.state.conditions, filters, terms)
    return None if made and answer is not None and not answer["items"] else answer


def _find(
    said: Utterance,
    conditions: Sequence[dict[str, str]],
    filters: SearchFilters,
    terms: Sequence[Disjunction] = (),
) -> Arguments | None:
    """Find with stated conditions and new terms; say so if nothing is left. None with nothing to go by."""
    similarity = said.state.similarity
    if similarity is not None and list(conditions) == list(said.state.conditions) and all(terms):
        return _similar_again(said, similarity, terms, filters)
    fixed: list[Disjunction] = [(Alternative(c["relation"], c["value"], 0),) for c in conditions]
    every = [*fixed, *terms]
    if not every and not filters.limits:
        return None
    found, proved, _ = find_each([every], filters, said.session)[0]
    if found:
        return proposal(found[: said.reading.limit], proved, filters=filters)
    asked = [alternative.condition for term in every for alternative in term[:1]]
    return proposal(note=wording.nothing(asked, filters.years))


def _similar_again(
    said: Utterance, similarity: SimilarityQuery, terms: Sequence[Disjunction], filters: SearchFilters
) -> Arguments | None:
    """Ask a tool of likeness again under more conditions; what it then offers satisfies them."""
    before: list[dict[str, str]] = similarity.call.arguments.get("conditions", [])
    conditions = before + [t[0].condition for t in terms if t[0].condition not in before]
    asked = similarity.call.arguments | {"conditions": conditions, "exclude_items": list(filters.exclude)}
    asked |= {"year_from": filters.years[0], "year_to": filters.years[1], "domain": filters.domain}
    ruled = bool(filters.none_of or filters.any_of)
    asked["k"] = _TO_SIFT if ruled else _SHOWN
    found = said.session.call(similarity.call.name, **{name: v for name, v in asked.items() if v is not None})
    if found is None:
        return None
    items = [hit["id"] for hit in found["items"]]
    if ruled:
        fit = set(find_each([list(terms)], filters, said.session)[0].items)
        items = [item for item in items if item in fit][:_SHOWN]
    if not items:
        return proposal(note=wording.nothing(conditions, filters.years))
    note = wording.AS_BEFORE if not (conditions or ruled) else ""
    return proposal(items[: said.reading.limit], conditions, note=note, filters=filters)
