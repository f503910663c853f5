"""Stage 2, ranking: candidates in order, without and with what was extracted (section 4.2.3 of CoT-Rec)."""

from __future__ import annotations

from collections.abc import Sequence
from string import ascii_uppercase
from typing import NamedTuple, Protocol

from langchain_core.language_models import BaseChatModel
from langchain_core.messages import HumanMessage

import prompts
from bench.cot_rec.extraction import Kept, held
from bench.logprobs import AROUND, likeliest, probabilities
from kg.graph import KnowledgeGraph
from kg.types import ItemId

LATEST = 20  # choices a ranker is told
_TOKENS = 20


class Shown(NamedTuple):
    """What a ranker may know of somebody: their id in the extraction, and what they chose, oldest first."""

    user: str
    known: Sequence[ItemId]


class Ranker(Protocol):
    """Puts candidates in order; never adds or drops one."""

    def order(self, shown: Shown, listed: Sequence[ItemId]) -> list[ItemId]:
        """Return the same items, best first."""
        ...


class Retrieved:
    """Leaves the order of the retriever."""

    def order(self, shown: Shown, listed: Sequence[ItemId]) -> list[ItemId]:
        """Return the items as they were."""
        return list(listed)


class Counted:
    """Counts facts: without an extraction those that candidates share with the latest choices.

    With one (`kept`) the weights of the preference that a candidate has, and a candidate with more key terms
    first. Candidates that count the same stay in the order they are listed in.
    """

    def __init__(self, graph: KnowledgeGraph, kept: Kept | None = None):
        self._graph = graph
        self._kept = kept

    def order(self, shown: Shown, listed: Sequence[ItemId]) -> list[ItemId]:
        """Return the items, those with the highest count first."""
        counts = self._preferred(shown.user, listed) if self._kept else self._shared(shown.known, listed)
        return sorted(listed, key=lambda item: -counts[item])

    def _shared(self, known: Sequence[ItemId], listed: Sequence[ItemId]) -> dict[ItemId, float]:
        chosen = [set(held(self._graph, item)) for item in known[-LATEST:]]
        return {
            item: float(sum(len(each & set(held(self._graph, item))) for each in chosen)) for item in listed
        }

    def _preferred(self, user: str, listed: Sequence[ItemId]) -> dict[ItemId, float]:
        assert self._kept is not None  # noqa: S101
        weights = {(w.relation, w.label): w.weight for w in self._kept.tastes[user].weights}
        return {
            item: sum(weights.get(fact, 0.0) for fact in held(self._graph, item))
            + len(self._kept.perception(user, item).terms) / 1000
            for item in listed
        }


class Asked:
    """Asks a language model for the letter of the next choice; its probability is the score of an item.

    Where a server gives no log-probabilities, the letter it says comes first and the others stay as listed:
    `unheard` counts these, and replies that name no letter.
    """

    def __init__(self, graph: KnowledgeGraph, model: BaseChatModel, items: str, kept: Kept | None = None):
        self._graph = graph
        self._model = model.bind(logprobs=True, top_logprobs=_TOKENS, max_tokens=1)
        self._items = items
        self._kept = kept
        self.unheard = 0

    def order(self, shown: Shown, listed: Sequence[ItemId]) -> list[ItemId]:
        """Return the items by the probability of their letters; of equal ones as listed."""
        reply = self._model.invoke([HumanMessage(self.question(shown, listed))])
        letters = dict(zip(ascii_uppercase, listed, strict=False))
        found = probabilities(likeliest(reply), {letter.casefold(): letter for letter in letters})
        if not found:
            self.unheard += 1
            said = str(reply.text).strip(AROUND)[:1].upper()
            found = {said: 1.0} if said in letters else {}
        ordered = sorted(letters, key=lambda letter: -found.get(letter, 0.0))
        return [letters[letter] for letter in ordered]

    def question(self, shown: Shown, listed: Sequence[ItemId]) -> str:
        """Return what the model is asked: with an extraction it is told the preference and the key terms."""
        chosen = "\n".join(self._graph.item(item).name for item in shown.known[-LATEST:])
        lines = [
            f"{letter}. {self._said(shown.user, item)}"
            for letter, item in zip(ascii_uppercase, listed, strict=False)
        ]
        taste = f"\nTheir taste: {self._kept.tastes[shown.user].text}\n" if self._kept else ""
        return prompts.load(
            "bench/cot_rank", items=self._items, chosen=chosen, taste=taste, listed="\n".join(lines)
        )

    def _said(self, user: str, item: ItemId) -> str:
        name = self._graph.item(item).name
        terms = self._kept.perception(user, item).terms if self._kept else ()
        return f"{name} ({', '.join(terms)})" if terms else name
