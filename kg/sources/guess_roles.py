"""Which column of a table holds the title, the id, the year and the text of its items, as it comes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from kg.sources.dates import date, year_of
from kg.sources.profile import Column, is_year
from kg.sources.usual import by_header, header_unit, headers, squashed

NEARLY_ALL = 0.9
_UNIQUE = 0.95
_FEWEST = 3  # rows whose numbers tell that they name
_NAMES = 0.1  # share of different names where several items are called the same
_MOSTLY = 0.6
_LONG_WORDS, _LONG_TEXT = 12, 90  # words, characters: more of them tell, they do not name
_SOME_WORDS = 4
_NAMING = 6  # words of a description that is what an item is called by
_CODE = re.compile(r"[A-Za-z]{1,3}[-/.]?\d+")
_TOKEN = re.compile(r"(?=.*\d)[\w.:/-]{3,}")
_LINK = re.compile(
    r"(?:https?://|www\.|//)\S+|\S+\.(?:jpe?g|png|gif|webp|svg|pdf|mp[34]|html?)|/[\w/.-]+", re.IGNORECASE
)
_HASH = re.compile(r"[0-9a-f]{16,}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)
_MAIL = re.compile(r"[^@\s]+@[^@\s]+\.[a-z]+", re.IGNORECASE)
_CALLED, _DIALLED = frozenset(("phone", "telephone", "mobile", "fax")), re.compile(r"[\d\s()+./-]{6,}")
_MEASURED = re.compile(r"[Øø$€£≈~]?\s?\d+(?:[.,]\d+)*\s*(?:$|[€$£%x×X\"″']|[^\W\d_]{1,4}\b)")
_DATED = re.compile(r"(?:c\.? ?|ca\.? ?|built |since )?(?:1[0-9]|20)\d\d(?:s\b|\b)")
_SEVERAL = re.compile(r"[^,;+]+(?:(?:[,;]| \+) [^,;+]+){2,}")
_FIGURE = re.compile(r"\d")
_LISTED, _SOME = re.compile(r";\s"), 0.2  # what stands between several values, and how many such cells tell
_ENUMERATED = re.compile(r"[^;|.!?]{1,30}(?:[;|] ?[^;|.!?]{1,30})+")
_TITLED = re.compile(r"\b(?:name|title)s?$")
_OTHER_NAME = re.compile(
    r"^(?:latin|scientific|botanical|binomial|original|native|local|other|alternative|alternate|second|former"
    r"|old|short|nick|trade|brand|company|maker|artist|author|city|country|region) ?names?$"
)
_RELEASED = re.compile(r"releas|publi|premier|issued|came out|launch|air date")


def is_index(column: Column) -> bool:
    """Tell whether a column numbers the rows, under no header of its own."""
    known = not column.words or squashed(column.words) in _squashed("indexes")
    numbers = [each.removesuffix(".0") for each in column.texts]
    return known and len(column.counts) == column.rows and all(map(str.isdecimal, numbers))


def why_left_out(column: Column) -> str:
    """Return why a column is nothing to ask by, or nothing: links, hashes, addresses, identifiers."""
    last = column.words.rpartition(" ")[2]
    if column.all_match(_LINK.fullmatch):
        return "links"
    if column.all_match(_HASH.fullmatch):
        return "hashes"
    if column.all_match(_MAIL.fullmatch):
        return "addresses of mail"
    ending = last in headers("left out at the end") and not column.are_flags
    few = column.distinct <= 0.5 and not column.are_numbers
    if last in _CALLED and not column.all_match(_DIALLED.fullmatch):
        return ""  # a phone may be what is sold
    if ending or (squashed(column.words) in _squashed("left out") and not few):
        return "identifiers"
    if is_opaque(column):
        return "identifiers"
    return ""


def is_opaque(column: Column) -> bool:
    """Tell whether a column holds codes, another one in nearly every row."""
    return (
        column.rows > 2
        and column.distinct >= _UNIQUE
        and not column.of_lists
        and not column.are_numbers
        and not column.are_dates
        and column.all_match(_TOKEN.fullmatch)
    )


def is_text(column: Column) -> bool:
    """Tell whether a column tells about its item: sentences, not names."""
    if column.of_lists:
        return column.words_each > _LONG_WORDS / 2
    if column.words_each > _LONG_WORDS or column.length > _LONG_TEXT:
        return not column.all_match(_is_enumeration)
    named = squashed(column.words) in _squashed("text")
    if column.share(_ENUMERATED.fullmatch) >= _MOSTLY:
        return False  # 'mint; lemon; rose' tells parts, whatever its header is
    told = column.place > 0 and column.words_each > _SOME_WORDS and column.distinct >= _UNIQUE
    if told and not (named or _OTHER_NAME.search(column.words) or column.share(_FIGURE.search) >= _SOME):
        return not column.all_match(_is_enumeration)  # another sentence in every row
    return named and column.words_each >= _SOME_WORDS and (column.distinct > 0.5 or column.words_each > 8)


def _is_enumeration(text: str) -> bool:
    parts = re.split("[,;|]", text)
    return len(text.split()) <= _SOME_WORDS * len(parts) and not re.search(r"[a-z][.!?] [A-Z]", text)


def id_of(columns: Sequence[Column]) -> Column | None:
    """Return the column that identifies items: a usual header, or codes in the first place; each once."""
    unique = [
        each
        for each in columns
        if each.present == each.rows and each.distinct >= _UNIQUE and not each.of_lists
    ]
    for each in _usual(unique, "id"):
        if each.words_each < 2:
            return each
    first = next((each for each in columns), None)
    ending = [each for each in unique if each.words.endswith(" id") and each.words_each < 2]
    if ending and ending[0] is first:
        return first
    return first if first in unique and first is not None and is_opaque(first) else None


def numbers_of(columns: Sequence[Column]) -> Column | None:
    """Return the column whose numbers items are called by that have no names: 'Lot', 'Plot no'.

    It is the first of the table, another number in every row, and measures nothing.
    """
    first = next((each for each in columns if each.place == 0), None)
    if (
        first is None
        or first.rows < _FEWEST
        or not first.words
        or header_unit(first.header)
        or by_header().get(squashed(first.words))
    ):
        return None
    whole = first.are_numbers and first.are_whole and not first.are_years
    return first if whole and first.present == first.rows and first.distinct >= _UNIQUE else None


def title_of(columns: Sequence[Column]) -> Column | None:
    """Return the column that names items: a usual header, or the first of nearly all different names."""
    texts = [each for each in columns if _names_things(each)]
    usual = [each for each in _usual(columns, "title") if not header_unit(each.header)]  # 'Car £'
    for each in usual:
        if each.distinct >= 0.5 or (each in texts and each is max(texts, key=lambda one: one.distinct)):
            return each
    ending = [each for each in texts if _TITLED.search(each.words) and not _OTHER_NAME.search(each.words)]
    texts = [each for each in texts if not _OTHER_NAME.search(each.words)] or texts
    told = [each for each in _usual(columns, "text") if each.words_each <= _NAMING and each.distinct >= 0.5]
    if told:
        texts = [each for each in texts if not each.all_match(_CODE.fullmatch)]  # 'C1', 'a velvet sofa'
    for few in (NEARLY_ALL, 0.5):
        for group in (ending, texts):
            found = [each for each in group if each.distinct >= few and each.present >= 0.5 * each.rows]
            if found:
                return found[0]
    if told and not usual and not ending:
        return told[0]  # a description of a few words names its item
    first = texts[0] if texts and texts[0].place == 0 and texts[0].distinct > _NAMES else None
    return usual[0] if usual else first


def year_of_items(columns: Sequence[Column]) -> Column | None:
    """Return the column that dates items: years under a usual header, or a date of release."""
    usual = _usual(columns, "year")
    ending = [each for each in columns if each not in usual and re.search(r"\byear$|^year\b", each.words)]
    for group in (usual, ending):
        for each in group:
            if each.share(is_year) >= _MOSTLY or (each.are_dates and not _are_days(each)):
                return each
    dates = [each for each in columns if each.are_dates and (not each.are_whole or each.are_years)]
    told = [each for each in dates if _RELEASED.search(each.words)]
    told += [each for each in dates if each.words == "date" or each in usual]
    return told[0] if told else None


def are_only_years(column: Column) -> bool:
    """Tell whether a column of dates says no more than years: every one a first of January."""
    form = column.date_form
    return all((day := date(each, form)) is None or day % 10_000 in (0, 101) for each in column.texts)


def text_of(columns: Iterable[Column]) -> list[Column]:
    """Return the columns that tell about items: those with usual headers first, then the longest."""
    telling = [each for each in columns if is_text(each)]
    usual = _usual(telling, "text")
    return [*usual, *sorted((each for each in telling if each not in usual), key=lambda each: -each.length)]


def aliases_of(columns: Sequence[Column]) -> Column | None:
    """Return the column with other titles."""
    found = [each for each in _usual(columns, "aliases") if not each.are_numbers and not is_text(each)]
    return found[0] if found else None


def years_in(column: Column) -> list[int]:
    """Return the different years that a column of years or dates has."""
    days = (date(each, column.date_form) for each in column.texts)
    return [int(float(each)) for each in column.texts if is_year(each)] or [
        year_of(day) for day in days if day
    ]


def _are_days(column: Column) -> bool:
    return column.are_whole and not column.date_form.per_second


def _names_things(column: Column) -> bool:
    return not (
        column.of_lists
        or column.share(_MEASURED.match) >= _MOSTLY
        or column.share(_DATED.match) >= _MOSTLY
        or column.share(_LISTED.search) >= _SOME
        or column.share(_SEVERAL.fullmatch) >= _SOME
        or column.are_numbers
        or column.are_dates
        or column.are_flags
        or is_text(column)
        or why_left_out(column)
    )


def _usual(columns: Iterable[Column], section: str) -> list[Column]:
    """Return the columns with a usual header, the likelier header first."""
    known = list(_squashed(section))
    found = [each for each in columns if squashed(each.words) in known and each.present]
    return sorted(found, key=lambda each: (known.index(squashed(each.words)), each.place))


def _squashed(section: str) -> dict[str, None]:
    return dict.fromkeys(map(squashed, headers(section)))
