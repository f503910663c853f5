"""Follow-ups: requests that only make sense after an earlier one. What was asked and answered is in `Past`.

A full new request is none of these and starts afresh.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from agent.builtin import wording
from agent.builtin.answering import say
from agent.builtin.atoms import Atom
from agent.builtin.desk import Arguments, Call, Desk
from agent.builtin.finding import Frame, find_each, frame_of
from agent.builtin.lexicon import DOMAIN_NOUNS, ITEM_NOUNS
from agent.builtin.reading import Reading
from agent.builtin.terms import Option, Term, category_term, name_term

_ORDINALS = {
    word: index
    for index, words in enumerate(
        (
            "first 1st",
            "second 2nd",
            "third 3rd",
            "fourth 4th",
            "fifth 5th",
            "sixth",
            "seventh",
            "eighth",
            "ninth",
        )
    )
    for word in words.split()
}
_THANKS = frozenset("thanks thank thankyou cheers ta merci".split())
_POLITE = frozenset(
    "you thats great lovely perfect that so much very awesome ok okay cool nice good a lot is for the help it"
    " was s".split()
)
_OPENERS = frozenset(
    "only just but and also make with without from before after no not in preferably ideally or".split()
)
_FILLERS = frozenset("ok okay so well hello hi hey right great please".split())
_ASKS = frozenset("who whos when why what which".split())
_DROP = frozenset("forget drop ignore nevermind".split())
_SHORT = 9  # words: a longer text stands by itself unless it opens like a follow-up


@dataclass(frozen=True, slots=True)
class Past:
    """The last request that found something: what it asked and what was answered.

    `hits` has title and year of every item that tools returned; `named` are the items its text named; `focus`
    is an item that was asked about since.
    """

    conditions: tuple[dict[str, str], ...] = ()
    frame: Frame = field(default_factory=lambda: Frame(""))
    items: tuple[str, ...] = ()
    hits: dict[str, dict[str, Any]] = field(default_factory=dict)
    named: tuple[str, ...] = ()
    focus: str | None = None


@dataclass(frozen=True, slots=True)
class _Said:
    """A text that may follow up, in the forms its rules look at."""

    atoms: Sequence[Atom]
    reading: Reading
    past: Past
    words: tuple[str, ...]
    desk: Desk

    @property
    def text(self) -> str:
        """The words, joined."""
        return " ".join(self.words)

    def has(self, *phrases: str) -> bool:
        """Tell whether one of the phrases occurs."""
        return any(f" {phrase} " in f" {self.text} " for phrase in phrases)


def follow_up(atoms: Sequence[Atom], reading: Reading, past: Past | None, desk: Desk) -> Arguments | None:
    """Return an answer if the text follows up on `past` or makes conversation; None if it is a request."""
    words = tuple(word for atom in atoms if atom.kind != "mark" for word in atom.text.casefold().split())
    while len(words) > 1 and (words[0] in _FILLERS or (words[0] in ("and", "but") and words[1] in _ASKS)):
        words = words[1:]
    said = _Said(atoms, reading, past or Past(), words, desk)
    rules: tuple[Callable[[_Said], Arguments | None], ...] = (_conversation, _question)
    if past is None:
        rules += (_nothing_yet,)
    else:
        rules += (_why, _like_one, _not_that, _without, _other_role, _again, _instead, _same_as, _refine)
    for rule in rules:
        if (answer := rule(said)) is not None:
            return answer
    return None


def _conversation(said: _Said) -> Arguments | None:
    """'who are you', 'thanks', 'start over'."""
    if said.has(
        "who am i talking to",
        "who are you",
        "who is this",
        "are you human",
        "are you real",
        "talking to a person",
        "what are you",
        "what can you do",
        "whats your name",
    ):
        return say(note=wording.ABOUT)
    if _THANKS & set(said.words) and set(said.words) <= _THANKS | _POLITE:
        return say(note=wording.WELCOME)
    if said.has(
        "start over",
        "start again",
        "new search",
        "forget everything",
        "forget all that",
        "new topic",
        "start afresh",
    ):
        return say(note=wording.STARTED_OVER)
    return None


def _nothing_yet(said: _Said) -> Arguments | None:
    """'not the second one' before anything was shown."""
    points = said.words[:1] == ("not",) or said.words[:1] in (("who",), ("when",), ("why",))
    if (_DROP & set(said.words[:1]) and len(said.words) <= _SHORT // 2) or (
        points and _places(said) and len(said.words) <= _SHORT
    ):
        return say(note=wording.NOTHING_YET)
    return None


# Questions about one item


def _question(said: _Said) -> Arguments | None:
    """'who shot it?', 'when did the second one come out?', 'who wrote Network?'."""
    if (
        not said.words
        or said.words[0] not in ("who", "whos", "when", "what", "which")
        or len(said.words) > _SHORT
    ):
        return None
    if said.reading.wanted or said.has("else", "more", "other", "films", "movies", "books", "what other"):
        return None
    item = _item(said)
    if item is None:
        return None
    if said.words[0] == "when" or said.has("what year", "which year", "how old"):
        year = said.past.hits.get(item, {}).get("year") or _named_year(said, item)
        return say([item], note=wording.came_out(_title(said, item), year))
    cues = [a for a in said.atoms if a.kind == "cue"]
    roles = tuple(dict.fromkeys(role for cue in cues for role in cue.roles)) or (
        ("genre",) if said.has("genre", "kind") else ()
    )
    answers = said.desk.ask_all([Call("resolve_reference", {"items": [item], "relation": r}) for r in roles])
    for role, answer in zip(roles, answers, strict=True):
        if answer and answer["values"]:
            labels = [value["value"] for value in answer["values"]]
            return say([item], note=wording.fact(_title(said, item), role, labels))
    return say([item], note=wording.not_known(_title(said, item), roles[0])) if roles else None


def _why(said: _Said) -> Arguments | None:
    """'why the first?', 'why that one?'."""
    if not said.words or said.words[0] not in ("why", "how") or len(said.words) > _SHORT:
        return None
    item = _item(said) or _focus(said.past)
    if item is None:
        return None
    facts = [wording.said(c) for c in said.past.conditions]
    return say([item], said.past.conditions, note=wording.because(_title(said, item), facts))


def _item(said: _Said) -> str | None:
    """Return the item a text points at: named in it, counted ('the second'), or the one last talked about."""
    named = [title.choices[0].id for title in said.reading.mentioned if title.choices]
    if named:
        return named[0] if len(named) == 1 else None
    places = _places(said)
    if places:
        return said.past.items[places[0]] if places[0] < len(said.past.items) else None
    if said.has("it", "that one", "this one", "that film", "that movie", "that book", "that", "its"):
        return _focus(said.past)
    return None


def _focus(past: Past) -> str | None:
    """Return the item last talked about: the only one named or shown, else the first shown."""
    if past.focus is not None:
        return past.focus
    if len(past.named) == 1:
        return past.named[0]
    return past.items[0] if past.items else None


def _places(said: _Said) -> list[int]:
    """Return the positions that ordinals point at: 'the second', 'the first two', 'number 3', 'the last'."""
    for i, word in enumerate(said.words):
        if word == "number" and i + 1 < len(said.words) and said.words[i + 1].isdigit():
            return [int(said.words[i + 1]) - 1]
        if word == "last" and said.past.items and said.has("the last one", "the last"):
            return [len(said.past.items) - 1]
        if word == "first" and i + 1 < len(said.words) and said.words[i + 1] in ("two", "three", "2", "3"):
            return list(range({"two": 2, "2": 2, "three": 3, "3": 3}[said.words[i + 1]]))
    return [_ORDINALS[word] for word in said.words if word in _ORDINALS]


def _title(said: _Said, item: str) -> str:
    named = [t.choices[0].label for t in said.reading.mentioned if t.choices and t.choices[0].id == item]
    return named[0] if named else str(said.past.hits.get(item, {}).get("title", "It"))


def _named_year(said: _Said, item: str) -> int | None:
    return next((t.choices[0].year for t in said.reading.mentioned if t.choices[0].id == item), None)


# Changes of the last request


def _like_one(said: _Said) -> Arguments | None:
    """'more like the second one', 'something similar to the first'."""
    if not said.has("like", "similar to") or said.reading.wanted or len(said.words) > _SHORT:
        return None
    places = _places(said)
    pointing = said.has("like it", "like that", "like that one", "like this one", "similar to it")
    if said.reading.mentioned or not (places or pointing):
        return None
    item = _item(said)
    if item is None or not said.desk.has("search_items"):
        return None
    genres = said.desk.ask("resolve_reference", items=[item], relation="genre")
    labels = [value["value"] for value in genres["values"]] if genres else []
    found = said.desk.ask(
        "search_items", text=" ".join([_title(said, item), *labels]), k=10, exclude_items=[item]
    )
    return say([hit["id"] for hit in found["items"]], note=wording.like(_title(said, item)))


def _not_that(said: _Said) -> Arguments | None:
    """'not that one', "I've seen the first two", 'not the second'."""
    turned_down = said.words[:1] == ("not",) or said.has("seen", "already know", "skip", "anything but")
    if not turned_down or len(said.words) > _SHORT or said.reading.wanted:
        return None
    gone = [said.past.items[p] for p in _places(said) if p < len(said.past.items)]
    named = [title.choices[0].id for title in said.reading.mentioned if title.choices]
    if named and not gone:
        gone = named if set(named) <= set(said.past.items) else []
    elif not gone and said.has("that one", "that", "it", "this one"):
        focus = said.past.focus or next(iter(said.past.items), None)
        gone = [focus] if focus else []
    if not gone:
        return None
    frame = replace(said.past.frame, exclude=(*said.past.frame.exclude, *gone))
    return _find(said, said.past.conditions, frame)


def _without(said: _Said) -> Arguments | None:
    """'forget the genre', 'never mind the director', 'drop the year'."""
    if not (_DROP & set(said.words[:2]) or said.has("never mind", "doesnt matter", "leave out")):
        return None
    roles = {role for atom in said.atoms if atom.kind == "cue" for role in atom.roles}
    roles |= {c["relation"] for c in said.past.conditions if c["relation"] in said.words}
    frame = said.past.frame
    if said.has("year", "years", "decade", "date", "dates"):
        frame = replace(frame, years=(None, None))
    kept = [c for c in said.past.conditions if c["relation"] not in roles]
    frame = replace(frame, none_of=tuple(c for c in frame.none_of if c["relation"] not in roles))
    changed = len(kept) < len(said.past.conditions) or frame != said.past.frame
    return _find(said, kept, frame) if changed else None


def _other_role(said: _Said) -> Arguments | None:
    """'what if I meant the actor?', 'I meant as a director'."""
    cues = [atom for atom in said.atoms if atom.kind == "cue"]
    if not said.has("meant", "mean", "as an actor", "as a director") or not cues or said.reading.wanted:
        return None
    for role in cues[0].roles:
        for condition in said.past.conditions:
            if condition["relation"] not in (role, "genre", "country"):
                swapped = [{"relation": role, "value": condition["value"]}]
                rest = [c for c in said.past.conditions if c is not condition]
                if answer := _find(said, [*rest, *swapped], said.past.frame):
                    return answer
    return None


def _again(said: _Said) -> Arguments | None:
    """'more', 'any others?', 'what else?'."""
    asked = set(said.words) <= frozenset(
        "more please any others other what else anything some ones next got show me give"
        " the rest see id like".split()
    )
    if not said.words or not asked:
        return None
    return _find(said, said.past.conditions, said.past.frame)


def _instead(said: _Said) -> Arguments | None:
    """'what about Hitchcock?', 'and Kubrick?', 'what about books?'."""
    opened = said.text.startswith(("what about", "how about", "and ", "or ", "same for"))
    if not opened or len(said.words) > _SHORT or said.reading.references or said.reading.claims:
        return None
    domains = [name for name, nouns in DOMAIN_NOUNS.items() if said.words[-1] in nouns]
    if domains and not said.reading.wanted and not said.reading.categories:
        return _other_domain(said, domains[0])
    if (
        len(said.reading.wanted) == 1
        and not said.reading.wanted[0].roles
        and not said.has("with", "and with")
    ):
        term = name_term((), said.reading.wanted[0].name)
        roles = {role for c in said.reading.wanted[0].name.choices for role in c.roles}
        for condition in said.past.conditions:
            if condition["relation"] in roles:
                rest = [c for c in said.past.conditions if c is not condition]
                return _find(
                    said,
                    [*rest, {"relation": condition["relation"], "value": term[0].value}],
                    said.past.frame,
                )
    if (
        len(said.reading.categories) == 1
        and not said.reading.wanted
        and said.text.startswith(("what", "how"))
    ):
        rest = [c for c in said.past.conditions if c["relation"] != "genre"]
        return _find(said, rest, said.past.frame, [category_term(said.reading.categories[0])])
    return None


def _other_domain(said: _Said, domain: str) -> Arguments | None:
    """Ask the last request of another domain, where a genre may go by another of its names."""
    genres = [c for c in said.past.conditions if c["relation"] == "genre"]
    linked = said.desk.ask_all([Call("link_entities", {"text": c["value"]}) for c in genres])
    terms: list[Term] = [
        tuple(
            Option("genre", candidate["label"], 0)
            for mention in (links or {"mentions": ()})["mentions"]
            for candidate in mention["candidates"]
            if "genre" in candidate["roles"]
        )
        for links in linked
    ]
    rest = [c for c in said.past.conditions if c["relation"] != "genre"]
    return _find(said, rest, replace(said.past.frame, domain=domain), [term for term in terms if term])


def _same_as(said: _Said) -> Arguments | None:
    """'more by that same composer': the one of the last request, else of the item last talked about."""
    roles = said.reading.open_roles
    if not roles:
        return None
    stated = [c for c in said.past.conditions if c["relation"] in roles]
    terms: list[Term] = [(Option(c["relation"], c["value"], 0),) for c in stated[:1]]
    if not terms and (focus := _focus(said.past)) is not None:
        answer = said.desk.ask("resolve_reference", items=[focus], relation=roles[0])
        terms = [tuple(Option(roles[0], v["value"], 0) for v in answer["values"])] if answer else []
    terms += [category_term(name) for name in said.reading.categories]
    terms += [name_term(w.roles, w.name) for w in said.reading.wanted]
    own = frame_of(said.reading)
    exclude = (*own.exclude, *said.past.named, *(said.past.items[:1] if not stated else ()))
    return _find(said, [], replace(own, exclude=exclude), terms) if terms and all(terms) else None


def _refine(said: _Said) -> Arguments | None:
    """'only from the 90s', 'just the comedies', 'but no westerns', 'and with Harrison Ford in it'."""
    reading = said.reading
    if reading.references or reading.claims or reading.mentioned or not said.words:
        return None
    own = frame_of(reading)
    terms = [name_term(w.roles, w.name) for w in reading.wanted] + [
        category_term(n) for n in reading.categories
    ]
    if not (terms or own.limits or own.domain):
        return None
    opens = said.words[0] in _OPENERS
    stands = bool(reading.categories) and not said.has(
        "ones"
    )  # 'three comedies please' is a request of its own
    fragment = (
        not stands
        and len(said.words) <= _SHORT
        and not reading.wanted
        and not (set(said.words) & ITEM_NOUNS - {"ones", "one"})
    )
    if not ((opens and len(said.words) <= 2 * _SHORT) or fragment):
        return None
    past = said.past.frame
    frame = replace(
        past,
        none_of=(*past.none_of, *own.none_of),
        any_of=own.any_of or past.any_of,
        years=own.years if own.years != (None, None) else past.years,
        domain=own.domain or past.domain,
    )
    return _find(said, said.past.conditions, frame, terms)


def _find(
    said: _Said, conditions: Sequence[dict[str, str]], frame: Frame, terms: Sequence[Term] = ()
) -> Arguments | None:
    """Find with stated conditions and new terms; say so if nothing is left. None with nothing to go by."""
    fixed: list[Term] = [(Option(c["relation"], c["value"], 0),) for c in conditions]
    every = [*fixed, *terms]
    if not every and not frame.limits:
        return None
    ((found, proved),) = find_each([every], frame, said.desk)
    if found:
        return say(found[: said.reading.limit], proved, frame=frame)
    asked = [option.condition for term in every for option in term[:1]]
    return say(note=wording.nothing(asked, frame.years))
