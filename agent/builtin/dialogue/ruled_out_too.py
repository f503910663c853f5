"""Names that are joined to what was ruled out: 'or Seagal' after 'without Van Damme'."""

from __future__ import annotations

import re
from dataclasses import replace

from agent.builtin.dialogue.small_talk import spoken
from agent.builtin.dialogue.utterance import Utterance
from agent.builtin.interpret.request import Constraint
from agent.builtin.lexicon.load import tables, words

_HATED = re.compile(
    r"\b(?:likes|loves|enjoys|into|wants|fancies)\b.*\b(?:other|other one|he|she|wife|husband|partner|friend)"
    r" (?:hates|dislikes|loathes|detests|doesnt like|does not like|cant stand|wont watch) (?:it|that|them)\b"
)
_ALWAYS = ("nor", "neither")


def with_ruled_out_too(utterance: Utterance) -> Utterance:
    """Return a text whose names are ruled out, where it goes on with a denial: 'OR Seagal', 'nor Stallone'.

    'Or' does so where only what was ruled out is of their kind; else it makes an alternative.
    """
    utterance = _without_known(_without_hated(utterance))
    reading, state, first = utterance.reading, utterance.state, utterance.words[:1]
    ruled = {each["relation"] for each in state.filters.none_of}
    held = {each["relation"] for each in (*state.conditions, *state.filters.any_of)}
    names = [*(each.name for each in (*reading.wanted, *reading.any_of)), *reading.categories]
    if first not in (("or",), ("nor",), ("neither",)) or not ruled or not names or not utterance.is_short:
        return utterance
    roles = [{role for choice in name.choices for role in choice.roles} for name in names]
    joined = first[0] in _ALWAYS or all(each & ruled and not each & held for each in roles)
    if not joined:
        return utterance
    gone = [*reading.wanted, *reading.any_of]
    gone += [Constraint(("genre",), name) for name in reading.categories]
    none_of = (*reading.none_of, *gone)
    return replace(utterance, reading=replace(reading, wanted=(), any_of=(), categories=(), none_of=none_of))


def _without_hated(utterance: Utterance) -> Utterance:
    """Return a text that rules out what one of two people hates: 'one likes horror, the other HATES IT'."""
    reading = utterance.reading
    if len(reading.categories) != 1 or reading.wanted or _HATED.search(utterance.text) is None:
        return utterance
    none_of = (*reading.none_of, Constraint(("genre",), reading.categories[0]))
    return replace(utterance, reading=replace(reading, categories=(), none_of=none_of))


def _without_known(utterance: Utterance) -> Utterance:
    """Return a text that rules out what somebody knows: 'SEEN the Matrix ones', 'read all the Rankins'."""
    reading, said = utterance.reading, utterance.words
    names = [*reading.wanted, *(Constraint(("genre",), name) for name in reading.categories)]
    start = next((i for i, word in enumerate(said) if word not in words("acts", "before what is known")), 0)
    known = said[start : start + 1] != () and said[start] in _KNOWN
    named = {word for each in names for word in spoken(each.name.text)}
    out = utterance.text.startswith(tables("acts")["taking out the ones"])
    if out and names and utterance.state.items:
        left = replace(reading, wanted=(), categories=(), none_of=(*reading.none_of, *names))
        return replace(utterance, reading=left, words=("no", *(w for w in said if w in named)))
    rest = set(said[start + 1 :]) - named
    if not (known and names and utterance.state.items) or not rest <= words("acts", "beside what is known"):
        return utterance
    told = set(said[:start]) & _KNOWERS or rest & _WHOLE
    if "?" in reading.text or not told:
        return utterance  # 'got westerns?'
    none_of = (*reading.none_of, *names)
    left = replace(reading, wanted=(), categories=(), none_of=none_of, domain=None)
    return replace(utterance, reading=left, words=("no", *(w for w in said if w in named)))


_KNOWERS = frozenset("i ive we weve he hes she shes they theyve".split())
_WHOLE = frozenset("the all of those these his her their every everything".split())
_KNOWN = frozenset("seen read watched saw know knew done got own".split())
