"""Usher itself."""

from __future__ import annotations

import re

from agent.assistant import Assistant
from bench.types import Answer, AnswerCorrection, AnswerFact, AnswerStep, Profile, Query
from kg.types import ItemId
from tools.knowledge import Asker

_SAID = 200  # characters of what a tool said that a run keeps


class AgentSystem:
    """The assistant with a model and a toolset.

    It sees the text of a query, with `with_history` what the person chose before, with `with_profile` who
    they are if the query says so, and nothing else.
    """

    def __init__(self, assistant: Assistant, *, with_history: bool = False, with_profile: bool = True):
        self.assistant = assistant
        assistant.strict = True
        self.with_history = with_history
        self.with_profile = with_profile

    def prepare(self) -> None:
        """Make the model now, so that one that cannot be had is said once and not query by query."""
        _ = self.assistant.context

    def answer(self, query: Query) -> Answer:
        """Ask the assistant."""
        turn = self.assistant.ask(query.query, asker=self._asker(query))
        answer = turn.answer
        return Answer(
            id=query.id,
            items=[line["id"] for line in answer["items"]],
            titles=[line["title"] for line in answer["items"]],
            corrections=[AnswerCorrection(**correction) for correction in answer["corrections"]],
            also=[line["id"] for line in (answer["also"] or {"items": []})["items"]],
            act=answer["act"],
            basis=answer["basis"],
            facts=[AnswerFact(**fact) for fact in answer["facts"]],
            unknown=answer["unknown"],
            unused=answer["unused"],
            steps=len(turn.steps),
            trace=[
                AnswerStep(tool=s.tool, arguments=s.arguments, result=_short(s.result), refused=s.refused)
                for s in turn.steps
                if s.tool != "recommend"  # the answer itself
            ],
            calls=turn.model_calls,
            tokens=turn.tokens,
            fallback=(answer.get("fallback") or {}).get("why"),
        )

    def _asker(self, query: Query) -> Asker:
        who = query.profile if self.with_profile and query.profile else Profile()
        history = tuple(map(ItemId, query.history)) if self.with_history else ()
        return Asker(history, gender=who.gender, age=years_of(who.age), occupation=who.occupation)


_FIGURES = re.compile(r"\d+")


def years_of(age: int | str | None) -> int | None:
    """Return an age in years: the first of a band ("25-34", "56+"), the last before "Under 18"."""
    found = _FIGURES.search(str(age)) if age is not None else None
    return None if found is None else int(found[0]) - ("under" in str(age).casefold())


def _short(result: str) -> str:
    return result if len(result) <= _SAID else result[:_SAID] + " …"
