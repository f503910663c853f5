"""The form of words that a language model wrote: plain and short, no links, markup or hidden characters."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from agent.phrasing import printable

MOST = 600  # characters of a note or a question
_LONGEST_WORD = 40
_MARKS = 2  # accents on one letter
_SCRIPTS = ("LATIN", "CYRILLIC", "GREEK")
_LINK = re.compile(
    r"://|(?:^|\s)[/#]\w|\bwww\.|\bhxxp|\bjavascript:|\bdata:|\bmailto:|@"
    r"|[\[({]\s*(?:\.|dot|at)\s*[\])}]|\w\s+(?:dot|at)\s+(?:com|org|net|info|io)\b"
    r"|\w\s*\.\s*(?:com|net|org|io|xyz)\b"
    r"|[^\W_]\.(?:[a-z]{2,}\b|[a-z]{2}/)|[a-z]/[\w-]*\d|\d+(?:\.\d+){3}",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r"(?<=[a-z])\.(?=[A-Z][a-z]*\b(?:\s|[,;]))")  # no space after a full stop
_MARKUP = re.compile(
    r"[<>`{}|\\~^★☆⭐✩✪]|\w_\w|&#?\w+;|\]\s*\(|!\[|^\s*(?:#|-{3}|={3})|\n\s*\d+[.)]\s", re.MULTILINE
)
_EMPHASIS = re.compile(r"(?<!\w)[*_]+|[*_]+(?!\w)")


def wrong_form(text: str) -> str | None:
    """Return what is wrong with the form of words, as the end of a sentence; None if nothing is."""
    if len(text) > MOST:
        return f"is {len(text):,} characters long"
    plain = unicodedata.normalize("NFKC", text).replace("。", ".")
    if printable(flat := text.replace("\n", " ")) != flat:
        return "has characters that no reader sees"
    if _is_piled(text) or any(len(word) > _LONGEST_WORD for word in text.split()):
        return "has words that nobody writes"
    if any(_is_mixed(word) for word in re.findall(r"[^\W\d_]+", text)):
        return "mixes the letters of several scripts in a word"
    if _LINK.search(_SENTENCE.sub(". ", plain)):
        return "has a link or an address"
    return "has markup" if _MARKUP.search(plain) else None


def without_emphasis(text: str) -> str:
    """Return words without the stars and strokes that set some of them off."""
    return _EMPHASIS.sub("", text)


def unquoted(problem: str) -> str:
    """Return a problem without what it quotes, where that is no text to show."""
    quoted = re.search(r"(['\"“]).*['\"”]", problem, re.DOTALL)
    inside = quoted[0][1:-1] if quoted else ""
    return problem.replace(quoted[0], "“…”", 1) if quoted and wrong_form(inside) else problem


def _is_piled(text: str) -> bool:
    run = 0
    for sign in unicodedata.normalize("NFD", text):
        run = run + 1 if unicodedata.category(sign) in ("Mn", "Me") else 0
        if run > _MARKS:
            return True
    return False


def _is_mixed(word: str) -> bool:
    """Tell whether letters of scripts that look alike stand in one word."""
    return len({script for letter in word for script in _scripts(letter)}) > 1


def _scripts(letter: str) -> Iterator[str]:
    name = "" if letter.isascii() else unicodedata.name(letter, "")
    yield from ("LATIN",) if letter.isascii() else (each for each in _SCRIPTS if name.startswith(each))
