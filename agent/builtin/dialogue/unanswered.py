"""What a message comes to that no fact and no search answers: a change of nothing, a wish no fact tells."""

from __future__ import annotations

from collections.abc import Sequence

from agent.builtin.dialogue.acts import Vary
from agent.builtin.dialogue.added_themes import is_led
from agent.builtin.dialogue.fragments import PEOPLE
from agent.builtin.dialogue.intent import asks_all_the_same, asks_beside, wishes
from agent.builtin.dialogue.recognition import changes_an_answer
from agent.builtin.dialogue.revisions import carry_out
from agent.builtin.dialogue.utterance import Utterance
from agent.builtin.dialogue.verdicts import accepts
from agent.builtin.interpret.spans import Span, Use, only_untold, runs
from agent.builtin.lexicon.load import tables, words
from agent.builtin.plan.proposal import proposal
from agent.builtin.plan.tool_session import Arguments
from agent.builtin.respond import sentences

_DONE = (("did",), ("has",), ("does",), ("had",))  # 'DID SHE make any comedies?'


def nothing_yet(utterance: Utterance) -> Arguments | None:
    """Answer what would change an answer, where there was none: 'not the second one'."""
    if _recalls(utterance):
        return proposal(act="acknowledge", note=sentences.NO_EARLIER)
    if utterance.names_something or utterance.reading.mentioned:
        return None
    if accepts(utterance):
        asks = asks_beside(utterance.chunks, tables("acts")["acceptance"])
        asks = asks or asks_all_the_same(utterance)
        return None if asks else proposal(act="acknowledge", note=sentences.GLAD)
    return proposal(act="decline", note=sentences.NOTHING_YET) if changes_an_answer(utterance) else None


def _recalls(utterance: Utterance) -> bool:
    """Tell whether a first message only speaks of an earlier answer: 'YOU RECOMMENDED Heat last time'."""
    told = tables("acts")["told by Usher"]
    if not utterance.has(*told) or utterance.names_something:
        return False
    own = {word for phrase in told for word in phrase.split()}
    wished = (words("questions", "lists") - own) & set(utterance.words)
    return not (wished or asks_beside(utterance.chunks, told))


def of_nobody(utterance: Utterance, answer: Arguments) -> bool:
    """Tell whether what is best known would answer a wish for somebody's: 'more films WITH HER'."""
    popular = answer.get("basis") == "popular" and not answer.get("conditions")
    whose = utterance.has(*tables("acts")["of somebody told"])
    told = not utterance.is_long and bool({"he", "she"} & set(utterance.words))
    asked = told and utterance.words[:1] in _DONE and utterance.words[1:2] in (("he",), ("she",))
    if asked and not utterance.reading.mentioned:
        return PEOPLE.isdisjoint(each["relation"] for each in answer.get("conditions") or ())
    return popular and (whose or (told and utterance.says("other work")))


def wish(utterance: Utterance, spans: Sequence[Span]) -> Arguments | None:
    """Answer a wish that no fact tells, after an answer: the same again, and what decided nothing is said."""
    if not utterance.state.items or not (wishes(utterance) or is_led(utterance) or only_untold(spans)):
        return None
    unused = [*runs(spans, Use.THEME), *runs(spans, Use.REMARK), *runs(spans, Use.UNUSED)]
    answer = carry_out(Vary(), utterance) if unused else None
    return answer and answer | {"unused": [*answer.get("unused", ()), *unused]}
