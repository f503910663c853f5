"""Names of measures in other forms and orders of their words: 'PERSONAL TRAINING', 'HIRED PRIVATELY'."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from agent.builtin.interpret.compared import Phrase
from agent.builtin.lexicon.load import words
from agent.builtin.lexicon.units import units
from agent.builtin.parse.lexemes import Lexeme
from agent.builtin.parse.measures import Measure, Measures, Said
from agent.builtin.parse.topics import spoken
from kg.stems import is_alike

_SMALL = frozenset("of the a an in for to".split())
_LONG = 4  # letters of a word that has other forms
_COMPARED = frozenset(("lower", "higher", "lowest", "highest"))


def with_bent_names(said: Sequence[Lexeme], phrases: Sequence[Phrase], measures: Measures) -> list[Phrase]:
    """Return the phrases of a message with those that are names of several words in other forms."""
    found = list(phrases)
    for measure in measures.every:
        for name in dict.fromkeys(_names(measure)):
            for span in _said_so(said, name):
                beside = [e for e in found if set(range(e.first, e.end)) & set(span)]
                whole = all(len(range(e.first, e.end)) < len(span) for e in beside)
                ends = any(form.form in _COMPARED for e in beside for form in e.said)
                if whole and not ends:
                    kept = [each for each in found if each not in beside]
                    found = [*kept, Phrase(span.start, span.stop, (Said("name", (measure,)),))]
    return sorted(found, key=lambda each: each.first)


def _names(measure: Measure) -> Iterator[tuple[str, ...]]:
    """Yield the names of a measure whose words may be bent, without what it is told for."""
    general = words("measures", "general in names") | words("comparators", "fillers")
    for called in (measure.name.replace("_", " "), *measure.own.get("agent", ())):
        name = spoken(called.partition(" per ")[0])
        telling = len(name) > 1 and all(len(word) >= _LONG and word not in units() for word in name)
        if telling and general.isdisjoint(name):
            yield name


def _said_so(said: Sequence[Lexeme], name: tuple[str, ...]) -> Iterator[range]:
    """Yield where forms of all words of a name stand side by side, in any order."""
    for first in range(len(said)):
        end, left = first, list(name)
        while end < len(said) and left:
            word = said[end].text
            meant = next((each for each in left if not said[end].named and is_alike(word, each)), None)
            if meant is None and (end == first or word not in _SMALL):
                break
            left = [each for each in left if each != meant]
            end += 1
        if not left:
            yield range(first, end)
