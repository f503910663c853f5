"""What turns settled, as plain data: it outlives their messages, so that a conversation may be long.

Turns are read from the last back. `settled` of some turns and `merged` with that of the turns before them say
the same as `settled` of all.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from typing_extensions import TypedDict  # as in `agent.state`

from agent.builtin.respond.sentences import STARTED_OVER
from tools.toolsets import FINDERS

SHOWN = 10  # items of a list that a person sees
SEEN = 500  # items that were shown are known for so long
PEOPLE = 20  # of every relation
BY_LIKENESS = ("similar_items", "group_favourites", "search_items")
SURE = 0.5  # score of a link that counts as said
_FEW = 2  # people that are told together and may each be meant
_TOGETHER = 5  # items that are told of together and may all be meant
_NOBODY = frozenset(("genre", "year", "description", "country", "language", "media_type"))

Answered = tuple[str, dict[str, Any], Any]  # a tool's name, its arguments, its answer or None


class Settled(TypedDict):
    """What turns settled; JSON that can be stored.

    `found` is the last turn that found items and `missed` the last since that nothing satisfied, each as its
    answered calls, or None. `since` is the item talked about since `found`, `focus` the one talked about
    last. `people` are (relation, label) of who was named, at most `PEOPLE` a relation; `crowd` likewise of
    whom only a long list told, as a cast is; `seen` are the items that were shown, at most `SEEN`; the last
    come first. `begun`: there was a fresh start, nothing before it
    counts. `meant` is the last message that was more than a bare refusal, or "". `together` are the items
    of the last answer since `found` that told of several; `one_by_one` those told of since then.
    """

    found: Sequence[Answered] | None
    since: str | None
    missed: Sequence[Answered] | None
    focus: str | None
    people: list[tuple[str, str]]
    crowd: list[tuple[str, str]]
    seen: list[str]
    begun: bool
    meant: str
    together: list[str]
    one_by_one: list[str]


def settled(turns: Sequence[Sequence[Answered]]) -> Settled:
    """Return what turns settled, each its answered tool calls, oldest first."""
    out = _nothing()
    for calls in reversed(turns):
        said = said_in(calls)
        if said is None:
            continue
        if said.get("note") == STARTED_OVER:
            out["begun"] = True
            break
        out["people"] += _people_of(said, calls)
        out["crowd"] += _crowd_of(said)
        out["seen"] += said["items"][:SHOWN]
        if out["found"] is None and said["items"] and any(name in FINDERS for name, _, _ in calls):
            out["found"], out["since"] = calls, out["focus"]
        of_facts = list(dict.fromkeys(fact["item"] for fact in said.get("facts") or ()))
        if _are_several(of_facts, out):
            out["together"] = of_facts
        out["one_by_one"] += of_facts if out["found"] is None else []
        told = of_facts or said["items"]
        mute = told or said.get("act") == "decline"  # what was not understood names nothing
        linked = [] if mute else list(named_items(call for call in calls if call[2]))
        remarked = [each["id"] for each in linked if each.get("score", 1) >= SURE]
        titled = list(dict.fromkeys(each["label"] for each in linked if each["id"] in remarked))
        firsts = [next(e["id"] for e in linked if e["label"] == title) for title in titled]
        if _are_several(firsts, out):
            out["together"] = firsts
        out["focus"] = out["focus"] or next(iter((*told, *remarked)), None)
        if out["found"] is None and out["missed"] is None and search_without_items(said, calls) is not None:
            out["missed"] = calls
    return _bounded(out)


def merged(newer: Settled, older: Settled | None) -> Settled:
    """Return what turns settled together with those before them."""
    if older is None or newer["begun"]:
        return newer
    out = newer.copy()
    if newer["found"] is None:
        out["found"], out["since"] = older["found"], newer["focus"] or older["since"]
        out["missed"] = newer["missed"] or older["missed"]
        before = older.get("together", [])
        still = newer["focus"] is None or newer["focus"] in before
        out["together"] = newer["together"] or (before if still else [])
        out["one_by_one"] = [*newer["one_by_one"], *older.get("one_by_one", ())]
    out["focus"] = newer["focus"] or older["focus"]
    out["people"] = [*newer["people"], *map(_pair, older["people"])]
    out["crowd"] = [*newer["crowd"], *map(_pair, older.get("crowd", ()))]
    out["seen"] = [*newer["seen"], *older["seen"]]
    out["begun"] = older["begun"]
    out["meant"] = newer["meant"] or older["meant"]
    return _bounded(out)


def said_in(calls: Sequence[Answered]) -> dict[str, Any] | None:
    """Return what a turn answered: the arguments of its last `recommend`."""
    return next((args for name, args, answer in reversed(calls) if name == "recommend" and answer), None)


def search_without_items(said: dict[str, Any], calls: Sequence[Answered]) -> dict[str, Any] | None:
    """Return how `find_items` was asked in a turn whose request nothing satisfied; None for other turns."""
    asked = next((args for name, args, answer in calls if name == "find_items" and answer), None)
    if asked is None or not asked["conditions"] or said["items"] or said.get("facts"):
        return None
    return asked


def left_out_since(turns: Sequence[Sequence[Answered]]) -> tuple[str, ...]:
    """Return what the last turn left out of a search by likeness that then found nothing."""
    calls = turns[-1] if turns else ()
    said = said_in(calls)
    if said is None or said["items"] or said.get("facts"):
        return ()
    asked = (args for name, args, answer in reversed(calls) if name in BY_LIKENESS and answer)
    return tuple(next(asked, {}).get("exclude_items") or ())


def named_items(calls: Iterable[Answered]) -> Iterator[dict[str, Any]]:
    """Yield the items that names may mean: all of one title, also where a series is called like its book."""
    for name, _, answer in calls:
        for mention in answer["mentions"] if name == "link_entities" and answer else ():
            first = next(iter(mention["candidates"]), None)
            if first and (first["kind"] == "item" or set(first["roles"]) == {"series"}):
                alike = (c for c in mention["candidates"] if c["label"] == first["label"])
                yield from (c for c in alike if c["kind"] == "item" and c["match"] == first["match"])


def _nothing() -> Settled:
    return {
        "found": None,
        "since": None,
        "missed": None,
        "focus": None,
        "people": [],
        "crowd": [],
        "seen": [],
        "begun": False,
        "meant": "",
        "together": [],
        "one_by_one": [],
    }


def _are_several(items: Sequence[str], out: Settled) -> bool:
    """Tell whether an answer told of several items, and none since of another."""
    later = out["found"] is not None or bool(out["together"])
    return not later and 1 < len(items) <= _TOGETHER and out["focus"] in (None, *items)


def _bounded(out: Settled) -> Settled:
    """Return what was settled with the latest people and items only, each once."""
    people, crowd = _latest(out["people"]), _latest(out["crowd"])
    told = list(dict.fromkeys(out["one_by_one"]))[:SHOWN]
    seen = list(dict.fromkeys(out["seen"]))[:SEEN]
    return {**out, "people": people, "crowd": crowd, "seen": seen, "one_by_one": told}


def _latest(named: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """Return the first people of every relation, each once."""
    of_relation: Counter[str] = Counter()
    people: list[tuple[str, str]] = []
    for relation, label in dict.fromkeys(named):
        of_relation[relation] += 1
        if of_relation[relation] <= PEOPLE:
            people.append((relation, label))
    return people


def _pair(stored: Sequence[str]) -> tuple[str, str]:
    """Return a pair that was stored as a list."""
    return stored[0], stored[1]


def _people_of(said: dict[str, Any], calls: Sequence[Answered]) -> Iterator[tuple[str, str]]:
    """Yield the people that a turn named: told as facts, stated as conditions, or linked."""
    for fact in said.get("facts") or ():
        if fact["relation"] not in _NOBODY:
            asked = [fact["asked"]] if fact.get("asked") else []  # 'is *she* in it?'
            told = fact["values"] if len(fact["values"]) <= _FEW else []
            yield from ((fact["relation"], value) for value in dict.fromkeys(asked + told))
    now = {c["label"] for _, _, answer in _links(calls) for m in answer["mentions"] for c in m["candidates"]}
    stated = (*said["conditions"], *(said.get("any_of") or ()))
    for condition in sorted(stated, key=lambda each: each["value"] not in now):
        if condition["relation"] not in _NOBODY and condition.get("op", "is") == "is":
            yield condition["relation"], condition["value"]
    for candidate in _linked(calls):
        roles = sorted(candidate["roles"], key=lambda role: (-candidate["roles"][role], role))
        yield from ((role, candidate["label"]) for role in roles[:1] if role not in _NOBODY)


def _links(calls: Sequence[Answered]) -> Iterator[Answered]:
    """Yield the calls that linked names."""
    return (call for call in calls if call[0] == "link_entities" and call[2])


def _crowd_of(said: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield the people that a turn told in a long list, of whom none was singled out."""
    for fact in said.get("facts") or ():
        if fact["relation"] not in _NOBODY and len(fact["values"]) > _FEW:
            yield from ((fact["relation"], value) for value in fact["values"])


def _linked(calls: Sequence[Answered]) -> Iterator[dict[str, Any]]:
    """Yield the likeliest candidate of every name that was linked."""
    for name, _, answer in calls:
        if name == "link_entities" and answer:
            yield from (mention["candidates"][0] for mention in answer["mentions"] if mention["candidates"])
