"""Normal forms of names and titles: what makes two spellings the same."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

ARTICLES = frozenset(
    (
        "the a an le la les l un une der die das ein eine el los las una il lo gli i den det en et o os as"
    ).split()
)
ENGLISH_ARTICLES = frozenset(("the", "a", "an"))
NUMBER_WORDS = {
    word: str(number)
    for number, word in enumerate(
        (
            "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen"
            " sixteen seventeen eighteen nineteen"
        ).split()
    )
} | {
    word: str(10 * tens)
    for tens, word in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split(), 2)
}
_SCALES = {"hundred": "00", "thousand": "000", "half": ""}
ORDINALS = dict(
    zip(
        (
            "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth"
        ).split(),
        "1st 2nd 3rd 4th 5th 6th 7th 8th 9th 10th 11th 12th 13th".split(),
        strict=True,
    )
)
ABBREVIATIONS = {"doctor": "dr", "mister": "mr", "versus": "vs", "saint": "st", "vol": "volume", "pt": "part"}
ROMAN = {
    "ii": "2",
    "iii": "3",
    "iv": "4",
    "vi": "6",
    "vii": "7",
    "viii": "8",
    "ix": "9",
    "xi": "11",
    "xii": "12",
}

_CANONICAL = NUMBER_WORDS | ORDINALS | ABBREVIATIONS | ROMAN

_WORD = re.compile(r"[^\W_]+(?:['’`´][^\W_]+)*['’]?|[&+]", re.UNICODE)
_LETTERS = str.maketrans(  # letters that Unicode does not take apart
    {"ß": "ss", "ø": "o", "Ø": "O", "æ": "ae", "Æ": "AE", "œ": "oe", "Œ": "OE", "ł": "l", "Ł": "L"}
    | {"đ": "d", "Đ": "D", "ð": "d", "Ð": "D", "þ": "th", "Þ": "Th", "ı": "i"}
)
_APOSTROPHES = str.maketrans("", "", "'’`´⁄")


class Token(NamedTuple):
    """A word of a text with its place: `text[start:end] == raw`; `norm` is its normal form (may be empty)."""

    raw: str
    norm: str
    start: int
    end: int


@lru_cache(maxsize=65536)
def fold(word: str) -> str:
    """Return `word` in lower case without accents and apostrophes; '&' and '+' read 'and'."""
    if word in "&+":
        return "and"
    if word.isascii():
        return word.lower().translate(_APOSTROPHES)
    decomposed = unicodedata.normalize("NFKD", word.translate(_LETTERS)).translate(_APOSTROPHES)
    return "".join(c for c in decomposed if not unicodedata.combining(c)).casefold()


@lru_cache(maxsize=65536)
def norm_word(word: str) -> str:
    """Return the normal form of one word: folded; numbers in words or Roman numerals become digits."""
    folded = fold(word)
    return _CANONICAL.get(folded, folded)


def tokens(text: str) -> list[Token]:
    """Split `text` into words with their places, in order. A possessive 's is a word of its own."""
    return list(_short_tokens(text) if len(text) <= _SHORT_TEXT else _long_tokens(text))


def folded_words(text: str) -> list[str]:
    """Return the words of `text`, folded, in order."""
    if len(text) > _SHORT_TEXT:
        return [fold(word.raw) for word in tokens(text)]
    return list(_short_folded(text))


_SHORT_TEXT = 64  # characters of a name or a piece of a request, split again and again
_LONG_TEXTS = 32  # a message and its parts, each looked at by several readers


@lru_cache(maxsize=16384)
def _short_tokens(text: str) -> tuple[Token, ...]:
    return tuple(_tokens(text))


@lru_cache(maxsize=16384)
def _short_folded(text: str) -> tuple[str, ...]:
    return tuple([fold(word.raw) for word in _short_tokens(text)])


@lru_cache(maxsize=_LONG_TEXTS)
def _long_tokens(text: str) -> tuple[Token, ...]:
    return tuple(_tokens(text))


def _tokens(text: str) -> list[Token]:
    found: list[Token] = []
    for match in _WORD.finditer(text):
        start = match.start()
        word, norm, possessive = _normed(match[0])
        end = start + len(word)
        found.append(Token(word, norm, start, end))
        if possessive:
            found.append(Token(possessive, "s", end, end + len(possessive)))
    return found


@lru_cache(maxsize=65536)
def _normed(raw: str) -> tuple[str, str, str]:
    """Return a word, its normal form, and its possessive 's."""
    word, *possessive = word_parts(raw)
    return word, norm_word(word), "".join(possessive)


@lru_cache(maxsize=65536)
def word_parts(raw: str) -> tuple[str, ...]:
    """Return a word, and its possessive 's as another."""
    if raw[-1] in "'’" and len(raw) > 1:  # a closing quote, or the possessive of a plural
        raw = raw[:-1]
    if len(raw) > 2 and raw[-2] in "'’`´" and raw[-1] in "sS":
        return raw[:-2], raw[-2:]
    return (raw,)


def words(text: str) -> list[str]:
    """Return the normal forms of the words of a name: 'Schindler's List' -> ['schindler', 's', 'list']."""
    return [token.norm for token in tokens(text)]


def key(parts: list[str] | tuple[str, ...]) -> str:
    """Join normal words to a lookup key: no spaces, so that split and glued words and initials agree.

    Numbers of several words become one: 'four hundred blows' and '400 blows' have one key.
    """
    return "".join(_counted(parts) if has_numbers(parts) else parts)


_TENS = frozenset(str(10 * tens) for tens in range(2, 10))
_OF_NUMBERS = _TENS | _SCALES.keys()


def has_numbers(parts: Sequence[str]) -> bool:
    """Tell whether words may make a number of several words: 'four hundred', 'twenty one'."""
    return not _OF_NUMBERS.isdisjoint(parts)


def _counted(parts: Sequence[str]) -> list[str]:
    out: list[str] = []
    for part in parts:
        last = out[-1] if out else ""
        if part == "half" and out[-2:] == ["and", "a"] and out[-3:-2] and out[-3].isdigit():
            out[-2:] = ["1", "2"]  # '8½' has the key of '8 1/2'
        elif part in _SCALES and part != "half" and last.isdigit():
            out[-1] += _SCALES[part]
        elif last in _TENS and len(part) == 1 and part.isdigit():
            out[-1] = last[0] + part
        else:
            out.append(part)
    return out


def name_key(name: str) -> str:
    """Return the lookup key of a whole name."""
    return key(words(name))


def strip_article(parts: list[str]) -> list[str]:
    """Drop a leading English article if something is left without it."""
    return parts[1:] if len(parts) > 1 and parts[0] in ENGLISH_ARTICLES else parts


_INVERTED = re.compile(
    r"^(?P<rest>.+), (?P<article>[A-Za-zÀ-ÿ]{1,3}')$|^(?P<rest2>.+), (?P<article2>[A-Za-zÀ-ÿ]{1,3})$"
)


def upright(title: str) -> str:
    """Put an inverted article back in front: 'Boat, The' -> 'The Boat', "Enfer, L'" -> "L'Enfer"."""
    match = _INVERTED.match(title.strip())
    if not match:
        return title.strip()
    rest = match["rest"] or match["rest2"]
    article = match["article"] or match["article2"]
    if fold(article) not in ARTICLES:
        return title.strip()
    return f"{article}{rest}" if article.endswith("'") else f"{article} {rest}"


class Titled(NamedTuple):
    """A catalogue's raw title taken apart."""

    title: str
    year: int | None
    aliases: tuple[str, ...]


_YEAR = re.compile(r"\s*\((?P<year>\d{4})\)\s*$")
_BRACKET = re.compile(r"\s*\((?P<inside>[^()]*)\)")
_AKA = re.compile(r"^(?:a\.?k\.?a\.?:?)\s+", re.IGNORECASE)


def split_title(raw: str) -> Titled:
    """Take 'Boat, The (Das Boot) (1981)' apart: title upright, year, other titles in order."""
    match = _YEAR.search(raw)
    year = int(match["year"]) if match else None
    rest = raw[: match.start()] if match else raw
    aliases: list[str] = []
    for bracket in _BRACKET.finditer(rest):
        inside = _AKA.sub("", bracket["inside"]).strip()
        aliases += [upright(part) for part in _alternatives(inside) if part]
    title = upright(_BRACKET.sub("", rest).strip()) or raw.strip()
    return Titled(title, year, tuple(dict.fromkeys(a for a in aliases if a != title)))


def _alternatives(inside: str) -> list[str]:
    """Split 'All I Wanna Do, The Hairy Bird' at commas, but keep an inverted article with its title."""
    if upright(inside) != inside:
        return [inside]
    parts = [part.strip() for part in inside.split(", ")]
    return [inside, *parts] if len(parts) > 1 else parts


_QUALIFIER = re.compile(r"\s*\([^()]*\)$")


def bare_label(label: str) -> str:
    """Drop a trailing bracketed qualifier: 'John Morris (composer)' -> 'John Morris'."""
    return _QUALIFIER.sub("", label).strip() or label


def initials_joined(parts: list[str]) -> list[str]:
    """Return the words without single letters inside: 'philip s hoffman' -> 'philip hoffman'."""
    return [part for index, part in enumerate(parts) if index in (0, len(parts) - 1) or len(part) > 1]
