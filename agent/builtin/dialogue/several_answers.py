"""Answers about several items: how many there are, which is older, what they have in common."""

from __future__ import annotations

from agent.builtin.dialogue.antecedents import linked
from agent.builtin.dialogue.asked_items import Described, Told, best_of, fact, items_of, labels
from agent.builtin.dialogue.fact_answers import tell, value
from agent.builtin.dialogue.people import whom
from agent.builtin.dialogue.series_answers import series_of
from agent.builtin.dialogue.state import Person
from agent.builtin.dialogue.utterance import Utterance, title_of
from agent.builtin.interpret.fact_questions import FactQuestion
from agent.builtin.lexicon.load import words
from agent.builtin.parse.ordinals import positions
from agent.builtin.plan.alternatives import Alternative, category_term, name_term, resolve
from agent.builtin.plan.search import filters_of, find_each
from agent.builtin.plan.tool_session import Call
from agent.builtin.respond import facts as sentences
from kg.text import fold

_LISTED = 50  # items of an answer that are all compared, those not shown as well
_TWO = 2
_COMPARED = 200  # items of a count, at most, that are set side by side
NAMED = frozenset("films movies books novels pictures flicks stories".split())


def count(utterance: Utterance, question: FactQuestion) -> Told | None:
    """Say how many items satisfy conditions, or how many values an item has."""
    if question.roles:
        told = value(utterance, question)
        number = len(told.facts[0]["values"]) if told.facts else 0
        return Told((f"{number}.", *told.notes), told.facts) if number else told
    reading, session = utterance.reading, utterance.session
    if {"those", "these"} & set(question.words) and reading.mentioned and (label := series_of(utterance)):
        stated = [{"relation": "series", "value": label}]
        found = session.call("find_items", conditions=stated) or {"items": []}
        return Told((sentences.counted(len(found["items"]), "titles", stated, (None, None)),))
    unknown = tuple(c.text for c in utterance.chunks if c.kind == "entity" and not c.choices)
    if unknown:
        return Told((sentences.unknown(unknown),), unknown=unknown)
    references, described = resolve(reading, session)
    terms = [name_term(w.roles, w.name) for w in reading.wanted] + references
    terms += [category_term(name) for name in reading.categories]
    terms += [(Alternative(p.relation, p.label, 0),) for p in _whose(utterance, question)]
    filters = filters_of(reading, described)
    if not (terms or filters.limits) and len(question.subject.titles) == 1:
        return _called(question)
    if not (terms or filters.limits) and set(question.words) <= words("questions", "counted whole"):
        domain = {"domain": reading.domain} if reading.domain else {}
        every = session.call("find_items", conditions=[], limit=1, **domain)
        noun = next((word for word in question.words if word in NAMED), "titles")
        return every and Told((sentences.counted(every["total"], noun, [], (None, None)),))
    if not all(terms) or not (terms or filters.limits) or not session.has("find_items"):
        return None
    best = find_each([terms], filters, session)[0]
    conditions = best.conditions or [term[0].condition for term in terms]
    noun = next((word for word in question.words if word in NAMED), "titles")
    return Told((sentences.counted(len(best.items), noun, conditions, filters.years),))


def _whose(utterance: Utterance, question: FactQuestion) -> list[Person]:
    """Return of whom items are counted where a pronoun says so: 'how many films of HIS do you have'."""
    pointed = {"his", "hers", "he", "she", "him", "her"} & set(question.words)
    meant = whom(utterance, ()) if pointed and not utterance.reading.wanted else []
    return meant if len(meant) == 1 else []


def _called(question: FactQuestion) -> Told | None:
    """Name the items that have a name in their titles: 'how many Star Wars films are there?'."""
    said = question.subject.titles[0]
    kin = ("full", "short")  # what is called so, and what is also called so with more behind it
    names = [c.label for c in said.choices if fold(said.text) in fold(c.label) or c.match in kin]
    names = list(dict.fromkeys(names))
    return Told((sentences.called(said.text, names),)) if names else None


def _meant(utterance: Utterance, question: FactQuestion) -> list[str]:
    """Return the items that are set side by side: named, else shown."""
    titles, shown = question.subject.titles, utterance.state.shown
    if len(titles) > 1 or question.subject.slot:
        beside = linked(utterance, question.subject.slot)[:1] if question.subject.slot else []
        named = [title.choices[0].id for title in titles]
        said = question.words
        first = "than" in said and "" in said and said.index("than") < said.index("")
        return [*beside, *named] if first else [*named, *beside]
    places = [place for place in positions(question.words, len(shown)) if place < len(shown)]
    every = utterance.state.items if len(utterance.state.items) <= _LISTED else shown
    every = utterance.state.together or every
    return [shown[place] for place in places] if len(places) > 1 else list(every)


def _counted_before(utterance: Utterance) -> list[str]:
    """Return the items of a count in the same message: 'how many are BY N, and which is the oldest?'."""
    counted = any(each.kind == "count" and not each.roles for each in utterance.questions)
    if not counted or not utterance.session.has("find_items"):
        return []
    reading = utterance.reading
    terms = [name_term(w.roles, w.name) for w in reading.wanted]
    terms += [category_term(name) for name in reading.categories]
    filters = filters_of(reading)
    found = find_each([terms], filters, utterance.session)[0].items if all(terms) and terms else []
    return found[:_COMPARED]


def compare(utterance: Utterance, question: FactQuestion) -> Told | None:
    """Say which of several items is the older or the newer one."""
    ids = _meant(utterance, question) or _counted_before(utterance)
    described = utterance.session.call_all([Call("describe_item", {"item": item}) for item in ids])
    known = [each for each in described if each and each["year"]]
    if len(known) < _TWO:
        return None if ids else Told((sentences.WHICH,), asks=True)
    latest = question.roles[0][0] == "latest"
    best = sorted(known, key=lambda each: each["year"], reverse=latest)[0]
    others = [each for each in known if each is not best]
    names = [f"{each['title']} ({each['year']})" for each in (best, *others)]
    alike = len(known) == _TWO and known[0]["year"] == known[1]["year"]
    note = sentences.compared(names[0], names[1:], latest=latest)
    note = sentences.of_one_year([each["title"] for each in known], known[0]["year"]) if alike else note
    if question.year is None or len(known) != _TWO:
        told = (best, *others) if len(known) == _TWO else (best,)
        return Told((note,), tuple(f for each in told for f in fact(each, "year")))
    first, second = known
    verdict = "yes" if best is first and first["year"] != second["year"] else "no"
    asked = f"{'>' if latest else '<'} {second['year']}"
    facts = (*fact(first, "year", verdict, asked), *fact(second, "year"))
    return Told((f"{verdict.capitalize()}, {note}",), facts)


def shared(utterance: Utterance, question: FactQuestion) -> Told:
    """Say who is in both."""
    ids = (
        _meant(utterance, question)
        if len(question.subject.titles) > 1 or question.subject.slot
        else list((utterance.state.together or utterance.state.shown)[:_TWO])
    )
    if len(ids) < _TWO or not utterance.session.has("resolve_reference"):
        return Told((sentences.WHICH,), asks=True)
    roles = question.roles[0]
    calls = [Call("resolve_reference", {"items": ids, "relation": role}) for role in roles]
    calls += [Call("describe_item", {"item": item}) for item in ids]
    answers = utterance.session.call_all(calls)
    described = [each for each in answers[len(roles) :] if each]
    titles = [each["title"] for each in described]
    for role, answer in zip(roles, answers, strict=False):
        names = [v["value"] for v in answer["values"] if v["items"] == len(ids)] if answer else []
        if names:
            facts = tuple(f for each in described for f in fact(each, role))
            return Told((sentences.shared(titles, role, names),), facts)
    facts = tuple(f for each in described for f in fact(each, roles[0]))
    apart = (
        ()
        if roles[0] == "actor"
        else (sentences.value(e["title"], roles[0], labels(e, roles[0])) for e in described)
    )
    return Told((sentences.shared(titles, roles[0], ()), *apart), facts)


def listed(utterance: Utterance, question: FactQuestion) -> Told | None:
    """Say whether a title is among those found last, and what is known of it."""
    known = tell(utterance, question)
    ids = {choice.id for title in question.subject.titles for choice in title.choices}
    title = question.subject.titles[0].choices[0].label
    if not known.facts or not utterance.state.items:
        return known
    said = sentences.listed_here(title, there=bool(ids & set(utterance.state.items)))
    return Told((said, *known.notes), known.facts)


def same(utterance: Utterance, question: FactQuestion) -> Told | None:
    """Say whether several items have somebody in one role, and who it is."""
    found = _told_one_by_one(utterance, question) or items_of(utterance, question)
    if isinstance(found, Told) or len(found) < _TWO:
        return found if isinstance(found, Told) else None
    roles = [r for r in question.roles[0] if all(any(labels(each, r) for each in among) for among in found)]
    if not roles:
        return None
    known = [best_of(utterance, among, roles[:1])[0] for among in found]
    held = [labels(each, roles[0]) for each in known]
    titles = [each["title"] for each in known]
    common = [name for name in held[0] if all(name in others for others in held)]
    asked = (common or held[0])[0]
    verdicts = ["yes" if asked in names else "no" for names in held]
    told = zip(known, verdicts, strict=True)
    facts = tuple(f for each, verdict in told for f in fact(each, roles[0], verdict, asked))
    return Told((sentences.same(titles, roles[0], held, common),), facts)


def _told_one_by_one(utterance: Utterance, question: FactQuestion) -> list[list[Described]]:
    """Return the two items told of last, one after the other: 'X?' … 'and Y?' … 'SAME director, right?'."""
    state = utterance.state
    if question.words[:1] != ("same",) or utterance.reading.mentioned or state.together:
        return []
    titles = {title_of(utterance, item): item for item in reversed((*state.one_by_one, *state.named))}
    calls = [Call("describe_item", {"item": item}) for item in [*titles.values()][-_TWO:]]
    described = utterance.session.call_all(calls) if len(calls) == _TWO else []
    return [[each] for each in described if each]
