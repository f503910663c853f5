"""Answers that list: a series in its order, and the film of a book or the book of a film."""

from __future__ import annotations

from agent.builtin.dialogue.asked_items import Described, Told, items_of, labels
from agent.builtin.dialogue.utterance import Utterance, places_of, title_of
from agent.builtin.interpret.fact_questions import FactQuestion
from agent.builtin.plan.tool_session import Call
from agent.builtin.respond import facts as sentences

_OF_ONE = frozenset("it this that".split())
_SEVERAL = frozenset("those these them they ones all each".split())
_FEW = 10  # items of the last answer that are looked up by their titles


def series(utterance: Utterance, question: FactQuestion) -> Told | None:
    """List a series in the order of its years."""
    label = series_of(utterance)
    if not label or not utterance.session.has("find_items"):
        return None
    stated = [{"relation": "series", "value": label}]
    found = (utterance.session.call("find_items", conditions=stated) or {"items": []})["items"]
    hits = sorted((hit for hit in found if hit["year"]), key=lambda hit: hit["year"])
    domain = question.topic
    items = [hit["id"] for hit in hits if not domain or hit["id"].startswith(f"{domain}/")]
    order = [{"relation": "year", "descending": False}]
    return Told((), listed={"items": items, "conditions": stated, "order": order}) if items else None


def series_of(utterance: Utterance) -> str:
    """Return the series that a message names, or that a title in it belongs to; '' for none."""
    named = [
        choice.label
        for chunk in utterance.chunks
        if chunk.kind in ("entity", "title")
        for choice in chunk.choices[:1]
        if "series" in choice.roles
    ]
    if named:
        return named[0]
    titles = [title for title in utterance.reading.mentioned if title.choices]
    ids = [
        choice.id for title in titles for choice in title.choices if choice.match == title.choices[0].match
    ]
    if not ids and utterance.state.focus is not None:
        ids = [utterance.state.focus]
    calls = [Call("describe_item", {"item": item}) for item in ids]
    described = [each for each in utterance.session.call_all(calls) if each] if calls else []
    return next((label for each in described for label in labels(each, "series")), "")


def other_form(utterance: Utterance, question: FactQuestion) -> Told | None:
    """Say what is here as a film too, or as a book: 'which of those have been filmed?'."""
    asked = _titles(utterance, question)
    if isinstance(asked, Told):
        return asked
    if not asked:
        return None
    links = utterance.session.call_all([Call("link_entities", {"text": f'"{title}"'}) for title in asked])
    ids = [
        candidate["id"]
        for link in links
        for mention in (link or {"mentions": []})["mentions"]
        for candidate in mention["candidates"]
        if candidate["kind"] == "item"
    ]
    calls = [Call("describe_item", {"item": item}) for item in dict.fromkeys(ids)]
    described: list[Described] = [each for each in utterance.session.call_all(calls) if each] if calls else []
    right = [each for each in described if each["domain"] == question.topic and each["title"] in asked]
    names = [f"{each['title']} ({each['year']})" for each in right]
    note = sentences.other_form(question.topic, asked, names)
    return Told((note,), listed={"items": [each["id"] for each in right]})


def _titles(utterance: Utterance, question: FactQuestion) -> list[str] | Told:
    if question.subject.titles or question.subject.slot:
        found = items_of(utterance, question)
        return found if isinstance(found, Told) else list(dict.fromkeys(e["title"] for a in found for e in a))
    focus, places = utterance.state.focus, places_of(utterance)
    if places and places[0] < len(utterance.state.shown):
        return [title_of(utterance, utterance.state.shown[places[0]])]
    several = _SEVERAL & set(question.words or utterance.words)
    if focus is not None and (_OF_ONE & set(question.words or utterance.words) or not several):
        return [title_of(utterance, focus)]
    shown = utterance.state.shown[:_FEW]
    return [str(utterance.state.hits[item]["title"]) for item in shown if item in utterance.state.hits]
