"""Questions that ask of those shown: 'which of these are French?', 'is she in any of them?'."""

from __future__ import annotations

from agent.builtin.dialogue.utterance import Utterance
from agent.builtin.lexicon.load import words
from agent.builtin.plan.tool_session import Arguments
from agent.builtin.respond.several import NONE_SHOWN


def asks_of_shown(utterance: Utterance) -> bool:
    """Tell whether a text asks which of those shown are of a kind, or whether any is."""
    asks = "?" in utterance.reading.text or utterance.words[0] in words("acts", "asking of those")
    several = len(utterance.state.items) > 1 and utterance.says("of those shown")
    return asks and several and not utterance.says("more like those")


def among_shown(answer: Arguments | None, utterance: Utterance) -> Arguments | None:
    """Return of what was found only what was shown, where a text asks of that; the rest if none was."""
    if answer is None or not answer["items"] or not asks_of_shown(utterance):
        return answer
    shown = [item for item in answer["items"] if item in utterance.state.shown]
    if shown or utterance.reading.sorts:
        return answer | {"items": shown or answer["items"]}
    return answer | {"note": " ".join(filter(None, (NONE_SHOWN, answer["note"])))}
