"""How far items are about what a theme asks for: its words and phrases in what is said of them in short.

A word in a phrase of few words, as tags and themes are, tells what an item is about; one in a sentence may be
mentioned in passing. Words that were said side by side are one phrase where texts say them so.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from kg.graph import Positions
from kg.stems import raw, stem
from kg.taste.order import best
from kg.text import fold
from kg.text_index import TextIndex
from tools.knowledge import Knowledge
from tools.moods import mood_at
from tools.theme_clauses import (
    IN_TAG,
    MENTIONED,
    Clauses,
    central,
    clauses,
    in_words,
    said,
    titled,
    without,
)
from tools.theme_coverage import joined
from tools.theme_phrases import Stems, own_ways, unlike
from tools.theme_things import Scores, Thing, without_side_words
from tools.theme_words import Group, Subject, Wanted, subject_words

_READ = 300  # items whose texts are read
_MOST = 6  # phrases of a theme that is no story
_KEPT = 1 << 13  # texts
_SAMPLE = 20  # texts that tell whether items have tags
_IN_TAGS = 0.66  # of a phrase of which each word is in a tag
_RELATED = 0.6  # of a word of the same subject
_SCATTERED = 0.4  # of a phrase whose words stand apart
_EVERY, _EITHER = 0.5, 0.8  # of all things that are joined by "and", of the one that is told best
_FEW = 3  # things that an item can be about together
_PHRASES = 2  # items that say words side by side, for these to be a phrase

_NOTHING: Positions = np.zeros(0, dtype=np.int32)


@dataclass(frozen=True, slots=True)
class About:
    """How far each of some `items`, ascending, is about a theme: `shares` of all that was asked, 0 to 1.

    Where a theme names so few things that an item can be about all of them, it is `plain`. `things` are those
    that it names, if none of them may stand instead of another. `central` is how central it is to each. What
    stands `aside` is said beside them, and hardly any item has it as well.
    """

    items: Positions
    shares: Scores
    plain: bool = False
    things: tuple[Thing, ...] = ()
    central: Scores | None = None
    aside: tuple[str, ...] = ()

    @property
    def one(self) -> bool:
        """Tell whether several things were said side by side, as one: 'traffic wardens'."""
        return self.plain and any(thing.beside for thing in self.things)

    @property
    def most(self) -> float:
        """Return the largest share."""
        return float(self.shares.max(initial=0))

    @property
    def parted(self) -> bool:
        """Tell whether several things were asked for, and some item is about each of them."""
        known = all(thing.levels.max(initial=0) >= IN_TAG for thing in self.things)
        return self.plain and len(self.things) > 1 and known

    def whole(self, least: float = MENTIONED) -> Positions:
        """Return the items that are about all things, or mention them: each is told as far as the `least`."""
        every = np.min([thing.levels for thing in self.things], axis=0)
        return np.asarray(self.items[every >= least], dtype=np.int32)

    def of_one(self, scores: Scores, count: int, whole: Positions) -> Positions:
        """Return the items that are about one of the things, of each so many, the best by their scores.

        None of them is among the `whole`, which are about all.
        """
        others = np.isin(self.items, whole, invert=True)
        about = [self.items[(thing.levels >= IN_TAG) & others] for thing in self.things]
        return np.unique(np.concatenate([each[best(scores[each], count)] for each in about])).astype(np.int32)


def about(knowledge: Knowledge, wanted: Wanted, among: Positions | None = None) -> About:
    """Return how far the items that have most of its words are about a theme; nothing without tags."""
    items = _having_most(knowledge.texts, wanted, among) if is_short(wanted) else _NOTHING
    text_of = parted_texts(knowledge.root)
    sample = items[:: max(1, len(items) // _SAMPLE)].tolist()
    if not _tagged([text_of(place) for place in sample]):
        return About(_NOTHING, np.zeros(0))
    texts = [text_of(place) for place in items.tolist()]
    shares = np.zeros(len(items))
    things: list[list[Thing]] = []
    count, aside = 0, dict[str, None]()
    for parts in wanted.subjects:
        told = [[*_things(knowledge, items, texts, each)] for each in parts]
        count = max(count, sum(map(len, told)))
        told, beside = without_side_words(told)
        aside |= dict.fromkeys(beside)
        things.append([thing for each in told for thing in each])
        one = [_share(knowledge.texts, [t.levels for t in each], len(items)) for each in told]
        every, either = np.mean(one, axis=0), np.max(one, axis=0)
        share = _EVERY * every + (1 - _EVERY) * _EITHER * either if len(one) > 1 else every
        share = share / (_EVERY + (1 - _EVERY) * _EITHER) if len(one) > 1 else share
        shares = np.maximum(shares, share)
    plain = count <= _FEW
    several = tuple(things[0]) if len(things) == 1 and not wanted.listed else ()
    every = [thing.central for each in things for thing in each if thing.central is not None]
    return About(items, shares, plain, several, np.mean(every, axis=0) if every else None, tuple(aside))


def is_short(wanted: Wanted) -> bool:
    """Tell whether a theme asks for something, and for so little that it is no story."""
    return 0 < sum(len(part) for parts in wanted.subjects for part in parts) <= _MOST


def _tagged(texts: Sequence[Clauses]) -> bool:
    """Tell whether most texts have tags, so that what has not one of them is about something else."""
    return 2 * sum(bool(text) and text[-1].tells == 1 for text in texts) > len(texts)


def parted_texts(root: Knowledge) -> Callable[[int], Clauses]:
    """Return what tells the parts of an item's text, after its title, which may only mention things."""
    catalogue = root.graph.catalogue

    def told(place: int) -> Clauses:
        item = catalogue.items[place]
        return (titled(item.title), *clauses(catalogue.texts.get(item.id, "")))

    kept: Callable[[int], Clauses] = root.kept.setdefault("text_of", lru_cache(_KEPT)(told))
    return kept


def _having_most(index: TextIndex, wanted: Wanted, among: Positions | None) -> Positions:
    """Return the items, ascending, that have most of the words of a theme, by what these tell."""
    mass = np.zeros(index.n_items)
    for subject in dict.fromkeys(each for parts in wanted.subjects for part in parts for each in part):
        for items, idf in _mentions(index, subject):
            mass[items] += idf
    if among is not None:
        mass[np.isin(np.arange(index.n_items), among, invert=True)] = 0
    found = np.flatnonzero(mass)
    return np.sort(found if len(found) <= _READ else best(mass, _READ)).astype(np.int32)


def _mentions(index: TextIndex, subject: Subject) -> Iterator[tuple[Positions, float]]:
    """Yield the items that have each word of a subject, or any way to say it, and what that tells."""
    for group in subject.groups:
        found = joined(index, [index.postings(each)[0] for each in (*group.stems, *group.related)])
        yield found, index.idf(len(found))
    if subject.ways:
        stems = dict.fromkeys(tuple(map(stem, way)) for way in subject.ways)
        found = joined(index, [_all_of(index, way) for way in stems])
        yield found, index.idf(len(found))


def _all_of(index: TextIndex, stems: Stems) -> Positions:
    found = index.postings(stems[0])[0]
    for each in stems[1:]:
        found = np.intersect1d(found, index.postings(each)[0], assume_unique=True)
    return found


def _things(
    knowledge: Knowledge, items: Positions, texts: Sequence[Clauses], subjects: Sequence[Subject]
) -> Iterator[Thing]:
    for subject in subjects:
        yield from _levels(knowledge, items, texts, subject)


def _share(index: TextIndex, things: Sequence[Scores], count: int) -> Scores:
    """Return how much of several things each of so many texts is about, by what they tell."""
    mass, total = np.zeros(count), 0.0
    for levels in things:
        idf = index.idf(int(np.count_nonzero(levels > _SCATTERED)))
        mass += idf * levels
        total += idf
    return mass / total if total else mass


def _levels(
    knowledge: Knowledge, items: Positions, texts: Sequence[Clauses], subject: Subject
) -> Iterator[Thing]:
    """Yield how far each text is about each thing that a subject names; phrases are one thing."""
    if subject.ways:
        ways = [[{each} for each in way] for way in subject.ways]
        others = [[{each} for each in way] for way in unlike(subject.said)]
        meant = [without(text, others) for text in texts] if others else texts
        had = [_had(text, ways) for text in meant]
        told = list(zip(meant, had, strict=True))
        levels = np.array([max((in_words(text, way) for way in some), default=0.0) for text, some in told])
        levels[np.isin(items, _of_one_kind(knowledge, subject.said)) & (levels < IN_TAG)] = IN_TAG
        middle = np.array([_middle(text, some, own_ways(subject.said)) for text, some in told])
        yield Thing(subject.said, levels, subject.beside, middle)
    left = list(subject.groups)
    beside = subject.beside
    while left:
        pair = (
            np.array([_side_by_side(text, left[0], left[1]) for text in texts]) if left[1:] else np.zeros(0)
        )
        together = (pair > _SCATTERED) & (pair != _IN_TAGS)
        if np.count_nonzero(together) >= _PHRASES:
            own = [set(left[0].stems), set(left[1].stems)]
            middle = np.array([central(text, own) for text in texts])
            yield Thing(f"{left[0].said} {left[1].said}", pair, beside, middle)
            left = left[2:]
        else:
            levels = np.array([_spoken(text, left[0]) for text in texts])
            middle = np.array([central(text, [{*left[0].stems, *left[0].related}]) for text in texts])
            levels = _of_kind(knowledge, items, left[0], levels)
            known = int(np.count_nonzero(levels == 1)) >= _PHRASES or fold(left[0].said) in subject_words()
            yield Thing(left[0].said, levels, beside, middle, known)
            left = left[1:]
        beside = True


def _of_one_kind(knowledge: Knowledge, said: str) -> Positions:
    """Return the items of the kind of a mood, if all of one kind are so: of 'funny' the comedies."""
    words = raw(said)
    _, mood = mood_at(words, [stem(word) for word in words], 0)
    kinds = [kind for kind in (mood.kinds if mood else ()) if kind in knowledge.kinds]
    return knowledge.kinds[kinds[0]] if len(kinds) == 1 else _NOTHING


def _middle(text: Clauses, ways: Sequence[list[set[str]]], own: Collection[Stems]) -> float:
    """Return how central to a text a phrase is in some ways; what is near it is less so than itself."""
    told = ((way, central(text, way, spoken=True)) for way in ways)
    return max((at * (1 if _words(way) in own else _RELATED) for way, at in told), default=0.0)


def _words(way: Sequence[set[str]]) -> Stems:
    return tuple(next(iter(each)) for each in way)


def _had(text: Clauses, ways: Sequence[list[set[str]]]) -> list[list[set[str]]]:
    """Return the ways to say something of which a text has every word: it can say no others."""
    words = {word for clause in text for word in clause.words}
    return [way for way in ways if all(not words.isdisjoint(each) for each in way)]


def _of_kind(knowledge: Knowledge, items: Positions, group: Group, levels: Scores) -> Scores:
    """Return levels with those of a kind that a word names at 1."""
    for kind in group.stems:
        levels[np.isin(items, knowledge.kinds.get(kind, items[:0]))] = 1
    return levels


def _spoken(text: Clauses, group: Group) -> float:
    """Return how far a text is about a word, or about one like it."""
    own = said(text, [set(group.stems)])
    return own if own == 1 else max(own, _RELATED * said(text, [set(group.related)]))


def _side_by_side(text: Clauses, first: Group, second: Group) -> float:
    """Return how far a text is about two words as a phrase, one of which may be a word like it."""
    own = [set(first.stems), set(second.stems)]
    alike = [[own[0], {*own[1], *second.related}], [{*own[0], *first.related}, own[1]]]
    level = max(said(text, own), *(_RELATED * said(text, each) for each in alike))
    if level:
        return level
    tags = {each for clause in text if clause.tells == 1 for each in clause.stems}
    if all(tags & each for each in own):
        return _IN_TAGS
    every = {each for clause in text for each in clause.stems}
    return _SCATTERED if all(every & each for each in own) else 0.0
