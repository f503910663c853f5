"""Dates: 'tasted since 2015', 'released last spring', 'in the last two years', on a relation of dates."""

from __future__ import annotations

from agent.builtin.interpret.any_year import in_every_year, in_years
from agent.builtin.interpret.compared import Comparison, Draft, Phrase
from agent.builtin.interpret.dated_deeds import deed_before, deed_of
from agent.builtin.interpret.open_times import (
    at_an_edge,
    default_date,
    denied_before,
    end_named,
    expiry_named,
    going_on,
    happens,
    is_since,
    keeping,
    of_year,
    span_of_dates,
)
from agent.builtin.lexicon.load import words
from agent.builtin.parse.calendar import Said, time_at
from agent.builtin.parse.clauses import asked_clauses
from agent.builtin.parse.measures import Measure
from agent.builtin.parse.numbers import unit_at
from kg.types import Kind, Op

_JOINTS = ("and", "to", "-", "until", "till", "through", "thru")
_COUNTING = frozenset("over under above below than least most exactly about around".split())
_LAST = frozenset(("last", "latest", "updated", "modified"))
_PARTING = frozenset((",", ".", ";", "but", "!", "?", "(", ")"))
_NOT_DONE = frozenset("hasnt havent hadnt wasnt werent never".split())
_SPEAKERS = frozenset("i im ive we weve my our he she they his her their".split())
_FAR = 7  # lexemes from a denial to 'since'
_ADDING = frozenset("with and has have having".split())  # 'built after 2005 WITH a survey'
_NEAR_LAST = 4  # lexemes from what goes on to a date
_NEAR = 3  # lexemes between a date and the name of its relation
_BEFORE: dict[str, tuple[str, ...]] = {
    ">=": ("since", "starting", "at least", "on or after", "at or after"),
    ">": ("after", "later than", "past", "newer than", "more recently than"),
    "<": ("before", "earlier than", "prior to", "older than"),
    "<=": ("until", "till", "by", "up to", "through", "no later than", "on or before", "at or before"),
    "is": ("in", "from", "during", "on", "within", "over", "of", "around"),
}
_LONGEST_FIRST = sorted(
    ((said, op) for op, every in _BEFORE.items() for said in every), key=lambda e: -len(e[0])
)
_AFTER: dict[str, tuple[str, ...]] = {
    ">=": (
        "at the earliest",
        "or later",
        "and later",
        "or newer",
        "onwards",
        "onward",
        "on",
        "and after",
        "or after",
    ),
    "<=": ("at the latest", "or earlier", "or older", "and before", "or before"),
}
_AT_ENDS: dict[tuple[str, ...], dict[str, str]] = {  # 'before THE END OF April'
    ("the", "end", "of"): {"<": "<=", ">=": ">"},
    ("end", "of"): {"<": "<=", ">=": ">"},
    ("the", "start", "of"): {">": ">=", "<=": "<"},
    ("the", "beginning", "of"): {">": ">=", "<=": "<"},
}
TURNED: dict[str, Op] = {"<": ">=", "<=": ">", ">": "<=", ">=": "<"}


def read_times(draft: Draft) -> None:
    """Note the conditions on dates; the years of items are read elsewhere."""
    dates = [each for each in draft.measures.every if each.kind == Kind.DATE]
    i = 0
    while dates and i < len(draft.said):
        free = not draft.said[i].named and i not in draft.taken
        time = time_at(draft.said, i) if free else None
        if time is None or draft.said[i].text == "the" or _is_amount(draft, time, i):
            i += 1
            continue
        i = _read(draft, time, i, dates)
    if dates and draft.measures.own:
        _read_since_then(draft, dates)


def _read_since_then(draft: Draft, dates: list[Measure]) -> None:
    """Note what is asked since a time that a message tells: 'I was there in May. What's new SINCE THEN?'."""
    for i in range(len(draft.said) - 1):
        if draft.words(i, i + 2) not in (["since", "then"], ["since", "that"]) or i in draft.taken:
            continue
        at, told = 0, list[tuple[int, Said]]()
        while at < i:
            time = time_at(draft.said, at) if not draft.said[at].named else None
            told += [(at, time)] if time is not None else []
            at = at + 1 if time is None else time.end
        done = deed_before(draft, i)
        name = _name(draft, i, i + 2, dates) or (deed_of(draft, done, dates) if done is not None else None)
        measure = name[0] if name else default_date(draft, told[-1][1], ">", dates) if told else None
        if measure is not None and told:
            start, time = told[-1]
            draft.comparisons.append(Comparison(measure.name, ">", time.last, draft.text(i, i + 2)))
            draft.take([i, i + 1, *range(start, time.end), *(name[1] if name else ())])
        else:
            draft.lost |= {i, i + 1}


def _read(draft: Draft, time: Said, start: int, dates: list[Measure]) -> int:
    """Note the conditions of a time and return where it ends."""
    at = start - (draft.words(start - 1, start) == ["the"])
    if draft.words(at - 2, at) in (["week", "of"], ["weekend", "of"]) and time.first.count("-") == 1:
        draft.lost |= set(range(max(0, at - 3), time.end))  # 'the FIRST WEEK OF July'
        return time.end
    op, first = operator_before(draft, at)
    op = at_an_edge(draft, start, op)
    end, last = time.end, time.last
    joint = draft.text(end, end + 1)
    if joint in _JOINTS and op in ("", "is", "between") and (op == "between" or joint != "and"):
        other = time_at(draft.said, end + 1)
        if other is not None:
            time = of_year(time, other)
            op, end, last = "is", other.end, other.last
    others = _others(draft, end) if op in ("", "is") and joint == "or" and time.first == last else []
    end = others[-1].end if others else end
    name = expiry_named(draft, first, dates) or _name(draft, first, end, dates)
    name = name or end_named(draft, first, dates) or _of_late(draft, first, dates)
    going = name is None or {draft.said[i].text for i in name[1]} <= words("calendar", "going on")
    if going and not others and _read_going_on(draft, op, time, last, range(first, end), dates):
        return end
    lately = op == ">=" or (time.open and op in ("", "is"))
    unsaid = _never_since(draft, min([first, *(name[1] if name else ())])) if lately else None
    if name is None and (done := deed_before(draft, first)) is not None:
        name = deed_of(draft, done, dates)
        if name is None and not (draft.measures.has_years and time.is_of_years):
            draft.lost |= set(range(done, end))
            return end
    measure = name[0] if name else None if is_told(draft, start) else default_date(draft, time, op, dates)
    if measure is None or (
        draft.measures.has_years and "released" in measure.topics and time.is_read_elsewhere
    ):
        return end
    behind, past = _behind(draft, end)
    if behind and op in ("", "is"):
        op, end = behind, past
    op = ">=" if is_since(draft, first, time.first, last) else op
    if kept := keeping(draft, op, first, measure):
        op, first, time = ">=", kept.start, time._replace(first=last)
    single = time.first == last
    time, *others = in_every_year([time, *others], last, op, measure)
    last = time.last if single else last
    time, last = in_years(time, last, measure)
    turned = unsaid if unsaid is not None else denied_before(draft, min([first, *name[1]]) if name else first)
    op = ">=" if lately and turned is not None else op
    outside = turned is not None and op in ("", "is") and draft.measures.own and not others
    if turned is not None and (op in TURNED or outside):
        op, first = TURNED.get(op, "outside"), turned  # 'NOT from the 17th century'
    used = sorted({*range(first, end), *(name[1] if name else [])})
    text = draft.text(used[0], used[-1] + 1)
    for each_op, value in _bounds(op, time, last):
        draft.comparisons.append(
            Comparison(
                measure.name, each_op, value, text, either=(used[0] + 1) * bool(others or op == "outside")
            )
        )
    for other_time in others:
        moved, other_last = in_years(other_time, other_time.last, measure)
        either = [Comparison(measure.name, "is", moved.first, text, either=used[0] + 1)]
        draft.comparisons += either if moved.first == other_last else []
    draft.take(range(used[0], used[-1] + 1))
    return end


def _read_going_on(draft: Draft, op: str, time: Said, last: str, span: range, dates: list[Measure]) -> bool:
    """Note that items are to have begun and not to have ended at a time: 'still OPEN IN OCTOBER'."""
    both, start = span_of_dates(dates), going_on(draft, span.start)
    told = start == span.start and (is_told(draft, span.start) or time.is_of_years or op == "<=")
    if (
        both is None
        or op not in ("", "is", "<=")
        or told
        or happens(draft, start)
        or _behind(draft, span.stop)[0]
    ):
        return False
    (begin, end), text = both, draft.text(start, span.stop)
    time, last = in_years(time, last, end)
    whole = draft.words(span.start, span.start + 1) == ["from"]  # 'open FROM May TO July'
    if op != "<=":  # 'open UNTIL October'
        day = time.first if whole else last
        draft.comparisons.append(Comparison(begin.name, "<=", day, text))
    draft.comparisons.append(Comparison(end.name, ">=", last if whole else time.first, text))
    draft.take(range(start, span.stop))
    return True


def _others(draft: Draft, end: int) -> list[Said]:
    """Return the times that are alternatives of the one that ends at a lexeme: 'in 2022 OR 2023'."""
    found: list[Said] = []
    while draft.words(end, end + 1) == ["or"]:
        at = end + 1 + (draft.words(end + 1, end + 2) in (["in"], ["from"]))
        other = time_at(draft.said, at)
        if other is None or other.first != other.last or _is_amount(draft, other, at):
            break
        found.append(other)
        end = other.end
    return found


def is_told(draft: Draft, i: int) -> bool:
    """Tell whether a time is of a story beside the request: 'we got married LAST SPRING'."""
    if draft.measures.own and _SPEAKERS.isdisjoint(each.text for each in draft.said):
        return False
    return (place := draft.said[i].place) >= 0 and not asked_clauses(draft.chunks)[place]


def _is_amount(draft: Draft, time: Said, i: int) -> bool:
    """Tell whether what looks like a year counts something: 'over 1000 REVIEWS', 'at least 2000 kcal'."""
    alone = time.is_of_years and time.end == i + 1
    if draft.words(time.end, time.end + 1) and draft.said[time.end].text in _JOINTS:  # '1000 TO 1200 watts'
        high = range(time.end + 1, time.end + 2)
        numeral = len(draft.said) > high.stop and draft.said[high.start].is_number
        if alone and numeral and unit_at(draft.said, high.stop)[0] is not None:
            return True
    unit, _ = unit_at(draft.said, time.end)
    counted = (each for each in draft.phrases if each.first == time.end)
    named = any(m.kind == Kind.NUMBER for each in counted for m in each.measures("name"))
    compared = bool(_COUNTING & set(draft.words(i - 1, i)))
    return alone and (unit is not None or (compared and named))


def _behind(draft: Draft, end: int) -> tuple[str, int]:
    """Return what compares a time from behind, and where that ends: 'or later'."""
    for op, phrases in _AFTER.items():
        for phrase in phrases:
            length = len(phrase.split())
            led = phrase == "on" and "".join(draft.words(end + 1, end + 2)).isalpha()  # '1850s ON the coast'
            if draft.text(end, end + length) == phrase and not led:
                return op, end + length
    return "", end


def _bounds(op: str, time: Said, last: str) -> list[tuple[Op, str]]:
    if op == "outside":
        return [("<", time.first), (">", last)]
    if op == ">=" or (time.open and op in ("", "is")):
        return [(">=", time.first)]
    ends: dict[str, tuple[Op, str]] = {">": (">", last), "<": ("<", time.first), "<=": ("<=", last)}
    if op in ends:
        return [ends[op]]
    return [("is", last)] if time.first == last else [(">=", time.first), ("<=", last)]


def operator_before(draft: Draft, at: int) -> tuple[str, int]:
    """Return how a time is compared by the words before it, and where these begin."""
    if draft.words(at - 1, at) == ["between"]:
        return "between", at - 1
    for part, op_at in _AT_ENDS.items():
        if tuple(draft.words(at - len(part), at)) == part:
            op, first = operator_before(draft, at - len(part))
            return op_at.get(op, op), first if op else at
    for phrase, op in _LONGEST_FIRST:
        length = len(phrase.split())
        if at >= length and draft.text(at - length, at) == phrase:
            return op, at - length
    return "", at


def _name(draft: Draft, first: int, end: int, dates: list[Measure]) -> tuple[Measure, list[int]] | None:
    """Return the relation of dates that is named beside a time, and the lexemes of its name."""
    found: list[tuple[int, Measure, Phrase]] = []
    for phrase in draft.phrases:
        own = [each for each in phrase.measures("name", "verb") if each in dates]
        gap = range(phrase.end, first) if phrase.end <= first else range(end, phrase.first)
        fillers = words("comparators", "fillers") - (_ADDING if phrase.first >= end else frozenset())
        small = all(draft.said[i].text in fillers for i in gap)
        if own and len(gap) <= _NEAR and small:
            found.append((len(gap), own[0], phrase))
    if not found:
        return None
    _, measure, named = min(found, key=lambda each: (each[0], each[2].first))
    return measure, list(range(named.first, named.end))


def _of_late(draft: Draft, first: int, dates: list[Measure]) -> tuple[Measure, list[int]] | None:
    """Return the date of what was last done, where something is said to go on: 'not UPDATED since 2020'."""
    last = next((each for each in dates if _LAST & set(each.name.split("_"))), None)
    near = range(max(0, first - _NEAR_LAST), first)
    said = [i for i in near if draft.said[i].text in words("measures", "going on")]
    denied = _never_since(draft, first) if draft.words(first, first + 1) == ["since"] else None
    return (last, said) if last is not None and (said or denied is not None) else None


def _never_since(draft: Draft, first: int) -> int | None:
    """Return where it begins that something has not been done since: 'has NOT been renovated since 2010'."""
    for i in range(first - 1, max(-1, first - 1 - _FAR), -1):
        said = draft.said[i]
        if said.text in _PARTING or said.is_number or i in draft.taken:
            break
        if said.text in words("comparators", "negators") | _NOT_DONE:
            return i
    return None
