"""Whom a pronoun or 'the same director' means: somebody named in the conversation, by role and by gender."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from agent.builtin.dialogue.fragments import PEOPLE
from agent.builtin.dialogue.state import Person
from agent.builtin.dialogue.utterance import Utterance
from agent.builtin.interpret.request import EntityMention
from agent.builtin.lexicon.load import words
from agent.builtin.plan.alternatives import Alternative, Disjunction
from agent.builtin.plan.tool_session import Call
from kg.text import fold

_HE, _SHE = frozenset("he him his himself".split()), frozenset("she her hers herself".split())


def whom(utterance: Utterance, roles: Sequence[str]) -> list[Person]:
    """Return whom a pronoun or a role means: one person, or several of whom none was singled out."""
    people, said = utterance.state.people, utterance.words
    if (told := _just_told(utterance)) and (not roles or told[0].relation in roles):
        return told
    every = [p for p in people if p.relation in PEOPLE]
    named = [p for p in every if _may_be(p.label, said)]
    if not named and len({p.label for p in every}) == 1:
        named = every  # whatever the first name: 'her', of George Eliot
    meant = [p for p in named if not roles or p.relation in roles]
    if not meant and roles and words("acts", "pronouns of people") & set(said):
        meant = [Person(roles[0], p.label) for p in named if p.relation in PEOPLE]
    if not meant or meant[0].label not in utterance.state.crowd:
        return meant[:1]
    return [p for p in meant if p.relation == meant[0].relation]


def _just_told(utterance: Utterance) -> list[Person]:
    """Return whom 'he' or 'she' means of those whom the last answer told, where it told somebody.

    One who alone was told is meant whatever the first name; of a cast, those whose first names say so.
    """
    state = utterance.state
    roles = [relation for relation in state.told if relation in PEOPLE]
    pronouns = (_HE | _SHE) & set(utterance.words)
    if len(roles) != 1 or not pronouns or state.focus is None or not utterance.session.has("describe_item"):
        return []
    described = utterance.session.call("describe_item", item=state.focus)
    known = described["relations"].get(roles[0], ()) if described else ()
    told = [Person(roles[0], label) for label in known]
    if len(told) == 1 or state.doubted:
        return [] if state.doubted else told
    other = "of women" if pronouns & _HE else "of men"
    meant = [p for p in told if _first_name(p.label) not in words("given_names", other)]
    made = roles == ["actor"] and words("acts", "making") & set(utterance.words)
    return [] if made and len(meant) > 1 else meant  # 'what else did she MAKE' is of who was named before


def _first_name(label: str) -> str:
    return fold(label.split()[0])


def _may_be(label: str, said: Sequence[str]) -> bool:
    """Tell whether somebody may be meant by 'he' or 'she', as far as a first name tells."""
    first = fold(label.split()[0]) if label else ""
    men, women = first in words("given_names", "of men"), first in words("given_names", "of women")
    he, she = bool(_HE & set(said)), bool(_SHE & set(said))
    return he == she or men == women or (men and he) or (women and she)


def in_any_role(utterance: Utterance) -> Utterance:
    """Return a text whose surnames are meant in any role: 'did he do any WITH HITCHCOCK?'."""
    reading = utterance.reading
    loose = tuple(
        replace(each, roles=()) if each.roles == ("actor",) and _is_bare(each.name) else each
        for each in reading.wanted
    )
    return (
        utterance if loose == reading.wanted else replace(utterance, reading=replace(reading, wanted=loose))
    )


def _is_bare(name: EntityMention) -> bool:
    """Tell whether somebody is named by the surname alone."""
    return bool(name.choices) and name.choices[0].match == "surname"


def makers_of(item: str, roles: Sequence[str], utterance: Utterance) -> list[Disjunction]:
    """Return who did the first of some roles of which anybody is known for an item."""
    calls = [Call("resolve_reference", {"items": [item], "relation": role}) for role in roles]
    for role, answer in zip(roles, utterance.session.call_all(calls), strict=True):
        if answer and answer["values"]:
            return [tuple(Alternative(role, v["value"], 0) for v in answer["values"])]
    return [()]
