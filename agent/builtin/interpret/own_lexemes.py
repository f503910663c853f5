"""Lexemes as a person's own table has them: flags called like kinds elsewhere, 'SINGLE tier', 'TWIN hob'."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from agent.builtin.lexicon.load import groups, words
from agent.builtin.parse.chunks import Chunk
from agent.builtin.parse.lexemes import Lexeme
from agent.builtin.parse.measures import Measures
from kg.types import Kind


def as_own(said: Sequence[Lexeme], chunks: Sequence[Chunk], measures: Measures) -> list[Lexeme]:
    """Return the lexemes of a message as the table that it is about has them."""
    found = list(said)
    texts = [each.text for each in said]
    for i in _of_long_nouns(said, chunks):
        found[i] = said[i]._replace(named=True)
    for i, each in enumerate(said):
        if each.named and each.place >= 0 and _is_alias(chunks[each.place]):
            length, kinds = _called(texts, i, measures)
            inside = length and all(a.place == each.place or not a.named for a in said[i : i + length])
            if inside and Kind.FLAG in kinds:
                found[i : i + length] = [a._replace(named=False) for a in said[i : i + length]]
        count = _counts().get(each.text)
        if count is not None and i + 1 < len(said) and not each.named:
            _, kinds = _called(texts, i + 1, measures)
            whole = _called(texts, i, measures)[0] or texts[i + 1] in words("quantities", "kinds of rooms")
            found[i] = each._replace(text=count) if Kind.NUMBER in kinds and not whole else found[i]
    return found


def _of_long_nouns(said: Sequence[Lexeme], chunks: Sequence[Chunk]) -> Iterator[int]:
    """Yield the lexemes of nouns for items of several words, which describe nothing: 'HOT TUB'."""
    for i, each in enumerate(said):
        beside = [*said[max(0, i - 1) : i], *said[i + 1 : i + 2]]
        noun = each.place >= 0 and chunks[each.place].text == "items"
        if noun and any(other.place == each.place for other in beside):
            yield i


def _is_alias(chunk: Chunk) -> bool:
    """Tell whether a name is only another word for something: 'scary' for horror."""
    return bool(chunk.choices) and all(each.match == "alias" for each in chunk.choices)


def _called(texts: Sequence[str], i: int, measures: Measures) -> tuple[int, set[Kind]]:
    """Return the length of a measure's name that stands at a lexeme, and the kinds of what is called so."""
    length, forms = measures.said_at(texts, i)
    return length, {each.kind for form in forms if form.form == "name" for each in form.measures}


def _counts() -> dict[str, str]:
    """Return the figures of words that say how many of a thing there are: 2 of 'double'."""
    return {word: count for count, said in groups("quantities", "so many").items() for word in said}
