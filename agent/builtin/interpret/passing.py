"""Quantities in passing: 'after a 12 hour shift', '300 pages in', 'two weeks ago' say nothing of items."""

from __future__ import annotations

from agent.builtin.interpret.compared import Draft, Phrase
from agent.builtin.lexicon.load import words
from agent.builtin.lexicon.triggers import ITEM_NOUNS
from agent.builtin.lexicon.units import MONEY
from agent.builtin.parse.bounds import Quantity
from agent.builtin.parse.clauses import asked_clauses
from agent.builtin.parse.time_there_is import time_there_is

_SHORT = 6  # lexemes of a message that is hardly more than a quantity
_BESIDE = 4  # lexemes from an adjective to the noun it describes
_BACK = 5
_ONLY = frozenset(("only", "just", "max"))
_SPENT = frozenset("spend pay spending paying budget have got only ive left just".split())
_SINCE = frozenset("from after for".split())
_COUNTED = frozenset("players seats doors stars mpg power".split())
_DEMANDS = frozenset(
    "if span limit be must should needs need want room time has stay stays keep remain fit fits".split()
)
_PIECES = frozenset("bits chunks parts pieces slices snatches".split())
_TOLD = frozenset("after before during paid spent".split())
_SOMEBODY = frozenset(
    "i im ive id my me we our us he she they his her their you your it was were had did".split()
)
_OWNERS = frozenset(("my", "our", "his", "her", "their"))
_APART = frozenset((",", ".", ";", ":", "!", "?", "(", ")"))
_MINDING = frozenset("mind matter matters fine ok okay care".split())
_LEADS = frozenset("at of costs cost costing priced runs lasts running lasting".split())


def is_in_passing(draft: Draft, quantity: Quantity) -> bool:
    """Tell whether a quantity that no measure's name stands beside is not said of what is asked for."""
    before = draft.words(max(0, quantity.first - 2), quantity.first)
    if before[-1:] == ["page"] or (before[-1:] == ["of"] and before[0] in _PIECES):
        return True  # 'asleep on PAGE two', 'in BITS OF forty minutes'
    counted = quantity.unit is not None and quantity.unit.dimension in _COUNTED
    if len(draft.said) <= _SHORT or counted or is_spent(draft, quantity):
        return False
    if quantity.op or quantity.high is not None:
        if draft.measures.own and draft.words(quantity.first - 1, quantity.first) == ["so"]:
            return False  # 'we come by train, SO less than 2 miles from the station'
        place = draft.said[quantity.low.first].place
        near = range(max(0, quantity.first - _BACK), quantity.first)
        if (
            _stands_alone(draft, quantity)
            or _DEMANDS & {draft.said[i].text for i in near}
            or any(is_item(draft, i) for i in near)
        ):
            return False
        if draft.measures.own and place >= 0 and not _is_told_of(draft, place):
            return False
        return place >= 0 and not quantity.denied and not asked_clauses(draft.chunks)[place]
    place = draft.said[quantity.low.first].place
    told = _TOLD & set(draft.words(quantity.first - 2, quantity.first))
    asked = place >= 0 and asked_clauses(draft.chunks)[place] and not told
    if draft.measures.own and quantity.unit is not None and asked:
        return False
    alone = quantity.unit is not None and asked and _stands_alone(draft, quantity)
    alone = alone and not _ends_story(draft, place)
    return not (alone or is_before_noun(draft, quantity.end) or _is_led(draft, quantity))


def _is_told_of(draft: Draft, place: int) -> bool:
    """Tell whether somebody is spoken of in the sentence of a chunk: 'I drove for more than 3 hours'."""
    sentence = draft.chunks[place].sentence
    return any(chunk.text in _SOMEBODY for chunk in draft.chunks if chunk.sentence == sentence)


def _ends_story(draft: Draft, place: int) -> bool:
    """Tell whether a sentence before tells of what somebody saw: 'it was dull. TWO AND A HALF HOURS!!'."""
    last = draft.chunks[place].sentence - 1
    before = [i for i, chunk in enumerate(draft.chunks) if chunk.sentence == last]
    asked = asked_clauses(draft.chunks)
    return bool(before) and not any(asked[i] for i in before) and _is_told_of(draft, before[0])


def _stands_alone(draft: Draft, quantity: Quantity) -> bool:
    """Tell whether a quantity is all that is said between two marks: 'easy, nothing by X, UNDER $20'."""
    before, after = (
        draft.words(quantity.first - 1, quantity.first),
        draft.words(quantity.end, quantity.end + 1),
    )
    return (not before or before[0] in (*_APART, "and", "but", "so")) and (not after or after[0] in _APART)


def is_spent(draft: Draft, quantity: Quantity) -> bool:
    """Tell whether so much may be spent: 'I only have two hours', 'my budget is 20 euros'."""
    before = draft.words(quantity.first - _BACK, quantity.low.first)
    if time_there_is(draft.said, quantity.low) is not None:
        joined = draft.words(quantity.end, quantity.end + 1) == ["and"]  # 'I have two hours and a sofa'
        return _ends(draft, quantity) and not joined  # nor 'I have two hours of driving'
    if set(before[-1:]) & _SINCE:
        return False  # "I just got back from three weeks in Japan"
    money = quantity.unit is not None and quantity.unit.dimension in MONEY
    spent = bool((_SPENT if money else _ONLY) & set(before)) and quantity.unit is not None
    return spent and _ends(draft, quantity)


def _ends(draft: Draft, quantity: Quantity) -> bool:
    """Tell whether nothing behind a quantity says what it is of."""
    after = draft.words(quantity.end, quantity.end + 1)
    return not after or after[0] in words("comparators", "behind what is spent")


def _is_led(draft: Draft, quantity: Quantity) -> bool:
    before = draft.words(quantity.first - 1, quantity.first)
    money = quantity.unit is not None and quantity.unit.dimension in MONEY
    return bool(before) and (before[0] in _LEADS or (money and before[0] in ("for", ",")))


def is_before_noun(draft: Draft, i: int) -> bool:
    """Tell whether what ends at a lexeme describes a noun for items: 'a cheap RED', 'a 90 minute COMEDY'."""
    for place in range(i, min(i + _BESIDE, len(draft.said))):
        if is_item(draft, place):
            return True
        small = draft.said[place].text in words("comparators", "breaks a noun phrase")
        if small or draft.said[place].ends_clause or draft.said[place].is_number:
            return False
    return False


def is_item(draft: Draft, i: int) -> bool:
    """Tell whether a lexeme is a noun for items or names what they are."""
    place = draft.said[i].place
    if place < 0:
        return False
    chunk = draft.chunks[place]
    return (chunk.kind in ("category", "entity") and bool(chunk.choices)) or chunk.text in ITEM_NOUNS


def is_of_people(draft: Draft, phrase: Phrase) -> bool:
    """Tell whether an adjective says how somebody is: 'my OLD uncle', 'two ADULT sisters'."""
    end = phrase.end
    before, after = draft.words(phrase.first - 1, phrase.first), draft.words(end, end + 1)
    owned = words("audience", "owners").issuperset(before) and words("occasion", "company").issuperset(after)
    return bool(before and after and owned) and not (end + 1 < len(draft.said) and is_item(draft, end + 1))


def is_owned(draft: Draft, phrase: Phrase) -> bool:
    """Tell whether an adjective is of what somebody has already: 'MY OLD ones fell apart'."""
    owned = draft.words(phrase.first - 1, phrase.first)
    return bool(owned) and owned[0] in _OWNERS


def is_no_wish(draft: Draft, phrase: Phrase) -> bool:
    """Tell whether an adjective is no obstacle, or of something else: "I DON'T MIND IF IT'S long".

    'the sentences TEND TO BE short'
    """
    before = draft.words(phrase.first - _BACK, phrase.first)
    tends = before[-3:] in (["tend", "to", "be"], ["tends", "to", "be"])
    return tends or before[-2:] == ["can", "be"] or ("if" in before and bool(_MINDING & set(before)))
