"""The last answer again, after a message that asks for nothing new."""

from __future__ import annotations

from agent.builtin.dialogue.renewed_search import find_again
from agent.builtin.dialogue.small_talk import spoken
from agent.builtin.dialogue.state import DialogueState
from agent.builtin.dialogue.utterance import Utterance
from agent.builtin.interpret.message import understood
from agent.builtin.interpret.request import ParsedRequest
from agent.builtin.parse.vocabulary import Vocabulary
from agent.builtin.plan.proposal import proposal
from agent.builtin.plan.tool_session import Arguments, ToolSession


def once_more(text: str, session: ToolSession, vocabulary: Vocabulary, state: DialogueState) -> Arguments:
    """Return the last answer again, after a message that only says what is not wanted over requests.

    Raises:
        NeedsTools: tools must answer first.
    """
    links = session.call("link_entities", text=text) if session.has("link_entities") else None
    if links is None:
        return proposal(act="acknowledge")
    said = understood(text, links, vocabulary)
    words = tuple(spoken(text))
    utterance = Utterance(said.chunks, ParsedRequest(text), state, words, session, words, said.questions)
    found = find_again(utterance, state.conditions, state.filters)
    return found if found and found["items"] else proposal(act="acknowledge")
