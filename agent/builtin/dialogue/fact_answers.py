"""Answers about one item: what it has, what it is about, what is not known."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from agent.builtin.dialogue.asked_items import (
    MAKERS,
    PEOPLE,
    Described,
    Fact,
    Told,
    best_of,
    fact,
    items_of,
    labels,
    of_each,
    titled,
    together,
)
from agent.builtin.dialogue.utterance import Utterance
from agent.builtin.interpret.fact_questions import FactQuestion, Roles
from agent.builtin.respond import facts as sentences
from agent.builtin.respond import quantities
from agent.builtin.respond.sentences import ABOUT
from kg.text import fold

_BRIEFLY = ("author", "director", "genre", "year")
_FULLY = ("description", *_BRIEFLY, "actor", "series", "publisher", "country")
_EXAMPLES = 3  # titles that tell what somebody did


def value(utterance: Utterance, question: FactQuestion) -> Told:
    """Say what an item has on each of the relations that are asked."""
    return of_each(
        utterance,
        question,
        lambda among: together(_value(utterance, among, roles) for roles in question.roles),
    )


def _value(utterance: Utterance, among: Sequence[Described], roles: Roles) -> Told:
    each, relation = best_of(utterance, among, roles)
    title = each["title"] if relation == "year" else titled(each, among)
    return Told((sentences.value(title, relation, labels(each, relation)),), fact(each, relation))


def about(utterance: Utterance, question: FactQuestion) -> Told:
    """Say what an item is about; where that is not known, what else is."""
    return of_each(utterance, question, lambda among: _about(utterance, among, question))


def _about(utterance: Utterance, among: Sequence[Described], question: FactQuestion) -> Told:
    each, _ = best_of(utterance, among, ("description",))
    title, text = titled(each, among), each["description"]
    said = sentences.about(title, text)
    if text:
        return Told((said,), fact(each, "description"))
    unused = tuple(word for word in question.words if word == "about")[:1]
    return Told((said, sentences.told(each, title)), _known(each, _BRIEFLY), unused=unused)


def _known(each: Described, relations: Sequence[str]) -> tuple[Fact, ...]:
    """Return the facts that tell what an item is."""
    return tuple(f for name in relations if labels(each, name) for f in fact(each, name))


def tell(utterance: Utterance, question: FactQuestion) -> Told:
    """Say what is known of an item: who made it, when, of what kind, what it is about."""
    found = items_of(utterance, question)
    if isinstance(found, Told):
        return found
    return together(_tell(utterance, among, fully=len(found) == 1) for among in found)


def _tell(utterance: Utterance, among: Sequence[Described], *, fully: bool) -> Told:
    each, _ = best_of(utterance, among, ("description", *MAKERS))
    note = sentences.told(each, titled(each, among), fully=fully)
    described = (sentences.short(each["description"]),) if fully and each["description"] else ()
    return Told((note, *described), _known(each, _FULLY))


def opinion(utterance: Utterance, question: FactQuestion) -> Told:
    """Say what is known of an item, or of somebody, and that the catalogue does not judge."""
    of_person = question.subject.people and not question.subject.is_item
    known = (person(utterance, question) or Told(())) if of_person else tell(utterance, question)
    if of_person:
        return Told((sentences.NO_TASTE, *known.notes))
    if not known.facts:
        return known
    return Told((*known.notes, sentences.NO_JUDGEMENT), known.facts, unused=question.unused)


def usher(utterance: Utterance, question: FactQuestion) -> Told:
    """Say what Usher is."""
    return Told((ABOUT,))


def unread(utterance: Utterance, question: FactQuestion) -> Told:
    """Say which words of a question are not understood, and what is known of the title in it."""
    known = tell(utterance, question) if question.subject.titles else Told(())
    return Told((*known.notes[:1],), known.facts, unused=question.unused)


def unknowable(utterance: Utterance, question: FactQuestion) -> Told:
    """Say that the catalogue does not hold something, and what it holds of the item."""
    topic = question.topic.removeprefix("unknowable ")
    if topic == "people" and question.subject.titles:
        known = value(utterance, replace(question, kind="value", roles=(("actor",),)))
        return Told((sentences.unknowable(topic, ""), *known.notes), known.facts, unused=question.unused)
    if topic in ("tickets", "people") or not question.subject.is_item:
        return Told((sentences.unknowable(topic, ""),), unused=question.unused)
    found = items_of(utterance, question)
    if isinstance(found, Told):
        notes = (sentences.unknowable(topic, ""), *(() if found.asks else found.notes))
        return Told(notes, (), found.unknown, question.unused)
    each, _ = best_of(utterance, found[0], MAKERS)
    title = titled(each, found[0])
    if topic == "characters":
        cast = (sentences.unknowable(topic, title), sentences.value(title, "actor", labels(each, "actor")))
        return Told(cast, fact(each, "actor"), unused=question.unused)
    if form := _form(each, question.unused):
        return Told((sentences.yes(title, "media_type", [form]),), fact(each, "media_type", "yes", form))
    notes = (sentences.unknowable(topic, title), sentences.told(each, title))
    if stored := {"ratings": "age_rating", "suitability": "age_rating"}.get(topic):
        notes += (quantities.value(title, stored, rated, ""),) if (rated := labels(each, stored)) else ()
        return Told(notes, _known(each, (*_BRIEFLY, stored)), unused=question.unused)
    return Told(notes, _known(each, _BRIEFLY), unused=question.unused)


def _form(each: Described, said: Sequence[str]) -> str:
    """Return the form that is asked for, if an item is stored as published in it: 'audiobook'."""
    forms = {fold(label).replace("-", ""): label for label in labels(each, "media_type")}
    keys = (fold(word).replace("-", "").removesuffix("s") for word in said)
    return next((forms[key] for key in keys if key in forms), "")


def missing(utterance: Utterance, question: FactQuestion) -> Told:
    """Say that a name names nothing here."""
    name = question.subject.slot
    return Told((sentences.unknown([name]),), unknown=(name,))


def person(utterance: Utterance, question: FactQuestion) -> Told | None:
    """Say what somebody did in this catalogue, and on what."""
    asked = question.subject.people[0]
    best = next(iter(asked.choices), None)
    roles = {role: n for role, n in best.roles.items() if role in PEOPLE} if best is not None else {}
    if best is None or not roles or not utterance.session.has("find_items"):
        return None
    first = max(roles, key=lambda role: (roles[role], role))
    stated = [{"relation": first, "value": best.label}]
    found = utterance.session.call("find_items", conditions=stated, limit=_EXAMPLES)
    titles = [hit["title"] for hit in found["items"]] if found else []
    return Told((sentences.person(best.label, roles, titles),))


def neighbour(utterance: Utterance, question: FactQuestion) -> Told:
    """Say what came after an item, or before it: as the catalogue links them, else in its series by year."""
    found = items_of(utterance, question)
    if isinstance(found, Told):
        return found
    relation = question.roles[0][0]
    each, role = best_of(utterance, found[0], (relation, "series"))
    title, known = titled(each, found[0]), labels(each, role)
    if role != "series" or not known or not each["year"] or not utterance.session.has("find_items"):
        return Told((sentences.value(title, role if known else relation, known),), fact(each, role))
    stated = [{"relation": "series", "value": known[0]}]
    hits = (utterance.session.call("find_items", conditions=stated) or {"items": []})["items"]
    after = relation == "subsequent_work"
    near = [
        hit
        for hit in hits
        if hit["year"] and (hit["year"] > each["year"] if after else hit["year"] < each["year"])
    ]
    near.sort(key=lambda hit: hit["year"], reverse=not after)
    names = [f"{hit['title']} ({hit['year']})" for hit in near[:_EXAMPLES]]
    return Told((sentences.neighbours(names, known[0], title, after=after),), fact(each, "series"))
