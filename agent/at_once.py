"""A turn of a model that waits for nobody: its tools run while it reads, and it reads a message once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from langchain_core.messages import AIMessage, AnyMessage, ToolMessage

AnswerCall = Callable[[Any], ToolMessage]


class OutOfSteps(Exception):  # noqa: N818 - not an error
    """The model made as many moves as it may."""


@dataclass
class Running:
    """Answers the calls of a model's moves, and keeps what was said: every move, and its answers.

    A model makes at most `most` moves, the last one, which ends the turn, among them.
    """

    answer: AnswerCall
    most: int
    said: list[AnyMessage] = field(default_factory=list)
    moves: int = 0

    def __call__(self, move: AIMessage) -> Sequence[ToolMessage]:
        """Return the answers to the calls of a move, in their order.

        Raises:
            OutOfSteps: there is no move left to say what follows from them.
        """
        answers = [self.answer(call) for call in move.tool_calls]
        self.said += [move, *answers]
        self.moves += 1
        if self.moves >= self.most:
            raise OutOfSteps
        return answers
