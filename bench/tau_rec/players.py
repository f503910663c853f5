"""The systems that talk with a simulated person: Usher, what is most popular, and the ceiling."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Protocol

from bench.tau_rec.constraints import all_hold
from bench.tau_rec.evaluator import available, restricted
from bench.tau_rec.persona import aversion
from bench.tau_rec.types import Offer, Question, Reply, Shop, Task, Thing
from kg.types import ItemId
from tools.knowledge import Asker

if TYPE_CHECKING:
    from agent.assistant import Assistant

Say = Callable[[str], Reply]


class Player(Protocol):
    """A system under test."""

    def begin(self, task: Task) -> Say:
        """Return a new conversation: a function from a message to its answer.

        Only the oracle may look at more of a task than what the person has.
        """
        ...


class AgentPlayer:
    """Usher: a conversation of its own for every trial, on behalf of somebody who has some items."""

    def __init__(self, assistant: Assistant):
        assistant.strict = True
        _ = assistant.context  # a model that cannot be had is said once and not trial by trial
        self.assistant = assistant

    def begin(self, task: Task) -> Say:
        """Start a conversation."""
        from agent.conversation import Conversation

        known = tuple(map(ItemId, task.known))
        conversation = Conversation(self.assistant, asker=Asker(history=known))
        return lambda message: reply_of(conversation.say(message).answer)


def reply_of(answer: Mapping[str, Any]) -> Reply:
    """Return what of an answer (docs/answers.md) decides a dialogue; a second reading is offered too."""
    asked = answer.get("question")
    second = (answer.get("also") or {}).get("items") or ()
    return Reply(
        act=answer["act"],
        text=answer["text"],
        items=[
            Offer(id=line["id"], title=line["title"], notices=list(map(str, line.get("notices") or ())))
            for line in (*answer["items"], *second)
        ],
        question=asked
        and Question(
            text=asked["text"], slot=asked.get("slot") or "", choices=list(asked.get("choices") or ())
        ),
    )


class PopularPlayer:
    """Offers the most popular item of the kinds that were ever named, and never asks."""

    def __init__(self, shop: Shop):
        self.shop = shop
        self.labels = {str(label): shop.main for thing in shop.things for label in thing.values[shop.main]}

    def begin(self, task: Task) -> Say:
        """Start a conversation."""
        known, offered, named = set(task.known), set[str](), dict[str, str]()

        def say(message: str) -> Reply:
            for label, name in self.labels.items():
                if re.search(rf"(?i)\b{re.escape(label)}", message):
                    named[label] = name
            for thing in self.shop.things:
                if thing.id not in known | offered and _has_all(thing, named):
                    offered.add(thing.id)
                    return _offer(thing, ())
            return Reply(act="decline", text="Nothing else.")

        return say


class OraclePlayer:
    """Knows the goal: asks what must be confirmed, then offers what satisfies; else abstains.

    What it does not reach, nobody can; it tests the person and the verdict.
    """

    def __init__(self, shop: Shop):
        self.shop = shop

    def begin(self, task: Task) -> Say:
        """Start a conversation."""
        averse = aversion(task, self.shop)
        wanted = [each.constraint for each in task.constraints] + ([averse] if averse else [])
        left = [
            thing
            for thing in self.shop.things
            if all_hold(wanted, thing) and thing.id not in task.known and available(task, thing, self.shop)
        ]
        confirmed = set[tuple[str, str]]()

        def say(_: str) -> Reply:
            if not left or task.no_valid_recommendation:
                return Reply(act="decline", text="Nothing satisfies all of that.")
            open_ = [each for each in restricted(left[0], self.shop) if each not in confirmed]
            if open_:
                confirmed.add(open_[0])
                slot, label = open_[0]
                question = f"It is rated {label}; is that all right?"
                return Reply(act="ask", text=question, question=Question(text=question, slot=slot))
            thing = left.pop(0)
            return _offer(thing, disclosures(thing, self.shop))

        return say


def disclosures(thing: Thing, shop: Shop) -> list[str]:
    """Return the sentences that a shop's policies want said with an item."""
    return [said for flag, said in shop.policy.disclose.items() if any(thing.values.get(flag, ()))]


def _has_all(thing: Thing, named: Mapping[str, str]) -> bool:
    return all(label in thing.values.get(name, ()) for label, name in named.items())


def _offer(thing: Thing, notices: Sequence[str]) -> Reply:
    offer = Offer(id=thing.id, title=thing.title, notices=list(notices))
    return Reply(act="recommend", text=thing.title, items=[offer])
