"""A language model that orders proved items: it never adds one, drops one or changes what is proved."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from langchain_core.messages import HumanMessage

import prompts
from agent.answer import Line
from agent.llm.errors import Unanswered
from tools.knowledge import Knowledge

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel

MOST = 50  # items of a list that are put in order; the others stay behind them
_LATEST = 10  # choices of the person that it is told
_WORDS = 2_000  # characters of the request
_LIST = re.compile(r"\[[\d\s,]*\]")


class Ordered(NamedTuple):
    """The same lines in an order, and the tokens it took."""

    lines: tuple[Line, ...]
    tokens: int = 0


def order(model: BaseChatModel, knowledge: Knowledge, request: str, lines: Sequence[Line]) -> Ordered:
    """Return proved lines in the order a model gives them; as they were, if its reply is no such order.

    A server that gives no answer leaves them as they were too: the answer itself is found already.
    """
    head, tail = tuple(lines[:MOST]), tuple(lines[MOST:])
    prompt = prompts.load(
        "agent/ranker",
        count=str(len(head)),
        items="\n".join(f"{number}. {_described(line)}" for number, line in enumerate(head, 1)),
        person=_known(knowledge),
        request=request[:_WORDS],
    )
    try:
        reply = model.invoke([HumanMessage(prompt)], response_format=schema(len(head)))
    except Unanswered:
        return Ordered((*head, *tail))
    usage = getattr(reply, "usage_metadata", None)
    tokens = int(usage["total_tokens"]) if usage else 0
    return Ordered((*(head[place] for place in places(str(reply.text), len(head))), *tail), tokens)


def schema(count: int) -> dict[str, Any]:
    """Return the response format of an order: as many numbers as there are things, each one of them.

    That each comes once no server enforces; `places` checks it.
    """
    number = {"type": "integer", "enum": list(range(1, count + 1))}
    order = {"type": "array", "items": number, "minItems": count, "maxItems": count}
    whole = {
        "type": "object",
        "properties": {"order": order},
        "required": ["order"],
        "additionalProperties": False,
    }
    return {"type": "json_schema", "json_schema": {"name": "order", "strict": True, "schema": whole}}


def places(reply: str, count: int) -> list[int]:
    """Return the order that a reply gives `count` things, from 0; as they were if it is no order of them.

    The one JSON list of the reply counts; it must hold every number from 1 to `count` once.
    """
    found = _LIST.findall(reply)
    try:
        given = json.loads(found[0]) if len(found) == 1 else []
    except ValueError:
        given = []
    whole = sorted(given) == list(range(1, count + 1))
    return [number - 1 for number in given] if whole else list(range(count))


def _described(line: Line) -> str:
    year = f" ({line.year})" if line.year else ""
    facts = "; ".join(f"{relation}: {label}" for relation, label in line.proof)
    return f"{line.title}{year}" + (f", {facts}" if facts else "")


def _known(knowledge: Knowledge) -> str:
    """Return what is known of the person who asks, in words."""
    asker, graph = knowledge.asker, knowledge.graph
    said = (("gender", asker.gender), ("age", asker.age), ("occupation", asker.occupation))
    parts = [f"{name} {value}" for name, value in said if value is not None]
    chosen = [graph.item(item).name for item in asker.history[-_LATEST:]]
    parts += [f"chose, the latest last: {'; '.join(chosen)}"] if chosen else []
    disliked = [graph.item(item).name for item in asker.history if item in asker.dislikes][-_LATEST:]
    parts += [f"did not like: {'; '.join(disliked)}"] if disliked else []
    return ". ".join(parts) or "nothing"
