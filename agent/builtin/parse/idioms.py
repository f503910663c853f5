"""Words of fixed phrases that are no names: nobody is meant in 'BLACK and white'."""

from __future__ import annotations

from dataclasses import replace

from agent.builtin.lexicon.load import tables
from agent.builtin.parse.chunks import Chunk

_IDIOMS = tuple(tuple(said.split()) for said in tables("stories")["no names"])
_WEAK = frozenset(("surname", "spelling", "short"))


def without_names_in_idioms(chunks: list[Chunk]) -> list[Chunk]:
    """Return chunks in which words of fixed phrases are words, whoever is called so."""
    if not any(map(_is_weak, chunks)):
        return chunks
    said = tuple(chunk.text.casefold() for chunk in chunks)
    firsts = {idiom[0] for idiom in _IDIOMS}
    places = {
        i + k
        for i, word in enumerate(said)
        if word in firsts
        for idiom in _IDIOMS
        if said[i : i + len(idiom)] == idiom
        for k in range(len(idiom))
    }
    return [_as_word(chunk) if i in places and _is_weak(chunk) else chunk for i, chunk in enumerate(chunks)]


def _is_weak(chunk: Chunk) -> bool:
    return chunk.kind == "entity" and (not chunk.choices or chunk.choices[0].match in _WEAK)


def _as_word(chunk: Chunk) -> Chunk:
    return replace(chunk, kind="word", text=chunk.text.casefold(), choices=(), entries=())
