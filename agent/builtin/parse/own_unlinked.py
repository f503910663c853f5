"""Unknown names that only say how items are: 'the LIGHTEST TV', of a table whose items are called TVs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from agent.builtin.lexicon.triggers import ITEM_NOUNS
from agent.builtin.parse.chunks import Chunk
from agent.builtin.parse.vocabulary import Vocabulary
from kg.text import fold, tokens
from tools.english import is_everyday


def without_names_of_items(chunks: Sequence[Chunk], vocabulary: Vocabulary) -> list[Chunk]:
    """Take unknown names apart that speak of measures, alone or before a noun for items, or as texts do."""
    if not vocabulary.measures.own:
        return list(chunks)
    return [each for chunk in chunks for each in _apart(chunk, vocabulary)]


def _apart(chunk: Chunk, vocabulary: Vocabulary) -> list[Chunk]:
    said = [(fold(token.raw), token) for token in tokens(chunk.text)]
    if chunk.kind != "entity" or chunk.choices or not said or len(chunk.text) != chunk.end - chunk.start:
        return [chunk]
    texts = [word for word, _ in said]
    items = [word in vocabulary.nouns or word in ITEM_NOUNS for word in texts]
    measured = any(vocabulary.measures.said_at(texts, i)[0] for i in range(len(texts)))
    whole = vocabulary.measures.said_at(texts, 0)[0] == len(texts) > 1  # 'below RRP'
    told = chunk.text.islower() and all(word in vocabulary.own_words or is_everyday(word) for word in texts)
    told = told and not vocabulary.own_words.isdisjoint(texts)  # 'SOLAR PANELS' of descriptions
    if not (whole or (items[-1] and measured) or told):
        return [chunk]
    return [
        replace(
            chunk,
            kind="word",
            text="items" if item else word,
            start=chunk.start + token.start,
            end=chunk.start + token.end,
        )
        for item, (word, token) in zip(items, said, strict=True)
    ]
