"""Several requests of one message answered as one list."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import zip_longest

from agent.builtin.plan.proposal import proposal
from agent.builtin.plan.tool_session import Arguments
from agent.builtin.respond import several as sentences

_SHOWN = 20


def interleaved(lists: Sequence[Sequence[str]]) -> list[str]:
    """Return the items of several lists, taking turns, each once."""
    turns = (item for row in zip_longest(*lists) for item in row if item is not None)
    return list(dict.fromkeys(turns))


def joined(answers: Sequence[Arguments]) -> Arguments:
    """Return several answers as one list: what all share is stated of all, one condition each of its own.

    Parts that found nothing under a condition are said, not shown.
    """
    parts = [answer for answer in answers if answer["items"] and answer["conditions"]]
    if len(parts) < 2:
        best = max(answers, key=lambda answer: len(answer["items"]))
        notes = (answer["note"] for answer in answers if answer is best or not answer["items"])
        return best | {"note": " ".join(dict.fromkeys(filter(None, notes)))}
    shared = [c for c in parts[0]["conditions"] if all(c in part["conditions"] for part in parts)]
    own = [[c for c in part["conditions"] if c not in shared] for part in parts]
    if any(own) and not all(own):
        return parts[0]
    if any(own) and any(len(each) != 1 or part.get("none_of") for each, part in zip(own, parts, strict=True)):
        said = sentences.some_of_each([(part["conditions"], part.get("none_of", ())) for part in parts])
        parts[0] = parts[0] | {"note": " ".join(filter(None, (said, parts[0]["note"])))}
    told_apart = all(own) and all(_telling(each)["relation"] != "year" for each in own)
    items = interleaved([part["items"][: _SHOWN // 2] for part in parts])
    corrections = [each for answer in answers for each in answer["corrections"]]
    told = [*parts, *(answer for answer in answers if answer not in parts)]
    note = " ".join(dict.fromkeys(answer["note"] for answer in told if answer["note"]))
    return proposal(items, shared, corrections, note, any_of=[_telling(each) for each in own if told_apart])


def some_of_each(answers: Sequence[Arguments]) -> Arguments | None:
    """Return the answers to wishes that stand apart as one list of some of each; None if they are no lists.

    What is proved of one is not stated of the others: the note says what each is for.
    """
    if len(answers) < 2 or any(
        answer.get("act", "recommend") != "recommend" or answer.get("also") for answer in answers
    ):
        return None
    found = [answer for answer in answers if answer["items"]]
    if len(found) < len(answers) or all(answer["conditions"] and _is_proved(answer) for answer in found):
        return _told_of_all(joined(answers), answers)
    said = sentences.some_of_each([(part["conditions"], part.get("none_of", ())) for part in found])
    notes = dict.fromkeys(answer["note"] for answer in answers if answer["note"])
    items = interleaved([part["items"][: _SHOWN // 2] for part in found])
    whole = proposal(items, (), (), " ".join([said, *notes]), basis="text")
    return _told_of_all(whole, answers)


def _is_proved(answer: Arguments) -> bool:
    return not answer.get("any_of") and answer.get("basis") in (None, "popular")


def _told_of_all(whole: Arguments, answers: Sequence[Arguments]) -> Arguments:
    """Return one answer for several with all that they did not use or know."""
    lost: dict[str, list[str]] = {
        name: list(dict.fromkeys(each for answer in answers for each in answer.get(name, ())))
        for name in ("unused", "unknown")
    }
    whole = whole | {name: said for name, said in lost.items() if said}
    popular = any(answer.get("basis") == "popular" for answer in answers) and not whole.get("basis")
    return whole | {"basis": "popular"} if popular and whole["items"] else whole


def _telling(conditions: Sequence[dict[str, str]]) -> dict[str, str]:
    """Return the condition that says most of a part: a name before a kind, both before a year."""
    order = {"year": 2, "genre": 1}
    return min(conditions, key=lambda condition: order.get(condition["relation"], 0))
