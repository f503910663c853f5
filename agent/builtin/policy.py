"""From a reading to an answer: check claims, resolve references, find, and say what was wrong.

Facts come only from tools. Where a name or role is ambiguous, all readings are tried in one turn and the
likeliest that finds something wins.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from agent.builtin import wording
from agent.builtin.atoms import Vocabulary, split
from agent.builtin.claims import check_claims, respelled
from agent.builtin.desk import Arguments, Desk
from agent.builtin.finding import find_each, relaxed
from agent.builtin.reading import Reading, read
from agent.builtin.terms import category_term, name_term, resolve

_SIMILAR = 10


def decide(text: str, desk: Desk, vocabulary: Vocabulary, earlier: str = "") -> Arguments:
    """Return the arguments of `recommend` for a request.

    A request that says nothing by itself continues the `earlier` one.

    Raises:
        Pending: tools must answer first.
    """
    if not desk.has("link_entities"):
        return _by_similarity(text, desk, Reading(text), "")
    links = desk.ask("link_entities", text=text)
    if links is None:
        return _answer(note=wording.TOO_LONG)
    atoms = split(text, links, vocabulary)
    reading = read(text, atoms, vocabulary.domains)
    if earlier and _only_continues(reading):
        return decide(f"{earlier}\n{text}", desk, vocabulary)
    checked = check_claims(reading, desk)
    references = resolve(reading, desk)
    terms = [name_term(wanted.roles, wanted.name) for wanted in reading.wanted]
    terms += references + [category_term(name) for name in reading.categories]
    first = [t for t in (*terms, *(c.first for c in checked)) if t]
    second = [t for t in (*terms, *(c.second for c in checked)) if t]
    corrections = [c.correction for c in checked if c.correction] + respelled(reading, checked, desk)
    liked = reading.examples and not (reading.wanted or references or checked)
    if liked or (not first and reading.years == (None, None) and not reading.unwanted):
        return _by_similarity(text, desk, reading, wording.unknown_names(_unknown(links)), corrections)
    (found, conditions), (other, other_conditions) = find_each(
        [first, second if any(c.second for c in checked) else []], reading, desk
    )
    if not found and other:
        found, conditions, other, other_conditions = other, other_conditions, [], []
    note = ""
    if not found:
        found, conditions, note = relaxed(first, reading, desk)
    also = None
    if other and other_conditions != conditions:
        also = {
            "label": wording.second_reading(other_conditions),
            "items": other,
            "conditions": other_conditions,
        }
    return _answer(found, conditions, corrections, note or wording.unknown_names(_unknown(links)), also)


def _only_continues(reading: Reading) -> bool:
    """Tell whether a request names nothing: 'only from the 80s', 'more please'."""
    return not (
        reading.wanted or reading.references or reading.claims or reading.categories or reading.mentioned
    )


def _answer(
    items: Sequence[str] = (),
    conditions: Sequence[dict[str, str]] = (),
    corrections: Sequence[dict[str, Any]] = (),
    note: str = "",
    also: dict[str, Any] | None = None,
) -> Arguments:
    return {
        "items": list(items),
        "conditions": list(conditions),
        "corrections": list(corrections),
        "note": note,
        "also": also,
    }


def _by_similarity(
    text: str, desk: Desk, reading: Reading, note: str, corrections: Sequence[dict[str, Any]] = ()
) -> Arguments:
    """Answer by nearness of descriptions; nothing is claimed to be proved."""
    if note and not reading.examples:
        return _answer(corrections=corrections, note=note)
    if not desk.has("search_items") or not any(c.isalpha() for c in text):
        return _answer(corrections=corrections, note=note or wording.NOT_UNDERSTOOD)
    arguments: Arguments = {"text": text, "k": _SIMILAR}
    excluded = [title.choices[0].id for title in reading.mentioned if title.choices]
    if excluded:
        arguments["exclude_items"] = list(dict.fromkeys(excluded))
    if reading.domain:
        arguments["domain"] = reading.domain
    arguments["conditions"] = [category_term(name)[0].condition for name in reading.categories]
    found = desk.ask("search_items", **arguments)
    if found and not found["items"] and arguments.pop("conditions"):
        found = desk.ask("search_items", **arguments)
    items = [hit["id"] for hit in found["items"]] if found else []
    return _answer(
        items, corrections=corrections, note=wording.BY_SIMILARITY if items else wording.NOT_UNDERSTOOD
    )


def _unknown(links: dict[str, Any]) -> list[str]:
    return [unlinked["text"] for unlinked in links["unlinked"]]
