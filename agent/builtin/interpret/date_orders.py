"""Orders of dates: 'which starts first', 'most recently built', 'oldest first' where items have no years."""

from __future__ import annotations

from collections.abc import Iterator

from agent.builtin.interpret.compared import Draft, Phrase, Sort
from agent.builtin.interpret.order_names import sorting_before
from agent.builtin.lexicon.load import groups, tables, words
from agent.builtin.parse.measures import YEAR_OF_ITEMS, Measure, Measures
from agent.builtin.parse.topics import spoken
from kg.stems import is_alike
from kg.types import Kind

_LATEST: dict[tuple[str, ...], bool] = {
    ("most", "recently"): True,
    ("latest",): True,
    ("newest",): True,
    ("last",): True,
    ("least", "recently"): False,
    ("earliest",): False,
}
_BEHIND: dict[tuple[str, ...], bool] = {
    ("most", "recently"): True,
    ("the", "most", "recently"): True,
    ("latest",): True,
    ("the", "latest"): True,
    ("longest", "ago"): False,
    ("the", "longest", "ago"): False,
    ("least", "recently"): False,
    ("the", "least", "recently"): False,
    ("earliest",): False,
    ("the", "earliest"): False,
}
_BETWEEN = frozenset("to be that were was which are it one ones item i we ive weve have ever".split())
_AGES = {"oldest": False, "newest": True, "youngest": True}
_LAST = frozenset(("last", "latest", "updated", "modified"))


def is_by_year(measure: Measure, measures: Measures) -> bool:
    """Tell whether the newest or oldest items are told by their year."""
    released = measure.kind == Kind.DATE and "released" in measure.topics
    return released and measures.has_years and not measures.by_date


def read_dates_first(draft: Draft) -> None:
    """Note 'which starts FIRST', 'the one that opens last': the earliest or the latest."""
    for phrase, measure in list(deeds(draft)):
        word = draft.words(phrase.end, phrase.end + 1)
        if measure is YEAR_OF_ITEMS and _read_sorted(draft, phrase):
            continue
        if word not in (["first"], ["last"]) or is_by_year(measure, draft.measures):
            continue
        ends = [each for each in draft.free() if each.end == phrase.first]
        early = any(measure in each.measures("lowest") for each in ends)
        late = any(measure in each.measures("highest") for each in ends)
        first = min((each.first for each in ends if early or late), default=phrase.first)
        text = draft.text(first, phrase.end + 1)  # 'SOONEST start first' is an order of all
        last = late or (word == ["last"] and not early)
        draft.sorts.append(Sort(measure.name, last, None if early or late else 1, text=text))
        draft.take(range(first, phrase.end + 1))


def _read_sorted(draft: Draft, done: Phrase) -> bool:
    """Note 'sorted by first BUILT, newest first' of items that have years."""
    first = done.first - (draft.words(done.first - 1, done.first) in (["first"], ["year"]))
    start = sorting_before(draft, first)
    if start is None:
        return False
    end = done.end
    ways = ((span, way) for span, way in _ages_said(draft) if 0 <= span.start - end <= 1)
    span, descending = next(ways, (range(end, end), False))
    draft.sorts.append(Sort(YEAR_OF_ITEMS.name, descending, text=draft.text(start, span.stop)))
    draft.take(range(start, span.stop))
    return True


def recent(draft: Draft) -> Iterator[tuple[Phrase, Measure, bool]]:
    """Yield where it stands what was done last or first, of which date, and whether the latest is meant."""
    for phrase, measure in deeds(draft) if draft.measures.own else ():
        for ends, behind in ((_LATEST, False), (_BEHIND, True)):
            for end, descending in ends.items():
                first = phrase.end if behind else phrase.first - len(end)
                if tuple(draft.words(first, first + len(end))) != end or first < 0:
                    continue
                whole = range(min(first, phrase.first), max(first + len(end), phrase.end))
                if draft.taken.isdisjoint(whole):
                    yield Phrase(whole.start, whole.stop, ()), measure, descending


def deeds(draft: Draft, *, read: bool = False) -> Iterator[tuple[Phrase, Measure]]:
    """Yield where it is said what was done to items, with the date that tells when; also what is `read`."""
    dated = set[int]()
    for phrase in draft.phrases if read else draft.free():
        dates = [each for each in phrase.measures("name", "verb") if each.kind == Kind.DATE]
        if dates:
            dated |= set(range(phrase.first, phrase.end))
            yield phrase, dates[0]
    yield from _deeds_alike(draft, dated if read else dated | draft.taken)
    done = words("measures", "names released") | words("measures", "made")
    for i, each in enumerate(draft.said) if draft.measures.own and draft.measures.has_years else ():
        if each.text in done and i not in dated and not each.named:
            yield Phrase(i, i + 1, ()), YEAR_OF_ITEMS


def _deeds_alike(draft: Draft, dated: set[int]) -> Iterator[tuple[Phrase, Measure]]:
    """Yield deeds that a word of a date's name tells, or one that means as much: 'STOCKED', 'arrivals'."""
    dates = [each for each in draft.measures.every if each.kind == Kind.DATE]
    known = groups("measures", "deed")
    for i, each in enumerate(draft.said) if draft.measures.own else ():
        meant = [
            date
            for date in dates
            for word in date.name.split("_")
            if word not in _LAST | {"date", "first"}
            and (is_alike(each.text, word) or each.text in known.get(word, ()))
        ]
        if len(set(meant)) == 1 and i not in dated and not each.named:
            dated.add(i)
            yield Phrase(i, i + 1, ()), meant[0]


def ages(draft: Draft) -> Iterator[tuple[Phrase, Measure, bool]]:
    """Yield 'oldest' with the year of items or the one date that tells how old; note 'oldest first'.

    Where nothing does, or several dates might, that is lost.
    """
    if not draft.measures.own or draft.measures.by_date:
        return
    measure = YEAR_OF_ITEMS if draft.measures.has_years else date_of_age(draft)
    for span, descending in _ages_said(draft):
        if not draft.taken.isdisjoint(span) or _is_of_own_age(draft, span):
            continue
        if measure is None:
            draft.lost |= set(span)
        elif len(span) == 1 or "first" not in draft.words(span.start, span.stop):
            yield Phrase(span.start, span.stop, ()), measure, descending
        else:
            draft.sorts.append(Sort(measure.name, descending, text=draft.text(span.start, span.stop)))
            draft.take(span)


def _is_of_own_age(draft: Draft, span: range) -> bool:
    """Tell whether items have an age of their own, of which a word says the end: 'the YOUNGEST'."""
    ends = (each for each in draft.free() if each.first == span.start)
    return any("age" in m.topics for each in ends for m in each.measures("lowest", "highest"))


def _ages_said(draft: Draft) -> Iterator[tuple[range, bool]]:
    """Yield where ages are put in order, and whether the newest come first."""
    for descending, section in ((True, "latest first"), (False, "earliest first")):
        for phrase in sorted(tables("clauses")[section], key=len, reverse=True):
            said = spoken(phrase)
            for i in draft.starts_of(said):
                yield range(i, i + len(said)), descending
    for i, each in enumerate(draft.said):
        if each.text in _AGES and not each.named:
            yield range(i, i + 1), _AGES[each.text]


def dates_named(draft: Draft, span: range, near: int) -> tuple[Measure, list[int]] | None:
    """Return the date that is named within so many lexemes of a span, and the lexemes of its name."""
    found = [
        (gap, phrase.first, dates[0], list(range(phrase.first, phrase.end)))
        for phrase in draft.free()
        if (dates := [each for each in phrase.measures("name", "verb") if each.kind == Kind.DATE])
        and (gap := max(0, span.start - phrase.end, phrase.first - span.stop)) <= near
    ]
    return min(found, key=lambda each: each[:2])[2:] if found else None


_FIRST = words("measures", "made") | {"first", "start", "inception"}
# What was done with items, which tells not how old they are.
_DEALT = frozenset("acquired bought visited checked tested inspected reviewed restored".split())


def date_of_age(draft: Draft) -> Measure | None:
    """Return the date that tells how old items are: the one that is spoken of, or the only one."""
    dates = [each for each in draft.measures.every if each.kind == Kind.DATE]
    dates = [each for each in dates if _DEALT.isdisjoint(each.name.split("_"))]
    spoken = [each for each in dates if any(c.relation == each.name for c in draft.comparisons)]
    made = [each for each in dates if _FIRST & set(each.name.split("_"))]
    first = [each for each in dates if _LAST.isdisjoint(each.name.split("_"))]
    return next((group[0] for group in (spoken, first, dates, made) if len(group) == 1), None)


def read_first_of_all(draft: Draft) -> None:
    """Note 'the FIRST race OF THE YEAR', 'the LAST ONE before Christmas', by the date items take place on."""
    dates = [each for each in draft.measures.every if each.kind == Kind.DATE]
    events = [each for each in dates if each.name in words("calendar", "names of events")]
    for i in range(1, len(draft.said)) if events and draft.measures.own else ():
        word, after = draft.said[i].text, draft.words(i + 1, i + 2)
        if word not in ("first", "last", "next") or draft.said[i - 1].text != "the" or i in draft.taken:
            continue
        place = draft.said[i + 1].place if after else -1
        noun = after == ["one"] or (place >= 0 and draft.chunks[place].text == "items")
        noun = noun or (place >= 0 and _is_last_word(draft, i + 1))
        end = i + 1 + noun
        of_year = draft.words(end, end + 3) == ["of", "the", "year"]
        if not (noun or of_year or not after or not after[0].isalpha()):
            continue
        end += 3 * of_year
        draft.sorts.append(Sort(events[0].name, word == "last", 1, text=draft.text(i - 1, end)))
        draft.take(range(i - 1, end))


def _is_last_word(draft: Draft, i: int) -> bool:
    """Tell whether a word ends what is asked for, and is no name and no measure: 'the last SAILING'."""
    after = draft.words(i + 1, i + 3)
    ends = not after or not after[0].isalpha() or after in (["on", "your"], ["on", "the"], ["you", "have"])
    plain = (
        draft.chunks[draft.said[i].place].kind == "word"
        and not draft.measures.said_at([draft.said[i].text], 0)[0]
    )
    return ends and plain and draft.said[i].text.isalpha()


def _is_noun(draft: Draft, i: int) -> bool:
    place = draft.said[i].place
    return place >= 0 and draft.chunks[place].text == "items"


def read_first_to_be(draft: Draft) -> None:
    """Note 'the LAST TO BE automated', 'which was the FIRST ONE listed': an order by what was done."""
    for phrase, measure in list(deeds(draft, read=True)) if draft.measures.own else ():
        first = phrase.first - 1
        while first >= 0 and (draft.said[first].text in _BETWEEN or _is_noun(draft, first)):
            first -= 1
        word = draft.words(first, first + 1)
        if word in (["last"], ["first"]) and (phrase.first - first > 1) and first not in draft.taken:
            text = draft.text(first, phrase.end)
            draft.sorts.append(Sort(measure.name, word == ["last"], 1, text=text))
            draft.take(range(first, phrase.end))
