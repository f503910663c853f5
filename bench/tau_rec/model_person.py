"""A language model as the person, as the paper has it: `--simulator openai:NAME`.

What a message does is read from its marks. Of what a model tells, only the first message is known for sure,
so offers against what was told later are not counted as such.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from langchain_core.messages import AIMessage, BaseMessage, HumanMessage, SystemMessage

import prompts
from bench.tau_rec.asking import parts_of
from bench.tau_rec.simulator import PATIENCE
from bench.tau_rec.types import Exchange, Shop, Stop, Task, Utterance

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel

    from bench.tau_rec.playing import MakePerson

_MARKS: dict[str, Stop] = {"[ACCEPT]": "accepted", "[NOTHING]": "abstention", "[LEAVE]": "gave up"}
_REFUSING = ("no", "nope", "not", "rather")


class ModelPerson:
    """The person of a task, played by a chat model."""

    manner = "model"

    def __init__(self, model: BaseChatModel, shop: Shop, task: Task):
        self.model, self.shop, self.task = model, shop, task

    def reply(self, history: Sequence[Exchange]) -> Utterance:
        """Return the next message; `stop` is set where the model ended it, or after too many."""
        if len(history) >= PATIENCE:
            return Utterance(text="I'll stop here, thanks.", stop="gave up")
        text = str(self.model.invoke(self._messages(history)).text).strip()
        stop = next((meant for mark, meant in _MARKS.items() if mark in text), None)
        for mark in _MARKS:
            text = text.replace(mark, "").strip()
        if not history:
            told = [place for place, each in enumerate(self.task.constraints) if each.reveal == "volunteer"]
            return Utterance(text=text, tells=told)
        last = history[-1].reply
        if stop == "accepted" and not last.offers:
            stop = None
        labels = self._asked(history)
        refused = bool(set(text.casefold().replace(",", " ").split()[:4]) & set(_REFUSING))
        return Utterance(
            text=text,
            stop=stop,
            rejects=last.items[0].id if last.offers and stop is None else None,
            confirms=[] if refused else labels,
            refuses=labels if refused else [],
        )

    def _asked(self, history: Sequence[Exchange]) -> list[str]:
        question = history[-1].reply.question
        asked = parts_of(question, self.shop).consent if question else None
        return list(asked[1]) if asked else []

    def _messages(self, history: Sequence[Exchange]) -> list[BaseMessage]:
        """Return the conversation from the side of the person, whose own messages are the model's."""
        said: list[BaseMessage] = [SystemMessage(instruction(self.shop, self.task))]
        said.append(HumanMessage("Hello, what can I do for you?"))
        for exchange in history:
            offered = "; ".join(self._known(item.id, item.title) for item in exchange.reply.items)
            shown = f"{exchange.reply.text}\n{offered}".strip()
            said += [AIMessage(exchange.said.text), HumanMessage(shown)]
        return said

    def _known(self, item: str, title: str) -> str:
        """Return what the person can see of an offered item: its title and its fields."""
        thing = self.shop.by_id.get(item)
        told = (
            ""
            if thing is None
            else ", ".join(f"{k}: {', '.join(map(str, v))}" for k, v in thing.values.items())
        )
        return f"Offered: {title} ({told})"


def instruction(shop: Shop, task: Task) -> str:
    """Return the system prompt of a task's person: `prompts/bench/person.md`, filled."""
    conditions = [
        f"- {each.constraint.field} {each.constraint.op} {', '.join(each.constraint.labels)} ({each.reveal})"
        for each in task.constraints
    ]
    known = [shop.by_id[item].title for item in task.known if item in shop.by_id]
    return prompts.load(
        "bench/person",
        noun=shop.noun,
        persona=task.persona or "nobody in particular",
        preferences="; ".join(task.soft_preferences) or "nothing",
        has=", ".join(task.user_services) or "anything",
        known=", ".join(known) or "nothing",
        conditions="\n".join(conditions),
    )


def model_person(name: str, shop: Shop) -> MakePerson:
    """Return a maker of persons that a model on a server plays; every trial has replies of its own.

    Raises:
        UsageError: the name is of no language model, or it needs a key that is not there.
    """
    from agent.llm.cache import DiskCache
    from agent.llm.client import Client
    from agent.llm.settings import load, server_name
    from kg.errors import UsageError

    if not name.startswith("openai:"):
        raise UsageError(f"--simulator is rules or openai:NAME (docs/models.md); got {name!r}.")
    server = server_name(name)
    settings, cache = load(server), DiskCache()

    def make(task: Task, trial: int) -> ModelPerson:
        return ModelPerson(Client.connect(server, settings, cache=cache, repeat=trial), shop, task)

    return make
