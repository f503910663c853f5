"""A model's reply without what recommends nothing: marks of a dialogue, echoes of the request, a cut end."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from itertools import pairwise

from kg.text import name_key

_STARTS = re.compile(r"<\|(?:im_start|start_header_id)\|>\s*(\w+)(?:<\|end_header_id\|>)?", re.IGNORECASE)
_TOKEN = re.compile(r"<\|[^<>|\n]{1,40}\|>|</?s>|\[/?INST\]|<(?:start|end)_of_turn>")
_TURN = re.compile(r"^[ \t]*(user|human|assistant)[ \t]*:", re.IGNORECASE | re.MULTILINE)
_ENDS = re.compile(r"<br\s*/?>|</(?:movie|film|book|title|item|li|p|tr|answer)s?>", re.IGNORECASE)
_BOXED = re.compile(r"\\boxed\{([^{}]*)\}")
_SENTENCE = re.compile(r"(?<=[.!?])\s+")
_ASKED = re.compile(
    r"^\W*(?:the )?(?:users?['’]?s? )?(?:query|request|question|input|instructions?)\s*:", re.IGNORECASE
)
_MARK = re.compile(r"\s*(?:[-*+•]|\d{1,3}[.)])\s+")
_DATED_END = re.compile(r"[(\[]\d{4}[)\]]\W*$")
_INLINE = re.compile(r"(?<!\S)(\d{1,2})[.)]\s+(?=\S)")
_BULLETED = re.compile(r"\s*(?:[•◦▪●]|\*\s)")
_BULLETS = re.compile(r"\s+(?=[•◦▪●]\s*\S|\*\s+\S)")
_BOX = re.compile(r"^(\s*[-*+]\s+)\[[ xX]\]\s+")
_SIGN = re.compile("^\\s*(?:(?:->|=>|>>)\\s+|[\U0001f300-\U0001faff\u2600-\u27bf]\ufe0f?\\s*)")
_MANY = 3  # commas that make a line a list
_ECHO = 3  # words of a sentence that is told from a title

_ROMAN = {name: place for place, name in enumerate("I II III IV V VI VII VIII IX X XI XII".split(), 1)}
_STYLES: tuple[tuple[re.Pattern[str], Callable[[str], int]], ...] = (
    (re.compile(r"\s*\W{0,3}(\d{1,2})\W{0,2}\s*[:/–—-]\s+"), int),
    (re.compile(r"\s*\W{0,3}(?:no\.?|number|rank)\s*(\d{1,2})\s*[:.)–—-]\s*", re.IGNORECASE), int),
    (re.compile(r"\s*([IVX]{1,4})[.)]\s+"), lambda mark: _ROMAN.get(mark, 0)),
    (re.compile(r"\s*([A-Z])[.)]\s+"), lambda mark: ord(mark) - ord("A") + 1),
    (re.compile(r"\s*([①-⑳])\s*"), lambda mark: ord(mark) - ord("①") + 1),
    (re.compile(r"\s*(\d)\N{VARIATION SELECTOR-16}?\N{COMBINING ENCLOSING KEYCAP}\s*"), int),
)


def recommended(text: str, asked: str = "", *, cut: bool = False) -> str:
    """Return what of a reply may recommend something, a list on one line as lines.

    Args:
        text: the reply, without thoughts and fences.
        asked: the request and what else the model was told; its sentences are no titles.
        cut: whether the reply ended where its limit was; then the last title may be half of one.
    """
    plain = _BOXED.sub(r"\1", _ENDS.sub("\n", _own_turn(_TOKEN.sub("\n", _STARTS.sub(r"\n\1:", text)))))
    lines = [part for line in plain.splitlines() for part in _apart(line)]
    if cut and not plain.endswith("\n"):
        lines = _whole(lines)
    return "\n".join(_numbered(_unechoed(lines, asked)))


def _own_turn(text: str) -> str:
    """Return what the model says itself, where it plays the dialogue: its first turn."""
    turns = list(_TURN.finditer(text))
    if not turns:
        return text
    if text[: turns[0].start()].strip():
        return text[: turns[0].start()]
    for place, turn in enumerate(turns):
        if turn[1].lower() == "assistant":
            following = turns[place + 1].start() if place + 1 < len(turns) else len(text)
            return text[turn.end() : following]
    return ""


def _apart(line: str) -> list[str]:
    """Return the entries of a numbered or bulleted list that stands on one line."""
    marks = list(_INLINE.finditer(line))
    values = [int(mark[1]) for mark in marks]
    begins = bool(marks) and (values[0] == 1 or not line[: marks[0].start()].strip())
    if len(marks) > 1 and begins and values == list(range(values[0], values[0] + len(values))):
        places = [0, *(mark.start() for mark in marks), len(line)]
        return [line[start:end] for start, end in pairwise(places)]
    plain = _SIGN.sub("- ", _BOX.sub(r"\1", line))
    return _BULLETS.split(plain) if _BULLETED.match(plain) else [plain]


def _whole(lines: list[str]) -> list[str]:
    """Return the lines of a cut reply without its last title, unless the title's year stands behind it."""
    if not lines or _DATED_END.search(lines[-1]):
        return lines
    *before, last = lines
    commas = [mark.start() for mark in re.finditer("[,;]", last)]
    if commas and (len(commas) >= _MANY or not any(line.strip() for line in before)):
        return [*before, last[: commas[-1]]]
    return before


def _unechoed(lines: Iterable[str], asked: str) -> Iterator[str]:
    said = (sentence for line in asked.splitlines() for sentence in _SENTENCE.split(line))
    known = {name_key(sentence) for sentence in said if len(sentence.split()) >= _ECHO}
    for line in lines:
        mark = _MARK.match(line)
        sentences = _SENTENCE.split(line[mark.end() :] if mark else line)
        kept = [sentence for sentence in sentences if name_key(sentence) not in known]
        if _ASKED.match(line) or not kept:
            continue
        yield line if len(kept) == len(sentences) else " ".join(kept)


def _numbered(lines: Iterable[str]) -> list[str]:
    """Return lines that are numbered in any style, from one upwards, with plain numbers."""
    given = list(lines)
    for style, value in _STYLES:
        marks = {place: mark for place, line in enumerate(given) if (mark := style.match(line))}
        values = [value(mark[1]) for mark in marks.values()]
        if len(values) > 1 and values == list(range(1, len(values) + 1)):
            for number, (place, mark) in enumerate(marks.items(), 1):
                given[place] = f"{number}. {given[place][mark.end() :]}"
            break
    return given
