"""What a clause says that is not wanted, whoever is told of in it: 'NOTHING where THE WOMEN just CRY'."""

from __future__ import annotations

from collections.abc import Sequence

from agent.builtin.lexicon.load import words
from agent.builtin.lexicon.triggers import ITEM_NOUNS
from agent.builtin.parse.chunks import Chunk
from agent.builtin.parse.clauses import clauses

_DENYING = frozenset(("nothing", "none"))
_LEADING = frozenset("where with that which in about who when".split())
_SMALL = frozenset(
    word for name in ("articles", "prepositions", "auxiliaries") for word in words("function", name)
)


def refused_places(chunks: Sequence[Chunk]) -> frozenset[int]:
    """Return the places of words that say what items must not have, in clauses that begin with a denial."""
    found: set[int] = set()
    for clause in clauses(chunks):
        said = [chunks[i].text for i in clause]
        noun = len(said) > 2 and said[1] in ITEM_NOUNS
        lead = said[1 + noun] if len(said) > 2 + noun else ""
        denies = said[0] in _DENYING or (said[0] == "no" and noun)
        if denies and lead in _LEADING:
            rest = range(clause.start + 2 + noun, clause.stop)
            found |= {i for i in rest if chunks[i].kind == "word" and chunks[i].text not in _SMALL}
    return frozenset(found)
