"""Labels of a short list, as people say them in answer to a question: 'prime', 'disney plus', 'r or nr'."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache, lru_cache
from typing import NamedTuple

from agent.builtin.lexicon.load import tables
from kg.text import fold

_WORD = re.compile(r"[\w+]+(?:-\d+)?")
_INNER = re.compile(r"(?<=[a-z]{3})(?=[A-Z])")  # 'fuboTV' is said as 'fubo'
_SHORT = 2  # letters of a label that is also a word or a letter: 'R', 'G', 'NR'
_CARRIED = 3  # letters of a word of a label that may stand for it
_JOINTS = re.compile(rf"(?:[\s,/&+-]|\b(?:{'|'.join(tables('labels')['joints'])})\b)*", re.IGNORECASE)
_PART = re.compile(r"[,.;:!?()\n]+(?:\s|$)")
_NEAR = 3  # words between a denial and the label that it denies
_BESIDE = 4  # words before and behind labels that say how they bound


@lru_cache(maxsize=64)
def _by_word(labels: tuple[str, ...]) -> Mapping[str, str]:
    """Return labels by the words that only one of them has."""
    held: dict[str, set[str]] = {}
    for label in labels:
        for word in _parts(label):
            held.setdefault(word, set()).add(label)
    return {word: next(iter(own)) for word, own in held.items() if len(own) == 1}


def _parts(text: str) -> list[str]:
    apart = _INNER.sub(" ", text)
    return [fold(word).removesuffix("+") for word in _WORD.findall(apart) if fold(word).strip("+")]


class Named(NamedTuple):
    """A label that a text names, and where: `text[start:end]`."""

    label: str
    start: int
    end: int


def labels_in(text: str, labels: tuple[str, ...], *, asked: bool = False) -> list[Named]:
    """Return the labels that a text names, in its order, as often as it does.

    A whole label counts wherever it stands, one of a letter or two only where it is written as it is stored,
    beside 'rated', or where it was `asked` about. In an answer a word that only one label has stands for it.
    """
    low = text.lower()
    found: list[Named] = []
    keys = {label.lower().removesuffix("+"): label for label in labels}
    taken: set[int] = set()
    doubtful: list[Named] = []
    for key in sorted(keys, key=lambda each: (-len(each), each)):
        for match in re.finditer(rf"(?<![\w-]){_spelled(key)}(?:\+|(?!\w|-\d))", low):
            if taken.isdisjoint(range(*match.span())):
                taken |= set(range(*match.span()))
                sure = asked or len(key) > _SHORT or _is_meant(text, match, keys[key])
                (found if sure else doubtful).append(Named(keys[key], *match.span()))
    found += [each for each in doubtful if _joins(each, found, text)]
    for word, label in (_by_word(labels) if asked else {}).items():
        if len(word) >= _CARRIED and word not in tables("labels")["no label"]:
            rest = "|".join(map(re.escape, _parts(label)))
            every = re.finditer(rf"(?<!\w){re.escape(word)}(?:\s(?:{rest}))*(?!\w)", low)
            fresh = [match for match in every if taken.isdisjoint(range(*match.span()))]
            found += [Named(label, *match.span()) for match in fresh]
            taken |= {place for match in fresh for place in range(*match.span())}
    unrated = next((keys[each] for each in tables("labels")["unrated labels"] if each in keys), None)
    for word in tables("labels")["unrated"] if unrated else ():
        at = low.find(word)
        if unrated and at >= 0 and taken.isdisjoint(range(at, at + len(word))):
            found.append(Named(unrated, at, at + len(word)))
    return sorted(found, key=lambda each: (each.start, each.label))


@cache
def _open() -> tuple[str, ...]:
    """Return phrases with a denial that leave something open: 'not important'."""
    said = (*tables("goal")["open"], *tables("goal")["dropping"])
    return tuple(each for each in said if " " in each and set(each.split()) & set(tables("goal")["denying"]))


class Group(NamedTuple):
    """Labels that stand together, 'PG-13 or R', with the words just before and just behind them."""

    labels: tuple[str, ...]
    before: str
    behind: str
    start: int
    end: int

    @property
    def near(self) -> str:
        """The last words before them, among which a denial is one of them.

        What leaves something else open denies nothing: 'the score is *not important* PG only'.
        """
        said = f" {self.before} "
        ends = (said.rfind(f" {each} ") + len(each) for each in _open() if f" {each} " in said)
        return " ".join(said[max(ends, default=-1) + 1 :].split()[-_NEAR:])

    @property
    def beside(self) -> str:
        """The words on both sides that say how they bound."""
        return f"{' '.join(self.before.split()[-_BESIDE:])} | {' '.join(self.behind.split()[:_BESIDE])}"


def groups_in(text: str, labels: tuple[str, ...], *, asked: bool = False) -> list[Group]:
    """Return the labels of a text in groups: those with nothing but joints between them stand together."""
    groups: list[list[Named]] = []
    for each in labels_in(text, labels, asked=asked):
        if groups and _JOINTS.fullmatch(text[groups[-1][-1].end : each.start]):
            groups[-1].append(each)
        else:
            groups.append([each])
    ends = [0, *(group[-1].end for group in groups)]
    return [
        Group(
            tuple(dict.fromkeys(each.label for each in group)),
            _without_numbers(plain(_PART.split(text[ends[place] : group[0].start])[-1])),
            plain(_PART.split(text[group[-1].end :])[0]),
            group[0].start,
            group[-1].end,
        )
        for place, group in enumerate(groups)
    ]


def _without_numbers(before: str) -> str:
    """Return the words before a label without a number and what bounds it: '115 MINUTES MAX it should be'."""
    return _numbers().sub("", before)


@cache
def _numbers() -> re.Pattern[str]:
    ends = "|".join((*tables("goal")["upper end"], *tables("goal")["lower end"]))
    return re.compile(rf".*\d\S*(?: (?:hours?|hrs?|h|minutes?|mins?|m|{ends}))*(?!\S)")


def plain(text: str) -> str:
    """Return a text as folded words parted by single spaces."""
    return " ".join(re.findall(r"[\w+-]+", text.lower().replace("'", "").replace("’", "")))


def _spelled(key: str) -> str:
    """Return a pattern for a label with its hyphens as they are said: 'pg 13', 'pg13'."""
    return re.escape(key).replace("\\-", "[- ]?")


def _joins(name: Named, others: Sequence[Named], text: str) -> bool:
    """Tell whether nothing but joints is between a label and another one: 'pg-13, r or unrated'."""
    gaps = [
        text[other.end : name.start] if other.end <= name.start else text[name.end : other.start]
        for other in others
    ]
    return any(_JOINTS.fullmatch(gap) for gap in gaps)


def _is_meant(text: str, match: re.Match[str], label: str) -> bool:
    """Tell whether a label of a letter or two is meant as one: 'R', 'r-rated', 'rated r'."""
    after, before = text[match.end() : match.end() + 7].lower(), text[: match.start()].lower()
    beside = after.strip(" -").startswith("rated") or before.rstrip(" -").endswith("rated")
    return beside or (match.group() == label.lower() and text[match.start() : match.end()] == label)
