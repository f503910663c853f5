"""The link-quality gate: does a public link really join a catalogue's title to the page of the same work?

Public mappings are wrong about one time in thirteen. A link is judged by names and years only, so that the
verdict can be explained in one line; nothing is learned from it. See docs/decisions/0003-link-gate.md.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from rapidfuzz.distance import DamerauLevenshtein

from kg import text

Reason = Literal[
    "same title",
    "same alternative title",
    "spelling",
    "subtitle",
    "another release title",
    "other title",
    "other year",
    "other part",
]
KEPT: frozenset[str] = frozenset(
    ("same title", "same alternative title", "spelling", "subtitle", "another release title")
)

_QUALIFIER_YEAR = re.compile(r"\((?P<year>1[89]\d\d|20\d\d)\b[^()]*\)\s*$")
_INFOBOX = re.compile(r"^(?P<page>.+?) {2,}(?P<named>.+?) {2,}\d+$")
_SUBTITLE = re.compile(r"\s*(?::|;| - | – | or:? |, or)\s*", re.IGNORECASE)
_DAMAGED = re.compile(r"�|Ã.|ï¿½|&#\d+;|\?\?")
_PRESENTER = re.compile(r"^[^:]*?['’]s\s+")
_SERIES = re.compile(r"\b(?:series|trilogy|saga|sequence)\b", re.IGNORECASE)
_NOISE = frozenset("the a an and of in part at on".split())
_PREPOSITIONS = frozenset("in on at of".split())
_SMALL = _NOISE | frozenset("to for from by with or not my me is mr mrs".split())
_DESCRIPTION = frozenset(
    "the a an movie film documentary romantic comedy novel book story tale memoir stories poems".split()
)
_PARTS = frozenset("part volume book chapter episode".split())
_ROMAN = {"i": "1", "v": "5", "x": "10"}  # only after a word for a part: elsewhere they are letters
_MAX_YEARS_APART = 2
_LONG_SUBTITLE = 6  # words; what only the page of a dated title has is a sequel's name below this
_BOOK_SUBTITLE = 3  # the same for titles without a year
_LONG = 3  # words a title must have before their order, an article or a plural is overlooked


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the gate says of one link, and why."""

    key: str
    title: str
    target: str
    keep: bool
    reason: Reason


def judge(key: str, title: text.Titled, target: str, *, taken: bool = False) -> Verdict:
    """Judge whether the page name `target` ('Das Boot', 'Virus (1999 film)') is the work called `title`.

    `taken` says that another row links the page by exactly its own name: then a name that is nearly the
    same is a neighbour ('Black Rose' beside 'The Black Rose').
    """

    def verdict(reason: Reason) -> Verdict:
        return Verdict(key, title.title, target, reason in KEPT, reason)

    year = _QUALIFIER_YEAR.search(target)
    label = named(target)
    dated = title.year is not None
    if year and title.year and abs(int(year["year"]) - title.year) > _MAX_YEARS_APART:
        return verdict("other year")
    if _is_same(title.title, label, dated=dated, taken=taken):
        return verdict("same title")
    if any(_lean(label) == _lean(alias) for alias in title.aliases):
        return verdict("same alternative title")
    names = (title.title, *title.aliases)
    if any(_is_subtitled(name, label, dated=dated) for name in names):
        return verdict("subtitle")
    if _numbers(title.title) != _numbers(label):
        return verdict("other part")
    if not taken and any(_misspelt(name, label) for name in names):
        return verdict("spelling")
    return verdict("another release title" if dated and _is_renamed(title.title, target) else "other title")


def named(target: str) -> str:
    """Return the work a page's name stands for, without its qualifier.

    DBpedia names a box inside a page by the page, the box and a number: 'Mr. Men  Mr. Perfect  1'.
    """
    match = _INFOBOX.match(target)
    if match is None:
        return text.bare_label(target)
    described = set(text.words(match["named"])) <= _DESCRIPTION
    return text.bare_label(match["page" if described else "named"])


def _words(name: str) -> list[str]:
    """Return the normal words of a name; 'Part V' reads 'part 5', 'A Hundred and One' reads '101'."""
    out: list[str] = []
    for word in text.words(name):
        if out and out[-1] in _PARTS:
            word = _ROMAN.get(word, word)
        if word.isdigit() and len(word) < 3 and out[-2:] == ["hundred", "and"]:
            before = out[-3] if len(out) > 2 else ""
            counted = before.isdigit() and len(before) < 3
            del out[-3 if counted or before == "a" else -2 :]
            word = str((int(before) if counted else 1) * 100 + int(word))
        out.append(word)
    return out


def _canonical(name: str) -> str:
    return text.key(_strip_any_article(_words(name)))


def _strip_any_article(parts: list[str]) -> list[str]:
    return parts[1:] if len(parts) > 1 and parts[0] in text.ARTICLES else parts


def _content(name: str) -> list[str]:
    parts = _words(name)
    return [word for word in _strip_any_article(parts) if word not in _NOISE] or parts


def _is_long(name: str) -> bool:
    return sum(len(word) > 1 for word in _content(name)) >= _LONG


def _lean(name: str) -> str:
    return text.key(_content(name))


def _numbers(name: str) -> set[str]:
    return {word for word in _words(name) if word.isdigit()}


def _without_numbers(name: str) -> str:
    return text.key([word for word in _content(name) if not word.isdigit()])


def _is_same(name: str, label: str, *, dated: bool, taken: bool) -> bool:
    """Tell whether two names are one but for articles and small words.

    Without a year to tell them apart an article is all that 'Hamlet' and 'The Hamlet' differ by.
    """
    if text.name_key(name) == text.name_key(label):
        return True
    content, long = _content(label), _is_long(label)
    if _lean(name) != _lean(label):
        return long and not taken and sorted(content) == sorted(_content(name))
    if taken and not long:
        return False
    ours, theirs = text.words(name), text.words(label)
    if (ours[:1] != theirs[:1]) and any(side[0] in _PREPOSITIONS for side in (ours, theirs)):
        return False  # 'Beauty' and 'On Beauty' are two books
    return dated or len(content) > 1


def _is_subtitled(name: str, label: str, *, dated: bool) -> bool:
    """Tell whether one name is the other with a subtitle, a series or a presenter ("X's …") around it."""
    whole, ours = _canonical(label), _canonical(name)
    if any(whole == _canonical(cut) for cut in (*_heads(name), *_tails(name))):
        return True
    if any(_lean(label) == _lean(cut) for cut in _presented(name)):
        return True
    if any(ours == _canonical(cut) for cut in (*_tails(label), *_presented(label))):
        return True
    if _tails(name) and _tails(label) and _without_numbers(name) == _without_numbers(label):
        return True
    return _goes_on(name, label, dated=dated) or _is_cut_short(name, label)


def _goes_on(name: str, label: str, *, dated: bool) -> bool:
    """Tell whether the page's name is the title and a description after it.

    A subtitle that only a film's page has usually names another part ('The Cutting Edge: Fire & Ice'). It is
    believed when it is long or a mere description, repeats a word of the title, or the title carries a number
    of its own. Books have subtitles more often than parts.
    """
    for head in _heads(label):
        if _canonical(head) == _canonical(name) or _lean(head) == _lean(name):
            rest = text.words(label[len(head) :])
            shared = {word for word in rest if len(word) >= 5} & set(text.words(name))
            long = len(rest) >= (_LONG_SUBTITLE if dated else _BOOK_SUBTITLE)
            numbered = bool(_numbers(name)) or re.search(r"\d", name) is not None
            return numbered or bool(shared) or long or set(rest) <= _DESCRIPTION
    rest = _after(_words(name), _words(label))
    initials = len(rest) > 1 and all(len(word) == 1 and word.isalpha() for word in rest)
    return rest[:2] == ["and", "other"] or initials


def _is_cut_short(name: str, label: str) -> bool:
    """Tell whether the page has only the beginning of the title, two words or more of it."""
    rest = _after(_words(label), _words(name))
    if not rest or _numbers(name) != _numbers(label) or len(_content(label)) < 2:
        return rest[:2] == ["and", "other"]
    return rest[0] not in ("and", "s") or rest[1:2] == ["other"]


def _after(start: list[str], whole: list[str]) -> list[str]:
    """Return the words of `whole` that follow `start`; none if it does not begin so."""
    start, whole = _strip_any_article(start), _strip_any_article(whole)
    return whole[len(start) :] if whole[: len(start)] == start else []


def _heads(name: str) -> list[str]:
    """Return what stands before each subtitle mark of a name."""
    return [name[: match.start()] for match in _SUBTITLE.finditer(name) if match.start() > 2]


def _tails(name: str) -> list[str]:
    """Return what stands after each subtitle mark of a name, where it is two words or more."""
    return [rest for match in _SUBTITLE.finditer(name) if len(text.words(rest := name[match.end() :])) >= 2]


def _presented(name: str) -> list[str]:
    """Return a name without its possessive: "Rudyard Kipling's The Jungle Book" -> 'The Jungle Book'."""
    match = _PRESENTER.match(name)
    rest = name[match.end() :] if match else ""
    return [rest] if len(text.words(rest)) >= 2 else []


def _is_renamed(name: str, target: str) -> bool:
    """Tell whether a film is linked to a page by something else than its name, which then is no mistake.

    Wrong links come of looking names up, so that they share a word; a redirect from a translated or foreign
    release title shares none. One plain word is not enough to tell, nor is a series with a subtitle.
    """
    ours = {word for word in text.words(name) if word not in _SMALL and len(word) > 2}
    theirs = set(text.words(target))
    return len(ours) >= 2 and not ours & theirs and not _heads(name) and not _SERIES.search(target)


def _misspelt(name: str, label: str) -> bool:
    """Tell whether two names differ as spellings do: word by word, a letter or two in long words."""
    if _DAMAGED.search(name):
        name, label = _undamaged(name), _undamaged(label)
    ours, theirs = (text.strip_article(text.words(n)) for n in (name, label))
    if ours == theirs:
        return False  # an article apart: `_is_same` has said no
    if len(ours) != len(theirs):
        a, b = text.key(ours), text.key(theirs)
        letters = {w for w in {*ours} ^ {*theirs} if len(w) == 1 and w != "s"}  # 'Growing Up X' is no slip
        return len(b) >= 8 and not letters and DamerauLevenshtein.distance(a, b) <= 1
    pairs = list(zip(ours, theirs, strict=True))
    if not _is_long(label) and any(a + "s" == b or b + "s" == a for a, b in pairs):
        return False  # 'The Player' and 'Players' are two films
    apart = [DamerauLevenshtein.distance(a, b) for a, b in pairs]
    return sum(apart) <= 2 and all(
        d <= max(len(a), len(b)) // 4 and a[:1] == b[:1] for d, (a, b) in zip(apart, pairs, strict=True)
    )


def _undamaged(name: str) -> str:
    return re.sub(r"[^\x00-\x7f]", "", _DAMAGED.sub("", name))


@dataclass(frozen=True, slots=True)
class Report:
    """What the gate did to one mapping."""

    verdicts: tuple[Verdict, ...]

    @property
    def dropped(self) -> tuple[Verdict, ...]:
        """The links that were not believed, in the order of the mapping."""
        return tuple(v for v in self.verdicts if not v.keep)

    def by_reason(self) -> dict[str, int]:
        """Count verdicts by reason, the most frequent first."""
        return dict(
            sorted(Counter(v.reason for v in self.verdicts).items(), key=lambda pair: (-pair[1], pair[0]))
        )


def gate(links: Iterable[tuple[str, text.Titled, str]]) -> Report:
    """Judge every `(key, title, page name)`, knowing which pages are linked by exactly their own name."""
    rows = list(links)
    taken = {
        target for _, title, target in rows if text.name_key(title.title) == text.name_key(named(target))
    }
    return Report(tuple(judge(key, title, target, taken=target in taken) for key, title, target in rows))
