"""And, or, not, how many, which first: the small words that join or limit conditions."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from agent.builtin.atoms import Atom
from agent.builtin.lexicon import ITEM_NOUNS

_NOT = frozenset(
    "no not without except excluding nothing minus isnt arent neither nor avoid skip hates".split()
)
_ONLY_NOT = frozenset("only just sure necessarily".split())  # "not only", "not sure"
_ASKING = frozenset(
    "give me name list suggest recommend show find want need exactly any top pick just".split()
)
_EARLIEST = frozenset("earliest oldest".split())
_LATEST = frozenset("latest newest".split())
_MAX_LIMIT = 50


def is_negated(atoms: Sequence[Atom], i: int) -> bool:
    """Tell whether a name or category is ruled out: 'no westerns', 'not directed by X', 'except with X'."""
    for j in range(i - 1, max(-1, i - 6), -1):
        atom = atoms[j]
        if atom.kind in ("entity", "title", "category"):
            joined = all(a.text in ("or", "and", "nor", ",") for a in atoms[j + 1 : i])
            return joined and atoms[j].kind == atoms[i].kind and is_negated(atoms, j)
        if atom.kind == "mark" and atom.text not in ",(":
            return False
        if atom.kind == "word" and atom.text in _NOT:
            return not (j + 1 < i and atoms[j + 1].text in _ONLY_NOT)
        if atom.kind == "mark" or atom.text in ("but", "and", "so", "i", "im", "id", "want"):
            return False
    return False


def alternatives(atoms: Sequence[Atom], names: Sequence[int], categories: Sequence[int]) -> tuple[int, ...]:
    """Return the names or categories of which one is enough: 'by X or Y', 'a comedy or a western'."""
    for kind in (sorted(set(names)), sorted(set(categories))):
        for group in _groups(atoms, kind):
            if len(group) > 1:
                return group
    return ()


def _groups(atoms: Sequence[Atom], places: Sequence[int]) -> list[tuple[int, ...]]:
    """Return runs of places that are joined by 'or'; after 'at least one of', 'and' and commas join too."""
    groups: list[tuple[int, ...]] = []
    run: list[int] = []
    said_or = False
    for left, right in pairwise([*places, len(atoms)]):
        run.append(left)
        between = [a.text for a in atoms[left + 1 : right]]
        joins = right < len(atoms) and len(between) <= 4 and all(_joins(a) for a in atoms[left + 1 : right])
        said_or = said_or or (joins and "or" in between)
        if not joins:
            opened = [a.text for a in atoms[max(0, run[0] - 5) : run[0]]]
            if said_or or ("least" in opened and "of" in opened):
                groups.append(tuple(run))
            run, said_or = [], False
    return groups


def _joins(atom: Atom) -> bool:
    if atom.kind == "cue":
        return True  # "directed by X or shot by Y" has its cue between
    return atom.text in ("or", "and", ",", "/", "a", "an", "by", "else", "from", "with", "either", "both")


def order(atoms: Sequence[Atom]) -> str:
    """Return "earliest" or "latest" where a request asks for one end of the years."""
    for i, atom in enumerate(atoms):
        words = {a.text for a in atoms[i + 1 : i + 3]}
        near_item = bool(words & ITEM_NOUNS) or any(a.kind == "category" for a in atoms[i + 1 : i + 3])
        if atom.kind == "word" and near_item:
            if atom.text in _EARLIEST:
                return "earliest"
            if atom.text in _LATEST or (atom.text == "recent" and i and atoms[i - 1].text == "most"):
                return "latest"
    return ""


def limit(atoms: Sequence[Atom]) -> int | None:
    """Return how many items are asked for: 'three films', 'the earliest film'; None if it is left open."""
    for i, atom in enumerate(atoms):
        if atom.kind != "word":
            continue
        before = atoms[i - 1].text if i else ""
        following = [a for a in atoms[i + 1 : i + 3] if a.kind in ("word", "category")]
        item = any(a.kind == "category" or a.text in ITEM_NOUNS - {"one", "ones"} for a in following)
        number = _NUMBERS.get(atom.text) or (
            int(atom.text) if atom.text.isdigit() and len(atom.text) < 3 else 0
        )
        if 1 < number <= _MAX_LIMIT and item and (i == 0 or before in _ASKING):
            return number
        singular = any(a.text in ("film", "movie", "book", "novel", "one", "picture") for a in following)
        if order(atoms[i : i + 3]) and singular:
            return 1
    return None


_NUMBERS = dict(
    zip("two three four five six seven eight nine ten twelve".split(), (*range(2, 11), 12), strict=True)
)
