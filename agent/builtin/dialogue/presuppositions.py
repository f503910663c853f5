"""What a question takes for granted, checked: 'when did *Agatha Christie* write The Big Sleep?'."""

from __future__ import annotations

from typing import Any

from agent.builtin.dialogue.asked_items import best_of, items_of, labels
from agent.builtin.dialogue.utterance import Utterance
from agent.builtin.interpret.fact_questions import FactQuestion

Correction = dict[str, Any]
_MAKING = ("director", "author", "writer")


def presupposed_wrongly(utterance: Utterance, question: FactQuestion) -> list[Correction]:
    """Return the correction that a question needs: who is said to have made an item has no part in it."""
    taken, found = question.presupposition, None
    if taken is not None and taken.who.choices:
        found = items_of(utterance, question)
    if taken is None or not isinstance(found, list) or len(found) != 1 or not found[0]:
        return []
    names = {choice.label for choice in taken.who.choices}
    if any(names & set(held) for each in found[0] for held in each["relations"].values()):
        return []
    held = taken.who.choices[0].roles
    mainly = next((role for role in _MAKING if role in held), max(held, key=lambda role: held[role]))
    roles = tuple(role for role in taken.roles if role in held)
    if not roles and mainly not in _MAKING:
        return []
    theirs = [each for each in found[0] if any(labels(each, role) for role in held)] or found[0]
    each, role = best_of(utterance, theirs, roles or (mainly, *_MAKING))
    true = labels(each, role)
    return (
        [{"items": [each["id"]], "relation": role, "claimed": taken.who.text, "true": true}] if true else []
    )
