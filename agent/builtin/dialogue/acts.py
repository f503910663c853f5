"""Dialogue acts: what a message does to the last answer, as data, recognised from its words alone.

A full new request is no act here and starts afresh.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from agent.builtin.dialogue.state import MAX_FOLLOW_UP_WORDS, Utterance, focus_of, places_of
from agent.builtin.lexicon.load import tables, words
from agent.builtin.lexicon.triggers import DOMAIN_NOUNS, ITEM_NOUNS

_POINTING = ("that one", "this one", "that", "it", "this", "that film", "that movie", "that book")
_FEW = 4  # words of a text that only drops something
_LONG = 2 * MAX_FOLLOW_UP_WORDS
_ROLE_WORDS = ("meant", "mean", "as an actor", "as a director")


@dataclass(frozen=True, slots=True)
class More:
    """More items under the same conditions: 'any others?'; `count` of them, or as many as there are."""

    count: int | None = None


@dataclass(frozen=True, slots=True)
class Pick:
    """One of the items that were shown: 'which would you start with?'."""


@dataclass(frozen=True, slots=True)
class Reject:
    """Items that are not wanted, because they are known or not liked; `more`: others than those shown."""

    items: tuple[str, ...]
    more: bool = False


@dataclass(frozen=True, slots=True)
class Accept:
    """An item is chosen: 'the second one it is'; None where it is not said which."""

    item: str | None


@dataclass(frozen=True, slots=True)
class ShiftYears:
    """Newer or older items than those shown."""

    newer: bool


@dataclass(frozen=True, slots=True)
class ShiftFame:
    """Lesser or better known items than those shown."""

    lesser: bool


@dataclass(frozen=True, slots=True)
class MoreLike:
    """Items near one that was shown: 'more like the second one'."""

    item: str


@dataclass(frozen=True, slots=True)
class Drop:
    """Conditions on these relations no longer hold: 'never mind the director'; `years` likewise."""

    relations: frozenset[str]
    years: bool


@dataclass(frozen=True, slots=True)
class ChangeRole:
    """A name was meant in another role: 'I meant the actor'."""

    roles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SamePerson:
    """More by somebody who was named: 'what else did she write?'; any role if there are none."""

    roles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SwitchDomain:
    """The same of another domain: 'what about books?'."""

    domain: str


@dataclass(frozen=True, slots=True)
class Substitute:
    """A value in place of another: 'what about Hitchcock?', 'rather one by Tim Burton'."""


@dataclass(frozen=True, slots=True)
class Refine:
    """Further conditions beside those that hold: 'only from the 90s', 'but no westerns'."""


@dataclass(frozen=True, slots=True)
class Vary:
    """The same with a wish that nothing here can be compared by: 'something shorter'."""


Act = (
    More
    | Pick
    | Reject
    | Accept
    | ShiftYears
    | ShiftFame
    | MoreLike
    | Drop
    | ChangeRole
    | SamePerson
    | SwitchDomain
    | Substitute
    | Refine
    | Vary
)


def recognise(said: Utterance) -> Act | None:
    """Return what a text does to the last answer; None if it is a request, or says nothing of it."""
    if not said.words or _has(said, "new") or said.has(*tables("clauses")["what to take"]):
        return None
    rules: tuple[Callable[[Utterance], Act | None], ...] = (
        _drop,
        _change_role,
        _more_of_the_same,
        _more_like,
        _same_person,
        _shift,
        _accept,
        _pick,
        _reject,
        _more,
        _switch_domain,
        _substitute,
        _refine,
        _vary,
    )
    return next((act for rule in rules if (act := rule(said)) is not None), None)


def changes_an_answer(said: Utterance) -> bool:
    """Tell whether a short text only makes sense after an answer: 'not the second one', 'forget the year'."""
    counted = bool(places_of(said)) and said.words[:1] in (("not",), ("who",), ("when",), ("why",))
    dropping = said.words[:1] in (("forget",), ("drop",), ("ignore",)) and len(said.words) <= _FEW
    return _short(said) and (counted or dropping or said.text in tables("acts")["only after"])


def _has(said: Utterance, section: str) -> bool:
    return said.has(*tables("acts")[section])


def _short(said: Utterance) -> bool:
    return len(said.words) <= MAX_FOLLOW_UP_WORDS


def _pointed(said: Utterance) -> tuple[str, ...]:
    """Return the shown items that a text points at: counted, named, 'that one', 'them all'."""
    state = said.state
    counted = tuple(state.items[p] for p in places_of(said) if p < len(state.shown))
    if counted:
        return counted
    named = tuple(t.choices[0].id for t in said.reading.mentioned if t.choices)
    if named:
        return named
    if words("acts", "all") & set(said.words) and not said.has("that one", "this one"):
        return state.shown[:2] if said.has("both") else state.shown
    focus = state.focus or next(iter(state.items), None)
    return (focus,) if focus and said.has(*_POINTING) else ()


def _more_of_the_same(said: Utterance) -> Vary | None:
    """'something funnier' after comedies: what is asked for holds already, and nothing tells how much."""
    reading = said.reading
    kinds = {choice.label for name in reading.categories for choice in name.choices}
    stated = {c["value"] for c in said.state.conditions}
    compared = words("acts", "comparative") & set(said.words) or said.has("more", "less", "even")
    plain = not (reading.wanted or reading.mentioned or reading.none_of or reading.any_of)
    whole = bool(kinds) and all({c.label for c in n.choices} & stated for n in reading.categories)
    return Vary() if plain and whole and compared and not _has(said, "more") else None


def _more_like(said: Utterance) -> MoreLike | None:
    if said.names_something or said.reading.mentioned or not _short(said):
        return None
    pointing = _has(said, "likeness")
    counted = bool(places_of(said)) and said.has("like", "similar to")
    if not (pointing or counted) or said.has("i like", "dont like", "not like", "id like", "would like"):
        return None
    places = [p for p in places_of(said) if p < len(said.state.shown)]
    item = said.state.items[places[0]] if places else focus_of(said.state)
    return MoreLike(item) if item is not None else None


def _same_person(said: Utterance) -> SamePerson | None:
    reading = said.reading
    if reading.open_roles:
        return SamePerson(reading.open_roles)
    points = words("acts", "person") & set(said.words)
    named = reading.wanted or reading.mentioned or reading.categories
    return SamePerson(()) if points and _has(said, "other work") and _short(said) and not named else None


def _drop(said: Utterance) -> Drop | None:
    if not _has(said, "dropping"):
        return None
    roles = frozenset(role for chunk in said.chunks if chunk.kind == "trigger" for role in chunk.roles)
    roles |= {c["relation"] for c in said.state.conditions if c["relation"] in said.words}
    roles |= {"genre"} if said.has("genre", "genres", "kind") else frozenset()
    years = said.has("year", "years", "decade", "date", "dates", "time", "period")
    return Drop(roles, years) if roles or years else None


def _change_role(said: Utterance) -> ChangeRole | None:
    triggers = [chunk for chunk in said.chunks if chunk.kind == "trigger"]
    if not said.has(*_ROLE_WORDS) or not triggers or said.reading.wanted:
        return None
    return ChangeRole(triggers[0].roles)


def _shift(said: Utterance) -> ShiftYears | ShiftFame | None:
    if said.reading.wanted or said.reading.mentioned or len(said.words) > _LONG or not said.state.items:
        return None
    if _has_own_head(said) and said.reading.categories:
        return None
    if _has(said, "lesser known") or _has(said, "better known"):
        return ShiftFame(_has(said, "lesser known"))
    if said.reading.years != (None, None) and any(word[:1].isdigit() for word in said.words):
        return None
    if _has(said, "newer") or _has(said, "older"):
        return ShiftYears(_has(said, "newer"))
    return None


def _accept(said: Utterance) -> Accept | None:
    if said.has("else", "more", "other", "others", "another") or _asks(said):
        return None
    chosen = _has(said, "acceptance")
    bare = bool(places_of(said)) and set(said.words) <= words("acts", "bare choice")
    if not (chosen or bare) or (said.names_something and not places_of(said)):
        return None
    return Accept(next(iter(_pointed(said)), None))


def _asks(said: Utterance) -> bool:
    """Tell whether a text asks: 'which should I take?', 'who is in the first one?'."""
    asking = {"which", "what", "who", "when", "why", "how", "where", "does", "did", "is", "was"}
    return said.words[0] in asking and not said.has("it is")


def _pick(said: Utterance) -> Pick | None:
    if not said.state.items or said.names_something or said.reading.mentioned or len(said.words) > _LONG:
        return None
    return Pick() if _has(said, "pick") and not said.has("one more") else None


def _reject(said: Utterance) -> Reject | None:
    """'not that one', 'seen the first two', 'not my thing'."""
    known = _has(said, "seen phrases") or _says_it_is_known(said)
    unseen = _has(said, "unseen")
    refused = _has(said, "rejection")
    if (known and unseen and not refused) or not (known or refused) or len(said.words) > _LONG:
        return None
    pointed = _pointed(said)
    shown = tuple(item for item in pointed if item in said.state.items)
    if said.names_something or (pointed and not shown and not places_of(said)):
        return None
    if not said.state.items:
        return None
    return Reject(shown or _rejected_in_general(said), _has(said, "more"))


def _says_it_is_known(said: Utterance) -> bool:
    """Tell whether the person has seen, read or got what is pointed at: 'I own the second', 'saw both'."""
    seen = words("acts", "seen")
    own = bool({"i", "ive", "we", "weve", "already", "my"} & set(said.words)) or said.words[0] in seen
    return own and bool(seen & set(said.words)) and bool(_pointed(said))


def _rejected_in_general(said: Utterance) -> tuple[str, ...]:
    """Return what 'not my thing' means: the item last talked about, else everything shown."""
    return (said.state.focus,) if said.state.focus in said.state.items else said.state.shown


def _more(said: Utterance) -> More | None:
    if not said.state.items or said.reading.mentioned or len(said.words) > _LONG:
        return None
    phrase = _has(said, "more")
    alone = bool(words("acts", "more alone") & set(said.words)) and _short(said)
    if not (phrase or alone) or _adds_something(said):
        return None
    one = said.has("one more", "another one", "another film", "another movie", "another book")
    return More(1 if one and said.reading.limit is None else said.reading.limit)


def _adds_something(said: Utterance) -> bool:
    """Tell whether a text names what the last request did not: 'any other comedies?' adds nothing there."""
    reading, state = said.reading, said.state
    dated = reading.years not in ((None, None), state.filters.years)
    if reading.none_of or reading.references or reading.claims or dated:
        return True
    if reading.domain and state.filters.domain and reading.domain != state.filters.domain:
        return True
    stated = {c["value"] for c in (*state.conditions, *state.filters.any_of)}
    named = [each.name for each in (*reading.wanted, *reading.any_of)] + list(reading.categories)
    return any(not stated & {choice.label for choice in name.choices} for name in named)


def _switch_domain(said: Utterance) -> SwitchDomain | None:
    opened = said.text.startswith(("what about", "how about", "and ", "or ", "same for"))
    if not opened or not _short(said) or said.names_something:
        return None
    domains = [name for name, nouns in DOMAIN_NOUNS.items() if said.words[-1] in nouns]
    return SwitchDomain(domains[0]) if domains else None


def _substitute(said: Utterance) -> Substitute | None:
    reading = said.reading
    opened = said.text.startswith(("what about", "how about", "and ", "or ", "same for", "rather", "maybe"))
    opened = opened or said.has("instead", "same but", "the same but", "rather")
    if not opened or not _short(said) or reading.references or reading.claims:
        return None
    names = [*reading.wanted, *reading.any_of]
    if names or (reading.categories and not said.text.startswith(("and ", "or "))):
        return Substitute()
    return None


def _refine(said: Utterance) -> Refine | None:
    """'only from the 90s', 'just the comedies', 'but no westerns', 'with Harrison Ford in it', 'by Lean'."""
    reading = said.reading
    if reading.references or reading.claims or reading.mentioned or len(said.words) > _LONG:
        return None
    stated = bool(reading.wanted or reading.categories or reading.any_of)
    limits = bool(reading.none_of) or reading.years != (None, None)
    if not (stated or limits or (reading.domain and not reading.profile)):
        return None  # who says who they are asks anew
    if _has_own_head(said):
        return None
    opens = said.words[0] in words("acts", "openers")
    ones = said.has("ones", "one")
    fragment = _short(said) and not reading.wanted and (ones or not reading.categories)
    return Refine() if opens or ones or fragment or not stated else None


def _has_own_head(said: Utterance) -> bool:
    """Tell whether a text asks for items of its own: 'a film noir', 'three comedies'; not 'one by X'."""
    heads = ITEM_NOUNS - {"ones", "one"}
    if said.has("only", "just", "instead") or said.words[0] in words("acts", "openers") - words(
        "acts", "weak openers"
    ):
        return False
    if said.has("something", "anything") or heads & set(said.words):
        return True
    kinds = said.reading.categories or said.reading.any_of
    return (bool(kinds) or _wishes_anew(said)) and not said.has("ones", "one")


def _wishes_anew(said: Utterance) -> bool:
    """Tell whether a text is a sentence about what the person likes or wants: 'I like Hanks and Streep'."""
    return said.words[0] in ("i", "id", "im", "we", "my") and said.has(*tables("acts")["wishing"])


def _vary(said: Utterance) -> Vary | None:
    """'something funnier', 'a longer one', 'less violent', 'but for adults', 'like X', which nobody knows."""
    unknown = any(c.kind == "entity" and not c.choices for c in said.chunks)
    if unknown and said.words[0] in ("like", "similar", "with", "by", "or", "and") and said.state.conditions:
        return Vary()
    compared = words("acts", "comparative") & set(said.words) or said.has(
        "less", "more", "too", "not so", "not too"
    )
    opened = said.words[0] == "but"
    short = len(said.words) <= MAX_FOLLOW_UP_WORDS and not said.reading.mentioned
    return Vary() if said.state.items and short and (compared or opened) else None
