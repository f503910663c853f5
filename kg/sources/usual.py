"""Usual headers of columns, and words for what they hold: `usual.txt`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from kg.types import Kind
from kg.units import Unit, unit_of, units

_FILE = Path(__file__).with_name("usual.txt")
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])|(?<=[0-9])(?=[A-Z][a-z])|(?<=[A-Z])(?=[A-Z][a-z])")
_IN_BRACKETS = re.compile(r"[(\[]\s*(?:in )?([^()\[\]]+?)\s*[)\]]")
_OUT_OF = re.compile(r"\s*(?:/\s*|\bout of )(?:5|10|20|100)\s*\)?$")  # 'Rating /5'
_EXPLAINED = re.compile(r"[(\[]\s*\d[^()\[\]]*[-–:=,/][^()\[\]]*\d[^()\[\]]*[)\]]")  # '(1 easy - 5 hard)'
_SUPPOSED = re.compile(r"(?<=\w)\s*[(\[](?!per\b|in\b)[^()\[\]]*\d ?[a-z]* [a-z]{3,}[)\]]$")  # '(10 m boat)'
_OR = re.compile(r"\s*[(\[]\s*or\b[^()\[\]]*[)\]]")  # 'Hours (or miles)'
_EITHER = re.compile(r"(?P<one>[A-Za-z][A-Za-z ]{3,}?)\s*/\s*(?P<other>[A-Za-z][A-Za-z ]{3,})")
_NOUGHT = re.compile(r"[,;]?\s*\b(?:0|zero)\s*(?:=|means|is|:)\s*(?P<meant>[a-z][a-z ]*)", re.IGNORECASE)
_PER = re.compile(r"\s*/\s*|\s+(?:per|a)\s+")
_YES_NO = re.compile(
    r"\s*(?:[(\[]\s*(?:y\s*/\s*n|yes\s*/\s*no)\s*[)\]]|\by/n\b)", re.IGNORECASE
)  # 'BSL (Y/N)'
_MONEY_FIRST = re.compile(r"^(?P<sign>[€$£])\s*(?:/|per\b|p\.?(?=[a-z]\b)|each\b)\s*", re.IGNORECASE)
_EACH = tuple(  # what short forms behind a price stand for: 'Price p.p.', 'Rent pcm (GBP)'
    (re.compile(rf"\s*\b{short}\.?(?=\s*[(\[]|$)", re.IGNORECASE), f" per {full}")
    for short, full in (
        (r"p\.?\s?p\.?p?\.?\s?n", "person per night"),
        (r"p\.?\s?p", "person"),
        (r"p\.?\s?a", "year"),
        (r"p\.?c?\.?m", "month"),
        (r"p[.\s/]?h", "hour"),
        (r"p\.?\s?n", "night"),
    )
)
_TOLD_FOR = frozenset("day week month year yr serving portion person head 100g night season".split())
_PRICED = frozenset("price prices cost costs fee fees rate tariff rent charge".split())
_SIGNS = frozenset("%€$£")
_TIMED = re.compile(r"time|duration|dauer|minut|play|film|cook|prep")
_TIMES = frozenset("time runtime duration length".split())
_LETTERS = {  # units of one letter that may end a header, after words for what they measure
    "m": "length height width depth elevation altitude ascent descent climb gain distance wingspan span drop"
    " diameter long high wide deep radius visibility reach",
    "g": "weight mass sugar sugars fat protein carbs fibre fiber salt dose weighs",
    "l": "volume capacity trunk boot tank reservoir bowl cargo jug",
    "h": "duration time runtime playtime life",
    "s": "duration time acceleration",
    "w": "power wattage",
    "c": "temp temperature water air",
    "f": "temp temperature water air",
}
_OF_COUNTS = frozenset("total overall per a of needed required content week day month year in all".split())
_COUNTED = frozenset("hours minutes days weeks months years pages".split())  # that may begin a header
_UNTIL = frozenset(("to", "until", "till", "from", "before"))  # 'days to maturity', 'minutes from the sea'
_WHOLE = frozenset(("pH",))  # words with a capital inside
_ENDS = frozenset("min max minimum maximum".split())  # of a range, before or behind what it is of
_OTHERWISE = frozenset(
    "in cv day month week year ps std won fr dollar ha acre acres".split()
)  # words that may end a header


@dataclass(frozen=True, slots=True, eq=False)
class Usual:
    """A relation that tables often have: kind and name, the headers it is known by, words, unit.

    A column whose median is above `most` is another one; 0: any will do.
    """

    kind: Kind
    name: str
    headers: tuple[str, ...]
    words: Mapping[str, tuple[str, ...]]
    unit: str = ""
    most: float = 0.0


def header_words(header: str) -> str:
    """Return a header as words without its unit: 'runtimeMinutes' -> 'runtime', 'Price (EUR)' -> 'price'."""
    return _taken_apart(header)[0]


def header_unit(header: str) -> str:
    """Return the symbol of the unit that a header names, or nothing: 'weight_in_lbs' -> 'lb'."""
    return _taken_apart(header)[1]


def zero_is_none(header: str) -> bool:
    """Tell whether a header says that 0 stands where there is none: 'Buggy hire (£, 0 = none)'."""
    said = _NOUGHT.search(header)
    return said is not None and said["meant"].casefold().split()[0] in ("none", "no", "not", "without")


@cache
def relations() -> tuple[Usual, ...]:
    """Return the usual relations, in the order of the file."""
    found = []
    for section, entries in _sections().items():
        kind, _, name = section.partition(" ")
        if name and kind in set(Kind):
            held = {key: said for key, said in entries.items() if key not in ("headers", "unit", "most")}
            unit, most = ((entries.get(key) or ("",))[0] for key in ("unit", "most"))
            found.append(Usual(Kind(kind), name, entries["headers"], held, unit, float(most or 0)))
    return tuple(found)


@cache
def headers(section: str) -> tuple[str, ...]:
    """Return the headers of a section that is no relation: title, year, text, id …; the likelier first."""
    return _sections()[section]["headers"]


@cache
def domains() -> Mapping[str, tuple[str, ...]]:
    """Return what a table's name says of its items: the word for one, then nouns, each once."""
    return {name: (said[0], *dict.fromkeys(said[1:])) for name, said in _sections()["domains"].items()}


@cache
def by_header() -> Mapping[str, tuple[Usual, ...]]:
    """Return the usual relations by each of their headers, without spaces."""
    found: dict[str, list[Usual]] = {}
    for usual in relations():
        for header in usual.headers:
            found.setdefault(squashed(header), []).append(usual)
    return {header: tuple(dict.fromkeys(entries)) for header, entries in found.items()}


@cache
def scales() -> tuple[tuple[str, ...], ...]:
    """Return the usual scales, each from low to high, in small letters."""
    return tuple(_lines("scale"))


@cache
def off_scale() -> frozenset[str]:
    """Return labels that stand beside a scale: not rated, unknown …."""
    return frozenset(label for labels in _lines("off scale") for label in labels)


def squashed(header: str) -> str:
    """Return words without what stands between them."""
    return re.sub(r"[\W_]+", "", header.casefold())


@cache
def _taken_apart(header: str) -> tuple[str, str]:
    """Return the words of a header and the symbol of its unit, either perhaps empty."""
    header = _one_of(_OR.sub("", _SUPPOSED.sub("", header)) or header)
    header = re.sub(r"[(\[]\s*[)\]]", "", _NOUGHT.sub("", header)) or header
    header = _EXPLAINED.sub(" ", _OUT_OF.sub("", header)) if _OUT_OF.sub("", header).strip() else header
    header = _in_full(_YES_NO.sub("", header) or header)
    named = [unit.name for said in _IN_BRACKETS.findall(header) if (unit := _meant(said, header))]
    bare = _IN_BRACKETS.sub(lambda m: " " if _meant(m[1], header) else f" {m[1]} ", header).strip()
    if not named and bare[-1:] in _SIGNS and (unit := unit_of(bare[-1])):
        named = [unit.name]
    words: list[str] = []
    for token in re.split(r"[\W_]+", bare):
        whole = len(token) > 1 and (unit_of(token) is not None or token in _WHOLE)  # mAh is one word
        words += ([token] if whole else _CAMEL.sub(" ", token).split()) if token else []
    words = [part for word in words for part in _short().get(word.casefold(), (word.casefold(),))]
    if not named and (said := _last_unit(words)) and not _is_priced(words, said):
        unit = units()["m"] if said == "m" else unit_of({"c": "°c", "f": "°f"}.get(said, said))
        known = squashed(" ".join(words)) in by_header()  # "city mpg" is a measure of its own
        words, named = words if known else words[: -len(said.split())] or words, [unit.name] if unit else []
    elif not named and words[:1] and words[0] in _COUNTED and _OF_COUNTS.issuperset(words[1:]):
        named = [unit.name] if (unit := unit_of(words[0])) else []  # "Hours (total)", "hours per week"
    elif not named and len(words) > 2 and words[0] in _COUNTED and words[1] in _UNTIL:
        named = [unit.name] if (unit := unit_of(words[0])) else []
    if named and len(words) > 1 and words[-1] == "in":
        words = words[:-1]
    words = words or re.sub(r"[\W_]+", " ", header).casefold().split()  # (min) is all there is
    if len(words) > 1 and words[-1] in _ENDS:
        words = [words[-1], *words[:-1]]  # 'players max'
    return " ".join(words), named[0] if named else ""


def _one_of(header: str) -> str:
    """Return the first of two names that a header gives: 'Maker' of 'Maker / retailer'."""
    either = _EITHER.fullmatch(header.strip())
    plain = either is not None and either["other"].casefold() not in _TOLD_FOR
    return either["one"] if either is not None and plain and unit_of(either["other"]) is None else header


def other_name(header: str) -> str:
    """Return the second of two names that a header gives: 'retailer' of 'Maker / retailer'."""
    either = _EITHER.fullmatch(header.strip())
    return either["other"].casefold() if either is not None and _one_of(header) != header else ""


def _in_full(header: str) -> str:
    """Return a header of a price with what it is for in full: '£ per hour', 'Price p.p.', 'Rent (pcm)'."""
    if money := _MONEY_FIRST.match(header):
        return f"price per {header[money.end() :]} ({money['sign']})"
    plain = re.sub(r"[(\[]\s*(p\.?[^()\[\]]{0,4}?)\s*[)\]]$", r"\1", header)
    if not _PRICED & set(re.findall(r"[a-z]+", plain.casefold())):
        return header
    return next((form.sub(full, plain) for form, full in _EACH if form.search(plain)), header)


def _is_priced(words: Sequence[str], said: str) -> bool:
    """Tell whether a unit at the end of a header is what a price is for: 'price_kg'."""
    unit = unit_of(said)
    return bool(_PRICED & set(words)) and unit is not None and not unit.dimension.startswith("money")


def _meant(said: str, header: str) -> Unit | None:
    """Return the unit in the brackets of a header: an m is a metre where nothing speaks of time."""
    timed = _TIMED.search(header.casefold()) is not None
    if said.strip().casefold() == "m" and not timed:
        return units()["m"]
    whole = unit_of(said)
    if whole is not None:
        return whole
    first, *further = _PER.split(said)
    counted = unit_of(first) if further else None
    apart = counted is not None and (counted.dimension.startswith("money") or further[-1] in _TOLD_FOR)
    return counted if apart else None


def _last_unit(words: list[str]) -> str:
    """Return the spelling of the unit at the end of a header; "min" may be short for minimum, too."""
    for size in (2, 1):
        said, before = " ".join(words[-size:]), words[:-size]
        if len(said) == 1 and set(before) & set(_LETTERS.get(said, "").split()):
            return said
        if len(said) == 1 or said in _OTHERWISE or unit_of(said) is None or before[-1:] == ["per"]:
            continue
        if said != "min" or (before and before[-1] in _TIMES):
            return said
    return ""


def _lines(section: str) -> Iterator[tuple[str, ...]]:
    inside = False
    for line in _FILE.read_text(encoding="utf-8").splitlines():
        if line.startswith("== "):
            inside = line[3:].strip() == section
        elif inside and line.startswith("labels:"):
            yield _listed(line.removeprefix("labels:"))


@cache
def translated() -> Mapping[str, tuple[str, ...]]:
    """Return what headers in other languages are called in English, the likeliest first."""
    return _sections()["translated"]


def in_full(word: str) -> str:
    """Return what a word of a header stands for that is written short: 'hours' of 'hrs'."""
    return " ".join(_short().get(word, (word,)))


@cache
def _short() -> dict[str, tuple[str, ...]]:
    return {word: tuple(said[0].split()) for word, said in _sections()["short"].items()}


@cache
def _sections() -> dict[str, dict[str, tuple[str, ...]]]:
    found: dict[str, dict[str, tuple[str, ...]]] = {}
    section: dict[str, tuple[str, ...]] = {}
    for line in _FILE.read_text(encoding="utf-8").splitlines():
        if line.startswith("== "):
            section = found.setdefault(line[3:].strip(), {})
        elif line and not line.startswith("#"):
            key, _, said = line.partition(":")
            section[key] = _listed(said)
    return found


def _listed(said: str) -> tuple[str, ...]:
    return tuple(each.strip() for each in said.split(",") if each.strip())
