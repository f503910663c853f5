"""What has no limit: 'unlimited data', 'no time limit', 'without a height restriction'."""

from __future__ import annotations

from collections.abc import Sequence

from agent.builtin.interpret.compared import Comparison, Draft
from agent.builtin.interpret.fitting import name_words
from agent.builtin.parse.measures import Measure
from kg.values import UNLIMITED

_LIMITLESS = frozenset("unlimited limitless uncapped unrestricted".split())
_NONE = frozenset("no without".split())
_LIMITS = frozenset("limit limits cap caps restriction restrictions maximum max cut cutoff".split())
_SMALL = frozenset("any a an the on for of to in is are there with whole off".split())
_DENYING = frozenset("not isnt arent no non without never except".split())
_REACH = 4  # lexemes from what says that there is no limit to what it is of


def read_limitless(draft: Draft) -> None:
    """Note that there should be no limit, of the measure that is named or the only one without one."""
    measures = [each for each in draft.measures.every if each.limitless]
    for i in range(len(draft.said)) if measures else ():
        if i in draft.taken or (draft.said[i].named and draft.said[i].text not in _LIMITLESS):
            continue
        if draft.said[i].text in _LIMITLESS:
            _note(draft, i, i + 1, measures, denied=draft.words(i - 1, i)[-1:] != [] and _is_denied(draft, i))
        elif draft.said[i].text in _NONE and (end := _past_limit(draft, i, measures)) is not None:
            _note(draft, i, end, measures, denied=False)


def _is_denied(draft: Draft, i: int) -> bool:
    return draft.said[i - 1].text in _DENYING


def _past_limit(draft: Draft, i: int, measures: Sequence[Measure]) -> int | None:
    """Return where 'no … LIMIT' ends; None where no limit is named near."""
    for j in range(i + 1, min(i + 1 + _REACH, len(draft.said))):
        word = draft.said[j].text
        if word in _LIMITS:
            off = draft.words(j + 1, j + 2) == ["off"]
            return j + 1 + off
        own = any(word.rstrip("s") in _told(each) for each in measures)
        if word not in _SMALL and not own:
            return None
    return None


def _told(measure: Measure) -> set[str]:
    """Return the words that a measure is called by, without those of limits."""
    return name_words(measure) - {word.rstrip("s") for word in _LIMITS}


def _note(draft: Draft, first: int, end: int, measures: Sequence[Measure], *, denied: bool) -> None:
    """Note that the measure named at or beside some lexemes has no limit, or, `denied`, that it has one."""
    measure, places = _meant(draft, first, end, measures)
    first -= denied
    if measure is None:
        draft.lost |= set(range(first, end))
        return
    first, end = min([first, *places]), max([end, *(place + 1 for place in places)])
    op = "<" if denied else "is"
    text = draft.text(first, end)
    draft.comparisons.append(Comparison(measure.name, op, UNLIMITED, text))  # type: ignore[arg-type]
    draft.take(range(first, end))


def _meant(
    draft: Draft, first: int, end: int, measures: Sequence[Measure]
) -> tuple[Measure | None, list[int]]:
    """Return which measure is named, and where: within the words, behind them, or before them."""
    behind = range(end, min(end + _REACH, len(draft.said)))
    before = range(first - 1, max(-1, first - 3), -1)
    for way in (range(first, end), behind, before):
        for i in way:
            word = draft.said[i].text.rstrip("s")
            named = [each for each in measures if word in _told(each)]
            if len(named) == 1:
                same = [j for j in way if draft.said[j].text.rstrip("s") in _told(named[0])]
                return named[0], same
            if not draft.said[i].text.isalpha() or draft.said[i].text in ("and", "or", "but", "with"):
                break
    return (measures[0] if len(measures) == 1 else None), []
