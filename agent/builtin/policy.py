"""From a reading to an answer: check claims, resolve references, find, and say what was wrong.

Facts come only from tools. Where a name or role is ambiguous, all readings are tried in one turn and the
likeliest that finds something wins.
"""

from __future__ import annotations

from typing import Any

from agent.builtin import wording
from agent.builtin.answering import by_similarity, say
from agent.builtin.atoms import Vocabulary, split
from agent.builtin.claims import check_claims, respelled
from agent.builtin.desk import Arguments, Desk
from agent.builtin.dialogue import follow_up
from agent.builtin.finding import find_each, frame_of, relaxed
from agent.builtin.past import Past
from agent.builtin.reading import read
from agent.builtin.request import Reading
from agent.builtin.spelling import is_respelled
from agent.builtin.tasting import by_taste, in_order, like_examples
from agent.builtin.terms import category_term, name_term, resolve


def decide(text: str, desk: Desk, vocabulary: Vocabulary, past: Past | None = None) -> Arguments:
    """Return the arguments of `recommend` for a request; `past` is what it may follow up on.

    Raises:
        Pending: tools must answer first.
    """
    if not desk.has("link_entities"):
        return by_similarity(text, desk, Reading(text), "")
    links = desk.ask("link_entities", text=text)
    if links is None:
        return say(note=wording.TOO_LONG)
    atoms = split(text, links, vocabulary)
    reading = read(text, atoms, vocabulary)
    answer = follow_up(atoms, reading, past, desk)
    return answer if answer is not None else _request(reading, links, desk)


def _request(reading: Reading, links: dict[str, Any], desk: Desk) -> Arguments:
    """Answer a request that stands by itself."""
    checked = check_claims(reading, desk)
    references, described = resolve(reading, desk)
    frame = frame_of(reading, described)
    terms = [name_term(wanted.roles, wanted.name) for wanted in reading.wanted]
    terms += references + [category_term(name) for name in reading.categories]
    wanted = [c for c in checked if c.claim.asked] or ([] if any(references) else checked[:1])
    first = [t for t in (*terms, *(c.first for c in wanted)) if t]
    second = [t for t in (*terms, *(c.second for c in wanted)) if t]
    corrections = [c.correction for c in checked if c.correction] + respelled(reading, checked, desk)
    unknown = wording.unknown_names(links["unlinked"])
    stated = reading.wanted or references or checked or frame.limits
    liked = reading.examples and not stated
    if liked and reading.categories:
        return like_examples(reading, first, frame, desk)
    if liked or not (first or frame.limits):
        return by_taste(reading, desk, unknown, corrections)
    best, other = find_each([first, second if any(c.second for c in wanted) else first], frame, desk)
    if not best.items and other.items:
        best, other = other, best
    found, whose = in_order(best.items, reading, desk)
    conditions, note = best.conditions, wording.read_as(_misspelt(reading, corrections))
    also = None
    if not found:
        found, conditions, note = relaxed(first, frame, desk)
    elif other.items and other.conditions != conditions:
        label = wording.second_reading(other.conditions)
        also = {"label": label, "items": other.items, "conditions": other.conditions}
    elif best.rival is not None:
        also = wording.rival(best.rival)
    if also is not None:
        also["items"] = also["items"][: reading.limit]
    said = " ".join(part for part in (note or unknown, whose) if part)
    return say(found[: reading.limit], conditions, corrections, said, also, frame)


def _misspelt(reading: Reading, corrections: list[dict[str, Any]]) -> list[tuple[str, str]]:
    """Return the wanted names that are misspelt and in no correction: as written, as read."""
    said = {correction["claimed"] for correction in corrections}
    odd = [w.name for w in reading.wanted if w.name.choices and is_respelled(w.name.text, w.name.choices[0])]
    return [(name.text, name.choices[0].label) for name in odd if name.text not in said]
