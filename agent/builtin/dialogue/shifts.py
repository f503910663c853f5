"""Newer and older, better and lesser known items than those shown."""

from __future__ import annotations

from dataclasses import replace

from agent.builtin.dialogue import acts
from agent.builtin.dialogue.renewed_search import find_again, others_found
from agent.builtin.dialogue.utterance import Utterance
from agent.builtin.plan.proposal import proposal
from agent.builtin.plan.tool_session import Arguments
from agent.builtin.respond import sentences


def shift_years(act: acts.ShiftYears, utterance: Utterance) -> Arguments | None:
    """Return what is newer or older than those shown, or than the years that were asked for."""
    years = utterance.state.years
    if not years:
        return proposal(act="decline", note=sentences.NO_YEARS)
    middle = years[len(years) // 2] if act.newer else years[(len(years) - 1) // 2]
    first, last = utterance.state.filters.years
    bounds = (middle + 1, last) if act.newer else (first, middle - 1)
    if first is not None and last is not None:  # what was asked for lies within them, so older is before them
        bounds = (last + 1, None) if act.newer else (None, first - 1)
    answer = find_again(utterance, utterance.state.conditions, replace(utterance.state.filters, years=bounds))
    if answer is None or answer["items"]:
        return answer
    return proposal(act="decline", note=sentences.nothing_shifted(newer=act.newer))


def shift_fame(act: acts.ShiftFame, utterance: Utterance) -> Arguments | None:
    """Return what was not shown yet, the lesser known first where that is asked for."""
    answer = others_found(utterance)
    if answer is None or not answer["items"]:
        return proposal(act="decline", note=sentences.NO_MORE)
    return lesser_known(answer) if act.lesser else answer


def lesser_known(answer: Arguments) -> Arguments:
    """Return an answer with the less well-known half of its items before the others."""
    note = " ".join(filter(None, (answer.get("note", ""), sentences.LESSER)))
    middle = len(answer["items"]) // 2
    return answer | {"items": [*answer["items"][middle:], *answer["items"][:middle]], "note": note}
