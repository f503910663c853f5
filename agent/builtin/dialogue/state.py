"""Dialogue state: what a message may follow up on, read back from the turns of a conversation."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple

from agent.builtin.dialogue.earlier import (
    BY_LIKENESS,
    SHOWN,
    SURE,
    Answered,
    Settled,
    left_out_since,
    merged,
    named_items,
    said_in,
    search_without_items,
    settled,
)
from agent.builtin.plan.proposal import years_stated
from agent.builtin.plan.search import SearchFilters, Stated
from agent.builtin.plan.tool_session import Call
from agent.builtin.respond.sentences import enjoy
from kg.types import TITLE, YEAR
from tools.toolsets import FINDERS

_OF_ITEMS = (str(YEAR), str(TITLE))  # what an item has by itself


@dataclass(frozen=True, slots=True)
class SimilarityQuery:
    """A tool that goes by likeness or taste, as it was asked, and its answer: the items that were shown.

    `words` are those that every item shown had to be described by, each as one of its like: 'train|railway'.
    """

    call: Call
    answer: dict[str, Any]
    words: tuple[str, ...] = ()


class Person(NamedTuple):
    """Somebody who was named, and in which relation."""

    relation: str
    label: str


@dataclass(frozen=True, slots=True)
class DialogueState:
    """The last request that found something: what it asked and what was answered.

    `hits` has title and year of every item that tools returned or linked; `named` are the items its text
    named; `focus` is an item that was talked about since. `similarity`, if all shown items are from one tool
    that goes by likeness or taste. `people` were named in the conversation, the last one first, and after
    them those of whom only a long list told, the `crowd`. `basis` says
    what the items went by; `seen` are all items that the person saw since the conversation began;
    `told` the relations of the facts that the last answer told, `doubted` those of a yes or no; `facts` are
    all of these, `lost` the names that it did not know. `together` are several items that were told of,
    `one_by_one` all since the items were found, the last one first, `texts` what was said before.
    """

    conditions: tuple[Stated, ...] = ()
    filters: SearchFilters = field(default_factory=lambda: SearchFilters(""))
    items: tuple[str, ...] = ()
    hits: dict[str, dict[str, Any]] = field(default_factory=dict)
    named: tuple[str, ...] = ()
    focus: str | None = None
    similarity: SimilarityQuery | None = None
    people: tuple[Person, ...] = ()
    crowd: frozenset[str] = frozenset()
    basis: str | None = None
    seen: tuple[str, ...] = ()
    told: tuple[str, ...] = ()
    doubted: tuple[str, ...] = ()
    facts: tuple[dict[str, Any], ...] = ()
    lost: tuple[str, ...] = ()
    together: tuple[str, ...] = ()
    one_by_one: tuple[str, ...] = ()
    texts: tuple[str, ...] = ()

    @property
    def shown(self) -> tuple[str, ...]:
        """The items of the last answer that the person saw."""
        return self.items[:SHOWN]

    @property
    def one_named(self) -> str | None:
        """The item that the last request named, if all it named have one title."""
        titles = {self.hits.get(item, {}).get("title", item) for item in self.named}
        return self.named[0] if len(titles) == 1 else None

    @property
    def years(self) -> tuple[int, ...]:
        """The years of the items shown, ascending."""
        known = (self.hits.get(item, {}).get("year") for item in self.shown)
        return tuple(sorted(year for year in known if year is not None))


def state_of(turns: Sequence[Sequence[Answered]], earlier: Settled | None = None) -> DialogueState | None:
    """Return the state after some turns, each its answered tool calls; None after a fresh start.

    It is that of the last turn that found items; later turns may have told a fact, which sets the focus.
    `earlier` is what the turns before these settled.
    """
    whole = merged(settled(turns), earlier)
    found, missed = whole["found"], _sought(whole["missed"])
    if found is None and not (whole["focus"] or whole["people"] or missed):
        return None
    if found is None:
        state = replace(missed or DialogueState(), focus=whole["focus"])
    else:
        said = said_in(found)
        assert said is not None  # noqa: S101
        state = replace(_after(said, found), focus=whole["since"])
        if missed is not None:  # what nothing satisfied goes on to hold
            state = replace(state, conditions=missed.conditions, filters=missed.filters, similarity=None)
    if found is not None and (gone := left_out_since(turns)):
        state = replace(state, filters=state.filters.without(gone))
    last: dict[str, Any] = (said_in(turns[-1]) if turns else None) or {}
    facts = tuple(last.get("facts") or ())
    lost = () if facts or last.get("items") else tuple(last.get("unknown") or ())
    told = tuple(dict.fromkeys(fact["relation"] for fact in facts))
    doubted = tuple(dict.fromkeys(fact["relation"] for fact in facts if fact.get("verdict") is not None))
    named = [Person(*each) for each in whole["people"]]
    listed = [Person(*each) for each in whole["crowd"]]
    crowd = frozenset(p.label for p in listed) - {p.label for p in named}
    people = (*named, *(p for p in listed if p.label in crowd))
    state = replace(state, people=people, crowd=crowd, seen=tuple(whole["seen"]), told=told, doubted=doubted)
    state = replace(state, facts=facts, lost=lost, together=tuple(whole["together"]))
    state = replace(state, one_by_one=tuple(whole["one_by_one"]))
    return replace(state, focus=_taken(turns[-1] if turns else (), state) or state.focus)


def _taken(calls: Sequence[Answered], state: DialogueState) -> str | None:
    """Return the item shown that the last turn took: after 'the second then', 'he has seen it' is of it."""
    note = (said_in(calls) or {}).get("note") or ""
    titles = ((item, str(state.hits.get(item, {}).get("title", ""))) for item in state.shown)
    return next((item for item, title in titles if title and note == enjoy(title)), None)


def _after(said: dict[str, Any], calls: Sequence[Answered]) -> DialogueState:
    answered = [call for call in calls if call[2]]
    hits = {hit["id"]: hit for name, _, answer in answered if name in FINDERS for hit in answer["items"]}
    likely = {each["id"]: each for each in named_items(answered) if each["score"] >= SURE}
    titles = {item: {"title": each["label"], "year": each.get("year")} for item, each in likely.items()}
    by: dict[str, Any] = next((args for name, args, _ in reversed(answered) if name in FINDERS), {})
    compared = [each for each in said["conditions"] if "op" in each and each["relation"] not in _OF_ITEMS]
    stated = [each for each in said["conditions"] if each["relation"] != "year" and each not in compared]
    filters = SearchFilters(
        "",
        tuple(said.get("none_of") or ()),
        tuple(said.get("any_of") or ()),
        tuple(by.get("exclude_items", ())),
        years_stated(said["conditions"]),
        by.get("domain") or _domain_found(answered),
        compared=tuple(compared),
        order=_by_year(said.get("order") or ()),
        sort=tuple(each for each in said.get("order") or () if each["relation"] != "year"),
    )
    return DialogueState(
        tuple(stated),
        filters,
        tuple(said["items"]),
        titles | hits,
        tuple(likely),
        similarity=_similarity(said, [*stated, *compared], answered),
        basis=said.get("basis"),
    )


def _by_year(order: Sequence[dict[str, Any]]) -> str:
    """Return in which order of their years items were put; '' for none."""
    descending = [each["descending"] for each in order if each["relation"] == "year"]
    return ("latest" if descending[0] else "earliest") if descending else ""


def _domain_found(answered: Sequence[Answered]) -> str | None:
    """Return the domain in which facts were looked for; other searches only put what was found in order."""
    found = [args for name, args, _ in answered if name == "find_items"]
    return found[-1].get("domain") if found else None


def _sought(calls: Sequence[Answered] | None) -> DialogueState | None:
    """Return the state after a request that nothing satisfied: its conditions go on to hold."""
    said = said_in(calls) if calls is not None else None
    asked = search_without_items(said, calls or ()) if said is not None else None
    if asked is None:
        return None
    years = (asked.get("year_from"), asked.get("year_to"))
    ruled = (tuple(asked.get("none_of") or ()), tuple(asked.get("any_of") or ()))
    compared = tuple(each for each in asked["conditions"] if "op" in each and each["relation"] != TITLE)
    order = tuple(asked.get("order") or ())
    gone = tuple(asked.get("exclude_items") or ())
    filters = SearchFilters(
        "", *ruled, gone, years=years, domain=asked.get("domain"), compared=compared, sort=order
    )
    return DialogueState(tuple(each for each in asked["conditions"] if each not in compared), filters)


def _similarity(
    said: dict[str, Any], stated: Sequence[Stated], answered: Sequence[Answered]
) -> SimilarityQuery | None:
    """Return the tool of likeness that all recommended items came from, under the stated conditions."""
    shown = set(said["items"])
    undated = [(name, _undated(args), answer) for name, args, answer in answered if name in BY_LIKENESS]
    found = [
        (name, args, answer)
        for name, args, answer in undated
        if _are_same(args.get("conditions", []), stated) and {hit["id"] for hit in answer["items"]} >= shown
    ]
    if not found:
        return None
    by_text = [each for each in found if each[0] == "search_items" and each[1].get("text")]
    liked = [each for each in found if each[0] != "search_items"]
    name, args, answer = (*liked[:1], *by_text[-1:], *found)[0]  # others only looked whether a theme is known
    queries = (word for each in found for word in each[1].get("words") or ())
    words = tuple(dict.fromkeys(queries))
    return SimilarityQuery(Call(name, args), answer, words)


def _undated(arguments: dict[str, Any]) -> dict[str, Any]:
    """Return how a tool was asked but for years, which what was asked states by itself."""
    if "conditions" not in arguments:
        return arguments
    kept = [each for each in arguments["conditions"] if each["relation"] != YEAR]
    return arguments | {"conditions": kept}


def _are_same(some: Sequence[Stated], others: Sequence[Stated]) -> bool:
    """Tell whether the same is stated, in whatever order."""
    return len(some) == len(others) and all(each in others for each in some)


def focus_of(state: DialogueState) -> str | None:
    """Return the item last talked about: the only one named or shown, else the first shown."""
    if state.focus is not None:
        return state.focus
    if state.one_named and state.one_named not in state.seen:  # what was shown and named was turned down
        return state.one_named
    return state.items[0] if state.items else None
