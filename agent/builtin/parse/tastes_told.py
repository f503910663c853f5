"""Names and kinds of somebody else's taste, told beside a wish of the asker's own.

'HE'S big on old WESTERNS, anything with WAYNE. … Is there something from the 70s that isn't a western?'
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from agent.builtin.lexicon.load import words
from agent.builtin.lexicon.triggers import ITEM_NOUNS
from agent.builtin.parse.chunks import Chunk

_LEADING = frozenset("so and but well now also though the".split())
_THEY = frozenset("he she they hes shes theyre".split())
_THEM = frozenset(
    "him her them he she they his hers their theirs hes shes theyre both us we together".split()
)
_OWNERS = frozenset(("my", "our", "his", "her"))
_LIKING = frozenset("likes loves adores enjoys prefers into fan mad keen obsessed big".split())
_CONTRAST = frozenset("but while whereas though although".split())
_NAMED = frozenset(("category", "entity"))
_POINTING = frozenset(("those", "that", "it", "similar", "like", "them"))
_LEAST = 3  # sentences of a message that tells of somebody


def tastes_told(chunks: Sequence[Chunk]) -> frozenset[int]:
    """Return the places of what only somebody else likes, where the asker wishes for something of their own.

    Nothing where the wish is for them, too.
    """
    said = [[*each] for _, each in groupby(range(len(chunks)), lambda i: chunks[i].sentence)]
    told = [each for each in said if _tells_of_taste([chunks[i] for i in each])]
    if len(said) < _LEAST or not told:
        return frozenset()
    asked = [[chunks[i] for i in each] for each in said if each not in told]
    asked = [each for each in asked if _asks(each)]
    own = any(chunk.kind in _NAMED or chunk.text in _POINTING for each in asked for chunk in each)
    theirs = any(chunk.text in _THEM for each in asked for chunk in each)
    if not own or theirs:
        return frozenset()
    return frozenset(i for each in told for i in _before_contrast(chunks, each) if chunks[i].kind in _NAMED)


def _tells_of_taste(sentence: Sequence[Chunk]) -> bool:
    texts = [chunk.text for chunk in sentence if chunk.kind != "mark"]
    texts = texts[next((k for k, text in enumerate(texts) if text not in _LEADING), 0) :]
    somebody = texts[:1] != [] and texts[0] in _THEY
    somebody |= texts[1:2] != [] and texts[0] in _OWNERS and texts[1] in words("occasion", "company")
    return somebody and not _LIKING.isdisjoint(texts) and not _asks(sentence)


def _asks(sentence: Sequence[Chunk]) -> bool:
    """Tell whether a sentence asks for items in so many words: 'is there something', 'could you name'."""
    texts = [chunk.text for chunk in sentence]
    asks = words("clauses", "clear wish") - {"something", "anything"}
    opens = texts[:1] != [] and texts[0] in ("is", "are", "what", "which", "any", "could", "can", "would")
    items = not (ITEM_NOUNS | {"something", "anything"}).isdisjoint(texts)
    return not asks.isdisjoint(texts) or (opens and items)


def _before_contrast(chunks: Sequence[Chunk], sentence: Sequence[int]) -> list[int]:
    """Return the places of a sentence up to where the asker sets themselves apart: 'WHILE I cannot stand'."""
    turn = next((i for i in sentence if chunks[i].text in _CONTRAST), sentence[-1] + 1)
    return [i for i in sentence if i < turn]
