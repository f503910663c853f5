"""A scripted model that knows what a query wants: the fewest steps a language model could take.

It looks up what a careful one would (names, the claim, the references), each only if that is not done yet,
then finds everything in one step and recommends it. It is no measure of any model, but of the loop: how many
calls a request takes at least, and how much is sent with them.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Sequence
from typing import Any

from langchain_core.callbacks import CallbackManagerForLLMRun
from langchain_core.language_models import BaseChatModel
from langchain_core.messages import AIMessage, BaseMessage, HumanMessage, convert_to_openai_messages
from langchain_core.outputs import ChatGeneration, ChatResult
from langchain_core.runnables import Runnable

from agent.llm.spending import rough_tokens
from agent.looked_up import HEADING
from agent.messages import Answered, answered_calls
from bench.systems.assistant import years_of
from bench.types import Query

_SURE = 0.5
_ITEM = re.compile(r"^\".*?\": item (\S+?),?(?: |$)")
Wanted = tuple[str, dict[str, Any]]


class Ideal(BaseChatModel):
    """Answers one query after the other; `calls`, `sent` and `written` (tokens) add up.

    `tokens` counts those of what is sent; by default four characters are one.
    """

    query: Query
    tokens: Callable[[Any], int] | None = None
    calls: int = 0
    sent: int = 0
    written: int = 0

    @property
    def _llm_type(self) -> str:
        return "usher-ideal"

    def bind_tools(self, tools: Sequence[Any], **_: Any) -> Runnable[Any, AIMessage]:
        """Return the model with these tools, whose size counts."""
        return self.bind(tools=list(tools))

    def _generate(
        self,
        messages: list[BaseMessage],
        stop: list[str] | None = None,
        run_manager: CallbackManagerForLLMRun | None = None,
        tools: Sequence[dict[str, Any]] = (),
        **_: Any,
    ) -> ChatResult:
        listed = [
            {"name": name, "args": arguments, "id": f"ideal-{len(messages)}-{number}", "type": "tool_call"}
            for number, (name, arguments) in enumerate(self._next(messages))
        ]
        message = AIMessage("", tool_calls=listed)
        self.calls += 1
        self.sent += self._tokens([convert_to_openai_messages(messages), list(tools)])
        self.written += self._tokens(listed)
        return ChatResult(generations=[ChatGeneration(message=message)])

    def _tokens(self, sent: Any) -> int:
        return rough_tokens(sent) if self.tokens is None else self.tokens(sent)

    def _next(self, messages: Sequence[BaseMessage]) -> list[Wanted]:
        """Return the calls of the next step: those of the first stage that misses any."""
        done = list(answered_calls(messages))
        links = [call for call in done if call.name == "link_entities"]
        looked_up = HEADING in str(messages[_request(messages)].text)
        if not (links or looked_up):
            return [("link_entities", {"text": self.query.query})]
        missing = [] if looked_up else [wanted for wanted in self._facts() if not _has(done, *wanted)]
        if missing:
            return missing
        named = _named(messages) if looked_up else _linked(json.loads(links[0].content))
        wanted = self._finding(named)
        found = next((call for call in done if call.name == wanted[0]), None)
        return [self._answer(found)] if found else [wanted]

    def _facts(self) -> list[Wanted]:
        facts: list[Wanted] = []
        if claim := self.query.claim:
            said = {"relation": claim.relation, "value": claim.claimed}
            facts += [("check_fact", {"item": item, **said}) for item in claim.items]
        return facts + [
            ("resolve_reference", {"items": each.items, "relation": each.relation})
            for each in self.query.references
        ]

    def _finding(self, items: Sequence[str]) -> Wanted:
        query = self.query
        if query.conditions:
            stated = [condition.model_dump() for condition in query.conditions]
            return "find_items", {"conditions": stated, "exclude_items": query.ignore}
        if query.type == "demographic" and query.profile:
            who = query.profile.model_dump() | {"age": years_of(query.profile.age)}
            said = {name: value for name, value in who.items() if value is not None}
            return "group_favourites", {**said, "text": query.query}
        return ("similar_items", {"items": list(items)}) if items else ("search_items", {"text": query.query})

    def _answer(self, found: Answered) -> Wanted:
        claim = self.query.claim
        items = [] if found.refused else [hit["id"] for hit in json.loads(found.content)["items"]]
        corrections = claim and [
            claim.model_dump(include={"items", "relation", "claimed"}) | {"true": sorted(claim.truths)}
        ]
        conditions = [condition.model_dump() for condition in self.query.conditions]
        return "recommend", {"items": items, "conditions": conditions, "corrections": corrections or []}


def _request(messages: Sequence[BaseMessage]) -> int:
    """Return the place of the last request."""
    return max(place for place, message in enumerate(messages) if isinstance(message, HumanMessage))


def _named(messages: Sequence[BaseMessage]) -> list[str]:
    """Return the items that a request names, read off what was looked up for it."""
    looked = str(messages[_request(messages)].text).partition(HEADING)[2]
    lines = [line for line in looked.splitlines() if line.startswith('"') and "just words" not in line]
    return [found[1] for line in lines if (found := _ITEM.search(line))]


def _linked(links: dict[str, Any]) -> list[str]:
    """Return the items that a request names, read off its links."""
    named = [mention["candidates"][0] for mention in links["mentions"] if mention["candidates"]]
    return [each["id"] for each in named if each["kind"] == "item" and each["score"] >= _SURE]


def _has(done: Sequence[Answered], name: str, wanted: dict[str, Any]) -> bool:
    """Tell whether a fact was looked up already; the value of a claim may have been taken otherwise."""
    about = {key: value for key, value in wanted.items() if key != "value"}
    return any(
        call.name == name and all(_same(call.arguments.get(key), value) for key, value in about.items())
        for call in done
    )


def _same(one: Any, other: Any) -> bool:
    return set(one) == set(other) if isinstance(one, list) and isinstance(other, list) else bool(one == other)
