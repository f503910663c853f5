"""An answer in words for a terminal.

Text from catalogues and people is printed as it is: no markup is interpreted, and no character that nobody
sees reaches the terminal.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from rich.cells import cell_len, set_cell_size
from rich.console import Console
from rich.text import Text

from agent.answer_text import SHOWN, Line, Role, name, parts
from agent.assistant import Step
from agent.cards import cards
from agent.phrasing import listed, printable
from kg.graph import KnowledgeGraph

_STYLES: Mapping[Role, str] = {
    "correction": "yellow",
    "aside": "yellow",
    "note": "italic",
    "heading": "bold",
    "item": "bold",
    "maker": "",
    "kinds": "",
    "proof": "",
    "about": "dim",
    "more": "dim",
    "question": "bold",
    "second": "bold dim",
}
_INWARD = re.compile(r" *(?:\d+\. |/\S+(?: \S+)* {2,})?")  # a number, or a command before what it does
_FEW = 3  # items whose sentences are shown whole
_LITTLE = 30  # cells of a line
_NARROW = 20  # cells beside the indentation; below that a terminal breaks lines itself
_WRAPPING = Console(width=80)  # wrapping asks for one; the width is given


def answer(
    said: dict[str, Any],
    graph: KnowledgeGraph,
    limit: int | None = SHOWN,
    *,
    width: int | None = None,
    more: str = "",
) -> Text:
    """Return an answer as styled text, its items as cards; `limit` of them, None for all.

    Lines are at most `width` cells wide, None for any width; of more than three items the sentence about
    each is cut to its line. `more` tells how to see what is left of a list.
    """
    listed = cards(said, graph, 0, limit) if said["items"] else ()
    brief = len(said["items"][:limit]) > _FEW
    return _styled(parts(said, graph, limit, listed=listed), width, more, brief=brief)


def items(
    said: dict[str, Any], graph: KnowledgeGraph, start: int, stop: int, *, width: int | None, more: str = ""
) -> Text:
    """Return the items of an answer from `start` to before `stop` as cards; see `answer`."""
    brief = len(said["items"][start:stop]) > _FEW
    return _styled(cards(said, graph, start, stop), width, more, brief=brief)


def width_of(console: Console) -> int | None:
    """Return how wide a line may be: as the terminal, or as `COLUMNS` says; None where nobody looks."""
    return console.width if console.is_terminal or "COLUMNS" in os.environ else None


def show(console: Console, text: Text) -> None:
    """Print a text, its lines broken between words where the screen ends, as far in as they begin."""
    width = width_of(console)
    if width is not None:
        lines = text.split("\n", allow_blank=True)
        text = Text("\n").join(hanging(line, width) for line in lines)
    console.print(text, soft_wrap=True)


def _styled(lines: Iterable[Line], width: int | None, more: str, *, brief: bool) -> Text:
    out = Text()
    for line in lines:
        paragraph = Text()
        for role, words in line:
            if role == "about" and brief and width is not None:
                words = _cut(words, width, cell_len(paragraph.plain))
            paragraph.append(f"{words}{more}" if role == "more" else words, style=_STYLES[role])
        paragraph.rstrip()
        out.append(paragraph if width is None else hanging(paragraph, width))
        out.append("\n")
    out.rstrip()
    return out


def _cut(sentence: str, width: int, before: int) -> str:
    """Return a sentence cut between words to what is left of its line, or to the next where little is."""
    room = width - before
    while room < _LITTLE:
        room += width
    if cell_len(sentence) <= room:
        return sentence
    return set_cell_size(sentence, room - 1).rsplit(" ", 1)[0].rstrip(" ,;:–—") + "…"


def hanging(paragraph: Text, width: int) -> Text:
    """Return a paragraph in lines of at most `width` cells, as far in as its first words after a number."""
    inward = len(_INWARD.match(paragraph.plain)[0])  # type: ignore[index]
    if cell_len(paragraph.plain) <= width or width - inward < _NARROW:
        return paragraph
    begin, rest = paragraph.divide([inward])
    lines = rest.wrap(_WRAPPING, width - inward)
    for line in lines:
        line.rstrip()
    return begin + Text("\n" + " " * inward).join(lines)


def step(taken: Step) -> Text:
    """Return one tool call as a line."""
    out = Text("  · ", style="dim")
    out.append(f"{taken.tool} ", style="cyan dim")
    out.append(printable(_outcome(taken)), style="dim")
    return out


def why(said: dict[str, Any], steps: Sequence[Step], limit: int | None = None) -> Text:
    """Return the proof of an answer: the calls that led to it and the edges that hold it up.

    With a `limit` it is that of the first items, which the person saw.
    """
    out = Text()
    for taken in steps:
        arguments = printable(json.dumps(taken.arguments, ensure_ascii=False))
        out.append(f"{taken.tool} ", style="cyan")
        out.append(_shortened(arguments, 160) + "\n")
        out.append(f"  {printable(_outcome(taken))}\n", style="dim")
    choices = _choices(said, steps)
    for line in said["items"][:limit]:
        facts = "; ".join(f"{relation} → {label}" for relation, label in line["proof"])
        out.append(f"{name(line)}: {facts or choices.get(line['id'], 'by similarity, not proved')}\n")
    if limit is not None and (more := len(said["items"]) - limit) > 0:
        out.append(f"and {more} more, not shown here\n", style="dim")
    for problem in said["removed"]:
        out.append(f"left out: {problem}\n", style="red")
    out.rstrip()
    return out


def _choices(said: dict[str, Any], steps: Sequence[Step]) -> dict[str, str]:
    """Return why items are there that no edge proves: id -> reason."""
    found: dict[str, str] = {}
    titles = {line["id"]: line["title"] for line in said["items"]}
    for taken in steps:
        if taken.refused or taken.tool not in ("find_items", "similar_items", "group_favourites"):
            continue
        result = json.loads(taken.result)
        if taken.tool == "find_items":
            found |= {hit["id"]: _without_edges(taken.arguments) for hit in result["items"]}
        if taken.tool == "group_favourites":
            found |= {hit["id"]: "by what such people choose, not proved" for hit in result["items"]}
        for reason in result.get("reasons", ()):
            people = "1 person" if reason["people"] == 1 else f"{reason['people']} people"
            came = titles.get(reason["after"]) or _linked(steps, reason["after"])
            found[reason["item"]] = f"{people} chose it within five choices after {came}, not proved"
    return found


def _without_edges(arguments: Mapping[str, Any]) -> str:
    """Return why an item was found by facts that are no edges, such as its year."""
    bounds = arguments.get("year_to") is not None or (arguments.get("year_from") or 0) > 1
    return "by its year" if bounds else "well known here"


def _linked(steps: Sequence[Step], item: str) -> str:
    """Return what an item is called that was named in the request, or that the person chose before."""
    for taken in steps:
        if taken.tool == "link_entities" and not taken.refused:
            for mention in json.loads(taken.result)["mentions"]:
                for candidate in mention["candidates"]:
                    if candidate["id"] == item:
                        return str(candidate["label"])
    return "what you chose before"


def _outcome(taken: Step) -> str:
    if taken.refused:
        return taken.result
    result = json.loads(taken.result)
    if taken.tool == "link_entities":
        found = [
            f"{m['text']} = {m['candidates'][0]['label']}" for m in result["mentions"] if m["candidates"]
        ]
        return _shortened("; ".join(found) or "no names", 140)
    if taken.tool == "check_fact":
        return f"{result['relation']} {result['value']}: {result['verdict']}" + (
            f", it is {listed(result['true_values'])}" if result["verdict"] == "contradicted" else ""
        )
    if taken.tool == "resolve_reference":
        return f"{result['relation']}: {listed([v['value'] for v in result['values']]) or 'unknown'}"
    if taken.tool == "describe_item":
        return f"{name(result)}: {', '.join(result['relations']) or 'no facts'}"
    if taken.tool in ("find_items", "search_items"):
        asked = "; ".join(_stated(c) for c in taken.arguments.get("conditions") or ())
        return f"{asked or 'by similarity'}: {result['total']} found"
    return f"{len(result['items'])} items"


def _stated(condition: Mapping[str, Any]) -> str:
    op = condition.get("op") or "is"
    return f"{condition['relation']}{':' if op == 'is' else f' {op}'} {condition['value']}"


def _shortened(text: str, width: int) -> str:
    return text if len(text) <= width else text[: width - 1] + "…"
