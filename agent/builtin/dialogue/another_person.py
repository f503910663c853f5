"""A wish for somebody else than the last one: 'and something for my mum, she loves cooking'."""

from __future__ import annotations

from dataclasses import replace

from agent.builtin.dialogue.utterance import Utterance
from agent.builtin.lexicon.load import words
from agent.builtin.lexicon.triggers import ITEM_NOUNS
from agent.builtin.plan.search import SearchFilters

_LEADS = frozenset("and now also then plus ok okay so next finally".split())
_ONE = frozenset("something anything one another some".split()) | ITEM_NOUNS
_OWNERS = frozenset("my our the his her".split())
_ONESELF = frozenset("me us myself ourselves him her them".split())


def for_another(utterance: Utterance) -> int:
    """Return where the words end by which a text wishes for another person; 0 if it does not."""
    said, place = utterance.words, 0
    while place < len(said) and said[place] in _LEADS:
        place += 1
    led = place
    while place < len(said) and said[place] in _ONE | {"a", "an"}:
        place += 1
    named = said[led:place]
    if not led or said[place : place + 1] != ("for",) or (not named and said[0] not in ("and", "now")):
        return 0
    place += 1
    if said[place : place + 1] != () and said[place] in _ONESELF:
        return place + 1
    owned = said[place : place + 1] != () and said[place] in _OWNERS
    whom = place + owned
    return whom + 1 if owned and said[whom : whom + 1] != () and said[whom] in _WHOM else 0


_WHOM = words("occasion", "company")


def with_fresh_wish(utterance: Utterance) -> Utterance:
    """Return a text for another person with nothing of the last request that holds, where it says what."""
    place = for_another(utterance)
    if not place or not utterance.state.items or len(utterance.words) == place:
        return utterance
    past = utterance.state.filters
    filters = SearchFilters("", exclude=past.exclude, domain=past.domain)
    return replace(utterance, state=replace(utterance.state, conditions=(), similarity=None, filters=filters))
