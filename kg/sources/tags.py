"""Tags that people gave to films, and the tag genome: what films are like, as text to search, never as facts.

A film's tags become a last sentence of its text, the most used first: 'Heist, neo-noir, Los Angeles.'
"""

from __future__ import annotations

import re
from array import array
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from itertools import chain, zip_longest
from pathlib import Path
from typing import NamedTuple

import numpy as np

from kg.builder import Builder
from kg.errors import DataError
from kg.sources import csv_rows, files

MOST = 30  # tags of a film
ENOUGH = 10  # a film that has as many is not given tags that one person only used
RELEVANT = 0.6  # of a tag of the genome, from 0 to 1
_LONGEST = 60  # letters: beyond, it is a remark
_COPY = re.compile(  # says what somebody did with a film, not what it is like
    r"\b(?:dvds?|vhs|bd-r|clv|betamax|blu-?rays?|seen|watch(?:ed|list)?|own(?:ed)?|netflix|queue|library"
    r"|to see|ratings?|imdb top)\b"
)


class _Use(NamedTuple):
    """Somebody gave a film a tag."""

    user: str
    film: str
    tag: str


def present(folder: Path) -> list[Path]:
    """Return the files of tags there are in a folder of MovieLens, in a fixed order."""
    genome = [folder / name for name in ("genome-scores.csv", "genome-tags.csv")]
    used = [folder / name for name in ("tags.csv", "tags.dat")]
    whole = genome if all(path.exists() for path in genome) else []
    return [path for path in used if path.exists()] + whole


def add(builder: Builder, folder: Path) -> dict[str, object]:
    """Add the tags of a folder to the texts of films; return, for a manifest, how many films have some.

    Raises:
        DataError: a file that is cut off, in another encoding, or has a line of another form.
    """
    paths = {path.name: path for path in present(folder)}
    used = _most_used(
        chain.from_iterable(_uses(path) for name, path in paths.items() if "genome" not in name)
    )
    genome = _genome(paths["genome-scores.csv"], paths["genome-tags.csv"]) if len(paths) > 1 else {}
    tagged = 0
    for film in builder.items:
        named: dict[str, str] = {}
        for tag in chain.from_iterable(zip_longest(used.get(film, ()), genome.get(film, ()))):
            named.setdefault(_same(tag or ""), tag or "")
        if said := [tag for tag in named.values() if tag][:MOST]:
            builder.texts[film] = with_sentence(builder.texts.get(film, ""), said)
            tagged += 1
    return {"tags": {"films": tagged}} if paths else {}


def with_sentence(text: str, tags: list[str]) -> str:
    """Return a text with a sentence of tags, one at least, after it."""
    said = ", ".join(tags)
    sentence = f"{said[:1].upper()}{said[1:]}."
    if not text:
        return sentence
    ended = text if text.rstrip().endswith((".", "!", "?", "…", '"', "”")) else f"{text}…"
    return f"{ended.rstrip()} {sentence}"


@lru_cache(maxsize=1 << 16)
def _clean(tag: str) -> str:
    return " ".join(tag.split()).strip(" .,;:!?\"'")


def _same(tag: str) -> str:
    """Return what spellings of one tag have in common."""
    return _clean(tag).casefold()


@lru_cache(maxsize=1 << 16)
def _theme(tag: str) -> str:
    """Return a tag's theme, the same for all its spellings; nothing if it says nothing of a film."""
    said = _same(tag)
    is_one = 1 < len(said) <= _LONGEST and not _COPY.search(said) and any(map(str.isalnum, said))
    return said if is_one else ""


def _uses(path: Path) -> Iterator[_Use]:
    if path.suffix == ".dat":
        return _dat(path)
    return (_Use(*row) for _, row in csv_rows.rows(path, ("userId", "movieId", "tag")))


def _dat(path: Path) -> Iterator[_Use]:
    """Yield lines of user, film, tag and time, of which the tag may hold the separator."""
    for number, text in files.lines(path, complete=True):
        parts = text.split("::")
        if len(parts) < 4:
            problem = f"{len(parts)} fields, expected 4 separated by '::': {text[:80]!r}"
            raise DataError(problem, path=path, line=number, remedy=files.FETCH_AGAIN)
        yield _Use(parts[0], parts[1], "::".join(parts[2:-1]))


def _most_used(uses: Iterable[_Use]) -> Mapping[str, list[str]]:
    """Return every film's tags, the most used first, ties by the alphabet.

    What one person only used is taken where a film has fewer than `ENOUGH` others, up to as many.
    """
    films, tags, users = _Numbers(), _Numbers(), _Numbers()
    rows = array("q")
    spelled: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for use in uses:
        if tag := _theme(use.tag):
            spelled[tag][_clean(use.tag)] += 1
            rows.extend((films[use.film], tags[tag], users[use.user]))
    usual = {tag: min(said, key=lambda each: (-said[each], each)) for tag, said in spelled.items()}
    found: defaultdict[str, list[tuple[int, str]]] = defaultdict(list)
    named, called = list(films), list(tags)
    for film, at, people in _people(rows, len(tags), len(users)):
        found[named[film]].append((-people, called[at]))
    return {film: [usual[tag] for tag in _chosen(each)] for film, each in found.items()}


class _Numbers(dict[str, int]):
    """Numbers of keys, by the order in which they are first asked for."""

    def __missing__(self, key: str) -> int:
        self[key] = number = len(self)
        return number


def _people(rows: array[int], n_tags: int, n_users: int) -> Iterator[tuple[int, int, int]]:
    """Yield film, tag and how many people used it, of flat rows of film, tag and user by number."""
    film, tag, user = np.array(rows, dtype=np.int64).reshape(-1, 3).T
    once = np.unique((film * n_tags + tag) * n_users + user)
    pairs, people = np.unique(once // max(n_users, 1), return_counts=True)
    return zip(
        *(each.tolist() for each in (pairs // max(n_tags, 1), pairs % max(n_tags, 1), people)), strict=True
    )


def _chosen(tags: list[tuple[int, str]]) -> list[str]:
    tags = sorted(tags)
    shared = sum(count < -1 for count, _ in tags)
    return [tag for _, tag in tags[: max(shared, ENOUGH)][:MOST]]


def _genome(scores: Path, names: Path) -> Mapping[str, list[str]]:
    """Return every film's tags of a relevance of `RELEVANT` or more, the most relevant first."""
    named = {key: tag for _, (key, tag) in csv_rows.rows(names, ("tagId", "tag"))}
    found: defaultdict[str, list[tuple[float, str]]] = defaultdict(list)
    for number, (film, key, relevance) in csv_rows.rows(scores, ("movieId", "tagId", "relevance")):
        if key not in named:
            problem = f"tag {key[:20]!r} is not in {names.name}"
            raise DataError(problem, path=scores, line=number, remedy=files.FETCH_AGAIN)
        if (score := _relevance(relevance, scores, number)) >= RELEVANT and _theme(named[key]):
            found[film].append((-score, named[key]))
    return {film: [tag for _, tag in sorted(each)[:MOST]] for film, each in found.items()}


def _relevance(said: str, path: Path, line: int) -> float:
    try:
        score = float(said)
    except ValueError:
        score = -1.0
    if not 0 <= score <= 1:
        problem = f"a relevance of {said[:40]!r}, expected 0 to 1"
        raise DataError(problem, path=path, line=line, remedy=files.FETCH_AGAIN)
    return score
