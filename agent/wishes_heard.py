"""Wishes that stand over requests, as a message of the person adds, withdraws or overrides them."""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from agent.builtin.dialogue.small_talk import spoken
from agent.builtin.dialogue.state import focus_of
from agent.builtin.interpret.message import Message, understood
from agent.builtin.parse.ordinals import positions
from agent.builtin.replies import dialogue_before
from agent.builtin.wishes.read import asked_for, wishes_in
from agent.builtin.wishes.said import Part, names_sequels, parts_of
from agent.standing_wishes import FRESH, KEPT, Wishes, keys_of, without
from agent.state import Context, State
from agent.tracking import reading_of
from kg.graph import KnowledgeGraph
from kg.types import YEAR, Condition, ItemId, Kind, RelationName
from tools.errors import ToolError
from tools.link import link_entities
from tools.toolsets import as_json
from tools.wishes import ITEM, SEQUEL, Wish, against, knows_sequels, states

_SERIES = RelationName("series")
_OF_AGE = frozenset("older newer old new".split())
_ONE = frozenset("this that it".split())


def heard(context: Context, state: State) -> dict[str, Any] | None:
    """Return what stands after the last message, as plain data; None where nobody ever wished anything."""
    assert context.knowledge is not None  # noqa: S101
    text, asker = state["messages"][-1].text, context.knowledge.asker
    before = Wishes.of_data(state.get("wishes"))
    parts = parts_of(text)
    if not parts.wishes and not before.held and not asker.wishes:
        return None
    turn = _Turn(context, state, replace(before, **FRESH))
    used = [clause for part, clause in parts.wishes if turn.takes(part)]
    now = turn.wishes
    request = parts.rest(used) if used else None
    lifted = _lifted(context, text if request is None else request, now.standing(asker.wishes))
    asked = without(now.asked, lifted) + lifted
    return replace(now, request=request, lifted=lifted, asked=asked[-KEPT:]).as_data()


def shown_before(state: State) -> Sequence[str]:
    """Return the items that the person saw last: the one that was offered, or those of the last list."""
    if offered := (state.get("dialogue") or {}).get("offered"):
        return [offered]
    before = dialogue_before(state["messages"], state.get("earlier"))
    return before.shown if before is not None else ()


@dataclass
class _Turn:
    """A message as its parts are taken, one after the other."""

    context: Context
    state: State
    wishes: Wishes

    def takes(self, part: Part) -> bool:
        """Take a part of the message, if it can be read as a wish."""
        if part.form in ("withdrawn", "last"):
            return self._withdraw(self._meant(part))
        found = self._shown(part) if part.form == "shown" else self._said(part)
        if not found and part.sure:
            self.wishes = replace(self.wishes, unread=(*self.wishes.unread, part.text), latest=())
            return True
        for wish in found:
            self._add(wish)
        return bool(found)

    def _said(self, part: Part) -> list[Wish]:
        if names_sequels(part.text):
            sequel = Wish((Condition(SEQUEL, "any"),), "less" if part.form == "less" else "none", part.always)
            return [sequel] if knows_sequels(self._graph) else []
        message = read(self.context, part.text)
        found = wishes_in(message, always=part.always) if message else []
        if part.form == "less":
            return [replace(each, force="less", domain=None) for each in found if each.conditions]
        return found

    def _shown(self, part: Part) -> list[Wish]:
        graph, items = self._graph, self._items_meant(part)
        series = dict.fromkeys(label for item in items for label in graph.labels(item, _SERIES))
        found = [Wish((Condition(_SERIES, label),), "none", part.always) for label in series]
        if part.sure:
            found += [Wish((Condition(ITEM, item),), "none", part.always) for item in items]
        kind = telling_kind(graph, items)
        return found + ([Wish((kind,), "less", part.always)] if kind else [])

    def _items_meant(self, part: Part) -> list[ItemId]:
        before = dialogue_before(self.state["messages"], self.state.get("earlier"))
        items = shown_before(self.state)
        counted = [items[at] for at in positions(spoken(part.text), len(items)) if at < len(items)]
        items = counted or items
        one = len(items) > 1 and set(part.text.lower().split()) & _ONE
        focus = focus_of(before) if one and before is not None else None
        return [ItemId(each) for each in ([focus] if focus else items) if each in self._graph]

    def _add(self, wish: Wish) -> None:
        now = self.wishes
        old = [each for each in now.standing(self._remembered) if _gives_way(each, wish)]
        self._withdraw(old)
        now, key = self.wishes, [wish]
        self.wishes = replace(
            now,
            held=without(now.held, key),
            gone=without(now.gone, key),
            asked=without(now.asked, key),
            added=(*without(now.added, key), wish),
            latest=(*(now.latest if now.added else ()), wish),
        )

    def _withdraw(self, found: Sequence[Wish]) -> bool:
        now = self.wishes
        remembered = [each for each in found if each.key in keys_of(self._remembered)]
        self.wishes = replace(
            now,
            held=without(now.held, found),
            added=without(now.added, found),
            gone=(without(now.gone, remembered) + tuple(remembered))[-KEPT:],
            withdrew=(*now.withdrew, *found),
        )
        return bool(found)

    def _meant(self, part: Part) -> list[Wish]:
        """Return the wishes that a part of the message withdraws."""
        standing = self.wishes.standing(self._remembered)
        if part.form == "last":
            return [each for each in standing if each.key in keys_of(self.wishes.latest)]
        if names_sequels(part.text):
            return [each for each in standing if each.conditions[:1] == (Condition(SEQUEL, "any"),)]
        message = read(self.context, part.text)
        if message is None:
            return []
        said = asked_for(message)
        domain = message.reading.domain if not said else None
        ages = {str(YEAR)} if set(spoken(part.text)) & _OF_AGE else set()
        relations = {str(shift.relation) for shift in message.reading.shifts} | ages

        def is_meant(wish: Wish) -> bool:
            compared = any(c.op != "is" and c.relation in relations for c in wish.conditions)
            other = domain is not None and not wish.conditions and wish.domain != domain
            return compared or other or states(wish, said) or bool(set(said) & set(wish.conditions))

        return [each for each in standing if is_meant(each)]

    @property
    def _graph(self) -> KnowledgeGraph:
        assert self.context.knowledge is not None  # noqa: S101
        return self.context.knowledge.graph

    @property
    def _remembered(self) -> Sequence[Wish]:
        assert self.context.knowledge is not None  # noqa: S101
        return self.context.knowledge.asker.wishes


def read(context: Context, text: str) -> Message | None:
    """Return words as read by the built-in model's reader; None if they are too long."""
    assert context.knowledge is not None  # noqa: S101
    try:
        links = json.loads(as_json(link_entities(context.knowledge, text)))
    except ToolError:
        return None
    return understood(text, links, reading_of(context.knowledge.graph)[0])


def telling_kind(graph: KnowledgeGraph, items: Sequence[ItemId]) -> Condition | None:
    """Return the kind that tells most of some items: shared by many of them, and by few others."""
    kinds = [each.name for each in graph.relations if each.kind == Kind.CATEGORY and not each.scale]
    counts: dict[Condition, int] = {}
    for item in items:
        for name in kinds:
            for label in graph.labels(item, name):
                counts[Condition(name, label)] = counts.get(Condition(name, label), 0) + 1
    every = graph.catalogue.offered
    told = {each: n * math.log(every / max(1, len(graph.items_with(each)))) for each, n in counts.items()}
    found = min(told, key=lambda each: (-told[each], kinds.index(each.relation), each.value), default=None)
    return found if found is not None and told[found] > 0 else None


def _lifted(context: Context, text: str, standing: Sequence[Wish]) -> tuple[Wish, ...]:
    """Return the wishes against which a request asks: for what is not wanted, or for nothing of what is."""
    asking = [each for each in standing if each.force != "less"]
    message = read(context, text) if asking and text else None
    if message is None:
        return ()
    assert context.knowledge is not None  # noqa: S101
    graph, said = context.knowledge.graph, asked_for(message)
    said += [Condition(SEQUEL, "any")] if names_sequels(text) else []
    domain = message.reading.domain
    other = [each for each in asking if domain and not each.conditions and each.domain != domain]
    stated = [each for each in asking if states(each, said) and _is_asked(graph, each, said)]
    return tuple(dict.fromkeys([*other, *stated]))


def _is_asked(graph: KnowledgeGraph, wish: Wish, said: Sequence[Condition]) -> bool:
    if wish.force in ("none", "both") and any(c.op == "is" for c in wish.conditions):
        return True
    own = [each for each in said if any(each.relation == c.relation for c in wish.conditions)]
    found = set(graph.find(own, domain=wish.domain).tolist())
    return bool(own) and not found - set(against(graph, wish).tolist())


def _gives_way(old: Wish, new: Wish) -> bool:
    """Tell whether a wish says the opposite of a later one, or another bound of the same."""
    if old.force == new.force == "only" and old.domain == new.domain:
        return _bounds(old) == _bounds(new) != set()
    return old.force != new.force and any(c.op == "is" and c in new.conditions for c in old.conditions)


def _bounds(wish: Wish) -> set[tuple[str, str]]:
    return {(str(c.relation), c.op[0]) for c in wish.conditions if c.op != "is"}
