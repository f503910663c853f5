"""Short turns about who was named last: 'both of them', 'neither', 'and without?', 'and with?'."""

from __future__ import annotations

from agent.builtin.dialogue.acts import Allow, Together, Without
from agent.builtin.dialogue.fragments import PEOPLE
from agent.builtin.dialogue.utterance import Utterance
from agent.builtin.lexicon.load import words
from agent.builtin.plan.search import Stated

_BESIDE = frozenset("now or what about again ok then".split())
_NEITHER = (["neither"], ["none", "of", "them"], ["neither", "of", "them"])
_TWO = 2


def turned(utterance: Utterance) -> Without | Allow | None:
    """'and without?', 'and with?': who was asked for last is ruled out, or who was ruled out is asked for."""
    said, ruled = _said(utterance), _people(utterance.state.filters.none_of)
    held = _people(utterance.state.conditions)
    if said == ["without"] and held:
        return Without((held[-1],))
    return Allow((ruled[-1][1],), wanted=True) if said == ["with"] and ruled else None


def together(utterance: Utterance) -> Together | None:
    """'films with both of them', 'what else are they both in', 'neither': the two people named last."""
    neither = _said(utterance) in _NEITHER
    both = utterance.says("both of them") or _said(utterance) in (["both"], ["together"])
    reading = utterance.reading
    names = reading.wanted or reading.mentioned or reading.none_of
    if not (both or neither) or names or utterance.is_long:
        return None
    two = _last_two(utterance)
    if len(two) < _TWO:
        return Together(()) if utterance.says("both of them") and utterance.has("with", "by") else None
    return Together(two, denied=neither)


def _last_two(utterance: Utterance) -> tuple[tuple[str, str], ...]:
    """Return the two people named last, each with its relation: of those asked for together, the last."""
    state = utterance.state
    told = [
        (p.relation, p.label) for p in state.people if p.relation in PEOPLE and p.label not in state.crowd
    ]
    named = {label: (relation, label) for relation, label in [*_people(state.conditions)[::-1], *told][::-1]}
    latest = list(named.values())[::-1]
    alike = [each for each in latest if each[0] == latest[0][0]] if latest else []
    return tuple((alike if len(alike) >= _TWO else latest)[:_TWO])


def _people(stated: tuple[Stated, ...]) -> list[tuple[str, str]]:
    return [(each["relation"], each["value"]) for each in stated if each["relation"] in PEOPLE]


def _said(utterance: Utterance) -> list[str]:
    """Return the words of a text without those that only lead to it."""
    return [word for word in utterance.words if word not in words("acts", "before a denial") | _BESIDE]
