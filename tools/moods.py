"""What people call moods, manners and audiences, and how texts, kinds and tags tell of them (`moods.txt`)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from kg.stems import raw, stem
from kg.text import fold
from tools.theme_lines import lines
from tools.theme_phrases import Stems


@dataclass(frozen=True, slots=True)
class Mood:
    """What people call a mood, a manner or an audience: the kinds that are so, and words that speak of it.

    `said` are the ways to say it, each by its stems, and `spoken` by its words. What no kind tells of is a
    subject rather. What is of one of the `opposed` kinds, or told in one of these words, is hardly so: a
    children's book is not dark. `tags` are what people say of items that feel so, beside that: of dark ones
    'bleak'.
    """

    kinds: Stems
    words: tuple[str, ...]
    said: tuple[Stems, ...] = ()
    spoken: tuple[Stems, ...] = ()
    opposed: Stems = ()
    tags: tuple[Stems, ...] = ()

    @property
    def ways(self) -> tuple[Stems, ...]:
        """Return the ways in which tags say it, each by its stems."""
        return tuple(dict.fromkeys((*self.said, *self.tags)))


def mood_at(said: Sequence[str], stems: Sequence[str], place: int) -> tuple[int, Mood | None]:
    """Return how many words at a place name a mood, as many as possible, and which; (1, None) if none do.

    A mood that is said so goes before one that is said so in another form: 'twist', 'twisted'.
    """
    known, spoken = _moods(), _moods_as_said()
    folded = [fold(word) for word in said[place : place + _longest()]]
    for length in range(len(folded), 0, -1):
        mood = spoken.get(tuple(folded[:length])) or known.get(tuple(stems[place : place + length]))
        if mood is not None:
            return length, mood
    return 1, None


@cache
def _moods() -> Mapping[Stems, Mood]:
    found: dict[Stems, Mood] = {}
    for mood in _moods_as_said().values():
        for phrase in mood.said:
            found.setdefault(phrase, mood)
    return MappingProxyType(found)


@cache
def _moods_as_said() -> Mapping[tuple[str, ...], Mood]:
    found: dict[tuple[str, ...], Mood] = {}
    for line in lines("moods.txt"):
        said, kinds, words, opposed, tags = (part.strip() for part in f"{line}::".split(":")[:5])
        spoken = [raw(phrase) for phrase in said.split("/")]
        phrases = tuple(dict.fromkeys(tuple(map(stem, each)) for each in spoken))
        felt, unlike = (tuple(map(stem, each.split())) for each in (kinds, opposed))
        told = tuple(tuple(map(stem, raw(each))) for each in tags.split("/") if each.strip())
        mood = Mood(felt, tuple(words.split()), phrases, tuple(map(tuple, spoken)), unlike, told)
        for each in spoken:
            found.setdefault(tuple(map(fold, each)), mood)
    return MappingProxyType(found)


@cache
def mood_words() -> frozenset[str]:
    """Return the single words, folded, that name a mood, a manner or an audience: 'cosy'."""
    return frozenset(said[0] for said in _moods_said() if len(said) == 1)


@cache
def mood_phrases() -> tuple[str, ...]:
    """Return the phrases of several words, folded, that name a mood or a manner: 'edge of my seat'."""
    return tuple(" ".join(said) for said in _moods_said() if len(said) > 1)


def _moods_said() -> list[tuple[str, ...]]:
    return list(_moods_as_said())


@cache
def _longest() -> int:
    return max(map(len, _moods_as_said()))
