"""What every cue of a request binds: the names that did it, the titles it was done to, and whether it only refers.

Distances are counted in atoms; a name between costs more than a word, another cue more than a comma.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import NamedTuple

from agent.builtin.atoms import Atom
from agent.builtin.lexicon import (
    ANONYMOUS,
    ITEM_NOUNS,
    OBJECT_WORDS,
    PERSON_NOUNS,
    PREPOSITIONS,
    PRONOUNS,
    SAME,
)

_MAX_COST = 14.0
_LIST_GAP = 6  # atoms between two names of a list: "X (1997) and also Y"
_LIST_JOINTS = frozenset(
    (",", "and", "+", "/", "plus", "or", "both", "either", "with", "as", "well", "alongside", "together")
)
_TO_TITLE = frozenset(
    "of on for from in behind to the both film movie book as with who whos that s is was turns up too a were are also on"
    " appears films movies books novel has which appeared picture ones we one i saw shares did common should be".split()
)
_SAID_OF_TITLE = frozenset(
    "was is were are also which that really so beautifully brilliantly wonderfully apparently been by".split()
)
_COPULA = frozenset(
    "is was were the a an as s named called like my i believe think who whom are did does also one our same very".split()
)
_MAKING = frozenset("wrote write writes written made makes composed".split())
_SOMEBODY = ANONYMOUS | PERSON_NOUNS | SAME
_OF_TITLE = frozenset("is was has had where whose with".split())
_WAS = frozenset("is was were s are".split())
_LIKED = frozenset("loved liked adored saw enjoyed admired love like".split())
_ROLE_OF_BY = ("author", "director", "writer", "composer")


class Bound(NamedTuple):
    """A cue with its arguments: positions of atoms. `same` says that it refers ("that director", "whoever shot it")."""

    place: int
    kind: str
    roles: tuple[str, ...]
    names: tuple[int, ...]
    titles: tuple[int, ...]
    same: bool


def bind(atoms: list[Atom]) -> list[Bound]:
    """Bind every cue of a request, in the order of the text."""
    binder = _Binder(atoms)
    cues = [i for i, atom in enumerate(atoms) if atom.kind == "cue" and not binder.is_object(i)]
    found = [b for i in cues for b in binder.cue(i)]
    found += binder.prepositions()
    found.sort(key=lambda b: b.place)
    return binder.share(found)


def title_run(atoms: list[Atom], place: int) -> tuple[int, ...]:
    """Return the titles last named before `place`: all of their sentence; if there are none, the next ones after."""
    before = [i for i in range(place) if atoms[i].kind == "title"]
    if before:
        sentence = atoms[before[-1]].sentence
        return tuple(i for i in before if atoms[i].sentence == sentence)
    after = [i for i in range(place, len(atoms)) if atoms[i].kind == "title"]
    return tuple(i for i in after if atoms[i].sentence == atoms[after[0]].sentence)


class _Binder:
    def __init__(self, atoms: list[Atom]):
        self.atoms = atoms
        self.taken_by: set[int] = set()  # words 'by', 'with' … that a cue has used

    def cue(self, i: int) -> Iterator[Bound]:
        kind = self.atoms[i].entries[0].kind
        if kind == "verb":
            yield self._verb(i)
        elif kind == "agent":
            yield self._agent(i)
        elif kind == "work":
            yield self._work(i)
        else:
            yield self._place(i)

    def is_object(self, i: int) -> bool:
        """Tell whether a work noun only says what a verb means: 'whoever wrote that theme'."""
        return any(self._object(j) == i for j in range(max(0, i - 3), i))

    def _object(self, i: int) -> int | None:
        """Return the work noun that is the object of a verb for making: 'wrote that theme' -> theme."""
        if self.atoms[i].kind != "cue" or self.atoms[i].text not in _MAKING:
            return None
        j = i + 1
        while self._is(j, "word", ("the", "that", "this", "its", "whole")):
            j += 1
        work = self._kind(j) == "cue" and self.atoms[j].entries[0].kind == "work"
        return j if work and j > i + 1 else None

    # Classes of cues

    def _verb(self, i: int) -> Bound:
        by = self._next_word(i, "by", 2)
        if by is not None:
            self.taken_by.add(by)
            names = self._names_right(by)
            somebody = any(self._is(j, "word", _SOMEBODY) for j in range(by + 1, by + 4))
            return self._bound(i, names, self._said_of(i), not names and somebody)
        subject = self._subject(i)
        if subject is None and (names := self._names_after_colon(i)):
            return self._bound(i, names, (), False)
        titles = self._titles_right(i)
        if subject is None:
            opens = i == 0 or self._kind(i - 1) == "mark"
            return self._bound(i, self._antecedent(i) if titles and opens else (), titles, False)
        anonymous = self._is(subject, "word", _SOMEBODY)
        names = () if anonymous else self._people(subject)
        if self._is(subject, "word", ("they",)) and (names := self._of_role(i)):
            anonymous = False
        return self._bound(i, names, titles or self._titles_left(i, subject), anonymous)

    def _agent(self, i: int) -> Bound:
        titles = self._titles_right(i) or self._owned_by_title(i) or self._sharing(i)
        before = [a.text for a in self.atoms[max(0, i - 3) : i] if a.kind in ("word", "mark")]
        another = any(self._is(j, "word", ("another",)) for j in range(max(0, i - 5), i))
        if another and (names := self._of_role(i)) and (run := self._titles_left_close(i)):
            return self._bound(i, names, run, False)
        names, explained = self._apposed(i, titles)
        if names and titles and max(names) < i:
            return self._bound(i, names, titles, False)
        refers = bool(SAME & set(before)) or self._of_it(i)
        if not names and not titles and not refers:
            names = self._nearest(i, after=True)
            refers = not names and before[-1:] == ["the"]
        if "same" in before or self._of_it(i):
            return self._bound(i, names, titles, True)
        return self._bound(i, names, titles, explained if names else refers)

    def _of_it(self, i: int) -> bool:
        return self._is(i + 1, "word", frozenset(("of",))) and self._is(
            i + 2, "word", OBJECT_WORDS | {"that", "this"}
        )

    def _of_role(self, i: int) -> tuple[int, ...]:
        """Return the name last mentioned that stands in the cue's role."""
        roles = set(self.atoms[i].roles)
        named = [j for j in range(i) if any(roles & set(c.roles) for c in self.atoms[j].choices)]
        return tuple(j for j in named[-1:] if self.atoms[j].kind == "entity")

    def _sharing(self, i: int) -> tuple[int, ...]:
        """Return the titles of 'X and Y share an actor', 'X belongs to a series'."""
        for j in range(i - 1, max(-1, i - 5), -1):
            if self._is(j, "word", ("share", "shares", "shared", "belongs", "belong", "part")):
                return self._title_before(j)
        return ()

    def _title_before(self, j: int) -> tuple[int, ...]:
        """Return the titles that end right before `j`, past a year in brackets."""
        k = j - 1
        while self._is(k, "mark", "(),") or (self._kind(k) == "word" and self.atoms[k].text.isdigit()):
            k -= 1
        return self._list_left(k, "title") if self._kind(k) == "title" else ()

    def _work(self, i: int) -> Bound:
        names: tuple[int, ...] = ()
        same = False
        by = self._next_word(i, "by", 2) or self._next_word(i, "from", 1)
        if by is not None and self.atoms[by].text == "from" and not self._names_right(by):
            by = None
        if by is not None:
            names = self._names_right(by)
            if names or self.atoms[by].text == "by":
                self.taken_by.add(by)
            if not names and self._is(by + 1, "word", PRONOUNS):
                names = self._antecedent(i)
            same = not names and self._is(by + 1, "word", SAME)
        else:
            names = self._owner(i) or self._nearest(i, after=False)
        titles = self._titles_right(i) or self._owned_by_title(i)
        if names and not titles and (by is not None or self._owner(i)):
            titles = self._praised(min(i, *names))
        return self._bound(i, names, titles, same)

    def _praised(self, i: int) -> tuple[int, ...]:
        """Return the titles of 'T is such a lovely script by X', 'T has gorgeous X photography', 'T, where X's score'."""
        for j in range(i - 1, max(-1, i - 10), -1):
            if self._kind(j) == "title":
                verb = any(self._is(k, "word", _OF_TITLE) for k in range(j + 1, j + 4))
                return self._list_left(j, "title") if verb else ()
            if self._kind(j) in ("entity", "cue") or self.atoms[j].sentence != self.atoms[i].sentence:
                return ()
        return ()

    def _place(self, i: int) -> Bound:
        names = self._nearest(i, after=True)
        if names and self.atoms[i].text in ("in it", "in both", "in them"):
            first = min(names)
            verb = any(self._is(j, "word", _WAS) for j in range(max(names) + 1, i)) or self._is(
                first - 1, "word", _LIKED
            )
            if verb and not self._is(first - 1, "word", PREPOSITIONS):
                return self._bound(i, names, title_run(self.atoms[: first + 1], first), False)
        return self._bound(i, names, (), False)

    def _bound(self, i: int, names: tuple[int, ...], titles: tuple[int, ...], same: bool) -> Bound:
        said = self.atoms[self._object(i) or i]
        return Bound(i, self.atoms[i].entries[0].kind, said.roles, names, titles, same)

    # Prepositions: with, starring, by, in

    def prepositions(self) -> list[Bound]:
        """Bind the small words that carry a role of their own."""
        found = []
        for i, atom in enumerate(self.atoms):
            of_place = self._is(i + 1, "word", ITEM_NOUNS) or self._kind(i + 1) == "category"
            if of_place and self._is_place(i):
                found.append(Bound(i, "place", ("country",), (i,), (), False))
            if atom.kind != "word" and not (atom.kind == "cue" and atom.text in PREPOSITIONS):
                continue
            if atom.text in ("from", "in") and self._is_place(i + 1):
                found.append(Bound(i, "place", ("country",), (i + 1,), (), False))
            elif atom.text in PREPOSITIONS and (names := self._names_right(i)):
                titles = self._titles_left_close(i) if self._one_before(i) else ()
                found.append(Bound(i, "with", ("actor",), names, titles, False))
            elif atom.text == "by" and i not in self.taken_by and (names := self._names_right(i)):
                found.append(Bound(i, "by", _ROLE_OF_BY, names, self._named_before_by(i), False))
            elif atom.text in ("in", "from") and (titles := self._titles_after(i)):
                if bound := self._in_title(i, titles):
                    found.append(bound)
            elif atom.text in ("his", "her") and self._kind(i + 1) == "title":
                if names := self._antecedent(i):
                    found.append(Bound(i, "by", _ROLE_OF_BY, names, self._run(i + 1, "title"), False))
            elif atom.text == "s" and (titles := self._run(i + 1, "title")) and self._kind(i - 1) == "entity":
                found.append(Bound(i, "by", _ROLE_OF_BY, (i - 1,), titles, False))
        return found

    def _is_place(self, i: int) -> bool:
        return self._kind(i) == "entity" and any("country" in c.roles for c in self.atoms[i].choices)

    def _in_title(self, i: int, titles: tuple[int, ...]) -> Bound | None:
        """'Kevin Spacey in Seven', 'she was good in Seven', 'the guy who is in Seven'; not 'the music in Seven'."""
        governed = [j for j in range(max(0, i - 2), i) if self.atoms[j].kind == "cue"]
        if governed or any(i < 1 or self.atoms[j].kind == "title" for j in range(max(0, i - 1), i)):
            return None
        for j in range(i - 1, -1, -1):
            atom = self.atoms[j]
            if atom.sentence != self.atoms[i].sentence:
                return None
            if atom.kind == "cue" and "actor" not in atom.roles:
                return None
            if atom.kind == "entity":
                close = self.atoms[i].text == "in" or any(
                    self._is(k, "word", PERSON_NOUNS) for k in range(j, i)
                )
                return Bound(i, "in", ("actor",), self._people(j), titles, False) if close else None
            if atom.kind == "word" and atom.text in PRONOUNS - {"his", "hers"}:
                return Bound(i, "in", ("actor",), self._antecedent(j), titles, False)
            if atom.kind == "word" and atom.text in ANONYMOUS | PERSON_NOUNS and not self._follows_name(j):
                return Bound(i, "in", ("actor",), (), titles, True)
        return None

    def _follows_name(self, j: int) -> bool:
        """Tell whether a word for a person only adds to a name before it: 'Ben Affleck, the guy from X'."""
        k = j - 1
        while self._is(k, "word", ("the", "a", "that")) or self._is(k, "mark", ","):
            k -= 1
        return self._kind(k) == "entity"

    def _one_before(self, i: int) -> bool:
        return self._is(i - 1, "word", frozenset(("one", "film", "movie", "book")))

    def _named_before_by(self, i: int) -> tuple[int, ...]:
        """Return the titles that 'X by NAME' speaks of; 'more films by NAME' speaks of none."""
        if self._kind(i - 1) == "title":
            return self._list_left(i - 1, "title")
        if self._is(i - 1, "word", ITEM_NOUNS | {"more", "else", "anything", "something", "one"}):
            return ()
        for j in range(i - 1, max(-1, i - 8), -1):
            if self._kind(j) == "title":
                return self._list_left(j, "title")
            if self._kind(j) in ("entity", "cue") or (
                self._kind(j) == "mark" and self.atoms[j].text not in ","
            ):
                return ()
        return ()

    # Who

    def _subject(self, i: int) -> int | None:
        """Return the subject of an active verb: a name, a pronoun, or a word for somebody unnamed."""
        for j in range(i - 1, max(-1, i - 14), -1):
            atom = self.atoms[j]
            if atom.sentence != self.atoms[i].sentence:
                return None
            if atom.kind == "entity":
                return j
            if atom.kind == "word" and atom.text in PRONOUNS:
                return j
            if atom.kind == "word" and atom.text in ANONYMOUS:
                if self._kind(j - 1) == "mark" and self._kind(j - 2) == "entity":
                    return j - 2
                return self._equated(j) if self._kind(j - 1) != "entity" else j - 1
            if atom.kind == "word" and atom.text in PERSON_NOUNS and i - j <= 4:
                return j
            if atom.kind == "cue" and atom.entries[0].kind == "agent" and i - j <= 3:
                return None
            if (
                atom.kind == "cue"
                and atom.entries[0].kind == "verb"
                and not self._is(j + 1, "word", frozenset(("and", "as", "or")))
            ):
                joined = any(self._is(k, "word", frozenset(("and", "or", "also"))) for k in range(j, i))
                if not joined:
                    return None
        return None

    def _equated(self, j: int) -> int:
        """Return who 'she is the one who' is said of, or `j`, the 'who' itself."""
        k = j - 1
        while self._is(k, "word", PERSON_NOUNS | {"the", "same", "very"}):
            k -= 1
        if (
            k < j - 1
            and self._is(k, "word", _WAS)
            and (self._is(k - 1, "word", PRONOUNS) or self._kind(k - 1) == "entity")
        ):
            return k - 1
        return j

    def _people(self, j: int) -> tuple[int, ...]:
        """Return the names at `j`: of a pronoun the person last named, of a name also those it is listed with."""
        if self.atoms[j].kind == "word":
            return self._antecedent(j) if self.atoms[j].text in PRONOUNS else ()
        return self._list_left(j, "entity")

    def _antecedent(self, j: int) -> tuple[int, ...]:
        named = [k for k in range(j) if self.atoms[k].kind == "entity"]
        people = [
            k
            for k in named
            if any(not {"publisher", "distributor", "series"} >= set(c.roles) for c in self.atoms[k].choices)
        ]
        return tuple((people or named)[-1:])

    def _apposed(self, i: int, titles: tuple[int, ...]) -> tuple[tuple[int, ...], bool]:
        """Return names in apposition to an agent noun, and whether they only explain it.

        'director X', 'X, the director' name somebody; 'the director of T, who is X' asks for the director of T and
        explains who that is believed to be.
        """
        last = max(titles) if titles else i
        for j in range(last + 1, min(last + (18 if titles else 8), len(self.atoms))):
            if self.atoms[j].sentence != self.atoms[i].sentence:
                break
            if self.atoms[j].kind == "entity":
                between = [a.text for a in self.atoms[last + 1 : j]]
                if not titles:
                    return self._list_right(j, "entity"), False
                explained = bool(between) and between[-1] in ("is", "was", ":", "(", "s") or between == [","]
                if explained:
                    return self._list_right(j, "entity"), True
                break
            if not titles and not self._is(j, "word", _COPULA) and not self._is(j, "mark", frozenset(",:(")):
                break
        for j in range(i - 1, max(-1, i - 7), -1):
            if self.atoms[j].kind == "entity":
                return self._list_left(j, "entity"), False
            if self._is(j, "word", PRONOUNS):
                return self._antecedent(j), False
            if not self._is(j, "word", _COPULA) and not self._is(j, "mark", frozenset(",")):
                break
        return (), False

    def _owner(self, i: int) -> tuple[int, ...]:
        """Return who owns a work: 'X's score', 'a John Williams score', 'his music'."""
        j = i - 1
        while j >= 0 and i - j <= 4 and self.atoms[j].kind == "word" and self.atoms[j].text not in PRONOUNS:
            if self.atoms[j].text in ("of", "and", "the", "with", "a"):
                break
            j -= 1
        if j >= 0 and self.atoms[j].kind == "entity":
            return self._list_left(j, "entity")
        if j >= 0 and self.atoms[j].kind == "word" and self.atoms[j].text in ("his", "her", "hers"):
            return self._antecedent(j)
        return ()

    def _nearest(self, i: int, *, after: bool) -> tuple[int, ...]:
        """Return the names nearest to a cue in its sentence, at a bearable cost."""
        costs = []
        for j, atom in enumerate(self.atoms):
            person = atom.kind == "entity" or (atom.kind == "word" and atom.text in PRONOUNS and j < i)
            if person and atom.sentence == self.atoms[i].sentence:
                cost = self._cost(min(i, j) + 1, max(i, j)) + (1.5 if j > i else 0)
                fits = atom.kind != "entity" or any(
                    set(self.atoms[i].roles) & set(c.roles) for c in atom.choices
                )
                costs.append((cost + (0 if fits else 6), j))
        if not costs or min(costs)[0] > _MAX_COST:
            return ()
        j = min(costs)[1]
        return self._people(j) if j < i else self._list_right(j, "entity")

    def _cost(self, start: int, end: int) -> float:
        prices = {"word": 1.0, "mark": 2.0, "entity": 3.0, "cue": 4.0, "title": 2.0, "category": 1.0}
        return sum(prices[atom.kind] for atom in self.atoms[start:end])

    def _names_right(self, i: int) -> tuple[int, ...]:
        """Return the names right after a small word, past at most three plain words ('by the great X')."""
        for j in range(i + 1, min(i + 5, len(self.atoms))):
            atom = self.atoms[j]
            if atom.kind == "entity":
                return self._list_right(j, "entity")
            if atom.kind == "word" and atom.text in ("him", "her") and j == i + 1:
                return self._antecedent(j)
            if atom.kind != "word" or atom.text in ANONYMOUS | SAME | PERSON_NOUNS or atom.text in ITEM_NOUNS:
                return ()
        return ()

    def _names_after_colon(self, i: int) -> tuple[int, ...]:
        if self._kind(i + 1) == "mark" and self.atoms[i + 1].text in ":-" and self._kind(i + 2) == "entity":
            return self._list_right(i + 2, "entity")
        return ()

    # Which titles

    def _titles_right(self, i: int) -> tuple[int, ...]:
        """Return the titles right after a cue: 'director of X and Y', 'score for X', 'directed X'."""
        for j in range(i + 1, min(i + 9, len(self.atoms))):
            atom = self.atoms[j]
            if atom.kind == "title":
                return self._list_right(j, "title")
            if atom.kind == "mark" and atom.text in ":(":
                continue
            if atom.kind == "cue" and atom.roles == self.atoms[i].roles:
                continue  # 'the composer who scored X'
            if atom.kind == "word" and (atom.text in _TO_TITLE or atom.text in PERSON_NOUNS):
                continue
            return ()
        return ()

    def _titles_after(self, i: int) -> tuple[int, ...]:
        for j in range(i + 1, min(i + 4, len(self.atoms))):
            if self.atoms[j].kind == "title":
                return self._list_right(j, "title")
            if not self._is(j, "word", frozenset(("both", "the", "film", "movie"))):
                return ()
        return ()

    def _titles_left(self, i: int, subject: int) -> tuple[int, ...]:
        """Return titles before 'which X shot', 'another one she directed', 'is the best thing X directed'.

        Or those that an object word points to: 'whoever directed it', 'X directed that one too'.
        """
        before = [a.text for a in self.atoms[max(0, subject - 3) : subject] if a.kind == "word"]
        after = [a.text for a in self.atoms[i + 1 : i + 7] if a.sentence == self.atoms[i].sentence]
        relative = before[-1:] == ["which"] or "another" in before or before[-2:] == ["that", "one"]
        pointing = (
            bool({"it", "both", "them"} & set(after[:2]))
            or after[2:5] == ["out", "of", "it"]
            or after[:2] == ["that", "one"]
            or after[:1] == ["that"]
        )
        for j in range(subject - 1, -1, -1):
            if self.atoms[j].sentence < self.atoms[i].sentence - 1:
                break
            if self.atoms[j].kind == "title":
                said = any(self._is(k, "word", _OF_TITLE) for k in range(j + 1, j + 3)) and any(
                    self._is(k, "word", ITEM_NOUNS) for k in range(j + 1, subject)
                )
                same_sentence = self.atoms[j].sentence == self.atoms[i].sentence
                return self._list_left(j, "title") if pointing or relative or (said and same_sentence) else ()
            if self.atoms[j].kind in ("entity", "category") and not pointing:
                break
        return ()

    def _titles_left_close(self, i: int) -> tuple[int, ...]:
        for j in range(i - 1, max(-1, i - 8), -1):
            if self.atoms[j].kind == "title":
                return self._list_left(j, "title")
        return ()

    def _said_of(self, i: int) -> tuple[int, ...]:
        """Return the titles before a passive verb: 'X was directed by', 'X (directed by'."""
        j = i - 1
        while j >= 0 and (
            self._is(j, "word", _SAID_OF_TITLE) or (self._kind(j) == "mark" and self.atoms[j].text in ",(")
        ):
            j -= 1
        return self._list_left(j, "title") if self._kind(j) == "title" else ()

    def _owned_by_title(self, i: int) -> tuple[int, ...]:
        """Return the titles right before a cue: "X's cinematographer", 'the X music'."""
        if self._is(i - 1, "word", ("s",)):
            return self._title_before(i - 1)
        return self._list_left(i - 1, "title") if self._kind(i - 1) == "title" else ()

    # Lists and small tests

    def share(self, found: list[Bound]) -> list[Bound]:
        """Let a verb without a subject share that of the verb it is joined to: 'he wrote and directed'."""
        out: list[Bound] = []
        for cue in found:
            left = out[-1] if out else None
            joined = (
                left is not None
                and 0 < cue.place - left.place <= 4
                and all(
                    a.kind == "word" and a.text in ("and", "as", "well", "also", "both", "or", "then")
                    for a in self.atoms[left.place + 1 : cue.place]
                )
            )
            if joined and left is not None and cue.kind == left.kind == "verb":
                if not cue.names and not cue.same:
                    cue = cue._replace(names=left.names, same=left.same)
                elif not left.names and not left.same:
                    out[-1] = left._replace(names=cue.names, same=cue.same, titles=left.titles or cue.titles)
            out.append(cue)
        return out

    def _list_right(self, j: int, kind: str) -> tuple[int, ...]:
        found = [j]
        k = j + 1
        while k < len(self.atoms) and k - found[-1] <= _LIST_GAP:
            if self.atoms[k].kind == kind:
                found.append(k)
            elif not self._joins(k):
                break
            k += 1
        return tuple(found)

    def _list_left(self, j: int, kind: str) -> tuple[int, ...]:
        found = [j]
        k = j - 1
        while k >= 0 and found[0] - k <= _LIST_GAP:
            if self.atoms[k].kind == kind:
                found.insert(0, k)
            elif not self._joins(k):
                break
            k -= 1
        return tuple(found)

    def _run(self, j: int, kind: str) -> tuple[int, ...]:
        return self._list_right(j, kind) if self._kind(j) == kind else ()

    def _joins(self, k: int) -> bool:
        atom = self.atoms[k]
        if atom.kind == "mark":
            return atom.text in ",+/()"
        return atom.kind == "word" and (atom.text in _LIST_JOINTS or atom.text.isdigit())

    def _next_word(self, i: int, word: str, within: int) -> int | None:
        for j in range(i + 1, min(i + 1 + within, len(self.atoms))):
            if self._is(j, "word", frozenset((word,))):
                return j
            if self.atoms[j].kind != "word":
                return None
        return None

    def _kind(self, j: int) -> str:
        return self.atoms[j].kind if 0 <= j < len(self.atoms) else ""

    def _is(self, j: int, kind: str, texts: Collection[str]) -> bool:
        return 0 <= j < len(self.atoms) and self.atoms[j].kind == kind and self.atoms[j].text in texts
