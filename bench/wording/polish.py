"""From parts to a text: names, articles, sentence case, punctuation, and the careless register."""

from __future__ import annotations

import re
from collections.abc import Sequence

_OPEN, _CLOSE = "\ue000", "\ue001"
_NAME = re.compile(f"{_OPEN}(\\d+){_CLOSE}(\\.?)")
_POSSESSIVE = re.compile(f"{_OPEN}(\\d+){_CLOSE}'s")
_DOUBLED = re.compile(r"\b(?!that )([a-z]+) \1\b", re.IGNORECASE)
_ARTICLE = re.compile(r"\b([Aa])~ (\W*)(\w+)")
_AN = re.compile(r"(?i:[aeio]|u(?!ni|se|su|k\b|til)|hon(est|our)|hour|heir)|8|11\b|18\b")
_NO_AN = re.compile(r"(?i:eu|one\b|once\b|uni)")
_START = re.compile(r"(^|[.!?][\"”]?\s+)([\"“'(]?)([a-z])")
_CARELESS = re.compile(
    r"\b(I'm|I've|I'd|don't|can't|what's|doesn't|there's|that's|it's|let's)\b", re.IGNORECASE
)


class Names:
    """Names in a text stand as marks until it is finished, so that no rule for words touches them."""

    def __init__(self) -> None:
        self.values: list[str] = []

    def mark(self, value: str) -> str:
        """Return a mark that stands for `value`."""
        self.values.append(" ".join(value.split()))
        return f"{_OPEN}{len(self.values) - 1}{_CLOSE}"

    def awkward(self, text: str) -> bool:
        """Tell whether a word is doubled, or a name that ends in a bracket or stop has a possessive."""
        doubled = _DOUBLED.search(" ".join(text.split()))
        return bool(doubled) or any(
            not self.values[int(m[1])][-1:].isalnum() for m in _POSSESSIVE.finditer(text)
        )


def finish(text: str, names: Names, *, careless: bool, lower_names: bool = False) -> str:
    """Return the finished text of a request.

    `careless` leaves out capitals, some apostrophes and the last full stop; with `lower_names` names too are
    written small. Names are otherwise kept letter by letter.
    """
    text = _tidy(text)
    if careless:
        text = _CARELESS.sub(lambda m: m[0].replace("'", ""), text).lower().rstrip(".")
    else:
        text = _START.sub(lambda m: m[1] + m[2] + m[3].upper(), text)
    return _articles(_put_in(text, names.values, lower=careless and lower_names))


def stop(text: str) -> str:
    """Return a sentence with a full stop if nothing ends it."""
    text = text.strip()
    return text if text.endswith((".", "!", "?")) else f"{text}."


def skeleton(text: str, labels: Sequence[str]) -> str:
    """Return a text with every label blanked, longest first: what two requests have in common."""
    for label in sorted(labels, key=len, reverse=True):
        text = re.sub(re.escape(label), "_", text, flags=re.IGNORECASE)
    return text


def _tidy(text: str) -> str:
    text = re.sub(r"\s+", " ", text).strip()
    text = re.sub(r"\s+([,.;:!?])", r"\1", text)
    text = re.sub(r",(\s*,)+", ",", text)
    text = re.sub(r",+([.;:!?)])", r"\1", text)
    text = re.sub(r"\bthat that\b", "which that", text)
    text = re.sub(r",+$", "", text)
    return re.sub(r"([.!?])\.(?!\.)", r"\1", text)


def _put_in(text: str, values: Sequence[str], *, lower: bool) -> str:
    def value(found: re.Match[str]) -> str:
        name = values[int(found[1])]
        shown = name.lower() if lower else name
        return shown if name[-1:] in ".!?" else shown + found[2]

    return _NAME.sub(value, text)


def _articles(text: str) -> str:
    def article(found: re.Match[str]) -> str:
        word = found[3]
        letter = len(word) > 1 and word.isupper() and word[0] in "FHLMNRSX"
        vowel = letter or (_AN.match(word) and not _NO_AN.match(word))
        return f"{found[1]}{'n' if vowel else ''} {found[2]}{word}"

    return _ARTICLE.sub(article, text)
