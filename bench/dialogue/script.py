"""Scripts of dialogues made from queries: what is said turn by turn, and which conditions hold then."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict

from bench.types import Query, QueryCondition
from bench.wording.grammar import Expander, alternatives
from kg.graph import KnowledgeGraph
from kg.types import Condition, ItemId, RelationName

VERSION = 1  # raised whenever the same seed gives other dialogues
FOLDER = Path(__file__).parent
Step = Literal["begin", "tell", "correct", "withdraw"]
_CORRECTED, _WITHDRAWN = 0.4, 0.4  # shares of dialogues
_TRIES = 20
_PLURALS = {"movie": "films", "book": "books"}


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Turn(_Strict):
    """A message, what it does, and the conditions that hold after it with the items that satisfy them."""

    step: Step
    text: str
    holds: list[QueryCondition]
    truth: list[str]


class Script(_Strict):
    """A dialogue to be played: what is shown of the person, and what counts neither for nor against."""

    id: str
    domain: Literal["movie", "book"]
    history: list[str]
    ignore: list[str]
    turns: list[Turn]


def scripts(queries: Sequence[Query], graph: KnowledgeGraph, seed: int = 0) -> list[Script]:
    """Return a script for every query with conditions, in their order. Equal arguments, equal scripts.

    No turn's truth is empty, and no truth stands in a message or in the history: who would leak it is left
    out, or loses that part of the history.
    """
    values = _values(queries)
    made = (_Writer(query, graph, values, seed).script() for query in queries if query.conditions)
    return [script for script in made if script is not None and not leaks(script, graph)]


def leaks(script: Script, graph: KnowledgeGraph) -> list[str]:
    """Return the titles of true items that a script's messages or history give away."""
    said = " ".join(turn.text for turn in script.turns).casefold()
    truth = list(dict.fromkeys(item for turn in script.turns for item in turn.truth))
    titles = {item: graph.item(ItemId(item)).title for item in truth}
    valued = " ".join(each.value for turn in script.turns for each in turn.holds).casefold()
    return [
        title
        for item, title in titles.items()
        if item in script.history or (title.casefold() in said and title.casefold() not in valued)
    ]


def _values(queries: Sequence[Query]) -> dict[str, list[str]]:
    """Return what queries ask for by relation, to draw mistakes from."""
    found: dict[str, dict[str, None]] = {}
    for query in queries:
        for each in query.conditions:
            found.setdefault(f"{query.domain}/{each.relation}", {})[each.value] = None
    return {key: sorted(labels) for key, labels in found.items()}


class _Writer:
    """Writes the script of one query."""

    def __init__(self, query: Query, graph: KnowledgeGraph, values: dict[str, list[str]], seed: int):
        self.query, self.graph, self.values = query, graph, values
        self.rng = random.Random(f"{seed}/{query.id}")  # noqa: S311 - not for secrets
        self.words = Expander("", self.rng, folder=FOLDER)
        self.holds: list[QueryCondition] = []

    def script(self) -> Script | None:
        """Return the script; None if some turn's truth would be empty."""
        turns = list(self._turns())
        if not all(turn.truth for turn in turns):
            return None
        truth = {item for turn in turns for item in turn.truth}
        history = [item for item in self.query.history if item not in truth]
        query = self.query
        return Script(id=query.id, domain=query.domain, history=history, ignore=query.ignore, turns=turns)

    def _turns(self) -> Iterator[Turn]:
        conditions = self.rng.sample(self.query.conditions, len(self.query.conditions))
        wrong_at = self.rng.randrange(len(conditions)) if self.rng.random() < _CORRECTED else None
        for place, condition in enumerate(conditions):
            wrong = self._mistaken(condition) if place == wrong_at else None
            yield self._told(wrong or condition)
            if wrong is not None:
                self.holds[-1] = condition
                yield self._turn("correct", v=condition.value, w=wrong.value)
        if self.rng.random() < _WITHDRAWN and (extra := self._extra()) is not None:
            yield self._told(extra)
            self.holds.remove(extra)
            yield self._turn("withdraw", role=_role(extra.relation))

    def _told(self, condition: QueryCondition) -> Turn:
        step: Step = "tell" if self.holds else "begin"
        self.holds.append(condition)
        own = f"words.is.{condition.relation}"
        section = own if alternatives(own, FOLDER) else "words.is"
        phrase = self.words.say(section, v=condition.value, role=_role(condition.relation))
        return self._turn(step, **{"is": phrase})

    def _turn(self, step: Step, **slots: str) -> Turn:
        text = self.words.say(f"words.{step}", films=_PLURALS[self.query.domain], **slots)
        return Turn(step=step, text=text, holds=list(self.holds), truth=self._truth(self.holds))

    def _truth(self, conditions: Sequence[QueryCondition]) -> list[str]:
        asked = [Condition(RelationName(each.relation), each.value) for each in conditions]
        places = self.graph.find(asked, domain=self.query.domain)
        ignored = set(self.query.ignore)
        return [item for place in places if (item := self.graph.catalogue.items[place].id) not in ignored]

    def _mistaken(self, condition: QueryCondition) -> QueryCondition | None:
        """Return the same condition with another value that something satisfies too, if one is found."""
        others = self.values[f"{self.query.domain}/{condition.relation}"]
        for value in self.rng.sample(others, min(len(others), _TRIES)):
            wrong = condition.model_copy(update={"value": value})
            if value != condition.value and self._truth([*self.holds, wrong]):
                return wrong
        return None

    def _extra(self) -> QueryCondition | None:
        """Return a further condition of a relation not yet spoken of, which some true item has."""
        truth = self._truth(self.holds)
        spoken = {each.relation for each in self.holds}
        relations = sorted(
            {key.partition("/")[2] for key in self.values if key.startswith(f"{self.query.domain}/")} - spoken
        )
        if not truth or not relations:
            return None
        item, relation = ItemId(self.rng.choice(truth)), self.rng.choice(relations)
        labels = self.graph.labels(item, relation)
        return QueryCondition(relation=relation, value=self.rng.choice(labels)) if labels else None


def _role(relation: str) -> str:
    return relation.replace("_", " ")
