"""What the values of a column are: a number, a date, a flag, a text, or entities of a kind."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kg.sources import cells
from kg.sources.cells import number
from kg.sources.guess_lists import are_repeated
from kg.sources.profile import Column
from kg.sources.usual import Usual, by_header, header_unit, headers, off_scale, scales, squashed
from kg.types import Kind
from kg.units import dimension

_REPEATED, _MOSTLY = 0.5, 0.5
_CODE = re.compile(r"\d{1,2} ?[kK]")  # '4K' beside 'Full HD'
_WHOLE = re.compile(r"\d+(?:\.0*)?")
_DONE = re.compile(
    r"ed$|ed (?:in|on|since)$|\byear\b|^first "
    r"|\b(?:since|built|begun|made|found|bought|sold|won|grown|born|written|dating|debut|inception|origin)$"
)
_FIRST = 2  # headers of a relation that may stand at the end of longer ones
_GRADES = frozenset("abdf")  # letters are grades only where a header says so
_THREE = 3  # labels of a flag with something between yes and no
_MOST = 12  # labels of a scale
_MOST_DATES, _DATED = 0.8, 0.15  # shares of dates, and of those that are no mere numbers
_TWICE, _LABELLED = 2, 0.2  # how often labels occur, and their share, that are beside numbers
_ANSWERED = 0.3  # share of yes and no where other answers stand beside them
_BETWEEN = 3  # answers beside yes and no


def kind_of(column: Column) -> Kind:
    """Return the kind of a column's values."""
    known = usual_of(column, None)
    if column.are_flags:
        return Kind.FLAG
    if scale_of(column) and not column.all_match(str.isdecimal):
        return Kind.CATEGORY
    told = column.share(_WHOLE.fullmatch) < _MOSTLY or (known is not None and known.kind is Kind.DATE)
    told = told or (known is None and column.are_years and _happened(column.words))
    told = told or column.share(lambda each: column.is_date(each) and not _WHOLE.fullmatch(each)) >= _DATED
    if column.are_dates and told:  # 1024 may be a year, or anything else
        return Kind.DATE
    if _happened(column.words) and column.share(column.is_date) >= _MOST_DATES:
        return Kind.DATE
    numbers = column.are_numbers or (usual_of(column, Kind.NUMBER) and _mostly_numbers(column))
    coded = any(map(_CODE.fullmatch, column.texts)) and not column.all_match(lambda e: number(e) is not None)
    if numbers and not (coded or _are_labelled(column)):
        return Kind.NUMBER
    entity = usual_of(column, Kind.OTHER)
    if entity is not None:
        return entity.kind
    repeated = column.distinct <= _REPEATED or column.of_lists or are_repeated(column, Kind.CATEGORY)
    return Kind.CATEGORY if repeated else Kind.OTHER


def _happened(header: str) -> bool:
    """Tell whether a header says what was done in a year: 'recognised', 'year of discovery'."""
    return bool(_DONE.search(header))


def _are_labelled(column: Column) -> bool:
    """Tell whether many cells beside numbers are labels: 'store', 'on loan' beside rooms 1 to 9."""
    form = column.number_form
    other = [each for each in column.texts if number(each, form) is None and not cells.is_unknown(each)]
    labels = sum(column.counts[each] for each in other if column.counts[each] > _TWICE)
    return not form.unit and labels >= _LABELLED * column.present


def _mostly_numbers(column: Column) -> bool:
    """Tell whether most cells under a measure's header are numbers: "90 min" beside "2 Seasons"."""
    form = column.number_form
    return column.share(lambda each: number(each, form) is not None) >= _MOSTLY


def usual_of(column: Column, kind: Kind | None) -> Usual | None:
    """Return the usual relation that a column's header names; of `kind`, `other` being any entities.

    A header that only ends or begins as a usual one ("audience score") is known by that one's first names.
    """
    words = column.words
    unit = dimension(header_unit(column.header) or column.number_form.unit)
    for usual in by_header().get(squashed(words), ()):
        if _is_of(usual, kind) and _measures(usual, unit, column):
            return usual
    parts = words.split()
    for size in (3, 2, 1):
        if size >= len(parts):
            continue
        for part in (" ".join(parts[-size:]), " ".join(parts[:size])):
            for usual in by_header().get(squashed(part), ()):
                if _is_of(usual, kind) and part in usual.headers[:_FIRST] and _measures(usual, unit, column):
                    return usual
    return None


def scale_of(column: Column) -> tuple[str, ...]:
    """Return all labels of the usual scale that a column is on, from low to high; none if it is on none.

    Labels are spelled as in the column, and those that do not occur there like the others.
    """
    if column.of_lists or len(column.texts) > _MOST:
        return ()
    spelled = {each.casefold(): each for each in reversed(column.texts) if each.casefold() not in off_scale()}
    between = [each for each in spelled if each not in ("no", "yes")]
    if len(spelled) == _THREE and len(between) == 1 and not column.of_lists:
        return tuple(spelled[label] for label in ("no", *between, "yes"))
    if more := _flag_and_more(column):
        return more
    fitting = [scale for scale in scales() if len(spelled) > 1 and spelled.keys() <= set(scale)]
    graded = set(column.words.split()) & set(headers("graded"))
    if not fitting or (_GRADES & spelled.keys() and not graded):
        return ()
    scale = min(fitting, key=len)
    return tuple(spelled.get(label) or _alike(label, list(spelled.values())) for label in scale)


def _flag_and_more(column: Column) -> tuple[str, ...]:
    """Return a scale of yes and no, however they are spelled, and a few answers between: 'on request'."""
    flags = {each: cells.flag(each) for each in column.texts if each.casefold() in cells.PLAIN_FLAGS}
    ends = [next((each for each, said in flags.items() if said == end), "") for end in (0, 1)]
    between = [each for each in column.texts if flags.get(each) is None and not cells.is_unknown(each)]
    few = 0 < len({each.casefold() for each in between}) <= _BETWEEN
    counted = sum(column.counts[each] for each, said in flags.items() if said is not None)
    if not (all(ends) and few) or counted < _ANSWERED * column.present:
        return ()
    ordered = sorted(dict.fromkeys(between), key=lambda e: (not e.casefold().endswith(" only"), e))
    return ("no", *ordered, "yes")  # 'guide dogs only' is less than 'on leads'


def _alike(label: str, others: Sequence[str]) -> str:
    if all(each.isupper() for each in others):
        return label.upper()
    return label.capitalize() if all(each[:1].isupper() for each in others) else label


def _measures(usual: Usual, given: str, column: Column) -> bool:
    """Tell whether a relation may be told in what a column's unit measures, and in numbers of its size."""
    if usual.most and column.are_numbers and column.median > usual.most:
        return False  # 61,000 are no miles per gallon
    return not given or not usual.unit or dimension(usual.unit) == given


def _is_of(usual: Usual, kind: Kind | None) -> bool:
    literal = usual.kind in (Kind.NUMBER, Kind.DATE, Kind.FLAG)
    return kind is None or usual.kind is kind or (kind is Kind.OTHER and not literal)
