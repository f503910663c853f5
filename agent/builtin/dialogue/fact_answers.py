"""Answers about one item: what it has, whether it has something, what it is about, what is not known."""

from __future__ import annotations

from collections.abc import Sequence

from agent.builtin.dialogue.asked_items import (
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
from agent.builtin.interpret.request import EntityMention
from agent.builtin.lexicon.load import words
from agent.builtin.parse.chunks import Candidate
from agent.builtin.respond import facts as sentences
from agent.builtin.respond.sentences import ABOUT
from kg.text import fold

_MAKERS = ("author", "director", "writer")
_PEOPLE = frozenset("author director writer actor composer cinematographer editor producer".split())
_BRIEFLY = ("author", "director", "genre", "year")
_FULLY = ("description", *_BRIEFLY, "actor", "series", "publisher", "country")
_EXAMPLES = 3  # titles that tell what somebody did
_JUDGING = words("questions", "judging")  # 'scary' is more than a genre: its lack is no proof
_HOLDS = {"is": int.__eq__, "<": int.__lt__, ">": int.__gt__, ">=": int.__ge__}
_BOUND = {"is": "", "<": "before ", ">": "after ", ">=": "since "}


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


# Yes or no


def yes_no(utterance: Utterance, question: FactQuestion) -> Told | None:
    """Say yes or no, and what is so."""
    asked = _person(utterance, question) if question.anaphor else question.values
    if question.anaphor and not asked:
        return None
    return of_each(utterance, question, lambda among: _yes_no(utterance, among, question, asked))


def _yes_no(
    utterance: Utterance,
    among: Sequence[Described],
    question: FactQuestion,
    asked: Sequence[EntityMention],
) -> Told:
    if question.year is not None:
        return _of_year(among, *question.year)
    if not asked:
        return _has_any(utterance, among, question)
    answers = [_of_value(utterance, among, question, each) for each in asked]
    return _either(answers) if len(asked) > 1 and "or" in question.words else together(answers)


def _either(answers: Sequence[Told]) -> Told:
    """Return which of several is so: 'is it a thriller or a comedy?'."""
    right = [each for each in answers if any(f["verdict"] == "yes" for f in each.facts)] or answers[:1]
    several = len(right) > 1 and len({f["item"] for each in right for f in each.facts}) == 1
    notes = [note.removeprefix("Yes, ") for each in right for note in each.notes]
    if several:
        notes[0] = f"Both: {notes[0]}"
    return Told(tuple(notes), tuple(f for each in right for f in each.facts))


def _of_year(among: Sequence[Described], op: str, year: int) -> Told:
    dated = [each for each in among if each["year"]]
    right = [each for each in dated if _HOLDS[op](each["year"], year)]
    each = (right or dated or list(among))[0]
    title, known = each["title"], labels(each, "year")
    asked = str(year) if op == "is" else f"{op} {year}"
    if right:
        return Told((sentences.yes(title, "year", known),), fact(each, "year", "yes", asked))
    if dated:
        wrong = sentences.no(title, "year", known, f"{_BOUND[op]}{year}")
        return Told((wrong,), fact(each, "year", "no", asked))
    return Told((sentences.cannot_tell(title, "year", str(year)),), fact(each, "year", None, asked))


def _of_value(
    utterance: Utterance, among: Sequence[Described], question: FactQuestion, asked: EntityMention
) -> Told:
    """Say whether an item has a value, in one of the roles that are asked."""
    roles = tuple(dict.fromkeys(role for each in question.roles for role in each))
    held = tuple(dict.fromkeys(role for choice in asked.choices for role in choice.roles))
    stated = tuple(role for role in roles if role in held) or roles or held
    names = {choice.label for choice in asked.choices}
    pairs = [(each, role) for each in among for role in stated]
    right = next(((e, r, n) for e, r in pairs for n in labels(e, r) if n in names), None)
    if right is not None:
        each, role, name = right
        return Told((sentences.yes(titled(each, among), role, [name]),), fact(each, role, "yes", name))
    each, role = best_of(utterance, among, stated or (("genre",) if asked.choices else _MAKERS))
    title, name = titled(each, among), asked.choices[0].label if asked.choices else asked.text
    if labels(each, role) and _JUDGING & set(asked.text.casefold().split()):
        so = sentences.value(title, role, labels(each, role))
        return Told((so, sentences.NO_JUDGEMENT), fact(each, role))
    if labels(each, role):
        return Told((sentences.no(title, role, labels(each, role), name),), fact(each, role, "no", name))
    name = asked.text if role == "language" else name
    return Told((sentences.cannot_tell(title, role, name),), fact(each, role, None, name))


def _has_any(utterance: Utterance, among: Sequence[Described], question: FactQuestion) -> Told:
    """Say whether anything is known on a relation: 'is it part of a series?'."""
    roles = question.roles[0]
    wanted = (*roles, "previous_work", "subsequent_work") if "series" in roles else roles
    each, role = best_of(utterance, among, wanted)
    title, known = titled(each, among), labels(each, role)
    if known:
        return Told((sentences.yes(title, role, known),), fact(each, role, "yes", known[0]))
    return Told((sentences.value(title, role, ()),), fact(each, role))


def _person(utterance: Utterance, question: FactQuestion) -> tuple[EntityMention, ...]:
    """Return whom 'she' means: the person named last in this message, else in the conversation."""
    named = [
        EntityMention(c.text, c.choices)
        for c in utterance.chunks
        if c.kind == "entity" and any(set(choice.roles) & _PEOPLE for choice in c.choices)
    ]
    if named:
        return (named[-1],)
    if maker := _maker_of_others(utterance, question):
        return maker
    known = [each for each in utterance.state.people if each.relation in _PEOPLE]
    if not known:
        return ()
    last = known[0].label
    roles = {each.relation: 1 for each in known if each.label == last}
    return (EntityMention(last, (Candidate("", last, roles, "full", 1.0, None),)),)


def _maker_of_others(utterance: Utterance, question: FactQuestion) -> tuple[EntityMention, ...]:
    """Return who made the items named beside the one in question: 'I read Emma. Did she write X too?'."""
    asked = {title.text for title in question.subject.titles}
    others = [title for title in utterance.reading.mentioned if title.text not in asked and title.choices]
    roles = [role for each in question.roles for role in each]
    for title in reversed(others if asked else []):
        each = utterance.session.call("describe_item", item=title.choices[0].id)
        names = [name for role in roles for name in labels(each, role)] if each else []
        if names:
            held = {role: 1 for role in roles if names[0] in labels(each, role)}
            return (EntityMention(names[0], (Candidate("", names[0], held, "full", 1.0, None),)),)
    return ()


# All of an item


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
    each, _ = best_of(utterance, among, ("description", *_MAKERS))
    note = sentences.told(each, titled(each, among), fully=fully)
    described = (sentences.short(each["description"]),) if fully and each["description"] else ()
    return Told((note, *described), _known(each, _FULLY))


def opinion(utterance: Utterance, question: FactQuestion) -> Told:
    """Say what is known of an item, and that the catalogue does not judge."""
    known = tell(utterance, question)
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
    if topic in ("tickets", "people") or not question.subject.is_item:
        return Told((sentences.unknowable(topic, ""),), unused=question.unused)
    found = items_of(utterance, question)
    if isinstance(found, Told):
        notes = (sentences.unknowable(topic, ""), *(() if found.asks else found.notes))
        return Told(notes, (), found.unknown, question.unused)
    each, _ = best_of(utterance, found[0], _MAKERS)
    title = titled(each, found[0])
    if form := _form(each, question.unused):
        return Told((sentences.yes(title, "media_type", [form]),), fact(each, "media_type", "yes", form))
    notes = (sentences.unknowable(topic, title), sentences.told(each, title))
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
    roles = {role: n for role, n in best.roles.items() if role in _PEOPLE} if best is not None else {}
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
