"""Words for a size that tell nothing here: of several counts, or of what no relation is called."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from agent.builtin.interpret.bounds_meant import bounds_of
from agent.builtin.interpret.compared import Draft, Phrase
from agent.builtin.interpret.fitting import told_anywhere
from agent.builtin.interpret.of_several import (
    is_added,
    is_day_and_night,
    is_of_part,
    is_of_several,
)
from agent.builtin.interpret.passing import is_before_noun, is_item
from agent.builtin.lexicon.load import tables, words
from agent.builtin.parse.bounds import Quantity
from agent.builtin.parse.measure_phrases import is_size
from agent.builtin.parse.measures import Measure

_FAR = 5  # lexemes from a quantity to what tells of several measures which is meant
_LENGTHS = frozenset("longest shortest highest lowest widest deepest greatest".split())
_BEFORE_NAMES = frozenset(
    "by of for in on with and or but the that which to from under over at please".split()
)


def is_untold_size(draft: Draft, phrase: Phrase, own: Sequence[Measure]) -> bool:
    """Tell whether a size may be of several counts, none of which is told: 'a SMALL venue'."""
    said = tuple(draft.words(phrase.first, phrase.end))
    if not draft.measures.own or not is_size(said):
        return False
    several = len(own) > 1 and not any(each.unit for each in own)
    return several or (len(own) > 0 and is_of_part(own[0], unnamed(draft)))


def rivals_of(draft: Draft, measure: Measure) -> list[Measure]:
    """Return a measure with the others that measure the same: the heights of the tower and of the light."""
    head = measure.name.rpartition("_")[2]
    if not draft.measures.own or measure.is_money or _is_end(measure):
        return [measure]
    others = (e for e in draft.measures.every if e is not measure and e.kind == measure.kind)
    others = (each for each in others if not _is_end(each))
    return [
        measure,
        *(e for e in others if e.name.endswith(f"_{head}") and e.unit == measure.unit),
    ]


def _is_end(measure: Measure) -> bool:
    """Tell whether a measure is an end of a range, or has a name of one word."""
    return "_" not in measure.name or measure.name.split("_")[0] in ("min", "max", "minimum", "maximum")


def is_of_other_noun(draft: Draft, phrase: Phrase) -> bool:
    """Tell whether an end is of something that no relation here is called: 'the LONGEST opening hours'."""
    said = tuple(draft.words(phrase.first, phrase.end))
    if not draft.measures.own or not (is_size(said) or (len(said) == 1 and said[0] in _LENGTHS)):
        return False
    end = phrase.end
    if end >= len(draft.said) or is_before_noun(draft, end):
        return False
    after = draft.said[end]
    small = after.text in _BEFORE_NAMES | words("measures", "first") | _closed()
    begins = any(each.first == end for each in draft.phrases)
    return after.text.isalpha() and not (small or after.named or begins or is_item(draft, end))


@cache
def _closed() -> frozenset[str]:
    return frozenset(word for section in tables("function").values() for word in section)


def told_among(
    draft: Draft, quantity: Quantity, candidates: list[tuple[Measure, list[int]]]
) -> list[tuple[Measure, list[int]]]:
    """Return the candidates of a quantity; none where the first is only one of several heights, say."""
    candidates = [each for each in candidates if not is_added(draft, quantity, *each)]
    if is_day_and_night(draft, quantity, candidates):
        return []
    first = next((m for m, _ in candidates if bounds_of(draft, quantity, m) is not None), None)
    rivals = (
        [m for m in rivals_of(draft, first) if bounds_of(draft, quantity, m)] if first is not None else []
    )
    named = next((named for m, named in candidates if m is first), [])
    if first is not None and is_of_several(draft, quantity, first, candidates):
        return _told_of_several(draft, quantity, candidates)
    if len(rivals) < len(("one", "other")) or first is None:
        return candidates
    said = [
        draft.said[i].text
        for i in range(max(0, quantity.first - _FAR), min(quantity.end + _FAR, len(draft.said)))
    ]
    told = told_anywhere(said, rivals)
    if told is not None:
        return [(told, named)]
    whole = " ".join(first.name.split("_")) in " ".join(said)
    return candidates if whole or quantity.low.is_clock else []


def _told_of_several(
    draft: Draft, quantity: Quantity, candidates: list[tuple[Measure, list[int]]]
) -> list[tuple[Measure, list[int]]]:
    """Return the one of several measures that a word near a quantity tells; none if none does."""
    near = range(max(0, quantity.first - _FAR), min(quantity.end + _FAR, len(draft.said)))
    fit = [each for each, _ in candidates if bounds_of(draft, quantity, each) is not None]
    told = told_anywhere([draft.said[i].text for i in near], fit)
    return [(told, [])] if told is not None else []


def unnamed(draft: Draft) -> list[str]:
    """Return the words that no name is of and nothing was read from."""
    return [
        e.text for i, e in enumerate(draft.said) if draft.measures.own and not (e.named or i in draft.taken)
    ]


def names_whole(draft: Draft, measure: Measure) -> bool:
    """Tell whether a measure is called by its whole name."""
    said, name = [each.text for each in draft.said], measure.name.split("_")
    return any(said[i : i + len(name)] == name for i in range(len(said) - len(name) + 1))
