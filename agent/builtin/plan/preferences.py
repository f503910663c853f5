"""What suits the person: items like those they named or chose, what people like them prefer, the order."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import Any

from agent.builtin.interpret.request import ParsedRequest
from agent.builtin.interpret.theme import Theme
from agent.builtin.plan.alternatives import Disjunction, category_term
from agent.builtin.plan.liked_first import liked_first
from agent.builtin.plan.milder import without_spared
from agent.builtin.plan.proposal import proposal
from agent.builtin.plan.search import SearchFilters, find_each, is_meant, nothing_here
from agent.builtin.plan.themes import lost_words, speaking_first, speaking_of
from agent.builtin.plan.tool_session import Arguments, Call, ToolSession
from agent.builtin.plan.varied import varied_answer, wish
from agent.builtin.respond import described, groups
from agent.builtin.respond import sentences as wording
from kg.text import fold

_SHOWN = 20
_OF_A_KIND = 50
_ENOUGH = 5  # items that are much like others, from which on no others are shown
_MOST = 200  # items that such a tool may return


def by_taste(
    reading: ParsedRequest, session: ToolSession, theme: Theme = Theme(), gone: Sequence[str] = ()
) -> Arguments | None:
    """Answer a request without conditions by what people choose; None where nothing tells.

    What is near the items that are named or were chosen; what people like the person prefer, if nothing is
    named but who they are. Nothing is claimed to be proved.
    """
    named = [title.choices[0].id for title in reading.examples if title.choices]
    if named and are_only_known(named, reading, session):
        spoken = speaking_of(theme.plain() if theme.subject else Theme(), reading, session, gone)
        return spoken or proposal(act="decline", note=wording.NAME_ANOTHER)
    limits = _limits(reading, gone)
    known = session.knows_person and not reading.profile.refused
    answer = None
    if named or (known and not reading.profile):
        answer = _like(named, limits, reading, session, theme)
    if answer is None and not named and (reading.profile or known):
        answer = _as_people_like_them(limits, reading, session, theme)
    if answer is None or answer.pop("varied", False):
        return answer  # what the theme decided is told
    told = beside(answer, theme, session, limits)
    return told | {"items": told["items"][: reading.limit]}


def are_only_known(named: Sequence[str], reading: ParsedRequest, session: ToolSession) -> bool:
    """Tell whether items are known and not in the catalogue: nobody here chose anything after them."""
    links = session.call("link_entities", text=reading.text) if session.has("link_entities") else None
    return links is not None and set(named) <= set(links.get("only_known", ()))


def beside(
    answer: Arguments,
    theme: Theme,
    session: ToolSession,
    limits: Arguments,
    within: Collection[str] | None = None,
) -> Arguments:
    """Return an answer by likeness to which a theme was given too, and says so.

    What speaks of its subject comes first, under the same limits and `within` what was found.
    """
    if not theme:
        return answer
    lost = lost_words(theme, session) if theme.wanted else list(theme.rest)
    subject = [group for group in theme.wanted if not set(group).isdisjoint(theme.subject)]
    first = speaking_first(subject, session, limits)
    first = first if within is None else [item for item in first if item in within]
    first = list(dict.fromkeys([*(item for item in answer["items"] if item in set(first)), *first]))
    spoken = [word for group in subject for word in group]
    if first:
        kept = [item for item in answer["items"] if item not in first]
        answer = answer | {"items": [*first, *kept][: max(len(answer["items"]), len(first))]}
        answer["note"] = " ".join(filter(None, (wording.speak_first(spoken), answer["note"])))
        lost = [word for word in lost if word not in spoken]
    used = [word for word in theme.words if word not in (*lost, *(spoken if first else ()))]
    note = " ".join(filter(None, (answer["note"], wording.goes_first(used) if used else "")))
    return answer | {"note": note} | ({"unused": lost} if lost else {})


def _text(theme: Theme) -> str:
    """Return the theme in words; of a message that has none, no word orders what is found."""
    return (theme.plain() if theme.wanted else theme).phrase if theme else ""


def like_examples(
    reading: ParsedRequest,
    terms: list[Disjunction],
    filters: SearchFilters,
    session: ToolSession,
    theme: Theme = Theme(),
) -> Arguments:
    """Answer 'I liked X; now a western': whatever is of that kind, what goes with X first."""
    filters = replace(filters, domain=filters.domain or _domain_liked(reading))
    found = find_each([terms], filters, session)[0]
    if not found.items:
        nothing = nothing_here([term[0].condition for term in terms if term], filters)
        alike = by_taste(replace(reading, categories=()), session, theme) or proposal(act="decline")
        return alike | {"note": " ".join(filter(None, (nothing, alike["note"])))}
    limits: Arguments = {"conditions": [*found.conditions, *filters.compared]}
    limits |= {name: year for name, year in zip(("year_from", "year_to"), filters.years, strict=True) if year}
    limits |= {"exclude_items": list(filters.exclude)} if filters.exclude else {}
    limits |= {"domain": filters.domain} if filters.domain else {}
    asked: Arguments = {"text": _text(theme), "k": _OF_A_KIND, **limits}
    if filters.none_of or filters.any_of:
        asked["k"] = _MOST  # these are no conditions of such a tool
        asked["text"] = _text(theme) if theme.wanted else ""  # nor what is ruled out a theme
    named = [title.choices[0].id for title in reading.examples if title.choices]
    if session.has("similar_items"):
        less = " ".join((*_lost_of(named, reading, session), *theme.denied))
        asked |= {"less": less, "text": theme.plain().phrase if theme.wanted else ""} if less else {}
        hits = session.call("similar_items", items=named, **asked)
    else:
        hits = session.call("search_items", **asked) if session.has("search_items") else None
    items, note = _likest_first(found.items, hits, reading, filters)
    most = None if filters.limits or reading.wanted else _OF_A_KIND
    answer = proposal(items[:most], found.conditions, note=note, filters=filters)
    known = set(found.items)
    theme = theme.without({word for name in reading.categories for word in fold(name.text).split()})
    ordered = liked_first(beside(answer, theme, session, limits, known), reading, filters, session)
    return ordered | {"items": ordered["items"][: reading.limit]}


def _lost_of(named: Sequence[str], reading: ParsedRequest, session: ToolSession) -> list[str]:
    """Return what is ruled out and the examples have: 'like Titanic WITHOUT THE LOVE STORY'."""
    if not (reading.none_of and session.has("describe_item")):
        return []
    told = session.call_all([Call("describe_item", {"item": item}) for item in named])
    held = {value for each in told if each for values in each["relations"].values() for value in values}
    return list(
        dict.fromkeys(e.name.text for e in reading.none_of if held & {c.label for c in e.name.choices})
    )


def _likest_first(
    found: Sequence[str], hits: Any, reading: ParsedRequest, filters: SearchFilters
) -> tuple[list[str], str]:
    """Return found items, those that are like the examples first, and what says so.

    Where tools tell that some are much like these, no others are left of what only kinds prove.
    """
    near = [hit["id"] for hit in hits["items"]] if hits and not (filters.sort or filters.order) else []
    known = set(found)
    liked = [title.choices[0].label for title in reading.examples if title.choices]
    note = wording.by_likeness(liked) if near else ""
    alike = [item for item in near[: (hits or {}).get("near") or 0] if item in known]
    stated = reading.wanted or filters.compared or filters.years != (None, None)
    if len(alike) >= _ENOUGH and not stated:
        return alike, note
    if reading.own and (own := [item for item in near if item in known]):
        return own[:_ENOUGH], note  # what has nothing of the example is not like it
    if hits and hits.get("near") is not None and near:
        note = " ".join(filter(None, (note, described.few_alike(liked, len(alike)))))
    return list(dict.fromkeys([*(item for item in near if item in known), *found])), note


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
            return list(ranked["items"]), groups.in_order_for(
                way, others=reading.profile.others
            ) if by_who else ""
    return items, ""


def _like(
    named: list[str], limits: Arguments, reading: ParsedRequest, session: ToolSession, theme: Theme
) -> Arguments | None:
    if not session.has("similar_items"):
        return None
    wished = wish(named, reading, theme, session)
    plain: Arguments = {"text": theme.plain().phrase if theme.wanted else ""} if wished else {}
    asked = wished if "but" in wished else plain | wished or {"text": _text(theme)}
    found = session.call("similar_items", items=named, **asked, k=_SHOWN, **limits)
    if not (found and found["items"]):
        return None
    if found.get("near") is not None and wished:
        return varied_answer(found, wished, reading, theme, session) | {"varied": True}
    titles = {hit["id"]: hit["title"] for hit in found["items"]}
    liked = {title.choices[0].id: title.choices[0].label for title in reading.examples if title.choices}
    kinds = [choice.label for name in reading.more_of for choice in name.choices[:1]]
    note = wording.by_choices(found["by"], found["reasons"], titles | liked, named=bool(named))
    if kinds:
        note = f"{note} {wording.kinds_first(kinds, strictly=found['by'] != 'choices')}"
    return proposal([hit["id"] for hit in found["items"]][: reading.limit], note=note, basis="taste")


def _as_people_like_them(
    limits: Arguments, reading: ParsedRequest, session: ToolSession, theme: Theme
) -> Arguments | None:
    if not session.has("group_favourites"):
        return None
    asked = {"text": _text(theme), "k": _SHOWN} | limits
    for found in session.call_all([Call("group_favourites", asked | way) for way in _ways(reading)]):
        if found and found["items"]:
            note = groups.by_group(found["group"], found["people"], others=reading.profile.others)
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
    if reading.spared:
        for_them = without_spared(limits, reading.limit or _SHOWN, reading, session)
        return (
            proposal(basis="popular", question=wording.WHAT_KIND, **for_them) if for_them["items"] else None
        )
    found = session.call("find_items", limit=_SHOWN, **limits)
    if not (found and found["items"]):
        return None
    items = [hit["id"] for hit in found["items"]][: reading.limit]
    return proposal(items, basis="popular", question=wording.WHAT_KIND)


def _limits(reading: ParsedRequest, gone: Sequence[str] = ()) -> Arguments:
    """Return the conditions that a request without provable names still sets, without what is gone."""
    limits: Arguments = {}
    if reading.categories:
        limits["conditions"] = [category_term(name)[0].condition for name in reading.categories]
    mentioned = [c.id for title in reading.mentioned for c in title.choices if is_meant(title, c)]
    if mentioned or gone:
        limits["exclude_items"] = list(dict.fromkeys([*mentioned, *gone]))
    if domain := reading.domain or _domain_liked(reading):
        limits["domain"] = domain
    return limits


def _domain_liked(reading: ParsedRequest) -> str | None:
    """Return the domain of all that the named titles may mean: what is like a film is a film."""
    choices = [c for title in reading.examples for c in title.choices if c.match == title.choices[0].match]
    domains = {choice.domain for choice in choices}
    return domains.pop() if len(domains) == 1 else None


def _ways(reading: ParsedRequest) -> list[Arguments]:
    """Return how to say who asks, the likeliest first: occupations have several names, or none here."""
    profile = reading.profile
    said = {"gender": profile.gender, "age": profile.age}
    ways = [{**said, "occupation": name} for name in profile.occupations] + [{**said, "occupation": None}]
    plain = [{name: value for name, value in way.items() if value is not None} for way in ways]
    return [way for way in plain if way] or [{}]
