"""Answers to questions of fact, by tools only, and why an item was recommended."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from agent.builtin.dialogue.state import (
    SHORT,
    SimilarityQuery,
    Utterance,
    focus_of,
    pointed_at,
    title_of,
)
from agent.builtin.interpret.fact_questions import FactQuestion, Roles, fact_questions
from agent.builtin.interpret.request import EntityMention, ItemMention
from agent.builtin.parse.chunks import Candidate
from agent.builtin.parse.ordinals import positions
from agent.builtin.plan.alternatives import category_term, name_term, resolve
from agent.builtin.plan.proposal import proposal
from agent.builtin.plan.search import filters_of, find_each
from agent.builtin.plan.tool_session import Arguments, Call
from agent.builtin.respond import facts as sentences
from agent.builtin.respond import sentences as wording

_NAMESAKES = 3  # a book and its films may have one title; who scored it is known of a film
_SHOWN = 10
_SURE = 0.5
_MAKERS = ("author", "director")
_PEOPLE = ("author", "director", "writer", "actor", "composer", "cinematographer", "editor", "producer")
_TOLD = ("author", "director", "genre", "actor", "series", "publisher", "country")
Described = dict[str, Any]


@dataclass(frozen=True, slots=True)
class _Told:
    """An answer to one question: a sentence, the facts in it, and the words that name or decide nothing."""

    note: str
    facts: tuple[dict[str, Any], ...] = ()
    unknown: tuple[str, ...] = ()
    unused: tuple[str, ...] = ()
    asks: bool = False


def fact_question(said: Utterance) -> Arguments | None:
    """Answer 'who shot it?', 'is Alien from 1979?', 'what is it about?'; None for what asks no fact."""
    if not said.session.has("describe_item"):
        return None
    answers = []
    for question in fact_questions(said.chunks, said.reading):
        answer = _ANSWERS[question.kind](said, question)
        if answer is None:
            return None
        answers.append(answer)
    return _proposed(answers) if answers else None


def _proposed(answers: Sequence[_Told]) -> Arguments:
    note = " ".join(dict.fromkeys(answer.note for answer in answers))
    facts = [fact for answer in answers for fact in answer.facts]
    unknown = list(dict.fromkeys(name for answer in answers for name in answer.unknown))
    unused = list(dict.fromkeys(word for answer in answers for word in answer.unused))
    asks = any(answer.asks for answer in answers) and not facts
    act = "ask" if asks else "decline" if (unknown or unused) and not facts else "inform"
    question = {"text": note, "slot": "item"} if asks else None
    told = {"act": act, "facts": facts, "unknown": unknown, "unused": unused, "question": question}
    return proposal(note=note) | {name: each for name, each in told.items() if each}


# Which item


def _subjects(said: Utterance, question: FactQuestion) -> list[list[Described]] | _Told | None:
    """Return, for every item a question is about, what is known of each that may be meant.

    An answer in place of it says that there is no such item; None that the words point at nothing.
    """
    subject = question.subject
    if subject.titles:
        ids = [_candidates(said, title) for title in subject.titles]
    elif subject.slot:
        ids = [_linked(said, subject.slot)]
        if not ids[0]:
            name = subject.slot
            return _Told(sentences.unknown([name]), unknown=(name,))
    else:
        item = _pointed(said, question)
        if item is None:
            return None
        ids = [[item]]
    calls = [Call("describe_item", {"item": item}) for each in ids for item in each]
    answers = iter(said.session.call_all(calls))
    return [[found for _ in each if (found := next(answers))] for each in ids]


def _candidates(said: Utterance, title: ItemMention) -> list[str]:
    """Return the items a title may mean, those of the last answer first."""
    alike = [c.id for c in title.choices if c.match == title.choices[0].match]
    return sorted(alike, key=lambda item: item not in said.state.items)[:_NAMESAKES]


def _linked(said: Utterance, slot: str) -> list[str]:
    """Return the items that a name in the place of a title means, if all of it names them."""
    links = said.session.call("link_entities", text=slot)
    found = [m for m in links["mentions"] if len(m["text"]) >= len(slot) - len("the ")] if links else []
    items = [
        c for mention in found for c in mention["candidates"] if c["kind"] == "item" and c["score"] >= _SURE
    ]
    return [c["id"] for c in items if c["match"] == items[0]["match"]][:_NAMESAKES]


def _pointed(said: Utterance, question: FactQuestion) -> str | None:
    """Return the item that a pronoun or an ordinal means: in this message, else in the conversation."""
    places = positions(question.words, len(said.state.items))
    if places and said.state.items:
        return said.state.items[places[0]] if places[0] < len(said.state.items) else None
    named = [title.choices[0].id for title in said.reading.mentioned if title.choices]
    return named[-1] if named else focus_of(said.state)


def _titled(each: Described, among: Sequence[Described]) -> str:
    """Return the title of an item, with its year if others are called so."""
    alike = [other for other in among if other["title"] == each["title"]]
    return f"{each['title']} ({each['year']})" if len(alike) > 1 and each["year"] else str(each["title"])


def _which(question: FactQuestion) -> _Told:
    return _Told(sentences.WHICH, asks=True)


# What is asked


def _labels(each: Described, relation: str) -> list[str]:
    """Return what an item has on a relation, its year and its description among them."""
    if relation == "year":
        return [str(each["year"])] if each["year"] else []
    if relation == "description":
        return [each["description"]] if each["description"] else []
    return list(each["relations"].get(relation, ()))


def _fact(each: Described, relation: str, verdict: str | None = None, asked: str = "") -> dict[str, Any]:
    fact = {"item": each["id"], "relation": relation, "values": _labels(each, relation)}
    return fact | {"verdict": verdict, "asked": asked}


def _value(said: Utterance, question: FactQuestion) -> _Told | None:
    """Say what an item has on each of the relations that are asked."""
    found = _subjects(said, question)
    if not isinstance(found, list):
        return found or _which(question)
    notes, facts = [], []
    for among in found:
        for roles in question.roles:
            each, relation = _best(said, among, roles)
            facts.append(_fact(each, relation))
            notes.append(sentences.value(_titled(each, among), relation, _labels(each, relation)))
    return _Told(" ".join(dict.fromkeys(notes)), tuple(facts))


def _best(said: Utterance, among: Sequence[Described], roles: Roles) -> tuple[Described, str]:
    """Return the item and the relation that a question means: the likeliest that the catalogue knows."""
    domain = said.reading.domain
    meant = [each for each in among if each["domain"] == domain] or list(among)
    known = ((each, role) for each in meant for role in roles if _labels(each, role))
    return next(known, (meant[0], _role_of(meant[0], roles)))


def _role_of(each: Described, roles: Roles) -> str:
    """Return the relation to speak of where nothing is known: a book has an author."""
    if each["domain"] == "book" and "author" in roles:
        return "author"
    return roles[0]


def _yes_no(said: Utterance, question: FactQuestion) -> _Told | None:
    """Say yes or no, and what is so."""
    found = _subjects(said, question)
    if not isinstance(found, list):
        return found or _which(question)
    asked = question.values or (_person(said) if question.anaphor else ())
    if question.anaphor and not asked:
        return None
    answers = []
    for among in found:
        if question.year is not None:
            answers.append(_of_year(among, *question.year))
        elif asked:
            answers += [_of_value(said, among, question, value) for value in asked]
        else:
            answers.append(_has_any(said, among, question.roles[0]))
    return _Told(
        " ".join(dict.fromkeys(answer.note for answer in answers)),
        tuple(fact for answer in answers for fact in answer.facts),
    )


def _of_year(among: Sequence[Described], op: str, year: int) -> _Told:
    holds = {"is": int.__eq__, "<": int.__lt__, ">": int.__gt__, ">=": int.__ge__}[op]
    dated = [each for each in among if each["year"]]
    right = [each for each in dated if holds(each["year"], year)]
    each = (right or dated or list(among))[0]
    title, labels = _titled(each, among), _labels(each, "year")
    if not dated:
        return _Told(sentences.cannot_tell(title, "year", str(year)), (_fact(each, "year", None, str(year)),))
    if right:
        return _Told(sentences.yes(title, "year", labels), (_fact(each, "year", "yes", str(year)),))
    asked = f"{ {'<': 'before ', '>': 'after ', '>=': 'since '}.get(op, '') }{year}"
    return _Told(sentences.no(title, "year", labels, asked), (_fact(each, "year", "no", str(year)),))


def _of_value(
    said: Utterance, among: Sequence[Described], question: FactQuestion, value: EntityMention
) -> _Told:
    """Say whether an item has a value, in one of the roles that are asked."""
    roles = tuple(dict.fromkeys(role for each in question.roles for role in each))
    held = tuple(dict.fromkeys(role for choice in value.choices for role in choice.roles))
    stated = tuple(role for role in roles if role in held) or roles or held
    labels = {choice.label for choice in value.choices}
    pairs = [(each, role) for each in among for role in (*stated, *(r for r in held if r in roles))]
    right = next(((e, r) for e, r in pairs if labels & set(_labels(e, r))), None)
    if right is not None:
        each, role = right
        label = next(each_label for each_label in _labels(each, role) if each_label in labels)
        return _Told(sentences.yes(_titled(each, among), role, [label]), (_fact(each, role, "yes", label),))
    each, role = _best(said, among, stated or ("genre",))
    title, asked = _titled(each, among), value.choices[0].label if value.choices else value.text
    if not _labels(each, role):
        return _Told(sentences.cannot_tell(title, role, asked), (_fact(each, role, None, asked),))
    return _Told(sentences.no(title, role, _labels(each, role), asked), (_fact(each, role, "no", asked),))


def _has_any(said: Utterance, among: Sequence[Described], roles: Roles) -> _Told:
    """Say whether anything is known on a relation: 'is it part of a series?'."""
    wanted = (*roles, "previous_work", "subsequent_work") if "series" in roles else roles
    each, role = _best(said, among, wanted)
    labels = _labels(each, role)
    title = _titled(each, among)
    if labels:
        return _Told(sentences.yes(title, role, labels), (_fact(each, role, "yes"),))
    return _Told(sentences.value(title, role, ()), (_fact(each, role),))


def _person(said: Utterance) -> tuple[EntityMention, ...]:
    """Return whom 'she' means: the person named last in this message, told of last, or asked for last."""
    named = [
        EntityMention(c.text, c.choices)
        for c in said.chunks
        if c.kind == "entity" and any(set(choice.roles) & set(_PEOPLE) for choice in c.choices)
    ]
    if named:
        return (named[-1],)
    people: Sequence[Any] = getattr(said.state, "people", ())
    told = [each for each in people if each.relation in _PEOPLE]
    if not told:
        return ()
    first = told[0].label
    roles = {each.relation: 1 for each in told if each.label == first}
    return (EntityMention(first, (Candidate("", first, roles, "full", 1.0, None),)),)


def _about(said: Utterance, question: FactQuestion) -> _Told | None:
    """Say what an item is about."""
    found = _subjects(said, question)
    if not isinstance(found, list):
        return found or _which(question)
    notes, facts, unused = [], [], []
    for among in found:
        each, _ = _best(said, among, ("description",))
        title = _titled(each, among)
        notes.append(sentences.about(title, each["description"]))
        if each["description"]:
            facts.append(_fact(each, "description"))
        else:
            notes.append(sentences.told(each, title))
            facts += _known(each)
            unused.append("about" if "about" in question.words else "plot")
    return _Told(" ".join(notes), tuple(facts), unused=tuple(unused))


def _known(each: Described, relations: Iterable[str] = (*_TOLD[:3], "year")) -> list[dict[str, Any]]:
    """Return the facts that tell what an item is."""
    return [_fact(each, relation) for relation in relations if _labels(each, relation)]


def _tell(said: Utterance, question: FactQuestion) -> _Told | None:
    """Say what is known of an item: who made it, when, of what kind, what it is about."""
    if question.subject.people and not question.subject.titles:
        return None
    found = _subjects(said, question)
    if not isinstance(found, list):
        return found
    each, _ = _best(said, found[0], ("description", *_MAKERS))
    title = _titled(each, found[0])
    note = sentences.told(each, title, fully=True)
    text = sentences.short(each["description"])
    facts = _known(each, ("description", "year", *_TOLD))
    return _Told(f"{note} {text}".strip(), tuple(facts))


def _opinion(said: Utterance, question: FactQuestion) -> _Told | None:
    """Say what is known of an item, and that the catalogue does not judge."""
    told = _tell(said, question)
    if told is None or not told.facts:
        return told
    return _Told(f"{told.note} {sentences.NO_JUDGEMENT}", told.facts)


def _unknowable(said: Utterance, question: FactQuestion) -> _Told | None:
    """Say that the catalogue does not hold something, and what it holds of the item."""
    topic = question.topic.removeprefix("unknowable ")
    found = None if topic == "tickets" else _subjects(said, question)
    if isinstance(found, _Told):
        return _Told(f"{sentences.unknowable(topic, '')} {found.note}", (), found.unknown, question.unused)
    if not found:
        return _Told(sentences.unknowable(topic, ""), unused=question.unused)
    each, _ = _best(said, found[0], _MAKERS)
    title = _titled(each, found[0])
    note = f"{sentences.unknowable(topic, title)} {sentences.told(each, title)}"
    return _Told(note, tuple(_known(each)), unused=question.unused)


def _missing(said: Utterance, question: FactQuestion) -> _Told | None:
    """Say that a name names nothing here."""
    name = question.subject.slot
    return _Told(sentences.unknown([name]), unknown=(name,))


# Of several


def _count(said: Utterance, question: FactQuestion) -> _Told | None:
    """Say how many items satisfy conditions, or how many values an item has."""
    if question.roles:
        told = _value(said, question)
        if told is None or not told.facts:
            return told
        number = len(told.facts[0]["values"])
        return _Told(f"{number}. {told.note}" if number else told.note, told.facts)
    reading, session = said.reading, said.session
    references, described = resolve(reading, session)
    terms = [name_term(w.roles, w.name) for w in reading.wanted] + references
    terms += [category_term(name) for name in reading.categories]
    unknown = tuple(c.text for c in said.chunks if c.kind == "entity" and not c.choices)
    if unknown:
        return _Told(sentences.unknown(unknown), unknown=unknown)
    filters = filters_of(reading, described)
    if not all(terms) or not (terms or filters.limits) or not session.has("find_items"):
        return None
    best = find_each([terms], filters, session)[0]
    conditions = best.conditions or [term[0].condition for term in terms]
    return _Told(sentences.counted(len(best.items), reading.domain, conditions, filters.years))


def _compare(said: Utterance, question: FactQuestion) -> _Told | None:
    """Say which of several items is the older or the newer one."""
    titles = question.subject.titles
    ids = [title.choices[0].id for title in titles] if len(titles) > 1 else list(said.state.items[:_SHOWN])
    calls = [Call("describe_item", {"item": item}) for item in ids]
    known = [each for each in said.session.call_all(calls) if each and each["year"]]
    if len(known) < 2:
        return _which(question) if not ids else None
    latest = question.roles[0][0] == "latest"
    best = sorted(known, key=lambda each: each["year"], reverse=latest)[0]
    others = [each for each in known if each is not best]
    names = [f"{each['title']} ({each['year']})" for each in (best, *others)]
    facts = [_fact(each, "year") for each in (best, *others[: 1 if len(others) == 1 else 0])]
    note = sentences.compared(names[0], names[1:], latest=latest)
    if question.year is None:
        return _Told(note, tuple(facts))
    asked = titles[0].choices[0].id
    verdict = "yes" if best["id"] == asked else "no"
    facts = [_fact(each, "year", verdict if each["id"] == asked else None) for each in known]
    return _Told(f"{verdict.capitalize()}, {note}", tuple(facts))


def _shared(said: Utterance, question: FactQuestion) -> _Told | None:
    """Say who is in both."""
    titles = question.subject.titles
    ids = [title.choices[0].id for title in titles] if len(titles) > 1 else list(said.state.items[:2])
    if len(ids) < 2 or not said.session.has("resolve_reference"):
        return _which(question)
    roles = question.roles[0]
    calls = [Call("resolve_reference", {"items": ids, "relation": role}) for role in roles]
    calls += [Call("describe_item", {"item": item}) for item in ids]
    (*answers,) = said.session.call_all(calls)
    described = [each for each in answers[len(roles) :] if each]
    for answer in answers[: len(roles)]:
        labels = [v["value"] for v in answer["values"] if v["items"] == len(ids)] if answer else []
        if labels:
            facts = tuple(_fact(each, answer["relation"]) for each in described)
            return _Told(sentences.shared([e["title"] for e in described], answer["relation"], labels), facts)
    facts = tuple(_fact(each, roles[0]) for each in described)
    return _Told(sentences.shared([e["title"] for e in described], roles[0], ()), facts)


_ANSWERS: dict[str, Callable[[Utterance, FactQuestion], _Told | None]] = {
    "value": _value,
    "yes_no": _yes_no,
    "about": _about,
    "tell": _tell,
    "opinion": _opinion,
    "count": _count,
    "compare": _compare,
    "shared": _shared,
    "unknowable": _unknowable,
    "missing": _missing,
}


# Why


def why(said: Utterance) -> Arguments | None:
    """'why the first?', 'why that one?'."""
    asks = said.words[:1] in (("why",), ("how",)) and not said.has("how about", "how many", "how old")
    if not asks or len(said.words) > SHORT:
        return None
    item = pointed_at(said) or focus_of(said.state)
    if item is None:
        return None
    similarity = said.state.similarity
    if similarity is not None and (note := _by_taste(said, item, similarity)):
        return proposal([item], said.state.conditions, note=note)
    facts = [wording.said(c) for c in said.state.conditions]
    return proposal([item], said.state.conditions, note=wording.because(title_of(said, item), facts))


def _by_taste(said: Utterance, item: str, similarity: SimilarityQuery) -> str:
    """Return why a tool of taste offered an item: whose choice it is, after what, or by facts; else ''."""
    title, answer = title_of(said, item), similarity.answer
    if item not in {hit["id"] for hit in answer["items"]}:
        return ""
    if "group" in answer:
        return wording.group_chose(title, answer["group"])
    if "reasons" not in answer:
        return ""
    told = next((each for each in answer["reasons"] if each["item"] == item), None)
    if told is None or answer["by"] == "facts":
        return wording.much_in_common(title)
    unnamed = (
        "what you named" if told["after"] in similarity.call.arguments["items"] else "something you chose"
    )
    after = said.state.hits.get(told["after"], {}).get("title", unnamed)
    went = wording.went_on(title, after, told["people"])
    return went[0].upper() + went[1:]
