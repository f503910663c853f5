"""How people say who they are. Words only; an occupation is called as public logs of choices call theirs."""

from __future__ import annotations

from agent.builtin.lexicon.load import groups, tables, words
from kg.text import NUMBER_WORDS


def _meanings(kind: str) -> dict[str, str]:
    """Return words -> meaning, also with a plural s."""
    found: dict[str, str] = {}
    for meaning, said in groups("profiles", kind).items():
        for word in said:
            found |= {word: meaning, f"{word}s": meaning}
    return found


def _pairs(left: str, right: str) -> list[str]:
    """Return the phrases of every word of one section before every word of another."""
    table = tables("profiles")
    return [f"{first} {second}" for first in table[left] for second in table[right]]


GENDERS = _meanings("gender")
GENDERED_WORK = _meanings("gendered work")
AGES = _meanings("age")
OCCUPATIONS = _meanings("occupation")
PARTS = {said: int(years) for years, part in groups("profiles", "years in").items() for said in part}
DECADES = {name: 10 * number for number, name in enumerate(tables("profiles")["decades"], 1)}
NUMBERS = {name: int(figures) for name, figures in NUMBER_WORDS.items() if int(figures) > 1}
REFUSALS = tuple(f" {said} " for said in (*tables("profiles")["refusals"], *_pairs("ignoring", "ignored")))
ASKS_FOR_THEM = tuple(
    f" {said} "
    for said in (*tables("profiles")["for them"], *_pairs("modals", "they"), *_pairs("future", "they"))
)
GOING_ON = words("profiles", "going on")
SELVES = words("profiles", "selves")
OPENINGS = words("profiles", "openings")
CHOOSES = words("profiles", "modals")
VERBS = words("profiles", "verbs")
NOT_FOR = words("profiles", "not for")
IS = words("profiles", "is")
DETERMINERS = words("profiles", "determiners")
OF_MANY = words("profiles", "of many")
PERSONS = words("profiles", "persons")
HEDGES = words("profiles", "hedges")
BRIDGES = words("profiles", "bridges")
BREAKS = words("profiles", "breaks")
FOLLOWS = words("profiles", "follows")
