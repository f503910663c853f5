"""What the words of a theme mean: what asks and says nothing, subjects, moods, and what is joined by 'or'."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from types import MappingProxyType

from kg.stems import raw, stem
from kg.text import fold
from tools.moods import Mood, mood_at
from tools.theme_lines import asking_words, lines
from tools.theme_phrases import Stems, fillers, phrases_in, qualities, singulars, undivided

_LEADING = frozenset("in on at with about during under by".split())  # 'starts over IN a new country'
_OR = re.compile(r"\bor\b|/", re.IGNORECASE)
_COMMA = re.compile(r"[,;]")
_GOES_ON = re.compile(r"\s*[,;]\s+(?=(?:told|set|narrated|with|where|about|involving)\b)", re.IGNORECASE)
_AND = re.compile(r"\band\b|[,;&+]", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Group:
    """One thing that is wanted: `stems` that an item should have, and those that speak of the same thing.

    `said` is how it was said; `together`: only an item that has all of `stems` has it, which name a mood.
    `phrases` speak of the same thing too, each only where an item has all of its stems.
    """

    said: str
    stems: Stems
    related: Stems = ()
    together: bool = False
    phrases: tuple[Stems, ...] = ()


@dataclass(frozen=True, slots=True)
class Subject:
    """What an item may be about: words that were said side by side, or one of the `ways` to say a phrase.

    Of the words of `ways` the endings of plurals are left out, no others: 'running' is not 'on the run'.
    `said` is how a phrase was said; what is `beside` stands right behind the subject before it.
    """

    groups: tuple[Group, ...] = ()
    ways: tuple[Stems, ...] = ()
    said: str = ""
    beside: bool = False

    def of(self, groups: tuple[Group, ...]) -> Subject:
        """Return the subject with other groups."""
        return Subject(groups, self.ways, self.said, self.beside)


@dataclass(frozen=True, slots=True)
class Wanted:
    """A theme taken apart. `groups` are looked for in texts, `moods` stand for kinds and more words.

    `parts` are the groups that must be spoken of: one of the outer ones, of it each of the inner ones.
    `subjects` are what an item should be about, joined like `parts`, with phrases that are no feelings. What
    is `listed` between commas need not all be had together.
    """

    groups: tuple[Group, ...]
    moods: tuple[Mood, ...]
    parts: tuple[tuple[tuple[Group, ...], ...], ...]
    subjects: tuple[tuple[tuple[Subject, ...], ...], ...] = ()
    listed: bool = False

    @property
    def has_subject(self) -> bool:
        """Whether anything is wanted that is no feeling: words of texts, or moods that no kind tells of."""
        return any(not group.together for group in self.groups) or any(not mood.kinds for mood in self.moods)

    @property
    def has_phrase(self) -> bool:
        """Whether a subject of several ways to say it is wanted, perhaps of words that say nothing alone."""
        return any(each.ways for parts in self.subjects for part in parts for each in part)

    @property
    def phrases(self) -> tuple[Subject, ...]:
        """Return the subjects that may be said in other words, each once."""
        every = (each for parts in self.subjects for part in parts for each in part)
        return tuple(dict.fromkeys(each for each in every if each.ways))

    @property
    def text(self) -> str:
        """Return the words that say what is wanted, for comparison with descriptions.

        Beside subjects what speaks of a feeling is left out: it would be most of the words.
        """
        moods = [mood for mood in self.moods if not (mood.kinds and self.has_subject)]
        words = [*(g.said for g in self.groups), *(w for mood in moods for w in mood.words)]
        phrases = (each.said for parts in self.subjects for part in parts for each in part)
        return " ".join(words or phrases)


def taken_apart(text: str, words: Iterable[str] = ()) -> Wanted:
    """Return what a text asks for, and `words` beside it, of which each may be several: 'train|railway'."""
    return _taken_apart(text, tuple(words))


@lru_cache(maxsize=1 << 8)
def _taken_apart(text: str, words: tuple[str, ...]) -> Wanted:
    text = _GOES_ON.sub(" ", text)  # 'in the war, TOLD by a child' is no list
    every: dict[Stems, Group] = {}
    moods: dict[Mood, None] = {}
    parts = []
    subjects = []
    for one in _OR.split(text):
        inner = []
        about = []
        for each in _AND.split(undivided(one)):
            found, felt, told = _groups(each)
            _add(every, found)
            moods |= dict.fromkeys(felt)
            told = _without_qualities(told, bool(felt))
            inner.append(tuple(group for group in found if not group.together))
            about.append(tuple(told))
        parts.append(tuple(group for group in inner if group))
        subjects.append(tuple(each for each in about if each))
    stated = [_stated(word) for word in words]
    _add(every, stated)
    parts = [(*part, *([tuple(stated)] if stated else [])) for part in parts]
    return Wanted(
        tuple(every.values()),
        tuple(moods),
        tuple(part for part in parts if part),
        tuple(each for each in subjects if each),
        bool(_COMMA.search(text)),
    )


def _add(every: dict[Stems, Group], found: Iterable[Group]) -> None:
    """Add groups; a word that was also said apart from what names a mood is looked for by itself."""
    for group in found:
        held = every.get(group.stems)
        if held is None or (held.together and not group.together):
            every[group.stems] = group


def _stated(word: str) -> Group:
    ways = list(dict.fromkeys(tuple(map(stem, raw(part))) for part in word.split("|") if raw(part)))
    single = [way[0] for way in ways if len(way) == 1]
    first, *others = single or [stem(word)]
    return Group(word, (first,), tuple(others), phrases=tuple(way for way in ways if len(way) > 1))


def _groups(text: str) -> tuple[list[Group], list[Mood], list[Subject]]:
    """Return the groups of a part of a text, phrases for moods as one, the moods, and what it is about."""
    said = raw(text)
    stems = [stem(word) for word in said]
    groups: list[Group] = []
    moods: list[Mood] = []
    subjects: list[Subject] = []
    phrases = phrases_in(said, stems)
    place, last, end = 0, -1, -1
    while place < len(said):
        if place in phrases:
            length, ways = phrases[place]
            beside = place == end and fold(said[place]) not in _LEADING
            subjects.append(Subject((), ways, " ".join(said[place : place + length]), beside))
            end = place + length
        length, mood = mood_at(said, stems, place)
        inside_phrase = any(start <= place < start + phrases[start][0] for start in phrases)
        if mood is not None:
            moods.append(mood)
            inside = [w for w in said[place : place + length] if fold(w) not in asking_words()]
            if inside:
                groups.append(Group(" ".join(inside), tuple(map(stem, inside)), together=True))
            if not (mood.kinds or inside_phrase):
                ways = tuple(dict.fromkeys(map(singulars, mood.spoken)))
                subjects.append(Subject(ways=ways, said=" ".join(said[place : place + length])))
        elif fold(said[place]) not in asking_words():
            groups.append(_group(said[place]))
            if not inside_phrase and not (subjects and fold(said[place]) in fillers()):
                side_by_side = place == last + 1 and subjects and subjects[-1].groups
                before = subjects.pop() if side_by_side else Subject(beside=place == end)
                subjects.append(before.of((*before.groups, groups[-1])))
                last, end = place, place + 1
        place += length
    return groups, moods, subjects


def _without_qualities(subjects: Sequence[Subject], felt: bool) -> list[Subject]:
    """Return subjects without words that say how others are, where there are others: 'a SMALL bookshop'.

    So they do where a mood is `felt`: 'a MASSIVE twist'.
    """
    idle = qualities() | fillers()
    bare = [each.of(tuple(g for g in each.groups if fold(g.said) not in idle)) for each in subjects]
    left = [each for each in bare if each.groups or each.ways]
    return left if left or felt else list(subjects)


def _group(word: str) -> Group:
    own = stem(word)
    others = dict.fromkeys(stem(each) for each in related(fold(word)))
    return Group(word, (own,), tuple(each for each in others if each != own))


def names_mood(text: str) -> bool:
    """Tell whether some words name a mood, a manner or an audience."""
    return bool(taken_apart(text).moods)


def is_of_several_kinds(text: str) -> bool:
    """Tell whether some words name a mood and items of several kinds are so: 'scary', not 'funny'."""
    return any(len(mood.kinds) > 1 for mood in taken_apart(text).moods)


def related(word: str) -> tuple[str, ...]:
    """Return a folded word and those that speak of the same subject: 'trains' -> 'trains', 'railway' …."""
    return tuple(dict.fromkeys((word, *_subjects().get(word, ()))))


@cache
def _subjects() -> Mapping[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for line in lines("subjects.txt"):
        said = tuple(line.split())
        found |= {word: said for word in said if word not in found}
    return MappingProxyType(found)


@cache
def subject_words() -> frozenset[str]:
    """Return the words of all subjects, folded."""
    return frozenset(_subjects())
