"""What no condition can state: missing values ('energy class NOT GIVEN'), columns that are compared.

'wider than it is tall' compares two values of each item with one another.
"""

from __future__ import annotations

from collections.abc import Iterator

from agent.builtin.interpret.compared import Draft, Phrase
from agent.builtin.interpret.date_orders import deeds
from agent.builtin.lexicon.load import tables, words
from kg.types import Kind

_SMALL = frozenset(
    "is are was were has have been being of the a an it its whether which still we not do dont i you".split()
)
_OWN = frozenset("it is its they are their theyre the s itself".split())
_DENYING = frozenset("no without lacking missing lack lacks any".split())
_REACH = 4  # lexemes between a name and what says that its value is missing


def read_missing(draft: Draft) -> None:
    """Note what no condition can state as lost, and leave out the names it is said of."""
    for span in [*_missing(draft), *_undone(draft), *_of_two_columns(draft)] if draft.measures.own else ():
        draft.lost |= set(span)
        draft.phrases = [e for e in draft.phrases if not set(span) & set(range(e.first, e.end))]


def _of_two_columns(draft: Draft) -> Iterator[range]:
    """Yield where a value of an item is compared with another one of its own: 'WIDER THAN IT IS TALL'."""
    for one in draft.phrases:
        for other in draft.phrases if one.measures("lower", "higher") else ():
            between = draft.words(one.end, other.first)
            own = {*one.measures("lower", "higher")}
            apart = {*other.measures("low", "high", "name")} - own
            if (
                between[:1] == ["than"]
                and set(between[1:]) <= _OWN
                and apart
                and (len(between) > 1 or _ends(draft, other))
            ):
                yield range(one.first, other.end)


def _ends(draft: Draft, phrase: Phrase) -> bool:
    """Tell whether no number and no name stands behind a phrase: 'taller than WIDE', not 'than width 4'."""
    return not draft.words(phrase.end, phrase.end + 1) or not (
        draft.said[phrase.end].is_number or draft.said[phrase.end].named
    )


def _missing(draft: Draft) -> Iterator[range]:
    for said in tables("measures")["missing"]:
        spoken = said.split()
        for i in draft.starts_of(spoken):
            span = range(i, i + len(spoken))
            if any(draft.said[place].named for place in span):
                continue
            if (first := _name_before(draft, i)) is not None:
                yield range(first, span.stop)
            elif (end := _name_behind(draft, span.stop)) is not None:
                yield range(i, end)
    for i, each in enumerate(draft.said):
        if (
            each.text in words("measures", "data")
            and not each.named
            and (first := _name_before(draft, i)) is not None
        ):
            lead = draft.words(first - 1, first)
            given = draft.words(i + 1, i + 2)
            told = bool(given) and given[0] in words("measures", "given")
            if (lead and lead[0] in _DENYING) or draft.said[first].text in _DENYING:
                yield range(first - bool(lead and lead[0] in _DENYING), i + 1 + told)


def _undone(draft: Draft) -> Iterator[range]:
    """Yield that something was never done, of which a date tells: 'which have I NOT DONE YET'."""
    for phrase, measure in list(deeds(draft)) if draft.measures.own else ():
        end = phrase.end + (draft.words(phrase.end, phrase.end + 1) in (["yet"], ["before"], ["ever"]))
        first = next(
            (i for i in range(phrase.first - 1, phrase.first - 1 - _REACH, -1) if _denies(draft, i)), -1
        )
        small = _SMALL | words("measures", "adverbs of deeds")
        plain = first >= 0 and set(draft.words(first + 1, phrase.first)) <= small
        timed = set(draft.words(end, end + 1)) & words("measures", "leads to times")
        if measure.kind == Kind.DATE and plain and not timed:
            yield range(first, end)


def _denies(draft: Draft, i: int) -> bool:
    return i >= 0 and draft.said[i].text in words("measures", "undone")


def _name_before(draft: Draft, i: int) -> int | None:
    """Return where the name of a measure begins behind which a lexeme stands: 'the AGE is unknown'."""
    for first, end in _names(draft):
        between = draft.words(end, i)
        if end <= i and len(between) <= _REACH and set(between) <= _SMALL:
            return first - (draft.words(first - 1, first) in (["without"], ["no"]))
    return None


def _name_behind(draft: Draft, end: int) -> int | None:
    """Return where the name of a measure ends that a lexeme leads to: 'unknown number of EPISODES'."""
    for first, past in _names(draft):
        between = set(draft.words(end, first))
        if 0 <= first - end <= _REACH and between <= _SMALL | {"number", "amount"}:
            return past
    return None


def _names(draft: Draft) -> Iterator[tuple[int, int]]:
    """Yield where the relations of a table are named, compared or not."""
    yield from ((e.first, e.end) for e in draft.phrases if e.measures("name"))
    for name in sorted(draft.measures.other):
        for i in range(len(draft.said) - len(name) + 1):
            if tuple(draft.words(i, i + len(name))) == name and not draft.said[i].named:
                yield i, i + len(name)
