"""Other items than those shown by what can be compared: 'cheaper', 'something shorter', 'too expensive'.

Below is what is below each item shown; where there is none, what is below the middle of them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from agent.builtin.dialogue.acts import CompareShown, Refine
from agent.builtin.dialogue.asked_items import labels
from agent.builtin.dialogue.revised_request import revised
from agent.builtin.dialogue.state import DialogueState
from agent.builtin.dialogue.utterance import Utterance, places_of
from agent.builtin.interpret.request import ParsedRequest
from agent.builtin.parse.vocabulary import Vocabulary
from agent.builtin.plan.proposal import proposal
from agent.builtin.plan.tool_session import Arguments, Call, ToolSession
from agent.builtin.respond import quantities as sentences

_OFFERS = (("how", "about"), ("what", "about"))


def compare_shown(utterance: Utterance) -> CompareShown | None:
    """'cheaper', 'shorter ones', 'a bit cheaper', 'that is too expensive'."""
    reading = utterance.reading
    if not utterance.state.items or not reading.shifts or utterance.is_long or reading.mentioned:
        return None
    domain = reading.domain and _domain_shown(utterance.state, utterance.session)
    told_about = "about" in utterance.words[2 if utterance.words[:2] in _OFFERS else 0 :]
    if reading.wanted or told_about or (domain and domain != reading.domain):
        return None  # a request of its own
    shift = reading.shifts[0]
    if any(each.relation == shift.relation for each in reading.comparisons):
        return None  # 'too long, under two hours' says itself how long
    return CompareShown(shift.relation, shift.lower, tuple(shift.text.split()))


def measured_as_shown(
    reading: ParsedRequest, state: DialogueState, session: ToolSession, vocabulary: Vocabulary
) -> Vocabulary | None:
    """Return the vocabulary in which 'longer' is of what was shown, films or books; None if that is told.

    A catalogue of one domain needs none.
    """
    compares = reading.comparisons or reading.sorts or reading.shifts or reading.asked
    if (
        not (compares and state.items and vocabulary.measures.of_domain)
        or reading.domain
        or reading.mentioned
    ):
        return None
    own = vocabulary.measures.of_domain.get(_domain_shown(state, session) or "")
    return replace(vocabulary, measures=own) if own is not None else None


def _domain_shown(state: DialogueState, session: ToolSession) -> str | None:
    """Return the domain of the first item shown."""
    described = session.call("describe_item", item=state.items[0]) if session.has("describe_item") else None
    return described["domain"] if described else None


def search_beyond(act: CompareShown, utterance: Utterance) -> Arguments | None:
    """Search for what is below, or above, the items shown."""
    if not utterance.session.has("describe_item"):
        return None
    state = utterance.state
    places = [place for place in places_of(utterance) if place < len(state.shown)]
    items = [state.shown[place] for place in places] or list(state.shown)
    described = utterance.session.call_all([Call("describe_item", {"item": item}) for item in items])
    held = [values for each in described if each and (values := labels(each, act.relation))]
    if not held:
        return proposal(act="decline", note=sentences.none_known(act.relation))
    values = sorted((each[0] if act.lower else each[-1] for each in held), key=_key)
    sorted_so = any(
        each["relation"] == act.relation and each["descending"] != act.lower for each in state.filters.sort
    )
    open_ended = _without_bounds(utterance, act.relation)
    for value in _thresholds(values, lower=act.lower)[: 1 if sorted_so else 2]:
        condition = {"relation": act.relation, "op": "<" if act.lower else ">", "value": value}
        for way in (utterance, open_ended):
            answer = revised(Refine(), way, compared=(condition,))
            if answer is not None and answer["items"]:
                return answer
    return proposal(act="decline", note=sentences.nothing_beyond(act.relation, lower=act.lower))


def _without_bounds(utterance: Utterance, relation: str) -> Utterance:
    """Return the utterance after a request that did not compare this relation."""
    filters = utterance.state.filters
    kept = tuple(each for each in filters.compared if each["relation"] != relation)
    return replace(utterance, state=replace(utterance.state, filters=replace(filters, compared=kept)))


def _thresholds(values: Sequence[str], *, lower: bool) -> list[str]:
    """Return the value that is beyond all of those shown, then their middle."""
    middle = values[(len(values) - 1) // 2] if lower else values[len(values) // 2]
    return list(dict.fromkeys((values[0] if lower else values[-1], middle)))


def _key(label: str) -> tuple[float, str]:
    try:
        return float(label), label
    except ValueError:
        return 0.0, label
