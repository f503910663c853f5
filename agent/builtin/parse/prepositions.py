"""The small words that carry a role of their own: 'by', 'with', 'in', 'behind', 'his'; names of places."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import NamedTuple

from agent.builtin.lexicon.triggers import (
    ANONYMOUS,
    ITEM_NOUNS,
    OBJECT_WORDS,
    PERSON_NOUNS,
    PREPOSITIONS,
    PRONOUNS,
)
from agent.builtin.parse.arguments import Arguments
from agent.builtin.parse.chunks import Chunk

_BEING = frozenset("but something anything is are isnt arent not be".split())
_LIKING = frozenset("enjoyed loved liked adored watched saw seen rewatched".split())
_EDITIONS = frozenset("printing printings edition editions hardback paperback imprint copy".split())
_ROLE_OF_IN = ("actor", "author")  # who is "in" a film acts in it, who is good "in" a book wrote it
_ROLE_OF_BY = ("author", "director", "writer", "composer")


class Predicate(NamedTuple):
    """A cue with its arguments: positions of atoms.

    `same` says that it refers ("that director", "whoever shot it").
    """

    place: int
    kind: str
    roles: tuple[str, ...]
    names: tuple[int, ...]
    titles: tuple[int, ...]
    same: bool


class SmallWords(Arguments):
    """Binds small words; cues tell it which of them they have used."""

    def __init__(self, chunks: list[Chunk], prepositions: Mapping[str, Collection[str]]):
        super().__init__(chunks)
        self.led = prepositions
        self.taken_by: set[int] = set()  # words 'by', 'with' … that a cue has used

    def prepositions(self) -> list[Predicate]:
        """Bind the small words that carry a role of their own."""
        found = [self._small_word(i) for i in range(len(self.chunks))]
        return [predicates for predicates in found if predicates is not None]

    def _small_word(self, i: int) -> Predicate | None:
        chunk = self.chunks[i]
        if self._is_place(i) and (
            self._is(i + 1, "word", ITEM_NOUNS)
            or self._kind(i + 1) == "category"
            or (self._is(i - 1, "word", _BEING) and self._kind(i + 1) in ("", "mark"))
        ):
            places = tuple(j for j in self._list_left(i, "entity") if self._is_place(j))
            return Predicate(i, "place", ("country", "language"), places, (), False)
        if chunk.kind not in ("word", "cue") or (chunk.kind == "cue" and chunk.text not in PREPOSITIONS):
            return None
        if chunk.text == "in" and (edition := self._edition(i)) is not None:
            return edition
        if (aside := self._aside(i)) is not None:
            return aside
        if chunk.text in PREPOSITIONS and (names := self._names_right(i)) and not self._is_titled(names):
            if liked := self._liked_before(i):
                return Predicate(i, "with", ("actor",), names, liked, False)
            beside = self._kind(i - 1) == "title" and not self._is(i - 2, "word", ("like", "to", "than"))
            titles = self._titles_left_close(i) if beside or self._one_before(i) else ()
            return Predicate(i, "with", ("actor",), names, titles, False)
        work = chunk.text == "of" and self._is(i - 1, "word", ("work", "works", "handiwork"))
        if (chunk.text == "by" or work) and i not in self.taken_by:
            if names := self._names_right(i):
                return Predicate(i, "by", _ROLE_OF_BY, names, self._named_before_by(i - work), False)
            if self._somebody(i + 1) and not self._is(i + 2, "word", ("same",)):
                return Predicate(i, "by", _ROLE_OF_BY, (), (), True)
        if chunk.text == "same" and self._somebody(i) and not self._does_something(i + 2):
            return Predicate(i, "by", _ROLE_OF_BY, (), (), True)
        if chunk.text == "behind" and (someone := self._someone_before(i)) is not None:
            return self._behind(i, someone)
        if chunk.text in ("in", "from") and (titles := self._titles_after(i)):
            return self._in_title(i, titles)
        return self._possession(i)

    def _somebody(self, i: int) -> bool:
        """'that same bloke', 'the same hand': a word for a person, not a cue with a role of its own."""
        j = i + self._is(i, "word", ("the", "that", "this"))
        if j > i and self._is(j, "word", PERSON_NOUNS):
            return self.chunks[i].text != "the"
        return self._is(j, "word", ("same",)) and self._is(j + 1, "word", PERSON_NOUNS)

    def _does_something(self, i: int) -> bool:
        """Tell whether a cue says what somebody did: 'the same man who shot X'."""
        return any(self._kind(j) in ("cue", "title") for j in (*range(i - 5, i - 2), *range(i, i + 4)))

    def _someone_before(self, i: int) -> int | None:
        said = ANONYMOUS | PERSON_NOUNS | {"brains", "mind", "genius"}
        return next((j for j in range(i - 1, max(-1, i - 5), -1) if self._is(j, "word", said)), None)

    def _behind(self, i: int, someone: int) -> Predicate | None:
        """'the man behind X', 'whoever is behind it', 'Joe Dante, the fellow behind X'."""
        titles = self._titles_after(i)
        if not titles and not self._is(i + 1, "word", OBJECT_WORDS | {"that"}):
            return None
        names = self._people(self._before_apposition(someone)) if self._follows_name(someone) else ()
        return Predicate(i, "by", _ROLE_OF_BY, names, titles, not names)

    def _possession(self, i: int) -> Predicate | None:
        """'his X', "Tolkien's X", 'Burroughs, whose X', 'X, hers as well', 'X is his too', 'who did X'."""
        said, titles = self.chunks[i].text, self._run(i + 1, "title")
        names: tuple[int, ...] = ()
        if titles and self._kind(max(titles) + 1) == "cue" and self._class(max(titles) + 1) == "work":
            return None  # "his Ghost soundtrack" says more than that Ghost is his
        if said in ("his", "her") and titles:
            names = self._antecedent(i)
        elif said in ("s", "whose") and (run := self._worked_on(i)):
            j = i - 2 if self._kind(i - 1) == "mark" else i - 1
            names, titles = ((j,) if self._kind(j) == "entity" else ()), run
        elif said in ("s", "whose") and titles:
            j = i - 2 if self._kind(i - 1) == "mark" else i - 1
            names = (j,) if self._kind(j) == "entity" else ()
        elif said in ("his", "hers") and self._is(i + 1, "word", ("too", "as", "also")):
            names, titles = self._antecedent(i), self._titles_left_close(i)
        elif said in ("his", "hers") and self._is(i - 1, "word", ("of",)):
            names, titles = self._antecedent(i), self._praised(i)  # "Alien was a great one of his"
        elif said in ("did", "does") and titles and (subject := self._subject(i)) is not None:
            names = self._people(subject)
            roles = tuple(role for j in names for c in self.chunks[j].choices[:1] for role in c.roles)
            return Predicate(i, "by", roles, names, titles, False) if names and roles else None
        return Predicate(i, "by", _ROLE_OF_BY, names, titles, False) if names and titles else None

    def _edition(self, i: int) -> Predicate | None:
        """Bind 'X in the Mills & Boon printing'."""
        j = i + 1 + self._is(i + 1, "word", ("the", "a", "an"))
        if self._kind(j) != "entity" or not self._is(j + 1, "word", _EDITIONS):
            return None
        return Predicate(i, "with", ("publisher",), (j,), self._titles_left_close(i), False)

    def _is_titled(self, names: tuple[int, ...]) -> bool:
        """Tell whether a role is said after the name: 'with Woody Allen as director'."""
        return self._is(max(names) + 1, "word", ("as",)) and any(
            self._kind(j) == "cue" for j in range(max(names) + 2, max(names) + 4)
        )

    def _aside(self, i: int) -> Predicate | None:
        """Bind 'from Spain', 'in Spanish', 'T, which was written in Danish', 'as a mass market paperback'."""
        j = i + 1 + self._is(i + 1, "word", ("a", "an", "the"))
        said = self.chunks[i].text
        roles = tuple(role for role, led in self.led.items() if said in led and self._holds(j, role))
        if not roles:
            return None
        named = any("country" in c.roles and c.match == "full" for c in self.chunks[j].choices)
        if "language" in roles and not named:
            titles = self._said_of(i - (self._kind(i - 1) == "cue"))
            return Predicate(i, "place", ("language",), (j,), titles, False)
        return Predicate(i, "place", roles, self._list_right(j, "entity"), (), False)

    def _liked_before(self, i: int) -> tuple[int, ...]:
        """Return the titles of 'I enjoyed X and Y, with Z in the cast'."""
        if not self._is(i - 1, "mark", ",(") or self._kind(i - 2) != "title":
            return ()
        run = self._list_left(i - 2, "title")
        near = range(max(0, run[0] - 4), run[0])
        return run if any(self._is(j, "word", _LIKING) for j in near) else ()

    def _worked_on(self, i: int) -> tuple[int, ...]:
        """Return the titles of 'whose work on X', 'whose job on X'."""
        on = self._is(i + 1, "word", ("work", "job", "contribution")) and self._is(
            i + 2, "word", ("on", "in", "for", "to")
        )
        return self._run(i + 3, "title") if on else ()

    def _is_place(self, i: int) -> bool:
        return self._holds(i, "country") or self._holds(i, "language")

    def _holds(self, i: int, role: str) -> bool:
        return self._kind(i) == "entity" and any(role in c.roles for c in self.chunks[i].choices)

    def _in_title(self, i: int, titles: tuple[int, ...]) -> Predicate | None:
        """Bind the likes of 'Kevin Spacey in Seven'.

        Also 'she was good in Seven', 'the guy who is in Seven'; not 'the music in Seven'.
        """
        if earlier := self._seen_before(i):
            return Predicate(i, "in", _ROLE_OF_IN, (), (*earlier, *titles), True)
        governed = [j for j in range(max(0, i - 2), i) if self.chunks[j].kind == "cue"]
        if governed or any(i < 1 or self.chunks[j].kind == "title" for j in range(max(0, i - 1), i)):
            return None
        for j in range(i - 1, -1, -1):
            chunk = self.chunks[j]
            if chunk.sentence != self.chunks[i].sentence:
                return None
            if chunk.kind == "cue" and "actor" not in chunk.roles:
                return None
            if chunk.kind == "entity":
                close = self.chunks[i].text == "in" or any(
                    self._is(k, "word", PERSON_NOUNS) for k in range(j, i)
                )
                return Predicate(i, "in", _ROLE_OF_IN, self._people(j), titles, False) if close else None
            if chunk.kind == "word" and chunk.text in PRONOUNS - {"his", "hers"}:
                names = self._antecedent(j)
                return Predicate(i, "in", _ROLE_OF_IN, names, titles, not names)
            if self._is(j, "word", ("one",)) and self._is(j + 1, "word", ("of",)):
                continue  # "as one of the crooks in X"
            if chunk.kind == "word" and chunk.text in ANONYMOUS | PERSON_NOUNS and not self._follows_name(j):
                return Predicate(i, "in", _ROLE_OF_IN, (), titles, True)
        return None

    def _seen_before(self, i: int) -> tuple[int, ...]:
        """Return the title that 'somebody of X is also in Y' names first."""
        near = self.chunks[max(0, i - 6) : i]
        if self.chunks[i].text != "in" or not any(a.text in ("also", "again", "too") for a in near):
            return ()
        for j in range(i - 1, max(-1, i - 16), -1):
            if self._kind(j) == "title":
                return self._list_left(j, "title")
            if self._kind(j) == "entity":
                return ()
        return ()

    def _follows_name(self, j: int) -> bool:
        """Tell whether a word for a person only adds to a name before it: 'Ben Affleck, the guy from X'."""
        return self._kind(self._before_apposition(j)) == "entity"

    def _before_apposition(self, j: int) -> int:
        k = j - 1
        while self._is(k, "word", ("the", "a", "that")) or self._is(k, "mark", ","):
            k -= 1
        return k

    def _one_before(self, i: int) -> bool:
        return self._is(i - 1, "word", frozenset(("one", "film", "movie", "book")))
