"""An answer as a person reads it: lines of text, each part with what it is, for those who style it.

Corrections come first, then what could not be found or used, the sentence or the heading, the items, the
question, the second reading. The condition is said once, in the heading; a line adds what only it has.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any, Literal, NamedTuple

from agent.builtin.respond import facts
from agent.builtin.respond.questions import OFFER
from agent.condition_phrases import Stated, Words, phrase
from agent.headings import heading
from agent.only_known import is_only_known
from agent.phrasing import corrected, fell_back, only_known, printable, said, unknown, unused
from agent.quantity_text import claimed, held, with_unit
from agent.wishes_said import of_wishes
from kg.graph import KnowledgeGraph
from kg.literals import KINDS
from kg.types import TITLE, YEAR, ItemId

SHOWN = 10
_SECOND = 3  # items of the second reading
_NOTHING = "Nothing in this catalogue satisfies that."
_HEDGES: Mapping[str | None, str] = {
    "taste": "Chosen by people's taste, not by a fact I can check:",
    "text": "Chosen by their descriptions, not by a fact I can check:",
    None: "You might like these; no fact about them was checked:",
}
Role = Literal[
    "correction",
    "aside",
    "note",
    "heading",
    "item",
    "maker",
    "kinds",
    "proof",
    "about",
    "more",
    "question",
    "second",
]


class Part(NamedTuple):
    """A piece of a line, and what it is."""

    role: Role
    text: str


Line = tuple[Part, ...]


def text(answer: Mapping[str, Any], graph: KnowledgeGraph, limit: int | None = SHOWN) -> str:
    """Return an answer as plain text; `limit` items of it, None for all."""
    lines = ("".join(part.text for part in line).rstrip() for line in parts(answer, graph, limit))
    return "\n".join(lines)


def parts(
    answer: Mapping[str, Any],
    graph: KnowledgeGraph,
    limit: int | None = SHOWN,
    *,
    listed: Iterable[Line] | None = None,
) -> Iterator[Line]:
    """Yield the lines of an answer, in their order; its items as `listed`, else a line each."""
    if failed := answer.get("fallback"):
        yield (Part("aside", fell_back(failed)),)
    for correction in answer["corrections"]:
        yield (Part("correction", _correction(correction, graph)),)
    if answer.get("only_known", ()) and answer["act"] != "acknowledge":
        yield (Part("aside", only_known(answer["only_known"])),)
    names = [each for each in answer["unknown"] if not is_only_known(graph, each)]
    if names and unknown(names) not in answer["note"]:
        yield (Part("aside", unknown(names)),)
    if answer["unused"] and not all(f"“{word}”" in answer["note"] for word in answer["unused"]):
        yield (Part("aside", unused(answer["unused"])),)
    sentence = _sentence(answer)
    if (told := of_wishes(answer.get("wishes", ()))) and told != sentence:
        yield (Part("aside", told),)
    if sentence:
        yield (Part("note", sentence),)
    if answer["items"] and not _is_offered_in(sentence, answer):
        yield (Part("heading", _heading(answer, graph)),)
        listing = _list(answer["items"], graph, limit, answer["order"]) if listed is None else listed
        yield from listing
    if answer["question"]:
        yield from _question(answer["question"], sentence)
    if answer["also"]:
        yield (Part("second", f"{answer['also']['label']}:"),)
        yield from _list(answer["also"]["items"], graph, _SECOND)


def _is_offered_in(sentence: str, answer: Mapping[str, Any]) -> bool:
    """Tell whether a sentence offers the one item already."""
    lines = answer["items"]
    return len(lines) == 1 and sentence.startswith(OFFER) and str(lines[0]["title"]) in sentence


def _sentence(answer: Mapping[str, Any]) -> str:
    """Return what is said in words: the note, else the facts, else that there is nothing."""
    if answer["note"]:
        return str(answer["note"])
    if answer["facts"]:
        return " ".join(map(fact, answer["facts"]))
    told = answer["items"] or answer["question"] or answer["corrections"] or answer["unknown"]
    return "" if told else _NOTHING


def fact(told: Mapping[str, Any]) -> str:
    """Return a fact as a sentence, with yes or no where that was asked."""
    title, relation, values, asked = told["title"], told["relation"], told["values"], told["asked"]
    if relation == "description":
        return facts.about(title, " ".join(values))
    if told["verdict"] == "yes":
        return facts.yes(title, relation, [asked] if relation == "actor" else values)
    if told["verdict"] == "no":
        return facts.no(title, relation, values, asked)
    return facts.cannot_tell(title, relation, asked) if asked else facts.value(title, relation, values)


def _correction(correction: Mapping[str, Any], graph: KnowledgeGraph) -> str:
    keys = map(ItemId, correction["items"])
    titles = [printable(graph.item(key).title if key in graph else key) for key in keys]
    if graph.literals(correction["relation"]) is not None:
        unit = graph.relation(correction["relation"]).unit
        true = [with_unit(value, unit) for value in correction["true"]]
        return corrected(titles, correction["relation"], claimed(correction["claimed"], unit), true)
    return corrected(titles, correction["relation"], correction["claimed"], correction["true"])


def _heading(answer: Mapping[str, Any], graph: KnowledgeGraph) -> str:
    words, lines = Words.of(graph), answer["items"]
    keys = [ItemId(line["id"]) for line in lines[:SHOWN]]
    noun = words.noun(graph.item(key).domain for key in keys if key in graph)
    stated = [[Stated.of(each) for each in answer[name]] for name in ("conditions", "any_of", "none_of")]
    if not any(stated) and answer["order"]:
        first = answer["order"][0]
        if first["relation"] != YEAR:
            return f"{noun[0].upper()}{noun[1:]} {sorted_by(first)}:"
        return f"The {'newest' if first['descending'] else 'oldest'} {noun} here:"
    if not any(stated) and answer["act"] == "inform":
        return f"{noun[0].upper()}{noun[1:]}:"
    if not any(stated) and answer["basis"] == "popular" and not graph.popularity.any():
        return f"Nobody's choices are known here. Some {noun}:"
    if not any(stated):
        return f"The best known {noun} here:" if answer["basis"] == "popular" else _HEDGES[answer["basis"]]
    told = heading(*stated, noun=noun, words=words)
    for order in answer["order"]:
        told += f", {sorted_by(order)}"
    return f"{told[0].upper()}{told[1:]}:" + (f" {len(lines)}" if len(lines) > 1 else "")


class Proofs:
    """The proofs of the items of a list: what a line adds, as the heading says what is common to all."""

    def __init__(self, graph: KnowledgeGraph, common: set[tuple[str, ...]], orders: Sequence[str]):
        self.graph = graph
        self.words = Words.of(graph)
        self.common = common
        self.orders = orders

    @classmethod
    def of(
        cls,
        items: Sequence[Mapping[str, Any]],
        graph: KnowledgeGraph,
        order: Sequence[Mapping[str, Any]] = (),
    ) -> Proofs:
        """Return those of the items of an answer, in its order."""
        common = set.intersection(*({tuple(fact) for fact in line["proof"]} for line in items))
        return cls(graph, common, [each["relation"] for each in order if each["relation"] != YEAR])

    def own(self, line: Mapping[str, Any], said: Collection[tuple[str, str]] = ()) -> str:
        """Return in words what proves an item and not all of them, and what they are ordered by.

        What is `said` already, `(relation, label)`, is left out.
        """
        own = [(relation, label) for relation, label in line["proof"] if relation not in (YEAR, TITLE)]
        own = [fact for fact in own if fact not in self.common and fact not in said]
        key = ItemId(line["id"])
        own += [(relation, label) for relation in self.orders for label in self.graph.labels(key, relation)]
        return "; ".join(dict.fromkeys(_own(relation, label, self.words) for relation, label in own))


def _list(
    items: Sequence[Mapping[str, Any]],
    graph: KnowledgeGraph,
    limit: int | None,
    order: Sequence[Mapping[str, Any]] = (),
) -> Iterator[Line]:
    proofs = Proofs.of(items, graph, order)
    shown = items if limit is None else items[:limit]
    width = max(len(name(line)) for line in shown)
    for number, line in enumerate(shown, 1):
        notices = [Part("aside", f"  {each}") for each in line.get("notices", ())]
        yield Part("item", f"{number:3}. {name(line):{width}}  "), Part("proof", proofs.own(line)), *notices
    if len(shown) < len(items):
        yield (Part("more", f"     and {len(items) - len(shown)} more"),)


def sorted_by(order: Mapping[str, Any]) -> str:
    """Return an order in words: 'newest first', 'by price, lowest first'."""
    if order["relation"] == YEAR:
        return f"{'newest' if order['descending'] else 'oldest'} first"
    return f"by {said(order['relation'])}, {'highest' if order['descending'] else 'lowest'} first"


def _own(relation: str, label: str, words: Words) -> str:
    if words.kinds.get(relation) in KINDS or relation in words.scales:
        return held(relation, label, words.units.get(relation, ""))
    return label.lower() if relation == "genre" else phrase([Stated(relation, label)], words)


def _question(question: Mapping[str, Any], said_before: str) -> Iterator[Line]:
    if question["text"] not in said_before:
        yield (Part("question", question["text"]),)
    choices = question["choices"] if question["choices"] != ["yes", "no"] else ()
    for number, choice in enumerate(choices, 1):
        yield (Part("question", f"  {number}. {choice}"),)


def name(line: Mapping[str, Any]) -> str:
    """Return an item's title with its year where one is known."""
    return f"{line['title']} ({line['year']})" if line["year"] else str(line["title"])
