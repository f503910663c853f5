"""What relations are called besides by their headers: by what is counted, told for a time, or done."""

from __future__ import annotations

import re

from kg.sources.profile import Column
from kg.sources.usual import header_words, in_full, squashed
from kg.stems import plural
from kg.units import dimension, unit_of

_IRREGULAR = {
    "taught": "teach",
    "sold": "sell",
    "spoken": "speak",
    "shown": "show",
    "grown": "grow",
    "held": "hold",
    "built": "build",
    "served": "serve",
    "provided": "provide",
    "practised": "practise",
}
_LONG = 5  # letters of what is done and of its ending
_EVERY = {
    "hour": "hourly",
    "day": "daily",
    "night": "nightly",
    "week": "weekly",
    "month": "monthly",
    "year": "yearly",
}
_PRICES = frozenset("price cost fee rate rent charge tariff".split())
_SIGNS = re.compile(r"[★⭐✭✪☆✩½]+|\*{1,5}")
_COUNTED = frozenset("hours minutes days weeks months years pages miles".split())
_ONLY_E = ("clud", "vid", "quir", "ceiv", "duc", "stor", "us", "tak", "mak", "giv")  # 'includes' of included


def every(header: str, unit: str) -> list[str]:
    """Return what is told for a time is called as well: 'daily price' of 'rent per day'."""
    base, _, told = header.partition(" per ")
    each, _, rest = told.partition(" ")
    priced = dimension(unit).startswith("money") or bool(_PRICES & set(header.split()))
    called = (base, "price", "cost") if priced else (base,)
    whole = [f"{base} per {each}"] if rest else []
    return whole + [f"{_EVERY[each]} {said}" for said in called if each in _EVERY]


def counted_as(column: Column) -> list[str]:
    """Return what the cells say that they count: 'nights' of '30 nights', 'stars' of '★★★'."""
    if column.all_match(_SIGNS.fullmatch):
        return ["stars"]
    noun = column.number_form.noun
    return (
        []
        if not noun or unit_of(plural(noun)) or noun in header_words(column.header).split()
        else [noun, plural(noun)]
    )


def doing(done: str) -> list[str]:
    """Return what items do with what a header says is done: 'teaches' of 'languages taught'."""
    stem = _IRREGULAR.get(done) or (
        done.removesuffix("ed") if done.endswith("ed") and len(done) > _LONG else ""
    )
    if not stem:
        return []
    stem = f"{stem}e" if stem.endswith(_ONLY_E) else stem
    base = stem.removesuffix("e")
    third = f"{stem}es" if stem.endswith(("ch", "sh", "s", "x")) else f"{stem}s"
    return [third, stem, f"{base}ing"]


def with_unit(column: Column, header: str) -> str:
    """Return a header with the unit it ends in, where that is a word: 'engine hours'."""
    said = " ".join(re.split(r"[\W_]+", column.header)).casefold()
    before, _, last = said.rpartition(" ")
    last = in_full(last)
    whole = before == header or (said != header and said.startswith(header))
    return f"{before} {last}" if before and whole and last in _COUNTED else ""


def as_written(column: Column) -> list[str]:
    """Return a header as one word where its capitals took it apart: 'esim' of eSIM."""
    plain = column.header.strip()
    apart = plain.isalnum() and " " in column.words and squashed(plain) == squashed(column.words)
    return [plain.casefold()] if apart else []
