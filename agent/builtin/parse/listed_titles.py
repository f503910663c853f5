"""Titles in small letters that stand in a list with others: 'seen jaws, PSYCHO and THE BIRDS'."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from agent.builtin.parse.chunks import Candidate, Chunk
from kg.text import fold
from tools.english import is_everyday

_JOINT = re.compile(r"\s*(?:,|/|,? (?:or|and|nor|&))(?: (?:the|a|an))?\s+", re.IGNORECASE)
_LAST = re.compile(
    r"\s*(?:[.,!?;:)(–—-]|$|(?:by heart|already|lately|recently|too|twice|so|but)\b)", re.IGNORECASE
)
_CALLED = ("full", "alias")
_OF_NUMBERS = ("full", "alias", "prefix")
_SURELY = 3  # titles of a list in which ordinary words are titles


def candidate(found: dict[str, Any]) -> Candidate:
    """Return what an item is linked as."""
    where = (found["match"], found["score"], found["year"], found.get("domain"))
    return Candidate(found["id"], found["label"], {}, *where)


def titles_in_lists(text: str, mentions: Sequence[dict[str, Any]], names: Sequence[Chunk]) -> list[Chunk]:
    """Return the titles that were not linked where they stand, but are listed with one that was."""
    found: list[Chunk] = []
    for run in _runs(text, mentions, names):
        known = [any(_overlaps(name, each) for name in names) for each in run]
        if not any(known):
            continue
        ends = _LAST.match(text, run[-1]["end"]) is not None
        sure = ends and len(run) >= _SURELY
        for each, linked in zip(run, known, strict=True):
            number = each["text"].isdecimal()
            plain = not number and " " not in each["text"] and is_everyday(fold(each["text"]))
            if linked or (plain and not sure) or not (ends or sure):
                continue
            found.append(
                Chunk(
                    "title", each["text"], each["start"], each["end"], 0, tuple(map(candidate, _items(each)))
                )
            )
    return found


def _runs(
    text: str, mentions: Sequence[dict[str, Any]], names: Sequence[Chunk]
) -> Iterator[list[dict[str, Any]]]:
    """Yield lists of mentions that may all be titles, with nothing but joints between them."""
    kinds = [{name.kind for name in names if _overlaps(name, each)} for each in mentions]
    able = [
        each
        for each, held in zip(mentions, kinds, strict=True)
        if held == {"title"} or (not held and _items(each))
    ]
    run: list[dict[str, Any]] = []
    for each in sorted(able, key=lambda mention: int(mention["start"])):
        if run and _JOINT.fullmatch(text, run[-1]["end"], each["start"]):
            run.append(each)
            continue
        if len(run) > 1:
            yield run
        run = [each]
    if len(run) > 1:
        yield run


def _items(mention: dict[str, Any]) -> list[dict[str, Any]]:
    kinds = _OF_NUMBERS if mention["text"].isdecimal() else _CALLED  # 'The Shining and 2001'
    return [c for c in mention["candidates"] if c["kind"] == "item" and c["match"] in kinds]


def _overlaps(name: Chunk, mention: dict[str, Any]) -> bool:
    return name.start < int(mention["end"]) and int(mention["start"]) < name.end
