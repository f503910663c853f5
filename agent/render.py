"""An answer in words for a terminal.

Text from catalogues and people is printed as it is: no markup is interpreted.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from rich.text import Text

from agent.assistant import Step
from agent.phrasing import PASSIVE, listed
from kg.graph import KnowledgeGraph
from kg.types import ItemId

SHOWN = 10


def answer(said: dict[str, Any], graph: KnowledgeGraph, limit: int | None = SHOWN) -> Text:
    """Return an answer as styled text: corrections, note, items with their proofs, second reading."""
    out = Text()
    for correction in said["corrections"]:
        out.append(_correction(correction, graph) + "\n", style="yellow")
    if said["note"]:
        out.append(said["note"] + "\n", style="italic")
    if said["items"]:
        out.append(_heading(said) + "\n", style="bold")
        _list(out, said["items"], limit)
    elif not said["note"]:
        out.append("Nothing in this catalogue satisfies that.\n")
    if said["also"]:
        out.append(said["also"]["label"] + ":\n", style="bold dim")
        _list(out, said["also"]["items"], 3)
    out.rstrip()
    return out


def step(taken: Step) -> Text:
    """Return one tool call as a line."""
    out = Text("  · ", style="dim")
    out.append(f"{taken.tool} ", style="cyan dim")
    out.append(_outcome(taken), style="dim")
    return out


def why(said: dict[str, Any], steps: Sequence[Step]) -> Text:
    """Return the proof of an answer: the calls that led to it and the edges that hold it up."""
    out = Text()
    for taken in steps:
        arguments = json.dumps(taken.arguments, ensure_ascii=False)
        out.append(f"{taken.tool} ", style="cyan")
        out.append(_shortened(arguments, 160) + "\n")
        out.append(f"  {_outcome(taken)}\n", style="dim")
    choices = _choices(said, steps)
    for line in said["items"]:
        facts = "; ".join(f"{relation} → {label}" for relation, label in line["proof"])
        out.append(f"{_name(line)}: {facts or choices.get(line['id'], 'by similarity, not proved')}\n")
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


def _correction(correction: dict[str, Any], graph: KnowledgeGraph) -> str:
    titles = listed([graph.item(ItemId(key)).title for key in correction["items"]])
    relation, true, claimed = correction["relation"], listed(correction["true"]), correction["claimed"]
    was = "was" if len(correction["items"]) == 1 else "were"
    if relation == "actor":
        return f"{titles}: the cast is {true}; {claimed} is not in it."
    if relation in PASSIVE:
        return f"{titles} {was} {PASSIVE[relation]} {true}, not {claimed}."
    return f"{titles}: the {relation.replace('_', ' ')} is {true}, not {claimed}."


def _heading(said: dict[str, Any]) -> str:
    parts = [_stated(c) for c in said["conditions"]]
    if said["any_of"]:
        parts.append(" or ".join(map(_stated, said["any_of"])))
    parts += [f"not {_stated(c)}" for c in said["none_of"]]
    return "; ".join(parts) + ":" if parts else "You might like:"


def _stated(condition: dict[str, str]) -> str:
    return f"{condition['relation'].replace('_', ' ')}: {condition['value']}"


def _list(out: Text, items: Sequence[dict[str, Any]], limit: int | None) -> None:
    shown = items if limit is None else items[:limit]
    width = max(len(_name(line)) for line in shown)
    for number, line in enumerate(shown, 1):
        proof = "; ".join(
            dict.fromkeys(f"{relation.replace('_', ' ')}: {label}" for relation, label in line["proof"])
        )
        out.append(f"{number:3}. {_name(line):{width}}  ")
        out.append(proof + "\n", style="dim")
    if len(shown) < len(items):
        out.append(f"     and {len(items) - len(shown)} more\n", style="dim")


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
        return f"{_name(result)}: {', '.join(result['relations']) or 'no facts'}"
    if taken.tool in ("find_items", "search_items"):
        asked = "; ".join(f"{c['relation']}: {c['value']}" for c in taken.arguments.get("conditions") or ())
        return f"{asked or 'by similarity'}: {result['total']} found"
    return f"{len(result['items'])} items"


def _name(line: dict[str, Any]) -> str:
    return f"{line['title']} ({line['year']})" if line["year"] else str(line["title"])


def _shortened(text: str, width: int) -> str:
    return text if len(text) <= width else text[: width - 1] + "…"
