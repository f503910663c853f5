"""The built-in model as a LangChain chat model, for whoever listens to a run."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from langchain_core.callbacks import CallbackManagerForLLMRun
from langchain_core.globals import get_llm_cache
from langchain_core.language_models import BaseChatModel, LanguageModelInput
from langchain_core.messages import AIMessage, BaseMessage, convert_to_messages
from langchain_core.outputs import ChatGeneration, ChatResult
from langchain_core.runnables import Runnable, RunnableConfig
from langchain_core.runnables.config import ensure_config, get_callback_manager_for_config
from langchain_core.utils.function_calling import convert_to_openai_tool
from pydantic import ConfigDict

from agent.builtin.replies import BuiltinReplies, Run


class BuiltinModel(BaseChatModel):
    """Says what `replies` say: LangChain's callbacks, caches and bindings hold for it as for any model."""

    model_config = ConfigDict(arbitrary_types_allowed=True)

    replies: BuiltinReplies

    @property
    def _llm_type(self) -> str:
        return "usher-builtin"

    def bind_tools(
        self,
        tools: Sequence[dict[str, Any] | type | Callable[..., Any] | Any],
        *,
        tool_choice: str | None = None,
        **kwargs: Any,
    ) -> Runnable[LanguageModelInput, AIMessage]:
        """Return the model with these tools switched on."""
        if tool_choice or kwargs:
            return self.bind(tools=[convert_to_openai_tool(tool) for tool in tools], **kwargs)
        return self.model_copy(update={"replies": self.replies.bind_tools(_schemas(tools))})

    def invoke(
        self,
        input: LanguageModelInput,
        config: RunnableConfig | None = None,
        *,
        stop: list[str] | None = None,
        run: Run | None = None,
        **kwargs: Any,
    ) -> AIMessage:
        """Return the next message; what LangChain does for those who listen is done only if somebody does.

        With `run`, which answers the calls of a message, it is the last one of the turn.
        """
        own = bool(self.callbacks or self.cache or self.rate_limiter) or get_llm_cache() is not None
        config = ensure_config(config)
        if own or not isinstance(input, list) or get_callback_manager_for_config(config).handlers:
            return super().invoke(input, config, stop=stop, **kwargs)
        return self._with(kwargs).invoke(convert_to_messages(input), run=run)

    def _generate(
        self,
        messages: list[BaseMessage],
        stop: list[str] | None = None,
        run_manager: CallbackManagerForLLMRun | None = None,
        **kwargs: Any,
    ) -> ChatResult:
        return ChatResult(generations=[ChatGeneration(message=self._with(kwargs).invoke(messages))])

    def _with(self, given: dict[str, Any]) -> BuiltinReplies:
        return self.replies.bind_tools(_schemas(given["tools"])) if "tools" in given else self.replies


def _schemas(tools: Sequence[dict[str, Any] | type | Callable[..., Any] | Any]) -> list[dict[str, Any]]:
    return [convert_to_openai_tool(tool) for tool in tools]
