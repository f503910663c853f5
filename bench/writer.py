"""A language model as query writer: q = LLM(C, P), eq. 5 of arXiv 2503.09382; the prompts are ours."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from langchain_core.language_models import BaseChatModel
from langchain_core.messages import AIMessage, BaseMessage, HumanMessage, SystemMessage

import prompts
from bench.plans.types import Plan
from bench.read_back import Misread
from bench.types import QueryCondition
from bench.wording.check import kept, leaked, stated

VERSION = 2
ATTEMPTS = 3
AGAIN = "Write the request again."
_KINDS = {"movie": ("film", "films"), "book": ("book", "books")}
_WANTED = {
    "value": "the one who is named",
    "item": "whoever it was in these {}",
    "typo": "the one who is named",
}
_SHOWN = 10  # true items that a model is shown to name what they have in common

Titles = Callable[[str], str]


class ModelWriter:
    """Asks a chat model for the words of a plan, and again with what went wrong if they fail a check.

    The checks are the string check, and what reads a text back (`misread`), if there is one: a text of other
    relations than the plan's is written again. After the last attempt only the string check decides of it.
    """

    def __init__(self, model: BaseChatModel, misread: Misread | None = None):
        self.model = model
        self.misread = misread

    def write(self, plan: Plan, titles: Titles) -> str:
        """Return a request for a plan, after the last attempt whatever it says; `kept` decides of it."""
        said: list[BaseMessage] = [
            SystemMessage(instruction(plan)),
            HumanMessage(json.dumps(facts(plan, titles), ensure_ascii=False)),
        ]
        text, kept_text = "", ""
        for _ in range(ATTEMPTS):
            text = " ".join(str(self.model.invoke(said).text).split())
            complaint = faults(plan, text, titles)
            kept_text = kept_text if complaint else text
            if not complaint and self.misread is not None:
                complaint = " ".join(self.misread(plan, text))
                complaint += f" {AGAIN}" if complaint else ""
            if not complaint:
                return text
            said += [AIMessage(text), HumanMessage(complaint)]
        return kept_text or text


def instruction(plan: Plan) -> str:
    """Return the system prompt for a plan: `prompts/bench/writer*.md`, filled."""
    item, items = _KINDS[plan.domain]
    slots = {"items": items}
    if plan.type == "misinformed" and plan.claim is not None:
        slots["wanted"] = _WANTED[plan.claim.anchor].format(items)
    task = prompts.load(f"bench/writer_{plan.type}", **({} if plan.type == "explicit" else slots))
    style = prompts.load(
        f"bench/writer_{plan.style}", **({"item": item} if plan.style == "situational" else {})
    )
    return prompts.load("bench/writer", items=items, task=task, style=style)


def facts(plan: Plan, titles: Titles) -> dict[str, Any]:
    """Return what a request has to say, as the prompts call it; a hinted value is not among it."""
    told: dict[str, Any] = {"conditions": [_pair(each) for each in stated(plan)]}
    if plan.type == "interest":
        return {"chosen": [titles(i) for i in plan.seeds], "alike": [titles(i) for i in plan.truth]}
    if plan.type == "demographic":
        who = plan.profile.model_dump(exclude_none=True) if plan.profile else {}
        return {"person": who, "favourites": [titles(i) for i in plan.truth[:_SHOWN]]}
    if plan.references:
        told["hints"] = [
            {"relation": each.relation, "items": [titles(i) for i in each.items]} for each in plan.references
        ]
    if plan.claim is not None:
        told["belief"] = {
            "items": [titles(i) for i in plan.claim.items],
            "relation": plan.claim.relation,
            "value": plan.claim.claimed,
        }
    return told


def faults(plan: Plan, text: str, titles: Titles) -> str:
    """Return what the string check has against a text, as it is said to the model; "" if nothing."""
    missing, given_away = kept(plan, text, titles), leaked(plan, text, titles)
    said = [f"These are missing, letter by letter: {'; '.join(missing)}."] if missing else []
    said += [f"These must not be said: {'; '.join(given_away)}."] if given_away else []
    return " ".join([*said, AGAIN]) if said else ""


def _pair(condition: QueryCondition) -> dict[str, str]:
    return {"relation": condition.relation, "value": condition.value}
