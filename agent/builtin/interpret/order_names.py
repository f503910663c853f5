"""Of what an order is: by a name after 'by', or by a word that only one of several measures is called by."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from itertools import pairwise

from agent.builtin.interpret.compared import Draft, Phrase, Sort
from agent.builtin.interpret.fitting import distinct_words, told_anywhere
from agent.builtin.interpret.size_words import (
    is_of_other_noun,
    is_untold_size,
    names_whole,
    rivals_of,
    unnamed,
)
from agent.builtin.lexicon.load import tables, words
from agent.builtin.parse.lexemes import lexemes
from agent.builtin.parse.measures import Measure
from kg.types import Kind

_KNOWN = frozenset("read saw seen watched have ve ever had know knew loved liked own".split())
_NEAR = 3  # lexemes from an end back to what tells its measure
_REACH = 5  # lexemes from an end to what tells its measure
_VERY = frozenset("the very absolute single actual".split())
_PARTING = frozenset((",", ".", ";", "and", "but", "under", "over", "below", "above"))


def names_end(draft: Draft, start: int, phrase: Phrase, measure: Measure) -> bool:
    """Tell whether a name only says what an end is of: 'the longest trail BY DISTANCE'."""
    ends = (e for e in draft.free() if measure in e.measures("lowest", "highest") or _is_any_end(draft, e))
    return draft.words(start, phrase.first) in (["by"], ["in", "terms", "of"]) and any(ends)


def _is_any_end(draft: Draft, phrase: Phrase) -> bool:
    """Tell whether an end may be of any measure: 'the SMALLEST by weight'."""
    said = draft.words(phrase.first, phrase.end)
    ends = (*tables("measures")["any lowest"], *tables("measures")["any highest"])
    return len(said) == 1 and said[0] in ends and bool(phrase.measures("lowest", "highest"))


def named_for(draft: Draft, end: Phrase, own: Sequence[Measure]) -> tuple[Measure, range] | None:
    """Return which of several measures an end is of, by a name after 'by', and where that stands."""
    general = _is_any_end(draft, end)
    for phrase in draft.free():
        start = sorting_before(draft, phrase.first)
        named = (each for each in phrase.measures("name", "verb") if each.kind == Kind.NUMBER)
        measure = next((each for each in named if general or each in own), None)
        if start is not None and measure is not None and names_end(draft, start, phrase, measure):
            return measure, range(start, phrase.end)
    return None


def measure_of_end(
    draft: Draft, phrase: Phrase, own: Sequence[Measure], likeliest: Measure
) -> Measure | None:
    """Return which measure an end is of; None where none of several is told, or nothing here is called so."""
    if (named := named_for(draft, phrase, own) or told_apart(draft, phrase, own)) is not None:
        draft.take(named[1])
        return named[0]
    if (told := told_anywhere(unnamed(draft), own)) is not None:
        return told
    rivals = rivals_of(draft, likeliest)
    if len(rivals) > 1 and not names_whole(draft, likeliest):
        return told_anywhere(unnamed(draft), rivals)
    lost = is_untold_size(draft, phrase, own) or is_of_other_noun(draft, phrase)
    return None if lost else likeliest


def read_told_directions(draft: Draft) -> None:
    """Note 'FROM HIGH TO LOW price', 'price LOW TO HIGH': words of direction beside a name."""
    for descending, section in ((False, "ascending"), (True, "descending")):
        for said in sorted(tables("measures")[section], key=len, reverse=True) if draft.measures.own else ():
            length = len(said.split())
            for i in range(len(draft.said) - length + 1):
                if draft.text(i, i + length) == said:
                    _read_told_direction(draft, range(i, i + length), descending=descending)


def _read_told_direction(draft: Draft, told: range, *, descending: bool) -> None:
    """Note an order whose direction is told, by the measure that is named right behind or before."""
    small = (["in"], ["by"], [","], ["("], [":"], ["with"])
    behind = told.stop + (draft.words(told.stop, told.stop + 1) in (["in"], ["by"]))
    ends = told.start - (draft.words(told.start - 1, told.start) in small)
    starts = [behind, *(i for i in range(max(0, ends - _NEAR), ends) if _name_at(draft, i)[1] == ends)]
    for start in starts:
        measure, end = _name_at(draft, start)
        whole = range(min(start, told.start), max(end, told.stop))
        if measure is None or sorting_before(draft, start) is not None or not draft.taken.isdisjoint(whole):
            continue
        draft.sorts.append(Sort(measure.name, descending, text=draft.text(whole.start, whole.stop)))
        draft.take(whole)
        return


def _name_at(draft: Draft, i: int) -> tuple[Measure | None, int]:
    """Return the measure that is named at a lexeme, and where its name ends."""
    if i >= len(draft.said) or draft.said[i].named:
        return None, i
    length, forms = draft.measures.said_at(draft.words(i, len(draft.said)), 0)
    own = Phrase(i, i + length, forms).measures("name")
    return next((each for each in own if each.kind != Kind.FLAG), None), i + length


def told_apart(draft: Draft, phrase: Phrase, own: Sequence[Measure]) -> tuple[Measure, range] | None:
    """Return which of several measures an end is of, by a word that only it is called by: 'to the BEACH'."""
    behind = range(phrase.end, min(phrase.end + _REACH, len(draft.said)))
    before = range(phrase.first - 1, max(-1, phrase.first - 1 - _NEAR), -1)  # 'AVAILABLE the earliest'
    lengths = words("measures", "lengths") & set(draft.words(phrase.first, phrase.end))
    long = bool(lengths) and any(each.unit for each in own)  # 'the longest EPISODES' are not the most
    for way in (behind, before):
        for i in way:
            if draft.said[i].text in _PARTING:
                break
            word = draft.said[i].text
            named = (each for each in own if word.rstrip("s") in distinct_words(each, own))
            measure = next((each for each in named if not (long and not each.unit)), None)
            if measure is not None:
                return measure, range(i, i + 1)
    return None


def sorting_before(draft: Draft, first: int) -> int | None:
    """Return where words that sort begin, which end right before a lexeme; None if none do."""
    at = first - (draft.words(first - 1, first) in (["the"], ["their"], ["its"]))
    for phrase in _sorting():
        if tuple(draft.words(at - len(phrase), at)) == phrase and at >= len(phrase):
            if phrase == ("by",) and draft.words(at - 2, at - 1) in (["directed"], ["written"], ["made"]):
                return None
            return at - len(phrase)
    return None


@cache
def _sorting() -> tuple[tuple[str, ...], ...]:
    spoken = (tuple(each.text for each in lexemes(phrase)) for phrase in tables("measures")["sorting"])
    return tuple(sorted(spoken, key=lambda each: -len(each)))


def is_told(draft: Draft, phrase: Phrase, *, noun: bool) -> bool:
    """Tell whether an end is told of what somebody knows or has: 'the BEST book I read', 'my OLDEST son'."""
    owned = draft.words(phrase.first - 1, phrase.first)
    if owned and owned[0] in ("my", "our", "your") and not noun:
        return True
    after = draft.words(phrase.end, phrase.end + _REACH)
    told = [word for who, word in pairwise(after) if who in ("i", "we", "he", "she")]
    behind = draft.words(len(draft.said) - 1, len(draft.said))
    mine = draft.measures.own and behind == told[-1:]  # 'the CHEAPEST game I OWN', of those of the table
    return bool(set(told) & _KNOWN) and not mine


def leave_out_denied(draft: Draft) -> None:
    """Take the ends that are not wanted beside others: 'NOT THE VERY FASTEST, the second fastest'."""
    ends = [e for e in draft.free() if e.measures("lowest", "highest")]
    for phrase in ends[:-1]:
        at = phrase.first - 1
        while at > 0 and draft.said[at].text in _VERY:
            at -= 1
        if draft.words(at, at + 1) in (["not"], ["isnt"], ["arent"]) and draft.said[at + 1].text == "the":
            draft.take(range(at, phrase.end))


def past_first(draft: Draft, end: int) -> int:
    """Return where it ends that something comes first, 'longest ON TOP'; 0 if nothing does."""
    said = (phrase.split() for phrase in tables("measures")["first"])
    found = (end + len(each) for each in said if draft.words(end, end + len(each)) == each)
    return max(found, default=0)


def past_name(draft: Draft, end: int, measure: Measure) -> int:
    """Return where the name of a measure ends that stands behind an end of it: 'cheapest WEEKDAY FEE'."""
    at = end
    while draft.measures.own and at < len(draft.said) and draft.said[at].text in measure.name.split("_"):
        at += 1
    return at
