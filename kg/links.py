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
    "same title", "same alternative title", "spelling", "subtitle", "other title", "other year", "other part"
]
KEPT: frozenset[str] = frozenset(("same title", "same alternative title", "spelling", "subtitle"))

_QUALIFIER_YEAR = re.compile(r"\((?P<year>1[89]\d\d|20\d\d)\b[^()]*\)\s*$")
_SUBTITLE = re.compile(r"\s*(?::|;| - | – | or:? |, or)\s*", re.IGNORECASE)
_DAMAGED = re.compile(r"�|Ã.|ï¿½|&#\d+;|\?\?")
_PRESENTER = re.compile(r"^[^:]*?['’]s\s+")
_NOISE = frozenset("the a an and of in part at on".split())
_DESCRIPTION = frozenset(
    "the a an movie film documentary romantic comedy novel story tale memoir stories poems".split()
)
_MAX_YEARS_APART = 2


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the gate says of one link, and why."""

    key: str
    title: str
    target: str
    keep: bool
    reason: Reason


def judge(key: str, title: text.Titled, target: str) -> Verdict:
    """Judge whether the page name `target` ('Das Boot', 'Virus (1999 film)') is the work called `title`."""

    def verdict(reason: Reason) -> Verdict:
        return Verdict(key, title.title, target, reason in KEPT, reason)

    year = _QUALIFIER_YEAR.search(target)
    label = text.bare_label(target)
    if year and title.year and abs(int(year["year"]) - title.year) > _MAX_YEARS_APART:
        return verdict("other year")
    if _lean(label) == _lean(title.title):
        return verdict("same title")
    if any(_lean(label) == _lean(alias) for alias in title.aliases):
        return verdict("same alternative title")
    names = (title.title, *title.aliases)
    if any(_is_subtitled(name, label) for name in names):
        return verdict("subtitle")
    if any(_numbers(name) != _numbers(label) for name in names[:1]):
        return verdict("other part")
    return verdict("spelling" if any(_misspelt(name, label) for name in names) else "other title")


def _canonical(name: str) -> str:
    return text.key(text.strip_article(text.words(name)))


def _lean(name: str) -> str:
    parts = text.words(name)
    return text.key([word for word in parts if word not in _NOISE]) or text.key(parts)


def _numbers(name: str) -> set[str]:
    return {word for word in text.words(name) if word.isdigit()}


def _without_numbers(name: str) -> str:
    return text.key([word for word in text.words(name) if not word.isdigit() and word not in _NOISE])


def _is_subtitled(name: str, label: str) -> bool:
    """Tell whether one name is the other with a subtitle, a series or a presenter ("X's …") around it.

    A subtitle that only the page has usually names another part ('The Cutting Edge: Fire & Ice'); it is
    believed when it is a mere description, repeats a word of the title, or the title carries a number of its
    own.
    """
    whole = _canonical(label)
    if any(whole == _canonical(cut) for cut in _heads(name)):
        return True
    if any(whole == _canonical(cut) for cut in (*_tails(name), *_presented(name))):
        return True
    ours = _canonical(name)
    if any(ours == _canonical(cut) for cut in (*_tails(label), *_presented(label))):
        return True
    if _tails(name) and _tails(label) and _without_numbers(name) == _without_numbers(label):
        return True
    for head in _heads(label):
        if _canonical(head) == ours or _lean(head) == _lean(name):
            rest = text.words(label[len(head) :])
            shared = {word for word in rest if len(word) >= 5} & set(text.words(name))
            return bool(_numbers(name) or shared or set(rest) <= _DESCRIPTION)
    return False


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


def _misspelt(name: str, label: str) -> bool:
    """Tell whether two names differ as spellings do: word by word, a letter or two in long words."""
    if _DAMAGED.search(name):
        name, label = _undamaged(name), _undamaged(label)
    ours, theirs = (text.strip_article(text.words(n)) for n in (name, label))
    if len(ours) != len(theirs):
        a, b = text.key(ours), text.key(theirs)
        return len(b) >= 8 and DamerauLevenshtein.distance(a, b) <= 1
    pairs = list(zip(ours, theirs, strict=True))
    if any(a + "s" == b or b + "s" == a for a, b in pairs):
        return False  # 'The Player' and 'Players' are two films
    apart = [DamerauLevenshtein.distance(a, b) for a, b in pairs]
    return sum(apart) <= 2 and all(
        d <= max(len(a), len(b)) // 4 for d, (a, b) in zip(apart, pairs, strict=True)
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
    """Judge every `(key, title, page name)`."""
    return Report(tuple(judge(key, title, target) for key, title, target in links))
