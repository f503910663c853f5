"""A conversation with Usher, the same for every interface: chat, replay, API and benchmark."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from langgraph.checkpoint.memory import InMemorySaver

from agent.assistant import Assistant, Step, Turn
from agent.graph import Graph, build
from tools.knowledge import Asker


class Conversation:
    """Messages of one person, answered in order; kept by `graph` under `thread`, or in memory."""

    def __init__(
        self,
        assistant: Assistant,
        *,
        graph: Graph | None = None,
        thread: str = "conversation",
        asker: Asker = Asker(),
    ):
        self.assistant = assistant
        self.graph = graph or build(InMemorySaver())
        self.thread = thread
        self.asker = asker

    def say(
        self,
        message: str,
        on_step: Callable[[Step], None] = lambda _: None,
        on_question: Callable[[str, Sequence[str]], int] | None = None,
    ) -> Turn:
        """Answer the next message; see `Assistant.chat`."""
        return self.assistant.chat(self.graph, self.thread, message, on_step, on_question, asker=self.asker)
