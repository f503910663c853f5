"""What every cue of a request binds: names that did it, titles it was done to, and whether it only refers.

Distances are counted in atoms; a name between costs more than a word, another cue more than a comma.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from agent.builtin.lexicon.triggers import (
    ANONYMOUS,
    COMPANIES,
    OBJECT_WORDS,
    PERSON_NOUNS,
    PREPOSITIONS,
    PRONOUNS,
    SAME,
)
from agent.builtin.parse.chunks import Chunk
from agent.builtin.parse.cursor import title_run
from agent.builtin.parse.prepositions import Predicate, SmallWords

_BETWEEN_VERBS = frozenset(
    "and as well also both or then but did does do not didnt doesnt dont never".split()
)
_AT = frozenset("at with through under".split())
_ASIDE = frozenset(("country", "language", "media_type"))  # "this country" is where the person is
_THEN = frozenset("by and , the with its was is then (".split())
_CLAIM_GAP = 7  # atoms between two things said of one title
_MAKING = frozenset("wrote write writes written made makes composed".split())
_SOMEBODY = ANONYMOUS | PERSON_NOUNS | SAME
_WAS = frozenset("is was were s are".split())
_STANDING = frozenset("behind in on at".split())
_LIKED = frozenset("loved liked adored saw enjoyed admired love like".split())


def extract_predicates(chunks: list[Chunk], prepositions: Mapping[str, Collection[str]]) -> list[Predicate]:
    """Bind every cue of a request, in the order of the text.

    `prepositions` are the small words that lead to the values of a relation.
    """
    binder = _Binder(chunks, prepositions)
    cues = [i for i, chunk in enumerate(chunks) if chunk.kind == "cue" and not binder.is_object(i)]
    found = [b for i in cues for b in binder.cue(i)]
    found += binder.prepositions()
    found.sort(key=lambda b: b.place)
    return binder.share(found)


class _Binder(SmallWords):
    def cue(self, i: int) -> Iterator[Predicate]:
        kind = self._class(i)
        if kind == "verb" and self.chunks[i].text in PREPOSITIONS and self._names_right(i):
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
        return any(self._object(j) == i for j in range(max(0, i - 3), min(i + 3, len(self.chunks))))

    def _object(self, i: int) -> int | None:
        """Return the work noun that is the object of a verb for making: 'wrote that theme' -> theme."""
        if self.chunks[i].kind != "cue" or self.chunks[i].text not in _MAKING:
            return None
        if self._kind(i - 1) == "entity" and self._kind(i - 2) == "cue":
            return i - 2 if self.chunks[i - 2].entries[0].kind == "work" else None  # "the score Y wrote"
        j = i + 1
        while (
            self._is(j, "word", ("the", "that", "this", "its", "whole", "for", "a"))
            or self._kind(j) == "title"
        ):
            j += 1
        work = self._kind(j) == "cue" and self.chunks[j].entries[0].kind == "work"
        return j if work and j > i + 1 else None

    def _verb(self, i: int) -> Predicate:
        by = self._next_word(i, "by", 2)
        if by is not None:
            self.taken_by.add(by)
            names = self._names_right(by)
            if self._is(by + 1, "word", PRONOUNS):
                names = tuple(j for j in names if self._may_be(j, i))  # "what X put out by him"
            somebody = any(self._is(j, "word", _SOMEBODY) for j in range(by + 1, by + 4))
            titles = self._said_of(i)
            if (
                not titles
                and self._is(by + 1, "word", PRONOUNS)
                and self._is(by + 2, "word", ("too", "also"))
            ):
                titles = title_run(self.chunks, i)  # "and edited by him too"
            return self._bound(i, names, titles, not names and somebody)
        subject = self._subject(i)
        if subject is None and (names := self._names_after_colon(i)):
            return self._bound(i, names, (), False)
        titles = self._titles_right(i)
        if subject is None:
            opens = i == 0 or self._kind(i - 1) == "mark"
            return self._bound(i, self._antecedent(i) if titles and opens else (), titles, False)
        anonymous = self._is(subject, "word", _SOMEBODY)
        if self.chunks[i].text.split()[0] in _STANDING and self._has_mark(subject, i):
            return self._bound(i, (), (), False)  # "X directing, and behind the camera whoever shot Y"
        names = () if anonymous else self._people(subject, self.chunks[i].roles)
        if self._is(subject, "word", ("they",)) and (names := self._of_role(i)):
            anonymous = False
        anonymous |= not names and self._is(subject, "word", ("he", "she"))
        if not set(self.chunks[i].roles) - COMPANIES and self._is(i + 1, "word", _AT):
            names, anonymous = self._names_right(i + 1), False  # "what he published at X"
        return self._bound(i, names, titles or self._titles_left(i, subject), anonymous)

    def _agent(self, i: int) -> Predicate:
        titles = self._titles_right(i) or self._owned_by_title(i) or self._sharing(i)
        before = [a.text for a in self.chunks[max(0, i - 3) : i] if a.kind in ("word", "mark")]
        another = any(self._is(j, "word", ("another",)) for j in range(max(0, i - 5), i))
        if another and (names := self._of_role(i)) and (run := self._titles_left_close(i)):
            return self._bound(i, names, run, False)
        names, explained = self._apposed(i, titles)
        if names and not titles and max(names) < i and (run := self._instalment(min(names))):
            return self._bound(i, names, run, False)
        if names and titles and max(names) < i:
            return self._bound(i, names, titles, False)
        refers = self._of_it(i) or (bool(SAME & set(before)) and bool(set(self.chunks[i].roles) - _ASIDE))
        if not names and not titles and not refers:
            names = self._nearest(i, after=True)
            refers = not names and before[-1:] == ["the"]
        if "same" in before or before[-1:] == ["its"] or self._of_it(i):
            return self._bound(i, names, titles, True)
        return self._bound(i, names, titles, explained if names else refers)

    def _has_mark(self, first: int, last: int) -> bool:
        return any(self._kind(j) == "mark" for j in range(first, last))

    def _of_it(self, i: int) -> bool:
        """'the author of it', 'the novelist who produced it', 'the series to which it belongs'."""
        if self._is(i + 1, "word", ("of",)):
            return self._is(i + 2, "word", OBJECT_WORDS | {"that", "this"})
        if self._is(i + 1, "word", ("it", "its", "they", "common")) or self._is_part(i):
            return True
        if self._is(i + 1, "word", ("that", "this")) and self._is(i + 2, "word", ("one",)):
            return True
        relative = self._is(i + 1, "word", ("who", "that", "which")) or self._is(i + 2, "word", ("which",))
        after = self.chunks[i + 2 : i + 5]
        return relative and any(a.kind == "word" and a.text in OBJECT_WORDS | {"that"} for a in after)

    def _work(self, i: int) -> Predicate:
        names: tuple[int, ...] = ()
        same = self._is(i - 1, "word", ("their",))
        by = self._next_word(i, "by", 2) or self._next_word(i, "from", 1)
        if by is not None and self.chunks[by].text == "from" and not self._names_right(by):
            by = None
        if by is not None:
            names = self._names_right(by)
            if names or self.chunks[by].text == "by":
                self.taken_by.add(by)
            if not names and self._is(by + 1, "word", PRONOUNS):
                names = self._antecedent(i)
            same = not names and self._is(by + 1, "word", SAME)
        elif not same:
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

    def _place(self, i: int) -> Predicate:
        if self._is(i + 1, "word", ("of",)) and (titles := self._titles_right(i)):
            named = self._subject(i)
            people = self._people(named, self.chunks[i].roles) if named is not None else ()
            return self._bound(i, people, titles, not people)  # "the person in the cast of both X and Y"
        names = self._nearest(i, after=True)
        if names and self.chunks[i].text in ("in it", "in both", "in them"):
            first = min(names)
            verb = any(self._is(j, "word", _WAS) for j in range(max(names) + 1, i)) or self._is(
                first - 1, "word", _LIKED
            )
            if verb and not self._is(first - 1, "word", PREPOSITIONS):
                return self._bound(i, names, title_run(self.chunks[: first + 1], first), False)
        return self._bound(i, names, (), False)

    def _bound(self, i: int, names: tuple[int, ...], titles: tuple[int, ...], same: bool) -> Predicate:
        said = self.chunks[self._object(i) or i]
        return Predicate(i, self._class(i), said.roles, names, titles, same)

    def _continues_claim(self, left: Predicate, cue: Predicate) -> bool:
        """Tell whether a cue says one more thing of a title: 'X, directed by Y and scored by Z'."""
        if not (left.names and left.titles and cue.names) or max(left.titles) > left.place:
            return False
        between = self.chunks[left.place + 1 : cue.place]
        small = all(a.kind == "entity" or a.text in _THEN for a in between)
        return small and cue.place - left.place <= _CLAIM_GAP and cue.kind in ("verb", "with", "work")

    def _repeats_verb(self, left: Predicate, cue: Predicate) -> bool:
        """'X was shot by Y, Z by W': the second 'by' means what the first verb says."""
        said = left.kind == "verb" and bool(left.names and left.titles)
        between = self.chunks[max(left.names, default=0) + 1 : min(cue.titles, default=0)]
        joints = all(a.text in (",", "and", ";") for a in between) and bool(between)
        return said and cue.kind == "by" and bool(cue.names) and joints

    def _is_whose(self, left: Predicate, cue: Predicate) -> bool:
        """'scored by X, whose Y I adored': Y is said to be scored by X too."""
        return cue.kind == "by" and self._is(cue.place, "word", ("whose",)) and cue.names == left.names != ()

    def share(self, found: list[Predicate]) -> list[Predicate]:
        """Let a verb without a subject share that of the verb it is joined to: 'he wrote and directed'."""
        out: list[Predicate] = []
        for cue in found:
            left = out[-1] if out else None
            joined = (
                left is not None
                and 0 < cue.place - left.place <= 4
                and all(
                    a.kind == "word" and a.text in _BETWEEN_VERBS
                    for a in self.chunks[left.place + 1 : cue.place]
                )
            )
            if left is not None and not cue.titles and self._continues_claim(left, cue):
                cue = cue._replace(titles=left.titles)
            if left is not None and (self._repeats_verb(left, cue) or self._is_whose(left, cue)):
                cue = cue._replace(roles=left.roles)
            if joined and left is not None and cue.kind == left.kind == "verb":
                if not cue.names and not cue.same:
                    cue = cue._replace(names=left.names, same=left.same)
                elif not left.names and not left.same:
                    out[-1] = left._replace(names=cue.names, same=cue.same, titles=left.titles or cue.titles)
            out.append(cue)
        return out
