"""Standing wishes, enforced on what is already proved, whatever model proposed it; and what is said of them.

What stands against a wish is left out, and the answer says so; where the message asks for it, the message
counts, and the answer says that.
"""

from __future__ import annotations

from collections.abc import Sequence, Set
from dataclasses import replace

import numpy as np

from agent.answer import Answer, Line, OfWish
from agent.builtin.respond import sentences
from agent.messages import answered_calls, this_turn
from agent.standing_wishes import Wishes
from agent.state import Context, State
from agent.wishes_said import sentence
from kg.graph import KnowledgeGraph
from kg.types import Condition, ItemId
from tools.errors import ToolError
from tools.knowledge import Knowledge
from tools.link import link_entities
from tools.proposal import Act
from tools.toolsets import TOOLS
from tools.wishes import Wish, against, barred

_LIMITING = ("conditions", "any_of", "year_from", "year_to")
_SURE = 0.5  # a link that is less is perhaps just words


def kept_to(context: Context, state: State, answer: Answer) -> Answer:
    """Return an answer without what stands against a wish, and with what is to be said of wishes.

    Items that the message names are what it asks for.
    """
    assert context.knowledge is not None  # noqa: S101
    knowledge, now = context.knowledge, Wishes.of_data(state.get("wishes"))
    standing = knowledge.asker.wishes
    if not (standing or now.withdrew or now.unread or now.lifted):
        return answer
    graph = knowledge.graph
    stated = (*answer.conditions, *answer.any_of)
    held = _Held(graph, standing, stated, _named(knowledge, this_turn(state["messages"])[0].text))
    kept = held.without(answer.items)
    also = answer.also and replace(answer.also, items=held.without(answer.also.items))
    gone = [each for each in answer.items if each not in kept]
    removed = (*answer.removed, *(f"{each.title}: against a standing wish" for each in gone))
    kept = kept if answer.order else held.less_last(kept)
    told = replace(answer, items=kept, also=also if also and also.items else None, removed=removed)
    told = replace(told, wishes=_told(context, state, told, standing, gone))
    if now.request == "" and answer.act == "acknowledge" and not answer.note:
        return _noted(told, graph)
    left = [each for each in told.wishes if each.state == "held" and each.left_out]
    if not kept and (gone or (answer.act == "decline" and left)):
        return replace(told, act="decline", basis=None, order=(), note=sentences.ALL_LEFT_OUT)
    return told


def _named(knowledge: Knowledge, text: str) -> frozenset[ItemId]:
    try:
        links = link_entities(knowledge, text)
    except ToolError:
        return frozenset()
    best = [mention.candidates[0] for mention in links.mentions if mention.candidates]
    return frozenset(ItemId(each.id) for each in best if each.kind == "item" and each.score >= _SURE)


class _Held:
    def __init__(
        self,
        graph: KnowledgeGraph,
        wishes: Sequence[Wish],
        stated: Sequence[Condition],
        named: Set[ItemId],
    ):
        self._graph, self._named = graph, named
        self._barred = set(graph.ids(barred(graph, wishes, stated).tolist()))
        less = [against(graph, each) for each in wishes if each.force == "less"]
        self._less = set(graph.ids(np.concatenate(less).tolist())) if less else set()

    def without(self, lines: Sequence[Line]) -> tuple[Line, ...]:
        return tuple(each for each in lines if each.id in self._named or each.id not in self._barred)

    def less_last(self, lines: Sequence[Line]) -> tuple[Line, ...]:
        return tuple(sorted(lines, key=lambda each: each.id in self._less and each.id not in self._named))


def _noted(answer: Answer, graph: KnowledgeGraph) -> Answer:
    """Return that wishes were noted; the sentence is the note."""
    act: Act = "acknowledge" if any(each.state != "unread" for each in answer.wishes) else "decline"
    return replace(answer, act=act, basis=None, note=sentence(answer.wishes, graph))


def _told(
    context: Context, state: State, answer: Answer, standing: Sequence[Wish], gone: Sequence[Line]
) -> tuple[OfWish, ...]:
    """Return what is to be said: what changed, what left something out, what the request overrode."""
    assert context.knowledge is not None  # noqa: S101
    knowledge, now = context.knowledge, Wishes.of_data(state.get("wishes"))
    graph, keeps = knowledge.graph, knowledge.asker.keeps
    said = [OfWish("noted", each, keeps and each.always) for each in now.added]
    said += [OfWish("withdrawn", each, keeps and each.always) for each in now.withdrew]
    said += [OfWish("unread", words=each) for each in now.unread]
    places = graph.positions([each.id for each in answer.items])
    for wish in now.lifted:
        if np.isin(places, against(graph, wish)).any():
            said.append(OfWish("overridden", wish, wish.always))
    if answer.act in ("recommend", "decline") and (answer.items or gone or _searched(state)):
        stated = (*answer.conditions, *answer.any_of)
        for wish in standing:
            left = _left_out(knowledge, state, wish, stated)
            named = wish.key in {each.key for each in now.added}
            if wish.force != "less" and left != 0 and not named:
                said.append(OfWish("held", wish, wish.always, left_out=left))
            elif wish.force == "less" and not named and np.isin(places, against(graph, wish)).any():
                said.append(OfWish("held", wish, wish.always))
    return tuple(said)


def _searched(state: State) -> bool:
    return any(call.name == "find_items" for call in answered_calls(this_turn(state["messages"])))


def _left_out(knowledge: Knowledge, state: State, wish: Wish, stated: Sequence[Condition]) -> int | None:
    """Return how many items a wish left out of what was searched; None where no search by facts tells."""
    if wish.force == "less":
        return None
    if not len(barred(knowledge.graph, [wish], stated)):
        return 0
    for call in answered_calls(this_turn(state["messages"])):
        if call.name != "find_items" or call.refused:
            continue
        finds = TOOLS["find_items"]
        if not any(call.arguments.get(name) for name in _LIMITING):
            return None
        asked = {**call.arguments, "limit": 1}
        every, kept = (
            finds.call(knowledge.asked_by(replace(knowledge.asker, wishes=wishes)), asked).total
            for wishes in ((), (wish,))
        )
        return int(every - kept)
    return None
