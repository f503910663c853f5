"""The assistant for programs: the one of every other interface, its answers typed."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from pydantic import Field

from agent import assistant, conversation
from agent.people import People
from agent.serving.answers import UsherAnswer
from agent.verify.checking import verify
from agent.verify.types import Verification
from kg.policy import Policy
from kg.store import installed
from tools.knowledge import Asker

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel


class Answer(UsherAnswer):
    """An answer as data (docs/answers.md), and how it was come by.

    `steps` are the tool calls, `model_calls` how often a model was asked, `tokens` what language models read
    and wrote.
    """

    steps: tuple[assistant.Step, ...] = Field(default=(), repr=False)
    model_calls: int = 0
    tokens: int = 0

    @classmethod
    def of(cls, turn: assistant.Turn) -> Answer:
        """Return a turn's answer, typed."""
        used = {"steps": turn.steps, "model_calls": turn.model_calls, "tokens": turn.tokens}
        return cls.model_validate({**turn.answer, **used})


class Assistant:
    """A catalogue, tools and a model, ready to answer; may be asked from several threads."""

    def __init__(
        self,
        catalogue: str = "builtin",
        *,
        data: str | Path | None = None,
        tools: str = "full",
        model: str | BaseChatModel = "builtin",
        ranker: str | BaseChatModel | None = None,
        embedder: str | None = None,
        chroma: str | None = None,
        database: str | None = None,
        policy: Policy | None = None,
    ):
        """Open a catalogue; it is built first where it was not yet.

        Args:
            catalogue: a name of `usher data list`.
            data: the folder that holds raw sources, for a public catalogue that was not added.
            tools: the toolset: "full", or one of `usher ask --help`.
            model: "builtin", "openai:NAME", or a chat model of LangChain.
            ranker: a language model that puts what is proved in order.
            embedder: of the text index: "static", "lsa", "sentence-transformers" or "my.module:Class".
            chroma: the address of a Chroma server for the text index.
            database: the URL of a Postgres database for people (docs/deploy.md).
            policy: rules beside those of the catalogue (docs/your-catalogue.md).

        Raises:
            UsageError: an option that does not exist.
            DataError: a catalogue that is not there, or is damaged.
        """
        self._database = database
        self._own = assistant.Assistant(
            catalogue,
            data=None if data is None else Path(data),
            tools=tools,
            model=model,
            ranker=ranker,
            embedder=embedder,
            chroma=chroma,
            policy=policy,
        )

    def ask(self, request: str, *, user: str | None = None) -> Answer:
        """Answer one request, without memory of others.

        Args:
            request: in a person's own words.
            user: on whose behalf: a name of the chat's `--user`, or a user id of the catalogue. What is
                remembered of them is read and never written.

        Raises:
            Unanswered: a language model gave no answer.
            UsageError: `user` cannot be a name.
        """
        return Answer.of(self._own.ask(request, asker=self._asker(user)))

    def conversation(
        self, earlier: Sequence[conversation.Said] = (), *, user: str | None = None
    ) -> Conversation:
        """Return a conversation, new or after messages that were kept elsewhere; it is kept in memory."""
        asker = self._asker(user)
        if not earlier:
            return Conversation(conversation.Conversation(self._own, asker=asker))
        return Conversation(conversation.Conversation.from_messages(self._own, earlier, asker=asker))

    def verify(
        self, request: str, answer: str, *, repair: bool = False, user: str | None = None
    ) -> Verification:
        """Check somebody else's answer to a request against the catalogue (docs/verify.md).

        Args:
            request: what the person asked for.
            answer: words, a title or an id a line, or JSON.
            repair: also give an answer of what holds, in `repaired`.
            user: on whose behalf.
        """
        return verify(self._own, request, answer, repair=repair, asker=self._asker(user))

    def _asker(self, user: str | None) -> Asker:
        return Asker() if user is None else People(self._own.graph, database=self._database).load(user).asker


class Conversation:
    """Messages of one person, answered in order."""

    def __init__(self, own: conversation.Conversation):
        self._own = own

    def say(self, message: str) -> Answer:
        """Answer the next message.

        Raises:
            Unanswered: a language model gave no answer.
        """
        return Answer.of(self._own.say(message))


def catalogues() -> list[str]:
    """Return the names of the catalogues that are here; `Assistant` builds "builtin" where it is missing."""
    return sorted({"builtin", *installed()})
