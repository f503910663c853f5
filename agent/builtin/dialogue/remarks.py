"""What is said to small talk and to remarks, which ask for nothing; and to what is not understood."""

from __future__ import annotations

from collections.abc import Sequence

from agent.builtin.dialogue.intent import is_fragment
from agent.builtin.dialogue.small_talk import praises, small_talk
from agent.builtin.dialogue.utterance import Utterance, places_of
from agent.builtin.interpret.spans import Span, Use, runs
from agent.builtin.plan.proposal import proposal
from agent.builtin.plan.tool_session import Arguments
from agent.builtin.respond import sentences

_SAID = {
    "memory": ("acknowledge", sentences.MEMORY),
    "about": ("acknowledge", sentences.ABOUT),
    "help": ("acknowledge", sentences.ABOUT),
    "leave": ("acknowledge", sentences.LEAVING),
    "goodbye": ("acknowledge", sentences.GOODBYE),
    "thanks": ("acknowledge", sentences.WELCOME),
    "greeting": ("acknowledge", sentences.GREETING),
    "denial": ("acknowledge", sentences.ALRIGHT),
    "affirmation": ("acknowledge", sentences.GLAD),
    "reaction": ("acknowledge", sentences.GLAD),
    "doubt": ("acknowledge", sentences.ALRIGHT),
}


def talk_back(kind: str) -> Arguments:
    """Return what is said to a kind of small talk."""
    if kind == "start over":
        return proposal(act="acknowledge", note=sentences.STARTED_OVER)
    act, note = _SAID[kind]
    return proposal(act=act, note=note)


def remark(utterance: Utterance, spans: Sequence[Span]) -> Arguments:
    """Answer what asks for nothing."""
    if any(span.use == Use.UNKNOWN for span in spans):
        return proposal(act="decline", note=sentences.NAME_ANOTHER)
    if not asks_back(utterance) and places_of(utterance):
        return proposal(act="acknowledge", note=sentences.NOTED)  # 'the first one gave me the creeps'
    if ignored := _ignored(utterance, spans):
        return proposal(act="decline", note=sentences.UNREADABLE, unused=ignored)
    told = any(span.use in (Use.REMARK, Use.OPINION, Use.SMALL_TALK, Use.MENTION) for span in spans)
    talk = small_talk(utterance.spoken)
    if not utterance.state.items and set(talk.kinds) == {"reaction"} and (said := _praised(utterance, spans)):
        return proposal(act="decline", note=sentences.UNREADABLE, unused=said)
    kinds = [kind for kind in talk.kinds if kind in _SAID]
    if praises(utterance.spoken):
        kinds = ["thanks", *kinds]
    asks = "?" in utterance.reading.text and bool(utterance.state.items)
    if kinds and not (asks and set(kinds) <= {"reaction", "doubt", "affirmation", "denial"}):
        return talk_back(kinds[0])
    if asks:
        return proposal(act="decline", note=sentences.UNREADABLE)  # a question is not only noted
    content = (Use.THEME, Use.UNUSED, Use.UNKNOWN)
    if told or (utterance.state.items and not any(span.use in content for span in spans)):
        return proposal(act="acknowledge", note=sentences.NOTED)
    return proposal(act="decline", note=sentences.UNREADABLE)


def asks_back(utterance: Utterance) -> bool:
    """Tell whether a text after an answer is a question, or where there is no answer to speak of."""
    opens = utterance.words[:1] in (("which",), ("what",), ("who",), ("why",), ("how",))
    return "?" in utterance.reading.text or opens or not utterance.state.items


def _praised(utterance: Utterance, spans: Sequence[Span]) -> list[str]:
    """Return the words of a first message that is a noun phrase: 'beautiful CINEMATOGRAPHY'."""
    return [*runs(spans, Use.UNUSED), *runs(spans, Use.THEME)] if is_fragment(utterance) else []


def _ignored(utterance: Utterance, spans: Sequence[Span]) -> list[str]:
    """Return the words of a question or a fragment after an answer that decide nothing; none of a story."""
    state = utterance.state
    if not (state.items or state.focus) or praises(utterance.spoken):
        return []
    asks = "?" in utterance.reading.text or utterance.words[:1] in (("which",), ("what",), ("who",))
    if not asks and (not is_fragment(utterance) or small_talk(utterance.spoken).kinds):
        return []
    return [*runs(spans, Use.REMARK), *runs(spans, Use.MENTION)]


def with_who(answer: Arguments) -> Arguments:
    """Return an answer that says who speaks, which was asked beside it."""
    return answer | {"note": f"{sentences.WHO} {answer.get('note', '')}".strip()}
