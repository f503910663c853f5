"""What a request compares: conditions on numbers, dates, flags and scales, and orders; as data."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

from agent.builtin.parse.bounds import Quantity
from agent.builtin.parse.chunks import Chunk
from agent.builtin.parse.lexemes import Lexeme
from agent.builtin.parse.measures import Form, Measure, Measures, Said
from kg.types import Op

Source = Literal["said", "third", "around"]


@dataclass(frozen=True, slots=True)
class Comparison:
    """A condition on a measure: `relation` `op` `value`, the value as a tool takes it; `text` as it is said.

    `by`: said outright, a third of the catalogue's values ('cheap'), or ten percent around a number. Without
    a value it is compared with the item that is named by `title` or pointed at. `unit` is the measure's. It
    may be `denied`: 'not rated R'. Of those with the same `either`, if it is not 0, one is enough: 'under 10
    or over 50'.
    """

    relation: str
    op: Op | Literal["~"]
    value: str
    text: str = ""
    by: Source = "said"
    title: str = ""
    unit: str = ""
    denied: bool = False
    either: int = 0


@dataclass(frozen=True, slots=True)
class Asked:
    """A question of fact about a measure, of `titles` or, without any, of what is pointed at.

    A yes or no is asked of `op` and `value`, or of the item that `against` names; where `third` is the word
    that was said, the value bounds a third of the catalogue's ('is it LONG?'). A comparison asks which of the
    titles has the higher (">") or lower value. `also` are further questions of the same item.
    """

    kind: Literal["value", "yes_no", "compare"]
    relation: str
    titles: tuple[str, ...] = ()
    op: str = "is"
    value: str = ""
    against: str = ""
    third: str = ""
    also: tuple[Asked, ...] = ()


@dataclass(frozen=True, slots=True)
class Shift:
    """Lower or higher values than those of the items shown are wanted: 'cheaper', 'too short'."""

    relation: str
    lower: bool
    text: str


@dataclass(frozen=True, slots=True)
class Sort:
    """An order of items; `limit` of them are asked for, or the one at place `rank` (from 1)."""

    relation: str
    descending: bool
    limit: int | None = None
    rank: int = 1
    text: str = ""


@dataclass(frozen=True, slots=True)
class Compared:
    """What a message compares; `used` are places of chunks that say so, `unused` those nothing carries.

    `spans` are the places of the chunks that each comparison is read from.
    """

    comparisons: tuple[Comparison, ...] = ()
    sorts: tuple[Sort, ...] = ()
    used: frozenset[int] = frozenset()
    unused: frozenset[int] = frozenset()
    asked: Asked | None = None
    claims: tuple[tuple[str, Comparison], ...] = ()
    shifts: tuple[Shift, ...] = ()
    spans: tuple[tuple[Comparison, frozenset[int]], ...] = ()


NOTHING_COMPARED = Compared()
_COMPARED = frozenset(("lower", "higher"))
_ENDS = frozenset(("lowest", "highest"))  # 'EASIEST first' names no label


@dataclass(frozen=True, slots=True)
class Phrase:
    """A phrase that speaks of measures: lexemes `first` to before `end`."""

    first: int
    end: int
    said: tuple[Said, ...]

    def measures(self, *forms: Form) -> tuple[Measure, ...]:
        """The measures it speaks of in one of these forms, the likeliest first."""
        return tuple(
            dict.fromkeys(each for said in self.said if said.form in forms for each in said.measures)
        )


@dataclass
class Draft:
    """What was read so far of the lexemes of a message; `taken` are those that have a use."""

    said: list[Lexeme]
    chunks: Sequence[Chunk]
    measures: Measures
    phrases: list[Phrase]
    comparisons: list[Comparison] = field(default_factory=list)
    sorts: list[Sort] = field(default_factory=list)
    taken: set[int] = field(default_factory=set)
    lost: set[int] = field(default_factory=set)
    quantities: list[Quantity] = field(default_factory=list)
    asked: Asked | None = None
    claims: list[tuple[str, Comparison]] = field(default_factory=list)
    shifts: list[Shift] = field(default_factory=list)
    placed: list[tuple[Comparison, range]] = field(default_factory=list)

    def text(self, first: int, end: int) -> str:
        """The words of some lexemes."""
        return " ".join(each.text for each in self.said[first:end])

    @cached_property
    def texts(self) -> tuple[str, ...]:
        """The words of all lexemes."""
        return tuple([each.text for each in self.said])

    def words(self, first: int, end: int) -> list[str]:
        """The words of some lexemes, as a list."""
        return [*self.texts[max(0, first) : max(0, end)]]

    def starts_of(self, spoken: Sequence[str]) -> list[int]:
        """Return where some words stand in a row, by their first place."""
        if not spoken or spoken[0] not in self.texts:
            return []
        length, row = len(spoken), tuple(spoken)
        return [i for i in range(len(self.texts) - length + 1) if self.texts[i : i + length] == row]

    def take(self, lexemes: Iterable[int]) -> None:
        """Note that lexemes have a use."""
        self.taken |= set(lexemes)

    def free(self) -> list[Phrase]:
        """The phrases no word of which has a use yet."""
        return [each for each in self.phrases if self.taken.isdisjoint(range(each.first, each.end))]

    def finished(self) -> Compared:
        """What was read, by places of chunks."""

        def places(of: Iterable[int]) -> frozenset[int]:
            return frozenset(place for i in of for place in _places(self.said[i], self.chunks))

        used = places(self.taken)
        distinct = tuple(dict.fromkeys(self.comparisons))
        left = self.lost - self.taken
        joints = {i for i in left if self.said[i].text in ("and", "or") and i + 1 not in left}
        sorts, lost = tuple(dict.fromkeys(self.sorts)), places(left - joints) - used
        spans = tuple((each, places(self._span(each))) for each in distinct)
        return Compared(
            distinct, sorts, used, lost, self.asked, tuple(self.claims), tuple(self.shifts), spans
        )

    def _span(self, comparison: Comparison) -> range:
        """Return the lexemes that a comparison is read from, by its words."""
        return self.places_of(comparison.text)

    def places_of(self, text: str) -> range:
        """Return the lexemes that say these words, the first of them; none if they stand nowhere."""
        length = len(text.split())
        starts = range(len(self.said) - length + 1) if length else ()
        first = next((i for i in starts if self.text(i, i + length) == text), None)
        return range(0) if first is None else range(first, first + length)


def _places(lexeme: Lexeme, chunks: Sequence[Chunk]) -> Iterator[int]:
    """Yield the chunks that a lexeme stands in: '1,299' in two."""
    place = lexeme.place
    while 0 <= place < len(chunks) and chunks[place].start < lexeme.end:
        yield place
        place += 1


def phrases_in(said: list[Lexeme], measures: Measures) -> list[Phrase]:
    """Return the phrases of a message that speak of measures, the longest of those that overlap."""
    words = [each.text for each in said]
    found: list[Phrase] = []
    i = 0
    while i < len(said):
        length, forms = measures.said_at(words, i)
        if i and words[i - 1] in ("at", "the") and words[i] in ("most", "least", "latest", "earliest"):
            length = (
                0 if "at" in words[max(0, i - 2) : i] else length
            )  # 'at most light' says nothing of the lightest
        if i > 1 and words[i - 1] == "or" and said[i - 2].is_number and words[i] in ("more", "less", "fewer"):
            length = 0  # '3 or MORE bedrooms'
        if said[i].named:
            outdone = words[i + length : i + length + 1] == ["than"]  # 'EASIER than X' names no label
            outdone |= words[i].endswith("er") and words[max(0, i - 1) : i] in (["is"], ["s"], ["the"])
            kept = {"label", *(_COMPARED if outdone else ()), *(_ENDS if words[i].endswith("est") else ())}
            forms = tuple(each for each in forms if each.form in kept)
        if length and forms:
            found.append(Phrase(i, i + length, forms))
        i += length if length and forms else 1
    return found
