"""What should be other than in an item that is liked: 'like Heat but funnier', 'Alien without the gore'."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from agent.builtin.interpret.spans import Span, Use
from agent.builtin.lexicon.load import tables, words
from agent.builtin.parse.chunks import Chunk
from agent.builtin.parse.negation import is_negated

_MORE = words("themes", "more of it")
_LESS = words("themes", "less of it")
_TURNS = words("themes", "turns from what is liked")
_FEELING = frozenset((*tables("unknowable")["tone"], *tables("unknowable")["plot"]))
_SOMETHING = frozenset(("something", "anything"))
_DEGREES = frozenset(("less", "more"))
_REACH = 5  # chunks after "something"
_ENDS = frozenset((".", ";", "!", "?", "by"))
_BY_DEGREE = frozenset(("less", "so", "as", "too", "quite", "very"))
_COMPARED = "ier"  # 'funnier', not 'thriller'


class Variation(NamedTuple):
    """Words of what there should be more and less of; `said` are those of the message that say so.

    `kinds` are the places of the kinds that there should be more of: 'but FUNNIER', 'with more ACTION';
    `less_kinds` of those that there should be less of, which rules none out: 'but less SCARY'.
    """

    more: tuple[str, ...] = ()
    less: tuple[str, ...] = ()
    said: tuple[str, ...] = ()
    kinds: tuple[int, ...] = ()
    less_kinds: tuple[int, ...] = ()


def turns_at(chunks: Sequence[Chunk], place: int) -> int | None:
    """Return where the words begin that say what is other than in the title at a place, if any do."""
    after = place + 1
    while after < len(chunks) and chunks[after].kind == "mark" and chunks[after].text in ",-":
        after += 1
    turned = after < len(chunks) and chunks[after].text in _TURNS | _MORE | _LESS
    return after if turned and after + 1 < len(chunks) else None


def variation(spans: Sequence[Span], chunks: Sequence[Chunk]) -> Variation:
    """Return what is wanted other than in the titles that are named: 'but DARKER', 'with less VIOLENCE'."""
    titles = [place for place, chunk in enumerate(chunks) if chunk.kind == "title"]
    start = next((turn for place in reversed(titles) if (turn := turns_at(chunks, place)) is not None), None)
    if start is None and titles:
        start = _asked_later(chunks, titles[-1])
    return Variation() if start is None else _said_from(start, spans, chunks)


def variation_of_pointed(spans: Sequence[Span], chunks: Sequence[Chunk]) -> Variation:
    """Return what is wanted other than in an item that is pointed at: 'like the first BUT LESS VIOLENT'."""
    start = next((p for p, chunk in enumerate(chunks[:-1]) if p and chunk.text in _TURNS | _LESS), None)
    return Variation() if start is None else _said_from(start, spans, chunks)


def _said_from(start: int, spans: Sequence[Span], chunks: Sequence[Chunk]) -> Variation:
    """Return what there should be more and less of by the words from a place on."""
    uses = {span.start: span.use for span in spans}
    more: list[str] = []
    less: list[str] = []
    said: list[str] = []
    kinds: list[int] = []
    less_kinds: list[int] = []
    into = more
    for place, chunk in enumerate(chunks[start:], start):
        if chunk.text in _ENDS:
            break
        if chunk.kind == "category" and into is more and _is_compared(chunks, place):
            kinds.append(place)
            said.append(chunk.text)
            continue
        if chunk.kind == "category" and into is less and chunks[place - 1].text in _BY_DEGREE:
            less_kinds.append(place)
            said += [chunk.text, *(before for before in (chunks[place - 1].text,) if before in _BY_DEGREE)]
            continue
        if chunk.kind == "category" and into is more and uses.get(chunk.start) == Use.MENTION:
            continue  # a condition
        if chunk.text == "more" and chunks[place - 1].text == "any":
            continue  # "I can't do gore ANY MORE"
        if chunk.text in _LESS:
            into = less
        elif chunk.text in _MORE or (chunk.text in _TURNS and chunks[place - 1].text not in _LESS):
            into = more
            said.append(chunk.text)
        elif uses.get(chunk.start) == Use.THEME or chunk.text in _FEELING or _is_loose(chunk, uses):
            (less if is_negated(chunks, place) else into).append(base(chunk.text))
            said.append(chunk.text)
    wished, unwanted = tuple(dict.fromkeys(more)), tuple(dict.fromkeys(less))
    return Variation(wished, unwanted, tuple(said), tuple(kinds), tuple(less_kinds))


def _asked_later(chunks: Sequence[Chunk], title: int) -> int | None:
    """Return where less or more is asked for after a title: 'I liked Titanic, got something LESS sad?'."""
    asked = next((p for p in range(title + 1, len(chunks)) if chunks[p].text in _SOMETHING), len(chunks))
    after = range(asked + 1, min(asked + _REACH, len(chunks) - 1))
    return next((p for p in after if chunks[p].text in _DEGREES), None)


def _is_compared(chunks: Sequence[Chunk], place: int) -> bool:
    """Tell whether a kind is one that there should be more of, and not one that is asked for: 'FUNNIER'.

    Not 'like Heat but funny' nor 'but a comedy', which ask for a kind that is proved.
    """
    before, said = chunks[place - 1].text, chunks[place].text
    return said.endswith(_COMPARED) or before in _MORE


def _is_loose(chunk: Chunk, uses: Mapping[int, Use]) -> bool:
    """Tell whether a word for a kind is no condition: 'Star Wars but with COWBOYS'."""
    return chunk.kind == "category" and uses.get(chunk.start) == Use.UNUSED


def base(word: str) -> str:
    """Return the word that a comparative of feeling is of: 'darker' -> 'dark', 'happier' -> 'happy'."""
    if not word.endswith("er"):
        return word
    stem = word[:-2]
    forms = (stem, stem + "e", stem[:-1] + "y" if stem.endswith("i") else stem, stem[:-1])
    return next((form for form in forms if form in _FEELING), word)
