"""Who asks, where the text says so: an age, a gender, an occupation. What is not said is never inferred."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import takewhile

from agent.builtin.atoms import Atom
from agent.builtin.profile_words import (
    AGES,
    BREAKS,
    DECADES,
    FOLLOWS,
    GENDERS,
    OCCUPATIONS,
    PARTS,
    REFUSALS,
)
from kg.text import fold

_PLAIN = frozenset(("word", "cue", "category", "entity"))


@dataclass(frozen=True, slots=True)
class SaidProfile:
    """What a text says of who the request is for: `age` in years, `occupations` by their likeliest names.

    An occupation as public logs call it, then as it was said. `words` are those that said anything. With
    `refused` the request is not to be answered by who asks.
    """

    gender: str | None = None
    age: int | None = None
    occupations: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    refused: bool = False

    def __bool__(self) -> bool:
        """Tell whether anything was said."""
        return bool(self.words)


NOBODY = SaidProfile()


def said_profile(atoms: Sequence[Atom]) -> SaidProfile:
    """Return what a request says of who it is for; nothing if it asks to leave that out.

    Titles say nothing: "A Man for All Seasons" is no man.
    """
    text = " ".join(atom.text.casefold() if atom.kind in _PLAIN else "," for atom in atoms)
    text = " ".join(text.replace("’", "'").replace("'", "").replace("-", " ").split())
    if is_refusal(text):
        return SaidProfile(refused=True)
    age, aged = _age(text)
    nouns = _nouns(text)
    gender, gendered = _first(nouns, GENDERS)
    occupation, works = _first(nouns, OCCUPATIONS)
    age_said, young = _first(nouns, AGES)
    words = tuple(dict.fromkeys(word for word in (aged, gendered, works, young) if word))
    occupations = tuple(dict.fromkeys((occupation, works))) if occupation else ()
    if age is None and age_said is not None:
        age = int(age_said)
    return SaidProfile(gender, age, occupations, words)


def is_refusal(text: str) -> bool:
    """Tell whether a text, in small letters without punctuation, asks not to go by who the person is."""
    return any(refusal in f" {text} " for refusal in REFUSALS)


def is_bare_refusal(request: str) -> bool:
    """Tell whether a request only asks not to go by who the person is, and so means the request before."""
    words = fold(request.replace("’", "").replace("'", "")).split()
    plain = " ".join("".join(c for c in word if c.isalnum()) for word in words)
    return len(words) <= _BARE and is_refusal(plain)


_BARE = 7  # words
_NUMBER = r"(?P<age>\d{1,2})"
_SPELT, _PARTS = "|".join(DECADES), "|".join(PARTS)
_AGES = tuple(
    re.compile(pattern)
    for pattern in (
        rf"\b{_NUMBER}(?: (?:to )?\d\d)? ?years? olds?\b",
        rf"\b(?:aged|age) {_NUMBER}\b",
        rf"\b{_NUMBER} yo\b",
        rf"\b(?:im|i am|just turned|turned|turning) {_NUMBER}\b(?! (?:films|movies|books|episodes|pages|%))",
        rf"\b(?:in|into) (?:my|his|her|their|our) (?:(?P<part>{_PARTS}) )?(?P<decade>\d0s|{_SPELT})\b",
        rf"\b(?:im|i am|someone|somebody)(?: in)? (?P<part>{_PARTS}) (?P<decade>\d0s|{_SPELT})\b",
    )
)


def _age(text: str) -> tuple[int | None, str]:
    """Return an age that is said in figures or as a decade of life, and the words; (None, "") if none is."""
    for pattern in _AGES:
        found = pattern.search(text)
        if found and found.groupdict().get("age"):
            return int(found["age"]), found[0]
        if found:
            decade = found["decade"]
            start = int(decade[:2]) if decade[0].isdigit() else DECADES[decade]
            return start + PARTS.get(found["part"] or "mid", PARTS["mid"]), found[0]
    return None, ""


_SELF = re.compile(
    r"(?:\b(?:im|i am|i work as|i used to be|being|me)|(?:^|[,.] |\b(?:and|but|so|speaking) )as"
    r"|(?<!looking )(?<!known )(?<!searching )(?<!famous )(?<!mistaken )\bfor|\bamong)"
    r" (?:(?:a|an|two|three|my|our|his|her|fellow|other) )?(?P<noun>(?:[a-z0-9/]+ ?){1,7})"
)


def _nouns(text: str) -> list[str]:
    """Return what follows every "I'm a", "as an", "for a": the words that may say who asks."""
    return [match["noun"].strip() for match in _SELF.finditer(text)]


def _first(nouns: Sequence[str], table: Mapping[str, str]) -> tuple[str | None, str]:
    """Return the first meaning of the first noun phrase that has one, and its words.

    "a retired teacher", "a male college professor looking for"; not "a fan of the writer", "a woman
    director", "a farmer's daughter".
    """
    for phrase in nouns:
        words = phrase.split()
        for start in range(len(words)):
            for end in range(len(words), start, -1):
                said = " ".join(words[start:end])
                if said in table and _ends_there(words[end:]):
                    return table[said], said
            if words[start] in BREAKS:
                break
    return None, ""


def _ends_there(after: Sequence[str]) -> bool:
    """Tell whether a noun phrase ends before these words, or goes on to another noun for a person."""
    if not after or after[0] in FOLLOWS or after[0].endswith(("ing", "ed")):
        return True
    people = GENDERS.keys() | AGES.keys() | OCCUPATIONS.keys()
    going = list(takewhile(lambda word: word not in BREAKS, after))
    return any(" ".join(going[: end + 1][start:]) in people for end in range(len(going)) for start in (0, 1))
