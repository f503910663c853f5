"""What a model is told before a conversation: its instructions, who asks, and what a dialogue has settled."""

from __future__ import annotations

import prompts
from agent.messages import DIALOGUE, PERSON, WISHES
from agent.standing_wishes import Wishes
from agent.state import Context, State
from agent.wishes_said import in_words
from tools.knowledge import Knowledge
from tools.toolsets import as_json

_LATEST = 5  # choices of the person


def briefing(context: Context, state: State) -> str:
    """Return the text of the system message; "" if there is nothing to tell."""
    return "\n\n".join(part for part in (context.system, present(context, state)) if part)


def present(context: Context, state: State) -> str:
    """Return what is told of this person and this turn alone; "" if there is nothing to tell."""
    parts = (_told(context.knowledge), _settled(context, state), _wished(context, state))
    return "\n\n".join(part for part in parts if part)


def _told(knowledge: Knowledge | None) -> str:
    """Return what a model is told of the person who asks; "" if nothing is known."""
    if knowledge is None or not knowledge.asker:
        return ""
    asker = knowledge.asker
    said = {"gender": asker.gender, "age": asker.age, "occupation": asker.occupation}
    profile = ", ".join(f"{name} {value}" for name, value in said.items() if value is not None)
    latest = [knowledge.graph.item(item).name for item in asker.history[-_LATEST:]]
    told = prompts.load(
        "agent/person",
        choices=str(len(asker.history)),
        latest="; ".join(latest) or "none",
        profile=profile or "nothing",
    )
    return f"{PERSON}\n{told}"


def _settled(context: Context, state: State) -> str:
    """Return what a model is told of a dialogue with a goal, as JSON; "" where there is none."""
    return f"{DIALOGUE}\n{as_json(state.get('dialogue') or {})}" if context.policy else ""


def _wished(context: Context, state: State) -> str:
    """Return what a model is told of wishes that stand, as JSON; "" where there are none."""
    knowledge = context.knowledge
    if knowledge is None or not (state.get("wishes") or knowledge.asker.wishes):
        return ""
    now = Wishes.of_data(state.get("wishes"))
    kept = [in_words(each, knowledge.graph) for each in knowledge.asker.wishes]
    told = {"kept_to": kept, "asked_for_all_the_same": [in_words(w, knowledge.graph) for w in now.lifted]}
    request = {"request": now.request} if now.request is not None else {}
    how = f"\n{prompts.load('agent/wishes')}" if context.language_model else ""
    return f"{WISHES}\n{as_json(told | request)}{how}"
