"""Wishes that a message keeps apart, a sentence or more each: 'A cop film for Friday. Then for Saturday …'.

Each is then a message of its own, with all that is told around it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise

from agent.builtin.lexicon.load import tables, words
from agent.builtin.lexicon.triggers import DOMAIN_NOUNS, ITEM_NOUNS
from agent.builtin.parse.chunks import Chunk
from agent.builtin.parse.clause_roles import Role, clause_roles
from agent.builtin.parse.negation import is_negated
from agent.builtin.parse.phrases import Phrases, places_said, said_after

_TIMES = words("parts", "when it is for") - {"later", "now", "week"}
_NOUNS = frozenset(noun for nouns in DOMAIN_NOUNS.values() for noun in nouns)
_ADDING = Phrases(tables("parts")["adding a wish"])
_OCCASIONS = Phrases(tables("parts")["another occasion"])
_ARTICLES = frozenset("a an some any one something anything two three four five another".split())
_POINTING = frozenset("them those these same either both similar each".split())
_OPENING = 4  # chunks of a sentence in which it is said to add a wish
_NOUN = 6  # chunks from an article to the noun it belongs to
_WHOM = frozenset("me us him her them".split())
_JOINTS = frozenset((",", "and", "plus", "then", ";", "-"))
_MAY = frozenset("should can could shall might".split())
_ALONE = frozenset(("something", "anything"))  # what stands for an item by itself


def wishes_apart(chunks: Sequence[Chunk]) -> list[range]:
    """Return the wishes that a message keeps apart, as ranges of the text; [] where it is but one."""
    sentences = list(_sentences(chunks))
    wishing = [each for each in sentences if _wishes(chunks, each)]
    if len(wishing) < 2:
        return []
    found = [sentences[0]]
    for before, here in pairwise(wishing):
        if not _is_apart(chunks, before, here):
            return []
        found.append(here)
    starts = [chunks[each[0]].start for each in found]
    return [range(*ends) for ends in pairwise((*starts, chunks[-1].end))]


def _sentences(chunks: Sequence[Chunk]) -> Iterator[list[int]]:
    """Yield the sentences of a message, parted where a wish is added: 'a samurai film and, SEPARATELY, a'."""
    added = {i for i, _ in places_said(chunks, _ADDING) if i and chunks[i - 1].text in _JOINTS}
    for _, each in groupby(range(len(chunks)), lambda i: chunks[i].sentence):
        here = [*each]
        places = [k for k in range(1, len(here)) if here[k] in added] if added else []
        turn = next((k for k in places if _heads(chunks, here[:k]) and _heads(chunks, here[k:])), 0)
        if turn:
            yield here[:turn]
        yield here[turn:]


def _wishes(chunks: Sequence[Chunk], sentence: Sequence[int]) -> bool:
    """Tell whether a sentence asks for items of its own by a phrase with a noun: 'a movie set on a train'."""
    said = {chunks[i].text for i in sentence}
    here = range(sentence[0], sentence[-1] + 1)
    parts = [part for part in clause_roles(chunks) if part.places.start < here.stop]
    parts = [part for part in parts if part.places.stop > here.start]
    if said & _POINTING or any(_points(chunks, i) for i in sentence):
        return False
    if any(part.role == Role.DISLIKES for part in parts):
        return False
    asked = {i for part in parts if part.role in (Role.ASKS, Role.OPEN) for i in part.places}
    therefore = next(
        (i for i in here if chunks[i].text == "so"), here.stop
    )  # 'my mother comes, SO FOR THEN a'
    asked |= set(range(therefore, here.stop))
    if chunks[sentence[0]].text in ("what", "which") and said & _MAY:
        return True
    return not asked.isdisjoint(_heads(chunks, sentence))


def _points(chunks: Sequence[Chunk], i: int) -> bool:
    """Tell whether something is to be like, or by whom, was told: 'something LIKE that', 'by THAT editor'."""
    after = chunks[i + 1] if i + 1 < len(chunks) else None
    if chunks[i].text in ("that", "this") and after is not None and after.kind == "trigger":
        return True
    before = chunks[i - 1].text if i else ""
    return chunks[i].text == "like" and before in _ALONE | ITEM_NOUNS | {"more", "others"}


def _heads(chunks: Sequence[Chunk], sentence: Sequence[int]) -> list[int]:
    """Return the nouns or names that a sentence asks for: 'a nice Maggie Smith FILM', 'an ALMODÓVAR'."""
    found = []
    for i in sentence:
        opens = i == sentence[0] and (chunks[i].kind == "category" or chunks[i].text in _NOUNS)
        if chunks[i].text not in _ARTICLES and not opens:
            continue
        near = range(i, min(i + _NOUN, sentence[-1] + 1))
        head = next((k for k in near if _is_head(chunks, k)), _wished(chunks, i))
        if head >= 0 and not is_negated(chunks, head):
            found.append(head)
    return found


def _is_head(chunks: Sequence[Chunk], i: int) -> bool:
    named = chunks[i].kind in ("category", "entity") and bool(chunks[i].choices)
    return named or chunks[i].text in ITEM_NOUNS - {"one", "ones"} or chunks[i].text in _ALONE


def _wished(chunks: Sequence[Chunk], i: int) -> int:
    """Return where a lone word stands that is wished for: "I'd like a SLASHER"; -1 for none."""
    led = i > 0 and chunks[i - 1].text in words("parts", "wishes of one's own")
    ends = i + 2 >= len(chunks) or chunks[i + 2].kind == "mark"
    return i + 1 if led and ends and i + 1 < len(chunks) and chunks[i + 1].kind == "word" else -1


def _is_apart(chunks: Sequence[Chunk], before: Sequence[int], here: Sequence[int]) -> bool:
    """Tell whether a second wish stands apart: it is added, for another time, or for somebody else."""
    opening = [chunks[i] for i in here[:_OPENING]]
    if any(said_after(opening, k, _ADDING) for k in range(len(opening))):
        return True
    first, second = (_occasions(chunks, each) for each in (before, here))
    if first and second and first.isdisjoint(second):
        return True
    one, other = (_domains(chunks, each) for each in (before, here))
    return bool(one and other) and one.isdisjoint(other)


def _occasions(chunks: Sequence[Chunk], sentence: Sequence[int]) -> frozenset[str]:
    """Return for when, and for whom, a sentence wishes."""
    here = [chunks[i] for i in sentence]
    said = {chunk.text for chunk in here}
    times = said & _TIMES
    places = {" ".join(c.text for c in here[i : i + n]) for i, n in places_said(here, _OCCASIONS)}
    whom = {w for a, w in zip(here, _whom(here), strict=True) if a.text == "for" and w}
    return frozenset(times | places | whom)


def _whom(here: Sequence[Chunk]) -> Iterator[str]:
    """Yield for every chunk whom the words behind it name: 'for THE GIRLS', 'for MY WIFE', 'for ME'."""
    company = words("occasion", "company")
    for i in range(len(here)):
        after = [chunk.text for chunk in here[i + 1 : i + 3]]
        owned = after[:1] != [] and after[0] in words("parts", "owners") and after[1:2] != []
        named = after[1] if owned else after[0] if after else ""
        told = owned and after[0] != "the"
        yield named if told or named in company | _WHOM or named.removesuffix("s") in company else ""


def _domains(chunks: Sequence[Chunk], sentence: Sequence[int]) -> frozenset[str]:
    """Return of which domains a sentence wishes items, as its nouns say."""
    said = {word for i in sentence for word in chunks[i].text.casefold().split() if chunks[i].kind != "title"}
    return frozenset(domain for domain, nouns in DOMAIN_NOUNS.items() if nouns & said)
