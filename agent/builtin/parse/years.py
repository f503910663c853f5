"""Years in a request: 'before 1990', 'from the eighties', '1950–1965', 'nothing after 2000', 'recent'."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from agent.builtin.lexicon.load import tables, words
from agent.builtin.lexicon.triggers import ITEM_NOUNS
from agent.builtin.parse.ages import Age, ages
from agent.builtin.parse.catalogue_years import CatalogueYears
from agent.builtin.parse.chunks import Chunk
from agent.builtin.parse.clauses import told_beside
from agent.builtin.parse.dated_titles import title_years
from agent.builtin.parse.dates import EARLIEST, Date, dates
from agent.builtin.parse.eras import eras
from agent.builtin.parse.leeway import leeway
from agent.builtin.parse.left_out import leaves_out
from agent.builtin.parse.named_times import explained
from agent.builtin.parse.phrases import Phrases, said_before
from agent.builtin.parse.told_years import (
    is_age,
    is_edition,
    is_item,
    is_of_title,
    is_personal,
    pointed_years,
)
from agent.builtin.parse.year_ends import Operator, ending_of

Range = tuple[int | None, int | None]

_BEFORE: Mapping[str, Phrases] = {
    name: Phrases(tables("years")[name]) for name in ("from", "to", "after", "before", "around", "in")
}
_DENIED = words("years", "denied")
_AVERSE = Phrases(tables("negation")["averse"])
_SOMETHING = words("years", "something")
_MADE = words("years", "made")
_PICKING = frozenset("pick choose take recommend suggest".split())
_EXPERIENCE = frozenset("seen read watched tried heard".split())  # "has never seen an 80s film"
_HEDGES = frozenset("about around roughly approximately say circa".split())
_BOUNDING = frozenset("after before since until till past".split())
_PUBLIC = frozenset("people everyone everybody audiences readers folks".split())
_SPAN = 6  # chunks before the end of a span in which it begins
_SKIPPED = frozenset("the a year years an".split())
_TURNED: Mapping[str, Operator] = {"from": "before", "to": "after", "after": "to", "before": "from"}
_DEGREE = frozenset(("too", "that", "so"))
_AGED = frozenset(("old", "new", "recent", "modern"))
_COMPARED = frozenset("newer older more recent".split())
_LATEST = 2050  # a later year only ends a century
_AROUND = 2
_ALONE = 5


class TimeReading(NamedTuple):
    """The inclusive range of years that a request asks for, and the positions of the chunks that say so.

    `ruled_out` is a range that is not wanted: 'not from the nineties'.
    """

    years: Range
    used: frozenset[int]
    ruled_out: tuple[int, int] | None = None


@dataclass
class _Bounds:
    """Bounds as they are collected; the `whole` ranges are alternatives: 'from the 60s or 70s'."""

    firsts: list[int] = field(default_factory=list)
    lasts: list[int] = field(default_factory=list)
    whole: list[tuple[int, int]] = field(default_factory=list)
    used: set[int] = field(default_factory=set)

    def add(self, operator: Operator, first: int, last: int) -> None:
        if operator == "from":
            self.firsts.append(first)
        elif operator == "to":
            self.lasts.append(last)
        elif operator == "after":
            self.firsts.append(last + 1)
        elif operator == "before":
            self.lasts.append(first - 1)
        elif operator == "around":
            self.whole.append((first - _AROUND, last + _AROUND))
        else:
            self.whole.append((first, last))

    @property
    def range(self) -> Range:
        firsts, lasts = list(self.firsts), list(self.lasts)
        if whole := [each for each in self.whole if not self._is_narrowed(*each)]:
            firsts.append(min(first for first, _ in whole))
            lasts.append(max(last for _, last in whole))
        last = min(lasts) if lasts else None
        return (max(firsts) if firsts else None), (last if last is None or last <= _LATEST else None)

    def _is_narrowed(self, first: int, last: int) -> bool:
        """Tell whether a range inside this one is named too: 'one a year of the SIXTIES, now for 1963'."""
        inside = ((a, b) for a, b in self.whole if first <= a and b <= last)
        return any(each != (first, last) for each in inside)


def year_range(chunks: Sequence[Chunk], known: CatalogueYears | None) -> Range:
    """Return the inclusive range of years a request asks for; (None, None) if it names none."""
    return read_years(chunks, known).years


def read_years(chunks: Sequence[Chunk], known: CatalogueYears | None) -> TimeReading:
    """Read the years a request asks for. Where a catalogue has none (`known`), a year is no condition."""
    bounds = _Bounds()
    if known is None:
        return TimeReading((None, None), frozenset())
    before: Date | None = None
    ruled_out: tuple[int, int] | None = None
    told = (
        told_beside(chunks)
        if (dated_at := tuple(dates(chunks, min(EARLIEST, known.first))))
        else frozenset[int]()
    )
    for date in dated_at:
        if date.start in told:
            continue
        if _is_ruled_out(chunks, date, ruled_out):
            earlier = ruled_out or (date.first, date.last)
            ruled_out = (min(date.first, earlier[0]), max(date.last, earlier[1]))
            bounds.used |= set(range(date.start, date.end))
        elif (read := _read(chunks, date, before)) is not None:
            operator, used = read
            slack, beside = leeway(chunks, date.end)
            bounds.add(
                "in" if slack and operator == "around" else operator, date.first - slack, date.last + slack
            )
            bounds.used |= used | beside
            before = date
    dated = {chunks[i].sentence for i in bounds.used}
    vague = {i for each in ages(chunks, known, bounds.used) for i in each.used} if dated else set()
    for age in (
        *eras(chunks),
        *title_years(chunks),
        *pointed_years(chunks),
        *ages(chunks, known, bounds.used),
    ):
        if bounds.used and _COMPARED.issuperset(chunks[i].text for i in age.used):
            continue  # "newer ones, from this century"
        if age.used and age.used[0] in vague and chunks[age.used[0]].sentence not in dated:
            continue  # "he doesn't care for the NEW ones. Anything from after 1980?"
        if age.used and age.used[0] in vague and (bounds.whole or _is_outside(age, bounds.range)):
            bounds.used |= set(age.used)
            continue  # "CLASSIC 80s films", "old-school 70s thrillers"
        bounds.firsts += [age.first] if age.first is not None else []
        bounds.lasts += [age.last] if age.last is not None else []
        bounds.used |= set(age.used)
    return TimeReading(bounds.range, frozenset(bounds.used), ruled_out)


def _is_outside(age: Age, dated: tuple[int | None, int | None]) -> bool:
    """Tell whether nothing of the years that are stated is of an age: then it only praises."""
    first, last = dated
    late = age.last is not None and first is not None and age.last < first
    return late or (age.first is not None and last is not None and age.first > last)


def _is_ruled_out(chunks: Sequence[Chunk], date: Date, before: tuple[int, int] | None) -> bool:
    """Tell whether a range in the middle is not wanted, which leaves two: 'nothing from the nineties'."""
    operator, start = _operator(chunks, date.start)
    ending, _ = ending_of(chunks, date.end)
    told = is_of_title(chunks, date) or is_age(chunks, date) or is_personal(chunks, start)
    if not (told or date.exact) and date.start and chunks[date.start - 1].text == "too":
        return True  # "too eighties"
    if told or ending or operator in _TURNED:
        return False
    joined = (
        before is not None and chunks[start - 1 : start] != [] and chunks[start - 1].text in ("or", "and")
    )
    return joined or _denial(chunks, start) is not None


def _read(chunks: Sequence[Chunk], date: Date, before: Date | None) -> tuple[Operator, set[int]] | None:
    """Return how a date bounds what is wanted, and the chunks that say so; None if it does not."""
    if is_of_title(chunks, date) or is_age(chunks, date):
        return None
    operator, start = _operator(chunks, date.start)
    ending, end = ending_of(chunks, date.end)
    denied = _denial(chunks, start)
    if denied is not None:
        operator = _TURNED.get(ending or operator, "")
        if not operator:
            return None  # "not from the nineties" leaves two ranges
        start = denied
    elif ending:
        operator = ending
    elif operator in ("", "in", "around") and date.exact and not _dates_items(chunks, date, start, before):
        return None
    if is_personal(chunks, start):
        return None
    return operator, set(range(start, end))


def _operator(chunks: Sequence[Chunk], start: int) -> tuple[Operator, int]:
    """Return what stands before a date and where that begins: 'at least as new as' -> 'from'."""
    if (told := explained(chunks, start)) is not None:
        return told
    place = start
    while place and chunks[place - 1].kind == "word" and chunks[place - 1].text in _SKIPPED:
        place -= 1
    if place > 1 and chunks[place - 1].text in _HEDGES and chunks[place - 2].text in _BOUNDING:
        place -= 1  # "nothing after about 1985"
    found = [(said_before(chunks, place, phrases), name) for name, phrases in _BEFORE.items()]
    length, name = max(found, key=lambda pair: pair[0])
    if not length:
        return ("to", place - 1) if _ends_span(chunks, place) else ("", start)
    progress = chunks[place - length - 1 : place - length]
    if name == "to" and progress and progress[0].text in ("were", "im", "are", "got"):
        return "in", place - length  # "we're up to the 70s"
    return name, place - length  # type: ignore[return-value]


def _ends_span(chunks: Sequence[Chunk], place: int) -> bool:
    """Tell whether a date ends a span that begins without a number: 'FROM the silent days TO the 90s'."""
    led = place > 1 and chunks[place - 1].text in ("to", "until", "till")
    before = [a.text for a in chunks[max(0, place - _SPAN) : place - 1] if a.kind != "mark"]
    return led and "from" in before and before[-1] not in ("from", "close", "next", "up")


def _denial(chunks: Sequence[Chunk], start: int) -> int | None:
    """Return where 'nothing', 'no' before an operator stand: 'nothing that came out after 1980'."""
    for j in range(start - 1, max(-1, start - 5), -1):
        if averse := said_before(chunks, j + 1, _AVERSE):
            return j + 1 - averse
        if leaves_out(chunks, j) or (chunks[j].text in ITEM_NOUNS and j and leaves_out(chunks, j - 1)):
            return j
        if chunks[j].kind not in ("word", "trigger") or chunks[j].text in ITEM_NOUNS | {"but", "only"}:
            return j if chunks[j].kind == "word" and _is_denied_noun(chunks, j) else None
        if chunks[j].text in _DENIED:
            if chunks[j + 1].text in _WAITING and j + 1 < start:
                return None  # "a 98 movie NO WAIT a 1999 movie"
            if chunks[j + 1].text in _DEGREE and chunks[j + 2].text in _AGED and j + 2 < start:
                return None  # "not too old, like from 1990"
            return None if any(a.text in _EXPERIENCE for a in chunks[j + 1 : j + 3]) else j
    return None


def _is_denied_noun(chunks: Sequence[Chunk], j: int) -> bool:
    return chunks[j].text in ITEM_NOUNS and j > 0 and chunks[j - 1].text in ("no", "not")


def _dates_items(chunks: Sequence[Chunk], date: Date, start: int, before: Date | None) -> bool:
    """Tell whether a single year says when items came out: 'films made in 1942', not 'I saw it in 1981'."""
    if before is not None and all(
        a.text in ("or", "and", ",", "the", "in") for a in chunks[before.end : start]
    ):
        return True
    following = chunks[date.end : date.end + 2]
    if start == date.start:
        led = bool(following) and is_item(following[0]) and not is_edition(chunks, date)
        return led or _ends_kind(chunks, date)
    near = [a for a in chunks[max(0, start - 6) : start] if a.sentence == chunks[start].sentence]
    texts = {a.text for a in near}
    if texts & _PUBLIC and texts & words("asking", "consume") and near[0].text in ("what", "which"):
        return True  # "what did people watch in 1939?"
    dating = _MADE | _SOMETHING | {_COMPARED_HERE} | (_PICKING if chunks[start].text == "for" else set())
    return (not near and len(chunks) <= _ALONE) or any(is_item(a) or a.text in dating for a in near)


def _ends_kind(chunks: Sequence[Chunk], date: Date) -> bool:
    """Tell whether a year stands behind a kind, and all is said: 'western 1952'."""
    ends = date.end == len(chunks) or chunks[date.end].kind == "mark"
    return ends and date.start > 0 and chunks[date.start - 1].kind == "category"


_WAITING = frozenset(("wait", "sorry", "hang", "hold"))
_COMPARED_HERE = "·"  # what a comparison of items said: 'under 90 minutes from 1994'
