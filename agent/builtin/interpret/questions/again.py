"""The last question asked again: of another item or name, or of what a denied yes or no leaves open."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from agent.builtin.interpret.questions.clauses import Clause
from agent.builtin.interpret.questions.splitting import clauses
from agent.builtin.interpret.questions.subject import MANY_NOUNS, is_one_item, mention, points, subject_of
from agent.builtin.interpret.questions.types import FactQuestion, Subject
from agent.builtin.interpret.questions.value import fragment
from agent.builtin.interpret.request import EntityMention, ParsedRequest
from agent.builtin.lexicon.load import tables, words
from agent.builtin.parse.chunks import Candidate, Chunk
from agent.builtin.parse.ordinals import positions
from kg.text import fold, tokens


def same_question(
    chunks: Sequence[Chunk], reading: ParsedRequest, told: Sequence[str]
) -> tuple[FactQuestion, ...]:
    """Return the last question, asked of another item: 'and the third one?'; `told` are its relations."""
    said = _without_corrections(clauses(chunks, reading.text), reading.text)
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
    counted = _is_corrected(reading.text) and bool(positions(clause.words, _MANY))
    if not (counted or (is_one_item(clause) and (clause.asked or len(clause) < len(said[0])))):
        return ()
    subject = Subject(points=True) if counted else subject_of(clause)
    if "description" in told:
        return (FactQuestion("about" if len(told) == 1 else "tell", subject, words=clause.words),)
    roles = tuple(_WRITING if each in _WRITING else (each,) for each in told)
    return (FactQuestion("value", subject, roles, words=clause.words),)


def _without_corrections(said: Sequence[Clause], text: str) -> Sequence[Clause]:
    """Return clauses without what only corrects: '*no, I meant* the third one'."""
    corrects = _is_corrected(text)
    kept = [rest for each in said if len(rest := each.since(each.at("corrects the item")))]
    counted = corrects and len(kept) == 1 and positions(kept[0].words, _MANY) and points(kept[0])
    return [replace(kept[0], asked=True)] if counted else said


def _is_corrected(text: str) -> bool:
    """Tell whether a text opens with what corrects the last: 'no, the third one'."""
    spoken = " ".join(fold(token.raw) for token in tokens(text))
    return spoken.startswith(tuple(f"{each} " for each in tables("questions")["corrects the item"]))


def same_person_of_another(
    chunks: Sequence[Chunk], reading: ParsedRequest, told: Sequence[str]
) -> tuple[FactQuestion, ...]:
    """Return whether whoever was told made another title as well: 'and Jaws, *was that him too*?'."""
    said = clauses(chunks, reading.text)
    titles = [title for title in reading.mentioned if title.choices]
    asks = any(each.has("was it the same person") for each in said)
    roles = tuple((each,) for each in told if each != "year")
    if len(titles) != 1 or not asks or not roles or reading.wanted:
        return ()
    subject = Subject(titles=(titles[0],))
    return (FactQuestion("yes_no", subject, roles, anaphor=True, words=said[0].words),)


def noun_of_it(chunks: Sequence[Chunk], reading: ParsedRequest) -> tuple[FactQuestion, ...]:
    """Return what a noun asks of the item just told of: 'and *the director*', 'and its cast'."""
    said = clauses(chunks, reading.text)
    joined = [fold(token.raw) for token in tokens(reading.text)][:1] == ["and"]
    if len(said) != 1 or not joined or said[0].words[:1] not in _OWNED:
        return ()
    question = fragment(replace(said[0], asked=True, first=True))
    return (replace(question, subject=Subject(points=True), words=said[0].words),) if question else ()


def as_doubted(
    asked: tuple[FactQuestion, ...], facts: Sequence[Mapping[str, Any]]
) -> tuple[FactQuestion, ...]:
    """Return the last yes or no of another item, where one was asked: 'is he in Heat?', '*and in Ronin*'."""
    doubted = [each for each in facts if each.get("asked") and each["relation"] != "year"]
    if len(asked) != 1 or asked[0].kind != "value" or not doubted:
        return asked
    relation, label = doubted[-1]["relation"], doubted[-1]["asked"]
    value = EntityMention(label, (Candidate("", label, {relation: 1}, "full", 1.0, None),))
    return (replace(asked[0], kind="yes_no", roles=((relation,),), values=(value,)),)


def next_in_line(
    asked: tuple[FactQuestion, ...],
    chunks: Sequence[Chunk],
    reading: ParsedRequest,
    facts: Sequence[Mapping[str, Any]],
) -> tuple[FactQuestion, ...]:
    """Return what follows the item just told of as the next: 'what comes after Dune', '*and after that?*'."""
    told = [each for each in facts if each["relation"] in (*_LINKS, "series") and each["values"]]
    if len(told) != 1 or reading.mentioned:
        return asked
    relation, title = told[0]["relation"], told[0]["values"][0]
    said = {fold(token.raw) for token in tokens(reading.text)}
    names = any(chunk.kind in ("entity", "category") for chunk in chunks)
    on = said <= words("questions", "going on in a series") and bool(said & _ON) and not names
    if relation == "series":
        return (FactQuestion("series", Subject(points=True)),) if on and not asked else asked
    again = [each.kind for each in asked] == ["neighbour"] and asked[0].subject == Subject(points=True)
    roles = asked[0].roles if again else ((relation,),)
    return (FactQuestion("neighbour", Subject(slot=title), roles),) if on or again else asked


def other_end(
    chunks: Sequence[Chunk], reading: ParsedRequest, told: Sequence[str]
) -> tuple[FactQuestion, ...]:
    """Return the last comparison of years, asked of the other end: 'which came first', '*and the last?*'."""
    said = [fold(token.raw) for token in tokens(reading.text)]
    said = [word for word in said if word not in _BESIDE_END]
    ends = {"first": "earliest", "earliest": "earliest", "oldest": "earliest"}
    ends |= dict.fromkeys(("last", "latest", "newest"), "latest")
    if list(told) != ["year"] or len(said) != 1 or said[0] not in ends or len(chunks) < _LEAST:
        return ()
    return (FactQuestion("compare", Subject(points=True), ((ends[said[0]],),)),)


def same_person_in_another_role(
    chunks: Sequence[Chunk], reading: ParsedRequest, doubted: Sequence[str]
) -> tuple[FactQuestion, ...]:
    """Return the last yes or no, asked of another role: 'did he write it?', '*and direct it?*'."""
    said = clauses(chunks, reading.text)
    roles = said[0].roles() if len(said) == 1 else ()
    names = any(chunk.kind in ("title", "entity", "category") for chunk in chunks)
    rest = {c.text for c in chunks if c.kind == "word"}
    if len(roles) != 1 or not doubted or names or not rest <= _IN_ANOTHER_ROLE:
        return ()
    return (FactQuestion("yes_no", Subject(points=True), roles, anaphor=True, words=said[0].words),)


_IN_ANOTHER_ROLE = frozenset("and or also did he she they it too as well that this then was".split())
_BESIDE_END = ("and", "the", "one", "then", "what", "about", "which", "is")
_LEAST = 3  # words of 'and the last'
_LINKS = ("subsequent_work", "previous_work")
_ON = frozenset("after next then before following".split())
_MANY = 99  # items that an ordinal may point at, as far as words tell
_OWNED = (("the",), ("its",))


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
    alone = said in [[*led, "the", form] for led in ([], ["and"]) for form in _FORMS]
    if not told or not (corrects or alone):
        return ()
    if "description" in told:
        return (FactQuestion("about" if len(told) == 1 else "tell", Subject(points=True), words=tuple(said)),)
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
    if {"any", "some"} & set(clause.words) and clause.names("category"):
        return ()  # 'any comedies with him' asks for items
    if not alone or not names[0].choices or set(clause.words) & MANY_NOUNS:
        return ()
    roles = tuple((each,) for each in doubted if each != "year")
    return (FactQuestion("yes_no", Subject(points=True), roles, (mention(names[0]),), words=clause.words),)
