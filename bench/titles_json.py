"""Titles in JSON that a model wrote: an array of strings, of objects with a title, or either in others."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

from bench.titles_readings import Said, entry

_OPENS = re.compile(r"^[ \t]*[\[{]", re.MULTILINE)
_OBJECT = re.compile(r"\{[^{}]{1,1000}\}")
_TITLE = ("title", "name", "movie", "film", "book", "movie_title", "book_title", "item")
_YEAR = ("year", "release_year", "published")
_BY = ("author", "authors", "director", "by")
_DEEP = 6


def said_in_json(text: str) -> list[Said] | None:
    """Return the titles of the JSON in a text; None if there is none, or none with a title in it.

    Ids, scores and whatever else the JSON claims to be are left where they are: only titles are read.
    """
    start = _OPENS.search(text)
    if start is None:
        return None
    opening = start.group()[-1]
    end = text.rfind("]" if opening == "[" else "}")
    try:
        value = json.loads(text[start.end() - 1 : end + 1])
    except (ValueError, RecursionError):
        return _torn(text[start.end() - 1 :]) or None
    found = list(_titles(value, 0))
    whole = not (text[: start.start()].strip() or text[end + 1 :].strip())
    return found if found or whole else None


def _torn(text: str) -> list[Said]:
    """Return the titles of the whole objects in JSON that was cut or badly written."""
    found: list[Said] = []
    for each in _OBJECT.findall(text):
        with suppress(ValueError):
            found += _titles(json.loads(each), 0)
    return found


def _titles(value: Any, depth: int) -> Iterator[Said]:
    if depth > _DEEP:
        return
    if isinstance(value, list):
        for each in value:
            yield from [_said(each)] if isinstance(each, str) else _titles(each, depth + 1)
    elif isinstance(value, dict):
        small = {str(name).lower(): each for name, each in value.items()}
        title = _first(small, _TITLE)
        if title:
            year, by = _first(small, _YEAR), _first(small, _BY)
            whole = f"{title} ({year})" if re.fullmatch(r"\d{4}", year) and year not in title else title
            yield _said(f"{whole} by {by}" if by else whole)
            return
        numbered = [_said(each) for name, each in small.items() if isinstance(each, str) and name.isdigit()]
        lists = (list(_titles(each, depth + 1)) for each in small.values())
        yield from numbered or next(filter(None, lists), [])  # the list of titles; others are about them


def _first(value: dict[str, Any], names: tuple[str, ...]) -> str:
    """Return the first of some fields that is there, as text; of a list its first."""
    for name in names:
        each = value.get(name)
        each = each[0] if isinstance(each, list) and each else each
        if isinstance(each, str | int) and not isinstance(each, bool) and str(each).strip():
            return str(each).strip()
    return ""


def _said(text: str) -> Said:
    return entry(" ".join(text.encode("utf-8", "replace").decode("utf-8").split()))
