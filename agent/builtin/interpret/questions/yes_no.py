"""Questions for yes or no: whether an item has a value, is of a year, belongs to a series."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import chain, pairwise

from agent.builtin.interpret.questions.clauses import Clause, is_head
from agent.builtin.interpret.questions.owned import is_listed, is_of_somebody
from agent.builtin.interpret.questions.subject import (
    ITEM_NOUNS,
    MANY_NOUNS,
    PERSONS,
    left_over,
    mention,
    subject_of,
    with_unlinked_title,
)
from agent.builtin.interpret.questions.types import FactQuestion, Kind, Roles, Subject, Time
from agent.builtin.interpret.questions.value import MAKERS
from agent.builtin.interpret.request import EntityMention
from agent.builtin.lexicon.load import words
from agent.builtin.parse.chunks import Chunk
from agent.builtin.parse.dates import dates
from agent.builtin.parse.ordinals import positions

_COMPARED = {"before": "<", "after": ">", "since": ">=", "older": "<", "earlier": "<", "newer": ">"}
_MANY = 99  # items that an ordinal may point at, as far as words tell
_POINTED = words("questions", "pointing") | words("questions", "several") | PERSONS
_DOES = frozenset(("does", "did", "do", "doesnt", "didnt"))
_WORKED = ("director", "author", "actor", "writer")
_ELLIPTIC = 4  # words of a question without its verb
_SAID_OF_IT = 2
_OF_CAST = ("with", "starring", "featuring", "alongside")
_CONTAINING = frozenset("have has contain contains feature features got include includes".split())
_NEAR_START = 4  # words before the verb of a statement about a title


def yes_no(clause: Clause) -> FactQuestion | None:
    """'did Jane Austen write Emma?', 'is it a western?', 'does Heat have De Niro in it?'."""
    if "there" in clause.words[:2]:
        if _is_one_of_a_title(clause):
            return _asserted(clause.since(3), judges=False)
        return _is_there(clause.since(2))
    clause = _without_group(clause)
    if (of_each := _of_each(clause) or _elliptic(clause)) is not None:
        return of_each
    if not clause.at("yes or no") or not is_head(clause) or {"you", "i", "we"} & set(clause.words[:2]):
        return None
    if (told := is_listed(clause) or _does_inside(clause) or is_of_somebody(clause)) is not None:
        return told
    return _asserted(clause.since(1), judges=bool(clause.at("is") or clause.at("is not")))


def _does_inside(clause: Clause) -> FactQuestion | None:
    """'does Meryl Streep sing in mamma mia': what somebody does in an item, which no catalogue holds."""
    doer = clause.words[0] in _DOES and clause.words[1:2] == ("",) and bool(clause.names("entity"))
    if not doer or clause.roles() or "in" not in clause.words[3:]:
        return None
    place = len(clause) - 1 - clause.words[::-1].index("in")
    doing, inside = clause.since(2, place), clause.since(place + 1)
    if not (len(inside) and all(doing.words)) or set(doing.words) & words("questions", "appearing"):
        return None
    titled = inside.names("title")
    named = not inside.names("category", "entity") and not set(inside.words) & (
        MANY_NOUNS | ITEM_NOUNS | _POINTED
    )
    if not (titled or named):
        return None
    people = (mention(clause.pieces[1].chunk),)
    subject = subject_of(inside) if titled else Subject((), people, inside.said())
    return FactQuestion("unknowable", subject, topic="unknowable setting", unused=(doing.said(),))


def _without_group(clause: Clause) -> Clause:
    """Return a clause without of what an item is counted: 'is the first OF THEM by Wise?'."""
    place = next((i for i in range(1, len(clause) - 1) if clause.words[i] == "of"), None)
    several = words("questions", "several")
    if place is None or clause.words[place + 1] not in several or not positions(clause.words[:place], _MANY):
        return clause
    return clause.without(place, place + 2)


def _of_each(clause: Clause) -> FactQuestion | None:
    """'did all of them come out before 1990?', 'is Pacino in all of these': whether it is so of each."""
    pointed = words("questions", "several") & set(clause.words)
    all_of = words("questions", "all of several") & set(clause.words)
    year = _year(clause)
    if not (clause.at("yes or no") and pointed and all_of) or clause.names("category", "title"):
        return None
    people = tuple(mention(c) for c in clause.names("entity") if c.choices)
    doer = bool((PERSONS - words("questions", "several")) & set(clause.words))
    roles = clause.roles() or ((("actor",),) if "in" in clause.words else ())
    if len(people) + doer == 1 and roles:  # 'is Al Pacino in all of them?', 'does he act in all of them?'
        return FactQuestion("yes_no", Subject(points=True), roles, people, anaphor=doer)
    if not year or clause.names("entity"):
        return None
    return FactQuestion("yes_no", Subject(points=True), (("year",),), year=year)


def _elliptic(clause: Clause) -> FactQuestion | None:
    """'too gory?', 'very long?', 'that French?': a question without its verb, of the item spoken of."""
    if not (clause.asked and clause.alone and 1 < len(clause) <= _ELLIPTIC):
        return None
    if clause.words[0] in ("too", "very", "really") and clause.at("judging", 1):
        return FactQuestion("opinion", Subject(points=True), unused=(clause.since(1, 2).said(),))
    if clause.words[0] in ("that", "this", "it") and len(clause) == _SAID_OF_IT and not clause.is_agent(1):
        return _asserted(clause, judges=True)
    return None


def _is_there(rest: Clause) -> FactQuestion | None:
    """'is there a series of it?', 'is there nudity in Alien?'."""
    subject = subject_of(rest)
    if rest.has("plot") and subject.titles:
        return FactQuestion("about", subject)
    if rest.has("series words") and subject.is_item:
        return FactQuestion("yes_no", subject, (("series",),))
    inside = subject.titles and "in" in rest.words and not set(rest.words) & (ITEM_NOUNS | MANY_NOUNS)
    if not inside or rest.names("category"):
        return None
    topic = "unknowable setting"
    return FactQuestion("unknowable", subject, topic=topic, unused=tuple(filter(None, (left_over(rest),))))


def _is_one_of_a_title(clause: Clause) -> bool:
    """Tell whether a clause asks if a title is there as it is described: 'was there a Titanic of 1953'."""
    led = clause.at("yes or no") and clause.words[1:3] in (
        ("there", "a"),
        ("there", "an"),
        ("there", "another"),
    )
    rest = clause.since(4)
    titled = bool(led) and len(clause) > 4 and clause.pieces[3].chunk.kind == "title"
    return (
        titled
        and bool(_year(rest) or rest.names("entity"))
        and not set(rest.words[:1]) & (MANY_NOUNS | ITEM_NOUNS)
    )


def declared(clause: Clause) -> FactQuestion | None:
    """'Heat is a western, right?', 'Alien was directed by Cameron?', 'Kubrick made it, is that so?'."""
    while skipped := clause.at("reports"):
        clause = clause.since(skipped)
    if clause.words[:1] == ("it",) and clause.at("is", 1) and clause.words[3:4] in (("who",), ("that",)):
        clause = clause.since(2).without(1, 2)  # 'it was Scott who directed it'
    if clause.at("what") or clause.at("who"):
        return None
    if not clause.tagged and (end := _tag_at_end(clause)):
        clause = replace(clause.since(0, end), tagged=True)
    named = bool(len(clause)) and not clause.words[0] and bool(clause.names("title"))
    if clause.asked and clause.first and _points_at_end(clause):
        return _asserted(clause, judges=False)  # 'David Lynch made that?'
    told = any(word in words("questions", "is") for word in clause.words[:_NEAR_START])
    wondered = (clause.tagged or clause.led) and with_unlinked_title(clause, subject_of(clause)).is_item
    if not wondered and not (clause.asked and clause.first and named and told):
        return None
    return _asserted(clause, judges=clause.tagged and clause.has("judging"))


def _points_at_end(clause: Clause) -> bool:
    """Tell whether it is said of somebody that they made what a pronoun means."""
    doer = len(clause) > 1 and not clause.words[0] and bool(clause.names("entity"))
    made = bool(clause.roles()) or clause.has("makers", "making") or clause.words[-2:-1] == ("in",)
    return doer and made and clause.words[-1] in ("it", "that", "this") and not clause.names("title")


def _tag_at_end(clause: Clause) -> int:
    """Return where a tag begins that no comma parts from what was said; 0 for none: 'X was in Heat right'."""
    return next((i for i in range(1, len(clause)) if clause.at("tags", i) == len(clause) - i), 0)


def _asserted(rest: Clause, *, judges: bool) -> FactQuestion | None:
    """Return the question whether what a clause says is so; `judges` if it says how an item is."""
    subject = with_unlinked_title(rest, subject_of(rest))
    if (
        not subject.is_item
        and subject.people
        and "by" in rest.words
        and rest.roles()
        and rest.words[0] == "the"
    ):
        subject = replace(subject, points=True)  # "wasn't the music by X?"
    speaks = set(rest.words) & (words("questions", "speakers") | {"you"})
    speaks -= {"were"} if "were" in rest.words[1:] else set()  # 'X and Y WERE composed by Z'
    if (
        not subject.is_item
        or _asks_for_any(rest)
        or speaks
        or set(rest.words) & words("questions", "several")
    ):
        return None
    roles = rest.roles() or ((MAKERS,) if rest.has("makers", "making") else ())
    year = _year(rest)
    if year is not None and _only_owns(rest):
        return FactQuestion("yes_no", subject, (("year",),), year=year)  # "Coppola's X is from 1975, right?"
    if values := _values(rest, subject):
        if _in_language(rest):
            roles = (("language",),)
        if not roles and _is_work_of(rest):
            return FactQuestion("yes_no", subject, (_WORKED,), values)
        in_it = bool({"in", "stars", "star"} & set(rest.words)) and any(
            "actor" in c.roles for v in values for c in v.choices
        )
        roles = _of_cast_too(rest, values, roles) or roles or ((("actor",),) if in_it else ())
        return FactQuestion("yes_no", subject, roles, values, year=year)
    if year is not None:
        return FactQuestion("yes_no", subject, (("year",),), year=year)
    if PERSONS & set(rest.words) and (roles or "in" in rest.words):
        return FactQuestion("yes_no", subject, roles or (("actor",),), anaphor=True)
    if rest.has("series words"):
        return FactQuestion("yes_no", subject, (("series",),))
    left = left_over(rest)
    said_last = "by" in rest.words and rest.said().endswith(f"by {left}")
    if judges and left and (said_last or (roles and rest.said().startswith(left))):
        roles = roles or (MAKERS,)
        return FactQuestion("yes_no", subject, roles, (EntityMention(left, ()),))  # nobody here has that name
    if left and subject.points and not subject.slot and _CONTAINING & set(rest.words):
        return FactQuestion("unknowable", subject, topic="unknowable setting", unused=(left,))
    counted = subject.points and left and positions(rest.words, _MANY)
    behind = rest.words[len(rest) - rest.words[::-1].index("") :] if "" in rest.words else rest.words
    said = "one" not in behind or positions(behind, _MANY)  # 'is THE FIRST ONE old'
    if judges and words("questions", "of its year") & set(behind) and said:
        return FactQuestion("value", subject, (("year",),))
    if not judges or not (rest.has("judging") or (subject.titles and not roles) or subject.slot or counted):
        return None
    kind: Kind = "opinion" if rest.has("judging") or left else "tell"
    unused = (left,) if left and not subject.slot else ()
    return FactQuestion(kind, subject, unused=unused)


def _of_cast_too(
    rest: Clause, values: tuple[EntityMention, ...], roles: tuple[Roles, ...]
) -> tuple[Roles, ...]:
    """Return a role for every name where one of them is of the cast: 'did X direct it WITH Y?'; else ()."""
    led = {
        piece.chunk.text
        for word, piece in zip(rest.words, rest.pieces[1:], strict=False)
        if word in _OF_CAST and not piece.word
    }
    cast = [v.text in led and any("actor" in c.roles for c in v.choices) for v in values]
    if len(roles) != 1 or len(values) < 2 or not any(cast) or all(cast):
        return ()
    return tuple(("actor",) if played else roles[0] for played in cast)


def _only_owns(rest: Clause) -> bool:
    """Tell whether the one named only owns the title: "TARANTINO'S Reservoir Dogs"."""
    owners = [i for i, piece in enumerate(rest.pieces) if not piece.word and piece.chunk.kind == "entity"]
    owned = [i for i in owners if rest.words[i + 1 : i + 2] == ("s",) and rest.words[i + 2 : i + 3] == ("",)]
    return bool(owners) and owners == owned and not rest.roles()


def _is_work_of(rest: Clause) -> bool:
    """Tell whether an item is said to be somebody's, in whatever role: 'AN ORSON WELLES FILM'."""
    return any(
        rest.words[i] in ("a", "an", "another") and not rest.words[i + 1] and rest.words[i + 2] in ITEM_NOUNS
        for i in range(len(rest) - 2)
        if rest.pieces[i + 1].chunk.has_role(_WORKED)
    )


def _values(rest: Clause, subject: Subject) -> tuple[EntityMention, ...]:
    """Return the names that an item is asked for: people, kinds, places; unlinked ones beside an item."""
    titles = {title.text for title in subject.titles}
    named = [c for c in rest.names("entity", "category") if c.text not in titles and c.text != subject.slot]
    return tuple(replace(mention(c)) for c in named)


def _in_language(rest: Clause) -> bool:
    """Tell whether 'in English' asks for a language, and not for a country."""
    after_in = (piece.chunk for word, piece in zip(rest.words, rest.pieces[1:], strict=False) if word == "in")
    return any({"country", "language"} & set(c.roles) for chunk in after_in for c in chunk.choices)


def _asks_for_any(clause: Clause) -> bool:
    """Tell whether a list would answer: 'did that composer score any horror?', 'has she written novels?'."""
    place = clause.words.index("any") if "any" in clause.words else None
    wanted = place is not None and not clause.at("judging", place + 1)
    return wanted or bool(set(clause.words) & MANY_NOUNS)


def _year(clause: Clause) -> Time | None:
    """Return a year that a clause names, with how it is compared: 'from 1979', 'before 1980', 'the 80s'."""
    for i, word in enumerate(clause.words):
        if word.isdecimal() and len(word) == 4:
            before = clause.words[i - 1] if clause.words[max(0, i - 1)] != "than" else clause.words[i - 2]
            return Time(_COMPARED.get(before if i else "", "is"), int(word))
    said = list({piece.chunk.start: piece.chunk for piece in clause.pieces if piece.word}.values())
    decades = (date for date in dates(said) if date.is_decade)
    return next((Time("decade", each.first, _as_said(said[each.start : each.end])) for each in decades), None)


def _as_said(chunks: Sequence[Chunk]) -> str:
    """Return the words of a decade; what follows a figure without a gap was parted at an apostrophe."""
    joints = ["'" if one.end == after.start else " " for one, after in pairwise(chunks)]
    return "".join(chain.from_iterable(zip([chunk.text for chunk in chunks], [*joints, ""], strict=True)))
