"""Runs of words that look like one name, and which of them name nothing here.

A run that is no name in full is one unknown name: no piece of it counts. What looks like a name is written in
capitals, or stands in small letters where only a name can, and is no phrase of everyday English.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tools.english import is_everyday, lead
from tools.parts import breaks, is_article, is_capital, numbers, residue, stays_small, tells
from tools.places import Run, is_led_to_title, is_listed, place_of
from tools.shape import CALENDAR, Shape
from tools.small_names import small_runs
from tools.spans import Span


def unknown_runs(shape: Shape, spans: Sequence[Span]) -> list[Run]:
    """Return the runs that look like a name and are none of `spans`, in the order of the text."""
    linked = [span for span in spans if span.score >= 0.5 or (span.match == "spelling" and span.score >= 0.4)]
    placed: list[Run] = []
    for run in _capital_parts(shape, linked):
        before = placed[-1] if placed else None
        placed.append(Run(run.first, run.end, place_of(shape, run, before)))
    placed = _listed_before(shape, placed)
    found = [_dated(shape, run) for run in placed if _is_unknown(shape, run, spans, linked)]
    taken = {i for run in found for i in range(run.first, run.end)}
    found += [
        _dated(shape, run)
        for run in small_runs(shape, spans, linked)
        if not taken & set(range(run.first, run.end))
    ]
    again = [run for run in _again(shape, found) if not _is_within(run, linked)]
    return _apart(sorted([*found, *again], key=lambda run: run.first))


def _listed_before(shape: Shape, runs: list[Run]) -> list[Run]:
    """Return runs, those that a title is listed after as titles too: 'ZORG and The Zoot were great'."""
    for i in range(len(runs) - 1, 0, -1):
        one, other = runs[i - 1], runs[i]
        if one.place == "" and other.place == "title" and is_listed(shape, one, other.first):
            runs[i - 1] = Run(one.first, one.end, "title")
    return runs


def _apart(runs: Sequence[Run]) -> list[Run]:
    """Return the runs of which none shares a word with one before it."""
    kept: list[Run] = []
    for run in runs:
        if not kept or run.first >= kept[-1].end:
            kept.append(run)
    return kept


def _is_within(run: Run, linked: Sequence[Span]) -> bool:
    """Tell whether a run is a piece of a linked name: 'Alan Banks' of the series 'Inspector Alan Banks'."""
    return any(span.first <= run.first and run.end <= span.end for span in linked)


def _again(shape: Shape, found: Sequence[Run]) -> Iterator[Run]:
    """Yield where the words of a run stand once more: 'not zorg … everyone says zorg'."""
    taken = {i for run in found for i in range(run.first, run.end)}
    for said, run in {tuple(shape.norms[run.first : run.end]): run for run in found}.items():
        for i in range(len(shape.norms) - len(said) + 1):
            if shape.norms[i] == said[0] and tuple(shape.norms[i : i + len(said)]) == said and i not in taken:
                yield Run(i, i + len(said), run.place)


def _dated(shape: Shape, run: Run) -> Run:
    """Return a run with the year in brackets that follows it."""
    return Run(run.first, run.end + 1, run.place) if shape.dated(run.end) else run


def _capital_parts(shape: Shape, linked: Sequence[Span]) -> Iterator[Run]:
    for first, end in _capital_runs(shape):
        start = first
        for i in range(first + 1, end - 1):
            if i > start and _divides(shape, i, start, linked):
                yield Run(start, i)
                start = i + 1
            elif i == start and stays_small(shape, i) and not shape.words[i].raw[0].isupper():
                start = i + 1
        yield Run(start, end)


def _divides(shape: Shape, i: int, start: int, linked: Sequence[Span]) -> bool:
    """Tell whether a small word or a possessive parts two names: "Tom Hanks in Big", "Spielberg's Jaws"."""
    if shape.words[i].raw[0].isupper() or any(s.first <= i < s.end for s in linked):
        return False
    if shape.norms[i] == "of" and shape.starts_sentence[start] and i == start + 1:
        capital = i + 2 if shape.words[i + 1].raw == "the" else i + 1
        if not shape.words[capital].raw[0].isupper():
            return False
        return any(i < s.first <= capital and s.end > capital + 1 for s in linked)
    owned = shape.words[i].norm == "s"
    loose = shape.words[i].norm in lead("between")
    if loose and (shape.norms[i - 1] in CALENDAR or shape.norms[i + 1] in CALENDAR):
        return True
    if shape.norms[i] == "on" and shape.folded(i + 1) in lead("proper"):
        return True  # "Zorg on Netflix"
    if loose and _goes_on_titled(shape, i, start, linked):
        return False
    if loose and not (is_led_to_title(shape, start) or shape.starts_sentence[start]):
        return True
    if loose and shape.norms[i] == "for" and _is_long(shape, i + 1, linked):
        return False
    if loose and any(span.first == i + 1 and span.end - span.first > 1 for span in linked):
        return True
    if not (owned or loose) or residue(shape, start, i, linked):
        return False
    left = [span for span in linked if start <= span.first < i]
    weak = owned and all(span.is_surname and not span.several for span in left)
    return not weak or any(span.first == i + 1 for span in linked)


def _goes_on_titled(shape: Shape, i: int, start: int, linked: Sequence[Span]) -> bool:
    """Tell whether a title goes on behind a small word: 'The Zorg in OUR Stars', not 'Tom Hanks in Big'."""
    named = any((span.first >= start and span.end == i) or span.first == i + 1 for span in linked)
    capital = is_capital(shape, i + 1) and shape.words[i + 1].raw[0].isupper()
    return not named and capital and shape.folded(i + 1) in lead("inside a title")


def _is_long(shape: Shape, i: int, linked: Sequence[Span]) -> bool:
    """Tell whether two words in capitals follow that nothing here is called: 'The Hunt for Red October'."""
    named = any(span.first <= i < span.end for span in linked)
    return i + 1 < len(shape.words) and not named and all(is_capital(shape, k) for k in (i, i + 1))


def _capital_runs(shape: Shape) -> Iterator[tuple[int, int]]:
    """Yield the longest runs in capitals, with what stays small inside and a number at the end."""
    if not shape.cased:
        return
    i, n = 0, len(shape.words)
    while i < n:
        if not is_capital(shape, i):
            i += 1
            continue
        end = i + 1
        while end < n:
            after = end
            while after < n and stays_small(shape, after) and not breaks(shape, after):
                after += 1
            if after < n and is_capital(shape, after) and not breaks(shape, after):
                end = after + 1
            elif after == end and numbers(shape, end):
                end += 1
            elif end in shape.numbering and not breaks(shape, end):
                end += 2
            else:
                break
        yield i, end
        i = end


def _is_unknown(shape: Shape, run: Run, spans: Sequence[Span], linked: Sequence[Span]) -> bool:
    if _is_named_elsewhere(shape, run, linked):
        return False
    inside = [span for span in linked if span.first < run.end and run.first < span.end]
    left = residue(shape, run.first, run.end, linked)
    if not inside:
        return _is_nameless(shape, run, spans)
    if not left:
        return _is_unlikely_surname(shape, run, inside, linked)
    if any(shape.norms[i - 1] == "for" and _is_long(shape, i, linked) for i in left):
        return True
    if shape.title_case:
        left = [i for i in left if tells(shape, i)]
    return any(not _is_soft(shape, i, run, inside) for i in left)


def _is_named_elsewhere(shape: Shape, run: Run, linked: Sequence[Span]) -> bool:
    """Tell whether a word is a piece of a longer name that stands in the same text in full."""
    said = shape.norms[run.first : run.end]
    full = (shape.norms[s.first : s.end] for s in linked if s.end - s.first > len(said))
    return len(said) == 1 and any(said[0] in norms for norms in full)


def _is_nameless(shape: Shape, run: Run, spans: Sequence[Span]) -> bool:
    """Tell whether a run that nothing covers is meant as a name."""
    words = range(run.first, run.end)
    if run.end - run.first > 1:
        if shape.title_case:
            return any(tells(shape, i) for i in words)
        plain = all(shape.common[i] or shape.words[i].raw.isdigit() for i in words)
        if plain and (run.place != "title" or all(_is_kind(shape, i) for i in words)):
            return False
        kin = run.place == "" and shape.folded(run.first) in lead("relative")
        return not (kin or _is_proper(shape, run) or shape.is_greeted(run.first, run.end))
    faint = any(s.first == run.first and s.end == run.end and s.refs[0].is_item for s in spans)
    if faint or _is_proper(shape, run) or (shape.starts_sentence[run.first] and not tells(shape, run.first)):
        return False
    if run.place == "person" or shape.title_case:
        return run.place != "" and tells(shape, run.first)
    return run.place != "" or shape.dated(run.end)


def _is_kind(shape: Shape, i: int) -> bool:
    kinds = lead("kind") | lead("plural kind")
    return shape.folded(i) in kinds or is_article(shape, i) or shape.words[i].raw.isdigit()


def _is_proper(shape: Shape, run: Run) -> bool:
    return all(
        shape.folded(i) in lead("proper") or shape.norms[i] in CALENDAR for i in range(run.first, run.end)
    )


def _is_unlikely_surname(shape: Shape, run: Run, inside: Sequence[Span], linked: Sequence[Span]) -> bool:
    """Tell whether a surname that nobody well known has stands in a title's place: 'I saw Bright'."""
    if len(inside) > 1 or run.place != "title" or not inside[0].is_surname or inside[0].several:
        return False
    codes = {ref.code for ref in inside[0].refs}
    full = (s for s in linked if not s.is_surname)
    return not any(codes & {ref.code for ref in span.refs} for span in full)


def _is_whole_title(shape: Shape, run: Run) -> bool:
    """Tell whether a message is nothing but two words or more in capitals: 'Squid Game'."""
    whole = run.first == 0 and run.end == len(shape.words) and run.end > 1
    return whole and all(shape.words[k].raw[0].isupper() for k in range(run.end))


def _is_soft(shape: Shape, i: int, run: Run, inside: Sequence[Span]) -> bool:
    """Tell whether a word beside a name is none of it: 'Director Tom Hanks', 'Kubrick Films'."""
    word = shape.words[i]
    if word.norm.isdigit():
        return False
    first, last = inside[0], inside[-1]
    surnames = any(span.is_surname for span in inside)
    kinds = lead("kind") | lead("plural kind")
    if is_article(shape, i):
        return not surnames or shape.after(run.end) in kinds | {"s"}
    if i + 1 < run.end and shape.norms[i + 1] == "of":
        return shape.folded(i) in lead("opening") | kinds
    if first.first <= i < last.end:
        return shape.common[i] and not word.raw[0].isupper()
    if shape.starts_sentence[i] and is_everyday(shape.folded(i)):
        return not _is_whole_title(shape, run)
    if i >= last.end and shape.folded(i) in lead("suffix"):
        return True
    if word.raw[0].isupper() and not shape.title_case and shape.folded(i) in lead("vague"):
        return False  # "Stranger Things"
    if shape.folded(i) in lead("honorific") | kinds | lead("proper"):
        return not (shape.folded(i) in lead("kind") and i == run.first)
    near = first if i < first.first else last
    return shape.common[i] and near.end - near.first > 1
