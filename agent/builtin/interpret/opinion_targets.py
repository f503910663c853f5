"""Which items an opinion is about: after its verb, before its verdict, or those a pronoun points to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from agent.builtin.interpret.interpret import title_at
from agent.builtin.lexicon import opinions as words
from agent.builtin.lexicon.opinions import CueKind, Sense
from agent.builtin.parse.chunks import Chunk
from agent.builtin.parse.cursor import ChunkCursor, title_run
from agent.builtin.parse.ordinals import positions
from kg.types import ItemId

_REACH = 14  # atoms between a verb and what was liked


class Cue(NamedTuple):
    """A cue phrase at atoms `start:end`."""

    start: int
    end: int
    kind: CueKind
    sense: Sense
    said: str


class Targets(ChunkCursor):
    """The atoms of a text, with what was shown before and the domains of items."""

    def __init__(self, text: str, chunks: list[Chunk], last: Sequence[str], domains: Mapping[str, str]):
        super().__init__(chunks)
        self._text = text
        self._last = [ItemId(item) for item in last]
        self._domains = domains

    def _joins(self, k: int) -> bool:
        return super()._joins(k) or self._is(k, "word", words.NEITHER)

    def _is_adverb(self, j: int) -> bool:
        if self._kind(j) != "word":
            return False
        text = self.chunks[j].text
        formed = text.endswith("ly") and text not in words.NO_ADVERBS
        return formed or text in words.ADVERBS | words.WISHES | words.ONLY

    def _right(self, start: int) -> tuple[int | None, str]:
        """Return the place of the first title of the clause after a verb, and the pronoun before it."""
        pointing = ""
        general = False
        for k in range(start, min(start + _REACH, len(self.chunks))):
            chunk = self.chunks[k]
            if chunk.kind == "title":
                return (None, pointing) if pointing == "it" else (k, "")
            if chunk.kind == "mark" and not (chunk.text in ":(" and k == start):
                break
            if chunk.kind != "word":
                continue
            made = chunk.text == "of" and self._is(k - 1, "word", words.MAKERS)
            if chunk.text in words.ENDS or made or (general and chunk.text in words.OF_GENERAL):
                break
            general = general or chunk.text in words.GENERAL
            clause = chunk.text == "that" and self._is(k + 1, "word", words.SUBJECTS)
            if chunk.text in words.PRONOUNS and not clause and (k == start or chunk.text in ("it", "them")):
                pointing = pointing or chunk.text
        return None, pointing

    def _counted(self, start: int) -> list[ItemId]:
        """Return the items of the last answer that are counted: 'the second one', 'the first two'."""
        clause: list[str] = []
        for chunk in self.chunks[start : start + _REACH]:
            if chunk.kind != "word" or chunk.text in words.ENDS:
                break
            clause.append(chunk.text)
        places = positions(clause, len(self._last))
        return [self._last[place] for place in places if place < len(self._last)]

    def _pointed(self, cue: Cue, pronoun: str) -> list[ItemId]:
        """Return what 'it' or 'them' means: titles named before, else the last answer's items."""
        run = [t for t in title_run(self.chunks, cue.start) if t < cue.start]
        many = pronoun in words.MANY
        if run:
            return self._items(run if many else run[-1:], cue)
        return self._last if many else self._last[:1]

    def _relative(self, first: int) -> tuple[int, ...]:
        """Return the titles of 'X, which I loved' and 'X I loved'."""
        j = first - 1
        if self._is(j, "word", ("which", "that")):
            j -= 1 + self._is(j - 1, "mark", ",")
        return self._list_left(j, "title") if self._kind(j) == "title" else ()

    def _but_not(self, after: int) -> list[ItemId]:
        """Return the titles of 'I loved X but not Y'."""
        j = after + self._is(after, "mark", ",")
        j += self._is(j, "word", ("but", "though", "just"))
        if self._is(j, "word", ("not",)) and self._kind(j + 1) == "title":
            return self._items(self._list_right(j + 1, "title"))
        return []

    def _left(self, cue: Cue) -> tuple[tuple[int, ...], int]:
        """Return the titles that something is said of, and where the words between begin."""
        j = cue.start - 1
        while j >= 0:
            if self._kind(j) == "title":
                return self._list_left(j, "title"), j + 1
            named = self._kind(j) == "entity" and self._is(j - 1, "word", ("by", "with", "from"))
            linking = self._is(j, "word", words.LINKING) or self._is_year(j) or self._is_adverb(j)
            if not (named or linking or self._is(j, "mark", ",():-")):
                pointing = self._is(j, "word", words.PRONOUNS)
                return (), j if pointing else j + 1
            j -= 1 + named
        return (), 0

    def _is_year(self, j: int) -> bool:
        return self._kind(j) == "word" and self.chunks[j].text.isdigit()

    def _favourite(self, start: int) -> int | None:
        """Return the place of the first title of 'my favourite film is X', 'my favourites: X and Y'."""
        for k in range(start, min(start + 8, len(self.chunks))):
            if self._kind(k) == "title":
                return k
            if not (self._is(k, "word", words.LINKING | words.GENERAL) or self._is(k, "mark", ":")):
                return None
        return None

    def _opening(self, place: int) -> set[str]:
        """Return the words of the clause before a place."""
        said: set[str] = set()
        for j in range(place - 1, -1, -1):
            if self._kind(j) != "word":
                break
            said.add(self.chunks[j].text)
        return said

    def _is_asked(self, place: int) -> bool:
        """Tell whether a question mark follows, but for two words: 'seen X yet?'."""
        for k in range(place, min(place + 3, len(self.chunks))):
            if self._kind(k) == "mark":
                return "?" in self._text[self.chunks[k].start : self.chunks[k].end]
            if self._kind(k) != "word":
                return False
        end = self.chunks[min(place + 2, len(self.chunks)) - 1].end if self.chunks else 0
        return len(self.chunks) <= place + 2 and "?" in self._text[end:]

    def _items(self, places: Sequence[int], cue: Cue | None = None) -> list[ItemId]:
        """Return the items that titles mean: the likeliest, or the likeliest that was read or watched."""
        domain = words.OF_DOMAIN.get(cue.said) if cue is not None else None
        found = []
        for choices in (title_at(self.chunks, place).choices for place in places):
            alike = [c for c in choices if c.match == choices[0].match]
            fits = [c for c in alike if self._domains.get(c.id) == domain]
            found.append(ItemId((fits or alike)[0].id))
        return found
