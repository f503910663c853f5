"""A message read in its conversation: names, places and years that only the turns before tell."""

from __future__ import annotations

from agent.builtin.dialogue.conversation_names import with_names_of_conversation
from agent.builtin.dialogue.item_bounds import with_item_bound
from agent.builtin.dialogue.lone_places import with_places
from agent.builtin.dialogue.same_time import with_same_time
from agent.builtin.dialogue.state import DialogueState
from agent.builtin.interpret.fact_questions import fact_questions
from agent.builtin.interpret.interpret import interpret
from agent.builtin.interpret.message import Message
from agent.builtin.interpret.uses import account
from agent.builtin.parse.vocabulary import Vocabulary
from agent.builtin.plan.tool_session import ToolSession


def in_context(
    text: str, said: Message, state: DialogueState, session: ToolSession, vocabulary: Vocabulary
) -> Message:
    """Return a message with what the conversation says of its names and years.

    Raises:
        NeedsTools: tools must answer first.
    """
    chunks, reading, spans = said.chunks, said.reading, said.spans
    if state.items or state.people:
        if named := with_names_of_conversation(chunks, spans, state, session):
            chunks, reading = named, interpret(text, named, vocabulary)
            said = said._replace(chunks=chunks, questions=fact_questions(chunks, reading))
        reading = with_places(reading) if state.items else reading
        spans = account(chunks, reading) if named or reading.places else spans
    dated = with_same_time(chunks, reading, state, session)
    if session.has("describe_item") and dated.years == reading.years:
        dated = with_item_bound(chunks, dated, state, session)
    if dated is not reading:
        reading, spans = dated, account(chunks, dated)
    return said._replace(reading=reading, spans=spans)
