"""Fragments: a text that is no complete request of its own changes the last one.

'Something Japanese', 'the funnier ones', '80s or 90s', 'by somebody else', 'these are all American'. What is
a request of its own names what it asks for ('a film noir', 'do you have westerns?').
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from agent.builtin.dialogue.acts import Others, Refine, Without
from agent.builtin.dialogue.among_shown import asks_of_shown, complained_of
from agent.builtin.dialogue.utterance import Utterance, bare_year
from agent.builtin.interpret.request import EntityMention
from agent.builtin.interpret.spans import Span, dropping_aside
from agent.builtin.lexicon.load import tables, words
from agent.builtin.lexicon.triggers import ITEM_NOUNS
from agent.builtin.parse.chunks import Chunk
from agent.builtin.parse.clauses import clauses, tells
from agent.builtin.parse.kinds import ADJECTIVES
from agent.builtin.parse.negation import is_negated
from agent.builtin.plan.search import Stated
from kg.text import fold

PEOPLE = frozenset("author director writer actor composer cinematographer editor producer".split())
_NEAR = 4  # chunks from what drops something to what is dropped
_PRONOUNS = ("him", "her", "them")
_ANY_PRONOUN = (*_PRONOUNS, "his", "hers", "theirs")
_ONE = ("one", "ones")
_THINGS = frozenset("thing things stuff bit part".split())  # 'forget the American THING'
_KNOWING = frozenset("i ive we weve he hes she shes they theyve have has had already".split())
_HAVING = frozenset("has have had got is are was were star stars feature".split())
_SOME = frozenset("any some few".split())
_OF_SOME = frozenset("with by from starring featuring directed written in that".split())


def refine(utterance: Utterance) -> Refine | None:
    """'only from the 90s', 'something Japanese', 'but no westerns', 'by Lean', '*romances'."""
    reading = utterance.reading
    if reading.references or reading.claims or _is_about_a_title(utterance):
        return None
    same = utterance.has("same but", "same for", "same from", "same in")
    if same and utterance.is_short and not reading.wanted:
        return Refine()
    ruled = reading.none_of or reading.not_years or reading.order or reading.comparisons or reading.sorts
    limits = bool(ruled) or reading.years != (None, None)
    stated = bool(reading.wanted or reading.categories or reading.any_of)
    cut = utterance.says("cutting") or (utterance.is_short and not utterance.says("more"))
    if reading.limit and cut and not (stated or limits or reading.mentioned):
        return Refine()
    if utterance.is_long and (_requests_anew(utterance) or not (stated or limits)):
        return None
    dropped = frozenset(dropped_names(utterance))
    told = stated or limits or bare_year(utterance) or dropped & _held_names(utterance)
    if not (told or (reading.domain and not reading.profile)):
        return None  # who says who they are asks anew
    against = frozenset(wanted.name.text for wanted in complained_of(utterance))
    nouns = (_nouns(utterance) - _THINGS) & _said_of_items(utterance)
    if against or (dropped and not nouns):
        unasked = frozenset() if nouns else dropped - _held_names(utterance)
        return Refine(instead=bool(dropped - unasked), against=against | unasked, dropped=dropped - unasked)
    corrects = utterance.text.startswith(tables("acts")["corrections"])  # 'I MEANT movies, newer than 1995'
    kept = (_rules_out(utterance) or corrects) and not stated
    alone = not utterance.is_long and stands_alone(utterance) and not kept
    return None if alone else Refine(_takes_a_place(utterance))


def _rules_out(utterance: Utterance) -> bool:
    """Tell whether a short text begins with a denial: 'ok NO cartoons'."""
    said = [word for word in utterance.words if word not in words("acts", "before a denial")]
    opened = said[:1] != [] and said[0] in _NO | _LEAVING
    ruled = utterance.reading.none_of or (opened and said[0] in _LEAVING and utterance.reading.timed)
    return utterance.is_short and bool(ruled) and opened


_NO = words("negation", "denying")
_LEAVING = words("negation", "taking out") | words("negation", "left out by") | {"forget"}


def _requests_anew(utterance: Utterance) -> bool:
    """Tell whether a long text is a request of its own: what asks in it names items by more than a date."""
    if not utterance.state.conditions:
        return True
    if refers_back(utterance) or utterance.says("replacing"):
        return False
    asked = [utterance.chunks[c.start : c.stop] for c in clauses(utterance.chunks)]
    said = {chunk.text for clause in asked if not tells(clause) for chunk in clause}
    reading = utterance.reading
    named = reading.wanted or reading.categories or reading.any_of
    return bool(named and _nouns(utterance) & said)


def without(utterance: Utterance) -> Without | None:
    """'without him', 'another with her, but not him': whom a pronoun means is no longer wanted."""
    said, held = utterance.words, [c for c in utterance.state.conditions if c["relation"] in PEOPLE]
    pairs = pairwise(word for word in said if word not in ("by", "with", "from", "in", "of"))
    gone = [word for before, word in pairs if before in words("acts", "ruling out") and word in _PRONOUNS]
    if not gone or not held or utterance.reading.wanted:
        return None
    named = held if "them" in gone else [_meant(pronoun, held) for pronoun in gone]
    return Without(tuple((c["relation"], c["value"]) for c in named))


def without_somebody(utterance: Utterance) -> Utterance:
    """Return a text after which nobody who held is asked for: 'milder, DOESN'T HAVE TO BE HIM'."""
    pairs = {
        f"{phrase} {pronoun}" for phrase in tables("acts")["not only somebody"] for pronoun in _ANY_PRONOUN
    }
    if not utterance.has(*pairs):
        return utterance
    kept = tuple(c for c in utterance.state.conditions if c["relation"] not in PEOPLE)
    return replace(utterance, state=replace(utterance.state, conditions=kept))


def without_dropped(utterance: Utterance, spans: Sequence[Span]) -> tuple[Sequence[Span], Utterance]:
    """Return a request of its own that does not ask for what it drops: 'FORGET RUSSIANS, a comic novel'."""
    said, dropped = utterance.reading, frozenset(dropped_names(utterance))
    if not dropped or not utterance.state.items:
        return spans, utterance
    wanted = tuple(each for each in said.wanted if each.name.text not in dropped)
    kinds = tuple(each for each in said.categories if each.text not in dropped)
    return dropping_aside(spans), replace(utterance, reading=replace(said, wanted=wanted, categories=kinds))


def _meant(pronoun: str, held: Sequence[Stated]) -> Stated:
    """Return whom of those asked for 'him' or 'her' means: by the first name, else the one named last."""
    kind, other = ("of men", "of women") if pronoun == "him" else ("of women", "of men")
    firsts = [fold(condition["value"].split()[0]) for condition in held]
    called = [c for c, first in zip(held, firsts, strict=True) if first in words("given_names", kind)]
    unlike = [c for c, first in zip(held, firsts, strict=True) if first not in words("given_names", other)]
    return (called or unlike or list(held))[-1]


def others(utterance: Utterance) -> Others | None:
    """'by somebody else', 'another Japanese writer', 'a different genre please'."""
    if utterance.has(*tables("acts")["somebody else"]) and not utterance.has(
        *tables("clauses")["open request"]
    ):
        named = (w.name for w in utterance.reading.wanted)
        return Others(PEOPLE, frozenset(name.text for name in named if _is_somebody(name)))
    relations = _of_who_else(utterance)
    for i, chunk in enumerate(utterance.chunks):
        before = {each.text for each in utterance.chunks[max(0, i - 2) : i]}
        if before & words("acts", "another"):
            relations |= PEOPLE if _is_by_somebody_from(utterance.chunks, i) else frozenset()
            relations |= {role for each in chunk.entries if each.kind == "agent" for role in each.roles}
            relations |= {chunk.text} & {"genre", "country", "series"}
    held = {condition["relation"] for condition in utterance.state.conditions}
    near = bool(relations & PEOPLE and utterance.state.named and utterance.state.similarity)
    return Others(frozenset(relations)) if relations & held or near else None


def _of_who_else(utterance: Utterance) -> set[str]:
    """Return what others are asked for to have done: 'WHO ELSE WRITES good horror?'."""
    asks = utterance.has("who else") and not utterance.reading.mentioned
    verbs = {
        role for c in utterance.chunks for each in c.entries if each.kind == "verb" for role in each.roles
    }
    held = {each["relation"] for each in utterance.state.conditions}
    return {*PEOPLE} if asks and verbs & held & PEOPLE else set()


def _is_by_somebody_from(chunks: Sequence[Chunk], i: int) -> bool:
    """Tell whether a name of a place stands for somebody from there: 'by another RUSSIAN'."""
    roles = {role for choice in chunks[i].choices for role in choice.roles}
    led = {each.text for each in chunks[max(0, i - _NEAR) : i]} & {"by", "from"}
    ends = i + 1 == len(chunks) or chunks[i + 1].kind == "mark"
    return bool(roles) and roles <= {"country", "language"} and bool(led) and ends


def _is_somebody(name: EntityMention) -> bool:
    return any(not PEOPLE.isdisjoint(choice.roles) for choice in name.choices)


def stands_alone(utterance: Utterance) -> bool:
    """Tell whether a text asks for items of its own: 'a film noir', 'three comedies'; not 'one by X'."""
    beside = utterance.text.startswith(("and also a", "also a", "and a ", "plus a "))
    if beside and not utterance.has(*_ONE, "a bit", "a little"):
        return True
    opener = utterance.words[0] in words("acts", "openers") - words("acts", "weak openers")
    if opener or utterance.has("only", "just", "instead") or refers_back(utterance):
        return False
    if _nouns(utterance) & _said_of_items(utterance) or _is_noun_phrase(utterance):
        return True
    return bool(_kinds(utterance) or utterance.reading.wanted) and _wishes_anew(utterance)


def refers_back(utterance: Utterance) -> bool:
    """Tell whether a text speaks of what was asked or shown: 'the funnier ones', 'any of them with her'."""
    elided = any(a in _SOME and b in _OF_SOME for a, b in pairwise(utterance.words))  # 'got *any with* her?'
    which = utterance.words[0] == "which" and bool(_HAVING & set(utterance.words[1:2]))
    if elided or which or utterance.has(*_ONE, *tables("acts")["of those"]):
        return True
    held = any(each["relation"] in PEOPLE for each in utterance.state.conditions)
    return held and not words("acts", "pronouns of people").isdisjoint(utterance.words)


def _kinds(utterance: Utterance) -> bool:
    reading = utterance.reading
    return bool(reading.categories or (reading.any_of and not reading.audience))


def _nouns(utterance: Utterance) -> frozenset[str]:
    """Return the nouns for items; 'read' is none of them in 'I have read all of his'."""
    idle = {"read", "reads"} if _KNOWING & set(utterance.words) else set[str]()
    return ITEM_NOUNS - {*_ONE, *idle, *(["thing"] if utterance.has("such a thing") else [])}


def _said_of_items(utterance: Utterance) -> set[str]:
    """Return the words of a text without those of titles and of somebody's names."""
    said = (chunk.text for chunk in utterance.chunks if chunk.kind in ("word", "trigger", "category"))
    return {word for text in said for word in text.casefold().split()}


def _is_noun_phrase(utterance: Utterance) -> bool:
    """Tell whether a kind with more than its article is asked for: 'comedies by Wilder', 'three westerns'."""
    reading = utterance.reading
    said = {word for name in reading.categories for word in name.text.casefold().split()}
    more = reading.wanted or reading.limit or reading.years != (None, None)
    return bool(said - ADJECTIVES) and bool(more) and not utterance.says("replacing")


def _wishes_anew(utterance: Utterance) -> bool:
    """Tell whether a text says what is wanted in a sentence: 'I like Hanks', 'what did Lean direct?'."""
    first = utterance.words[0]
    rather = utterance.says("rather")  # 'I would PREFER Mexico' than what was shown
    told = first in ("i", "id", "ill", "im", "we", "my") and utterance.says("wishing") and not rather
    asked = first in ("what", "which") and not utterance.has("what about")
    return told or asked or utterance.says("openings")


def _takes_a_place(utterance: Utterance) -> bool:
    """Tell whether what is said takes the place of its like: 'make it a comedy', a kind alone: 'westerns'."""
    if utterance.says("additions") or utterance.has(*_ONE, "only", "just") or asks_of_shown(utterance):
        return False
    reading = utterance.reading
    if _rules_out(utterance) and not (reading.wanted or reading.categories or reading.any_of):
        return False
    if utterance.says("replacing") or utterance.reading.text.lstrip().startswith("*"):
        return True
    said = {word for name in utterance.reading.categories for word in name.text.casefold().split()}
    return bool(said) and not said & ADJECTIVES and utterance.words[0] not in words("acts", "openers")


def _is_about_a_title(utterance: Utterance) -> bool:
    """Tell whether a title is named that is neither ruled out, told of beside that, nor a date."""
    reading, chunks = utterance.reading, utterance.chunks
    ruled_out = {each.name.text for each in reading.none_of}
    alone = bool(ruled_out) and not (reading.wanted or reading.categories)
    told = {place for c in clauses(chunks) if alone and tells(chunks[c.start : c.stop]) for place in c}
    return any(
        c.kind == "title"
        and not (i in told or c.text in ruled_out or c.start in reading.timed or is_negated(chunks, i))
        for i, c in enumerate(chunks)
    )


def dropped_names(utterance: Utterance) -> Iterator[str]:
    """Yield the names and dates that are no longer asked for: 'forget *horror*', 'never mind *the 90s*'."""
    chunks = utterance.chunks
    whole = None not in utterance.reading.years or utterance.reading.years == (None, None)
    for i, chunk in enumerate(chunks):
        dated = whole and chunk.start in utterance.reading.timed  # not 'drop everything before 1990'
        if not (dated or chunk.kind in ("entity", "category")):
            continue
        start = i
        while start and chunks[start - 1].text in words("acts", "before a dropped name"):
            start -= 1
        before = f" {' '.join(c.text for c in chunks[max(0, start - _NEAR) : start])}"
        if any(before.endswith(f" {phrase}") for phrase in tables("acts")["dropping a name"]):
            yield chunk.text


def _held_names(utterance: Utterance) -> frozenset[str]:
    """Return the names and dates of a text that were asked for, or ruled out, before.

    Beside likeness all are: 'drop the romance' of what is like a romance rules out none.
    """
    state = utterance.state
    stated = (*state.conditions, *state.filters.any_of, *state.filters.none_of)
    values = {each["value"] for each in stated}
    return frozenset(
        chunk.text
        for chunk in utterance.chunks
        if state.similarity is not None
        or not chunk.choices
        or values & {choice.label for choice in chunk.choices}
        or chunk.start in utterance.reading.timed
    )


def is_place(name: EntityMention) -> bool:
    """Tell whether a name only says where something is from, or in which language it is."""
    return {role for choice in name.choices for role in choice.roles} <= {"country", "language"}
