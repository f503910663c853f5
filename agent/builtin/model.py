"""The built-in model as a LangChain chat model.

Deterministic, no network, the same tool calls an LLM would make.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from typing import Any

from langchain_core.callbacks import CallbackManagerForLLMRun
from langchain_core.language_models import BaseChatModel, LanguageModelInput
from langchain_core.messages import AIMessage, BaseMessage, HumanMessage, ToolMessage
from langchain_core.outputs import ChatGeneration, ChatResult
from langchain_core.runnables import Runnable
from langchain_core.utils.function_calling import convert_to_openai_tool
from pydantic import ConfigDict

from agent.builtin.atoms import Vocabulary
from agent.builtin.desk import Call, Desk, Pending, call_key
from agent.builtin.policy import decide
from agent.state import REPAIR


class BuiltinModel(BaseChatModel):
    """Reads the last request and what tools have answered since, and makes the next tool calls."""

    model_config = ConfigDict(arbitrary_types_allowed=True)

    vocabulary: Vocabulary

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
        return self.bind(tools=[convert_to_openai_tool(tool) for tool in tools], **kwargs)

    def _generate(
        self,
        messages: list[BaseMessage],
        stop: list[str] | None = None,
        run_manager: CallbackManagerForLLMRun | None = None,
        **kwargs: Any,
    ) -> ChatResult:
        tools = frozenset(tool["function"]["name"] for tool in kwargs.get("tools", ()))
        request, earlier, desk = _conversation(messages, tools)
        try:
            calls = [Call("recommend", decide(request, desk, self.vocabulary, earlier))]
        except Pending as pending:
            calls = pending.calls
        turn = len(messages)
        listed = [
            {"name": call.name, "args": call.arguments, "id": f"call-{turn}-{index}", "type": "tool_call"}
            for index, call in enumerate(calls)
        ]
        return ChatResult(generations=[ChatGeneration(message=AIMessage(content="", tool_calls=listed))])


def _conversation(messages: Sequence[BaseMessage], tools: frozenset[str]) -> tuple[str, str, Desk]:
    """Return the last request, the one before it, and a desk with everything tools have answered since."""
    said = [i for i, m in enumerate(messages) if isinstance(m, HumanMessage) and m.name != REPAIR]
    last = said[-1] if said else len(messages)
    request = str(messages[last].content) if said else ""
    earlier = str(messages[said[-2]].content) if len(said) > 1 else ""
    asked: dict[str, str] = {}
    desk = Desk(tools)
    for message in messages[last + 1 :]:
        if isinstance(message, AIMessage):
            asked |= {str(call["id"]): call_key(call["name"], call["args"]) for call in message.tool_calls}
        elif isinstance(message, ToolMessage):
            refused = message.status == "error"
            desk.answers[asked[message.tool_call_id]] = None if refused else json.loads(str(message.content))
    return request, earlier, desk
