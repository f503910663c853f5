"""How people say what someone did on an item. Words only: no titles, no names.

Four classes of trigger, because each takes its arguments differently: an *agent* noun ("the director of X",
"director Y"), a *verb* ("Y directed X", "directed by Y"), a *work* noun ("Y's score for X", "music by Y"), a
*place* ("Y in the cast"). A relation the tables do not know is understood by its own name, as agent and as
work.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Literal, NamedTuple

from agent.builtin.lexicon.load import groups, words
from kg.stems import plural, singular
from kg.text import fold, tokens

TriggerClass = Literal["agent", "verb", "work", "place"]


class Trigger(NamedTuple):
    """A trigger phrase: its class and the relations it may mean, the likeliest first."""

    kind: TriggerClass
    roles: tuple[str, ...]


_CLASSES: tuple[TriggerClass, ...] = ("place", "verb", "agent", "work")
PREPOSITIONS = words("triggers", "prepositions")
PERSON_NOUNS = words("triggers", "person nouns")
ITEM_NOUNS = words("triggers", "item nouns")
DOMAIN_NOUNS = {domain: frozenset(nouns) for domain, nouns in groups("triggers", "domain").items()}
CONSUMING = words("asking", "consume")
DOMAIN_HINTS = {domain: frozenset(said) for domain, said in groups("triggers", "hints of").items()}
NOT_OF_DOMAIN = words("negation", "denying") | {"than"}  # 'who DOESN'T read'
COMPANIES = frozenset(("publisher", "distributor"))  # relations whose values are nobody's names
PRONOUNS = words("triggers", "pronouns")
SAME = words("triggers", "same")
ANONYMOUS = words("triggers", "anonymous")
OBJECT_WORDS = words("triggers", "object words")
LEADS = {relation: frozenset(said) for relation, said in groups("triggers", "leads").items()}
AMBIGUOUS_CATEGORIES = words("triggers", "ambiguous categories")


def trigger_phrases(
    relations: Iterable[str], wording: Mapping[str, Mapping[str, Sequence[str]]] | None = None
) -> dict[tuple[str, ...], tuple[Trigger, ...]]:
    """Return the trigger phrases that make sense for a catalogue with these relations.

    `wording` are a catalogue's own phrases, relation -> class -> phrases. The result maps the words of a
    phrase to what they may be.
    """
    known = list(relations)
    own = list(_own_triggers(wording or {}))
    found: dict[tuple[str, ...], list[Trigger]] = {}
    for said, trigger in own:
        found.setdefault(said, []).append(trigger)
    for said, trigger in _table_triggers(known):
        _add(found.setdefault(said, []), trigger)
    named = {role for _, trigger in own for role in trigger.roles} | _table_relations()
    for name in known:
        if name not in named:
            found.setdefault(_words(name.replace("_", " ")), []).append(Trigger("agent", (name,)))
    return {said: tuple(entries) for said, entries in found.items()}


def _own_triggers(
    wording: Mapping[str, Mapping[str, Sequence[str]]],
) -> Iterator[tuple[tuple[str, ...], Trigger]]:
    """Yield the phrases that a catalogue brings along, and nouns of them in their other number: 'colours'."""
    told: set[tuple[str, ...]] = set()
    for name, said in wording.items():
        for kind in _CLASSES:
            for phrase in said.get(kind, ()):
                told.add(_words(phrase))
                yield _words(phrase), Trigger(kind, (name,))
    for name, said in wording.items():
        for noun in map(_words, said.get("agent", ())):
            for last in (singular(noun[-1]), plural(noun[-1])) if noun and noun[-1].isalpha() else ():
                if (other := (*noun[:-1], last)) not in told:
                    told.add(other)
                    yield other, Trigger("agent", (name,))


def _table_triggers(known: Sequence[str]) -> Iterator[tuple[tuple[str, ...], Trigger]]:
    """Yield the phrases of the tables whose relations a catalogue has."""
    for kind in _CLASSES:
        for relations, phrases in groups("triggers", kind).items():
            roles = tuple(name for name in relations.split() if name in known)
            for phrase in phrases if roles else ():
                yield tuple(phrase.split()), Trigger(kind, roles)


def _table_relations() -> set[str]:
    return {name for kind in _CLASSES for key in groups("triggers", kind) for name in key.split()}


def _add(entries: list[Trigger], trigger: Trigger) -> None:
    """Add a trigger to those of a phrase; one of its class takes its relations on."""
    for index, entry in enumerate(entries):
        if entry.kind == trigger.kind:
            entries[index] = Trigger(entry.kind, tuple(dict.fromkeys(entry.roles + trigger.roles)))
            return
    entries.append(trigger)


def _words(phrase: str) -> tuple[str, ...]:
    return tuple(fold(token.raw) for token in tokens(phrase))
