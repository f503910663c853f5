"""Which items a question of fact is about, and what is known of each."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from agent.builtin.dialogue.antecedents import antecedent, hinted, linked, misses
from agent.builtin.dialogue.state import focus_of
from agent.builtin.dialogue.utterance import Utterance
from agent.builtin.interpret.fact_questions import FactQuestion
from agent.builtin.interpret.questions.of_series import ALL_OF_IT, is_series
from agent.builtin.interpret.request import ItemMention
from agent.builtin.parse.ordinals import positions
from agent.builtin.plan.tool_session import Call
from agent.builtin.respond import facts as sentences
from kg.text import fold, tokens

MAKERS = ("author", "director", "writer")
PEOPLE = frozenset("author director writer actor composer cinematographer editor producer".split())
_NAMESAKES = 3  # a book and its films may have one title; who scored it is known of a film
_SEVERAL = frozenset(("these", "those", "they", "them"))
_ONE_BY_ONE = frozenset(("each", "both"))
_FILM, _BOOK = frozenset("film movie".split()), frozenset("book novel".split())
_OF_FILMS, _OF_BOOKS = frozenset("director actor composer".split()), frozenset("author publisher".split())
_TWO = 2
_FEW = 5  # items of which one thing is told at once
_MOST = 30  # items of a series
Described = dict[str, Any]
Fact = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Told:
    """An answer to one question: sentences, the facts in it, and the words that name or decide nothing.

    It `asks` back where it is not said which item is meant. `listed` are items, with what is stated of them.
    """

    notes: tuple[str, ...]
    facts: tuple[Fact, ...] = ()
    unknown: tuple[str, ...] = ()
    unused: tuple[str, ...] = ()
    asks: bool = False
    listed: Mapping[str, Any] = field(default_factory=dict)


def together(answers: Iterable[Told]) -> Told:
    """Return several answers as one."""
    given = list(answers)
    return Told(
        tuple(note for each in given for note in each.notes),
        tuple(fact for each in given for fact in each.facts),
        tuple(name for each in given for name in each.unknown),
        tuple(word for each in given for word in each.unused),
        any(each.asks for each in given),
        next((each.listed for each in given if each.listed), {}),
    )


def of_each(
    utterance: Utterance, question: FactQuestion, tell: Callable[[Sequence[Described]], Told]
) -> Told:
    """Return what `tell` says of every item a question is about, or what is said in its place."""
    found = items_of(utterance, question)
    if isinstance(found, Told):
        return found
    told = [tell(among) for among in found]
    return together(_gathered(told, found) if len(found) > _TWO else told)


def _gathered(told: Sequence[Told], found: Sequence[Sequence[Described]]) -> list[Told]:
    """Return answers of which those that differ by the title alone are one: 'X, Y and Z were by N'."""
    alike: dict[str, tuple[list[str], list[Fact]]] = {}
    for answer, among in zip(told, found, strict=True):
        title = str(among[0]["title"]) if among else ""
        if len(answer.notes) != 1 or title not in answer.notes[0] or answer.unused or answer.unknown:
            return list(told)
        titles, facts = alike.setdefault(answer.notes[0].replace(title, "{}", 1), ([], []))
        titles.append(title)
        facts += answer.facts
    return [
        Told((sentences.of_several(note, titles),), tuple(facts)) for note, (titles, facts) in alike.items()
    ]


def items_of(utterance: Utterance, question: FactQuestion) -> list[list[Described]] | Told:
    """Return, for every item a question is about, what is known of each that may be meant.

    An answer in place of it says that there is no such item, or asks which is meant.
    """
    subject = question.subject
    other = None if subject.titles or utterance.reading.mentioned else the_other(utterance)
    if other is not None:
        ids = [[other]]
    elif subject.titles:
        ids = [_candidates(utterance, title) for title in subject.titles]
        ids += [beside] if subject.slot and (beside := linked(utterance, subject.slot)) else []
    elif subject.slot and (named := linked(utterance, subject.slot)):
        ids = [named]
    elif subject.slot and not subject.points and (told := hinted(utterance)) and "one" in question.words:
        ids = [told]  # 'who shot the bank one?'
    elif subject.points and utterance.state.lost and not utterance.reading.mentioned:
        return Told((sentences.unknown(utterance.state.lost),))
    elif subject.points and (series := _of_series_named(utterance, question)):
        ids = [[item] for item in series]
    elif subject.slot and not subject.points:
        return Told((sentences.unknown([subject.slot]),), unknown=(subject.slot,))
    elif len(alike := _namesakes(utterance, question)) > 1:
        ids = [alike]
    elif several := _each_named(utterance, question):
        ids = several
    elif named := _named_before(utterance, question):
        ids = [named]
    elif question.kind == "neighbour" and utterance.state.focus is None and utterance.state.one_named:
        ids = [[utterance.state.one_named]]  # 'I have X' and then 'what comes after that one'
    else:
        items = _pointed(utterance, question)
        unlinked = next((c.text for c in utterance.chunks if c.kind == "entity" and not c.choices), "")
        told_apart = items and items == hinted(utterance)  # by an unlinked word: 'with Seattle in the title'
        if unlinked and not utterance.reading.mentioned and not question.values and not told_apart:
            return Told((sentences.unknown([unlinked]),), unknown=(unlinked,))
        ids = [[item] for item in items] or [antecedent(utterance)]
        if not ids[0]:
            return Told((sentences.WHICH,), asks=True)
    calls = [Call("describe_item", {"item": item}) for each in ids for item in each]
    answers = iter(utterance.session.call_all(calls))
    described = [[found for _ in each if (found := next(answers))] for each in ids]
    return [_with_namesakes(utterance, question, each) for each in described]


def _of_series_named(utterance: Utterance, question: FactQuestion) -> list[str]:
    """Return the first items of a series that a message names: 'NANCY DREW! who wrote those'."""
    named = [c for c in utterance.chunks if c.kind in ("entity", "title") and c.choices]
    series = [c for c in named if is_series(c)]
    pointed = ALL_OF_IT in question.words
    whole = [c for c in series if pointed or set(c.choices[0].roles) == {"series"}]
    if len(whole) != 1 or not (pointed or len(named) == 1) or not utterance.session.has("find_items"):
        return []
    label = next(choice.label for choice in whole[0].choices if "series" in choice.roles)
    return _in_series(utterance, label, utterance.reading.domain or _asked_domain(question))


def _in_series(utterance: Utterance, label: str, domain: str | None) -> list[str]:
    """Return the first items of a series, the oldest first: as many as are counted, or a few."""
    known = {"domain": domain} if domain else {}
    stated = [{"relation": "series", "value": label}]
    found = utterance.session.call("find_items", conditions=stated, **known) or {"items": []}
    dated = sorted(found["items"], key=lambda hit: int(hit["year"] or 0))
    return [hit["id"] for hit in dated][: utterance.reading.limit or _MOST]


def _with_namesakes(utterance: Utterance, question: FactQuestion, among: list[Described]) -> list[Described]:
    """Add what is called the same, where one item has nothing of what is asked: 'I meant the *film*'."""
    domain = _domain(utterance)
    known = any(labels(each, role) for each in among for roles in question.roles for role in roles)
    if len(among) != 1 or ((known or not question.roles) and domain in (None, among[0]["domain"])):
        return among
    titled_here = any(c.id == among[0]["id"] for t in utterance.reading.mentioned for c in t.choices)
    other = _asked_domain(question) not in (None, among[0]["domain"])  # 'The Shining, who DIRECTED it?'
    if among[0]["id"] in utterance.state.items and not (utterance.reading.domain or (titled_here and other)):
        return among  # one of those shown is meant, whatever is known of another of its name
    alike = [item for item in linked(utterance, among[0]["title"]) if item != among[0]["id"]]
    others = utterance.session.call_all([Call("describe_item", {"item": item}) for item in alike])
    return among + [each for each in others if each and _plain(each["title"]) == _plain(among[0]["title"])]


def _plain(title: str) -> list[str]:
    """Return the words of a title that tell it from others: 'Pride & Prejudice' is 'Pride and Prejudice'."""
    return [word for token in tokens(title) if (word := fold(token.raw)) not in ("and", "the")]


def _candidates(utterance: Utterance, title: ItemMention) -> list[str]:
    """Return the items a title may mean, those of the last answer first."""
    alike = [c.id for c in title.choices if c.match == title.choices[0].match]
    return sorted(alike, key=lambda item: item not in utterance.state.items)[:_NAMESAKES]


def _namesakes(utterance: Utterance, question: FactQuestion) -> list[str]:
    """Return the items of one title that the last request named, where nothing else was talked about."""
    state = utterance.state
    counted = positions(question.words, len(state.shown)) or positions(utterance.words, len(state.shown))
    if counted or utterance.reading.mentioned or state.focus is not None or not state.one_named:
        return []
    return list(state.named[:_NAMESAKES])


def the_other(utterance: Utterance) -> str | None:
    """Return the other of two items shown than the one talked about: 'what is THE OTHER ONE about'."""
    shown, focus = utterance.state.together or utterance.state.shown, utterance.state.focus
    if len(shown) != _TWO or focus not in shown or not utterance.says("the other of two"):
        return None
    return next(item for item in shown if item != focus)


def _each_named(utterance: Utterance, question: FactQuestion) -> list[list[str]]:
    """Return the items that each title of a message may mean: 'A or B tonight; who directed EACH?'."""
    named = [title for title in utterance.reading.mentioned if title.choices]
    said = _ONE_BY_ONE | _SEVERAL if question.kind == "same" else _ONE_BY_ONE
    several = len(named) > 1 and bool(said & set(question.words))
    if several or len(named) != 1 or not {"all", "them"} <= set(question.words):
        return [_candidates(utterance, title) for title in named] if several else []
    return [[item] for item in _series_of(utterance, named[0])]  # 'X: did N direct ALL OF THEM?'


def _series_of(utterance: Utterance, title: ItemMention) -> list[str]:
    """Return the items of the series of a title, oldest first: as many as are counted, or a few."""
    alike = [c for c in title.choices if c.id in _candidates(utterance, title)]
    meant = [c for c in alike if c.domain == _domain(utterance)] or alike
    known = utterance.session.call("describe_item", item=meant[0].id)
    series = labels(known, "series") if known else []
    if not series or not utterance.session.has("find_items"):
        return []
    return _in_series(utterance, series[0], known["domain"])


def _named_before(utterance: Utterance, question: FactQuestion) -> list[str]:
    """Return the items that the title named last in a message may mean, where a word points back at it."""
    shown = utterance.state.shown
    counted = positions(question.words, len(shown)) or positions(utterance.words, len(shown))
    places = {c.text: c.start for c in utterance.chunks if c.kind == "title"}
    named = [title for title in utterance.reading.mentioned if title.choices]
    before = [title for title in named if places.get(title.text, 0) < question.start] or named
    return _candidates(utterance, before[-1]) if before and not (shown and counted) else []


def _domain(utterance: Utterance) -> str | None:
    """Return whether films or books are spoken of: 'the *movie*', 'who *directed* it and when?'."""
    roles = {role for question in utterance.questions for each in question.roles for role in each}
    said = {word for question in utterance.questions for word in question.words}
    of_film, of_book = said & _FILM or roles & _OF_FILMS, said & _BOOK or roles & _OF_BOOKS
    if bool(of_film) != bool(of_book):
        return "movie" if of_film else "book"
    return utterance.reading.domain


def _asked_domain(question: FactQuestion) -> str | None:
    """Return the domain whose items alone have what is asked; None where both may."""
    roles = {role for each in question.roles for role in each}
    of_film, of_book = bool(roles) and roles <= _OF_FILMS, bool(roles) and roles <= _OF_BOOKS
    return "movie" if of_film else "book" if of_book else None


def _pointed(utterance: Utterance, question: FactQuestion) -> list[str]:
    """Return the items that a pronoun or ordinals mean: in this message, else in the conversation."""
    shown = utterance.state.shown
    if told := hinted(utterance):
        return told
    if misses(utterance):
        return []
    places = positions(question.words, len(shown)) or positions(utterance.words, len(shown))
    of_it = question.words[1:2] in (("it",), ("that",)) and utterance.state.focus is not None
    if shown and places and not of_it:  # 'is IT the first in the series?' is of what was told of
        return [shown[place] for place in places if place < len(shown)]
    several = utterance.state.together or shown[:_FEW]
    if several and (_SEVERAL | _ONE_BY_ONE) & set(question.words) and not utterance.reading.mentioned:
        return list(several)
    focus = focus_of(utterance.state)
    return [focus] if focus is not None else []


def titled(each: Described, among: Sequence[Described]) -> str:
    """Return the title of an item, with its year if others are called so."""
    alike = [other for other in among if other["title"] == each["title"]]
    return f"{each['title']} ({each['year']})" if len(alike) > 1 and each["year"] else str(each["title"])


def labels(each: Described, relation: str) -> list[str]:
    """Return what an item has on a relation, its year and its description among them."""
    if relation == "year":
        return [str(each["year"])] if each["year"] else []
    if relation == "description":
        return [each["description"]] if each["description"] else []
    return list(each["relations"].get(relation, ()))


def fact(each: Described, relation: str, verdict: str | None = None, asked: str = "") -> tuple[Fact, ...]:
    """Return a fact; none of a relation that the catalogue does not have."""
    if relation not in ("year", "description", *each["relations"], *each["lacks"]):
        return ()
    told = {"item": each["id"], "relation": relation, "values": labels(each, relation)}
    return (told | {"verdict": verdict, "asked": asked},)


def best_of(utterance: Utterance, among: Sequence[Described], roles: Sequence[str]) -> tuple[Described, str]:
    """Return the item and the relation that a question means: the likeliest that the catalogue knows."""
    domain = _domain(utterance)
    meant = [each for each in among if each["domain"] == domain] or list(among)
    known = ((each, role) for each in meant for role in roles if labels(each, role))
    return next(known, (meant[0], _role_of(meant[0], roles)))


def _role_of(each: Described, roles: Sequence[str]) -> str:
    """Return the relation to speak of where nothing is known: one that the catalogue has, if any."""
    return next((role for role in roles if role in each["lacks"]), roles[0])
