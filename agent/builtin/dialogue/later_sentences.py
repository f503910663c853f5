"""A message whose first sentence only talks or takes something, and what is asked after it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from agent.builtin.dialogue.acts import Accept
from agent.builtin.dialogue.revisions import carry_out
from agent.builtin.dialogue.small_talk import is_trimming, small_talk, spoken
from agent.builtin.dialogue.state import DialogueState
from agent.builtin.dialogue.utterance import Utterance
from agent.builtin.lexicon.load import tables, words
from agent.builtin.parse.ordinals import positions
from agent.builtin.plan.proposal import proposal
from agent.builtin.plan.search import SearchFilters
from agent.builtin.plan.tool_session import Arguments
from agent.builtin.respond.sentences import enjoy

_SENTENCE = re.compile(r"[^.!?]*[.!?]+[\"')\u2019\u201d]*\s+")
_TAKEN = enjoy("")[:-1] + " "  # the item is named behind it
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


def title_taken(said: Sequence[str], state: DialogueState | None) -> str:
    """Return the title of one of those shown that a text names, or '': 'HEAT, that's tonight sorted'."""
    spoken_text = f" {' '.join(said)} "
    titles = [str(state.hits.get(item, {}).get("title", "")) for item in state.shown] if state else []
    return next((each for each in titles if each and f" {' '.join(spoken(each))} " in spoken_text), "")


def after_refusal(utterance: Utterance) -> Utterance:
    """Return what is wished for behind a sentence that turns the last list down, with nothing of that held.

    'No, too slow for me. A THRILLER', 'never mind. A GOOD BIOGRAPHY'; a kind that only takes the place of
    another leaves the rest of what was asked.
    """
    chunks, reading, state = utterance.chunks, utterance.reading, utterance.state
    starts = [c.sentence for c in chunks if c.kind in ("entity", "category", "title")]
    begun = min(starts, default=0)  # the sentence that names what is wished for
    first = [c for c in chunks if c.sentence < begun]
    said = " ".join(c.text.casefold() for c in first if c.kind != "mark")
    rest = [c for c in chunks if c.sentence >= begun]
    if not first or not rest or not state.items or not (reading.categories or reading.wanted):
        return utterance
    plain = " ".join(spoken(said))
    given_up = plain in tables("acts")["given up alone"]
    turned = f" {plain} "
    refused = any(f" {phrase} " in turned for phrase in tables("acts")["rejection"])
    held = {each["relation"] for each in state.conditions}
    whole = not held & ({"genre"} if reading.categories else set()) and bool(reading.categories)
    led = rest[0].text in words("acts", "openers") - words("acts", "weak openers") or rest[0].text in _JOINED
    led = led or bool({"more", "less", "bit", "little"} & {c.text for c in rest})  # 'a bit more action'
    if led or not (given_up or (refused and reading.categories)):
        return utterance
    anew = whole or given_up
    domain = None if given_up else state.filters.domain
    filters = SearchFilters("", exclude=state.filters.exclude, domain=domain) if anew else state.filters
    held_on = () if anew else tuple(c for c in state.conditions if c["relation"] != "genre")
    fresh = replace(state, conditions=held_on, similarity=None, filters=filters.without(state.shown))
    kept = tuple(word for c in rest if c.kind != "mark" for word in spoken(c.text))
    return replace(utterance, state=fresh, words=kept)


_JOINED = frozenset("something anything one ones more others".split())


def says_something(answer: Arguments) -> bool:
    """Tell whether an answer does more than talk back or say that nothing was understood."""
    told = answer.get("items") or answer.get("facts") or answer.get("question") or answer.get("corrections")
    taken = str(answer.get("note", "")).startswith(_TAKEN) and answer.get("act") == "acknowledge"
    return bool(told) or taken or answer.get("act") == "inform"


def answer_taken(act: Accept, utterance: Utterance, told: Arguments) -> Arguments:
    """Return the answer to what is asked of an item that was just taken; what is not understood is said."""
    if says_something(told):
        return told
    taken = carry_out(act, utterance) or proposal(act="acknowledge")
    unused = told.get("unused") or ()
    return taken | {"act": "decline", "unused": list(unused)} if unused else taken
