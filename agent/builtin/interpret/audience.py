"""For whom something is wanted: 'for my niece who is turning 13', 'with the kids', 'date night'."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from agent.builtin.interpret.audience_nouns import (
    NOUNS,
    age_after,
    age_said,
    noun_at,
    starts_of,
    text_of,
)
from agent.builtin.lexicon.kinds import made_against, made_for
from agent.builtin.lexicon.load import tables, words
from agent.builtin.parse.chunks import Candidate, Chunk
from agent.builtin.parse.clauses import asked_clauses
from agent.builtin.parse.negation import is_negated
from agent.builtin.parse.phrases import Phrases, said_after
from agent.builtin.parse.vocabulary import Vocabulary

_CHILD_PHRASES = Phrases(tables("audience")["phrases child"])
_OCCASIONS = Phrases(tables("audience")["phrases everyone"])
_PREPOSITIONS = words("audience", "prepositions")
_DETERMINERS = words("audience", "determiners")
_ENJOYS = frozenset("watch read see like enjoy love".split())
_TOGETHER = frozenset("and i me we both all together".split())  # 'my toddler AND I can BOTH watch'
_MAY = frozenset("should could can would might will do does".split())
_WANTED = frozenset(
    "something anything film films movie movies book books novel novels one ones that".split()
)
_CHILD, _TEEN, _GROWN = 13, 11, 18  # ages: a child is younger, a teenager from and below
_GENRES = 4
_REACH = 5
_AGED = frozenset("age aged ages".split())  # 'AGE seven or so'
_EACH_OF_THEM = frozenset("youngest oldest eldest".split())
_TELLING_AGE = _EACH_OF_THEM | {"shes", "hes", "she", "he"}
_OWN = frozenset("we were weve i im ive".split())
_WITH = frozenset("with have got babysitting minding".split())
_TOLD = 8  # chunks before a noun in which somebody says that they have children
_AIMED = frozenset("aimed geared pitched targeted directed marketed tailored".split())
_AT = frozenset("at to towards toward".split())
_OPENING = _AGED | _AT | _PREPOSITIONS | _CHILD_PHRASES.begun.keys() | _OCCASIONS.begun.keys()
_OPENING = _OPENING | {"my", "our", "of"}
_SHORT = 15  # chunks; in a longer message somebody with an age may belong to a story


@dataclass(frozen=True, slots=True)
class Audience:
    """Who is to enjoy it: as said, their age if it is said, and where the words that say so start.

    `child` and `teen` say for which kinds of books and films they are the age: both for a twelve-year-old.
    An `elder` is to be spared what is violent.
    """

    who: str
    age: int | None = None
    child: bool = False
    teen: bool = False
    starts: frozenset[int] = frozenset()
    elder: bool = False


def audience(chunks: Sequence[Chunk]) -> Audience | None:
    """Return for whom a request is; None if it does not say. Of several, the youngest.

    Who is only spoken of is not meant: "I am babysitting for my nephew".
    """
    opens = (i for i, chunk in enumerate(chunks) if chunk.text.casefold() in _OPENING)
    each_at = [(i, each) for i in opens if (each := _audience_at(chunks, i))]
    asked = asked_clauses(chunks) if each_at else ()
    short = len(chunks) <= _SHORT
    found = [each for i, each in each_at if asked[i] or (short and each.age is not None)]
    kinds = (i for i, a in enumerate(chunks) if a.kind == "category" and noun_at(chunks, i) is None)
    found += [] if any(not is_negated(chunks, i) for i in kinds) else _told_of_children(chunks)
    if not found:
        return None
    youngest = min(found, key=lambda each: (not each.child, not each.teen, not each.elder, each.age or 0))
    return replace(youngest, starts=frozenset().union(*(each.starts for each in found)))


def _told_of_children(chunks: Sequence[Chunk]) -> list[Audience]:
    """Return the children and elders somebody tells of: 'my niece … SHE'S EIGHT', 'MY GRAN is 90'."""
    found: list[Audience] = []
    spoken_of = False
    for i, chunk in enumerate(chunks):
        noun = noun_at(chunks, i)
        spoken_of = spoken_of or noun is not None
        if noun is None and chunk.text not in _TELLING_AGE:
            continue
        if noun is not None and noun.name == "elder" and _is_told_of_now(chunks, i, i + noun.length):
            end = i + noun.length
            found.append(_judged(text_of(chunks, i, end), None, "elder", starts_of(chunks, i, end)))
        led = chunk.text in _EACH_OF_THEM or (spoken_of and chunk.text in ("shes", "hes", "she", "he"))
        age, end = age_after(chunks, i + 1) if chunk.text not in ("shes", "hes") else age_after(chunks, i)
        if led and age is not None:
            found.append(_judged(text_of(chunks, i, end), age, "", starts_of(chunks, i, end)))
        here = {a.text for a in chunks[max(0, i - _TOLD) : i] if a.sentence == chunk.sentence}
        aged = noun is not None and [a.text for a in chunks[i + 1 : i + 2]] == ["("]
        aged = aged and i + 2 < len(chunks) and chunks[i + 2].text.isdecimal()
        owned = aged and i > 0 and chunks[i - 1].text in ("my", "our")  # 'my kids (6 AND 9) loved'
        if noun is not None and noun.name == "child" and (owned or (here & _OWN and here & _WITH)):
            end = i + noun.length
            found.append(_judged(text_of(chunks, i, end), None, "child", starts_of(chunks, i, end)))
    return found


def _is_told_of_now(chunks: Sequence[Chunk], i: int, end: int) -> bool:
    """Tell whether it is told how somebody is who is to enjoy it: 'MY GRANDAD IS 90 and half blind'."""
    owned = i > 0 and chunks[i - 1].text in ("my", "our")
    after = [chunk.text for chunk in chunks[end : end + 1]]
    return owned and bool(after) and after[0] in words("audience", "told of now")


def suited(said: Audience | None, vocabulary: Vocabulary) -> tuple[Candidate, ...]:
    """Return the genres of a catalogue that are made for children or young people, if it is for them.

    Of each, those with the most items: a catalogue may have a dozen names for one.
    """
    whom = [name for name, meant in (("child", said and said.child), ("teen", said and said.teen)) if meant]
    return tuple(genre for name in whom for genre in _most(made_for()[name], vocabulary))


def unsuited(said: Audience | None, chunks: Sequence[Chunk], vocabulary: Vocabulary) -> tuple[Candidate, ...]:
    """Return the genres made for children and young people, if it is for adults: 'a book FOR ADULTS'.

    Not of what is told: 'X IS FOR ADULTS, but the person who wrote it …'.
    """
    if said is None or said.who not in words("audience", "grown up"):
        return ()
    led = next((i for i, chunk in enumerate(chunks) if chunk.start in said.starts), 0)
    if led and chunks[led - 1].text in words("audience", "are") | {"is", "was", "s"}:
        return ()
    return tuple(genre for name in ("child", "teen") for genre in _most(made_for()[name], vocabulary))


def spared(said: Audience | None, vocabulary: Vocabulary) -> tuple[str, ...]:
    """Return the genres of a catalogue that elders are to be spared, if it is for them."""
    labels = made_against()["elder"] if said is not None and said.elder else ()
    return tuple(label for label in labels if label in vocabulary.genres)


def _most(labels: Sequence[str], vocabulary: Vocabulary) -> list[Candidate]:
    known = [vocabulary.genres[label] for label in labels if label in vocabulary.genres]
    return sorted(known, key=lambda genre: -genre.roles["genre"])[:_GENRES]


def _audience_at(chunks: Sequence[Chunk], i: int) -> Audience | None:
    for phrases, child in ((_CHILD_PHRASES, True), (_OCCASIONS, False)):
        if length := said_after(chunks, i, phrases):
            return Audience(
                text_of(chunks, i, i + length), child=child, starts=starts_of(chunks, i, i + length)
            )
    if chunks[i].text == "of" and i and _is_of_children(chunks[i - 1]):
        age, end = age_after(chunks, i, of=True)
        return _judged(text_of(chunks, i - 1, end), age, "", starts_of(chunks, i, end)) if age else None
    if chunks[i].text in _AGED:
        age, end = age_said(chunks, i)
        follows = chunks[end].text if end < len(chunks) else ""
        if age is not None and age < _GROWN and follows not in ("and", "to", "+"):
            return _judged(text_of(chunks, i, end), age, "", starts_of(chunks, i, end))
    aimed = chunks[i].text in _AT and i > 0 and chunks[i - 1].text in _AIMED
    if chunks[i].text == "for" and _is_denied(chunks, i):
        return _others_than(chunks, i)
    led = aimed or (chunks[i].text in _PREPOSITIONS and not _is_denied(chunks, i))
    if chunks[i].text == "with" and _is_refused(chunks, i):
        return None
    if not (led or chunks[i].text in ("my", "our")):
        return None
    j = i + led
    while (
        j < len(chunks) and chunks[j].text in _DETERMINERS and j - i < _REACH and noun_at(chunks, j) is None
    ):
        j += 1
    age, after = age_said(chunks, j)
    if age is None and chunks[j - 1].text in _DETERMINERS:
        age, later = age_said(chunks, j - 1)  # "for a three-year-old"
        after = later if age is not None else after
    noun = noun_at(chunks, after)
    end = after + (noun.length if noun else 0)
    if noun and age is None:
        age, end = age_after(chunks, end, of=noun.name == "child")
    chooses = end < len(chunks) and chunks[end].text in _ENJOYS and i > 0 and chunks[i - 1].text in _MAY
    chooses = chooses or (bool(noun) and _may_enjoy(chunks, i, end))
    if not (noun or age is not None) or (not led and age is None and not chooses):
        return None
    starts = starts_of(chunks, i - aimed, end)
    return _judged(text_of(chunks, i + led, end), age, noun.name if noun else "", starts)


def _others_than(chunks: Sequence[Chunk], i: int) -> Audience | None:
    """Return the grown up where something is not to be for the young: 'not FOR TEENAGERS'."""
    j = i + 1
    while j < len(chunks) and chunks[j].text in _DETERMINERS and noun_at(chunks, j) is None:
        j += 1
    noun = noun_at(chunks, j)
    if noun is None or noun.name not in ("child", "teen") or _said_age(chunks, j + noun.length) is not None:
        return None
    return Audience("adults", starts=starts_of(chunks, i, j + noun.length))


def _said_age(chunks: Sequence[Chunk], i: int) -> int | None:
    return age_after(chunks, i)[0]


def _may_enjoy(chunks: Sequence[Chunk], i: int, end: int) -> bool:
    """Tell whether items are wanted that somebody may enjoy: 'a novel MY DAUGHTER WOULD LIKE'."""
    after = [chunk.text for chunk in chunks[end : end + _REACH] if chunk.text not in _TOGETHER]
    may = len(after) > 1 and after[0] in _MAY and after[1] in _ENJOYS
    before = chunks[i - 1] if i else None
    return may and before is not None and (before.kind == "category" or before.text in _WANTED)


def _is_of_children(chunk: Chunk) -> bool:
    """Tell whether a kind is named by whom it is for: 'FOR CHILDREN of 5 and 9'."""
    noun = chunk.text.casefold().split()[-1:]
    return chunk.kind == "category" and bool(noun) and NOUNS.get(noun[0]) == "child"


def _judged(who: str, age: int | None, noun: str, starts: frozenset[int]) -> Audience:
    if age is not None:
        return Audience(who, age, age < _CHILD + 1, _TEEN <= age < _GROWN, starts)
    return Audience(who, None, noun == "child", noun == "teen", starts, noun == "elder")


def _is_denied(chunks: Sequence[Chunk], i: int) -> bool:
    return i > 0 and chunks[i - 1].text in ("not", "isnt", "arent", "nothing")


def _is_refused(chunks: Sequence[Chunk], i: int) -> bool:
    """Tell whether 'with' says what nobody wants: 'she never wants anything WITH kids in danger'."""
    said = [chunk.text for chunk in chunks[max(0, i - _TOLD) : i] if chunk.sentence == chunks[i].sentence]
    head = said.index("anything") if "anything" in said else 0
    far = [chunk.text for chunk in chunks[max(0, i - 2 * _TOLD) : i] if chunk.sentence == chunks[i].sentence]
    return head > 0 and bool({"never", "dont", "doesnt", "wont", "cant", "not"} & set(far))
