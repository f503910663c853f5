"""Dialogue acts: what a message does to the last answer, as data, recognised from its words alone.

A full new request is no act here and starts afresh.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise

from agent.builtin.dialogue.state import MAX_FOLLOW_UP_WORDS, Utterance, focus_of, places_of
from agent.builtin.lexicon.load import tables, words
from agent.builtin.lexicon.profiles import NUMBERS
from agent.builtin.lexicon.triggers import ITEM_NOUNS

_POINTING = ("that one", "this one", "that", "it", "this", "that film", "that movie", "that book")
_FEW = 4  # words of a text that only drops something
_LONG = 2 * MAX_FOLLOW_UP_WORDS
_NOT = frozenset("not never nothing dont wont isnt without".split())
_OPEN = ("whatever", "anything", "something", "suggest", "recommend")
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


def recognise(utterance: Utterance) -> Act | None:
    """Return what a text does to the last answer; None if it is a request, or says nothing of it."""
    if not utterance.words:
        return None
    if (switched := _switch_domain(utterance)) is not None:
        return switched
    if _has(utterance, "new") or _asks_anew(utterance):
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
        _substitute,
        _refine,
        _vary,
    )
    return next((act for rule in rules if (act := rule(utterance)) is not None), None)


def words_of_act(act: Act, utterance: Utterance) -> frozenset[str]:
    """Return the words of a follow-up that say what it does; none of what should be more or less so."""
    if isinstance(act, Vary):
        return frozenset()
    said = {phrase for phrases in tables("acts").values() for phrase in phrases if utterance.has(phrase)}
    return frozenset(word for phrase in said for word in phrase.split())


def accepts(utterance: Utterance) -> bool:
    """Tell whether a text takes what was offered: 'that one goes on my list', 'I'll get the first'."""
    counted = bool(places_of(utterance)) and _has(utterance, "committing")
    denied = counted and (_dismisses(utterance) or bool(_NOT & set(utterance.words)))
    left_open = not counted and utterance.has(*_OPEN)
    chosen = _has(utterance, "acceptance") or counted
    return chosen and not (denied or left_open or _refuses(utterance) or _asks(utterance))


def wants_others(utterance: Utterance) -> bool:
    """Tell whether a new request leaves out what was shown: 'seen those; something by other directors?'."""
    return _has(utterance, "seen phrases") or utterance.has("other", "others", "else")


def changes_an_answer(utterance: Utterance) -> bool:
    """Tell whether a short text only makes sense after an answer: 'not the second one', 'forget the year'."""
    counted = bool(places_of(utterance)) and utterance.words[:1] in (("not",), ("who",), ("when",), ("why",))
    dropping = utterance.words[:1] in (("forget",), ("drop",), ("ignore",)) and len(utterance.words) <= _FEW
    return _short(utterance) and (counted or dropping or utterance.text in tables("acts")["only after"])


def _has(utterance: Utterance, section: str) -> bool:
    return utterance.has(*tables("acts")[section])


def _asks_anew(utterance: Utterance) -> bool:
    """Tell whether a text asks what to take, and speaks of nothing that was shown."""
    answered = any(_has(utterance, act) for act in ("more", "pick", "acceptance"))
    pointed = bool(places_of(utterance)) or answered or "more" in utterance.words
    return utterance.has(*tables("clauses")["what to take"]) and not pointed


def _short(utterance: Utterance) -> bool:
    return len(utterance.words) <= MAX_FOLLOW_UP_WORDS


def _pointed(utterance: Utterance) -> tuple[str, ...]:
    """Return the shown items that a text points at: counted, named, 'that one', 'them all'."""
    state = utterance.state
    counted = tuple(state.items[p] for p in places_of(utterance) if p < len(state.shown))
    if counted:
        return counted
    named = tuple(t.choices[0].id for t in utterance.reading.mentioned if t.choices)
    if named:
        return named
    if words("acts", "all") & set(utterance.words) and not utterance.has("that one", "this one"):
        return state.shown[:2] if utterance.has("both") else state.shown
    focus = state.focus or next(iter(state.items), None)
    return (focus,) if focus and utterance.has(*_POINTING) else ()


def _more_of_the_same(utterance: Utterance) -> Vary | None:
    """'something funnier' after comedies: what is asked for holds already, and nothing tells how much."""
    reading = utterance.reading
    kinds = {choice.label for name in reading.categories for choice in name.choices}
    stated = {c["value"] for c in utterance.state.conditions}
    compared = words("acts", "comparative") & set(utterance.words) or utterance.has("more", "less", "even")
    plain = not (reading.wanted or reading.mentioned or reading.none_of or reading.any_of)
    whole = bool(kinds) and all({c.label for c in n.choices} & stated for n in reading.categories)
    return Vary() if plain and whole and compared and not _has(utterance, "more") else None


def _more_like(utterance: Utterance) -> MoreLike | None:
    if utterance.names_something or utterance.reading.mentioned or not _short(utterance):
        return None
    pointing = _has(utterance, "likeness")
    counted = bool(places_of(utterance)) and utterance.has("like", "similar to")
    if not (pointing or counted) or utterance.has("i like", "dont like", "not like", "id like", "would like"):
        return None
    places = [p for p in places_of(utterance) if p < len(utterance.state.shown)]
    item = utterance.state.items[places[0]] if places else focus_of(utterance.state)
    return MoreLike(item) if item is not None else None


def _same_person(utterance: Utterance) -> SamePerson | None:
    reading = utterance.reading
    if reading.open_roles:
        return SamePerson(reading.open_roles)
    points = words("acts", "person") & set(utterance.words)
    but = utterance.has("but not", "except", "besides", "apart from", "other than", "not")
    named = reading.wanted or reading.categories or (reading.mentioned and not but)
    more = bool(points) and _has(utterance, "other work") and _short(utterance)
    return SamePerson(()) if more and not named else None


def _drop(utterance: Utterance) -> Drop | None:
    if not _has(utterance, "dropping"):
        return None
    roles = frozenset(role for chunk in utterance.chunks if chunk.kind == "trigger" for role in chunk.roles)
    roles |= {c["relation"] for c in utterance.state.conditions if c["relation"] in utterance.words}
    roles |= {"genre"} if _has(utterance, "of kinds") else frozenset()
    years = _has(utterance, "of years")
    return Drop(roles, years) if roles or years else None


def _change_role(utterance: Utterance) -> ChangeRole | None:
    triggers = [chunk for chunk in utterance.chunks if chunk.kind == "trigger"]
    if not utterance.has(*_ROLE_WORDS) or not triggers or utterance.reading.wanted:
        return None
    return ChangeRole(triggers[0].roles)


def _shift(utterance: Utterance) -> ShiftYears | ShiftFame | None:
    if (
        utterance.reading.wanted
        or utterance.reading.mentioned
        or len(utterance.words) > _LONG
        or not utterance.state.items
    ):
        return None
    if _has_own_head(utterance) and utterance.reading.categories:
        return None
    lesser, better = (_longest(utterance, section) for section in ("lesser known", "better known"))
    if lesser or better:
        return ShiftFame(lesser >= better)
    if utterance.reading.years != (None, None) and any(word[:1].isdigit() for word in utterance.words):
        return None
    if _has(utterance, "newer") or _has(utterance, "older"):
        return ShiftYears(_has(utterance, "newer"))
    return None


def _longest(utterance: Utterance, section: str) -> int:
    """Return the words of the longest phrase of a section that occurs: 'too obscure' is not 'obscure'."""
    return max((len(p.split()) for p in tables("acts")[section] if utterance.has(p)), default=0)


def _accept(utterance: Utterance) -> Accept | None:
    if utterance.has("else", "more", "other", "others", "another") or _asks(utterance):
        return None
    chosen = accepts(utterance)
    others = {word for word in utterance.words if not word.isdigit()}
    bare = bool(places_of(utterance)) and others <= words("acts", "bare choice")
    if not (chosen or bare) or (utterance.names_something and not places_of(utterance)):
        return None
    return Accept(next(iter(_pointed(utterance)), None))


def _asks(utterance: Utterance) -> bool:
    """Tell whether a text asks: 'which should I take?', 'who is in the first one?'."""
    asking = {"which", "what", "who", "when", "why", "how", "where", "does", "did", "is", "was"}
    return utterance.words[0] in asking and not utterance.has("it is")


def _pick(utterance: Utterance) -> Pick | None:
    if (
        not utterance.state.items
        or utterance.names_something
        or utterance.reading.mentioned
        or len(utterance.words) > _LONG
    ):
        return None
    return Pick() if _has(utterance, "pick") and not utterance.has("one more") else None


def _reject(utterance: Utterance) -> Reject | None:
    """'not that one', 'seen the first two', 'not my thing'."""
    known = _has(utterance, "seen phrases") or _says_it_is_known(utterance)
    unseen = _has(utterance, "unseen")
    refused = _refuses(utterance) or (bool(places_of(utterance)) and _dismisses(utterance))
    if (known and unseen and not refused) or not (known or refused) or len(utterance.words) > _LONG:
        return None
    pointed = _pointed(utterance)
    shown = tuple(item for item in pointed if item in utterance.state.items)
    others = bool(pointed) and not shown  # named, but not of those shown
    if others and utterance.has("like", "similar", "next"):
        return None
    if utterance.names_something or (others and not known and not places_of(utterance)):
        return None
    if not utterance.state.items:
        return None
    gone = shown or (pointed if known else ()) or _rejected_in_general(utterance)
    return Reject(gone, _has(utterance, "more"))


def _refuses(utterance: Utterance) -> bool:
    """Tell whether a text turns something down: 'not really my thing', 'too long'; not 'not too long'."""
    plain = " ".join(word for word in utterance.words if word not in words("acts", "intensifiers"))
    refused = tables("acts")["rejection"]
    limited = {phrase for phrase in refused if phrase.startswith("too ")}
    denied = any(utterance.has(f"{word} {phrase}") for word in _NOT for phrase in limited)
    phrases = set(refused) - limited if denied else refused
    return utterance.has(*phrases) or any(f" {phrase} " in f" {plain} " for phrase in phrases)


def _dismisses(utterance: Utterance) -> bool:
    return _has(utterance, "dismissing")


def _says_it_is_known(utterance: Utterance) -> bool:
    """Tell whether the person has seen, read or got what is pointed at: 'I own the second', 'saw both'."""
    seen = words("acts", "seen")
    own = bool(words("acts", "knower") & set(utterance.words)) or utterance.words[0] in seen
    return own and bool(seen & set(utterance.words)) and bool(_pointed(utterance))


def _rejected_in_general(utterance: Utterance) -> tuple[str, ...]:
    """Return what 'not my thing' means: the item last talked about, else everything shown."""
    return (
        (utterance.state.focus,) if utterance.state.focus in utterance.state.items else utterance.state.shown
    )


def _more(utterance: Utterance) -> More | None:
    if not utterance.state.items or utterance.reading.mentioned or len(utterance.words) > _LONG:
        return None
    phrase = _has(utterance, "more")
    alone = bool(words("acts", "more alone") & set(utterance.words)) and _short(utterance)
    if not (phrase or alone) or _adds_something(utterance):
        return None
    return More(utterance.reading.limit or _counted_more(utterance))


def _counted_more(utterance: Utterance) -> int | None:
    """Return how many more are wanted: 'three more', 'another one', 'a couple of others'."""
    if utterance.has("one more", "another one", "another film", "another movie", "another book"):
        return 1
    before = [word for word, after in pairwise(utterance.words) if after in ("more", "others", "other")]
    counts = (int(word) if word.isdigit() else NUMBERS.get(word, 0) for word in before)
    return next((count for count in counts if count), None)


def _adds_something(utterance: Utterance) -> bool:
    """Tell whether a text names what the last request did not: 'any other comedies?' adds nothing there."""
    reading, state = utterance.reading, utterance.state
    dated = reading.years not in ((None, None), state.filters.years)
    if reading.none_of or reading.references or reading.claims or dated:
        return True
    if reading.domain and state.filters.domain and reading.domain != state.filters.domain:
        return True
    stated = {c["value"] for c in (*state.conditions, *state.filters.any_of)}
    named = [each.name for each in (*reading.wanted, *reading.any_of)] + list(reading.categories)
    return any(not stated & {choice.label for choice in name.choices} for name in named)


def _switch_domain(utterance: Utterance) -> SwitchDomain | None:
    opened = utterance.text.startswith(("what about", "how about", "and ", "or ", "same for"))
    opened = opened or utterance.has("instead", "same genre", "same thing", "same kind", "same but")
    domain = utterance.reading.domain
    if not (opened and domain and _short(utterance) and utterance.state.items) or utterance.names_something:
        return None
    return SwitchDomain(domain) if domain != utterance.state.filters.domain else None


def _substitute(utterance: Utterance) -> Substitute | None:
    reading = utterance.reading
    opened = utterance.text.startswith(
        ("what about", "how about", "and ", "or ", "same for", "rather", "maybe")
    )
    opened = opened or utterance.has("instead", "same but", "the same but", "rather")
    opened = opened or utterance.text.startswith(tables("acts")["corrections"])
    if not opened or not _short(utterance) or reading.references or reading.claims:
        return None
    names = [*reading.wanted, *reading.any_of]
    if names or (reading.categories and not utterance.text.startswith(("and ", "or "))):
        return Substitute()
    return None


def _refine(utterance: Utterance) -> Refine | None:
    """'only from the 90s', 'just the comedies', 'but no westerns', 'with Harrison Ford in it', 'by Lean'."""
    reading = utterance.reading
    if reading.references or reading.claims or reading.mentioned or len(utterance.words) > _LONG:
        return None
    stated = bool(reading.wanted or reading.categories or reading.any_of)
    same = utterance.has("same but", "the same but", "same for", "same from", "same in")
    if same and _short(utterance) and not reading.wanted:
        return Refine()
    limits = bool(reading.none_of or reading.not_years or reading.order) or reading.years != (None, None)
    if not (stated or limits or (reading.domain and not reading.profile)):
        return None  # who says who they are asks anew
    if _has_own_head(utterance):
        return None
    opens = utterance.words[0] in words("acts", "openers")
    ones = utterance.has("ones", "one")
    fragment = _short(utterance) and not reading.wanted and (ones or not reading.categories)
    limited = utterance.has("only", "just", "anything with", "something with")
    return Refine() if opens or ones or fragment or limited or not stated else None


def _has_own_head(utterance: Utterance) -> bool:
    """Tell whether a text asks for items of its own: 'a film noir', 'three comedies'; not 'one by X'."""
    heads = ITEM_NOUNS - {"ones", "one"}
    if utterance.text.startswith(("and also a", "also a", "and a ", "plus a ")):
        return True
    opener = utterance.words[0] in words("acts", "openers") - words("acts", "weak openers")
    if opener or utterance.has("only", "just", "instead"):
        return False
    named = bool(utterance.reading.wanted) and not utterance.has("now")
    if (utterance.has("something", "anything") and not named) or heads & set(utterance.words):
        return True
    kinds = utterance.reading.categories or (utterance.reading.any_of and not utterance.reading.audience)
    return (bool(kinds) or _wishes_anew(utterance)) and not utterance.has("ones", "one")


def _wishes_anew(utterance: Utterance) -> bool:
    """Tell whether a text is a sentence about what the person likes or wants: 'I like Hanks and Streep'."""
    return utterance.words[0] in ("i", "id", "im", "we", "my") and utterance.has(*tables("acts")["wishing"])


def _vary(utterance: Utterance) -> Vary | None:
    """'something funnier', 'a longer one', 'less violent', 'but for adults', 'like X', which nobody knows."""
    unknown = any(c.kind == "entity" and not c.choices for c in utterance.chunks)
    if (
        unknown
        and utterance.words[0] in ("like", "similar", "with", "by", "or", "and")
        and utterance.state.conditions
    ):
        return Vary()
    compared = words("acts", "comparative") & set(utterance.words) or utterance.has(
        "less", "more", "too", "not so", "not too"
    )
    opened = utterance.words[0] == "but"
    whom = utterance.has("for") and words("occasion", "company") & set(utterance.words)
    own = utterance.reading.mentioned or (utterance.reading.wanted and _has_own_head(utterance))
    alike = utterance.state.items and _short(utterance) and not own
    return Vary() if alike and (compared or opened or whom) else None
