"""The built-in model as a LangChain chat model.

Deterministic, no network, the same tool calls an LLM would make.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Any

from langchain_core.callbacks import CallbackManagerForLLMRun
from langchain_core.language_models import BaseChatModel, LanguageModelInput
from langchain_core.messages import AIMessage, BaseMessage, HumanMessage, SystemMessage
from langchain_core.outputs import ChatGeneration, ChatResult
from langchain_core.runnables import Runnable
from langchain_core.utils.function_calling import convert_to_openai_tool
from pydantic import ConfigDict

from agent.builtin.dialogue.state import DialogueState, SimilarityQuery
from agent.builtin.interpret.profile import is_bare_refusal
from agent.builtin.parse.chunks import Vocabulary
from agent.builtin.plan.search import SearchFilters
from agent.builtin.plan.tool_session import Call, NeedsTools, ToolSession, call_key
from agent.builtin.policy import decide
from agent.builtin.respond.sentences import STARTED_OVER
from agent.messages import PERSON, REPAIR, answered_calls
from tools.toolsets import FINDERS

_SURE = 0.5
_BY_LIKENESS = ("similar_items", "group_favourites", "search_items")


class BuiltinModel(BaseChatModel):
    """Reads the last request and what tools have answered since, and makes the next tool calls.

    It needs no instructions: of a system message it looks only whether something is known of the person.
    """

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
        request, state, session = _conversation(messages, tools)
        try:
            calls = [Call("recommend", decide(request, session, self.vocabulary, state))]
        except NeedsTools as needed:
            calls = needed.calls
        turn = len(messages)
        listed = [
            {"name": call.name, "args": call.arguments, "id": f"call-{turn}-{index}", "type": "tool_call"}
            for index, call in enumerate(calls)
        ]
        return ChatResult(generations=[ChatGeneration(message=AIMessage(content="", tool_calls=listed))])


def _conversation(
    messages: Sequence[BaseMessage], tools: frozenset[str]
) -> tuple[str, DialogueState | None, ToolSession]:
    """Return the last request, what it may follow up on, and a desk with what tools have answered since."""
    said = [i for i, m in enumerate(messages) if isinstance(m, HumanMessage) and m.name != REPAIR]
    last = said[-1] if said else len(messages)
    request = str(messages[last].content) if said else ""
    earlier = (str(messages[i].content) for i in reversed(said[:-1]))
    meant = next((each for each in earlier if not is_bare_refusal(each)), "")
    if meant and is_bare_refusal(request):
        request = f"{meant} ({request})"
    turns = [messages[start:end] for start, end in pairwise(said)]
    told = any(isinstance(m, SystemMessage) and PERSON in str(m.content) for m in messages)
    session = ToolSession(tools, knows_person=told)
    for name, arguments, answer in _answers(messages[last + 1 :]):
        session.answers[call_key(name, arguments)] = answer
    return request, _past(turns), session


def _answers(messages: Sequence[BaseMessage]) -> Iterator[tuple[str, dict[str, Any], Any]]:
    """Yield every answered call: name, arguments, and the result, None where the tool refused."""
    for call in answered_calls(messages):
        yield call.name, call.arguments, None if call.refused else json.loads(call.content)


def _past(turns: Sequence[Sequence[BaseMessage]]) -> DialogueState | None:
    """Return the last turn that recommended something; None if there is none since the last fresh start."""
    focus: str | None = None
    for turn in reversed(turns):
        calls = list(_answers(turn))
        said = next((args for name, args, answer in reversed(calls) if name == "recommend" and answer), None)
        if said is not None and said.get("note") == STARTED_OVER:
            return None
        if said is not None and said["items"]:
            if any(name in FINDERS for name, _, _ in calls):
                return replace(_past_of(said, calls), focus=focus)
            focus = focus or said["items"][0]  # a question about one item leaves the request as it was
    return DialogueState(focus=focus) if focus else None


def _past_of(said: dict[str, Any], calls: Sequence[tuple[str, dict[str, Any], Any]]) -> DialogueState:
    answered = [call for call in calls if call[2]]
    found = [(args, answer) for name, args, answer in answered if name in ("find_items", "search_items")]
    hits = {hit["id"]: hit for name, _, answer in answered if name in FINDERS for hit in answer["items"]}
    similarity = _likened(said, answered)
    by: dict[str, Any] = next(
        (args for args, _ in reversed(found) if args.get("conditions") == said["conditions"]), {}
    )
    if similarity is not None:
        by = similarity.call.arguments | {name: said[name] for name in ("none_of", "any_of") if name in said}
    likeliest = [
        mention["candidates"][0]
        for name, _, answer in answered
        if name == "link_entities"
        for mention in answer["mentions"]
    ]
    named = {each["id"]: each for each in likeliest if each["kind"] == "item" and each["score"] >= _SURE}
    titles = {item: {"title": each["label"], "year": each.get("year")} for item, each in named.items()}
    filters = SearchFilters(
        "",
        tuple(by.get("none_of", ())),
        tuple(by.get("any_of", ())),
        tuple(by.get("exclude_items", ())),
        (by.get("year_from"), by.get("year_to")),
        by.get("domain"),
    )
    return DialogueState(
        tuple(said["conditions"]),
        filters,
        tuple(said["items"]),
        titles | hits,
        tuple(named),
        similarity=similarity,
    )


def _likened(
    said: dict[str, Any], answered: Sequence[tuple[str, dict[str, Any], Any]]
) -> SimilarityQuery | None:
    """Return the tool of likeness that all recommended items came from, under the stated conditions."""
    for name, args, answer in answered:
        asked = name in _BY_LIKENESS and args.get("conditions", []) == said["conditions"]
        if asked and {hit["id"] for hit in answer["items"]} >= set(said["items"]):
            return SimilarityQuery(Call(name, args), answer)
    return None
