"""The one ranker for words: how well every item suits a theme, and how much of it any text speaks of.

Standard scores of two rankers of texts (BM25 over stems, nearness of vectors) and of the kinds that moods
stand for are added; what people choose together with the best of these, popularity, and kinds that are named
come on top. Formula, weights and how they were chosen: docs/themes.md.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from kg.graph import Positions
from kg.stems import stem
from kg.taste.order import best
from kg.taste.types import FloatArray
from kg.text import fold
from kg.text_index import TextIndex
from tools.knowledge import Knowledge
from tools.moods import Mood
from tools.theme_clauses import IN_TAG
from tools.theme_coverage import covered, having_all
from tools.theme_moods import feeling
from tools.theme_phrases import fillers, qualities
from tools.theme_said import by_phrase
from tools.theme_subjects import About, about, is_short
from tools.theme_words import Group, Wanted, taken_apart

BESIDE_ITEMS = 0.2  # weight of a theme beside items that were named, of which the best has 1
BESIDE_GROUP = 0.3  # beside the favourites of a group
BESIDE_HISTORY = 2.0  # beside nothing but what is known of the person
_RELATED = 0.5  # of a word that speaks of the same subject, or of a mood, beside the word itself
_IDLE = 0.25  # of a word that hardly tells anything beside others
_KINDS_OF_MOOD = 2.0
_BESIDE_SUBJECT = 1.0  # deviations that kinds count at most: those of few items would outweigh a subject
_SPREAD = 0.6
_POPULAR = 0.3
_FELT = 0.75  # of feelings beside subjects, at most
_NAMED_KIND = 0.3
_ABOUT = 0.5
_CENTRAL = 1.5  # of how central to an item it is what was asked for
_LEFT_OUT = 0.65  # of the largest share, below which an item is then left out
_FEW = 3  # items about all of several things, below which others are shown
_OF_ONE = 4  # of those about one of them
_APART = 0.5  # share that an item tells at most of words said side by side, where none is about them all
_LEAST = 0.01  # score of what suits no better than any item, and is about it
_FELT_IN_TAGS = 1.0  # deviations that an item gains whose tags say that it feels as is wanted
_FELT_AMONG = 300  # items whose tags are read for that
_OPPOSED = 1.0  # deviations that an item loses that hardly feels as is wanted
_FIRST = 20  # items whose company is looked for
SHRUNK = 20  # choosers that an item lacks to be trusted
_COMPARED = 1000  # items that have the words and whose vectors are compared, of very many

SURELY = 0.6  # share of what was asked that tags of an item must tell for others to be left out

Scores = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Theme:
    """How well every item suits some words.

    `scores` is (n_items,) float32, 0 and more, the best has `coverage`; 0 for what suits no better than any
    item. `coverage` is the share of the words' idf mass that the text of one item covers, 0 to 1, of the item
    that covers most: low where nothing here speaks of what was asked. Thresholds may be laid on it, on no
    score: scores compare within one theme only. `unheard` are the words, as they were said, that no text has.
    `about` is the largest share of it that the tags of one item tell; from `SURELY` on nothing else suits.
    None where items have no tags, or too much was asked for one to be about all of it. Of several `things`
    so many items are about all as `together` says, and come first; where these are few, others follow that
    are about one.
    """

    scores: FloatArray
    coverage: float = 0.0
    unheard: tuple[str, ...] = ()
    about: float | None = None
    things: tuple[str, ...] = ()
    together: int = 0

    def __bool__(self) -> bool:
        """Tell whether any item suits."""
        return bool(self.scores.any())


def theme(
    knowledge: Knowledge,
    text: str,
    words: Sequence[str] = (),
    among: Positions | None = None,
    *,
    scored: bool = True,
) -> Theme:
    """Return how well every item suits a theme in words, and how much of it any text speaks of.

    Words of asking ("recommend me films about") are left out. `words` are looked for too, each of which may
    be one of several: 'train|railway'. Where no word is known, nothing suits. Where items, of those `among`
    which is looked, have tags for all that was asked, what has not is no answer. Where items are not to be
    `scored`, all else is told of them.
    """
    wanted = taken_apart(text, words)
    coverage, unheard = covered(knowledge.texts, wanted)
    n_items = len(knowledge.graph.catalogue.items)
    scores = np.zeros(n_items, dtype=np.float32)
    telling = [group for group in wanted.groups if fold(group.said) not in qualities()] or wanted.groups
    unknown = all(group.said in unheard for group in telling)  # of 'San Marino' others have 'San'
    if not (wanted.moods or wanted.has_phrase) and unknown:
        return Theme(scores, coverage, unheard)
    told = about(knowledge, wanted, among)
    unheard += tuple(each for each in told.aside if each not in unheard)
    whole = told.whole() if told.one or told.parted else told.items[:0]
    apart = told.one and not len(whole)
    parted = told.parted and not apart
    if scored:
        found = np.maximum(_scores(knowledge, wanted, told), 0).astype(np.float32)
        if parted:
            found = _parted(found, told, whole)
        elif told.plain and told.most >= SURELY and not apart:
            sure = told.items[told.shares >= _LEFT_OUT * told.most]
            found[np.isin(np.arange(len(found)), sure, invert=True)] = 0
        scores[: len(found)] = relative(found) * np.float32(max(coverage, 0.01))
    most = min(told.most, _APART) if apart else told.most
    share = round(most, 4) if told.plain else None
    things = tuple(thing.said for thing in told.things) if parted else ()
    return Theme(scores, coverage, unheard, share, things, len(whole) if parted else 0)


def _parted(scores: FloatArray, told: About, whole: Positions) -> FloatArray:
    """Return the scores of items that are about all of several things, and if few are, of some about one."""
    left = np.zeros_like(scores)
    if len(whole) < _FEW:
        one = told.of_one(scores.astype(np.float64), 1 if told.one else _OF_ONE, whole)
        left[one] = np.maximum(scores[one], _LEAST)
    step = 1 + float(scores.max(initial=0))
    left[whole] = step + scores[whole]
    left[told.whole(IN_TAG)] += step  # before those that only mention a thing
    return left


def _scores(knowledge: Knowledge, wanted: Wanted, told_of: About) -> Scores:
    """Return the sum of all that tells for an item, (n_offered,), above 0 for what suits better than most."""
    index = knowledge.texts
    words = _by_words(knowledge, wanted)
    having = np.flatnonzero(words)
    first = having if len(having) <= _COMPARED else np.sort(having[best(words[having], _COMPARED)])
    near = knowledge.index.near(wanted.text, first.astype(np.int32))
    nearness = np.zeros(index.n_items)
    if near.deviation > 0:
        nearness[near.positions] = (near.cosines - near.mean) / near.deviation
    kinds = _standard(_kinds_of_moods(knowledge, wanted))
    if wanted.has_subject:
        kinds = np.minimum(kinds, _BESIDE_SUBJECT)
    shares = np.zeros(index.n_items)
    shares[told_of.items] = told_of.shares
    told = _standard(words) + nearness + _KINDS_OF_MOOD * kinds + _ABOUT * _standard(shares)
    total = _standard(told)
    if knowledge.taste:
        surely = told_of.plain and told_of.most >= SURELY
        total = total + _taste(knowledge, total, 1.0 if surely else 0.0)
    if told_of.central is not None:
        total[told_of.items] += _CENTRAL * told_of.central
    for group in wanted.groups:
        for kind in group.stems:
            total[knowledge.kinds.get(kind, index.items[:0])] += _NAMED_KIND
    total[opposed(knowledge, wanted)] -= _OPPOSED
    if wanted.moods:
        likely = np.sort(best(total, _FELT_AMONG)).astype(np.int32)
        for mood in wanted.moods:
            total[np.flatnonzero(feeling(knowledge, mood, likely))] += _FELT_IN_TAGS
    return total


def opposed(knowledge: Knowledge, wanted: Wanted) -> Positions:
    """Return the items of kinds, or told in words, that are opposed to feelings wanted: ascending."""
    wished = {each for mood in wanted.moods for each in mood.kinds}
    wished |= {each for group in wanted.groups for each in group.stems}
    unlike = {each for mood in wanted.moods for each in mood.opposed} - wished
    having = [knowledge.kinds[e] if e in knowledge.kinds else knowledge.texts.postings(e)[0] for e in unlike]
    every = np.unique(np.concatenate(having)) if having else knowledge.texts.items[:0]
    return np.asarray(every[every < knowledge.texts.n_items], dtype=np.int32)


def _by_words(knowledge: Knowledge, wanted: Wanted) -> Scores:
    """Return the BM25 of what is wanted; a word beside the one that was said counts for part of it.

    How items feel counts beside what they are about for part of it at most.
    """
    index = knowledge.texts
    total = np.zeros(index.n_items)
    told = [group for group in wanted.groups if not group.together]
    idle = [fold(group.said) in qualities() | fillers() for group in told]
    alone = all(idle) and not wanted.moods
    for group, says_nothing in zip(told, idle, strict=True):
        total += (_IDLE if says_nothing and not alone else 1) * _by_group(index, group)
    for subject in wanted.phrases if is_short(wanted) else ():
        phrase = by_phrase(knowledge, subject)
        one = [group for group in told if fold(group.said) == fold(subject.said)]
        total += np.maximum(phrase - _by_group(index, one[0]), 0) if one else phrase
    for mood in wanted.moods:
        if not mood.kinds:
            total += _by_mood(index, mood)
    felt = np.zeros(index.n_items)
    for mood in wanted.moods:
        if mood.kinds:
            felt += _by_mood(index, mood)
    most, highest = _FELT * float(total.max(initial=0)), float(felt.max(initial=0))
    return total + felt * (min(1, most / highest) if most and highest else 1)


def _by_group(index: TextIndex, group: Group) -> Scores:
    own = np.zeros(index.n_items)
    for each in group.stems:
        items, weights = index.postings(each)
        own[items] += weights
    for each in group.related:
        items, weights = index.postings(each)
        own[items] = np.maximum(own[items], _RELATED * weights)
    return own


def _by_mood(index: TextIndex, mood: Mood) -> Scores:
    """Return the BM25 of a mood, however it is said, and of words that speak of it, which count for part."""
    own = np.zeros(index.n_items)
    for phrase in mood.said:
        items, weights = having_all(index, phrase)
        sure = 1 if len(phrase) == 1 else _RELATED  # several words may stand apart
        own[items] = np.maximum(own[items], sure * weights)
    for each in dict.fromkeys(map(stem, mood.words)):
        items, weights = index.postings(each)
        own[items] += _RELATED * weights
    return own


def _kinds_of_moods(knowledge: Knowledge, wanted: Wanted) -> Scores:
    n = knowledge.texts.n_items
    total = np.zeros(n)
    for mood in wanted.moods:
        kinds = [knowledge.kinds[kind] for kind in dict.fromkeys(mood.kinds) if kind in knowledge.kinds]
        for places in kinds:
            total[places] += math.log(n / len(places)) / len(kinds)
    return total


def _taste(knowledge: Knowledge, scores: Scores, known: float) -> Scores:
    """Return what people choose together with the items of the best scores, and what is popular.

    It counts as far as people chose those items: of few choosers little is learned. Where tags tell what
    items are about, what is `known` well comes first of it, however few chose it.
    """
    first = best(scores, _FIRST)
    near = first[scores[first] > 0].astype(np.int32)
    chosen = knowledge.taste.successors.chosen[: len(scores)]
    people = float(chosen[near].mean()) if len(near) else 0.0
    company = knowledge.taste.company.nearness(None, near, scores[near], shrunk=SHRUNK)[: len(scores)]
    popular = _POPULAR * _standard(np.log1p(chosen))
    together = _SPREAD * _standard(company.astype(np.float64))
    trust = people / (people + SHRUNK)
    return together * trust + popular * max(trust, known)


def _standard(values: npt.NDArray[np.floating]) -> Scores:
    """Return how many standard deviations above the mean each value is; 0 where all are equal."""
    if not len(values):
        return np.zeros(0)
    apart = values - values.mean()
    deviation = math.sqrt(np.square(apart).sum() / len(values))  # as `std`, which takes the mean once more
    return np.asarray(apart / deviation if deviation > 0 else np.zeros(len(values)))


def relative(scores: FloatArray) -> FloatArray:
    """Return scores divided by the largest, if that is above 0."""
    most = float(scores.max(initial=0))
    return np.asarray(scores / most, dtype=np.float32) if most > 0 else scores
