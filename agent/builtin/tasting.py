"""What suits the person: items like those they named or chose, what people like them prefer, the order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from agent.builtin import wording
from agent.builtin.answering import by_similarity, say
from agent.builtin.desk import Arguments, Call, Desk
from agent.builtin.finding import Frame, find_each
from agent.builtin.moods import theme_of
from agent.builtin.past import Likened, Said
from agent.builtin.request import Reading
from agent.builtin.terms import Term, category_term

_SHOWN = 20
_TO_SIFT = 200  # items that such a tool may return
_OF_A_KIND = 50
_ANY_YEAR = 1  # find_items wants a condition or a bound


def by_taste(
    reading: Reading, desk: Desk, note: str, corrections: Sequence[dict[str, Any]] = ()
) -> Arguments:
    """Answer a request without conditions: by what people choose, else by nearness of descriptions.

    What is near the items that are named or were chosen; what people like the person prefer, if nothing is
    named but who they are; what is best known, if nothing is said at all. Nothing is claimed to be proved.
    """
    named = [title.choices[0].id for title in reading.examples if title.choices]
    if note and not named:
        return say(corrections=corrections, note=note)
    limits = _limits(reading)
    answer = None
    known = desk.knows_person and not reading.profile.refused
    if named or (known and not reading.profile):
        answer = _like(named, limits, reading, desk)
    if answer is None and not named and (reading.profile or known):
        answer = _as_people_like_them(limits, reading, desk)
    asks_only = any(c.isalpha() for c in reading.text) and not theme_of(reading.text)
    if answer is None and not named and asks_only:
        answer = _best_known(reading, desk)
    if answer is None:
        return by_similarity(reading.text, desk, reading, note, corrections)
    return answer | {"corrections": list(corrections)}


def like_examples(reading: Reading, terms: list[Term], frame: Frame, desk: Desk) -> Arguments:
    """Answer 'I liked X; now a western': whatever is of that kind, what goes with X first."""
    found = find_each([terms], frame, desk)[0]
    if not found.items:
        return by_taste(replace(reading, categories=()), desk, "")
    limits: Arguments = {"conditions": found.conditions}
    near: list[str] = []
    if desk.has("similar_items"):
        named = [title.choices[0].id for title in reading.examples if title.choices]
        hits = desk.ask("similar_items", items=named, text=theme_of(reading.text), k=_SHOWN, **limits)
        near = [hit["id"] for hit in hits["items"]] if hits else []
    elif desk.has("search_items"):
        hits = desk.ask("search_items", text=theme_of(reading.text), k=_SHOWN, **limits)
        near = [hit["id"] for hit in hits["items"]] if hits else []
    items = list(dict.fromkeys([*(item for item in near if item in found.items), *found.items]))
    return say(items[: reading.limit or _OF_A_KIND], found.conditions, frame=frame)


def in_order(items: list[str], reading: Reading, desk: Desk) -> tuple[list[str], str]:
    """Return found items in the order that suits the person, and for whom they were put in order."""
    known = reading.profile or (desk.knows_person and not reading.profile.refused)
    if not known or len(items) < 2 or reading.order or not desk.has("rank_for_user"):
        return items, ""
    ways = _ways(reading)
    for way, ranked in zip(
        ways, desk.ask_all([Call("rank_for_user", {"items": items} | w) for w in ways]), strict=True
    ):
        if ranked:
            by_who = way or ranked["by"] == "group"
            return list(ranked["items"]), wording.in_order_for(
                way, others=reading.profile.others
            ) if by_who else ""
    return items, ""


def liken_again(said: Said, likened: Likened, terms: Sequence[Term], frame: Frame) -> Arguments | None:
    """Ask a tool of likeness again under more conditions; what it then offers satisfies them."""
    before: list[dict[str, str]] = likened.call.arguments.get("conditions", [])
    conditions = before + [t[0].condition for t in terms if t[0].condition not in before]
    asked = likened.call.arguments | {"conditions": conditions, "exclude_items": list(frame.exclude)}
    asked |= {"year_from": frame.years[0], "year_to": frame.years[1], "domain": frame.domain}
    ruled = bool(frame.none_of or frame.any_of)
    asked["k"] = _TO_SIFT if ruled else _SHOWN
    found = said.desk.ask(likened.call.name, **{name: v for name, v in asked.items() if v is not None})
    if found is None:
        return None
    items = [hit["id"] for hit in found["items"]]
    if ruled:
        fit = set(find_each([list(terms)], frame, said.desk)[0].items)
        items = [item for item in items if item in fit][:_SHOWN]
    if not items:
        return say(note=wording.nothing(conditions, frame.years))
    note = wording.AS_BEFORE if not (conditions or ruled) else ""
    return say(items[: said.reading.limit], conditions, note=note, frame=frame)


def _like(named: list[str], limits: Arguments, reading: Reading, desk: Desk) -> Arguments | None:
    if not desk.has("similar_items"):
        return None
    found = desk.ask("similar_items", items=named, text=theme_of(reading.text), k=_SHOWN, **limits)
    if not (found and found["items"]):
        return None
    titles = {hit["id"]: hit["title"] for hit in found["items"]}
    titles |= {title.choices[0].id: title.choices[0].label for title in reading.examples if title.choices}
    note = wording.by_choices(found["by"], found["reasons"], titles, named=bool(named))
    return say([hit["id"] for hit in found["items"]][: reading.limit], note=note)


def _as_people_like_them(limits: Arguments, reading: Reading, desk: Desk) -> Arguments | None:
    if not desk.has("group_favourites"):
        return None
    asked = {"text": theme_of(reading.text), "k": _SHOWN} | limits
    for found in desk.ask_all([Call("group_favourites", asked | way) for way in _ways(reading)]):
        if found and found["items"]:
            note = wording.by_group(found["group"], found["people"], others=reading.profile.others)
            return say([hit["id"] for hit in found["items"]][: reading.limit], note=note)
    return None


def _best_known(reading: Reading, desk: Desk) -> Arguments | None:
    """Answer 'what should I watch?' of somebody who is not known."""
    if reading.categories or not desk.has("find_items"):
        return None
    domain = {"domain": reading.domain} if reading.domain else {}
    found = desk.ask("find_items", conditions=[], year_from=_ANY_YEAR, limit=_SHOWN, **domain)
    if not (found and found["items"]):
        return None
    return say([hit["id"] for hit in found["items"]][: reading.limit], note=wording.BEST_KNOWN)


def _limits(reading: Reading) -> Arguments:
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


def _ways(reading: Reading) -> list[Arguments]:
    """Return how to say who asks, the likeliest first: occupations have several names, or none here."""
    profile = reading.profile
    said = {"gender": profile.gender, "age": profile.age}
    ways = [{**said, "occupation": name} for name in profile.occupations] + [{**said, "occupation": None}]
    plain = [{name: value for name, value in way.items() if value is not None} for way in ways]
    return [way for way in plain if way] or [{}]
