"""Questions of fact: what is asked, and of which item, by the syntax of a clause.

A clause is a question by its head ("who", "what kind", "did", "tell me about", "director of"). What it asks
is told by the predicates and nouns in it, of what by the title, the pointing word or the unlinked name in it.
A clause that asks for more items is a request, and so is the whole message then.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import lru_cache

from agent.builtin.interpret.questions import beyond, errands, owned, several, value, whole, yes_no
from agent.builtin.interpret.questions.clauses import Clause, is_head
from agent.builtin.interpret.questions.context import (
    asks_for_answer,
    asks_for_name,
    is_topic,
    may_ask_for_items,
    not_understood,
    of_those,
    on_topic,
    presupposed,
)
from agent.builtin.interpret.questions.disputes import settled
from agent.builtin.interpret.questions.of_series import of_all
from agent.builtin.interpret.questions.parts import (
    after_mark,
    beginnings,
    is_of_one,
    is_sure,
    later_parts,
    parts,
)
from agent.builtin.interpret.questions.splitting import clauses, is_tag
from agent.builtin.interpret.questions.subject import (
    MANY_NOUNS,
    is_one_item,
    named_after_noun,
    points,
    stands_for_title,
    subject_of,
)
from agent.builtin.interpret.questions.types import FactQuestion, Roles, Subject
from agent.builtin.interpret.questions.wishes import wants_items
from agent.builtin.interpret.request import ParsedRequest
from agent.builtin.lexicon.load import words
from agent.builtin.parse.chunks import Chunk
from agent.builtin.parse.identity import Same

__all__ = ["FactQuestion", "Roles", "fact_questions", "question_in", "questions_beside"]

Readers = tuple[Callable[[Clause], FactQuestion | None], ...]
_ALWAYS: Readers = (
    owned.is_listed,
    whole.of_usher,
    errands.errand,
    value.character,
    value.about,
    whole.telling,
    beyond.of_somebody,
    beyond.whereabouts,
    beyond.liking,
    whole.seen,
    beyond.winner,
    beyond.elder,
    beyond.of_life,
    beyond.most_of_cast,
    beyond.plans,
    value.needed,
    several.compared,
    several.same,
    several.connected,
    several.filmed,
    several.in_series,
)
_UNLESS_LISTS: Readers = (
    whole.neighbour,
    beyond.received,
    beyond.which_of_name,
    whole.unknowable,
    whole.known_in_cast,
    whole.by_whom,
    value.who,
    several.preferred,
    value.what,
    value.when,
    value.where,
    value.how,
    yes_no.yes_no,
    value.fragment,
    yes_no.declared,
    whole.circumstance,
)
_ASKS_WHERE = ("where", "how", "can", "could")
_NOTHING_NAMED = words("questions", "names nothing")
_KEPT = 256  # messages
_TOLD_BESIDE = ("yes_no", "value", "about", "neighbour", "compare", "same")


def fact_questions(chunks: Sequence[Chunk], reading: ParsedRequest) -> tuple[FactQuestion, ...]:
    """Return the questions of fact that a message consists of; none if it is a request or a remark."""
    found, wishes = _read(Same(chunks), Same(reading))
    return () if wishes else found


def questions_beside(chunks: Sequence[Chunk], reading: ParsedRequest) -> tuple[FactQuestion, ...]:
    """Return what is asked beside a request.

    Either of named titles ('who shot Heat, and what else is his?', 'I found Heat. who shot IT, …'), or what
    no catalogue tells ('when is it on, and what else?').
    """
    found, wishes = _read(Same(chunks), Same(reading))
    one = len(reading.mentioned) == 1
    return tuple(each for each in found if wishes and (is_unknowable(each) or _is_of_title(each, points=one)))


def is_unknowable(question: FactQuestion) -> bool:
    """Tell whether a question is of something that no catalogue tells."""
    return question.kind == "unknowable" and bool(question.topic)


def _is_of_title(question: FactQuestion, *, points: bool) -> bool:
    named = question.subject.titles or (points and question.subject == Subject(points=True))
    return question.kind in _TOLD_BESIDE and bool(named)


@lru_cache(maxsize=_KEPT)
def _read(message: Same, read: Same) -> tuple[tuple[FactQuestion, ...], bool]:
    """Return the questions of a message, and whether it asks for items; a turn asks twice."""
    chunks, reading = message.value, read.value
    found: list[FactQuestion] = []
    wishes = False
    unread: list[Clause] = []
    named, topic = "", None
    said = [of_all(each) for each in settled(clauses(chunks, reading.text))]
    items = any(MANY_NOUNS & set(each.words) or each.names("category") for each in said if each.remark)
    for number, plain in enumerate(said):
        if number and is_tag(plain):
            continue
        if plain.remark:
            named, topic = named_after_noun(plain) or named, (plain if is_topic(plain) else topic)
        named = "" if plain.names("title") else named
        clause = plain if topic is None or plain.remark else on_topic(plain, topic)
        question = _in_remark(clause) if plain.remark else question_in(clause)
        if question is None and not plain.remark:
            question = _of_another(clause, found) or several.same_again(clause, found)
            question = question or _asked_before(clause, said[:number])
            question = question or _what_is_named(clause, said[:number])
            question = question or _in_part(clause, said[:number], items=items)
        heads = not plain.remark and (is_head(clause) or clause.led or bool(clause.at("asking for oneself")))
        asks_fact = question is not None or heads
        if wants_items(plain, asks_fact=asks_fact) or _is_of_somebody(plain, chunks):
            wishes = True
            continue
        numbers = bool(reading.comparisons) or _dates(reading)
        if question is not None and question.subject.slot.isdecimal() and numbers:
            wishes = wishes or not reading.comparisons
            continue  # 'a score of 90 and up', 'the best film of 1994' are of no title
        if question is not None and _is_of_items(question, reading):
            wishes = True
            continue  # 'which is the lightest TV'
        if question is not None:
            named = next((each.subject.slot for each in reversed(found)), "") or named
            if named and question.subject == Subject(points=True):
                question = replace(question, subject=Subject(slot=named, points=True))
            question = presupposed(of_those(question, clause, found), clause)
            found.append(replace(question, words=clause.words, start=clause.pieces[0].start))
        elif heads:
            unread += [] if found and asks_for_name(clause) else [clause]
    of_usher = [each for each in found if each.kind == "usher"]
    if of_usher and not wishes:
        return tuple(of_usher[:1]), False
    if any(may_ask_for_items(clause) for clause in unread):
        return tuple(found), True
    rest = [not_understood(clause, alone=not found) for clause in unread]
    if wishes or None in rest:
        return tuple(found), True
    return (*found, *(each for each in rest if each is not None)), False


def _in_remark(clause: Clause) -> FactQuestion | None:
    return value.needed(clause) or beyond.whereabouts(clause)


def _is_of_items(question: FactQuestion, reading: ParsedRequest) -> bool:
    """Tell whether what looks like a question of an unknown title compares items of a person's own table."""
    unknown = bool(question.subject.slot) and not question.subject.titles
    return unknown and reading.own and bool(reading.sorts or reading.comparisons)


def _dates(reading: ParsedRequest) -> bool:
    return reading.years != (None, None)


def _is_of_somebody(clause: Clause, chunks: Sequence[Chunk]) -> bool:
    """Tell whether a clause says who is meant by the role before it: 'films from the composer WHO DID it'."""
    if clause.words[:1] != ("who",) or not clause.pieces:
        return False
    before = [each for each in chunks if each.end <= clause.pieces[0].start]
    return bool(before) and before[-1].kind == "trigger"


def _of_another(clause: Clause, found: Sequence[FactQuestion]) -> FactQuestion | None:
    """Return the question before, asked of another title: 'who directed Heat and *who of Alien*?'."""
    if not found or clause.words[1:2] != ("of",) or found[-1].kind != "value":
        return None
    if not ((clause.at("who") or clause.at("what")) and is_one_item(clause.since(2))):
        return None
    return replace(found[-1], subject=subject_of(clause.since(2)))


_ONE = frozenset("it that this".split())


def _what_is_named(clause: Clause, before: Sequence[Clause]) -> FactQuestion | None:
    """Return what is asked of a title that another clause names: 'I should see Heat. *What is it?*'."""
    rest = clause.since(2)
    asks = clause.words[:1] == ("what",) and bool(clause.at("is", 1)) and bool(_ONE & set(rest.words))
    asks = asks and points(rest) and is_one_item(rest)
    return (
        FactQuestion("tell", Subject(points=True)) if asks and any(c.names("title") for c in before) else None
    )


def _in_part(clause: Clause, before: Sequence[Clause], *, items: bool) -> FactQuestion | None:
    """Return what a part of a clause asks, if the whole is not read; `items` are spoken of beside it."""
    named = any(each.names("title") for each in before)
    wishes = clause.has("asking", "lists") or bool(MANY_NOUNS & set(clause.words))
    if not (is_head(clause) or clause.led) or (wishes and not is_of_one(clause)):
        narrower = iter(()) if wishes or items else later_parts(clause)
    else:
        narrower = beginnings(clause) if wishes else parts(clause)
    for part in narrower:
        question = question_in(part)
        if question is not None and is_sure(question) and (question.subject.titles or named or points(part)):
            return question
    return None


def _asked_before(clause: Clause, before: Sequence[Clause]) -> FactQuestion | None:
    """Return the question that was told of, if a clause asks for its answer: 'who made it … Who was it?'."""
    if not (asks_for_answer(clause) or asks_for_name(clause)):
        return None
    for told in reversed(before):
        for place in range(len(told)):
            inner = told.since(place)
            if (inner.at("who") or inner.at("what")) and (question := question_in(inner)) is not None:
                return question
    return None


def question_in(clause: Clause) -> FactQuestion | None:
    """Return what a clause asks; None if it asks nothing that is a fact about an item."""
    if (place := clause.find("rather")) is not None:
        clause = clause.without(place, place + clause.at("rather", place))
        if not len(clause):
            return None
    if clause.at("unknowable future") and (planned := whole.unknowable(clause)) is not None:
        return planned  # 'will there be another Toy Story with the same cast?'
    if not MANY_NOUNS.isdisjoint(clause.words) and clause.words[:2] != ("how", "many"):
        # 'which films', 'but I would love films that'
        return several.in_series(clause) or several.filmed(clause)
    question = next((asked for read in _readers(clause) if (asked := read(clause)) is not None), None)
    slot = question.subject.slot if question is not None else ""
    asks_where = (
        question is not None and question.topic == "unknowable where" and clause.words[0] in _ASKS_WHERE
    )
    if slot in _NOTHING_NAMED:
        return None  # "is that by the same guy? if yes, those books", 'how about SOMETHING shorter?'
    if question is not None and question.subject.titles:
        return question
    if slot.islower() and (shorter := after_mark(clause)) and is_sure(cut := question_in(shorter)):
        return cut  # 'who wrote the music, for the programme sheet'
    return question if asks_where or not slot.islower() or stands_for_title(clause, slot) else None


def _readers(clause: Clause) -> Readers:
    """Return what may read a clause: a word of asking for more leaves few readings that ask no items."""
    lists = clause.has("lists")
    readers = _ALWAYS if lists and not whole.why(clause) else _ALWAYS + _UNLESS_LISTS
    asks_where = clause.words[:1] and clause.words[0] in _ASKS_WHERE and "else" not in clause.words
    if lists and (asks_where or clause.at("commands")):
        readers += (whole.unknowable,)
    others = {word for word in clause.words if word in words("questions", "lists")}
    if others <= {"more"} and clause.names("title"):
        readers += (whole.unknowable,)  # 'did Avatar earn more than Titanic?'
    of_it = clause.at("yes or no") and clause.words[1:2] in (("it",), ("that",), ("this",), ("he",), ("she",))
    if of_it and clause.has("unknowable awards"):
        readers += (whole.unknowable,)  # 'was it nominated for anything?'
    if others == {"next"} and clause.has("following"):
        readers += (whole.neighbour,)
    if others == {"next"} and clause.has("unknowable tickets"):
        readers += (whole.unknowable,)  # 'when is the next showing of Alien?'
    somebody = clause.at("who") and not MANY_NOUNS & set(clause.words)
    if somebody and others and others <= words("questions", "others"):
        readers += (value.who,)  # somebody else is asked for, no item: 'who else is in it?'
    return readers
