"""Items asked for by number, one kind after another: 'TWO comedies and A thriller'."""

from __future__ import annotations

import re
from collections.abc import Sequence

from agent.builtin.lexicon.load import words
from agent.builtin.lexicon.triggers import ITEM_NOUNS
from agent.builtin.parse.chunks import Chunk
from agent.builtin.parse.dates import dates
from kg.text import NUMBER_WORDS

_ONE = frozenset(("a", "an", "another"))
_MOST = 20
_ONE_EACH = re.compile(r"\bone (?:of |from |by )?each\b", re.IGNORECASE)
_JOINING = frozenset("and plus then also".split())
_NO_COUNT = frozenset("of or more day time thing things condition note point question request".split())


def counted(chunks: Sequence[Chunk]) -> list[tuple[int, int]]:
    """Return where phrases begin that each ask for a number of items, with these numbers; [] if not all do.

    At least one says a number; 'a comedy and a thriller' is a list of kinds.
    """
    places = [i for i in range(len(chunks)) if _count(chunks, i)]
    joined = [i for i in places if _is_joined(chunks, i)]
    if not joined or all(chunks[i].text in _ONE for i in places):
        return []
    before = (i for i in reversed(places) if i < joined[0] and _bounds(chunks[i : joined[0]]))
    opens = [*(i for i in [next(before, None)] if i is not None), *joined]
    ends = [*opens[1:], len(chunks)]
    each = all(_bounds(chunks[start:end]) for start, end in zip(opens, ends, strict=True))
    numbered = any(chunks[i].text not in _ONE for i in opens)
    several = each and numbered and len(opens) > 1 and not _bounds(chunks[: opens[0]])
    return [(i, _count(chunks, i)) for i in opens] if several else []


def is_one_each(text: str) -> bool:
    """Tell whether one item of each thing is asked for: 'a western and a musical, ONE OF EACH'."""
    return _ONE_EACH.search(text) is not None


def _count(chunks: Sequence[Chunk], i: int) -> int:
    """Return how many items a phrase that begins at a place is for; 0 if it says no number."""
    after = chunks[i + 1] if i + 1 < len(chunks) else None
    if chunks[i].kind != "word" or after is None or after.kind == "mark" or after.text in _NO_COUNT:
        return 0
    if chunks[i].text in _ONE:
        return 1
    said = NUMBER_WORDS.get(chunks[i].text, chunks[i].text)
    count = int(said) if said.isdecimal() else 0
    return count if count <= _MOST and _leads(chunks, i + 1) else 0


def _leads(chunks: Sequence[Chunk], i: int) -> bool:
    """Tell whether a number stands before a kind, a name or what items have: not 'two HOURS'."""
    here = chunks[i]
    return here.kind in ("category", "entity") or here.text in ITEM_NOUNS | words("parts", "conditions")


def _is_joined(chunks: Sequence[Chunk], i: int) -> bool:
    """Tell whether a phrase is joined to the one before it."""
    before = chunks[i - 1] if i else None
    return before is not None and (before.kind == "mark" or before.text in _JOINING)


def _bounds(run: Sequence[Chunk]) -> bool:
    """Tell whether words say what is wanted: a kind, a name, a time."""
    return any(chunk.kind in ("category", "entity") and chunk.choices for chunk in run) or any(dates(run))
