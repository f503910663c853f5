"""Which act a message is: what it does to the last answer, recognised from its words alone.

A full new request is no act here and starts afresh.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

from agent.builtin.dialogue import amendments, both, comparing, ends, fragments, variations, verdicts, works
from agent.builtin.dialogue.acts import Act, CompareShown, Drop, LikeBut, More, Refine, Vary
from agent.builtin.dialogue.another_person import for_another
from agent.builtin.dialogue.utterance import Utterance, bare_year, places_of
from agent.builtin.lexicon.load import tables, words

_POINTING_BY_NUMBER = frozenset("number numbers nr nrs no nos".split())
_SMALL = 50  # a number up to this counts items
_FEW = 4  # words of a text that only drops something


def recognise(utterance: Utterance) -> Act | None:
    """Return what a text does to the last answer; None if it is a request, or says nothing of it."""
    if not utterance.words:
        return None
    if (switched := amendments.switch_domain(utterance)) is not None:
        return switched
    if for_another(utterance) or _asks_what_else_of_a_year(utterance):
        return None
    if (
        utterance.says("new")
        or works.asks_for_other_kind(utterance)
        or _asks_anew(utterance)
        or amendments.asks_for_other_sort(utterance)
        or variations.asks_for_mood(utterance)
    ):
        return None
    rules: tuple[Callable[[Utterance], Act | None], ...] = (
        verdicts.accept_extreme,
        verdicts.known_by_name,
        ends.end_of_work,
        works.of_whoever_is_named,
        amendments.allow,
        amendments.drop,
        amendments.permit,
        amendments.change_role,
        both.turned,
        both.together,
        fragments.without,
        fragments.others,
        variations.like_but,
        variations.like_named,
        comparing.compare_shown,
        variations.more_of_the_same,
        variations.more_like,
        variations.same_person,
        works.in_time,
        variations.shift,
        verdicts.accept,
        verdicts.pick,
        verdicts.reject,
        variations.more,
        amendments.substitute,
        fragments.refine,
        variations.vary,
    )
    return next((act for rule in rules if (act := rule(utterance)) is not None), None)


def words_of_act(act: Act, utterance: Utterance) -> frozenset[str]:
    """Return the words of a follow-up that say what it does; none of what should be more or less so."""
    if isinstance(act, Vary):
        return frozenset()
    text, known = f" {utterance.text} ", _by_first_word()
    near = (phrase for word in set(text.split()) for phrase in known.get(word, ()))
    said = {phrase for phrase in near if f" {phrase} " in text}
    named = act.dropped if isinstance(act, Refine) else frozenset()
    if isinstance(act, Drop):
        named |= frozenset(word for name in act.relations for word in name.split("_"))
    shift = act.shift if isinstance(act, LikeBut) else act
    if isinstance(shift, CompareShown):
        said -= words("acts", "comparative")  # 'something shorter and LIGHTER'
        named |= {word for each in utterance.reading.shifts for word in each.text.split()}
    year = {str(first) for first, _ in [bare_year(utterance) or (0, 0)] if first}
    return frozenset(word for phrase in said for word in phrase.split()) | year | named


def words_used(act: Act, utterance: Utterance) -> frozenset[str]:
    """Return the words of an act, and those that count: 'five more', 'seen NUMBERS 1 and 3'."""
    counting = _POINTING_BY_NUMBER & set(utterance.words) if places_of(utterance) else frozenset[str]()
    if isinstance(act, More) or counting or places_of(utterance):
        counting |= {word for word in utterance.words if word.isdecimal() and int(word) <= _SMALL}
    return words_of_act(act, utterance) | counting


@cache
def _by_first_word() -> dict[str, list[str]]:
    """Return the phrases of acts, hundreds of them, by their first words."""
    found: dict[str, list[str]] = {}
    for phrase in dict.fromkeys(each for phrases in tables("acts").values() for each in phrases):
        found.setdefault(phrase.split()[0], []).append(phrase)
    return found


def wants_others(utterance: Utterance) -> bool:
    """Tell whether a new request leaves out what was shown: 'seen those; something by other directors?'."""
    return utterance.says("seen phrases") or utterance.has("other", "others", "else")


def changes_an_answer(utterance: Utterance) -> bool:
    """Tell whether a short text only makes sense after an answer: 'not the second one', 'forget the year'."""
    counted = bool(places_of(utterance)) and utterance.words[:1] in (("not",), ("who",), ("when",), ("why",))
    dropping = utterance.words[:1] in (("forget",), ("drop",), ("ignore",)) and len(utterance.words) <= _FEW
    return utterance.is_short and (counted or dropping or utterance.text in tables("acts")["only after"])


def _asks_what_else_of_a_year(utterance: Utterance) -> bool:
    """Tell whether anybody's items of a year are wanted: 'WHAT ELSE was published THAT YEAR'."""
    dated = utterance.has("that year", "the same year", "that decade", "the same decade")
    whose = words("acts", "pronouns of people") & set(utterance.words)
    return dated and utterance.has("what else", "anything else") and not whose


def _asks_anew(utterance: Utterance) -> bool:
    """Tell whether a text asks what to take, and speaks of nothing that was shown."""
    answered = any(utterance.says(act) for act in ("more", "pick", "acceptance"))
    compared = bool(words("acts", "comparative") & set(utterance.words))
    pointed = bool(places_of(utterance)) or answered or compared or "more" in utterance.words
    return utterance.has(*tables("clauses")["what to take"]) and not pointed
