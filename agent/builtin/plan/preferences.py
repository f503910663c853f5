"""What suits the person: items like those they named or chose, what people like them prefer, the order."""

from __future__ import annotations

from dataclasses import replace

from agent.builtin.interpret.request import ParsedRequest
from agent.builtin.lexicon.moods import theme_of
from agent.builtin.plan.alternatives import Disjunction, category_term
from agent.builtin.plan.proposal import proposal
from agent.builtin.plan.search import SearchFilters, find_each
from agent.builtin.plan.tool_session import Arguments, Call, ToolSession
from agent.builtin.respond import sentences as wording

_SHOWN = 20
_OF_A_KIND = 50


def by_taste(reading: ParsedRequest, session: ToolSession) -> Arguments | None:
    """Answer a request without conditions by what people choose; None where nothing tells.

    What is near the items that are named or were chosen; what people like the person prefer, if nothing is
    named but who they are. Nothing is claimed to be proved.
    """
    named = [title.choices[0].id for title in reading.examples if title.choices]
    limits = _limits(reading)
    known = session.knows_person and not reading.profile.refused
    answer = None
    if named or (known and not reading.profile):
        answer = _like(named, limits, reading, session)
    if answer is None and not named and (reading.profile or known):
        answer = _as_people_like_them(limits, reading, session)
    return answer


def like_examples(
    reading: ParsedRequest, terms: list[Disjunction], filters: SearchFilters, session: ToolSession
) -> Arguments:
    """Answer 'I liked X; now a western': whatever is of that kind, what goes with X first."""
    found = find_each([terms], filters, session)[0]
    if not found.items:
        return by_taste(replace(reading, categories=()), session) or proposal(act="decline")
    limits: Arguments = {"conditions": [*found.conditions, *filters.compared]}
    near: list[str] = []
    if session.has("similar_items"):
        named = [title.choices[0].id for title in reading.examples if title.choices]
        hits = session.call("similar_items", items=named, text=theme_of(reading.text), k=_SHOWN, **limits)
        near = [hit["id"] for hit in hits["items"]] if hits else []
    elif session.has("search_items"):
        hits = session.call("search_items", text=theme_of(reading.text), k=_SHOWN, **limits)
        near = [hit["id"] for hit in hits["items"]] if hits else []
    near = [] if filters.sort else near
    items = list(dict.fromkeys([*(item for item in near if item in found.items), *found.items]))
    return proposal(items[: reading.limit or _OF_A_KIND], found.conditions, filters=filters)


def in_order(items: list[str], reading: ParsedRequest, session: ToolSession) -> tuple[list[str], str]:
    """Return found items in the order that suits the person, and for whom they were put in order."""
    known = reading.profile or (session.knows_person and not reading.profile.refused)
    if not known or len(items) < 2 or reading.order or reading.sorts or not session.has("rank_for_user"):
        return items, ""
    ways = _ways(reading)
    for way, ranked in zip(
        ways, session.call_all([Call("rank_for_user", {"items": items} | w) for w in ways]), strict=True
    ):
        if ranked:
            by_who = way or ranked["by"] == "group"
            return list(ranked["items"]), wording.in_order_for(
                way, others=reading.profile.others
            ) if by_who else ""
    return items, ""


def _like(
    named: list[str], limits: Arguments, reading: ParsedRequest, session: ToolSession
) -> Arguments | None:
    if not session.has("similar_items"):
        return None
    found = session.call("similar_items", items=named, text=theme_of(reading.text), k=_SHOWN, **limits)
    if not (found and found["items"]):
        return None
    titles = {hit["id"]: hit["title"] for hit in found["items"]}
    titles |= {title.choices[0].id: title.choices[0].label for title in reading.examples if title.choices}
    note = wording.by_choices(found["by"], found["reasons"], titles, named=bool(named))
    return proposal([hit["id"] for hit in found["items"]][: reading.limit], note=note, basis="taste")


def _as_people_like_them(limits: Arguments, reading: ParsedRequest, session: ToolSession) -> Arguments | None:
    if not session.has("group_favourites"):
        return None
    asked = {"text": theme_of(reading.text), "k": _SHOWN} | limits
    for found in session.call_all([Call("group_favourites", asked | way) for way in _ways(reading)]):
        if found and found["items"]:
            note = wording.by_group(found["group"], found["people"], others=reading.profile.others)
            return proposal([hit["id"] for hit in found["items"]][: reading.limit], note=note, basis="taste")
    return None


def at_one_end(reading: ParsedRequest, session: ToolSession) -> Arguments | None:
    """Return the newest or oldest items that there are: 'the newest ones you have'."""
    if not session.has("find_items"):
        return None
    domain = {"domain": reading.domain} if reading.domain else {}
    found = session.call("find_items", conditions=[], year_from=0, **domain)
    if not (found and found["items"]):
        return None
    latest = reading.order == "latest"
    hits = sorted(found["items"], key=lambda hit: hit["year"], reverse=latest)
    items = [hit["id"] for hit in hits][: reading.limit or _SHOWN]
    return proposal(items, basis="popular", order=[{"relation": "year", "descending": latest}])


def best_known(reading: ParsedRequest, session: ToolSession) -> Arguments | None:
    """Return what is best known, and ask what to go by."""
    if not session.has("find_items"):
        return None
    limits: Arguments = {"conditions": []} | _limits(replace(reading, categories=()))
    found = session.call("find_items", limit=_SHOWN, **limits)
    if not (found and found["items"]):
        return None
    items = [hit["id"] for hit in found["items"]][: reading.limit]
    return proposal(items, basis="popular", question=wording.WHAT_KIND)


def _limits(reading: ParsedRequest) -> Arguments:
    """Return the conditions that a request without provable names still sets."""
    limits: Arguments = {}
    if reading.categories:
        limits["conditions"] = [category_term(name)[0].condition for name in reading.categories]
    mentioned = [choice.id for title in reading.mentioned for choice in title.choices[:1]]
    if mentioned:
        limits["exclude_items"] = list(dict.fromkeys(mentioned))
    if reading.domain:
        limits["domain"] = reading.domain
    return limits


def _ways(reading: ParsedRequest) -> list[Arguments]:
    """Return how to say who asks, the likeliest first: occupations have several names, or none here."""
    profile = reading.profile
    said = {"gender": profile.gender, "age": profile.age}
    ways = [{**said, "occupation": name} for name in profile.occupations] + [{**said, "occupation": None}]
    plain = [{name: value for name, value in way.items() if value is not None} for way in ways]
    return [way for way in plain if way] or [{}]
