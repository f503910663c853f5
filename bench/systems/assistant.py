"""Usher itself."""

from __future__ import annotations

from agent.assistant import Assistant
from bench.types import Answer, AnswerCorrection, Query


class AgentSystem:
    """The assistant with a model and a toolset; it sees the text of a query and nothing else."""

    def __init__(self, assistant: Assistant):
        self.assistant = assistant

    def prepare(self) -> None:
        """Make the model now, so that one that cannot be had is said once and not query by query."""
        _ = self.assistant.context

    def answer(self, query: Query) -> Answer:
        """Ask the assistant."""
        turn = self.assistant.ask(query.query)
        answer = turn.answer
        return Answer(
            id=query.id,
            items=[line["id"] for line in answer["items"]],
            titles=[line["title"] for line in answer["items"]],
            corrections=[AnswerCorrection(**correction) for correction in answer["corrections"]],
            also=[line["id"] for line in (answer["also"] or {"items": []})["items"]],
            steps=len(turn.steps),
            calls=turn.model_calls,
            tokens=turn.tokens,
        )
