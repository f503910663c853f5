"""What is asked or said of those shown: 'which of these are French?', 'these are all American'."""

from __future__ import annotations

from collections.abc import Iterator

from agent.builtin.dialogue.utterance import Utterance
from agent.builtin.interpret.request import Constraint
from agent.builtin.lexicon.load import tables, words
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


def complained_of(utterance: Utterance) -> Iterator[Constraint]:
    """Yield the names that are said of what was shown: 'these are all *American*', 'too many *Germans*'."""
    for wanted in utterance.reading.wanted:
        place = max((i for i, c in enumerate(utterance.chunks) if c.text == wanted.name.text), default=0)
        marks = [i for i in range(place) if utterance.chunks[i].kind == "mark"]
        before = [c.text for c in utterance.chunks[max(marks, default=-1) + 1 : place]]
        said = f" {' '.join(before)} "
        if any(f" {phrase} " in said for phrase in tables("acts")["complaining"]) or _says_of_all(before):
            yield wanted


def _says_of_all(before: list[str]) -> bool:
    """Tell whether words say what those shown are: 'they are all', 'these seem', 'all'; not a question."""
    if before in (["all"], ["mostly"], ["again", "all"]):
        return True
    pointing = words("acts", "pointing at all") & set(before[:3])
    return (
        bool(pointing)
        and bool(words("acts", "being") & set(before))
        and before[0] not in words("acts", "asking")
    )
