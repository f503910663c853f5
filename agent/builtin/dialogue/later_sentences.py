"""A message whose first sentence only talks or takes something, and what is asked after it."""

from __future__ import annotations

import re

from agent.builtin.dialogue.acts import Accept
from agent.builtin.dialogue.revisions import carry_out
from agent.builtin.dialogue.small_talk import is_trimming, small_talk, spoken
from agent.builtin.dialogue.state import DialogueState
from agent.builtin.dialogue.utterance import Utterance
from agent.builtin.lexicon.load import words
from agent.builtin.parse.ordinals import positions
from agent.builtin.plan.proposal import proposal
from agent.builtin.plan.tool_session import Arguments

_SENTENCE = re.compile(r"[^.!?]*[.!?]+[\"')\u2019\u201d]*\s+")
_LEAST = 2  # words of a sentence that may ask for something


def after_talk(text: str) -> str:
    """Return a message without the sentences of small talk that it opens with; '' if it opens with none."""
    place = 0
    while (sentence := _SENTENCE.match(text, place)) is not None and _only_talks(sentence.group()):
        place = sentence.end()
    rest = text[place:].strip()
    talk = small_talk(spoken(rest)) if place else None
    return rest if talk is not None and not is_trimming(talk.rest) and len(talk.rest) >= _LEAST else ""


def _only_talks(sentence: str) -> bool:
    talk = small_talk(spoken(sentence))
    return bool(talk.kinds) and talk.kinds != ("start over",) and is_trimming(talk.rest)


def after_taking(text: str, state: DialogueState) -> str:
    """Return what is asked after a sentence that takes one of those shown: 'the second. who is in it?'."""
    sentence = _SENTENCE.match(text)
    if sentence is None or "?" in sentence.group() or "?" not in text[sentence.end() :]:
        return ""
    said = spoken(sentence.group())
    counted = [place for place in positions(said, len(state.shown)) if place < len(state.shown)]
    return text[sentence.end() :].strip() if counted or words("acts", "pointing") & set(said) else ""


def says_something(answer: Arguments) -> bool:
    """Tell whether an answer does more than talk back or say that nothing was understood."""
    told = answer.get("items") or answer.get("facts") or answer.get("question") or answer.get("corrections")
    return bool(told) or answer.get("act") == "inform"


def answer_taken(act: Accept, utterance: Utterance, told: Arguments) -> Arguments:
    """Return the answer to what is asked of an item that was just taken; what is not understood is said."""
    if says_something(told):
        return told
    taken = carry_out(act, utterance) or proposal(act="acknowledge")
    unused = told.get("unused") or ()
    return taken | {"act": "decline", "unused": list(unused)} if unused else taken
