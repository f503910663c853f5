"""One entry of a list and what it may say: a title with its year, by whom, or with a remark behind it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal, NamedTuple

_LONGEST = 300  # characters of an entry that are looked at
_LONGEST_LINE = 4000  # characters: a list may stand on one
_OPEN, _CLOSE = "“", "”"

_LINK = re.compile(r"!?\[([^\[\]]+)\]\([^()\s]*\)")
_TAG = re.compile(r"</?[a-zA-Z][^<>]{0,80}>")
_ESCAPED = re.compile(r"\\([\\*_`\[\]()#.!&-])")
_HEADER = re.compile(r"^\s*(?:#{1,6}\s+|>\s+)+")
_STRONG = re.compile(r"(?<![\w*_])(\*\*\*|\*\*|__|\*|_|`)(?=\S)([^*`]{1,200}?)(?<=\S)\1(?![\w*_])")
_QUOTES = str.maketrans({"„": _OPEN, "«": _OPEN, "»": _CLOSE, "「": _OPEN, "」": _CLOSE})
_STRAIGHT = re.compile(r'"([^"]{1,200})"')
_QUOTED = re.compile(rf"{_OPEN}([^{_OPEN}{_CLOSE}]{{1,200}}){_CLOSE}")
_POINT = re.compile(r"(?<=[^\W\d_]{4})\.$")  # of the sentence, not of 'Monsters, Inc.'
_NUMBERED = re.compile(r"^#?\d{1,3}[.)]\s+")
_BETWEEN = re.compile(r"(?:[(\[]\d{4}[)\]]|[\s,;.&/\"\[\]]|\band\b|\bor\b)*")
_YEAR = r"(?:1[0-9]{3}|20[0-9]{2})"
_BRACKETED = re.compile(rf"\s*[(\[](?P<before>[^()\[\]]*?)\b(?P<year>{_YEAR})\b(?P<after>[^()\[\]]*)[)\]]")
_TRAILING = re.compile(rf"(?:,\s*|\s[-–—|]\s*|:\s+)(?P<year>{_YEAR})\.?$")
_LABEL = re.compile(r"^(?:title|movie|film|book|novel|recommendation)\s*\d*\s*:\s+", re.IGNORECASE)
_CALLED = re.compile(r"^(?:[Tt]he )?(?:[Mm]ovie|[Ff]ilm|[Bb]ook|[Nn]ovel)\s+(?=[A-Z0-9])")
_BY = re.compile(r",?\s+(?:\(|[-–—|]\s+)?(?:(?:directed|written)\s+)?(?:by|dir\.)\s+", re.IGNORECASE)
_BREAK = re.compile(r"\s+[-–—|]+\s+|:\s+|,\s+")
_OWNER = re.compile(r"^(?P<who>[^'’]+(?:['’][^s][^'’]*)?)['’]s\s+(?P<title>.+)$")
_EDGE = " \t,;-–—:|."
_SMALL = frozenset("a an and at by for in of on or the to with".split())


class Reading(NamedTuple):
    """A title that an entry may mean, with '(year)' where it has one, and by whom it is said to be.

    `makers` says what the name behind `by` decides: "rank" only which of several items with the title,
    "allow" that an item known to be by others is not meant ('Stand by Me'), "prove" that the catalogue must
    show it.
    """

    title: str
    by: str = ""
    makers: Literal["rank", "allow", "prove"] = "rank"


class Said(NamedTuple):
    """An entry: its text as it is shown, its readings, best first.

    `pieces` are its parts, where it may be a list on one line, and between two of them what parts them. What
    names nothing in the catalogue and does not look like a title (`titled`) is none; so are pieces.
    """

    text: str
    readings: tuple[Reading, ...]
    pieces: tuple[str, ...] = ()
    titled: bool = True


def tidy(line: str) -> str:
    """Return a line without markup; what was set off by it, or in any quotation marks, stands in “ ”."""
    text = _TAG.sub("", _LINK.sub(r"\1", _HEADER.sub("", line[:_LONGEST_LINE])))
    text = _STRONG.sub(lambda set_off: _OPEN + set_off[2].replace('"', "") + _CLOSE, text)
    text = _STRAIGHT.sub(rf"{_OPEN}\1{_CLOSE}", _ESCAPED.sub(r"\1", text).translate(_QUOTES))
    text = " ".join(text.replace(_OPEN * 2, _OPEN).replace(_CLOSE * 2, _CLOSE).split())
    inside = _QUOTED.fullmatch(text)
    return _NUMBERED.sub("", inside[1]) if inside else text


def shown(text: str) -> str:
    """Return a tidied text as a person would write it: no quotation marks of ours."""
    return text.replace(_OPEN, "").replace(_CLOSE, "").strip()


def strong(text: str) -> str:
    """Return a tidied text without what is quoted in it."""
    return _QUOTED.sub(" ", text)


def entry(text: str) -> Said:
    """Return an entry of a list with its readings; it is cut where no title is that long."""
    cut = tidy(text)[:_LONGEST]
    readings = tuple(
        dict.fromkeys(each for each in _readings(cut) if each.title.strip(_EDGE + _OPEN + _CLOSE))
    )
    return Said(_display(cut), readings)


def quoted(text: str, *, only: bool) -> list[Said]:
    """Return the quoted titles of a line with the years behind them.

    With `only`, none unless they follow one upon the other from the beginning, with nothing between.
    """
    found = list(_QUOTED.finditer(text))
    if only and _BETWEEN.sub("", _QUOTED.sub("", text)).strip():
        return []
    said = []
    for match in found:
        year = _BRACKETED.match(text, match.end())
        title = _POINT.sub("", match[1].strip().rstrip(",;"))
        if title[:1].isupper() or not title[:1].isalpha():
            said.append(entry(f"{title} ({year['year']})" if year else title))
    return said


def years_in(text: str, *, whole: bool = False) -> list[Said]:
    """Return the titles before the bracketed years of a sentence: 'You may like Heat (1995) or Ronin (1998)'.

    Where such a title begins is not said: it may be at any capital letter. A list (`whole`) has nothing else.
    """
    said, start = [], 0
    for match in _BRACKETED.finditer(text):
        before = re.sub(r"^(?:[,;.\s]|and\b|or\b)+", "", text[start : match.start()])[-_LONGEST:]
        starts = [found.start() for found in re.finditer(r"(?<!\S)[\"“']?[A-Z0-9]", before)]
        titles = [
            f"{before[at:]} ({match['year']})" for at in (starts if starts[:1] == [0] else [0, *starts])
        ]
        said.append(
            Said(
                titles[-1] if len(titles) > 2 and not whole else titles[0],
                tuple(Reading(t) for t in titles[:12]),
            )
        )
        start = match.end()
    return said


def row(line: str) -> list[Said]:
    """Return the entry of a row of a table: its first cell that is no number of the row, with its year."""
    cells = [cell for cell in (tidy(cell) for cell in line.strip().strip("|").split("|")) if cell]
    if len(cells) > 1 and re.fullmatch(r"#?\d{1,3}[.)]?", cells[0]):
        cells = cells[1:]
    if not cells:
        return []
    year = next((cell for cell in cells[1:] if re.fullmatch(_YEAR, cell)), "")
    return [entry(f"{cells[0]} ({year})" if year and not _BRACKETED.search(cells[0]) else cells[0])]


def _readings(text: str) -> Iterator[Reading]:
    dated = _BRACKETED.search(text)
    if dated and text[: dated.start()].strip(_EDGE):
        title, behind = text[: dated.start()].strip(_EDGE), text[dated.end() :]
        by = (
            _who(behind)
            or _who(f" {dated['before'].strip(_EDGE)}")
            or _who(f" {dated['after'].strip(_EDGE)}")
        )
        yield from _dated(title, dated["year"], by)
        return
    yield Reading(shown(text).strip(" ,;|"))
    if trailing := _TRAILING.search(text):
        yield from _dated(text[: trailing.start()].strip(_EDGE), trailing["year"], "")
    if text.startswith(_OPEN) and (inside := _QUOTED.match(text)):
        yield Reading(inside[1], _who(text[inside.end() :]))
    yield from _parts(shown(text))


def _dated(title: str, year: str, by: str) -> Iterator[Reading]:
    yield Reading(f"{shown(title)} ({year})", by)
    for part in _parts(shown(title)):
        yield part._replace(title=f"{part.title} ({year})")
    if title.startswith(_OPEN) and (inside := _QUOTED.match(title)):
        yield Reading(f"{inside[1]} ({year})", by)


def _parts(text: str) -> Iterator[Reading]:
    """Yield what is left of a text without a label, an author before or behind, or a remark."""
    if label := _LABEL.match(text):
        yield Reading(text[label.end() :])
    if called := _CALLED.match(text):
        yield Reading(text[called.end() :].rstrip("."))
        yield from _parts(text[called.end() :])
    for by in _BY.finditer(text):
        yield Reading(text[: by.start()].strip(_EDGE), text[by.end() :].strip(_EDGE + "()"), "allow")
    for gap in _BREAK.finditer(text):
        head, tail = text[: gap.start()].strip(_EDGE), text[gap.end() :].strip(_EDGE)
        if gap.group() != ", " and _is_remark(tail) and not head[:1].islower():
            yield Reading(head, _who(f" {tail}"))
        yield Reading(head, tail, makers="prove")
        yield Reading(tail, head, makers="prove")
    if owner := _OWNER.match(text):
        yield Reading(owner["title"], owner["who"], makers="prove")


def _who(text: str) -> str:
    """Return the name behind the first 'by' of a text, up to the next comma or bracket."""
    by = _BY.search(text)
    return re.split(r"[,;()]| [-–—] |\.\s", text[by.end() :], maxsplit=1)[0].strip(_EDGE) if by else ""


def _is_remark(text: str) -> bool:
    """Tell words about a title from words of it: most of those that matter begin small."""
    words = [word for word in re.findall(r"[^\W\d_]+", text) if word.lower() not in _SMALL]
    small = sum(word[0].islower() for word in words)
    return bool(words) and (2 * small > len(words) or bool(re.match(r"(?:directed |written )?by\b", text)))


def _display(text: str) -> str:
    dated = _BRACKETED.search(text)
    whole = text[: dated.end()] if dated and dated.start() else text
    return shown(whole).strip(" ,;|")
