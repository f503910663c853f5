"""Names in small letters: what stands where only a name can and is no phrase of everyday English."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tools.english import lead
from tools.parts import breaks, is_article, is_capital, numbers, stays_small, tells
from tools.places import (
    Place,
    Run,
    expects_title,
    is_led_to_person,
    is_led_to_title,
    is_listed,
    is_praised,
    is_released,
    said_before,
)
from tools.shape import Shape
from tools.spans import Span
from tools.theme_words import subject_words

_MAX_WORDS = 6
_NAME = 3  # words of a person's name
_ADDING = (
    ("and",),
    ("or",),
    ("what", "about"),
    ("how", "about"),
    ("and", "what", "about"),
    ("not",),
    ("but", "not"),
)


_BEGINNING = frozenset("the my our your".split())  # common words with which a title may begin
_DATING = frozenset("pre post circa ca mid early late".split())  # "pre 1950"
_VERDICTS = frozenset("sucks sucked rocks rocked".split())
_COUNTED = frozenset("number numbers item option choice".split())  # "number 3" counts in a list


def small_runs(shape: Shape, spans: Sequence[Span], linked: Sequence[Span]) -> Iterator[Run]:
    """Yield names in small letters that are none here: 'by betty smith', 'frozen 2 is my favourite'."""
    before = Run(0, 0)
    begun = {span.first: span for span in reversed(linked)}
    for i in range(len(shape.words)):
        run = _small_run(shape, i, before) if i >= before.end else None
        if run is not None and _is_small_name(shape, run, spans, linked):
            yield run
            before = run
        elif i in begun and (place := _linked_place(shape, begun[i])) is not None:
            before = place


def _linked_place(shape: Shape, span: Span) -> Run | None:
    """Return a linked title or person that was led to, so that one may be listed after it."""
    i = span.first
    if span.refs[0].is_item:
        return Run(i, span.end, "title") if is_led_to_title(shape, i) else None
    named = span.end - span.first > 1 and not span.is_surname
    return Run(i, span.end, "person") if named and is_led_to_person(said_before(shape, i)) else None


def _small_run(shape: Shape, i: int, before: Run) -> Run | None:
    """Return the words from `i` on that would be a name in small letters, if one can stand there."""
    if _begins_none(shape, i) or (end := _small_end(shape, i, person=False)) == i:
        return None  # where no title begins no person does
    place = _place(shape, i, end, before)
    if place == "person" and (end := _small_end(shape, i, person=True)) == i:
        return None
    whole = i == 0 and end == len(shape.words) and end > 1
    stands = whole or is_praised(shape, end) or shape.dated(end) or _is_changed(shape, i, end)
    if place == "" and not (shape.starts_sentence[i] and stands):
        return None
    return Run(i, end, place or "title")


def _is_changed(shape: Shape, i: int, end: int) -> bool:
    """Tell whether the part of a series that begins a text is then changed: 'zorg 3 BUT scarier'."""
    numbered = end - i > 1 and shape.words[end - 1].raw.isdigit() and tells(shape, i)
    return i == 0 and numbered and shape.after(end) in ("but", "only", "with", "without", "meets")


def _begins_none(shape: Shape, i: int) -> bool:
    """Tell whether a word is so common that only a number or a year after it makes a title of it."""
    last = i + 1 == len(shape.words)
    if not last and (shape.norms[i + 1].isdigit() or shape.words[i + 1].raw.isdigit()):
        common = shape.norms[i] in _DATING
    else:
        common = shape.common[i] and shape.norms[i] not in _BEGINNING
    # 'this film SUCKS'
    return common or (shape.folded(i) in _VERDICTS and i > 0 and shape.folded(i - 1) in lead("kind"))


def _place(shape: Shape, i: int, end: int, before: Run) -> Place:
    said = said_before(shape, i)
    pointed = said[-1:] in (["that"], ["this"])  # 'by that scriptwriter' names nobody
    if is_led_to_person(said, end - i if pointed else 2) or _is_added(shape, i, said):
        return "person"
    if is_led_to_title(shape, i) or (expects_title(shape, i) and not _is_ordinary(shape, i, said)):
        return "title"
    also = shape.after(end) in ("too", "either") and not shape.norms[end - 1][:1].isdigit()
    added = also and said[-1:] in (["and"], ["not"], ["no"])
    if added or _is_owned(shape, i, person=False) or (said[-1:] == ["did"] and is_released(shape, end)):
        return "title"
    listed = 0 < before.end < i and is_listed(shape, before, i)
    return before.place if listed else ""


def _is_ordinary(shape: Shape, i: int, said: Sequence[str]) -> bool:
    """Tell whether a word in small letters may just as well be none of a title: 'my film prof', 'to read'."""
    return is_article(shape, i) or said[-1] in lead("kind") | {"the"} or said[-2:-1] == ["to"]


def _is_added(shape: Shape, i: int, said: Sequence[str]) -> bool:
    """Tell whether a text only adds a name of two words or more: 'and greta gerwig?'."""
    opened = tuple(said) in _ADDING and len(said) == i
    return (
        opened
        and 1 < len(shape.words) - i <= _NAME
        and all(tells(shape, k) for k in range(i, len(shape.words)))
    )


def _small_end(shape: Shape, i: int, *, person: bool) -> int:
    """Return where a name in small letters that begins at `i` would end; `i` if it cannot begin there."""
    if shape.norms[i] in lead("hesitation"):
        return i
    end = i + 2 * _is_owned(shape, i, person=person)
    most = min(len(shape.words), i + _MAX_WORDS)
    while end < most and not (end > i and (breaks(shape, end) or shape.folded(end) in lead("praising"))):
        norm = shape.norms[end]
        stays = norm in ("of", "the") if end > i else norm == "the" and not person
        if shape.common[end] and not (stays or shape.dated(end + 1)):
            break
        end += 1
    ends = (k for k in range(max(i, end - 2) + 1, min(end + 2, len(shape.words))) if _ends_by(shape, k))
    number = None if person else next(ends, None)
    if number is not None:
        return number + 1
    while end > i and stays_small(shape, end - 1):
        end -= 1
    named = end - i == 2 and shape.norms[i] == "the" and shape.after(end) in lead("kind")
    return end + named  # 'the lego movie'


def _is_owned(shape: Shape, i: int, *, person: bool) -> bool:
    """Tell whether a title may begin with whose something is: 'not my uncle zorg'."""
    led = not person and shape.norms[i] in ("my", "our", "your") and shape.after(i + 1) != ""
    return led and said_before(shape, i)[-1:] in (["not"], ["except"], ["seen"], ["watched"], ["read"])


def _ends_by(shape: Shape, k: int) -> bool:
    return numbers(shape, k) and shape.folded(k - 1) not in lead("opening")


def _is_small_name(shape: Shape, run: Run, spans: Sequence[Span], linked: Sequence[Span]) -> bool:
    words = range(run.first, run.end)
    if shape.cased and any(is_capital(shape, i) for i in words if not shape.starts_sentence[i]):
        return False
    first = run.first + (is_article(shape, run.first) and run.end - run.first > 1)
    if any(s.first <= first and run.end <= s.end for s in spans):
        return False
    if run.place == "title" and shape.after(run.end) in lead("plural kind") | lead("kind"):
        return False
    if shape.dated(run.end):
        return True
    if len(words) == 1 and shape.folded(run.first) in subject_words():
        return False  # "I don't like SLASHERS"
    covered = {i for span in linked if not span.is_surname for i in range(span.first, span.end)}
    named = shape.folded(run.end - 1) in lead("kind") and len(words) > 2
    left = [i for i in words if i not in covered and not stays_small(shape, i)][: -1 if named else None]
    if is_released(shape, run.end) and not covered & set(words):
        return True
    if shape.words[run.end - 1].raw.isdigit():
        counted = shape.folded(run.end - 2) in _COUNTED
        return run.place == "title" and len(words) > 1 and not counted
    telling = [i for i in left if tells(shape, i) and len(shape.norms[i]) > 2 - (len(words) > 2)]
    if run.place == "person":
        led = shape.folded(run.first - 1)
        several = len(words) > 1 or not (
            led in ("with", "w") or shape.norms[run.first].endswith(("ing", "ed"))
        )
        return bool(telling) and several
    return (telling != [] and len(telling) == len(left)) or _is_watched(shape, run, telling)


def _is_watched(shape: Shape, run: Run, telling: Sequence[int]) -> bool:
    """Tell whether everyday words are a title: 'seen mad old zorg', 'watched mad old men two times'."""
    led = said_before(shape, run.first)[-1:]
    watched = bool(set(led) & (lead("finishing") | lead("seen") | lead("ruling out")))
    said = {shape.folded(k) for k in range(run.first, run.end)}
    plain = bool(said & (lead("amount") | lead("kind") | lead("plural kind")))
    again = shape.after(run.end) in ("twice", "again") or shape.after(run.end + 1) == "times"
    return watched and not plain and (telling == [run.end - 1] or again) and run.end - run.first > 2
