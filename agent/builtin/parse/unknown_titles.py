"""Titles that are not here, of which a part is: 'SNOW WHITE AND THE Zorg', 'The SHADOW of the Zorg'."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from agent.builtin.lexicon.triggers import ITEM_NOUNS
from agent.builtin.parse.chunks import Chunk
from agent.builtin.parse.name_evidence import is_small_word
from kg.text import fold

_AND_THE = re.compile(r"(\b[A-Z][\w'’-]*) (?:and|&) the $")
_OF_THE = re.compile(r" of (?:the |a |an )?([A-Z][\w'’-]*)")
_GOES_ON = re.compile(r" (?:of|in|on|at|under|behind|before) (?:the |a |an )?([A-Z][\w'’-]*)")
_WEAK = frozenset(("surname", "spelling", "short"))


def with_and_the(text: str, names: Sequence[Chunk]) -> list[Chunk]:
    """Return names of which one that goes on with 'and the' to an unknown one is part of its title.

    'SNOW WHITE AND THE Huntsman', 'BEAUTY AND THE Geek'.
    """
    out: list[Chunk] = []
    for name in names:
        led = _AND_THE.search(text, 0, name.start) if name.kind == "entity" and not name.choices else None
        last = out[-1] if led is not None and out and out[-1].end == led.end(1) else None
        start = -1
        if last is not None and last.kind == "title" and last.choices[0].match != "full":
            start = out.pop().start
        elif last is None and led is not None and _may_begin(led.group(1)):
            start = led.start(1)
        out.append(name if start < 0 else replace(name, text=text[start : name.end], start=start))
    return out


def with_of_the(text: str, names: Sequence[Chunk]) -> list[Chunk]:
    """Return names of which a title of a word that goes on with 'of' to a capital is an unknown title.

    'The SHADOW of the Windmill'. What goes on may be like a company's name or a surname.
    """
    out: list[Chunk] = []
    for name in names:
        last = out[-1] if out else None
        if last is not None and not last.choices and name.start < last.end:
            continue
        led = _OF_THE.match(text, name.end) if name.kind == "title" and " " not in name.text else None
        if not name.choices and name.text.startswith("The ") and (led := _GOES_ON.match(text, name.end)):
            whole = text[name.start : led.end(1)]  # 'The WOMAN in BLACK'
            out.append(replace(name, text=whole, end=led.end(1)))
            continue
        over = [a for a in names if led is not None and led.start(1) <= a.start < led.end(1)]
        weak = all(not a.choices or a.choices[0].match in _WEAK for a in over)
        the = text[max(0, name.start - 4) : name.start] == "The "
        if led is None or not the or not weak or fold(led.group(1)) in ITEM_NOUNS:
            out.append(name)
            continue
        end = max([led.end(1), *(a.end for a in over)])
        start = name.start - len("The ")
        out.append(replace(name, kind="entity", text=text[start:end], start=start, end=end, choices=()))
    return out


def _may_begin(word: str) -> bool:
    """Tell whether a word with a capital that is no name by itself may begin a title."""
    return fold(word) not in ITEM_NOUNS and not is_small_word(word)
