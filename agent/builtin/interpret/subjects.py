"""What items are about: words that stand where a subject does."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise

from agent.builtin.interpret.wordings import places_of_wordings
from agent.builtin.lexicon.load import tables, words
from agent.builtin.lexicon.triggers import ITEM_NOUNS
from agent.builtin.parse.chunks import Chunk
from agent.builtin.parse.identity import Same
from agent.builtin.parse.negation import is_negated
from agent.builtin.parse.phrases import Phrases, places_said, said_after
from tools.english import common_words
from tools.moods import mood_phrases, mood_words
from tools.theme_phrases import subject_phrases
from tools.theme_unwanted import aversion_phrases, aversion_words

_BEFORE_PLACES = (words("function", "articles") | words("function", "prepositions")) - {"about", "of"}
_TAKING = frozenset("to can could should i we he she they".split())
_KEPT = 4  # messages; a turn asks again of one
_AFTER_LEAD = 5  # chunks after a word that leads to a theme
_ENDS = words("uses", "ends what is told") | words("function", "numbers")  # of what is told
_OWNERS = frozenset("my our your his her their".split())
_PAIR = 4  # chunks back to whose somebody is
_PAIR_WORDS = 2
_ALONE = 3  # words of a phrase that stands alone
_LEADS_PAIR = frozenset(("about", "but"))
_DEGREES = frozenset("really very truly proper properly seriously genuinely".split())
_WITHOUT = frozenset("without no less any fewer".split())
_IDLE_WORDS = 3  # of a phrase of small words that is no part of another sentence by chance
_AUDIENCES = ("for ", "with ", "year ")  # how moods begin that say for whom, which is read elsewhere
_TOLD = [
    *tables("themes")["phrases"],
    *(each for each in (*mood_phrases(), *subject_phrases()) if not each.startswith(_AUDIENCES)),
]
_PHRASES = Phrases(_TOLD)
_SMALL = {word for section in tables("function").values() for phrase in section for word in phrase.split()}
_IDLE = Phrases(said for said in _TOLD if len(said.split()) >= _IDLE_WORDS and set(said.split()) <= _SMALL)
_PAIRS = Phrases(said for said in _TOLD if len(said.split()) == _PAIR_WORDS and set(said.split()) <= _SMALL)
_SUBJECTS = Phrases(subject_phrases())
_MOODS = Phrases(each for each in mood_phrases() if not each.startswith(_AUDIENCES))
_OF_TONES = {part for said in tables("unknowable")["plot"] if "-" in said for part in said.split("-")}
_REFUSED = Phrases([*_TOLD, *aversion_phrases()])


def is_mood(word: str) -> bool:
    """Tell whether a word of tone names a mood that kinds and descriptions speak of: 'COSY', not 'corny'."""
    tone = word in words("unknowable", "tone") and word not in words("unknowable", "judgement")
    return tone and word in mood_words()


def places_of(phrases: Phrases, chunks: Sequence[Chunk]) -> set[int]:
    """Return the places of phrases of several words: 'COMING OF AGE', 'on AMAZON PRIME'."""
    said = places_said(chunks, phrases)
    return {place for i, length in said for place in range(i, i + length)}


def places_of_phrases(chunks: Sequence[Chunk]) -> frozenset[int]:
    """Return the places of subjects of several words: 'COMING OF AGE'."""
    return _places_of_phrases(Same(chunks))


@lru_cache(maxsize=_KEPT)
def _places_of_phrases(message: Same) -> frozenset[int]:
    return frozenset(places_of(_PHRASES, message.value)) | places_of_wordings(message.value)


def places_of_moods(chunks: Sequence[Chunk]) -> set[int]:
    """Return the places of moods of several words, no other subjects: 'a FIRST DATE', not 'the office'."""
    return places_of(_MOODS, chunks)


def places_of_idle_phrases(chunks: Sequence[Chunk]) -> set[int]:
    """Return the places of subjects of which no word says anything by itself: 'NOT MUCH HAPPENS'.

    Of two words behind what leads to a subject alone: 'about COMING OUT', 'but SET TODAY'.
    """
    led = {i for i, _ in places_said(chunks, _PAIRS) if i and chunks[i - 1].text in _LEADS_PAIR}
    return places_of(_IDLE, chunks) | {place for i in led for place in (i, i + 1)}


def is_in_phrase(chunks: Sequence[Chunk], place: int) -> bool:
    """Tell whether a place is of a subject of several words."""
    return place in places_of_phrases(chunks)


def is_in_named_subject(chunks: Sequence[Chunk], place: int) -> bool:
    """Tell whether a place is of a phrase that names a subject and is no feeling: 'FOUND FAMILY'."""
    return place in _places_of_named_subjects(Same(chunks))


@lru_cache(maxsize=_KEPT)
def _places_of_named_subjects(message: Same) -> frozenset[int]:
    return frozenset(places_of(_SUBJECTS, message.value)) | places_of_wordings(message.value)


def is_of_named_pair(chunks: Sequence[Chunk], place: int) -> bool:
    """Tell whether somebody is of a pair that items are about: 'with A FATHER AND SON', not 'my father'."""
    owned = {chunk.text for chunk in chunks[max(0, place - _PAIR) : place + 1]} & _OWNERS
    return is_in_named_subject(chunks, place) and not owned


def refused_at(chunks: Sequence[Chunk], place: int) -> str:
    """Return what is refused where a word of it is: the word, or a phrase it is part of: 'a SAD ENDING'."""
    starts = range(max(0, place - _REFUSED.longest + 1), place + 1)
    lengths = {start: said_after(chunks, start, _REFUSED) for start in starts}
    covering = (each for each in starts if lengths[each] > place - each)
    start = next((each for each in covering if is_negated(chunks, each)), place)  # not "CAN'T STAND it"
    return " ".join(chunk.text.casefold() for chunk in chunks[start : start + max(1, lengths[start])])


def is_refused_deed(chunks: Sequence[Chunk], place: int) -> bool:
    """Tell whether a word for how films are made is what is not wanted in them: 'without any SHOOTING'."""
    led = place > 0 and chunks[place - 1].text in _WITHOUT
    return led and chunks[place].text in aversion_words() and is_negated(chunks, place)


def is_part_of_title(chunks: Sequence[Chunk], place: int) -> bool:
    """Tell whether a word says what a title has: 'Interstellar WITH THE ORGAN'; not 'like Heat with dogs'."""
    for start in range(place - 1, max(0, place - _AFTER_LEAD), -1):
        if chunks[start].kind != "word":
            return False
        if chunks[start].text == "with":
            before = chunks[start - 2].text if start > 1 else ""
            return chunks[start - 1].kind == "title" and before not in ("like", "as", "to")
    return False


def is_subject_of_noun(chunks: Sequence[Chunk], place: int) -> bool:
    """Tell whether a word that may say who asks is what items are about: 'TEEN comedies', 'a TRAIN film'."""
    if chunks[place].text not in words("themes", "subjects of nouns") or place + 1 >= len(chunks):
        return False
    return chunks[place + 1].kind == "category" or chunks[place + 1].text in ITEM_NOUNS


def is_toned(chunks: Sequence[Chunk], place: int) -> bool:
    """Tell whether a word is part of a compound that says how items feel: 'FEEL-good'."""
    if chunks[place].text not in _OF_TONES:
        return False
    near = [chunk.text for chunk in chunks[max(0, place - 1) : place + 2] if chunk.kind == "word"]
    joined = {"-".join(pair) for pair in pairwise(near)} & set(tables("unknowable")["plot"])
    return any(chunks[place].text in pair.split("-") for pair in joined)


def is_subject(chunks: Sequence[Chunk], place: int) -> bool:
    """Tell whether a word is what items are about, or where their story is."""
    told = is_told_of(chunks, place) or is_setting(chunks, place)
    owned = _is_of_items(chunks, place) or _is_in_items(chunks, place)
    described = _is_holiday(chunks, place) or _is_of_how_items_are(chunks, place)
    return told or owned or described or _is_also_told(chunks, place)


def _is_also_told(chunks: Sequence[Chunk], place: int) -> bool:
    """Tell whether a word is joined to what items are about: 'about cooking or RESTAURANTS'."""
    joined = place > 1 and chunks[place - 1].text in ("or", "and") and chunks[place - 2].kind == "word"
    return joined and is_subject(chunks, place - 2)


def _is_of_items(chunks: Sequence[Chunk], place: int) -> bool:
    """Tell whether a word is what items have: 'anything with TRAINS', 'the lives of POLITICIANS'."""
    articles, quality = words("function", "articles"), words("asking", "quality") | _DEGREES
    j = place - 1
    while j > 0 and chunks[j].kind == "word" and (chunks[j].text in articles or chunks[j].text in quality):
        j -= 1
    if j < 1 or chunks[j].text not in ("with", "of", "on"):
        return False
    if chunks[j].text == "on" and j > 1 and chunks[j - 2].text in _TAKING:
        return False  # 'something to READ ON the beach', 'what should I READ ON the train'
    owner = chunks[j - 1 - (chunks[j - 1].text == "else")].text
    return owner in ITEM_NOUNS or owner in words("uses", "owns a theme")


def _is_holiday(chunks: Sequence[Chunk], place: int) -> bool:
    """Tell whether a holiday is what items are about: 'a CHRISTMAS film', not 'a film for christmas'."""
    return chunks[place].text in words("uses", "holidays") and _is_before_items(chunks, place)


def _is_of_how_items_are(chunks: Sequence[Chunk], place: int) -> bool:
    """Tell whether a word says how items are: 'a SNOWY film', not 'for a snowy evening'."""
    if chunks[place].text not in words("uses", "also of items"):
        return False
    led = place > 0 and chunks[place - 1].text in tables("asking")["open"]
    return led or _is_before_items(chunks, place)


def _is_before_items(chunks: Sequence[Chunk], place: int) -> bool:
    after = chunks[place + 1 : place + 2]
    return any(chunk.text in ITEM_NOUNS or chunk.kind == "category" for chunk in after)


def _is_in_items(chunks: Sequence[Chunk], place: int) -> bool:
    """Tell whether a word is what there should be in an item: 'as long as there is a SHIP in it'."""
    before = chunks[max(0, place - _AFTER_LEAD) : place]
    if not any(chunk.text in words("uses", "has a theme") for chunk in before):
        return False
    after = [c.text for c in chunks[place + 1 : place + _AFTER_LEAD] if c.sentence == chunks[place].sentence]
    return any(f" {pointed} " in f" {' '.join(after)} " for pointed in ("in it", "in them"))


def is_setting(chunks: Sequence[Chunk], place: int) -> bool:
    """Tell whether a word is where a story is: 'takes place on a TRAIN', 'happens at SCHOOL'."""
    said = [chunk.text for chunk in chunks[max(0, place - _AFTER_LEAD + 1) : place]]
    while said and said[-1] in _BEFORE_PLACES:
        said.pop()
    return bool(said) and said[-1] in words("uses", "leads to place")


def words_before(chunks: Sequence[Chunk], place: int, most: int) -> list[str]:
    """Return at most so many words before a place in its sentence, but for 'about' before a number."""
    said = range(max(0, place - most), place)
    told = (i for i in said if chunks[i].sentence == chunks[place].sentence)
    return [chunks[i].text for i in told if not (chunks[i].text == "about" and _is_counted(chunks[i + 1]))]


def _is_counted(chunk: Chunk) -> bool:
    return chunk.text.isdecimal() or chunk.text in words("function", "numbers")


def is_told_of(chunks: Sequence[Chunk], place: int) -> bool:
    """Tell whether a word is what something is about: 'about TRAINS', 'set on a TRAIN'.

    Between the two stand words that do not say for whom: not 'about war *for my* son'.
    """
    for before in range(place - 1, max(-1, place - 1 - _AFTER_LEAD), -1):
        chunk = chunks[before]
        if chunk.text in words("uses", "tells of"):
            if chunk.text == "about" and _is_counted(chunks[before + 1]):
                return False  # 'ABOUT TWELVE neighbours'
            return not (before and chunks[before - 1].text in words("uses", "tells of nothing"))
        anybodys = chunk.text == "your" and chunks[before - 1].text not in (
            "for",
            "with",
        )  # 'LOSING YOUR job'
        ended = chunk.text in _ENDS and not anybodys
        if chunk.sentence != chunks[place].sentence or ended or chunk.text[:1].isdecimal():
            return False
    return False


def stands_alone(chunks: Sequence[Chunk], place: int) -> bool:
    """Tell whether a word is most of a phrase between marks: 'CYBERPUNK.'."""
    start, end = place, place + 1
    while start and chunks[start - 1].kind != "mark":
        start -= 1
    while end < len(chunks) and chunks[end].kind != "mark":
        end += 1
    return end - start <= _ALONE and chunks[place].text not in common_words()
