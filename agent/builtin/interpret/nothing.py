"""Labels that say there is none, by the name of what is not there: 'NO late opening', 'WITHOUT booking'."""

from __future__ import annotations

from collections.abc import Iterator

from agent.builtin.interpret.compared import Comparison, Draft
from agent.builtin.interpret.passing import is_item
from agent.builtin.lexicon.load import groups, tables, words
from kg.stems import is_alike
from kg.text import fold

_NONE = frozenset("no without zero".split())
_SMALL = frozenset("a an any the some of".split())
_WITH = frozenset("with has have having".split())
_FURTHER = frozenset("on at of for by to from :".split())
_LIST = 6  # lexemes from what leads to a list to its last member
_OPEN = frozenset(("any", "whatever", "whichever"))
_ENDED = frozenset(", . ; ! ? ) and will is would please".split())
_BEING = frozenset("is are being be".split())
_ADJECTIVES = ("proof", "able", "ible", "ed", "free", "resistant", "friendly", "cancelling", "canceling")
_DENIED = frozenset("not non isnt arent never how".split())


def read_nothing(draft: Draft) -> None:
    """Note that there should be none of what a label denies, or that there should be some."""
    _read_any(draft)
    _read_needless(draft)
    for span, relation, label in list(_named(draft)):
        first = span.start
        while draft.words(first - 1, first) and draft.said[first - 1].text in _SMALL:
            first -= 1
        lead = draft.words(first - 1, first)
        end = _past_denial(draft, span.stop, label)
        if (lead and lead[0] in _NONE) or end > span.stop:
            first -= bool(lead and lead[0] in _NONE)
            past = max(end, _past_need(draft, span.stop, label))
            _note(draft, range(first, past), relation, label, denied=False)
        elif (
            lead and (lead[0] in _WITH or _goes_on(draft, first)) and not _is_told(draft, span.stop, relation)
        ):
            _note(draft, range(first - 1, span.stop), relation, label, denied=True)
        elif _is_adjective(draft, span) and not _is_told(draft, span.stop, relation):
            _note(draft, span, relation, label, denied=True)


def _read_needless(draft: Draft) -> None:
    """Note what need not be done, by a label that says so: "I DON'T NEED TO BOOK", 'without BOOKING'."""
    for said in sorted(tables("negation")["needless"], key=lambda each: -len(each.split())):
        length = len(said.split())
        for i in range(len(draft.said) - length):
            if draft.text(i, i + length) != said or not draft.taken.isdisjoint(range(i, i + length + 1)):
                continue
            word = draft.said[i + length].text
            named = [
                held
                for name, held in sorted(draft.measures.nothing.items())
                if len(name) == 1 and is_alike(word, name[0])
            ]
            if named:
                _note(draft, range(i, i + length + 1), *named[0], denied=False)


def _goes_on(draft: Draft, first: int) -> bool:
    """Tell whether a list of what there should be goes on: 'WITH spin classes AND parking'."""
    if draft.words(first - 1, first) != ["and"]:
        return False
    before = [each.text for each in draft.said[max(0, first - _LIST) : first - 1]]
    return bool(_WITH & set(before)) and not {".", ";", ",", "but", "or"} & set(before)


def _is_adjective(draft: Draft, span: range) -> bool:
    """Tell whether the name of a relation says how items are: 'WATERPROOF earbuds', 'vegan, FURNISHED'."""
    if not draft.said[span.stop - 1].text.endswith(_ADJECTIVES):
        return False
    before, after = draft.words(span.start - 1, span.start), draft.words(span.stop, span.stop + 1)
    return (not before or before[0] not in _DENIED) and (
        not after or not after[0].isalpha() or after[0] in ("and", "or", "for") or is_item(draft, span.stop)
    )


def _read_any(draft: Draft) -> None:
    """Note that a relation is left open: 'ANY LEVEL', 'ANY DAY but Monday'."""
    measured = [(each.first, each.end) for each in draft.free() if each.measures("name")]
    for i in range(len(draft.said) - 1) if draft.measures.own else ():
        if draft.said[i].text not in _OPEN or i in draft.taken or _NONE & set(draft.words(i - 1, i)):
            continue  # 'WITHOUT any platform'
        ends = [end for first, end in measured if first == i + 1]
        ends += [
            i + 1 + len(said)
            for n in (3, 2, 1)
            if (said := tuple(draft.words(i + 1, i + 1 + n))) in draft.measures.other
        ]
        after = draft.words(ends[0], ends[0] + 1) if ends else []
        if ends and not draft.said[i + 1].named and (not after or after[0] in _ENDED):
            draft.take(range(i, ends[0]))


def _named(draft: Draft) -> Iterator[tuple[range, str, str]]:
    """Yield where the relations that have such a label are named, longer names first."""
    without = groups("measures", "none of")
    for name, (relation, label) in sorted(draft.measures.nothing.items()):
        for said in without.get(" ".join(name), ()):  # 'DECAF'
            for i in range(len(draft.said) - len(said.split()) + 1):
                span = range(i, i + len(said.split()))
                if draft.text(i, span.stop) == said and draft.taken.isdisjoint(span):
                    _note(draft, span, relation, label, denied=False)
    for name, (relation, label) in sorted(draft.measures.nothing.items(), key=lambda pair: -len(pair[0])):
        for i in range(len(draft.said) - len(name) + 1):
            span = range(i, i + len(name))
            free = draft.taken.isdisjoint(span) and not any(draft.said[place].named for place in span)
            if free and tuple(draft.words(i, span.stop)) == name:
                yield span, relation, label


def _past_denial(draft: Draft, end: int, label: str) -> int:
    """Return where it ends that a thing is not so as a label says it: 'booking is NOT NEEDED'."""
    if draft.words(end, end + 1) == ["free"]:
        return end + 1  # 'CAFFEINE FREE'
    marked = draft.words(end, end + 1) in ([":"], ["="], ["is"])
    if marked and draft.words(end + 1, end + 2) in (["none"], ["no"], ["nothing"]):
        return end + 2
    at = end
    while draft.words(at, at + 1) and draft.said[at].text in _BEING:
        at += 1
    said = fold(label).split()
    same = draft.words(at, at + 1) == ["not"] and said[0] == "not"
    alike = {said[-1]} | (words("measures", "needed") if said[-1] in words("measures", "needed") else set())
    return at + 2 if same and draft.words(at + 1, at + 2) and draft.said[at + 1].text in alike else end


def _past_need(draft: Draft, end: int, label: str) -> int:
    """Return where it ends that nothing is needed: 'no booking NEEDED', where a label is 'not required'."""
    said = fold(label).split()[-1]
    needed = words("measures", "needed")
    alike = needed if said in needed else {said}
    return end + (draft.words(end, end + 1) != [] and draft.said[end].text in alike)


def _is_told(draft: Draft, end: int, relation: str) -> bool:
    """Tell whether it is said which label of the relation there is to be: 'with late opening ON FRIDAY'."""
    further = draft.words(end, end + 1)
    return (bool(further) and further[0] in _FURTHER) or any(
        relation in choice.roles for chunk in draft.chunks for choice in chunk.choices
    )


def _note(draft: Draft, span: range, relation: str, label: str, *, denied: bool) -> None:
    if draft.taken.isdisjoint(span):
        text = draft.text(span.start, span.stop)
        draft.comparisons.append(Comparison(relation, "is", label, text, denied=denied))
        draft.take(span)
