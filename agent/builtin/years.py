"""Years and decades in a request: 'before 1990', 'from the eighties', 'between 1950 and 1965'."""

from __future__ import annotations

import re

from agent.builtin.atoms import Atom

Range = tuple[int | None, int | None]
_DECADES = {
    word: 1900 + 10 * number
    for number, word in enumerate(
        "twenties thirties forties fifties sixties seventies eighties nineties".split(), 2
    )
}
_DECADE = re.compile(r"(?:(19|20)?(\d)0)s")
_BEFORE = frozenset(("before", "until", "pre", "by"))
_AFTER = frozenset(("after", "since", "post", "from"))


def year_range(atoms: list[Atom]) -> Range:
    """Return the inclusive range of years a request asks for; (None, None) if it names none."""
    words = [atom.text if atom.kind == "word" else "" for atom in atoms]
    for i, word in enumerate(words):
        if decade := _decade(word):
            if i and atoms[i - 1].kind == "title":
                continue
            return _beside(words[:i], decade, decade + 9)
    for i, word in enumerate(words):
        if not (len(word) == 4 and word.isdigit() and 1880 <= int(word) <= 2030):
            continue
        year = int(word)
        before = [w for w in words[max(0, i - 2) : i] if w]
        following = words[i + 1 : i + 3]
        if before[-1:] in (["between"], ["from"]) and len(following) == 2 and following[1].isdigit():
            return year, int(following[1])
        if before and before[-1] in _BEFORE:
            return None, year - 1
        if before and before[-1] in _AFTER:
            return (year + 1 if before[-1] == "after" else year), None
        if before[-1:] == ["in"] and "released" in before:
            return year, year
    return None, None


def _decade(word: str) -> int | None:
    if word in _DECADES:
        return _DECADES[word]
    match = _DECADE.fullmatch(word)
    if not match:
        return None
    century = int(match[1] or ("20" if match[2] in "01" else "19"))
    return century * 100 + int(match[2]) * 10


def _beside(before: list[str], first: int, last: int) -> Range:
    near = [word for word in before[-3:] if word]
    if near and near[-1] == "the":
        near = near[:-1]
    if near and near[-1] == "before":
        return None, first - 1
    if near and near[-1] in ("after", "since"):
        return (last + 1 if near[-1] == "after" else first), None
    return first, last
