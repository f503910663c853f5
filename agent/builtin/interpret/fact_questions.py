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
    not_understood,
    on_topic,
    presupposed,
)
from agent.builtin.interpret.questions.splitting import clauses, is_tag
from agent.builtin.interpret.questions.subject import (
    ITEM_NOUNS,
    MANY_NOUNS,
    is_one_item,
    mention,
    named_after_noun,
    stands_for_title,
    subject_of,
)
from agent.builtin.interpret.questions.types import FactQuestion, Roles, Subject
from agent.builtin.interpret.request import ParsedRequest
from agent.builtin.lexicon.load import words
from agent.builtin.parse.chunks import Chunk
from kg.text import fold, tokens

__all__ = [
    "FactQuestion",
    "Roles",
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
_WISHING = ("need", "want", "wanna", "gimme", "recommend", "suggest")
_WHAT = (("what",), ("which",))
_FURTHER = frozenset(("more", "other", "others", "further", "remaining"))
_ASKS_WHERE = ("where", "how", "can", "could")


def fact_questions(chunks: Sequence[Chunk], reading: ParsedRequest) -> tuple[FactQuestion, ...]:
    """Return the questions of fact that a message consists of; none if it is a request or a remark."""
    found: list[FactQuestion] = []
    unread: list[Clause] = []
    named, topic = "", None
    said = clauses(chunks, reading.text)
    for number, plain in enumerate(said):
        if number and is_tag(plain):
            continue
        if plain.remark:
            named, topic = named_after_noun(plain) or named, (plain if is_topic(plain) else topic)
        if _wishes_too(plain) or _asks_for_any(plain):
            return ()
        clause = plain if topic is None or plain.remark else on_topic(plain, topic)
        read = value.needed if plain.remark else _question
        question = read(clause) or (None if plain.remark else _asked_before(clause, said[:number]))
        if question is not None:
            named = next((each.subject.slot for each in reversed(found)), "") or named
            if named and question.subject == Subject(points=True):
                question = replace(question, subject=Subject(slot=named, points=True))
            found.append(replace(presupposed(question, clause), words=clause.words))
        elif not plain.remark and (is_head(clause) or clause.led or clause.at("asking for oneself")):
            unread += [] if found and asks_for_name(clause) else [clause]
        elif _wishes(clause):
            return ()
    of_usher = [each for each in found if each.kind == "usher"]
    if of_usher:
        return tuple(of_usher[:1])
    rest = [not_understood(clause, alone=not found) for clause in unread]
    return () if None in rest else (*found, *(each for each in rest if each is not None))


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
    if len(said) != 1 or not told:
        return ()
    clause = said[0].since(said[0].at("again of another"))
    if not is_one_item(clause) or not (clause.asked or len(clause) < len(said[0])):
        return ()
    subject = subject_of(clause)
    if "description" in told:
        return (FactQuestion("about" if len(told) == 1 else "tell", subject, words=clause.words),)
    return (FactQuestion("value", subject, tuple((each,) for each in told), words=clause.words),)


def who_then(
    chunks: Sequence[Chunk], reading: ParsedRequest, doubted: Sequence[str]
) -> tuple[FactQuestion, ...]:
    """Return what a denied yes or no leaves open: 'oh ok, who then?', 'then who did?'."""
    roles = tuple((each,) for each in doubted)
    said = [each for each in clauses(chunks, reading.text) if each.at("who")]
    if len(said) != 1 or not roles or not 0 < said[0].at("who then") == len(said[0]):
        return ()
    return (FactQuestion("value", Subject(points=True), roles, words=said[0].words),)


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


def _wishes(clause: Clause) -> bool:
    """Tell whether a clause asks for items: by a word of wishing, or by a noun for them with a condition."""
    nouns = [i + 1 for i, word in enumerate(clause.words) if word in MANY_NOUNS - {"things"}]
    tells = clause.has("speakers", "is")
    kind_alone = bool(clause.names("category")) and not tells
    return clause.has("asking") or kind_alone or any(clause.at("conditions", i) for i in nouns)


def _wishes_too(clause: Clause) -> bool:
    """Tell whether items are wanted in the same breath: 'who is in both, NEED COMEDIES with him'."""
    for i, word in enumerate(clause.words):
        if word in _WISHING and clause.words[i - 1 : i] not in (("to",), ("you",), ("do",)):
            after = clause.pieces[i + 1 : i + 4]
            if any(p.chunk.kind == "category" or p.chunk.text in MANY_NOUNS - {"things"} for p in after):
                return True
    return False


def _asks_for_any(clause: Clause) -> bool:
    """Tell whether items are asked for by who made them: 'are there dramas scored by him'."""
    if clause.words[-2:] == ("so", "which") or (
        clause.words[:1] in _WHAT and _FURTHER & set(clause.words[1:2])
    ):
        return True  # "and if so, which?", "what more of hers is there?"
    exists = clause.words[:2] in (("is", "there"), ("are", "there"))
    near = [piece.chunk for piece in clause.pieces[2:7]]
    noun = any(c.kind == "category" or c.text in ITEM_NOUNS for c in near)
    return exists and noun and any(piece.chunk.kind == "trigger" for piece in clause.pieces)


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
    somebody = clause.at("who") and not MANY_NOUNS & set(clause.words)
    if somebody and others and others <= words("questions", "others"):
        readers += (value.who,)  # somebody else is asked for, no item: 'who else is in it?'
    return readers
