"""Surnames in a message about books alone: who writes is meant, not a namesake who acts: 'no SALINGER'."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from agent.builtin.lexicon.triggers import DOMAIN_NOUNS
from agent.builtin.parse.chunks import Chunk
from agent.builtin.parse.vocabulary import Vocabulary

_BOOKS = frozenset("stories poems poetry essays novella novellas memoirs verse".split())
_OF_BOOKS = frozenset(("author",))
_OF_FILMS = frozenset("actor director writer producer composer cinematographer editor".split())
_LEADING = frozenset("by no not without except like author authors novelist writer and or more".split())


def without_namesakes(chunks: list[Chunk], vocabulary: Vocabulary) -> list[Chunk]:
    """Return chunks in which a surname is nobody's who only worked on films, if only books are spoken of."""
    if _OF_BOOKS.isdisjoint(vocabulary.relations) or _domains(chunks) != {"book"}:
        return chunks
    out: list[Chunk] = []
    for i, chunk in enumerate(chunks):
        found = tuple(a for a in chunk.choices if not (a.roles and a.roles.keys() <= _OF_FILMS))
        before_kind = not found and i + 1 < len(chunks) and chunks[i + 1].kind == "category"
        kept = found == chunk.choices or before_kind  # 'HITCHCOCK thrillers and novels'
        if not _is_surname(chunk) or kept:
            out.append(chunk)
        elif found or (i and chunks[i - 1].text in _LEADING):
            out.append(replace(chunk, choices=found))
        else:
            out.append(replace(chunk, kind="word", text=chunk.text.casefold(), choices=()))
    return out


def _domains(chunks: Sequence[Chunk]) -> set[str]:
    said = {word for chunk in chunks if chunk.kind != "title" for word in chunk.text.casefold().split()}
    books = {"book"} if _BOOKS & said else set[str]()
    return books | {domain for domain, nouns in DOMAIN_NOUNS.items() if not nouns.isdisjoint(said)}


def _is_surname(chunk: Chunk) -> bool:
    return chunk.kind == "entity" and bool(chunk.choices) and chunk.choices[0].match == "surname"
