"""The name index: every spelling under which an item or entity may be called, exact and near.

Keys are normal forms without spaces (`kg.text`), so split and glued words and the spacing of initials do not
matter. Exact look-up is a binary search over 64-bit hashes; near look-up counts shared trigrams and lets edit
distance decide. Both read arrays that lie on disk as they are used: a million names cost no more to open than
a thousand.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import IntEnum
from functools import cached_property, lru_cache
from hashlib import blake2b
from pathlib import Path
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from rapidfuzz.distance import OSA

from kg import text
from kg.catalogue import REBUILD, Catalogue
from kg.categories import HEAD_NOUNS, synonyms_of
from kg.errors import DataError
from kg.places import demonyms_of
from kg.types import Entity, Item, Kind

MAX_WORDS = 16
_BUCKETS = 1 << 18
_MIN_NEAR = 4  # shorter keys are too easily near to something
_SUBTITLE = (":", " - ", " – ")


class Form(IntEnum):
    """How a spelling relates to the name it stands for; the lower, the more it says."""

    FULL = 0
    ALIAS = 1
    INITIALS = 2
    SHORT = 3
    PREFIX = 4
    SURNAME = 5


class Ref(NamedTuple):
    """Something that a key names: `code` is an item's position, or -1 - an entity's position."""

    code: int
    form: Form

    @property
    def is_item(self) -> bool:
        """Whether the key names an item rather than an entity."""
        return self.code >= 0


class Near(NamedTuple):
    """A key near another one: `distance` counts letters added, dropped, changed or swapped with the next."""

    key: str
    distance: int


def item_forms(item: Item) -> Iterator[tuple[str, Form]]:
    """Yield the keys under which an item may be called."""
    for index, name in enumerate((item.title, *item.aliases)):
        parts = text.words(name)
        yield text.key(parts), Form.FULL if index == 0 else Form.ALIAS
        lean = text.strip_article(parts)
        yield text.key(lean), Form.ALIAS
        for mark in _SUBTITLE:
            head, _, tail = name.partition(mark)
            if tail and len(text.words(head)) >= 1:
                yield text.key(text.strip_article(text.words(head))), Form.SHORT
            if len(rest := text.words(tail)) >= 2:
                yield text.key(rest), Form.SHORT
                yield text.key(text.strip_article(rest)), Form.SHORT
        unnumbered = [word for word in parts if word not in ("part", "episode", "volume")]
        if len(unnumbered) < len(parts):
            yield text.key(unnumbered), Form.SHORT
        for length in (2, 3):
            if len(lean) >= length + 2:
                yield text.key(lean[:length]), Form.PREFIX


def entity_forms(entity: Entity, kinds: frozenset[Kind]) -> Iterator[tuple[str, Form]]:
    """Yield the keys under which an entity of these kinds may be called."""
    for index, name in enumerate((entity.label, *entity.aliases)):
        parts = text.words(name)
        yield text.key(parts), Form.FULL if index == 0 else Form.ALIAS
        if len(lean := text.strip_article(parts)) < len(parts):
            yield text.key(lean), Form.ALIAS
        if Kind.PERSON in kinds and len(parts) >= 2 and parts[0] not in text.ENGLISH_ARTICLES:
            yield from _person_forms(parts)
        if len(parts) > 1 and parts[-1] == "language":
            yield text.key(parts[:-1]), Form.ALIAS
        if Kind.CATEGORY in kinds:
            yield from _category_forms(parts)
        if Kind.PLACE in kinds:
            yield from ((text.name_key(said), Form.ALIAS) for said in demonyms_of(text.key(parts)))
        if Kind.ORGANISATION in kinds and len(lean) >= 2 and lean[-1] in _COMPANY:
            yield text.key(lean[:-1]), Form.SHORT
        if Kind.SERIES in kinds and len(lean) >= 2 and lean[-1] in _SEQUENCE:
            yield text.key(lean[:-1]), Form.SHORT


def _category_forms(parts: list[str]) -> Iterator[tuple[str, Form]]:
    """Yield how a category is said: plural, synonyms, no head noun ('horror' for 'Horror fiction')."""
    for words, form in ((parts, Form.ALIAS), (_without_head(parts), Form.SHORT)):
        if words:
            yield from ((text.key(said), form) for said in _numbers(words))
            for synonym in synonyms_of(text.key(words)):
                yield from ((text.key(each), form) for each in _numbers(text.words(synonym)))
    bare = _without_head(parts)
    for said in (parts, bare, *map(text.words, synonyms_of(text.key(parts)))):
        yield from ((text.key([*said, noun]), Form.ALIAS) for noun in sorted(HEAD_NOUNS - set(said)) if said)


def _without_head(parts: list[str]) -> list[str]:
    return parts[:-1] if len(parts) > 1 and parts[-1] in HEAD_NOUNS else []


def _numbers(parts: list[str]) -> list[list[str]]:
    """Return the words as they are and with the last one in the other number."""
    *front, last = parts
    return [parts, [*front, other] if (other := _other_number(last)) else parts]


def _other_number(word: str) -> str:
    if word.endswith("ies"):
        return word[:-3] + "y"
    if word.endswith("s") and not word.endswith("ss"):
        return word[:-1]
    if word.endswith("y") and word[-2:-1] not in "aeiou":
        return word[:-1] + "ies"
    return word + ("es" if word.endswith(("s", "x", "ch", "sh")) else "s")


_COMPANY = frozenset(
    "press books publishing publishers publications pictures films film company co inc ltd group house "
    "corporation entertainment studios and sons verlag editions".split()
)
_SEQUENCE = frozenset("series trilogy saga cycle chronicles novels books quartet sequence quintet".split())
_SUFFIXES = frozenset(("jr", "sr", "2", "3", "4"))
_PARTICLES = frozenset("de di da du del della la le van von der den ten ter st el al bin ben mc".split())


def _person_forms(parts: list[str]) -> Iterator[tuple[str, Form]]:
    named = parts[:-1] if parts[-1] in _SUFFIXES and len(parts) > 2 else parts
    if named is not parts:
        yield text.key(named), Form.INITIALS
    first, *middle, last = named
    start = len(named) - 1
    while start > 1 and named[start - 1] in _PARTICLES:
        start -= 1
    surname = text.key(named[start:])
    if len(named) == 3 and len(named[1]) > 2:
        yield text.key(named[1:]), Form.SURNAME  # 'García Márquez'
        yield text.key((*named[1:], first)), Form.INITIALS  # 'Kar-wai Wong' for 'Wong Kar-wai'
    if middle and start > 1:
        yield text.key((first, surname)), Form.INITIALS
        if any(len(word) == 1 for word in middle):
            yield text.key(text.initials_joined(named)), Form.INITIALS
        yield text.key([word[0] for word in named[:start]]) + surname, Form.INITIALS
    if len(surname) > 2:
        yield surname, Form.SURNAME
        if start != len(named) - 1 and len(last) > 2:
            yield last, Form.SURNAME


@dataclass(frozen=True)
class NameIndex:
    """Keys in the order of their hashes, and what each of them names.

    `refs[starts[i]:starts[i + 1]]` are what key i names, in order of form. `hashes` (n,) uint64 ascending;
    `starts` (n + 1,) int64; `refs` and `forms` (m,) int32 and uint8; `postings` and `offsets` list, for each
    trigram bucket, the keys that have a trigram in it.
    """

    hashes: npt.NDArray[np.uint64]
    starts: npt.NDArray[np.int64]
    refs: npt.NDArray[np.int32]
    forms: npt.NDArray[np.uint8]
    offsets: npt.NDArray[np.int64]
    postings: npt.NDArray[np.int32]
    key_file: Path

    def lookup(self, keys: Sequence[str]) -> list[tuple[Ref, ...]]:
        """Return what every key names: whole names before shortened ones, ties in catalogue order."""
        if not keys or not len(self.hashes):
            return [()] * len(keys)
        wanted = np.fromiter(map(_hash, keys), dtype=np.uint64, count=len(keys))
        at = np.searchsorted(self.hashes, wanted)
        at[at == len(self.hashes)] = 0
        hit = self.hashes[at] == wanted
        return [self._refs(int(i)) if found else () for i, found in zip(at, hit, strict=True)]

    def near(self, key: str, max_distance: int, limit: int = 8) -> list[Near]:
        """Return the keys within `max_distance` edits of `key`, nearest first, ties in alphabetical order."""
        if len(key) < _MIN_NEAR:
            return []
        shared = [
            self.postings[self.offsets[b] : self.offsets[b + 1]] for b in np.unique(_buckets(key.encode()))
        ]
        positions, counts = np.unique(np.concatenate(shared), return_counts=True)
        # An edit touches at most three trigrams, a swap four (of bytes: more where a letter has several);
        # keys that share fewer cannot be within reach.
        touched = 2 * max(len(letter.encode()) for letter in key) + 2
        enough = counts >= max(1, len(shared) - touched * max_distance)
        positions, counts = positions[enough], counts[enough]
        best = positions[np.lexsort((positions, -counts))[:200]]
        found = (
            Near(self._keys[i], OSA.distance(key, self._keys[i], score_cutoff=max_distance)) for i in best
        )
        within = sorted(
            (near for near in found if near.distance <= max_distance), key=lambda n: (n.distance, n.key)
        )
        return within[:limit]

    def _refs(self, index: int) -> tuple[Ref, ...]:
        span = slice(self.starts[index], self.starts[index + 1])
        return tuple(
            Ref(int(c), Form(int(f))) for c, f in zip(self.refs[span], self.forms[span], strict=True)
        )

    @cached_property
    def _keys(self) -> list[str]:
        return self.key_file.read_text(encoding="utf-8").split("\n")


def write(catalogue: Catalogue, folder: Path) -> None:
    """Build the name index of a catalogue and write it into `folder` (`names-*`)."""
    forms: dict[str, dict[int, int]] = {}
    for key, code, form in _all_forms(catalogue):
        if key:
            named = forms.setdefault(key, {})
            named[code] = min(form, named.get(code, form))
    keys = sorted(forms, key=_hash)
    np.save(folder / "names-hashes.npy", np.fromiter(map(_hash, keys), dtype=np.uint64, count=len(keys)))
    rows = [sorted(forms[key].items(), key=lambda pair: (pair[1], abs(pair[0]), pair[0])) for key in keys]
    starts = np.zeros(len(keys) + 1, dtype=np.int64)
    np.cumsum([len(row) for row in rows], out=starts[1:])
    np.save(folder / "names-starts.npy", starts)
    np.save(folder / "names-refs.npy", np.asarray([code for row in rows for code, _ in row], dtype=np.int32))
    np.save(folder / "names-forms.npy", np.asarray([form for row in rows for _, form in row], dtype=np.uint8))
    offsets, postings = _trigrams(keys)
    np.save(folder / "names-offsets.npy", offsets)
    np.save(folder / "names-postings.npy", postings)
    (folder / "names-keys.txt").write_text("\n".join(keys), encoding="utf-8")


def load(folder: Path) -> NameIndex:
    """Open the name index in `folder`; arrays are mapped, not read.

    Raises:
        DataError: the index is not there or damaged.
    """
    parts = ("hashes", "starts", "refs", "forms", "offsets", "postings")
    try:
        arrays = [np.load(folder / f"names-{part}.npy", mmap_mode="r", allow_pickle=False) for part in parts]
    except (OSError, EOFError, ValueError) as error:
        raise DataError(f"the name index is damaged ({error})", path=folder, remedy=REBUILD) from error
    hashes, starts, refs, forms, offsets, postings = arrays
    return NameIndex(hashes, starts, refs, forms, offsets, postings, folder / "names-keys.txt")


def _all_forms(catalogue: Catalogue) -> Iterator[tuple[str, int, Form]]:
    for position, item in enumerate(catalogue.items):
        for key, form in item_forms(item):
            yield key, position, form
    kinds = _kinds(catalogue)
    for position, entity in enumerate(catalogue.entities):
        if kinds[position] != {
            Kind.WORK
        }:  # a work that is no item of the catalogue is not something to ask for
            for key, form in entity_forms(entity, kinds[position]):
                yield key, -1 - position, form


def _kinds(catalogue: Catalogue) -> list[frozenset[Kind]]:
    found: list[set[Kind]] = [set() for _ in catalogue.entities]
    for relation, entity in np.unique(catalogue.edges[:, 1:], axis=0):
        found[entity].add(catalogue.relations[relation].kind)
    return [frozenset(each) for each in found]


@lru_cache(maxsize=65536)
def _hash(key: str) -> int:
    return int.from_bytes(blake2b(key.encode(), digest_size=8).digest(), "little")


def _buckets(key: bytes) -> npt.NDArray[np.int64]:
    """Return the bucket of every trigram of a key, its ends marked."""
    return _bucket_array(np.frombuffer(b"\x01" + key + b"\x01", dtype=np.uint8))


def _bucket_array(data: npt.NDArray[np.uint8]) -> npt.NDArray[np.int64]:
    wide = data.astype(np.uint64)
    mixed = (wide[:-2] << np.uint64(16) | wide[1:-1] << np.uint64(8) | wide[2:]) * np.uint64(
        0x9E3779B97F4A7C15
    )
    return (mixed >> np.uint64(46)).astype(np.int64)


def _trigrams(keys: Iterable[str]) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int32]]:
    """Return `(offsets, postings)` of the keys that are long enough for near look-up, all at once."""
    encoded = [key.encode() if len(key) >= _MIN_NEAR else b"" for key in keys]
    data = np.frombuffer(b"\x01" + b"\x01".join(encoded) + b"\x01", dtype=np.uint8)
    owner = np.repeat(np.arange(len(encoded), dtype=np.int32), [len(each) + 1 for each in encoded])
    if len(data) < 3:
        return np.zeros(_BUCKETS + 1, dtype=np.int64), np.zeros(0, dtype=np.int32)
    buckets = _bucket_array(data)
    inside = data[1:-1] != 1  # a trigram belongs to the key its middle letter is in
    pairs = np.unique(np.stack((buckets[inside], owner[: len(buckets)][inside]), axis=1), axis=0)
    counts = np.bincount(pairs[:, 0], minlength=_BUCKETS)
    offsets = np.zeros(_BUCKETS + 1, dtype=np.int64)
    np.cumsum(counts, out=offsets[1:])
    return offsets, pairs[:, 1].astype(np.int32)
