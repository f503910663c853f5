"""Words without their endings: those that are stored of an item, and those of mere talk."""

from __future__ import annotations

from functools import cache, lru_cache

from agent.builtin.lexicon.load import words
from agent.phrasing import PASSIVE
from kg.graph import KnowledgeGraph
from kg.stems import singular
from kg.text import fold, tokens
from kg.types import ItemId

_SHORTEST = 3  # letters of what is left of a word
_ENDINGS = (
    ("iest", "y"),
    ("ier", "y"),
    ("ied", "y"),
    *((each, "") for each in ("est", "ing", "ed", "er", "ly")),
)


@lru_cache(maxsize=8192)
def root(word: str) -> str:
    """Return a word without the endings of its forms: 'darkest' is 'dark', 'liked' is 'lik' as 'like' is."""
    plain = singular(fold(word))
    for ending, put in _ENDINGS:
        if plain.endswith(ending) and len(plain) - len(ending) >= _SHORTEST:
            plain = plain[: -len(ending)] + put
            if put:  # 'silliest' is 'silly', which is itself taken for 'sil' and its ending
                return root(plain)
            plain = plain[:-1] if plain[-1] == plain[-2] and plain[-1] not in "aeiouls" else plain
            break
    return plain.removesuffix("e")


@lru_cache(maxsize=1024)
def roots(text: str) -> frozenset[str]:
    """Return the roots of the words of a text."""
    return frozenset(root(token.raw) for token in tokens(text))


@lru_cache(maxsize=1024)
def stored(graph: KnowledgeGraph, key: ItemId | None = None) -> frozenset[str]:
    """Return the roots of all words that are stored of an item; none of no item."""
    if key is None:
        return frozenset()
    item = graph.item(key)
    labels = (label for each in graph.relations for label in graph.labels(key, each.name))
    return roots(" ".join((item.title, graph.catalogue.texts.get(key, ""), *labels)))


def described(graph: KnowledgeGraph, key: ItemId) -> frozenset[str]:
    """Return the roots of the words of an item's description."""
    return roots(graph.catalogue.texts.get(key, ""))


@cache
def talk() -> frozenset[str]:
    """Return the roots of the words of mere talk: of a list, an order, a tone, an opinion."""
    sections = (
        "talk",
        "beside talk",
        "tone",
        "counted",
        "behind a count",
        "before some",
        "recommends",
        "no name",
        "money",
        "claims proof",
    )
    said = (phrase for section in sections for phrase in words("notes", section))
    more = (phrase for each in ("items shown", "denies") for phrase in words("notes", each))
    return roots(
        " ".join(
            (
                *said,
                *more,
                *PASSIVE.values(),
            )
        )
    )
