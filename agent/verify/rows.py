"""Tables of an answer in Markdown: every row as an entry of a list, each cell led by its header."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import zip_longest

from agent.builtin.lexicon.load import tables
from agent.builtin.lexicon.triggers import ITEM_NOUNS
from kg.graph import KnowledgeGraph
from kg.relations import OPEN
from kg.types import Kind
from tools.knowledge import Knowledge
from tools.link import MAX_CHARS, link_entities

_RULE = re.compile(r"\s*\|?(?:\s*:?-{2,}:?\s*\|)+(?:\s*:?-{2,}:?)?\s*|\s*\|\s*:?-{2,}:?\s*\|?\s*")
_CELLS = re.compile(r"(?<!\\)\|")
_YEAR = re.compile(r"[*_]*((?:1[5-9]|20)\d\d)[*_]*")
_DATED = re.compile(r"[(\[]\d{4}[)\]]")
_RANK = re.compile(r"#?\d{0,3}[.)]?")
_WORDS = re.compile(r"[\w']+")


def with_rows(knowledge: Knowledge, lines: Sequence[str]) -> Iterator[str]:
    """Yield lines, those of a table as entries: '- Heat (1995), Director: Michael Mann'.

    Without a header a person's name is said to have made the item, and a row opens no entry.
    """
    header: list[str] = []
    for line, after in zip_longest(lines, lines[1:], fillvalue=""):
        if not line.lstrip().startswith("|"):
            header = []
            yield line
        elif _RULE.fullmatch(after) and not _RULE.fullmatch(line):
            header = _cells(line)
        elif not _RULE.fullmatch(line):
            yield _entry(knowledge, header, _cells(line))


def _cells(line: str) -> list[str]:
    inner = line.strip().removeprefix("|").removesuffix("|")
    return [cell.replace("\\|", "|").strip() for cell in _CELLS.split(inner)]


def _entry(knowledge: Knowledge, header: Sequence[str], cells: Sequence[str]) -> str:
    titled = next((i for i, said in enumerate(header) if _is_title(said)), None)
    place = titled if titled is not None else _first(cells)
    if place >= len(cells):
        return ""
    title, said = cells[place], []
    for i, cell in enumerate(cells):
        name = header[i].strip(" *_:") if i < len(header) else ""
        year = _YEAR.fullmatch(cell)
        if i == place or not cell or _RANK.fullmatch(cell):
            continue
        if year and _is_year(name) and not _DATED.search(title):
            title = f"{title} ({year[1]})"
        elif name:
            said.append(f"{name}: {cell}")
        else:
            said.append(f"by {cell}" if _is_maker(knowledge, cell) else cell)
    return ("- " if titled is not None else "") + ", ".join([title, *said])


def _first(cells: Sequence[str]) -> int:
    return next((i for i, cell in enumerate(cells) if not _RANK.fullmatch(cell)), len(cells))


def _is_title(said: str) -> bool:
    words = _WORDS.findall(said.casefold())
    return len(words) == 1 and (words[0] in ITEM_NOUNS or words[0] in tables("verify")["heads titles"])


def _is_year(said: str) -> bool:
    return not said or bool(set(_WORDS.findall(said.casefold())) & set(tables("verify")["heads years"]))


def _is_maker(knowledge: Knowledge, cell: str) -> bool:
    """Tell whether a cell is nothing but a person's name, of somebody who is known for more than playing."""
    mentions = link_entities(knowledge, cell[:MAX_CHARS]).mentions
    if len(mentions) != 1 or mentions[0].text != cell.strip(" *_"):
        return False
    roles = set(mentions[0].candidates[0].roles)
    return bool(roles) and OPEN.isdisjoint(roles) and roles <= _people(knowledge.graph)


def _people(graph: KnowledgeGraph) -> set[str]:
    return {str(each.name) for each in graph.relations if each.kind == Kind.PERSON}
