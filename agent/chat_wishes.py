"""Standing wishes at the terminal: kept with the person after an answer, listed, and withdrawn by number."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from langchain_core.runnables import RunnableConfig

from agent.chat_me import Me
from agent.graph import Graph
from agent.person import wishing
from agent.standing_wishes import Wishes
from agent.wishes_said import in_words
from tools.wishes import Wish

_HERE = "this conversation"
_HOW = "To withdraw one: /me forget NUMBER, or say “… is fine again”."


def keep(me: Me, told: Sequence[Mapping[str, Any]]) -> None:
    """Keep with the person what an answer noted for good, and forget what it withdrew."""
    added = [_wish(each) for each in told if each["state"] == "noted" and each["always"]]
    gone = [_wish(each) for each in told if each["state"] == "withdrawn"]
    if added or {each.key for each in gone} & {each.key for each in me.person.wishes}:
        me.person = me.people.change(me.user, lambda person: wishing(person, added, gone))


def _wish(told: Mapping[str, Any]) -> Wish:
    stated = [{**each, "value": str(each["value"])} for each in told["conditions"]]
    return Wish.of_data({**told, "conditions": stated, "always": True})


def standing(me: Me, graph: Graph, thread: str) -> list[Wish]:
    """Return the wishes that hold, in the order in which they are numbered."""
    return list(_held(graph, thread).standing(me.person.wishes))


def shown(me: Me, graph: Graph, thread: str) -> str:
    """Return the wishes that hold, numbered, as they are shown; "" for none."""
    kept = {each.key for each in me.person.wishes}
    every = [(each, "from now on" if each.key in kept else _HERE) for each in standing(me, graph, thread)]
    lines = [
        f"  {number}. {in_words(wish, me.graph)} ({how_long})"
        for number, (wish, how_long) in enumerate(every, 1)
    ]
    return "\n".join(["What you wish of every answer:", *lines, _HOW]) if lines else ""


def withdraw(me: Me, graph: Graph, thread: str, number: int) -> str:
    """Withdraw a wish by its number, and return what is said of that."""
    every = standing(me, graph, thread)
    if not 1 <= number <= len(every):
        there = f"1 to {len(every)}" if every else "none"
        return f"There is no wish {number}; there are {there}. /me shows them."
    wish = every[number - 1]
    if wish.key in {each.key for each in me.person.wishes}:
        me.person = me.people.change(me.user, lambda person: wishing(person, [], [wish]))
    held = _held(graph, thread)
    left = replace(held, held=tuple(each for each in held.held if each.key != wish.key))
    if left != held:
        graph.update_state(_of(thread), {"wishes": left.as_data() or None}, as_node="guard")
    return f"No longer kept to: {in_words(wish, me.graph)}."


def _held(graph: Graph, thread: str) -> Wishes:
    return Wishes.of_data(graph.get_state(_of(thread)).values.get("wishes"))


def _of(thread: str) -> RunnableConfig:
    return RunnableConfig(configurable={"thread_id": thread})
