"""The planted cases of docs/metrics-elsewhere.md, and the libraries that are asked.

It needs nothing but Python: it is read in every library's own venv.
"""

from __future__ import annotations

import math
import sys
from collections.abc import Callable, Mapping
from typing import NamedTuple

K = 3
METRICS = ("nDCG@3", "MAP@3", "recall@3", "hit rate@3")


class Case(NamedTuple):
    """Scored lists by person, rows in the order given, and true items by person."""

    lists: Mapping[str, list[tuple[str, float]]]
    truth: Mapping[str, list[str]]


Call = Callable[[Case], float]
ABSENT = "–"  # what the library has no way to be told


class Library(NamedTuple):
    """How a library is called in the tables, and what to install of it."""

    title: str
    packages: tuple[str, ...] = ()
    alone: tuple[str, ...] = ()  # installed without what they require


def listed(items: str, truth: str, *, tied: bool = False) -> Case:
    """Return a case of one person: items best first, or all with one score."""
    rows = [(item, 1.0 if tied else 9.0 - place) for place, item in enumerate(items)]
    return Case({"q": rows}, {"q": list(truth)})


_ONE = [("a", 9.0)]
CASES = {
    "plain": listed("axb", "ab"),
    "late": listed("xyza", "a"),
    "one true": listed("xay", "a"),
    "many true": listed("abc", "abcdef"),
    "short": listed("a", "abc"),
    "twice": listed("aab", "ab"),
    "no list": Case({"p": _ONE}, {"p": ["a"], "q": ["b", "c"]}),
    "no truth": Case({"p": _ONE, "q": _ONE}, {"p": ["a"]}),
    "tie, first": listed("axyz", "a", tied=True),
    "tie, last": listed("zyxa", "a", tied=True),
    "tie, last id": listed("wxyz", "z", tied=True),
}


def number(item: str) -> int:
    """Return an item's or a person's number: its place in the alphabet."""
    return ord(item) - ord("a")


def rows(case: Case) -> list[tuple[str, str, float, int]]:
    """Return person, item, score, place of every listed item."""
    return [
        (one, item, score, place)
        for one, items in case.lists.items()
        for place, (item, score) in enumerate(items, 1)
    ]


def pairs(case: Case) -> list[tuple[str, str]]:
    """Return person and item of everything that is true."""
    return [(one, item) for one, items in case.truth.items() for item in items]


def no_repeats(case: Case) -> None:
    """Refuse a list that holds an item twice, where a mapping is all that the library takes."""
    for items in case.lists.values():
        if len({item for item, _ in items}) < len(items):
            raise Unsayable


class Unsayable(Exception):  # noqa: N818 - nothing went wrong
    """The library has no way to be told this case."""


def attempt(call: Call, case: Case) -> float | str:
    """Return what a call gives, or the name of what it raises."""
    try:
        value = call(case)
    except Unsayable:
        return ABSENT
    except Exception as error:
        sys.stderr.write(f"{type(error).__name__}: {error}\n")
        return type(error).__name__
    return value if math.isfinite(value) else str(value)


_FRAMES = ("numpy<2", "pandas<3", "scipy<1.16")
LIBRARIES = {
    "ranx": Library("ranx 0.3.21", ("ranx==0.3.21",)),
    "ir-measures": Library("ir-measures 0.4.3", ("ir-measures==0.4.3",)),
    "cornac": Library("Cornac 3.0.1", ("cornac==3.0.1",)),
    "implicit": Library("implicit 0.7.3", ("implicit==0.7.3",)),
    "recommenders": Library("recommenders 1.2.1", (*_FRAMES, "scikit-learn<1.8"), ("recommenders==1.2.1",)),
    "rectools": Library(
        "RecTools 0.19.0",
        (*_FRAMES, "attrs<24", "typeguard<5", "pydantic<3", "tqdm"),
        ("rectools==0.19.0",),
    ),
    "torch-rechub": Library("torch-rechub 0.9.0", ("scikit-learn",), ("torch-rechub==0.9.0",)),
    "replay": Library("RePlay 0.22.0", ("replay-rec==0.22.0",)),
    "lenskit": Library("LensKit 2025.8.1", ("lenskit==2025.8.1",)),
}
