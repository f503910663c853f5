"""Questions about what could not be found: 'is Zorg from 1985?', and then 'HOW MANY PAGES IS IT'."""

from __future__ import annotations

from agent.builtin.dialogue.utterance import Utterance, places_of
from agent.builtin.lexicon.load import words
from agent.builtin.plan.proposal import proposal
from agent.builtin.plan.tool_session import Arguments
from agent.builtin.respond import facts as sentences

_FEW = 7  # words of a question that names nothing


def of_the_lost(utterance: Utterance) -> Arguments | None:
    """Answer what is asked of a name that the last answer did not know, where nothing else is named."""
    said, lost = utterance.words, utterance.state.lost
    asks = said[:1] != () and said[0] in words("questions", "asks of one item") and len(said) <= _FEW
    others = set(said) & words("questions", "of no one item") or places_of(utterance)
    if not (lost and asks) or others or utterance.names_something or utterance.reading.mentioned:
        return None
    whole = [each for each in lost if not any(other != each and other in each for other in lost)]
    return proposal(act="decline", note=sentences.unknown(whole))
