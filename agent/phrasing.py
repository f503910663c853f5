"""Facts in words: what every interface and the built-in model say alike."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from functools import lru_cache

PASSIVE = {
    "director": "directed by",
    "cinematographer": "photographed by",
    "composer": "scored by",
    "writer": "written by",
    "producer": "produced by",
    "editor": "edited by",
    "author": "written by",
    "publisher": "published by",
    "distributor": "distributed by",
}
_HIDDEN = frozenset(("Cc", "Cf", "Cs", "Co", "Zl", "Zp"))  # categories of what no reader sees
_MOST = 5  # words that were not used
_ABOUT = 200  # characters of a sentence
_SENTENCES = 4096  # of texts, which are those of a catalogue
_END = re.compile(r"(?<=[.!?…])[\"”’')\]]*\s+(?=[\"“‘'(\[]?[A-Z0-9À-Ý])")
_ABBREVIATED = re.compile(r"(?:\b(?:Mr|Mrs|Ms|Dr|St|Jr|Sr|Prof|Gen|Col|Lt|Sgt|Capt|vs|No)|\b[A-Z])\.$")


def listed(names: Sequence[str], last: str = "and") -> str:
    """Return names as a list in a sentence: 'A', 'A and B', 'A, B and C'."""
    return f" {last} ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)


def said(relation: str) -> str:
    """Return the name of a relation as a word."""
    return relation.replace("_", " ")


def printable(text: str) -> str:
    r"""Return a text with what no reader sees written out as \u202e: controls, turns, zero widths."""
    if text.isprintable():
        return text
    return "".join(_escaped(each) if unicodedata.category(each) in _HIDDEN else each for each in text)


def flat(text: str) -> str:
    """Return a text on one line, printable."""
    return printable(" ".join(text.split()))


def _escaped(character: str) -> str:
    code = ord(character)
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


@lru_cache(maxsize=_SENTENCES)
def first_sentence(text: str) -> str:
    """Return the first sentence of a text, cut between words where it is longer than 200 characters."""
    flat = " ".join(text.split())
    end = next((m.start() for m in _END.finditer(flat) if not _ABBREVIATED.search(flat[: m.start()])), None)
    first = flat if end is None else flat[: _closed(flat, end)]
    return first if len(first) <= _ABOUT else first[: _ABOUT - 1].rsplit(" ", 1)[0].rstrip(",;:") + "…"


def _closed(text: str, end: int) -> int:
    """Return where a sentence ends with the quotes and brackets that close it."""
    while end < len(text) and not text[end].isspace():
        end += 1
    return end


def unknown(names: Sequence[str]) -> str:
    """Return what is said of names that name nothing here."""
    return f"I can't find {listed([f'“{name}”' for name in names], 'or')} in this catalogue."


def only_known(titles: Sequence[str]) -> str:
    """Return what is said of titles that are known and can only be talked about."""
    verb = "is" if len(titles) == 1 else "are"
    return f"{listed(titles)} {verb} known here, but {verb} not in this catalogue."


def unused(words: Sequence[str]) -> str:
    """Return what is said of words that decided nothing: at most five of them."""
    quoted = [f"“{word}”" for word in words[:_MOST]]
    return f"I couldn't use: {', '.join(quoted)}{' and more' if len(words) > _MOST else ''}."


_FAILED = {
    "unanswered": "The language model gave no answer",
    "too long": "This is too long for the language model",
    "words": "The language model only talked",
    "unproved": "Nothing that the language model proposed is proved",
    "steps": "The language model came to no end",
    "repeats": "The language model went round in circles",
}


def fell_back(failed: Mapping[str, str]) -> str:
    """Return the clause that says that the built-in model answers, and why."""
    reason = f" ({failed['reason'].rstrip('.')})" if failed["reason"] else ""
    return f"{_FAILED[failed['why']]}{reason}; this is the built-in model's answer."


def corrected(titles: Sequence[str], relation: str, claimed: str, true: Sequence[str]) -> str:
    """Return a correction as a sentence."""
    named, right = listed(titles), listed(true)
    was = "was" if len(titles) == 1 else "were"
    if relation == "actor":
        return f"{named}: the cast is {right}; {claimed} is not in it."
    if relation in PASSIVE:
        return f"{named} {was} {PASSIVE[relation]} {right}, not {claimed}."
    return f"{named}: the {said(relation)} is {right}, not {claimed}."
