"""A comparison or a flag beside another or a name, of which one is enough: 'cheap or with a balcony'."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from agent.builtin.interpret.compared import Compared, Comparison
from agent.builtin.lexicon.load import words
from agent.builtin.lexicon.triggers import ITEM_NOUNS
from agent.builtin.parse.chunks import Chunk
from agent.builtin.parse.lists import asks_for_both

_REACH = 5  # chunks from 'or' to what it joins

Member = tuple[frozenset[int], tuple[Comparison, ...], int | None]


class Mixed(NamedTuple):
    """The comparisons that alternatives leave, the places of `names` among these, and what is `lost`."""

    compared: Compared
    names: tuple[int, ...] = ()
    lost: frozenset[int] = frozenset()


def mixed_alternatives(
    chunks: Sequence[Chunk], compared: Compared, names: Collection[int], listed: Collection[int]
) -> Mixed:
    """Return what is read where 'or' joins a comparison to another or to a name.

    An answer has one list of alternatives: beside those `listed`, or where there are two of these, none of
    them is used.
    """
    if any(asks_for_both(chunks, j) for j in range(len(chunks))):
        return Mixed(compared)
    members = list(_members(compared, names))
    pairs = _pairs(chunks, compared, members)
    groups = _grouped([pair for pair in pairs if _is_mixed(pair, listed)])
    if not groups:
        return Mixed(compared)
    places = frozenset(i for group in groups for span, _, _ in group for i in span)
    named = tuple(sorted(name for group in groups for _, _, name in group if name is not None))
    among = {each for group in groups for _, said, _ in group for each in said}
    told = {each for each in compared.comparisons if each.either} - among
    several = len(groups) > 1 or bool(set(listed) - set(named)) or bool(told)
    if several or any(each.denied for each in among):
        kept = tuple(each for each in compared.comparisons if each not in among)
        return Mixed(replace(compared, comparisons=kept), named, places)
    marked = tuple(replace(e, either=min(places) + 1) if e in among else e for e in compared.comparisons)
    return Mixed(replace(compared, comparisons=marked), named)


def _members(compared: Compared, names: Collection[int]) -> Iterator[Member]:
    """Yield what may be an alternative: the comparisons that are read from the same words, and names."""
    spans = dict.fromkeys(span for _, span in compared.spans if span)
    for span in spans:
        said = tuple(each for each, of in compared.spans if of == span and each in compared.comparisons)
        if said:
            yield span, said, None
    for name in names:
        yield frozenset((name,)), (), name


def _pairs(
    chunks: Sequence[Chunk], compared: Compared, members: Sequence[Member]
) -> Iterator[tuple[Member, Member]]:
    at = {place: member for member in members for place in sorted(member[0])}
    for place, chunk in enumerate(chunks):
        if chunk.kind != "word" or chunk.text != "or" or place in compared.used:
            continue
        before = next(_reached(chunks, range(place - 1, max(-1, place - 1 - _REACH), -1), at), None)
        after = next(_reached(chunks, range(place + 1, min(place + 1 + _REACH, len(chunks))), at), None)
        if before is not None and after is not None:
            yield before, after


def _reached(chunks: Sequence[Chunk], way: range, at: dict[int, Member]) -> Iterator[Member]:
    """Yield the first member on a way, past small words and nouns for items."""
    for place in way:
        if place in at:
            yield at[place]
        small = chunks[place].text in words("lists", "past to an alternative") | ITEM_NOUNS
        if not small and chunks[place].kind != "trigger":
            return


def _is_mixed(pair: tuple[Member, Member], listed: Collection[int]) -> bool:
    """Tell whether two alternatives are not read as such already: comparisons, names of several relations."""
    (_, said, name), (_, other, further) = pair
    if not (said or other) and {name, further} & set(listed):
        return False
    if any(each.either for each in (*said, *other)):
        return False
    return len(said) < 2 and len(other) < 2  # a range on one side is two conditions


def _grouped(pairs: Sequence[tuple[Member, Member]]) -> list[list[Member]]:
    """Return pairs as groups, which go on where the last member of one is the first of another."""
    groups: list[list[Member]] = []
    for before, after in pairs:
        if groups and groups[-1][-1] == before:
            groups[-1].append(after)
        else:
            groups.append([before, after])
    return groups
