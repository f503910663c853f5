"""Going back to an earlier list: 'undo that', 'go back one', 'back to the war ones'."""

from __future__ import annotations

from collections.abc import Sequence

from agent.builtin.dialogue.earlier import Answered, said_in
from agent.builtin.dialogue.small_talk import spoken
from agent.builtin.dialogue.state import DialogueState, state_of
from agent.builtin.lexicon.load import tables, words
from kg.stems import singular
from kg.text import fold

NOTHING_BEFORE = "There is no earlier list to go back to. Ask for it again, please."
_LONGEST = 14  # words of a text that goes back
_LEAST = 2  # words of what is asked beside it
_BACK_TO = ("back", "to")
_NAMED = 4  # words after "back to" that may name what an earlier list was of


def goes_back(text: str) -> bool:
    """Tell whether a text takes back what the last one changed: 'undo that last bit'."""
    said = spoken(text)
    if len(said) > _LONGEST:
        return False
    joined = f" {' '.join(said)} "
    if _first_list(text):
        return True
    return any(f" {phrase} " in joined for phrase in tables("acts")["going back"])


def _first_list(text: str) -> bool:
    """Tell whether a text asks for the first list of a conversation again: 'SHOW THE FIRST LIST again'."""
    joined = f" {' '.join(spoken(text))} "
    return any(f" {phrase} " in joined for phrase in tables("acts")["the first list"])


def returns_to(text: str, state: DialogueState | None) -> bool:
    """Tell whether a text goes back to the list that a state is of, or would if there were one."""
    named = _named(text)
    return goes_back(text) or bool(named and _is_of(state, named))


def turns_before(text: str, past: Sequence[Sequence[Answered]]) -> Sequence[Sequence[Answered]] | None:
    """Return the turns up to the list that a text goes back to, () for none; None if it does not go back."""
    lists = [i for i, calls in enumerate(past) if ((said_in(calls) or {}).get("items"))]
    if named := _named(text):
        fits = (i for i in reversed(lists[:-1]) if _is_of(state_of(past[: i + 1]), named))
        place = next(fits, None)
        return None if place is None else past[: place + 1]
    if not goes_back(text):
        return None
    if _first_list(text):
        return past[: lists[0] + 1] if lists else ()
    return past[: lists[-1]] if lists[1:] else ()


def beside_going_back(text: str) -> str:
    """Return what is asked beside going back: 'back to the war ones, WHICH IS THE OLDEST?'; '' for none."""
    for mark in (",", ".", "!", ";", " and "):
        before, found, after = text.partition(mark)
        if found and (goes_back(before) or _named(before)) and len(spoken(after)) >= _LEAST:
            return after.strip()
    return ""


def _named(text: str) -> frozenset[str]:
    """Return the words for what an earlier list was of; none if a text does not go back to one."""
    said = spoken(text)
    if len(said) > _LONGEST:
        return frozenset()
    place = next((i for i in range(len(said) - 2) if said[i : i + 2] == _BACK_TO), None)
    if place is None:
        return frozenset()
    small = words("acts", "beside what is gone back to")
    return frozenset(singular(word) for word in said[place + 2 : place + 2 + _NAMED] if word not in small)


def _is_of(state: DialogueState | None, named: frozenset[str]) -> bool:
    """Tell whether what was asked for by a state is called so."""
    if state is None:
        return False
    stated = (*state.conditions, *state.filters.any_of)
    return any(named & {singular(word) for word in fold(each["value"]).split()} for each in stated)
