"""Questions of fact: what is asked, and of which item, by the syntax of a clause.

A clause is a question by its head ("who", "what kind", "did", "tell me about", "director of"). What it asks
is told by the predicates and nouns in it, of what by the title, the pointing word or the unlinked name in it.
A clause that asks for more items is a request, and so is the whole message then.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from agent.builtin.interpret.questions import errands, several, value, whole, yes_no
from agent.builtin.interpret.questions.clauses import Clause, is_head
from agent.builtin.interpret.questions.context import (
    asks_for_answer,
    asks_for_name,
    is_topic,
    may_ask_for_items,
    not_understood,
    on_topic,
    presupposed,
)
from agent.builtin.interpret.questions.disputes import settled
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
    mention,
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
from kg.text import fold, tokens

__all__ = [
    "FactQuestion",
    "Roles",
    "doubted_name",
    "fact_questions",
    "same_of_another_name",
    "same_of_other_form",
    "same_question",
    "who_then",
]

Readers = tuple[Callable[[Clause], FactQuestion | None], ...]
_ALWAYS: Readers = (
    whole.of_usher,
    errands.errand,
    value.about,
    whole.telling,
    whole.seen,
    value.needed,
    several.compared,
    several.same,
    several.connected,
    several.filmed,
    several.in_series,
)
_UNLESS_LISTS: Readers = (
    whole.neighbour,
    whole.unknowable,
    value.who,
    several.compared,
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


def fact_questions(chunks: Sequence[Chunk], reading: ParsedRequest) -> tuple[FactQuestion, ...]:
    """Return the questions of fact that a message consists of; none if it is a request or a remark."""
    found: list[FactQuestion] = []
    unread: list[Clause] = []
    named, topic = "", None
    said = settled(clauses(chunks, reading.text))
    items = any(MANY_NOUNS & set(each.words) or each.names("category") for each in said if each.remark)
    for number, plain in enumerate(said):
        if number and is_tag(plain):
            continue
        if plain.remark:
            named, topic = named_after_noun(plain) or named, (plain if is_topic(plain) else topic)
        named = "" if plain.names("title") else named
        clause = plain if topic is None or plain.remark else on_topic(plain, topic)
        question = value.needed(clause) if plain.remark else _question(clause)
        if question is None and not plain.remark:
            question = _of_another(clause, found) or _asked_before(clause, said[:number])
            question = question or _in_part(clause, said[:number], items=items)
        heads = not plain.remark and (is_head(clause) or clause.led or bool(clause.at("asking for oneself")))
        asks_fact = question is not None or heads
        if wants_items(plain, asks_fact=asks_fact) or _is_of_somebody(plain, chunks):
            return ()
        if question is not None and question.subject.slot.isdecimal() and reading.comparisons:
            continue  # 'a score of 90 and up' is of no title
        if question is not None:
            named = next((each.subject.slot for each in reversed(found)), "") or named
            if named and question.subject == Subject(points=True):
                question = replace(question, subject=Subject(slot=named, points=True))
            start = clause.pieces[0].start
            found.append(replace(presupposed(question, clause), words=clause.words, start=start))
        elif heads:
            unread += [] if found and asks_for_name(clause) else [clause]
    of_usher = [each for each in found if each.kind == "usher"]
    if of_usher:
        return tuple(of_usher[:1])
    if any(may_ask_for_items(clause) for clause in unread):
        return ()
    rest = [not_understood(clause, alone=not found) for clause in unread]
    return () if None in rest else (*found, *(each for each in rest if each is not None))


def _is_of_somebody(clause: Clause, chunks: Sequence[Chunk]) -> bool:
    """Tell whether a clause says who is meant by the role before it: 'films from the composer WHO DID it'."""
    before = [each for each in chunks if each.end <= clause.pieces[0].start] if clause.pieces else []
    return clause.words[:1] == ("who",) and bool(before) and before[-1].kind == "trigger"


def _of_another(clause: Clause, found: Sequence[FactQuestion]) -> FactQuestion | None:
    """Return the question before, asked of another title: 'who directed Heat and *who of Alien*?'."""
    named = (clause.at("who") or clause.at("what")) and clause.words[1:2] == ("of",)
    if not (named and found and found[-1].kind == "value" and is_one_item(clause.since(2))):
        return None
    return replace(found[-1], subject=subject_of(clause.since(2)))


def _in_part(clause: Clause, before: Sequence[Clause], *, items: bool) -> FactQuestion | None:
    """Return what a part of a clause asks, if the whole is not read; `items` are spoken of beside it."""
    named = any(each.names("title") for each in before)
    wishes = clause.has("asking", "lists") or bool(MANY_NOUNS & set(clause.words))
    if not (is_head(clause) or clause.led) or (wishes and not is_of_one(clause)):
        narrower = iter(()) if wishes or items else later_parts(clause)
    else:
        narrower = beginnings(clause) if wishes else parts(clause)
    for part in narrower:
        question = _question(part)
        if question is not None and is_sure(question) and (question.subject.titles or named or points(part)):
            return question
    return None


def _asked_before(clause: Clause, before: Sequence[Clause]) -> FactQuestion | None:
    """Return the question that was told of, if a clause asks for its answer: 'who made it … Who was it?'."""
    if not asks_for_answer(clause):
        return None
    for told in reversed(before):
        for place in range(len(told)):
            inner = told.since(place)
            if (inner.at("who") or inner.at("what")) and (question := _question(inner)) is not None:
                return question
    return None


def same_question(
    chunks: Sequence[Chunk], reading: ParsedRequest, told: Sequence[str]
) -> tuple[FactQuestion, ...]:
    """Return the last question, asked of another item: 'and the third one?'; `told` are its relations."""
    said = clauses(chunks, reading.text)
    if "series" in told and any(_asks_for_others(each) for each in said):
        return (FactQuestion("series", Subject(points=True), words=said[0].words),)
    asked_so = any(each.has("the same question") for each in said)
    named = [each for each in said if is_one_item(each) and each.names("title")] if asked_so else []
    said = named[-1:] if named else said
    if len(said) != 1 or not told:
        return ()
    if named:
        said = [replace(said[0], asked=True)]
    clause = said[0].since(said[0].at("again of another"))
    if not is_one_item(clause) or not (clause.asked or len(clause) < len(said[0])):
        return ()
    subject = subject_of(clause)
    if "description" in told:
        return (FactQuestion("about" if len(told) == 1 else "tell", subject, words=clause.words),)
    return (FactQuestion("value", subject, tuple((each,) for each in told), words=clause.words),)


def _asks_for_others(clause: Clause) -> bool:
    """Tell whether a clause asks for what else there is: 'what are the *other two* called?'."""
    asks = bool(clause.at("what")) and not clause.names("title", "category", "entity")
    return asks and bool({"other", "others", "rest"} & set(clause.words))


def who_then(
    chunks: Sequence[Chunk], reading: ParsedRequest, doubted: Sequence[str]
) -> tuple[FactQuestion, ...]:
    """Return what a denied yes or no leaves open: 'oh ok, who then?', 'then who did?'."""
    roles = tuple((each,) for each in doubted)
    said = [each for each in clauses(chunks, reading.text) if each.at("who")]
    if len(said) != 1 or not roles or not 0 < said[0].at("who then") == len(said[0]):
        return ()
    return (FactQuestion("value", Subject(points=True), roles, words=said[0].words),)


def doubted_name(
    chunks: Sequence[Chunk], reading: ParsedRequest, told: Sequence[str]
) -> tuple[FactQuestion, ...]:
    """Return whether it is somebody else than was told: 'I heard it was Cameron?', "wasn't that Scott?"."""
    said = clauses(chunks, reading.text)
    names = said[0].names("entity") if len(said) == 1 else []
    others = [word for word in said[0].words if word] if names else []
    doubts = bool(others) and set(others) <= words("questions", "doubting it")
    if len(names) != 1 or not names[0].choices or not told or not doubts or "?" not in reading.text:
        return ()
    roles = tuple((each,) for each in told if each != "year")
    return (FactQuestion("yes_no", Subject(points=True), roles, (mention(names[0]),), words=said[0].words),)


def same_of_other_form(reading: ParsedRequest, told: Sequence[str]) -> tuple[FactQuestion, ...]:
    """Return the last question, asked of a film in place of the book: 'the movie, not the book'."""
    said = [fold(token.raw) for token in tokens(reading.text)]
    corrects = set(said) <= _OF_FORMS and bool(set(said) & _FORMS) and bool(set(said) & _CORRECTING)
    if not told or not corrects:
        return ()
    meant = said[: said.index("not")] if "not" in said[1:] else said
    roles = tuple(_WRITING if each in _WRITING else (each,) for each in told)
    return (FactQuestion("value", Subject(points=True), roles, words=tuple(meant)),)


_WRITING = ("author", "writer")
_FORMS, _CORRECTING = words("questions", "forms"), words("questions", "correcting")
_OF_FORMS = _CORRECTING | _FORMS | words("questions", "glue")


def same_of_another_name(
    chunks: Sequence[Chunk], reading: ParsedRequest, doubted: Sequence[str]
) -> tuple[FactQuestion, ...]:
    """Return the last yes or no, asked of another name: 'and Robert De Niro?', 'a thriller then?'."""
    said = clauses(chunks, reading.text)
    if len(said) != 1 or not doubted or said[0].has("lists"):
        return ()
    clause = said[0].since(said[0].at("again of another"))
    names = clause.names("entity", "category")
    others = [word for word in clause.words if word and word not in words("questions", "glue")]
    alone = len(names) == 1 and not clause.names("title") and not others
    if not alone or not names[0].choices or set(clause.words) & MANY_NOUNS:
        return ()
    roles = tuple((each,) for each in doubted if each != "year")
    return (FactQuestion("yes_no", Subject(points=True), roles, (mention(names[0]),), words=clause.words),)


def _question(clause: Clause) -> FactQuestion | None:
    """Return what a clause asks; None if it asks nothing that is a fact about an item."""
    if (place := clause.find("rather")) is not None:
        clause = clause.without(place, place + clause.at("rather", place))
    listing = several.in_series(clause) or several.filmed(clause)
    if MANY_NOUNS & set(clause.words) and clause.words[:2] != ("how", "many"):
        return listing  # 'which films', 'but I would love films that'
    question = next((asked for read in _readers(clause) if (asked := read(clause)) is not None), None)
    slot = question.subject.slot if question is not None else ""
    asks_where = (
        question is not None and question.topic == "unknowable where" and clause.words[0] in _ASKS_WHERE
    )
    if slot == "the same":
        return None  # "is that by the same guy? if yes, those books"
    if question is not None and question.subject.titles:
        return question
    if slot.islower() and (shorter := after_mark(clause)) and is_sure(cut := _question(shorter)):
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
    if others == {"next"} and clause.has("following"):
        readers += (whole.neighbour,)
    if others == {"next"} and clause.has("unknowable tickets"):
        readers += (whole.unknowable,)  # 'when is the next showing of Alien?'
    somebody = clause.at("who") and not MANY_NOUNS & set(clause.words)
    if somebody and others and others <= words("questions", "others"):
        readers += (value.who,)  # somebody else is asked for, no item: 'who else is in it?'
    return readers
