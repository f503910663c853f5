"""Answers for yes or no: whether an item has a value, is of a year, has anything of a kind."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from agent.builtin.dialogue.asked_items import (
    MAKERS,
    PEOPLE,
    Described,
    Told,
    best_of,
    fact,
    labels,
    of_each,
    titled,
    together,
)
from agent.builtin.dialogue.people import whom
from agent.builtin.dialogue.utterance import Utterance
from agent.builtin.interpret.fact_questions import FactQuestion
from agent.builtin.interpret.questions.value import MAKERS as MAKERS_OF_ANY
from agent.builtin.interpret.request import EntityMention
from agent.builtin.lexicon.load import words
from agent.builtin.parse.chunks import Candidate
from agent.builtin.respond import facts as sentences
from agent.builtin.respond.sentences import which_of
from kg.text import fold

_JUDGING = words("questions", "judging")  # 'scary' is more than a genre: its lack is no proof
_HOLDS = {"is": int.__eq__, "<": int.__lt__, ">": int.__gt__, ">=": int.__ge__}
_HOLDS |= {"decade": lambda year, first: first <= year < first + 10}
_BOUND = {"is": "{}", "<": "before {}", ">": "after {}", ">=": "since {}", "decade": "in the {}s"}


def yes_no(utterance: Utterance, question: FactQuestion) -> Told | None:
    """Say yes or no, and what is so."""
    asked = _person(utterance, _of_role_before(utterance, question)) if question.anaphor else question.values
    if question.anaphor and question.roles == (MAKERS_OF_ANY,):  # 'did he do Psycho too', after a composer
        held = tuple(dict.fromkeys(role for each in asked for c in each.choices for role in c.roles))
        question = replace(question, roles=((*held, *MAKERS_OF_ANY),))
    if question.anaphor and not asked:
        several = [each.label for each in whom(utterance, ())]
        return Told((which_of(several)["text"],), asks=True) if len(several) > 1 else None
    return of_each(utterance, question, lambda among: _yes_no(utterance, among, question, asked))


def _of_role_before(utterance: Utterance, question: FactQuestion) -> FactQuestion:
    """Return a question whose person is who the one before asks for: 'WHO SHOT A and did he also do B?'."""
    before = [q for q in utterance.questions if q.kind == "value" and q.start < question.start and q.roles]
    made = question.roles == (MAKERS_OF_ANY,)
    return replace(question, roles=before[-1].roles) if before and made else question


def _yes_no(
    utterance: Utterance,
    among: Sequence[Described],
    question: FactQuestion,
    asked: Sequence[EntityMention],
) -> Told:
    if question.year is not None and not asked:
        return _of_year(among, *question.year)
    if question.year is not None:  # 'did Scott direct Alien IN 1980?'
        told = _yes_no(utterance, among, replace(question, year=None), asked)
        items = {fact["item"] for fact in told.facts}
        meant = [each for each in among if each["id"] in items] or among
        return together((told, _of_year(meant, *question.year)))
    if not asked:
        return _has_any(utterance, among, question)
    paired = len(asked) == len(question.roles) > 1  # 'was it written by A and directed by B'
    apart = [replace(question, roles=(roles,)) for roles in question.roles] if paired else [question]
    pairs = zip(asked, apart if paired else apart * len(asked), strict=True)
    answers = [_of_value(utterance, among, one, each) for each, one in pairs]
    return _either(answers) if len(asked) > 1 and "or" in question.words else together(answers)


def _either(answers: Sequence[Told]) -> Told:
    """Return which of several is so: 'is it a thriller or a comedy?'."""
    right = [each for each in answers if any(f["verdict"] == "yes" for f in each.facts)] or answers[:1]
    several = len(right) > 1 and len({f["item"] for each in right for f in each.facts}) == 1
    notes = [note.removeprefix("Yes, ") for each in right for note in each.notes]
    if several:
        notes[0] = f"Both: {notes[0]}"
    return Told(tuple(notes), tuple(f for each in right for f in each.facts))


def _of_year(among: Sequence[Described], op: str, year: int, decade: str = "") -> Told:
    dated = [each for each in among if each["year"]]
    right = [each for each in dated if _HOLDS[op](each["year"], year)]
    each = (right or dated or list(among))[0]
    title, known = each["title"], labels(each, "year")
    said = _BOUND[op].format(year)
    asked = {"is": str(year), "decade": decade}.get(op, f"{op} {year}")
    if right:
        return Told((sentences.yes(title, "year", known),), fact(each, "year", "yes", asked))
    if dated:
        wrong = sentences.no(title, "year", known, said)
        return Told((wrong,), fact(each, "year", "no", asked))
    return Told((sentences.cannot_tell(title, "year", said),), fact(each, "year", None, asked))


def _of_value(
    utterance: Utterance, among: Sequence[Described], question: FactQuestion, asked: EntityMention
) -> Told:
    """Say whether an item has a value, in one of the roles that are asked."""
    roles = tuple(dict.fromkeys(role for each in question.roles for role in each))
    held = tuple(dict.fromkeys(role for choice in asked.choices for role in choice.roles))
    if held[:1] == ("writer",) and "director" in held:
        held = ("director", *held)  # who writes what they direct
    stated = tuple(role for role in roles if role in held) or roles or held
    names = {choice.label for choice in asked.choices}
    family = _family(asked.text)
    pairs = [(each, role) for each in among for role in stated]
    told = ((e, r, n) for e, r in pairs for n in labels(e, r))
    right = next((each for each in told if each[2] in names or fold(each[2]).split()[-1:] == family), None)
    if right is not None:
        each, role, name = right
        return Told((sentences.yes(titled(each, among), role, [name]),), fact(each, role, "yes", name))
    each, role = best_of(utterance, among, stated or (("genre",) if asked.choices else MAKERS))
    title, name = titled(each, among), asked.choices[0].label if asked.choices else asked.text
    if labels(each, role) and _JUDGING & set(asked.text.casefold().split()):
        so = sentences.value(title, role, labels(each, role))
        return Told((so, sentences.NO_JUDGEMENT), fact(each, role))
    if labels(each, role):
        denied = Told((sentences.no(title, role, labels(each, role), name),), fact(each, role, "no", name))
        return together((*_untold_of(among, each, role, name), denied))
    name = asked.text if role == "language" else name
    return Told((sentences.cannot_tell(title, role, name),), fact(each, role, None, name))


def _untold_of(among: Sequence[Described], known: Described, role: str, name: str) -> list[Told]:
    """Return of which namesakes nothing tells whether it is so, beside one of which it is denied."""
    alike = [each for each in among if each["domain"] == known["domain"] and not labels(each, role)]
    return [
        Told((sentences.cannot_tell(titled(each, among), role, name),), fact(each, role, None, name))
        for each in alike
    ]


def _family(said: str) -> list[str]:
    """Return the surname of people that are named together: 'the *Coen* brothers'; [] for none."""
    words_of = fold(said).split()
    return words_of[-2:-1] if len(words_of) > 1 and words_of[-1] in ("brothers", "sisters", "bros") else []


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
        if c.kind == "entity" and any(set(choice.roles) & PEOPLE for choice in c.choices)
    ]
    if named:
        return (named[-1],)
    if maker := _maker_of_others(utterance, question):
        return maker
    known = [each for each in whom(utterance, ()) if each.relation in PEOPLE]
    if len(known) != 1:
        return ()
    last = known[0].label
    roles = {each.relation: 1 for each in utterance.state.people if each.label == last}
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
