"""Names in small letters: what stands where only a name can and is no phrase of everyday English."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tools.english import lead
from tools.parts import breaks, is_article, is_capital, numbers, stays_small, tells
from tools.places import Run, is_led_to_title, is_praised, said_before
from tools.shape import Shape
from tools.spans import Span

_MAX_WORDS = 6


def small_runs(shape: Shape, spans: Sequence[Span], linked: Sequence[Span]) -> Iterator[Run]:
    """Yield names in small letters that are none here: 'by betty smith', 'frozen 2 is my favourite'."""
    reached = 0
    for i in range(len(shape.words)):
        run = _small_run(shape, i) if i >= reached else None
        if run is not None and _is_small_name(shape, run, spans, linked):
            yield run
            reached = run.end


def _small_run(shape: Shape, i: int) -> Run | None:
    """Return the words from `i` on that would be a name in small letters, if one can stand there."""
    said = said_before(shape, i)
    person = said[-1:] != [] and said[-1] in lead("person")
    if not (person or shape.starts_sentence[i] or is_led_to_title(shape, i)):
        return None
    end = _small_end(shape, i, person)
    if end == i or (shape.starts_sentence[i] and not is_praised(shape, end)):
        return None
    return Run(i, end, "person" if person else "title")


def _small_end(shape: Shape, i: int, person: bool) -> int:
    """Return where a name in small letters that begins at `i` would end; `i` if it cannot begin there."""
    end = i
    while end < min(len(shape.words), i + _MAX_WORDS) and not (end > i and breaks(shape, end)):
        inside = end > i and shape.norms[end] in ("of", "the")
        article = end == i and shape.norms[i] == "the" and not person
        if shape.is_common(shape.words[end]) and not inside and not article:
            break
        end += 1
    ends = (k for k in range(i + 1, min(end + 2, len(shape.words))) if k >= end - 1 and numbers(shape, k))
    number = None if person else next(ends, None)
    if number is not None:
        return number + 1
    while end > i and stays_small(shape, end - 1):
        end -= 1
    return end


def _is_small_name(shape: Shape, run: Run, spans: Sequence[Span], linked: Sequence[Span]) -> bool:
    words = range(run.first, run.end)
    if shape.cased and any(is_capital(shape, i) for i in words if not shape.starts_sentence[i]):
        return False
    first = run.first + (is_article(shape, run.first) and run.end - run.first > 1)
    if any(s.first <= first and run.end <= s.end for s in spans):
        return False
    after = (
        shape.folded(run.end) if run.end < len(shape.words) and not shape.parted(run.end - 1, run.end) else ""
    )
    if run.place == "title" and after in lead("plural kind") | lead("kind"):
        return False
    covered = {i for span in linked if span.match != "surname" for i in range(span.first, span.end)}
    left = [i for i in words if i not in covered and not stays_small(shape, i)]
    if shape.words[run.end - 1].raw.isdigit():
        return len(left) > 1 or left != [run.end - 1]
    telling = [i for i in left if tells(shape, i) and len(shape.norms[i]) > 2]
    if run.place == "person":
        led = shape.folded(run.first - 1)
        several = len(words) > 1 or not (led in ("with", "w") or shape.norms[run.first].endswith("ing"))
        return bool(telling) and several
    return telling != [] and len(telling) == len(left)
