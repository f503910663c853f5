"""What items are called by a label and the header of its column: 'unscented', 'strongly scented' of scent."""

from __future__ import annotations

from collections.abc import Iterator

from agent.builtin.lexicon.load import words
from kg.text import ORDINALS
from tools.english import is_everyday


def of_headers(label: str, header: str) -> Iterator[str]:
    """Yield what items are called by a label and its header: 'unscented', 'strongly scented' of scent."""
    had = f"{header}d" if header.endswith("e") else f"{header}ed"
    if not header.isalpha() or not is_everyday(had):
        return
    if label in words("comparators", "labels of nothing"):
        yield from (f"un{had}", f"non {had}", f"{header}less", f"{header} free", f"not {had}")
    else:
        yield from (f"{adverb} {had}" for adverb in (f"{label}ly", label))


def ordinals_of(label: str, header: str) -> tuple[str, ...]:
    """Return how a label that is an ordinal is said with its header: 'first floor', '1st floor' of 1st."""
    told = {label, *(word for word, short in ORDINALS.items() if label in (word, short))}
    told |= {short for word, short in ORDINALS.items() if label == word}
    known = label in ORDINALS or label in ORDINALS.values()
    return tuple(f"{each} {header.replace('_', ' ')}" for each in sorted(told)) if known else ()
