"""What every cue of a request binds: names that did it, titles it was done to, and whether it only refers.

Distances are counted in atoms; a name between costs more than a word, another cue more than a comma.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from agent.builtin.arguments import Arguments
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
from agent.builtin.row import title_run

_BETWEEN_VERBS = frozenset(
    "and as well also both or then but did does do not didnt doesnt dont never".split()
)
_BEING = frozenset("but something anything is are isnt arent not be".split())
_OF_COMPANIES = frozenset(("publisher", "distributor"))
_AT = frozenset("at with through under".split())
_ASIDE = frozenset(("country", "language", "media_type"))  # "this country" is where the person is
_THEN = frozenset("by and , the with its was is then (".split())
_CLAIM_GAP = 7  # atoms between two things said of one title
_MAKING = frozenset("wrote write writes written made makes composed".split())
_SOMEBODY = ANONYMOUS | PERSON_NOUNS | SAME
_WAS = frozenset("is was were s are".split())
_LIKED = frozenset("loved liked adored saw enjoyed admired love like".split())
_ROLE_OF_IN = ("actor", "author")  # who is "in" a film acts in it, who is good "in" a book wrote it
_ROLE_OF_BY = ("author", "director", "writer", "composer")


class Bound(NamedTuple):
    """A cue with its arguments: positions of atoms.

    `same` says that it refers ("that director", "whoever shot it").
    """

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


class _Binder(Arguments):
    def __init__(self, atoms: list[Atom]):
        super().__init__(atoms)
        self.taken_by: set[int] = set()  # words 'by', 'with' … that a cue has used

    def cue(self, i: int) -> Iterator[Bound]:
        kind = self._class(i)
        if kind == "verb" and self.atoms[i].text in PREPOSITIONS and self._names_right(i):
            return  # 'stars X' binds to the right, as 'with X' does
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
        return any(self._object(j) == i for j in range(max(0, i - 3), min(i + 3, len(self.atoms))))

    def _object(self, i: int) -> int | None:
        """Return the work noun that is the object of a verb for making: 'wrote that theme' -> theme."""
        if self.atoms[i].kind != "cue" or self.atoms[i].text not in _MAKING:
            return None
        if self._kind(i - 1) == "entity" and self._kind(i - 2) == "cue":
            return i - 2 if self.atoms[i - 2].entries[0].kind == "work" else None  # "the score Y wrote"
        j = i + 1
        while self._is(j, "word", ("the", "that", "this", "its", "whole")):
            j += 1
        work = self._kind(j) == "cue" and self.atoms[j].entries[0].kind == "work"
        return j if work and j > i + 1 else None

    def _verb(self, i: int) -> Bound:
        by = self._next_word(i, "by", 2)
        if by is not None:
            self.taken_by.add(by)
            names = self._names_right(by)
            somebody = any(self._is(j, "word", _SOMEBODY) for j in range(by + 1, by + 4))
            titles = self._said_of(i)
            if (
                not titles
                and self._is(by + 1, "word", PRONOUNS)
                and self._is(by + 2, "word", ("too", "also"))
            ):
                titles = title_run(self.atoms, i)  # "and edited by him too"
            return self._bound(i, names, titles, not names and somebody)
        subject = self._subject(i)
        if subject is None and (names := self._names_after_colon(i)):
            return self._bound(i, names, (), False)
        titles = self._titles_right(i)
        if subject is None:
            opens = i == 0 or self._kind(i - 1) == "mark"
            return self._bound(i, self._antecedent(i) if titles and opens else (), titles, False)
        anonymous = self._is(subject, "word", _SOMEBODY)
        names = () if anonymous else self._people(subject, self.atoms[i].roles)
        if self._is(subject, "word", ("they",)) and (names := self._of_role(i)):
            anonymous = False
        anonymous |= not names and self._is(subject, "word", ("he", "she"))
        if not set(self.atoms[i].roles) - _OF_COMPANIES and self._is(i + 1, "word", _AT):
            names, anonymous = self._names_right(i + 1), False  # "what he published at X"
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
        refers = self._of_it(i) or (bool(SAME & set(before)) and bool(set(self.atoms[i].roles) - _ASIDE))
        if not names and not titles and not refers:
            names = self._nearest(i, after=True)
            refers = not names and before[-1:] == ["the"]
        if "same" in before or before[-1:] == ["its"] or self._of_it(i):
            return self._bound(i, names, titles, True)
        return self._bound(i, names, titles, explained if names else refers)

    def _of_it(self, i: int) -> bool:
        """'the author of it', 'the novelist who produced it', 'the series to which it belongs'."""
        if self._is(i + 1, "word", ("of",)):
            return self._is(i + 2, "word", OBJECT_WORDS | {"that", "this"})
        if self._is(i + 1, "word", ("it", "its", "they")):
            return True
        relative = self._is(i + 1, "word", ("who", "that", "which")) or self._is(i + 2, "word", ("which",))
        after = self.atoms[i + 2 : i + 5]
        return relative and any(a.kind == "word" and a.text in OBJECT_WORDS | {"that"} for a in after)

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
            names = self._owner(i) or (() if self._titles_right(i) else self._nearest(i, after=False))
        titles = self._titles_right(i) or self._owned_by_title(i)
        if titles and max(titles) > i and self._is(max(titles) + 1, "word", ("by",)):
            names = names or self._names_right(max(titles) + 1)  # "the editing of X by Y"
            self.taken_by.add(max(titles) + 1)
        if not names and any(self._is(j, "word", ("whoever", "person")) for j in range(max(0, i - 6), i)):
            same = True  # "whoever was responsible for the photography"
        if names and not titles and (by is not None or self._owner(i)):
            titles = self._praised(min(i, *names))
        return self._bound(i, names, titles, same)

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
        return Bound(i, self._class(i), said.roles, names, titles, same)

    def _class(self, i: int) -> str:
        """Return the class of a cue: 'the editing' is a work where 'editing' alone is a verb."""
        kinds = [entry.kind for entry in self.atoms[i].entries]
        owned = self._is(i - 1, "word", ("the", "his", "her", "s", "whose", "that", "this", "such"))
        return "work" if owned and "work" in kinds else kinds[0]

    def prepositions(self) -> list[Bound]:
        """Bind the small words that carry a role of their own."""
        found = [self._small_word(i) for i in range(len(self.atoms))]
        return [bound for bound in found if bound is not None]

    def _small_word(self, i: int) -> Bound | None:
        atom = self.atoms[i]
        if self._is_place(i) and (
            self._is(i + 1, "word", ITEM_NOUNS)
            or self._kind(i + 1) == "category"
            or (self._is(i - 1, "word", _BEING) and self._kind(i + 1) in ("", "mark"))
        ):
            places = tuple(j for j in self._list_left(i, "entity") if self._is_place(j))
            return Bound(i, "place", ("country", "language"), places, (), False)
        if atom.kind not in ("word", "cue") or (atom.kind == "cue" and atom.text not in PREPOSITIONS):
            return None
        if atom.text in ("from", "in", "as", "on") and (aside := self._aside(i)) is not None:
            return aside
        if atom.text in PREPOSITIONS and (names := self._names_right(i)) and not self._is_titled(names):
            beside = self._kind(i - 1) == "title" and not self._is(i - 2, "word", ("like", "to", "than"))
            titles = self._titles_left_close(i) if beside or self._one_before(i) else ()
            return Bound(i, "with", ("actor",), names, titles, False)
        work = atom.text == "of" and self._is(i - 1, "word", ("work", "works", "handiwork"))
        if (atom.text == "by" or work) and i not in self.taken_by:
            if names := self._names_right(i):
                return Bound(i, "by", _ROLE_OF_BY, names, self._named_before_by(i - work), False)
            if self._somebody(i + 1):
                return Bound(i, "by", _ROLE_OF_BY, (), (), True)
        if atom.text == "behind" and (someone := self._someone_before(i)) is not None:
            return self._behind(i, someone)
        if atom.text in ("in", "from") and (titles := self._titles_after(i)):
            return self._in_title(i, titles)
        return self._possession(i)

    def _somebody(self, i: int) -> bool:
        """'that same bloke', 'the same hand': a word for a person, not a cue with a role of its own."""
        j = i + self._is(i, "word", ("the", "that", "this"))
        if j > i and self._is(j, "word", PERSON_NOUNS):
            return self.atoms[i].text != "the"
        return self._is(j, "word", ("same",)) and self._is(j + 1, "word", PERSON_NOUNS)

    def _someone_before(self, i: int) -> int | None:
        said = ANONYMOUS | PERSON_NOUNS | {"brains", "mind", "genius"}
        return next((j for j in range(i - 1, max(-1, i - 5), -1) if self._is(j, "word", said)), None)

    def _behind(self, i: int, someone: int) -> Bound | None:
        """'the man behind X', 'whoever is behind it', 'Joe Dante, the fellow behind X'."""
        titles = self._titles_after(i)
        if not titles and not self._is(i + 1, "word", OBJECT_WORDS | {"that"}):
            return None
        names = self._people(self._before_apposition(someone)) if self._follows_name(someone) else ()
        return Bound(i, "by", _ROLE_OF_BY, names, titles, not names)

    def _possession(self, i: int) -> Bound | None:
        """'his X', "Tolkien's X", 'Burroughs, whose X', 'X, hers as well', 'X is his too', 'who did X'."""
        said, titles = self.atoms[i].text, self._run(i + 1, "title")
        names: tuple[int, ...] = ()
        if titles and self._kind(max(titles) + 1) == "cue" and self._class(max(titles) + 1) == "work":
            return None  # "his Ghost soundtrack" says more than that Ghost is his
        if said in ("his", "her") and titles:
            names = self._antecedent(i)
        elif said in ("s", "whose") and titles:
            j = i - 2 if self._kind(i - 1) == "mark" else i - 1
            names = (j,) if self._kind(j) == "entity" else ()
        elif said in ("his", "hers") and self._is(i + 1, "word", ("too", "as", "also")):
            names, titles = self._antecedent(i), self._titles_left_close(i)
        elif said in ("his", "hers") and self._is(i - 1, "word", ("of",)):
            names, titles = self._antecedent(i), self._praised(i)  # "Alien was a great one of his"
        elif said in ("did", "does") and titles and (subject := self._subject(i)) is not None:
            names = self._people(subject)
            roles = tuple(role for j in names for c in self.atoms[j].choices[:1] for role in c.roles)
            return Bound(i, "by", roles, names, titles, False) if names and roles else None
        return Bound(i, "by", _ROLE_OF_BY, names, titles, False) if names and titles else None

    def _is_titled(self, names: tuple[int, ...]) -> bool:
        """Tell whether a role is said after the name: 'with Woody Allen as director'."""
        return self._is(max(names) + 1, "word", ("as",)) and any(
            self._kind(j) == "cue" for j in range(max(names) + 2, max(names) + 4)
        )

    def _aside(self, i: int) -> Bound | None:
        """Bind 'from Spain', 'in Spanish', 'T, which was written in Danish', 'as a mass market paperback'."""
        j = i + 1 + self._is(i + 1, "word", ("a", "an", "the"))
        if self._holds(j, "media_type") and self.atoms[i].text != "from":
            return Bound(i, "place", ("media_type",), (j,), (), False)
        if self.atoms[i].text not in ("from", "in") or not self._is_place(j):
            return None
        spoken = self.atoms[i].text == "in" and self._holds(j, "language")
        named = any("country" in c.roles and c.match == "full" for c in self.atoms[j].choices)
        if not spoken or named:
            return Bound(i, "place", ("country", "language"), (j,), (), False)
        titles = self._said_of(i - (self._kind(i - 1) == "cue"))
        return Bound(i, "place", ("language",), (j,), titles, False)

    def _is_place(self, i: int) -> bool:
        return self._holds(i, "country") or self._holds(i, "language")

    def _holds(self, i: int, role: str) -> bool:
        return self._kind(i) == "entity" and any(role in c.roles for c in self.atoms[i].choices)

    def _in_title(self, i: int, titles: tuple[int, ...]) -> Bound | None:
        """Bind the likes of 'Kevin Spacey in Seven'.

        Also 'she was good in Seven', 'the guy who is in Seven'; not 'the music in Seven'.
        """
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
                return Bound(i, "in", _ROLE_OF_IN, self._people(j), titles, False) if close else None
            if atom.kind == "word" and atom.text in PRONOUNS - {"his", "hers"}:
                names = self._antecedent(j)
                return Bound(i, "in", _ROLE_OF_IN, names, titles, not names)
            if self._is(j, "word", ("one",)) and self._is(j + 1, "word", ("of",)):
                continue  # "as one of the crooks in X"
            if atom.kind == "word" and atom.text in ANONYMOUS | PERSON_NOUNS and not self._follows_name(j):
                return Bound(i, "in", _ROLE_OF_IN, (), titles, True)
        return None

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

    def _continues_claim(self, left: Bound, cue: Bound) -> bool:
        """Tell whether a cue says one more thing of a title: 'X, directed by Y and scored by Z'."""
        if not (left.names and left.titles and cue.names) or max(left.titles) > left.place:
            return False
        between = self.atoms[left.place + 1 : cue.place]
        small = all(a.kind == "entity" or a.text in _THEN for a in between)
        return small and cue.place - left.place <= _CLAIM_GAP and cue.kind in ("verb", "with", "work")

    def _repeats_verb(self, left: Bound, cue: Bound) -> bool:
        """'X was shot by Y, Z by W': the second 'by' means what the first verb says."""
        said = left.kind == "verb" and bool(left.names and left.titles)
        between = self.atoms[max(left.names, default=0) + 1 : min(cue.titles, default=0)]
        joints = all(a.text in (",", "and", ";") for a in between) and bool(between)
        return said and cue.kind == "by" and bool(cue.names) and joints

    def share(self, found: list[Bound]) -> list[Bound]:
        """Let a verb without a subject share that of the verb it is joined to: 'he wrote and directed'."""
        out: list[Bound] = []
        for cue in found:
            left = out[-1] if out else None
            joined = (
                left is not None
                and 0 < cue.place - left.place <= 4
                and all(
                    a.kind == "word" and a.text in _BETWEEN_VERBS
                    for a in self.atoms[left.place + 1 : cue.place]
                )
            )
            if left is not None and not cue.titles and self._continues_claim(left, cue):
                cue = cue._replace(titles=left.titles)
            if left is not None and self._repeats_verb(left, cue):
                cue = cue._replace(roles=left.roles)
            if joined and left is not None and cue.kind == left.kind == "verb":
                if not cue.names and not cue.same:
                    cue = cue._replace(names=left.names, same=left.same)
                elif not left.names and not left.same:
                    out[-1] = left._replace(names=cue.names, same=cue.same, titles=left.titles or cue.titles)
            out.append(cue)
        return out
