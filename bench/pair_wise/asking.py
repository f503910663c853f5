"""A language model asked for YES or NO: its probability of YES is the score (group E; eq. 6).

One token is asked for, without a schema: under one, servers give the log-probabilities of the model without
it. Of the twenty likeliest tokens the spellings of yes and of no are added up.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from langchain_core.language_models import BaseChatModel
from langchain_core.messages import AIMessage, HumanMessage

import prompts
from agent.llm.client import Client
from agent.llm.settings import server_name
from agent.llm.spending import Use
from bench.accounts import Accounts
from bench.logprobs import likeliest, probabilities
from bench.pair_wise.baselines import Scores
from bench.pair_wise.feedback import NOTHING, Items, Pairs
from kg.errors import UsageError

TOKENS = 20
YES, NO = "yes", "no"
SPELLINGS = {"y": YES, "ye": YES, "yes": YES, "n": NO, "no": NO}


class Watch:
    """Tells the accounts of a run what happens, and keeps the seconds of replies that a server gave."""

    def __init__(self, accounts: Accounts):
        self.accounts = accounts
        self.seconds: list[float] = []

    def before(self, body: Mapping[str, Any]) -> None:
        """Hear of a call that is about to be made."""
        self.accounts.before(body)

    def after(self, use: Use) -> None:
        """Hear of what happened."""
        self.accounts.after(use)
        if use.source == "server":
            self.seconds.append(use.seconds)


class Asker:
    """A model on a server that is asked about each row; `heard` counts rows in which it said yes or no."""

    def __init__(self, model: BaseChatModel, items: Items, watch: Watch):
        self.model = model.bind(logprobs=True, top_logprobs=TOKENS, max_tokens=1)
        self.items = items
        self.watch = watch
        self.heard = self.asked = 0

    @property
    def seconds(self) -> Sequence[float]:
        """Seconds a row; replies that were kept or recorded have none."""
        return self.watch.seconds

    @property
    def notes(self) -> dict[str, float]:
        """How many rows there was a yes or a no for."""
        return {"heard": self.heard, "asked": self.asked}

    def scores(self, pairs: Pairs) -> Scores:
        """Return (n,) probabilities of YES against NO; .5 where neither is among the likeliest tokens."""
        return np.array([self._asked(pairs, place) for place in range(len(pairs))], dtype=np.float64)

    def _asked(self, pairs: Pairs, place: int) -> float:
        reply = self.model.invoke([HumanMessage(self.question(pairs, place))])
        said = probabilities(told(reply), SPELLINGS)
        self.asked += 1
        self.heard += bool(said)
        return said.get(YES, 0.0) / sum(said.values()) if said else 0.5

    def question(self, pairs: Pairs, place: int) -> str:
        """Return what a model is asked about a row."""
        known = [self._title(item) for item in pairs.histories[place].tolist() if item != NOTHING]
        listed = "\n".join(f"- {title}" for title in known) or "(nothing is known)"
        return prompts.load("bench/pair_wise", known=listed, title=self._title(int(pairs.items[place])))

    def _title(self, item: int) -> str:
        return self.items.titles[item] or self.items.ids[item]


def asker(accounts: Accounts, items: Items) -> Asker:
    """Return the model of a run, asked for whole replies: streams of many servers lose log-probabilities."""
    assert accounts.settings is not None, "a model on a server"  # noqa: S101
    settings = accounts.settings.model_copy(update={"stream": False})
    watch = Watch(accounts)
    name = server_name(accounts.name)
    return Asker(Client.connect(name, settings, cache=accounts.cache, watch=watch), items, watch)


def told(reply: AIMessage) -> list[tuple[str, float]]:
    """Return the likeliest first tokens of a reply with their log-probabilities.

    Raises:
        UsageError: the server gave none.
    """
    if not (found := likeliest(reply)):
        raise UsageError(
            "the server gave no log-probabilities of tokens (logprobs, top_logprobs); --task pair-wise needs"
            " one that does, such as llama.cpp's, vLLM or OpenAI's without reasoning."
        )
    return found
